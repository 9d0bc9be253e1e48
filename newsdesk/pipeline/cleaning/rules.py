"""Rules for what a line says of itself beyond doubt, and for blocks that no line shows alone.

`judge` has their order: what a single line says, what stays (`cleaning.insets`, clock times), and what shows only beside
other lines, other articles (`cleaning.others`) among it. What no rule decides is left to the model.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from newsdesk.pipeline.cleaning import insets, others
from newsdesk.pipeline.cleaning.cues import CUES, compile_lines, is_section, names_day, without_time, words_in
from newsdesk.pipeline.cleaning.inline import TOLD, find_ending
from newsdesk.pipeline.cleaning.lines import Line
from newsdesk.pipeline.cleaning.sentences import ends_clause, split_sentences
from newsdesk.pipeline.cleaning.verdicts import KEEP, LIKELY, SURE, Verdict
from newsdesk.pipeline.cleaning.views import (
    LABEL_WORDS,
    SENTENCE_WORDS,
    SHORT,
    View,
    first_prose,
    is_header,
    look,
)

# A line of at most so many words in which the phrase stands anywhere.
WITHIN = {
    "navigation": (50, ("все права защищены", "все права охраняются", "all rights reserved", "усі права захищені")),
    "advertisement": (40, ("erid:", "erid ")),
    "cookie": (70, ("cookie", "куки")),
}  # fmt: skip  # several to a line
COOKIE_WORDS = ("использу", "соглас", "принима", "обраба", "we use", "uses", "accept", "agree", "consent", "continu")
BUTTONS, SURE_WORDS = words_in("buttons"), words_in("sure")
# Reasons whose phrases are sure when they are the whole line, and have two words or are one of the sure ones.
ALWAYS = frozenset({
    "related links", "share", "comments", "subscribe", "cookie", "advertisement", "video fallback", "teaser",
    "photo credit",
})  # fmt: skip  # several to a line
TOP, SECTION_WORDS = 8, 9  # lines among which a section stands; words of such a line, the time among them
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
LEAST_TOLD, MOST_OF_COMMENT = 3, 40  # lines that tell of a comment; lines from one to the next
LEAST_BESIDE = 2  # paragraphs among which a caption is told from the article
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
_LONG_SENTENCE = re.compile(r"[^.!?©|]{60,}[^\W\d_]{3}[.!?][»”\"')]*\s")
_SOURCE = compile_lines(CUES["endings"]["author box"])
_LABELLED_CREDIT = re.compile(r"[(\[]\s*(?:image|photo|picture|pic|фото|изображение|снимок|иллюстрация)", re.IGNORECASE)
_NAME = re.compile(
    rf"(?:[Bb]y|BY|[Aa]uthors?|[Аа]втор)\s*:?\s*{_FULL_NAME}(?:,.{{0,60}})?|{_FULL_NAME},?\s+(?i:{_PROFESSION})\b.{{0,40}}"
)
_ABOUT_AUTHOR = re.compile(
    rf"\s+(?:(?:is|was|has|covers|writes|reports|works)\b|[—–-])(?=[^,.]{{0,60}}\b(?i:{_PROFESSION}|fellow|bureau\s+chief|pseudonym|analyst|researcher|"
    r"professor|lecturer|author|writer|аналитик|эксперт|политолог|писатель|автор|псевдоним))"
)
_COMMENT = compile_lines(CUES["threads"]["comment"])
_COMMENTED = _phrases(CUES["threads"]["words"])


def judge(views: Sequence[View]) -> list[Verdict | None]:
    """The verdict of the rules on every line, or None where they have none."""
    verdicts = [_judge_again(view.line.text) if len(view.line.text) <= SHORT else judge_line(view) for view in views]
    for index in (
        *insets.find_results(views),
        *insets.find_tables(views),
        *insets.find_listed(views),
        *insets.find_quoted(views),
        *insets.find_speech(views, verdicts),
    ):
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
    for index in (
        *insets.find_recalled(views, verdicts),
        *insets.find_separators(views),
        *others.find_below_dated(views),
    ):
        verdicts[index] = KEEP
    for index in _sources(views):
        verdicts[index] = verdicts[index] or Verdict("author box", LIKELY, "source")
    for indexes, verdict in (
        *others.find_labelled(views),
        *others.find_dated(views),
        *others.find_under_headers(views),
        *others.find_with_summaries(views),
        *others.find_dated_summaries(views),
        *others.find_rows(views),
        *_notes_on_authors(views),
        *others.find_behind_dates(views, verdicts),
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
        if above > HEADED_ABOVE * below or (clocks[0] and is_header(views[clocks[0] - 1], "related links")):
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


def _sources(views: Sequence[View]) -> Iterator[int]:
    """Right below a paragraph, whose news it is: "Source: Reuters". Below a table it is whose figures they are."""
    for index in range(1, len(views)):
        if views[index - 1].prose and _SOURCE.fullmatch(views[index].line.text):
            yield index


def _comment_thread(views: Sequence[View]) -> list[int]:
    """Comments below the article: between lines that tell who wrote one, or offer to report it."""
    first = first_prose(views)
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
