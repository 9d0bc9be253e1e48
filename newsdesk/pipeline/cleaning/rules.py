"""Rules for what a line says of itself beyond doubt, and for blocks that no line shows alone.

`judge` has their order: what a single line says, what stays (clock times, results, tables, speech), and what shows only
beside other lines. What no rule decides is left to the model.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from newsdesk.pipeline.cleaning.cues import CUES, compile_lines, is_section, names_day, without_time, words_in
from newsdesk.pipeline.cleaning.inline import CLOCK, FULL_DAY, TOLD, find_ending
from newsdesk.pipeline.cleaning.lines import Line
from newsdesk.pipeline.cleaning.sentences import CLOSING, ends_clause, ends_sentence, split_sentences
from newsdesk.pipeline.cleaning.views import SHORT, View, look
from newsdesk.pipeline.cleaning.wrapping import BULLET

SURE, LIKELY = 0.97, 0.9  # scores of rules


class Verdict(NamedTuple):
    """Why a line is cut; without a reason, that it is kept."""

    reason: str
    score: float
    rule: str


KEEP = Verdict("", 1.0, "")

# A line of at most so many words in which the phrase stands anywhere.
WITHIN = {
    "navigation": (50, ("все права защищены", "все права охраняются", "all rights reserved", "усі права захищені")),
    "advertisement": (40, ("erid:", "erid ")),
    "cookie": (70, ("cookie", "куки")),
}  # fmt: skip  # several to a line
COOKIE_WORDS = ("использу", "соглас", "принима", "обраба", "we use", "uses", "accept", "agree", "consent", "continu")
BUTTONS, SURE_WORDS, RECALLING = words_in("buttons"), words_in("sure"), words_in("recalling")
# Reasons whose phrases are sure when they are the whole line, and have two words or are one of the sure ones.
ALWAYS = frozenset({
    "related links", "share", "comments", "subscribe", "cookie", "advertisement", "video fallback", "teaser",
    "photo credit",
})  # fmt: skip  # several to a line
# A word that labels the headline below it as another article, even once.
LABELS = frozenset({"pro", "эксклюзив", "спецпроект", "exclusive", "premium"})
TOP, SECTION_WORDS = 8, 9  # lines among which a section stands; words of such a line, the time among them
LABEL_WORDS, LABEL_CHARACTERS = 3, 28
SENTENCE_WORDS = 4
LEAST_OF_ENTRY = 7  # words of an entry below its heading
CLOCKS = 3  # lines with a clock time that make a live page
LONGER_ABOVE = 5  # times the words of its entries that stand above them
HEADED_ABOVE = 0.5  # the same where its entries have headings, as the news of the hour may
LONGEST = 450  # characters: a longer line is no chrome of these kinds
ASKING = frozenset({"comments", "subscribe", "navigation"})  # reasons for which a site speaks to its readers
BLOCK = 15  # lines of a block that says where it begins and ends
CAPTION = 2  # sentences before the credit: more are a paragraph
LONGEST_CAPTION, LONGEST_FIRST = 40, 16  # words with the credit; the same above the first paragraph, which may be one
APPEAL, MOST_BETWEEN = "appeal", 2  # the rule; lines between two of them
SAYS_ALSO = frozenset({"также", "теме", "also", "related", "read", "читайте"})  # words of a header that has one link
LEAST_TOLD, MOST_OF_COMMENT = 3, 40  # lines that tell of a comment; lines from one to the next
MOST_WITHIN = 6  # links to other articles between two paragraphs
LEAST_SUMMED_UP, LONGEST_SUMMARY = 2, 60  # links with their summaries; words of one
LEAST_DATED_BELOW = 3  # of them with their days, where no header stands above
LONGEST_DATED, MOST_SENTENCES = 40, 2  # words and sentences of a summary below a day
LEAST_BESIDE = 2  # paragraphs among which a caption is told from the article
MOST_RESULTS = 4  # lines of a result between two paragraphs
MOST_FIGURES = 20  # lines of a table between two paragraphs
LONG_LABEL, MOST_LABELS = 12, 3  # words of a line above a table; such lines
HEADING_WORDS = 6  # of a section of the article below links
LONGEST_ROW, BELOW_TABLE = 150, 3  # characters; lines in which the article goes on
LEAST_LISTING, LEAST_LISTED = 5, 2  # words of a sentence that enumerates; items
QUOTES = ("“”", "«»", '""')  # around what somebody says
LEAST_SPOKEN = 4  # lines of two or more speakers who speak again
LEAST_OF_ROW, LEAST_OF_SHORT_ROW = 15, 30  # headlines of a row; of one of short ones
LONG_OF_ROW, SHORT_OF_ROW = 8, 5  # words of its headlines in the mean
LONGEST_OF_ROW = 220  # characters of a headline with its summary
EDGE_OF_ROW = 5  # lines
LEAST_BESIDE_ROW = 60  # words of prose beside it
LEAST_DATED = 2  # headlines with their dates, with their summaries or without
LEAST_BETWEEN = 3  # paragraphs between two dates that are no summary of another article
MOST_IN_ROW = 2  # headlines behind their dates
DASHES = ("— ", "– ")  # before what somebody says
NOTES = 3  # last lines of prose, among which one tells of the author


def _phrases(text: str) -> tuple[str, ...]:
    """A cheap look before an expression: it can match only where one of them stands."""
    return tuple(map(str.strip, text.split("|")))


_LINES = [(reason, compile_lines(patterns)) for reason, patterns in CUES["lines"].items()]
_ANYWHERE = [
    (
        one["reason"],
        one.get("rule", "line"),
        _phrases(one["words"]),
        compile_lines(one["lines"]),
    )
    for one in CUES["anywhere"]
]
_BLOCKS = [(one["reason"], compile_lines(one["begins"]), compile_lines(one["ends"])) for one in CUES["blocks"]]
_PROFESSION = "correspondent|reporter|journalist|columnist|editor|корреспондент|журналист|обозреватель"
_FULL_NAME = r"((?:[A-ZА-ЯЁ][\w'’-]+\s){1,3}[A-ZА-ЯЁ][\w'’-]+)"
# Names are told by their capitals.
_BYLINE = re.compile(
    r"(?:(?:Interview(?:ed)?|Text|Words|Story|Report|Analysis|Illustrations?)\s+by|[Bb]y|BY|[Аа]втор)\s+(?:(?:[A-ZА-ЯЁ][\w.'’-]+|and|и|of|for|de|van|von|the)[\s,]*){1,6}"
    r"|(?:[A-ZА-ЯЁ][\w.'’-]+,?\s+(?:and\s+)?){2,12}contributed\s+(?:reporting|to\s+this\s+(?:report|story|article)).{0,60}"
    r"|(?:[A-ZА-ЯЁ][\w.'’-]+\s+){1,3}(?:writer|reporter|journalist|correspondent)s?\s+[A-ZА-ЯЁ][^.!?]{2,200}"
    r"\scontributed\s+(?:reporting|to\s+this\s+(?:report|story|article))\.?"
    rf"|{_FULL_NAME},\s+(?i:{_PROFESSION})(?:\s+[^.!?]{{2,40}})?"
    r"|\(?(?:(?:[Aa]dditional|[Ww]ritten|[Ww]riting|[Ee]dited|[Ee]diting|[Rr]eport(?:ed|ing)|and)\s+)+by\s+[A-ZА-ЯЁ].{2,200}"
)
_RESULT = re.compile(
    r".{3,80}[—–-]\s*\d{1,2}:\d{1,2}\b.{0,80}|(?:голы|составы|goals|scorers|line-ups?)\s*:.{3,400}", re.IGNORECASE
)
_LONG_SENTENCE = re.compile(r"[^.!?©|]{60,}[^\W\d_]{3}[.!?][»”\"')]*\s")
_FIGURE = re.compile(
    r"[^\W\d].{0,60}(?:\s[–—=-]|(?<!\d):|:\s)\s*[+−–-]?[$€£₽]?\d[\d \xa0]*(?:[.,]\d+)*(?:\s?%|(?:[\s/]\s?[^\W\d]+\.?){1,5})?(?:\s?\([^()]{1,30}\))?[.;,]?"
)
_NOTE = re.compile(r"(?:примечани[ея]|источник|notes?|source)\s*[.:]", re.IGNORECASE)
_SOURCE = compile_lines(CUES["endings"]["author box"])
_LABELLED_CREDIT = re.compile(r"[(\[]\s*(?:image|photo|picture|pic|фото|изображение|снимок|иллюстрация)", re.IGNORECASE)
_SPEAKER = re.compile(r"([A-ZА-ЯЁ][\w.'’ -]{0,30}):\s+\S")
_NAME = re.compile(
    rf"(?:[Bb]y|BY|[Aa]uthors?|[Аа]втор)\s*:?\s*{_FULL_NAME}(?:,.{{0,60}})?|{_FULL_NAME},?\s+(?i:{_PROFESSION})\b.{{0,40}}"
)
_ABOUT_AUTHOR = re.compile(
    rf"\s+(?:(?:is|was|has|covers|writes|reports|works)\b|[—–-])(?=[^,.]{{0,60}}\b(?i:{_PROFESSION}|fellow|bureau\s+chief|pseudonym|analyst|researcher|"
    r"professor|lecturer|author|writer|аналитик|эксперт|политолог|писатель|автор|псевдоним))"
)
_DATE_AND_CAPITAL = re.compile(rf"(?i:(?:{FULL_DAY})(?:,?\s+{CLOCK})?)(?<=\d)[«“\"]?[A-ZА-ЯЁ][a-zа-яё]")
_COMMENT = compile_lines(CUES["threads"]["comment"])
_COMMENTED = _phrases(CUES["threads"]["words"])


def judge(views: Sequence[View]) -> list[Verdict | None]:
    """The verdict of the rules on every line, or None where they have none."""
    verdicts = [_judge_again(view.line.text) if len(view.line.text) <= SHORT else judge_line(view) for view in views]
    for index in (*_results(views), *_figures(views), *_listed(views), *_quoted(views), *_speech(views, verdicts)):
        verdicts[index] = KEEP
    for index, verdict in _timed_entries(views):
        verdicts[index] = verdict
    for index in _section_lines(views):
        verdicts[index] = verdicts[index] or Verdict("section line", LIKELY, "section at the top")
    for block, verdict in _marked_blocks(views):
        for index in block:
            verdicts[index] = verdict
    for index in _between_appeals(views, verdicts):
        verdicts[index] = Verdict("subscribe", LIKELY, "between appeals")
    for index in _captions(views, verdicts):
        verdicts[index] = Verdict("photo credit", LIKELY, "caption with its credit")
    for index in (*_recalled(views, verdicts), *_separators(views), *_below_dated_pairs(views)):
        verdicts[index] = KEEP
    for index in _sources(views):
        verdicts[index] = verdicts[index] or Verdict("author box", LIKELY, "source")
    for indexes, verdict in (
        *_labelled_headlines(views),
        *_dated_headlines(views),
        *_links_under_headers(views),
        *_links_with_summaries(views),
        *_dated_summaries(views),
        *_rows_of_headlines(views),
        *_notes_on_authors(views),
        *_headlines_behind_dates(views, verdicts),
    ):
        for index in indexes:
            verdicts[index] = verdicts[index] or verdict
    for index in _comment_thread(views):
        verdicts[index] = Verdict("comments", LIKELY, "thread of comments")
    return verdicts


def judge_line(view: View) -> Verdict | None:
    """What a line alone says beyond doubt."""
    text, words = view.line.text.replace("\xa0", " "), view.words
    if not words or len(text) > LONGEST:
        return None
    if view.cue and view.cue.strength == 2 and view.cue.reason in ALWAYS and _is_sure(words):
        return Verdict(view.cue.reason, LIKELY, "phrase")
    if all(map(BUTTONS.__contains__, words)):
        return Verdict("share", LIKELY, "buttons")
    for reason, pattern in _LINES:
        if pattern.fullmatch(text):
            return Verdict(reason, SURE, "line")
    if _BYLINE.fullmatch(text):
        return Verdict("author box", SURE, "line")
    folded = text.lower()
    for reason, rule, hints, pattern in _ANYWHERE:
        if any(map(folded.__contains__, hints)) and pattern.fullmatch(text):
            if reason in ASKING and TOLD.search(text):
                continue
            return Verdict(reason, SURE, rule)
    return _judge_within(folded, len(words))


@lru_cache(maxsize=4096)
def _judge_again(text: str) -> Verdict | None:
    return judge_line(look(Line(0, len(text), text, gap=False)))


def _is_sure(words: Sequence[str]) -> bool:
    plain = [word for word in words if not word.isdigit()]
    return len(plain) > 1 or plain[0] in SURE_WORDS


def _judge_within(text: str, words: int) -> Verdict | None:
    for reason, (most, phrases) in WITHIN.items():
        if words <= most and any(map(text.__contains__, phrases)):
            if reason == "cookie" and not any(map(text.__contains__, COOKIE_WORDS)):
                continue
            if reason == "navigation" and _LONG_SENTENCE.match(text):
                continue  # it is tacked on behind a paragraph
            return Verdict(reason, LIKELY, "phrase within")
    return None


def _is_header(view: View, reason: str) -> bool:
    """Whether it stands above what is cut for the reason, and says nothing else."""
    return view.cue is not None and view.cue.strength == 2 and view.cue.reason == reason


def _section_lines(views: Sequence[View]) -> Iterator[int]:
    """A known section above the first paragraph, alone or with the time: "Политика, 22 апр, 16:14"."""
    first = next((index for index, view in enumerate(views) if view.prose), 0)
    for index in range(min(first, TOP)):
        if len(views[index].words) <= SECTION_WORDS and is_section(without_time(views[index].words)):
            yield index


def _timed_entries(views: Sequence[View]) -> Iterator[tuple[int, Verdict]]:
    """Several lines with nothing but a clock time, most of them above a paragraph, with its heading or without, and these.
    They make a live page; below an article far longer than they are they are the news of the hour. Where there are
    headings, only entries far longer than what stands above them are sure to be a live page; the model decides on others."""
    clocks = [index for index, view in enumerate(views[:-1]) if view.time and not names_day(view.line.text, view.words)]
    told = [index for index in clocks if _tells(views[index + 1])]
    headed = [index for index in clocks if _is_headed(views, index)]
    enough = max(CLOCKS - 1, 0.7 * len(clocks))
    if len(told) + len(headed) <= enough or not all(_is_clock(views[at].words) for at in clocks):
        return
    above = sum(len(view.words) for view in views[: clocks[0]] if view.prose)
    below = sum(len(view.words) for view in views[clocks[0] : max([*told, *(index + 1 for index in headed)]) + 2])
    verdict = KEEP
    if len(told) <= enough:
        if above > HEADED_ABOVE * below or (clocks[0] and _is_header(views[clocks[0] - 1], "related links")):
            return
    elif above > LONGER_ABOVE * below:
        verdict, headed = Verdict("related links", LIKELY, "news of the hour"), []
    entries = (*clocks, *(index + 1 for index in (*told, *headed)), *(index + 2 for index in headed))
    yield from ((index, verdict) for index in entries)


def _tells(view: View) -> bool:
    return ends_clause(view.line.text) and len(view.words) > LABEL_WORDS


def _is_headed(views: Sequence[View], index: int) -> bool:
    """Whether a heading stands below, and a paragraph below that."""
    if index + 2 >= len(views):
        return False
    heading, text = views[index + 1 : index + 3]
    short = 0 < len(heading.words) <= LABEL_WORDS and not (heading.time or ends_clause(heading.line.text))
    return (heading.headline or short) and not heading.cue and _tells(text) and len(text.words) >= LEAST_OF_ENTRY


def _results(views: Sequence[View]) -> Iterator[int]:
    """Of a match, between two paragraphs: "«Дила» — «Самтредиа» — 2:3", "Goals: …"."""
    above = None
    for index, view in enumerate(views):
        if view.prose and not _RESULT.fullmatch(view.line.text):
            if above is not None and 1 < index - above <= MOST_RESULTS + 1:
                yield from range(above + 1, index)
            above = index
        elif above is not None and not _RESULT.fullmatch(view.line.text):
            above = None


def _listed(views: Sequence[View]) -> Iterator[int]:
    """What a sentence that ends in a colon enumerates, an item of a few words a line, between two paragraphs."""
    for index in _above_comments(views[:-1], _first_prose(views) + 1):
        view = views[index]
        if view.line.text.find(":") == len(view.line.text) - 1 and len(view.words) >= LEAST_LISTING and _is_plain(view):
            items = [*itertools.takewhile(lambda at: _is_item(views[at]), range(index + 1, len(views)))]
            if LEAST_LISTED <= len(items) <= MOST_FIGURES and _goes_on(views[items[-1] + 1 :][:1]):
                yield from (index, *items)


def _is_item(view: View) -> bool:
    return _is_plain(view) and 0 < len(view.words) <= LABEL_WORDS + 1 and view.line.text[-1] not in ".!?:"


def _quoted(views: Sequence[View]) -> Iterator[int]:
    """Behind the first paragraph and above comments, who says something, in a line of its own, and what, in quotation marks;
    once alone it may be a box."""
    pairs = [
        index
        for index in _above_comments(views[:-1], _first_prose(views) + 1)
        if _names_speaker(views[index]) and _is_quotation(views[index + 1])
    ]
    if len(pairs) > 1:
        for index in pairs:
            yield from (index, index + 1)


def _is_quotation(view: View) -> bool:
    return len(view.words) >= SENTENCE_WORDS and view.line.text[0] + view.line.text[-1] in QUOTES


def _names_speaker(view: View) -> bool:
    return (
        _is_plain(view) and len(view.words) <= LONG_LABEL and view.line.text[-1] == ":" and view.line.text[0].isupper()
    )


def _figures(views: Sequence[View]) -> Iterator[int]:
    """A table, a line a row, with the labels above it and the note below: between two paragraphs, or at the end, where what
    stands right above it is a paragraph or ends in a colon."""
    for are_rows, group in itertools.groupby(range(len(views)), lambda index: _row_of(views[index])):
        rows = list(group)
        if are_rows is None or not 1 < len(rows) <= MOST_FIGURES:
            continue
        start, end = rows[0], rows[-1] + 1
        labels = 0
        while start and labels < MOST_LABELS and _is_label(views[start - 1]):
            start, labels = start - 1, labels + 1
        if not (start and views[start - 1].prose):
            continue
        end += end < len(views) and _NOTE.match(views[end].line.text) is not None
        if _goes_on(views[end : end + BELOW_TABLE]) or not labels or views[rows[0] - 1].line.text[-1] == ":":
            yield from range(start, end)


def _goes_on(views: Sequence[View]) -> bool:
    """Whether a sentence stands among these lines before any that says of itself what it is."""
    return any(_is_short_sentence(view) for view in itertools.takewhile(_is_plain, views))


def _is_plain(view: View) -> bool:
    """Whether it does not say of itself what it is."""
    return not (view.cue or view.time)


def _is_short_sentence(view: View) -> bool:
    return len(view.words) >= SENTENCE_WORDS and ends_clause(view.line.text)


def _row_of(view: View) -> int | None:
    """What kind of row of a table it is: 0, "Potatoes: +4.6", "Brent – 98.92 dollars"; else how many more cells than one."""
    text = view.line.text
    if view.cue or view.time:
        return None
    cells = re.split(r"[|\t]", text)
    if len(cells) > 1 and len(text) <= LONGEST_ROW:
        return len(cells) - 1
    return 0 if _FIGURE.fullmatch(text) else None


def _is_label(view: View) -> bool:
    """What may stand above a table: a few words, no sentence."""
    return (
        not (view.cue or view.time or view.prose)
        and 0 < len(view.words) <= LONG_LABEL
        and view.line.text[-1] not in "!?"
    )


def _first_prose(views: Sequence[View]) -> int:
    """The index of the first prose, or the number of lines."""
    return next((index for index, view in enumerate(views) if view.prose), len(views))


def _first_paragraph(views: Sequence[View], verdicts: Sequence[Verdict | None]) -> int:
    """The index of the first prose that no rule has decided on, or the number of lines."""
    return next((index for index, view in enumerate(views) if view.prose and not verdicts[index]), len(views))


def _above_comments(views: Sequence[View], first: int = 0) -> Iterator[int]:
    """The lines from the first down to the header of the comments."""
    return itertools.takewhile(lambda index: not _is_header(views[index], "comments"), range(first, len(views)))


def _recalled(views: Sequence[View], verdicts: Sequence[Verdict | None]) -> Iterator[int]:
    """A sentence that begins with «Ранее», as the last paragraph of Russian news often does: below prose, above comments."""
    first = _first_paragraph(views, verdicts)
    for index in _above_comments(views, first):
        view = views[index]
        plain = view.prose and not (verdicts[index] or view.cue)
        if plain and view.words[0] in RECALLING and ends_sentence(view.line.text):
            yield index


def _separators(views: Sequence[View]) -> Iterator[int]:
    """ "x x x" between two paragraphs, which parts two sections; elsewhere it is a button."""
    for index in range(1, len(views) - 1):
        if set(views[index].words) == {"x"} and views[index - 1].prose and views[index + 1].prose:
            yield index


def _sources(views: Sequence[View]) -> Iterator[int]:
    """Right below a paragraph, whose news it is: "Source: Reuters". Below a table it is whose figures they are."""
    for index in range(1, len(views)):
        if views[index - 1].prose and _SOURCE.fullmatch(views[index].line.text):
            yield index


def _speech(views: Sequence[View], verdicts: Sequence[Verdict | None]) -> list[int]:
    """What two or more speak in turns: "Q: …", "A: …", "I.Ivanov: …"."""
    spoken = defaultdict(list)
    for index in _above_comments(views):
        view = views[index]
        match = None if verdicts[index] or view.cue else _SPEAKER.match(view.line.text)
        if match and ends_sentence(view.line.text):
            spoken[match[1]].append(index)
    again = [lines for lines in spoken.values() if len(lines) > 1]
    lines = sorted(itertools.chain.from_iterable(again))
    return lines if len(again) > 1 and len(lines) >= LEAST_SPOKEN else []


def _comment_thread(views: Sequence[View]) -> list[int]:
    """Comments below the article: between lines that tell who wrote one, or offer to report it."""
    first = _first_prose(views)
    told = [index for index in range(first + 1, len(views)) if _tells_of_comment(views[index].line.text)]
    if len(told) < LEAST_TOLD:
        return []
    threads = [range(one, other + 1) for one, other in itertools.pairwise(told) if other - one <= MOST_OF_COMMENT]
    return sorted(set(itertools.chain.from_iterable(threads)))


def _tells_of_comment(text: str) -> bool:
    return (
        len(text) <= LONGEST
        and any(map(text.lower().__contains__, _COMMENTED))
        and _COMMENT.fullmatch(text) is not None
    )


def _between_appeals(views: Sequence[View], verdicts: Sequence[Verdict | None]) -> Iterator[int]:
    """Below the article, what stands between two lines that ask for support speaks of the same."""
    asked = [index for index, verdict in enumerate(verdicts) if verdict and verdict.rule == APPEAL]
    if not asked or any(
        view.prose and not verdict
        for view, verdict in zip(views[asked[-1] + 1 :], verdicts[asked[-1] + 1 :], strict=True)
    ):
        return
    for first, last in itertools.pairwise(asked):
        if last - first <= MOST_BETWEEN + 1:
            yield from (index for index in range(first + 1, last) if verdicts[index] is None)


def _notes_on_authors(views: Sequence[View]) -> Iterator[tuple[list[int], Verdict]]:
    """At the end, who the author is, by the name that stands above the article: "Ann Porter is a fellow at …"."""
    prose = [index for index, view in enumerate(views) if view.prose]
    if len(prose) > NOTES:
        names = tuple(match[1] or match[2] for view in views[: prose[0]] if (match := _NAME.fullmatch(view.line.text)))
        for index in prose[-NOTES:]:
            text = views[index].line.text
            if any(text.startswith(name) and _ABOUT_AUTHOR.match(text, len(name)) for name in names):
                yield [index], Verdict("author box", LIKELY, "note on the author")


def _captions(views: Sequence[View], verdicts: Sequence[Verdict | None]) -> list[int]:
    """Among paragraphs, a sentence or two with a credit behind: "Workers at the old pier. Photo: Reuters". The last one is a
    paragraph: there the credit of all pictures is tacked on."""
    found: list[int] = []
    prose: list[int] = []
    for index, view in enumerate(views):
        if verdicts[index] or len(view.words) < SENTENCE_WORDS:
            continue
        if _is_caption(view, LONGEST_CAPTION if prose else LONGEST_FIRST):
            found.append(index)
        elif view.prose:
            prose.append(index)
    return [index for index in found if index < prose[-1]] if len(prose) >= max(LEAST_BESIDE, len(found)) else []


def _is_caption(view: View, longest: int) -> bool:
    if len(view.words) > longest or len(view.line.text) > LONGEST:
        return False
    ending = find_ending(view.line)
    if not ending or ending.reason != "photo credit":
        return False
    at = ending.start - view.line.start
    said, credit = view.line.text[:at], view.line.text[at:]
    if _LABELLED_CREDIT.match(credit) and TOLD.search(said):
        return False  # what ministries and companies tell, with their picture
    return sum(1 for _ in split_sentences(said)) <= CAPTION


def _is_clock(words: Sequence[str]) -> bool:
    """Not "28.11", which is a day."""
    figures = [int(word) for word in words if word.isdecimal()][:2]
    return figures < [24] and (len(figures) < 2 or figures[1] < 60)


def _marked_blocks(views: Sequence[View]) -> Iterator[tuple[range, Verdict]]:
    """From "Sign up to…" to "after newsletter promotion", from the nearest beginning above an end."""
    for reason, begins, ends in _BLOCKS:
        last = -1
        for index, view in enumerate(views):
            if len(view.line.text) <= SHORT and ends.fullmatch(view.line.text):
                above = range(index - 1, max(last, index - BLOCK), -1)
                first = next((at for at in above if begins.fullmatch(views[at].line.text)), None)
                if first is not None:
                    yield range(first, index + 1), Verdict(reason, SURE, "marked block")
                last = index


def _headlines_behind_dates(
    views: Sequence[View], verdicts: Sequence[Verdict | None]
) -> Iterator[tuple[list[int], Verdict]]:
    """Below the first paragraph, another article with its day right before it, as two elements of a page run together:
    "4 февраля 2020Мост закрыт". More of them in a row are what happened when."""
    first = _first_paragraph(views, verdicts)
    for found, group in itertools.groupby(
        range(first + 1, len(views)), lambda index: views[index].headline and runs_into_date(views[index].line)
    ):
        row = list(group)
        if found and len(row) <= MOST_IN_ROW:
            yield row, Verdict("related links", SURE, "date and headline in one")


def runs_into_date(line: Line) -> bool:
    """Whether it begins with a day and its year, and goes on with a capital without a space."""
    return _DATE_AND_CAPITAL.match(line.text) is not None


def _labelled_headlines(views: Sequence[View]) -> Iterator[tuple[list[int], Verdict]]:
    """Pairs of a short label and a headline: a label that returns, each time above a headline, or a known one once. The
    only one above the first paragraph may be the headline of the article itself."""
    labels = defaultdict(list)
    for index, view in enumerate(views[:-1]):
        short = 0 < len(view.words) <= LABEL_WORDS and len(view.line.text) <= LABEL_CHARACTERS
        if short and not view.time and not views[index + 1].line.gap and view.line.text[-1] not in ".!?,;":
            labels[" ".join(view.words)].append(index)
    prose = _first_prose(views)
    for label, indexes in labels.items():
        pairs = [index for index in indexes if views[index + 1].headline and not _asks(views[index + 1])]
        if prose < len(views) and len(pairs) > 0.6 * len(indexes) and (len(pairs) >= 2 or label in LABELS):
            if label not in LABELS and len(pairs) >= 2 and pairs[1] > prose > pairs[0]:
                del pairs[0]
            yield (
                [line for index in pairs for line in (index, index + 1)],
                Verdict("teaser", LIKELY, "label and headline"),
            )


def _links_under_headers(views: Sequence[View]) -> Iterator[tuple[list[int], Verdict]]:
    """Headlines right below "Read also", "Related articles", behind the first paragraph."""
    prose = [index for index, view in enumerate(views) if view.prose]
    spoken = next((index for index in prose if _is_spoken(views[index])), len(views))
    for index in range(prose[0] + 1 if prose else len(views), len(views)):
        if _is_header(views[index], "related links"):
            links = list(
                itertools.takewhile(
                    lambda at: _is_link(views[at]) and not (spoken < index and _is_spoken(views[at])),  # noqa: B023  (called at once)
                    range(index + 1, len(views)),
                )
            )
            if not links and len(views[index].words) > 1 and len(prose) > 1 and prose[1] < index:
                links = _links_within(views, index + 1)
            yield links, Verdict("related links", LIKELY, "headlines under a header")


def _links_with_summaries(views: Sequence[View]) -> Iterator[tuple[list[int], Verdict]]:
    """The same where each headline has its summary below it. Behind the last of them the article may go on: then that one
    may be the heading of a section."""
    first = _first_prose(views)
    for index in range(first + 1, len(views)):
        if not _is_header(views[index], "related links"):
            continue
        after = index + 1
        while after + 1 < len(views) and _is_summed_up(views[after], views[after + 1]):
            after += 2
        pairs = (after - index) // 2
        if pairs >= LEAST_SUMMED_UP:
            goes_on = after < len(views) and ends_clause(views[after].line.text) and not views[after].cue
            yield [*range(index + 1, after - 2 * goes_on)], Verdict("related links", LIKELY, "summaries under a header")


def _is_summed_up(headline: View, summary: View) -> bool:
    return (
        headline.headline
        and not (_asks(headline) or _is_spoken(headline) or _is_header(headline, "related links"))
        and _is_summary(summary, LONGEST_SUMMARY)
    )


def _is_summary(view: View, longest: int) -> bool:
    return SENTENCE_WORDS <= len(view.words) <= longest and ends_sentence(view.line.text)


def _dated_summaries(views: Sequence[View]) -> Iterator[tuple[list[int], Verdict]]:
    """Below a paragraph, other articles with day and summary: in turn a headline and its day, or a day and its headline,
    and a sentence or two. Without a header above they are told from a chronicle by being short beside the article, at its
    end, and more."""
    prose = [index for index, view in enumerate(views) if view.prose]
    at = prose[0] + 1 if prose else len(views)
    while at < len(views):
        end = at
        while _is_dated_summary(views[end : end + 3]):
            end += 3
        found = (end - at) // 3
        if found >= LEAST_DATED and (
            _is_header(views[at - 1], "related links")
            or (found >= LEAST_DATED_BELOW and _is_below(views, prose, at, end))
        ):
            yield [*range(at, end)], Verdict("related links", LIKELY, "dated summaries")
        at = max(at + 1, end)


def _is_dated_summary(views: Sequence[View]) -> bool:
    if len(views) < 3:
        return False
    *head, summary = views
    day, headline = sorted(head, key=lambda view: not view.time)
    return (
        day.time
        and names_day(day.line.text, day.words)
        and headline.headline
        and _is_summary(summary, LONGEST_DATED)
        and sum(1 for _ in split_sentences(summary.line.text)) <= MOST_SENTENCES
    )


def _is_below(views: Sequence[View], prose: Sequence[int], start: int, end: int) -> bool:
    """Whether it stands below all prose, of which there is as much."""
    before = sum(len(views[index].words) for index in prose if index < start)
    after = any(index >= end and not views[index].cue for index in prose)
    return not after and before >= sum(len(view.words) for view in views[start:end])


def _is_spoken(view: View) -> bool:
    """A line of an interview."""
    return view.line.text.startswith(DASHES)


def _is_link(view: View) -> bool:
    return not view.line.gap and _is_of_link(view)


def _is_of_link(view: View) -> bool:
    """A headline, or when it was published; no header of the next list."""
    return view.time or (view.headline and not _is_header(view, "related links"))


def _links_within(views: Sequence[View], start: int) -> list[int]:
    """The same in the midst of an article, where an empty line stands below the header. The last of several paragraphs
    that are headlines may be that of a section of the article."""
    links = list(itertools.takewhile(lambda at: _is_of_link(views[at]), range(start, len(views))))
    after = start + len(links)
    if not 0 < len(links) <= MOST_WITHIN or after == len(views) or not views[after].prose:
        return []
    if len(links) == 1:
        return links if SAYS_ALSO & set(views[start - 1].words) else []
    return links[:-1] if views[links[-1]].line.gap else links


def _asks(view: View) -> bool:
    return view.line.text[-1] in "?!"


def _dated_headlines(views: Sequence[View]) -> Iterator[tuple[list[int], Verdict]]:
    """A list of other articles after this one: dates, each above or below a headline, and what stands below the last. What
    is told behind one of them at length may be the article, which goes on: the model decides."""
    prose = [index for index, view in enumerate(views) if view.prose]
    if not prose:
        return
    dates = [
        index
        for index, view in enumerate(views)
        if view.time and names_day(view.line.text, view.words) and index > prose[0]
    ]
    dates = [index for index in dates if _is_entry(views, index)]
    if len(dates) < LEAST_DATED:
        return
    first, last = _block_start(views, dates[0]), len(views)
    before = sum(len(views[index].words) for index in prose if index < first)
    after = sum(len(views[index].words) for index in prose if index >= first)
    if before >= after:
        told = set(_told_between(views, dates, prose))
        yield (
            [index for index in range(first, last) if index not in told],
            Verdict("related links", LIKELY, "dated headlines"),
        )


def _told_between(views: Sequence[View], dates: Sequence[int], prose: Sequence[int]) -> Iterator[int]:
    """Paragraphs between two dates, or below the last, with what stands among them and the heading above them. Below two
    links without a word on what they lead to, one paragraph is enough: there the article may end."""
    two_links = len(dates) == LEAST_DATED and not any(dates[0] < index < dates[-1] for index in prose)
    for one, other in itertools.pairwise([*dates, len(views)]):
        between = [index for index in prose if one < index < other]
        if len(between) >= LEAST_BETWEEN or (two_links and other == len(views) and between):
            start = between[0]
            if start - 1 > one + 1 and not (views[start - 1].cue or views[start - 1].time):
                start -= 1
            yield from range(start, between[-1] + 1)


def _below_dated_pairs(views: Sequence[View]) -> Iterator[int]:
    """Below a header and headlines, each with its day below it, what the article goes on with: a heading and sentences."""
    at = _first_prose(views) + 1
    while at < len(views):
        end = at
        while end + 1 < len(views) and views[end].headline and views[end + 1].time:
            end += 2
        if end > at and _is_header(views[at - 1], "related links") and end + 1 < len(views):
            plain = itertools.takewhile(lambda index: _is_plain(views[index]), range(end, len(views)))
            last = max((index for index in plain if _is_short_sentence(views[index])), default=end)
            if views[end].headline and len(views[end].words) <= HEADING_WORDS and _is_short_sentence(views[end + 1]):
                yield from range(end, last + 1)
        at = max(at + 1, end)


def _rows_of_headlines(views: Sequence[View]) -> Iterator[tuple[list[int], Verdict]]:
    """So many lines in the form of headlines, with no sentence between them, that no article has them in its midst."""
    prose = sum(len(view.words) for view in views if view.prose)
    for in_row, group in itertools.groupby(range(len(views)), lambda index: _is_of_row(views[index])):
        row = list(group)
        if not in_row or len(row) < LEAST_OF_ROW or prose < LEAST_BESIDE_ROW:
            continue
        sizes = [size for index in row if (size := len(views[index].words)) > LABEL_WORDS]
        mean = sum(sizes) / max(1, len(sizes))
        if mean >= SHORT_OF_ROW and len(sizes) >= (LEAST_OF_ROW if mean >= LONG_OF_ROW else LEAST_OF_SHORT_ROW):
            row = row[EDGE_OF_ROW:-EDGE_OF_ROW]  # there the article's own headline, date and author may stand
            yield (
                [index for index in row if not views[index].time],
                Verdict("related links", LIKELY, "row of headlines"),
            )


def _is_of_row(view: View) -> bool:
    """A headline, with its summary or without, or a label; no item of a list, no verse."""
    text = view.line.text.replace("...", "").rstrip("?!…" + CLOSING)
    return len(text) <= LONGEST_OF_ROW and not (text[:1].islower() or BULLET.match(text) or ends_clause(text))


def _is_entry(views: Sequence[View], index: int) -> bool:
    """Whether a headline, not a paragraph, follows the date and the clock time below it."""
    after = next((view for view in views[index + 1 : index + 3] if not view.time), None)
    return after is not None and after.headline


def _block_start(views: Sequence[View], index: int) -> int:
    """Up over the section and the header that stand above the first date."""
    while index and len(views[index - 1].words) <= LABEL_WORDS and views[index - 1].line.text[-1] not in ".!?":
        index -= 1
    return index
