"""One document as plain lines for a terminal: what was read, what is claimed of it and why, and every line of its text
with what was cut and the reason at the margin."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from newsdesk.pipeline.cleaning.lines import split_lines
from newsdesk.pipeline.document import Cut, DateCandidate, DateClaim, Document, Evidence, body_of

LEAST_WIDTH = 60  # characters; below, text and margin would be a few letters each
MARGIN = 34  # characters of it at most: "does not read like the article 83%" fits on one line
LABEL = 11  # of the names of claims
SHOWN = 4  # words of evidence and other dates; the others are counted
EXCERPT = 60  # characters of a piece of evidence

GREY, PLAIN = "\x1b[90m", "\x1b[0m"
# What could move the cursor or change colours stands as its picture, from U+2400; breaks and tabs as spaces.
CONTROLS = {code: 0x2400 + code for code in range(32)} | {127: 0x2421} | dict.fromkeys(range(128, 160), 0xFFFD)
CONTROLS |= dict.fromkeys([*range(9, 14), *range(28, 31), 0x85, 0x2028, 0x2029], 0x20)


def explain(document: Document, *, width: int = 100, color: bool = False) -> Iterator[str]:
    """Lines of at most ``width`` characters (at least 60). Cut text is grey with ``color``; without, a line cut whole
    has a ``-`` before it, and a part of a line stands in ``[-…-]``."""
    width = max(LEAST_WIDTH, width)
    raw = document.raw
    yield _show(raw.source_path or raw.id or "-")
    for name, told in _claims(document):
        for at, text in enumerate(told):
            lead = " " * 2 + (name if at == 0 else "").ljust(LABEL)
            yield from textwrap.wrap(
                _show(text), width, initial_indent=lead, subsequent_indent=" " * (LABEL + 4), break_long_words=True
            )
    yield ""
    yield from _text(document, width, color)


def _claims(document: Document) -> Iterator[tuple[str, list[str]]]:
    raw, title, language = document.raw, document.title, document.language
    yield "read", [", ".join([raw.encoding, f"{len(raw.text):,} characters", *raw.repairs])]
    if raw.source or raw.url:
        yield "source", [" ".join(filter(None, (raw.source, raw.url)))]
    yield "title", [f"{title.value or 'none'} ({title.provenance}, {title.confidence:.0%})"]
    if document.section:
        yield "section", [document.section]
    if document.author:
        yield "author", [document.author]
    yield "date", list(_date(document.published))
    runner_up = f"; else {language.runner_up}" if language.runner_up else ""
    yield "language", [f"{language.value} ({language.confidence:.0%}{runner_up})"]
    countries = [f"{one.code} {one.role} ({one.weight:.2f}): {_quote(one.evidence)}" for one in document.countries]
    yield "countries", countries or ["none"]
    yield "topics", [f"{one.slug}: {_quote(one.evidence)}" for one in document.topics] or ["none"]


def _date(claim: DateClaim) -> Iterator[str]:
    if claim.value is None:
        yield "none" + (f"; day and month are {claim.month_day}" if claim.month_day else "")
    else:
        yield f"{claim.value} (to the {claim.precision}, {claim.provenance}, {claim.confidence:.0%})"
    if claim.evidence:
        yield f"it says: {_quote([claim.evidence])}"
    if claim.year_from:
        yield f"the year is from: {claim.year_from}"
    if claim.alternatives:
        yield f"also possible: {_list([_candidate(one) for one in claim.alternatives])}"


def _candidate(one: DateCandidate) -> str:
    words = f" {_quote([one.evidence])}" if one.evidence else ""
    return f"{one.value} ({one.confidence:.0%}){words}"


def _quote(evidence: Iterable[Evidence]) -> str:
    return _list(list(dict.fromkeys(f"“{_short(one.text)}”" for one in evidence))) or "no words of the text"


def _list(many: list[str]) -> str:
    more = [f"and {len(many) - SHOWN} more"] if len(many) > SHOWN else []
    return ", ".join([*many[:SHOWN], *more])


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"


def _text(document: Document, width: int, color: bool) -> Iterator[str]:
    text, cuts = document.raw.text, document.cuts
    lines = split_lines(text)
    digits = len(str(len(lines)))
    margin = min(MARGIN, width // 3)
    room = width - digits - margin - 5
    at = 0
    for number, line in enumerate(lines, 1):
        while at < len(cuts) and cuts[at].end <= line.start:
            at += 1
        inside = _inside(cuts, at, line.start, line.end)
        whole = not body_of(line.text, tuple(_moved(cut, -line.start) for cut in inside)).strip()
        labels = [part for cut in inside if cut.reason != "whitespace" for part in _label(cut, margin)]
        pieces = _pieces(text, line.start, line.end, inside)
        rows = _wrap(pieces, room, mark=not whole)
        for row in range(max(len(rows), len(labels))):
            shown = rows[row] if row < len(rows) else []
            sign = "-" if whole else "~" if inside else " "
            begin = f"{number if row == 0 else '':>{digits}} {sign} "
            body = "".join(_paint(piece, cut, color) for piece, cut in shown)
            label = labels[row] if row < len(labels) else ""
            space = " " * (room - sum(len(piece) for piece, _ in shown)) if label else ""
            yield (begin + body + (f"{space}  {label}" if label else "")).rstrip()
    if not document.body.strip():
        yield "Nothing is left: ingest would reject it."


def _inside(cuts: tuple[Cut, ...], first: int, start: int, end: int) -> list[Cut]:
    """The cuts within a line, as far as they lie in it."""
    found = []
    for cut in cuts[first:]:
        if cut.start >= end:
            break
        found.append(Cut(max(cut.start, start), min(cut.end, end), cut.reason, cut.score, cut.rule))
    return found


def _moved(cut: Cut, by: int) -> Cut:
    return Cut(cut.start + by, cut.end + by, cut.reason)


def _label(cut: Cut, margin: int) -> list[str]:
    return textwrap.wrap(f"{cut.reason} {cut.score:.0%}, {cut.rule}", margin)


def _pieces(text: str, start: int, end: int, cuts: list[Cut]) -> Iterator[tuple[str, bool]]:
    """The parts of a line, and whether each was cut."""
    at = start
    for cut in cuts:
        yield _show(text[at : cut.start]), False
        yield _show(text[cut.start : cut.end]), True
        at = cut.end
    yield _show(text[at:end]), False


def _wrap(pieces: Iterable[tuple[str, bool]], room: int, *, mark: bool) -> list[list[tuple[str, bool]]]:
    """Rows of pieces that have room; broken at spaces where there are any."""
    rows: list[list[tuple[str, bool]]] = [[]]
    left = room
    for text, cut in pieces:
        rest = f"[-{text.strip()}-] " if cut and mark and text.strip() else text
        while rest:
            if len(rest) <= left:
                rows[-1].append((rest, cut))
                left -= len(rest)
                break
            at = rest.rfind(" ", 0, left + 1)
            if at <= 0 and left < room:
                at = 0  # it begins on a row of its own
            elif at <= 0:
                at = left
            rows[-1].append((rest[:at], cut))
            rest = rest[at:].lstrip(" ")
            rows.append([])
            left = room
    return rows


def _paint(text: str, cut: bool, color: bool) -> str:
    return f"{GREY}{text}{PLAIN}" if cut and color and text else text


def _show(text: str) -> str:
    return text.translate(CONTROLS)
