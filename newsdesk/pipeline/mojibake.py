"""Text that was read in a wrong encoding before it reached us («РџСЂРёРІРµС‚», «Ïðèâåò», "donâ€™t"), and its way back.

A text is judged run by run (what stands between line breaks and angle brackets), since often only some paragraphs are
broken. Order of the evidence, from sure to doubtful:

1. UTF-8 that was read one byte a letter: its sequences are so regular that three in a row are no chance;
2. one Cyrillic encoding read as another, or as a Western one: what comes back must read like Russian, and what stands
   there must not;
3. the rest, mostly Western: ftfy (https://ftfy.readthedocs.io), which knows no Cyrillic encoding but cp1251.

What a text was broken by in long runs is then tried on its short ones, with less asked of them. All is done again on
what comes out, for a text may be broken twice. Every step keeps healthy text as it is: bench/evaluate_repair.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import NamedTuple

from ftfy import fix_encoding_and_explain

from newsdesk.pipeline.likelihood import cost_of_russian

MOST_LAYERS = 3
SAMPLE = 2000  # characters of a run by which it is rated
WESTERN = "cp1252"  # stands for Latin-1 too: no letter means another byte in it
CYRILLIC = ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5")

RARE = frozenset(CYRILLIC[1:])  # read so, nobody gets UTF-8 other than Russian

LEAST_SEQUENCES = 3
COVERED = 0.9  # of what is not ASCII belongs to sequences of UTF-8
LEAST_LETTERS = 6
MOST_COST = 5.8  # bits a letter: what costs more is no Russian
LEAST_GAIN = 20  # bits in all that a run must be likelier as Russian than as it stands
IN_WORDS = 0.6  # of its letters stand in Russian words of three letters and more
NEARLY_ALL = 0.9  # of what is not ASCII
FOREIGN_SHARE = 0.05  # of characters that the encoding lacks: added later, by hand


class Kind(NamedTuple):
    """How a text was broken: it was written in one encoding and read in another."""

    written: str
    read: str

    def __str__(self) -> str:
        return f"{self.read} → {self.written}"


ALL_KINDS = tuple(Kind(written, read) for read in (WESTERN, *CYRILLIC) for written in CYRILLIC if written != read)
MOST_RATED = 300  # runs by which it is settled in which ways a text may be broken

_RUN = re.compile(r"[^\n\r<>\x80-\U0010ffff]*[^\x00-\x7f][^\n\r<>]*")
_SYMBOLS = "†‡°±¤¦§©¬®µ¶·¢£¥™√≈≤≥≠∙■•№€‰‹›‚„ƒ“”…«»¨¯´¸\u2500-\u259f"
# What healthy text has seldom or never; only runs with any of it are looked at closely. All begin with a character of
# one set, what stands before it being looked back at: so a text is searched in a twentieth of the time.
_ALONE = "\x80-\x9f\ufffd\u2550-\u259fЂЃЉЊЌЋЏђѓљњќћџЅѕЈј"
_SUSPECT = re.compile(
    rf"[{_ALONE}А-ЯЁÀ-ÿ\xa1-\xaf–—{_SYMBOLS}]"
    rf"(?:(?<=[{_ALONE}])|(?<=[а-яё][А-ЯЁ])|(?<=[À-ÿ])[À-ÿ]{{2}}|(?<=[\xa1-\xaf])[\xa1-\xaf]"
    r"|(?<=[ÂÃÄÅÐÑÒÓâà])[\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]|(?<=[–—])[^\W\d_a-zа-яё]|(?<=[РС])[\xa0-\xbf‚-›]"
    rf"|(?<=[^\W\d_][{_SYMBOLS}])[^\W\d_]|(?<=[ВРСГД])[\xa0-\xbf‚-™][ВРСГД])"
)
# UTF-8 of letters (Latin to Arabic, Georgian, Vietnamese), of marks, and of pictures; a byte a character.
_SEQUENCE = (
    "[\xc2-\xdf][\x80-\xbf]|\xe2[\x80-\xbf]{2}|\xe1[\x82\x83\xb8-\xbb][\x80-\xbf]|\xef\xbb\xbf|\xef\xbf\xbd"
    "|\xf0\x9f[\x80-\xbf]{2}"
)
# The same with a second byte that was lost: it has no letter in the encoding, or is a space that cannot be seen.
_LOSSY = re.compile(f"((?:{_SEQUENCE})+)|([\xd0\xd1]|\xe2\x80)(\ufffd|\\?| |$)")
_SEQUENCES = re.compile(_SEQUENCE)
_RUSSIAN = re.compile("\xd0[\x81\x90-\xbf]|\xd1[\x80-\x97]|\xe2[\x80\x84]|\xc2")
_ROW = re.compile("(?:\xd0[\x81\x90-\xbf]|\xd1[\x80-\x8f\x91]){2,}")  # of Russian letters
_HIGH = re.compile("[\x80-\xff\ufffd]")
_CYRILLIC = re.compile("[а-яёА-ЯЁ]")
_MIXED = re.compile("[A-Za-z]{2}[а-яё]|[а-яё][A-Za-z]{2}")  # "cafй": what stands there was right
_BEYOND = re.compile("[^\x00-\x7f]")
_WORD = re.compile(r"(?<!\w)[а-яёА-ЯЁ]{3,}(?!\w)")


def find_mojibake(text: str) -> tuple[str, Counter[Kind]]:
    """The text with what was read wrongly set right, and how many runs were, by kind. Healthy text comes back itself."""
    repaired: Counter[Kind] = Counter()
    for _ in range(MOST_LAYERS):
        mended = _repair_runs(text)
        if not mended:
            break
        repaired.update(kind for kind, _ in mended.values())
        text = _put_together(text, mended)
    return text, repaired


def _put_together(text: str, mended: Mapping[int, tuple[Kind, str]]) -> str:
    pieces, done = [], 0
    for run in _RUN.finditer(text):
        if run.start() in mended:
            pieces += [text[done : run.start()], mended[run.start()][1]]
            done = run.end()
    return "".join((*pieces, text[done:]))


def _repair_runs(text: str) -> dict[int, tuple[Kind, str]]:
    """One layer: the runs that are broken, by where they start, each with its kind and set right."""
    mended: dict[int, tuple[Kind, str]] = {}
    undecided: dict[int, str] = {}
    for start, run in _suspect_runs(text):
        for read in (WESTERN, *CYRILLIC):
            if (right := _from_utf8(run, read)) is not None:
                mended[start] = (Kind("UTF-8", read), right)
                break
        else:
            undecided[start] = run
    mended |= _from_cyrillic(undecided)
    mended |= _repair_doubtful(text, mended)
    for start, run in undecided.items():
        if start not in mended and (western := _from_western(run)):
            mended[start] = western
    return mended


def _suspect_runs(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    while suspect := _SUSPECT.search(text, at):
        start = max(text.rfind(mark, at, suspect.start()) + 1 for mark in "\n\r<>") or at
        run = _RUN.match(text, start)
        if run:
            yield start, run.group()
        at = max(run.end() if run else 0, suspect.end())


def _from_western(run: str) -> tuple[Kind, str] | None:
    right, plan = fix_encoding_and_explain(run)
    if right == run or (_CYRILLIC.search(run) and cost_of_russian(right) >= cost_of_russian(run)):
        return None
    steps = {
        step.action: step.parameter.replace("sloppy-windows-", "cp").replace("windows-", "cp") for step in plan or ()
    }
    if "decode" in steps:
        return Kind(steps["decode"].replace("utf-8", "UTF-8"), steps["encode"]), right
    return Kind("cp1252", "latin-1") if "transcode" in steps else Kind("UTF-8", WESTERN), right


def _repair_doubtful(text: str, mended: Mapping[int, tuple[Kind, str]]) -> dict[int, tuple[Kind, str]]:
    """The other runs of a text that is broken in places: those that read better for the same; and where nearly all of the
    text was broken in one way, all that do not read much worse for it."""
    sizes: Counter[Kind] = Counter()
    for kind, right in mended.values():
        sizes[kind] += len(_BEYOND.findall(right))
    rest = {run.start(): run.group() for run in _RUN.finditer(text) if run.start() not in mended} if mended else {}
    doubtful: dict[int, tuple[Kind, str]] = {}
    for start, run in rest.items():
        for kind in sizes:
            reread = _reread_doubtful(run, kind)
            if reread and cost_of_russian(reread) < cost_of_russian(run):
                doubtful[start] = kind, reread
                break
    for kind, right in doubtful.values():
        sizes[kind] += len(_BEYOND.findall(right))
    left = {start: run for start, run in rest.items() if start not in doubtful}
    most, size = max(sizes.items(), key=itemgetter(1), default=(None, 0))
    if most and size > NEARLY_ALL * (sizes.total() + sum(len(_BEYOND.findall(run)) for run in left.values())):
        for start, run in left.items():
            reread = _reread_doubtful(run, most)
            if reread and reread != run and cost_of_russian(reread) < cost_of_russian(run) + LEAST_GAIN:
                doubtful[start] = most, reread
    return doubtful


def _reread_doubtful(run: str, kind: Kind) -> str | None:
    if kind.read not in _TABLES:
        return None
    if kind.written == "UTF-8":
        return _from_utf8(run, kind.read, doubtful=True)
    right = _reread(run, kind)
    return None if right is None or _MIXED.search(right) else right


def _from_utf8(run: str, read: str, doubtful: bool = False) -> str | None:
    """The run whose UTF-8 was read as ``read``; where only words of it were, only those."""
    letters = run.translate(_TABLES[read])
    count = len(_SEQUENCES.findall(letters))
    if not count or not (doubtful or _is_evident(letters, read, count)):
        return None
    left = _HIGH.findall(_LOSSY.sub("", letters))
    if len(left) <= (1 - COVERED) * len(_HIGH.findall(letters)):
        right = _replace(run, letters, _LOSSY, lost=_LOST[read])
        return right if doubtful or read == WESTERN or cost_of_russian(right) < cost_of_russian(run) else None
    if len(_RUSSIAN.findall("".join(_ROW.findall(letters)))) >= LEAST_SEQUENCES:
        return _replace(run, letters, _ROW)
    return None


def _is_evident(letters: str, read: str, count: int) -> bool:
    return count >= LEAST_SEQUENCES and (read not in RARE or len(_RUSSIAN.findall(letters)) >= COVERED * count)


def _replace(run: str, letters: str, pattern: re.Pattern[str], lost: str = "") -> str:
    """``letters`` is ``run`` with a byte a character, so what matches in one stands at the same place in the other."""
    pieces, done = [], 0
    for match in pattern.finditer(letters):
        pieces += [run[done : match.start()], _decode(match, lost)]
        done = match.end()
    return "".join((*pieces, run[done:]))


def _decode(match: re.Match[str], lost: str) -> str:
    if not match.re.groups or match[1]:
        return match.group().encode("latin-1").decode("utf-8", "replace")
    if match[2] == "\xe2\x80":
        return "”" + match[3].strip("\ufffd?")
    if match[3] in {" ", ""}:
        return "Р" + match[3][1:] if match[2] == "\xd0" else "\ufffd" + match[3]
    return (match[2] + lost).encode("latin-1").decode("utf-8") if lost else "\ufffd"


def _from_cyrillic(runs: Mapping[int, str]) -> dict[int, tuple[Kind, str]]:
    """Of these runs those that read much more like Russian in another encoding: in the one that is best for all of them
    together, unless another is far better for one of them."""
    gains: dict[int, dict[Kind, int]] = {}
    together: Counter[Kind] = Counter()
    for number, (start, run) in enumerate(runs.items()):
        gains[start] = dict(_gains(run[:SAMPLE], ALL_KINDS if number < MOST_RATED else tuple(together)))
        together.update(gains[start])
    mended = {}
    for start, of_run in gains.items():
        if of_run:
            best = max(of_run, key=lambda kind: (of_run[kind], together[kind]))
            usual = max(of_run, key=lambda kind: (together[kind], of_run[kind]))
            kind = best if of_run[best] - of_run[usual] >= LEAST_GAIN else usual
            if (right := _reread(runs[start], kind)) is not None:
                mended[start] = (kind, right)
    return mended


def _gains(run: str, kinds: Iterable[Kind]) -> Iterator[tuple[Kind, int]]:
    """The bits by which a run reads more like Russian than as it stands, for each kind that makes it Russian."""
    stands = cost_of_russian(run)
    for kind in kinds:
        right = _reread(run, kind)
        if right is not None:
            cost = cost_of_russian(right)
            if stands - cost >= LEAST_GAIN and _is_russian(right, cost):
                yield kind, stands - cost


def _is_russian(text: str, cost: int) -> bool:
    letters = len(_CYRILLIC.findall(text))
    in_words = sum(map(len, _WORD.findall(text)))
    return letters >= LEAST_LETTERS and cost <= MOST_COST * letters and in_words >= IN_WORDS * letters


def _reread(run: str, kind: Kind) -> str | None:
    """The run in the encoding that it was written in; None where it has too much that the other lacks."""
    letters = run.translate(_TABLES[kind.read])
    foreign = [at for at, letter in enumerate(letters) if letter > "\xff"]
    if len(foreign) > FOREIGN_SHARE * len(letters):
        return None
    right = list(letters.encode("latin-1", "replace").decode(kind.written, "replace"))
    for at in foreign:
        right[at] = run[at]
    return "".join(right)


def _make_table(encoding: str) -> dict[int, int]:
    """Each character as the byte it was read from; what the encoding lacks, as something that is no byte."""
    table, undefined = {}, []
    for byte in range(0x80, 0x100):
        try:
            table[ord(bytes([byte]).decode(encoding))] = byte
        except UnicodeDecodeError:
            undefined.append(byte)
    for byte in range(0x80, 0xA0) if encoding == WESTERN else undefined:
        table.setdefault(byte, byte)
    if len(undefined) == 1:
        table[0xFFFD] = undefined[0]
    for code in range(0x80, 0x100):
        table.setdefault(code, 0x100)
    return table


_TABLES = {encoding: _make_table(encoding) for encoding in (WESTERN, *CYRILLIC)}
_LOST = dict.fromkeys(_TABLES, "") | {"cp1251": "\x98"}  # its only byte without a letter
