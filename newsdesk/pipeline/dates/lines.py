"""What a line says about the date in it: whose date it is, and how much else stands there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from newsdesk.pipeline.dates.grammar import LETTER, SPACE, Mention, walk_dates
from newsdesk.pipeline.dates.layout import Layout, Line
from newsdesk.pipeline.dates.words import (
    FOREIGN_PREPOSITIONS,
    FOREIGN_WORDS,
    PICTURE_CREDITS,
    PICTURES,
    PUBLISHED_LABELS,
    RULES,
    UPDATED_LABELS,
    WEAK_LABELS,
    phrases,
)

# alone: nothing else is said; short: little else, or the line is not prose; labelled: in prose, after a label; start and
# end: at the edge of prose; header: in a header that runs into the body; inside: anywhere else.
Form = Literal["alone", "short", "labelled", "start", "end", "header", "inside"]
# another: beyond doubt the date of something else, whatever the line looks like.
Label = Literal["published", "updated", "another", "foreign", "foreign_line", ""]
Rest = Literal["event_line", "words_before", "words_after", ""]

REACH = 200  # characters beside a date that are looked at: the line may be the whole text
LABEL_REACH = 40
LABEL_WORDS = 4
FOREIGN_REACH = 150
# The issue of a paper: "Газета «Речник» №12 от".
ISSUE = re.compile(
    rf"\W*(?:газета|журнал|еженедельник){SPACE}[«\"“][^«»\"“”\n]{{2,60}}[»\"”],?{SPACE}№{SPACE}?\d+(?:{SPACE}?\(\d+\))?"
    rf"{SPACE}от{SPACE}",
    re.IGNORECASE,
)
FEW_LETTERS = 30  # an author and a section
MANY_CHARACTERS = 30  # a headline
# A text that lost its line breaks begins with a header: so long is its line, so far the header may reach, and so many words
# of a headline stand before the date.
RUN_ON_LINE, HEADER_REACH, HEADER_WORDS = 400, 300, 3
SENTENCE_REACH = 400  # characters behind a header in which a sentence ends

PUBLISHED, UPDATED, WEAK = phrases(PUBLISHED_LABELS), phrases(UPDATED_LABELS), phrases(WEAK_LABELS)
PREPOSITIONS = frozenset(FOREIGN_PREPOSITIONS.split())
# Words that say nothing beside a date.
FILLERS = frozenset(
    [
        "г",
        "года",
        "год",
        "р",
        "at",
        "on",
        "в",
        "о",
        "от",
        "the",
        "of",
        "мск",
        *(one for one in PUBLISHED | UPDATED | WEAK if " " not in one),
    ]
)
JOINING = frozenset(["on", "at", "в", "о"])  # between a label and its date
OWN_LABELS = frozenset({"published", "updated"})
SENTENCE_END = ".!?…"
ABBREVIATIONS = (" г.", "p.m.", "a.m.", "P.M.", "A.M.")  # that may end a line which is no sentence
COMMON_WORDS = 2
TOLD_BEFORE = (" on ", " in ")
BETWEEN = " \t\xa0,.:;|–—-"  # a date and what it stands before
LETTERS = re.compile(rf"{LETTER}+")
NEW_SENTENCE = re.compile(r"[.!?…][»”\"')\]]*\s+[^\W\d_a-zа-яё]")
SENTENCE_SOON = re.compile(r"[a-zа-яё]{3}[»”\"')]*[.!?…](?:\s|$)")
NEXT_WORD = re.compile(r"\W*(\w+)")
# «12 января 2001 года — подписано соглашение»: small letters, or it would be a section.
DASH_AND_WORDS = re.compile(rf"{SPACE}*[—–:-]{SPACE}*[a-zа-яёіїə]{LETTER}*(?:,?{SPACE}+{LETTER}|[.;]?$)")
FOOTNOTE = "*"
COUNTER = re.compile(r"\d+ (?:comments?|комментари\w+)")  # beside the date of an article
# A line that is no label of what comes below, but has its own value: "Рубрика: Спорт", «Фото Иван Петров».
VALUE = re.compile(rf":{SPACE}*\w|^\W*(?:{PICTURE_CREDITS}){SPACE}+(?:by{SPACE}+)?(?-i:[A-ZА-ЯЁ])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LineOfDate:
    form: Form
    label: Label
    rest: Rest


def is_inside(mention: Mention, start: int, end: int) -> bool:
    """Whether a date is far from both edges of its line."""
    return mention.start - start > REACH and end - mention.end > REACH


def read_line(text: str, layout: Layout, mention: Mention, number: int, left: int) -> LineOfDate:
    """``left``: where the line begins, or the date before this one in it ends."""
    line = layout.lines[number]
    start, end = max(line.start, mention.start - REACH), min(line.end, mention.end + REACH)
    before, after = text[start : mention.start], text[mention.end : end]
    label = read_label(text, layout, mention, number, left)
    form = _form(mention, before, after, label, line.prose, text[start:end])
    if form == "inside" and is_in_header(text, mention, number, line):
        return LineOfDate("header", _label_in_header(label, before), "")
    return LineOfDate(form, label, _rest(mention, before, after) if form not in {"alone", "inside"} else "")


def is_in_header(text: str, mention: Mention, number: int, line: Line) -> bool:
    """Whether it is a full date with its clock behind a headline, in a text that is one line, before its first sentence
    ends, and the only day there. What goes on from it with a small letter is prose, but for a label of the next date; where
    no sentence ends soon behind it, a menu follows, and it is the day of the visit, as it is with seconds."""
    if number or not (mention.year and mention.day and mention.clock) or line.end - line.start < RUN_ON_LINE:
        return False
    before = text[line.start : mention.start]
    after = text[mention.end : min(line.end, mention.end + SENTENCE_REACH)]
    if mention.seconds or mention.end - line.start > HEADER_REACH or not SENTENCE_SOON.search(after):
        return False
    words = [word.lower() for word in LETTERS.findall(before)]
    if len(words) < HEADER_WORDS or words[-1] in JOINING | PREPOSITIONS or before.rstrip().endswith(","):
        return False
    following = NEXT_WORD.match(after)
    if not following or after.lstrip()[0] in SENTENCE_END or NEW_SENTENCE.search(before):
        return False
    prose = following[1][0].islower() and following[1] not in UPDATED
    return not prose and _is_only_day(text[line.start : line.start + HEADER_REACH], mention.date)


def _is_only_day(header: str, day: dt.date | None) -> bool:
    """Whether no other day is named, but for that of an update."""
    others = [one for one in walk_dates(header) if one.date and one.date != day]
    return all(
        any(word.lower() in UPDATED for word in LETTERS.findall(header[: other.start])[-LABEL_WORDS:])
        for other in others
    )


def _label_in_header(label: Label, before: str) -> Label:
    """Of a text in one line, the words behind the date are those of other lines."""
    return "" if label == "foreign_line" and not _is_foreign(before[-FOREIGN_REACH:]) else label


def read_label(text: str, layout: Layout, mention: Mention, number: int, left: int) -> Label:
    """What the words before the date, or the line above it, say that it is."""
    line = layout.lines[number]
    before = text[max(left, mention.start - LABEL_REACH) : mention.start]
    if _is_of_another(text[line.start], before):
        return "another"
    if number and left == line.start and not before.strip():
        above = layout.lines[number - 1]
        before = text[above.start : above.end] if above.end - above.start <= LABEL_REACH else ""
        if VALUE.search(before):
            before = ""
    words = [word.lower() for word in LETTERS.findall(before)]
    if len(words) > 1 and words[-1] in JOINING:
        words.pop()
    endings = [" ".join(words[-count:]) for count in range(1, min(len(words), LABEL_WORDS) + 1)]
    if not UPDATED.isdisjoint(endings):
        return "updated"
    if not PUBLISHED.isdisjoint(endings) or " ".join(words[-1:] if words[:1] == ["by"] else words) in WEAK:
        return "published"
    if ISSUE.fullmatch(text, line.start, mention.start):
        return ""
    if (words and words[-1] in PREPOSITIONS and before.rstrip()[-1:].isalpha()) or _is_foreign(before):
        return "foreign"
    around = text[max(line.start, mention.start - FOREIGN_REACH) : min(line.end, mention.end + FOREIGN_REACH)]
    return "foreign_line" if _is_foreign(around) else ""


def _is_of_another(first: str, before: str) -> bool:
    """Whether the date is that of a footnote, of rules, or of a picture, by the words before it in its line."""
    lowered = f" {before.lower()} "
    return first == FOOTNOTE or any(map(lowered.__contains__, (*RULES, *PICTURES)))


def _is_foreign(words: str) -> bool:
    lowered = COUNTER.sub("", f" {words.lower()} ")
    return any(map(lowered.__contains__, FOREIGN_WORDS))


def _form(mention: Mention, before: str, after: str, label: Label, prose: bool, line: str) -> Form:
    if len(before) + len(after) < REACH:
        words = LETTERS.findall(f"{before} {after}")
        letters = sum(len(word) for word in words if word.lower() not in FILLERS)
        if letters <= 2:
            return "alone"
        prefix = not before.strip() and after.lstrip(BETWEEN)[:1].isupper()
        if label not in OWN_LABELS and not prefix and _is_sentence(line, before, words):
            return "inside"
        if letters <= FEW_LETTERS or not prose:
            return "short"
    if label in OWN_LABELS:
        return "labelled"
    spelt = mention.shape == "words" and not mention.clock
    if not before.strip(' \t\xa0"«([—–-'):
        return "inside" if spelt and after.lstrip(BETWEEN)[:1].islower() else "start"  # a sentence may begin so
    return "inside" if spelt or after.strip(' \t\xa0.)]»"') else "end"


def _is_sentence(line: str, before: str, words: Sequence[str]) -> bool:
    """Whether a short line is a sentence: it ends like one, and some of its words are neither names nor labels.

    One such word is enough where a preposition stands ``before`` the date ("The Second War ended on May 9, 2021.").
    """
    if line[-1] not in SENTENCE_END or line.endswith(ABBREVIATIONS):
        return False
    common = [word for word in words if word[0].islower() and len(word) > 2 and word not in FILLERS]
    return len(common) >= (1 if before.endswith(TOLD_BEFORE) else COMMON_WORDS)


def _rest(mention: Mention, before: str, after: str) -> Rest:
    """What else is in the line: an event after a dash; or as much as a headline, before the date or after it."""
    if mention.shape == "words" and not mention.clock and DASH_AND_WORDS.match(after):
        return "event_line"
    if len(before.strip()) >= MANY_CHARACTERS:
        return "words_before"
    return "words_after" if len(after.strip()) >= MANY_CHARACTERS else ""
