"""Bytes to text. Order: byte order mark, UTF-16 by its zeros, UTF-8, Cyrillic by its letters, anything else.

The text is never tidied: line breaks stay as they are, and what had to be repaired is said in ``repairs``.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from newsdesk.pipeline.likelihood import rate_russian

MAX_BYTES = 20_000_000  # one text: thousands of pages of print; what is larger is an archive or a mistake
SAMPLE = 20_000  # bytes that are enough to tell an encoding

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"RIFF": "an image or a sound",
    b"ID3": "a sound",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"SQLite format 3\x00": "a database",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "a rich text document",
}

CYRILLIC = ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5", "koi8-u")
WESTERN = ["cp1252", "cp1250", "cp1254", "cp1253", "cp1257", "cp1256", "cp1255"]
LEAST = -3.95  # a mean below this is no Russian
LOG_RARE = {"mac-cyrillic": -3.0, "iso8859-5": -3.0}  # in doubt it is the common one
ACCENTS, FEW = 0.02, 8  # of all bytes, or at all: with fewer it is English with a curly quote and a café
BAD_UTF8 = 0.02  # of the non-ASCII characters: above this it was not UTF-8

_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


class Rejected(ValueError):  # noqa: N818  (an outcome among others, not a fault of ours)
    """What cannot be read: where, why, and what to do about it."""

    def __init__(self, reason: str, remedy: str = "", place: str = "") -> None:
        super().__init__(reason, remedy, place)
        self.reason, self.remedy, self.place = reason, remedy, place

    def at(self, place: str) -> Rejected:
        """The same, at a named place."""
        return Rejected(self.reason, self.remedy, place)

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.place, ". ".join(filter(None, (self.reason, self.remedy))))))


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    repairs: tuple[str, ...] = ()


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of a file. ``declared`` is the encoding that the format names; the bytes may overrule it."""
    if len(data) > MAX_BYTES:
        raise too_large()
    if not data.strip():
        raise Rejected("the file is empty", "Leave it out")
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            raise Rejected(f"this is {kind}, not text", "Extract its text first")
    decoded = _decode(data, declared)
    check(decoded.text)
    return decoded


def check(text: str) -> None:
    """Raise `Rejected` for what no reader could read."""
    if len(_CONTROL.findall(text[:SAMPLE])) > max(2, len(text[:SAMPLE]) // 50):
        raise Rejected("this is binary data, not text", "Extract its text first")
    if not any(map(str.isalpha, text)):
        raise Rejected("there is no word in it", "Leave it out")


def too_large() -> Rejected:
    return Rejected(f"a single text is larger than {MAX_BYTES // 1_000_000} MB", "Split it into articles")


def _decode(data: bytes, declared: str) -> Decoded:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _with_replacement(data[len(mark) :], encoding)
    if b"\0" in data:
        return _decode_wide(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_damaged(data) or _decode_bytes(data, declared)


def _with_replacement(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    bad = text.count("\ufffd") - data.decode(encoding, "ignore").count("\ufffd")
    return Decoded(text, encoding, (f"{bad} invalid bytes replaced",) if bad else ())


def _decode_wide(data: bytes) -> Decoded:
    """UTF-16 without its mark: every other byte of Latin text is zero, or 4 for Cyrillic."""
    sample = data[: SAMPLE & ~1]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if high and sum(map(high.count, (0, 1, 4, 0x20))) > 0.9 * len(high) and high.count(0) < len(sample) - 2:
            return _with_replacement(data, encoding)
    if data.count(0) <= 1 + len(data) // 5_000:
        decoded = decode(data.replace(b"\0", b" "))
        return Decoded(decoded.text, decoded.encoding, (*decoded.repairs, "zero bytes replaced"))
    raise Rejected("this is binary data, not text", "Extract its text first")


def _decode_damaged(data: bytes) -> Decoded | None:
    """UTF-8 with a few bad bytes, or None when it is something else."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(len(run.decode("utf-8", "ignore")) for run in _HIGH_RUN.findall(data))
    if good < 3 or bad > max(3, BAD_UTF8 * good) or bad > good / 2:
        return None
    return Decoded(text, "utf-8", (f"{bad} invalid bytes replaced",))


def _decode_bytes(data: bytes, declared: str) -> Decoded:
    """One byte a letter: Cyrillic stands in runs and is told by its letters, Western accents stand alone."""
    runs = _HIGH_RUN.findall(data[:SAMPLE]) or _HIGH_RUN.findall(data)[:SAMPLE]
    if sum(map(len, runs)) / len(runs) >= 2.2:
        scores = {encoding: _score(data[:SAMPLE], encoding) for encoding in CYRILLIC}
        best = max(scores, key=scores.__getitem__)
        if scores[best] >= LEAST:
            return _with_replacement(data, best)
    if declared and _decodes(data, declared):
        return Decoded(data.decode(declared), declared.lower())
    if sum(map(len, runs)) < max(FEW, ACCENTS * min(len(data), SAMPLE)) and _decodes(data, "cp1252"):
        return Decoded(data.decode("cp1252"), "cp1252")
    match = from_bytes(data[: SAMPLE * 5], cp_isolation=WESTERN).best()
    return _with_replacement(data, match.encoding if match else "cp1252")


def _score(sample: bytes, encoding: str) -> float:
    letters = sum(map(len, _HIGH_RUN.findall(sample)))
    return rate_russian(sample.decode(encoding, "replace")) + LOG_RARE.get(encoding, 0) / max(1, letters)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return False
    return True
