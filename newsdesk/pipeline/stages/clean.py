"""Cuts what is not the article. The raw text stays; each cut says its reason, its score and the rule that made it.

Order of the evidence for a line: what an editor decided for its source, a rule (`cleaning.rules`), that it returns in
other articles of its source (`cleaning.profile`), the line model (`cleaning.model`). Then the headline, and chrome
inside the lines that are kept. Over all of it stands what an editor decided for this one text (`cleaning.decisions`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import log

from newsdesk.pipeline.cleaning.cues import without_time, words_of
from newsdesk.pipeline.cleaning.decisions import obey
from newsdesk.pipeline.cleaning.headline import find_headline, repeats, rewords
from newsdesk.pipeline.cleaning.inline import begins_with_bare_day, find_within, split_end_mark, split_prefix
from newsdesk.pipeline.cleaning.lines import Line, Removal, cut, split_lines
from newsdesk.pipeline.cleaning.model import LineModel, load
from newsdesk.pipeline.cleaning.others import runs_into_date
from newsdesk.pipeline.cleaning.profile import LineProfile
from newsdesk.pipeline.cleaning.rules import judge, judge_line
from newsdesk.pipeline.cleaning.segment import find_core, find_repeated_title
from newsdesk.pipeline.cleaning.sentences import ends_sentence
from newsdesk.pipeline.cleaning.verdicts import KEEP, Verdict
from newsdesk.pipeline.cleaning.views import SENTENCE_WORDS, View, look
from newsdesk.pipeline.document import Document, RawDocument, Span
from newsdesk.pipeline.markup import decode
from newsdesk.pipeline.vocabulary import Source

# Every reason that a cut can have, with what it means to a reader.
REASONS = {
    "title": "the headline, which stands above the body",
    "repeated headline": "the headline once more",
    "section line": "the section, above or below the headline",
    "date line": "when it was published or changed",
    "author box": "who wrote it, and about them",
    "photo credit": "whose the picture is",
    "video fallback": "what stands for a film that is not shown",
    "teaser": "another article, advertised in or after this one",
    "related links": "a list of other articles",
    "tags": "key words",
    "share": "buttons for sharing, printing and sending",
    "subscribe": "an invitation to subscribe, to sign in or to follow",
    "comments": "comments, and the invitation to write one",
    "cookie": "a notice about cookies or privacy",
    "advertisement": "an advertisement",
    "navigation": "menus, contacts, imprint",
    "always cut": "a line that an editor cuts from this source",
    "returns in other articles": "a line that stands in several different articles of this source",
    "does not read like the article": "no rule names it, but it does not belong to the text around it",
    "cut by an editor": "a span that an editor cuts from this article",
    "whitespace": "empty space before or after the body",
}
MOST_LINES = 20_000  # hours of reading: a book or a database, not a page
LIKELY = 0.4  # a line this likely speaks neither for nor against the article
TURN = 1.5  # what it costs to go from the article to chrome or back, in log odds of a line
CERTAIN = 0.001  # no line speaks louder than one of this probability
DOUBTFUL, CUED = 0.25, 0.6  # from these a line is kept among others that are; the second where it has words of chrome
SURELY = 0.65  # from this prose is kept wherever it stands, and what stands first
STANDFIRST = 8  # words of a summary above the article
UNLIKELY = 0.08  # from this a sentence is kept where it goes on from the article
NEARLY = 0.6  # share of the greatest likelihood from which a line is kept of a text where none is likely
FEW, SELDOM = 0.06, 0.15  # share of lines below which chrome is rare in a text; then a line is kept from this
FAR, LITTLE = 12, 0.2  # lines between islands; share of the largest below which one is dropped
NEAR_TOP, ABOVE_SHARE = 4, 0.3  # lines in which an article without chrome begins; of what is above a headline, below it
FULL = 400  # characters of a line that count towards its weight
INTERRUPTIONS = frozenset(
    {"advertisement", "teaser", "related links", "subscribe", "photo credit", "video fallback", "share", "author box"}
)
SUBHEADING, HEADING = 7, 0.05  # words of the heading of a section, and from which likelihood it is one
PAUSES = dict.fromkeys(map(ord, " ,:–—-'’"))  # between its words
LONG_BELOW, LESS_LIKELY = 150, 0.15  # characters of a paragraph below it that is of the article from this likelihood
CHROME_SHARE = 2  # a text without prose stays when half of its lines are free of chrome
HEADER_ABOVE = 20  # lines under a header that are taken to belong to it
UNDER_HEADER = frozenset({"related links", "comments", "tags", "share", "subscribe", "advertisement"})
OTHER = "does not read like the article"
TOP = 8  # lines in which a date may stand before the text
SECTION_WORDS = 4  # a section line says no more than this beside the time


class Clean:
    """The stage. ``sources`` by slug: their editors' decisions come before any rule."""

    def __init__(self, sources: Mapping[str, Source], line_model: LineModel | None = None) -> None:
        self.profiles = {slug: profile for slug, source in sources.items() if (profile := LineProfile(source))}
        self.model = line_model or load()

    def __call__(self, document: Document) -> Document:
        raw = document.raw
        edges, lines = split_edges(split_lines(raw.text))
        views = [look(line) for line in lines]
        verdicts = self._judge(views, raw.source)
        title = words_of(raw.metadata.get("title", ""))
        likely = self._predict(
            views,
            verdicts,
            mark(lines, raw.main) if raw.main else None,
            title,
            marks_of(lines, raw) if raw.markup else None,
        )
        kept = _keep(views, verdicts, likely, title)
        if profile := self.profiles.get(raw.source):
            profile.cut_returning(views, verdicts, kept)
        removals = [*edges, *_remove(views, verdicts, likely, kept, raw.metadata)]
        return replace(document, cuts=cut(raw.text, obey(raw.text, removals, raw.decisions)))

    def _predict(
        self,
        views: Sequence[View],
        verdicts: Sequence[Verdict | None],
        main: Sequence[bool] | None,
        title: Sequence[str],
        marks: Sequence[int] | None,
    ) -> Sequence[float]:
        """What the model says; of a text that no page is as long as, only the rules say something."""
        if len(views) > MOST_LINES:
            return [1.0] * len(views)
        likelihoods: list[float] = self.model.predict(views, verdicts, main, title, marks).tolist()
        return likelihoods

    def _judge(self, views: Sequence[View], source: str) -> list[Verdict | None]:
        verdicts: list[Verdict | None] = list(judge(views))
        if profile := self.profiles.get(source):
            profile.decide(views, verdicts)
        return verdicts


def split_edges(lines: list[Line]) -> tuple[list[Removal], list[Line]]:
    """What stands before the text of a line and behind it, and the lines without it. A date stands there only at the top;
    below a paragraph one that runs into the text is of another article, and days in figures before several lines are what
    happened when."""
    top = [
        (None, line) if runs_into_date(line) and any(map(_is_paragraph, lines[:index])) else split_prefix(line)
        for index, line in enumerate(lines[:TOP])
    ]
    bare = [index for index, line in enumerate(lines[:TOP]) if begins_with_bare_day(line)]
    if len(bare) > 1 or (bare and any(map(begins_with_bare_day, lines[TOP:]))):
        for index in bare:
            top[index] = None, lines[index]
    ends = [*map(split_end_mark, [*(line for _, line in top), *lines[TOP:]])]
    return [removal for removal, _ in (*top, *ends) if removal], [line for _, line in ends]


def _is_paragraph(line: Line) -> bool:
    view = look(line)
    return view.prose and not judge_line(view)


def mark(lines: Sequence[Line], main: Sequence[Span]) -> list[bool]:
    """Which lines lie in the spans that the markup marks as the article."""
    marked, at = [], 0
    for line in lines:
        while at < len(main) and main[at].end <= line.start:
            at += 1
        marked.append(at < len(main) and main[at].start < line.end)
    return marked


def marks_of(lines: Sequence[Line], raw: RawDocument) -> list[int]:
    """What the elements of the page say of each of the lines."""
    marks = decode(raw.markup)
    found, row, at = [], 0, 0
    for line in lines:
        row += raw.text.count("\n", at, line.start)
        at = line.start
        found.append(marks[row])
    return found


def _keep(
    views: Sequence[View], verdicts: Sequence[Verdict | None], likely: Sequence[float], title: Sequence[str] = ()
) -> list[bool]:
    """Which lines are the article. Prose is never lost whole: where nothing of it would be left, its best run stays;
    and a text without prose (verse, a list, a table) keeps all that no rule and no cue speaks against. Where hardly
    anything looks like chrome, the model must be surer than elsewhere to cut, and where nothing does, all but certain."""
    evident = sum(bool(verdict or view.cue or view.time) for view, verdict in zip(views, verdicts, strict=True))
    prose = [view.prose and verdict in {None, KEEP} for view, verdict in zip(views, verdicts, strict=True)]
    if not evident:
        kept = [of_prose or chance >= UNLIKELY for of_prose, chance in zip(prose, likely, strict=True)]
    elif evident < FEW * len(views):
        kept = [
            verdict == KEEP if verdict else chance >= SELDOM for verdict, chance in zip(verdicts, likely, strict=True)
        ]
    else:
        kept = _divide(verdicts, likely)
        _weigh_each(views, verdicts, likely, prose, kept)
    if any(keep and of_prose for keep, of_prose in zip(kept, prose, strict=True)):
        for order in (range(len(views)), range(len(views) - 1, -1, -1)):
            _carry_on(views, verdicts, likely, kept, order)
        _keep_subheadings(views, verdicts, likely, kept)
        _drop_islands(views, verdicts, likely, kept)
        _drop_above_title(views, verdicts, likely, kept, title)
        _drop_dates_above(views, verdicts, kept)
        return kept
    if any(prose):
        scores = [_score(view, verdict) for view, verdict in zip(views, verdicts, strict=True)]
        return _keep_best(verdicts, likely, *find_core([view.words for view in views], scores, title))
    free = [
        verdict == KEEP or not (verdict or view.cue or view.time) for view, verdict in zip(views, verdicts, strict=True)
    ]
    return free if sum(free) * CHROME_SHARE >= len(free) else kept


def _keep_best(verdicts: Sequence[Verdict | None], likely: Sequence[float], first: int, last: int) -> list[bool]:
    """Of the best segment, what is not far less likely than its likeliest line."""
    free = [index for index in range(first, last) if verdicts[index] in {None, KEEP}]
    least = NEARLY * max((likely[index] for index in free), default=0.0)
    chosen = {index for index in free if verdicts[index] == KEEP or likely[index] >= least}
    return [index in chosen for index in range(len(verdicts))]


def _divide(verdicts: Sequence[Verdict | None], likely: Sequence[float]) -> list[bool]:
    """Runs of lines that are the article: the division that all lines together speak for most, where each turn has its
    cost (Viterbi). What a rule has decided stands."""
    balance = log(LIKELY / (1 - LIKELY))
    outside, inside = 0.0, -TURN  # the best sum of all lines so far that ends with this one cut, or kept
    stays = []
    for verdict, chance in zip(verdicts, likely, strict=True):
        certain = min(max(chance, CERTAIN), 1 - CERTAIN)
        gain = _said(verdict) if verdict else log(certain / (1 - certain)) - balance
        stays.append((outside >= inside - TURN, inside >= outside - TURN))
        outside, inside = max(outside, inside - TURN), max(inside, outside - TURN) + gain
    kept, within = [], inside - TURN > outside  # the end of the text ends the article, too
    for verdict, (outside_stays, inside_stays) in zip(reversed(verdicts), reversed(stays), strict=True):
        kept.append(verdict == KEEP if verdict else within)
        within = inside_stays if within else not outside_stays
    return kept[::-1]


def _said(verdict: Verdict) -> float:
    """An interruption speaks neither for nor against the article around it."""
    if verdict == KEEP:
        return TURN
    return 0.0 if verdict.reason in INTERRUPTIONS else -1.0


def _weigh_each(
    views: Sequence[View],
    verdicts: Sequence[Verdict | None],
    likely: Sequence[float],
    prose: Sequence[bool],
    kept: list[bool],
) -> None:
    """Its neighbours keep no line that has too much against itself, and do not cut prose that is sure to be the article,
    nor what stands first: a standfirst among author and date is no prose by its form."""
    begun = False
    for index, (view, chance) in enumerate(zip(views, likely, strict=True)):
        if verdicts[index] != KEEP:
            plain = not (verdicts[index] or view.cue or view.time)
            stands = prose[index] or (not begun and plain and len(view.words) >= STANDFIRST)
            kept[index] = (kept[index] and chance >= (DOUBTFUL if plain else CUED)) or (stands and chance >= SURELY)
        begun |= kept[index]


def _drop_islands(
    views: Sequence[View], verdicts: Sequence[Verdict | None], likely: Sequence[float], kept: list[bool]
) -> None:
    """What stands far from the article and is little beside it: a comment, a notice, the summary of another one."""
    islands: list[list[int]] = []
    for index, keep in enumerate(kept):
        if keep and islands and index - islands[-1][-1] <= FAR:
            islands[-1].append(index)
        elif keep:
            islands.append([index])
    masses = [_weigh(views, likely, island) for island in islands]
    least = LITTLE * max(masses, default=0.0)
    for island, mass in zip(islands, masses, strict=True):
        if mass < least:
            for index in island:
                kept[index] = verdicts[index] == KEEP


def _drop_above_title(
    views: Sequence[View],
    verdicts: Sequence[Verdict | None],
    likely: Sequence[float],
    kept: list[bool],
    title: Sequence[str],
) -> None:
    """Prose between the title of the page and the headline that says it again: the summaries of other articles."""
    headline = find_repeated_title([view.words for view in views], [view.score for view in views], title)
    if headline is None or (not title and any(kept[1 : min(NEAR_TOP, headline)])):
        return
    above = [index for index in range(headline) if kept[index]]
    below = [index for index in range(headline + 1, len(views)) if kept[index]]
    if _weigh(views, likely, below) > ABOVE_SHARE * _weigh(views, likely, above):
        for index in above:
            kept[index] = verdicts[index] == KEEP


def _drop_dates_above(views: Sequence[View], verdicts: Sequence[Verdict | None], kept: list[bool]) -> None:
    """A date alone on its line above the first paragraph is no part of it."""
    for index, view in enumerate(views):
        if kept[index] and view.prose:
            return
        if kept[index] and view.time and verdicts[index] != KEEP:
            kept[index] = False


def _weigh(views: Sequence[View], likely: Sequence[float], indexes: Iterable[int]) -> float:
    return sum(likely[index] * min(len(views[index].line.text), FULL) for index in indexes)


def _carry_on(
    views: Sequence[View],
    verdicts: Sequence[Verdict | None],
    likely: Sequence[float],
    kept: list[bool],
    order: Iterable[int],
) -> None:
    """Sentences go on behind an advertisement, a teaser, a list of links, but not behind a headline that no rule names."""
    going_on = False
    for index in order:
        view, verdict = views[index], verdicts[index]
        if kept[index]:
            going_on = True
        elif verdict:
            going_on &= verdict.reason in INTERRUPTIONS
        elif view.cue and view.cue.reason in INTERRUPTIONS and likely[index] < DOUBTFUL:
            continue
        elif going_on and _goes_on(view, likely[index]):
            kept[index] = True
        elif not _is_heading(views, likely, index):
            going_on = False


def _goes_on(view: View, chance: float) -> bool:
    if view.time or not ends_sentence(view.line.text):
        return False
    return chance >= (DOUBTFUL if view.cue or len(view.words) < SENTENCE_WORDS else UNLIKELY)


def _keep_subheadings(
    views: Sequence[View], verdicts: Sequence[Verdict | None], likely: Sequence[float], kept: list[bool]
) -> None:
    """Headings between two paragraphs, or between an interruption and a paragraph."""
    begun = False
    for index in range(1, len(views) - 1):
        above, begun = verdicts[index - 1], begun or kept[index - 1]
        joined = kept[index - 1] or (begun and above and above.reason in INTERRUPTIONS)
        if joined and kept[index + 1] and not verdicts[index] and likely[index] >= HEADING:
            kept[index] |= _is_heading(views, likely, index)


def _is_heading(views: Sequence[View], likely: Sequence[float], index: int) -> bool:
    """A few words above a paragraph that is likely enough."""
    if index + 1 == len(views):
        return False
    view, below = views[index], views[index + 1]
    text = view.line.text.rstrip("?").translate(PAUSES)
    plain = text[:1].isupper() and text.isalpha() and len(view.words) <= SUBHEADING
    least = LESS_LIKELY if len(below.line.text) >= LONG_BELOW else LIKELY
    return plain and not view.cue and below.prose and likely[index + 1] >= least


def _score(view: View, verdict: Verdict | None) -> float:
    return view.score if verdict in {None, KEEP} else min(0.0, view.score)


def _remove(
    views: Sequence[View],
    verdicts: Sequence[Verdict | None],
    likely: Sequence[float],
    kept: list[bool],
    metadata: Mapping[str, str],
) -> Iterator[Removal]:
    """A record that states its title itself has no other headline: a line in other words is a standfirst."""
    stated = metadata.get("title", "")
    headline = find_headline(views, verdicts, kept, stated)
    of_record = stated and "title_from" not in metadata
    if headline and of_record and not rewords(views[headline.index].line.text, stated):
        headline = None
    title = headline.index if headline else None
    first = next((index for index, keep in enumerate(kept) if keep and index != title), len(views))
    words = views[title].words if title is not None else words_of(stated)
    others = [view for view, keep in zip(views, kept, strict=True) if keep and not repeats(view, words)]
    again = any(
        kept[index] and view.prose and repeats(view, words) for index, view in enumerate(views) if index != title
    )
    if not others or (again and not any(view.prose for view in others)):
        headline, title, words = None, None, []  # the article says nothing else
    for index, view in enumerate(views):
        line, verdict = view.line, verdicts[index]
        if headline and index == title and verdict != KEEP:
            yield Removal(line.start, line.end, "title", round(headline.score, 3), "headline")
        elif verdict != KEEP and repeats(view, words) and not (kept[index] and _is_refrain(views, kept, index, title)):
            yield Removal(line.start, line.end, "repeated headline", 0.95, "title")
        elif kept[index]:
            yield from find_within(line, first=index == 0)
        elif verdict:
            yield Removal(line.start, line.end, *verdict)
        else:
            reason = _reason(views, kept, index, first)
            yield Removal(line.start, line.end, reason, round(1 - float(likely[index]), 3), "line model")


def _is_refrain(views: Sequence[View], kept: Sequence[bool], index: int, title: int | None) -> bool:
    """Whether the text itself says the headline once more: as a sentence, which the headline is not, behind a paragraph."""
    if title is None or ends_sentence(views[title].line.text) or not ends_sentence(views[index].line.text):
        return False
    return any(kept[above] and views[above].prose for above in range(title + 1, index))


def _reason(views: Sequence[View], kept: Sequence[bool], index: int, first: int) -> str:
    """What the model's cut most likely is, by its own words and by the header that it stands under."""
    view = views[index]
    if view.time:
        return "date line"
    if (
        index < first
        and any(word[0].isdigit() for word in view.words)
        and len(without_time(view.words)) <= SECTION_WORDS
    ):
        return "section line"
    if view.cue:
        return view.cue.reason
    for above in range(index - 1, max(-1, index - HEADER_ABOVE), -1):
        cue = views[above].cue
        if kept[above]:
            break
        if cue and cue.strength == 2 and cue.reason in UNDER_HEADER:
            return cue.reason
    return OTHER
