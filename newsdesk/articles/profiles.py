"""Profiles of sources: which lines return in their articles, what editors decide on lines, and what that changes."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext, ngettext

from newsdesk.articles import store, stories
from newsdesk.articles.models import Article, Source, SourceLine
from newsdesk.articles.queries import among
from newsdesk.articles.reprocessing import reprocess
from newsdesk.pipeline.cleaning.lines import Line, split_lines
from newsdesk.pipeline.cleaning.profile import LEAST_ARTICLES, LineCount, LineCounter, fold_line
from newsdesk.pipeline.document import Cut, Document
from newsdesk.pipeline.stages.clean import Clean
from newsdesk.pipeline.vocabulary import Source as SourceRow

GROWTH = 1.5  # a source that has grown so much since its lines were counted is counted again after an ingest
BUDGET = 2.0  # seconds that a preview may take while a page is waiting
APPLY_NOW = 100  # articles; more are applied by `manage.py reprocess`, not while a page is waiting
SAMPLE, SAMPLE_EACH = 12, 4  # changes that a preview shows, in all and of one line
LOOKED_AT = 50  # articles that a preview reads at a time
MOST_SEARCHED = 20  # lines that the database is asked for by their words; for more, every text is read


# What returns


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a source's articles say of its lines: ``different`` of ``articles`` are no copies of another of them."""

    source: Source
    articles: int
    different: int
    counts: dict[str, int]
    returning: int
    new: int
    gone: int


def describe(learnt: Learnt) -> str:
    """For a terminal."""
    return (
        f"{learnt.source.pk}: {learnt.returning} lines return in {learnt.different} different articles "
        f"({learnt.new} new, {learnt.gone} gone)"
    )


def reprocess_command(source: Source) -> str:
    """Stored articles change only by it."""
    return f"manage.py reprocess --source {source.pk}"


def learn(source: Source, *, dry_run: bool = False) -> Learnt:
    """Count the lines of all articles of a source anew and bring its rows up to date. Decisions are not touched.

    Reads one batch of texts at a time; what it remembers of each article is who it copies.
    """
    rows = {row.line: row for row in source.lines.all()}
    counter = LineCounter(frozenset(line for line, row in rows.items() if row.decision))
    articles = 0
    for text in _texts_once(source):
        articles += 1
        if text is not None:
            counter.add(text)
    counts = counter.counts()
    new = [line for line in counts if line not in rows]
    gone = [row for line, row in rows.items() if line not in counts and not row.decision]
    if not dry_run:
        _write(source, rows, counts, articles, counter.articles)
    undecided = sum(line not in rows or not rows[line].decision for line in counts)
    by_line = {line: count.articles for line, count in counts.items()}
    return Learnt(source, articles, counter.articles, by_line, undecided, len(new), len(gone))


def learn_grown(ids: Iterable[int]) -> list[Learnt]:
    """Learn anew the profiles of those sources of these articles that have grown by half since the last time.

    So an article is read three times on average for profiles while its source grows, and nothing is kept beside the
    rows: a table of all lines would be as large as the corpus.
    """
    of_these = Article.objects.filter(pk__in=among(ids)).exclude(source=None)
    grown = (
        Source.objects.filter(pk__in=of_these.values("source"))
        .annotate(now=Count("article", filter=~Q(article__processed=None)))
        .filter(now__gte=LEAST_ARTICLES, now__gt=F("profiled") * GROWTH)
    )
    return [learn(source) for source in grown]


def _texts_once(source: Source) -> Iterator[str | None]:
    """The raw text of each article, the oldest first, or None where an earlier one of the source says the same."""
    seen: set[str] = set()
    rows = (
        Article.objects.filter(source=source)
        .exclude(processed=None)
        .order_by("pk")
        .values_list("pk", "claims__claims__reprint_of", "claims__fingerprint", "text__raw_text")
    )
    for pk, copied, fingerprint, text in rows.iterator(chunk_size=store.BATCH):
        names = {str(copied or pk), (fingerprint or {}).get("digest") or str(pk)}
        yield None if names & seen else text
        seen |= names


@transaction.atomic
def _write(
    source: Source, rows: dict[str, SourceLine], counts: dict[str, LineCount], articles: int, different: int
) -> None:
    SourceLine.objects.bulk_create(
        SourceLine(source=source, line=line, text=count.text, articles=count.articles)
        for line, count in counts.items()
        if line not in rows
    )
    for line, row in rows.items():
        row.articles = counts[line].articles if line in counts else 0
    SourceLine.objects.bulk_update(rows.values(), ["articles"], batch_size=store.BATCH)
    source.lines.filter(decision="", line__in=[line for line in rows if line not in counts]).delete()
    Source.objects.filter(pk=source.pk).update(profiled=articles, profiled_different=different)


# What editors decide


@dataclass(frozen=True, slots=True)
class Change:
    """A decision on a line of a source, not made yet. ``text`` is the line as it stands somewhere."""

    text: str
    decision: str

    @property
    def line(self) -> str:
        return fold_line(self.text)

    @property
    def shown(self) -> str:
        """What is decided, in words."""
        return str(SourceLine.Decision(self.decision).label)


@transaction.atomic
def decide(source: Source, changes: Iterable[Change]) -> None:
    """Write decisions down; the history says whose they are. One that says nothing new is passed over."""
    rows = {row.line: row for row in source.lines.filter(line__in=[change.line for change in changes])}
    for change in changes:
        row = rows.get(change.line) or SourceLine(source=source, line=change.line, text=change.text)
        if row.decision != change.decision:
            row.decision = change.decision
            row.save()


def apply(ids: Sequence[int]) -> int:
    """Reprocess articles, no more than APPLY_NOW of them. Gives how many."""
    now = list(ids[:APPLY_NOW])
    done = sum(isinstance(one, Document) for batch in reprocess(now, workers=1) for one in batch)
    stories.join(now)
    return done


@dataclass(frozen=True, slots=True)
class Settled:
    """``applied``: how many stored articles follow a decision already; None: they are left to the command."""

    source: Source
    applied: int | None

    @property
    def done(self) -> bool:
        return self.applied is not None

    def __str__(self) -> str:
        if self.applied is None:
            told = gettext("Saved. New articles follow it at once; run “%(command)s” for those already here.")
            return told % {"command": reprocess_command(self.source)}
        return ngettext("Saved, and %d article follows it.", "Saved, and %d articles follow it.", self.applied) % (
            self.applied
        )


def settle(source: Source, changes: Sequence[Change], *, at_once: bool) -> Settled:
    """Write decisions down and, ``at_once``, let the articles that they change follow, unless those are too many, or
    not all known, to be changed while a page is waiting."""
    found = preview(source, changes) if at_once else None
    decide(source, changes)
    return Settled(source, apply(found.changed) if found and found.at_once else None)


# What that changes


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line of a stored article that would be cut, or no longer be, with the lines around it. ``asked``: it is one of
    those that the preview was asked about."""

    article: Article
    before: str
    text: str
    after: str
    cut: bool
    asked: bool


@dataclass(slots=True)
class Preview:
    """``looked`` of ``candidates``, the articles that may have one of the lines, the newest first, were looked at;
    ``having`` of them have one, and ``changed`` (ids) would change, ``emptied`` to the last line. ``lines`` counts what
    bodies would lose (true) and regain (false), by folded line; other lines than those asked about are ""."""

    source: Source
    changes: Sequence[Change] = ()
    articles: int = 0
    candidates: int = 0
    looked: int = 0
    having: int = 0
    emptied: int = 0
    changed: list[int] = field(default_factory=list)
    lines: Counter[tuple[str, bool]] = field(default_factory=Counter)
    sample: list[ChangedLine] = field(default_factory=list)

    @property
    def lost(self) -> int:
        return sum(count for (_, cut), count in self.lines.items() if cut)

    @property
    def regained(self) -> int:
        return sum(count for (_, cut), count in self.lines.items() if not cut)

    @property
    def by_change(self) -> list[tuple[Change, int, int]]:
        """Each decision with the lines that would be lost and regained by it."""
        return [(one, self.lines[one.line, True], self.lines[one.line, False]) for one in self.changes]

    @property
    def examples(self) -> list[ChangedLine]:
        return sorted(self.sample, key=lambda one: not one.asked)

    @property
    def others(self) -> bool:
        """Whether lines would change that were not asked about."""
        return any(not line for line, _ in self.lines)

    @property
    def complete(self) -> bool:
        return self.looked == self.candidates

    @property
    def command(self) -> str:
        return reprocess_command(self.source)

    @property
    def at_once(self) -> bool:
        """Whether the articles that would change are known and few enough to be changed while a page is waiting."""
        return self.complete and len(self.changed) <= APPLY_NOW


def preview(
    source: Source, changes: Sequence[Change] = (), *, learnt: Learnt | None = None, budget: float = BUDGET
) -> Preview:
    """What the profile, with these changes in it, would make of the stored articles that have one of their lines.

    ``learnt``: what was counted, in place of what is stored; then all lines of the profile are looked for. Lines are
    looked up first, the cleaning runs only where one is found, and all stops after ``budget`` seconds.
    """
    until = time.monotonic() + budget
    row = _with_changes(store.stored_source(source.pk), changes)
    lines = {change.line for change in changes}
    if learnt:
        row = replace(row, line_counts=tuple(learnt.counts.items()), articles=learnt.different)
        lines = {*row.always_cut, *row.never_cut, *learnt.counts}
    articles = Article.objects.filter(source=source).exclude(processed=None)
    candidates = _that_may_have(articles, changes) if lines else []
    found = Preview(source, changes, articles.count(), len(candidates))
    clean = Clean({source.pk: row})
    for batch in store.batches(candidates, LOOKED_AT):
        of_batch = Article.objects.filter(pk__in=batch).select_related("text").prefetch_related("corrections")
        for article in of_batch.order_by("-pk"):
            if found.looked and time.monotonic() > until:
                return found
            found.looked += 1
            _look_at(article, lines, clean, found)
    return found


def _look_at(article: Article, lines: Collection[str], clean: Clean, found: Preview) -> None:
    split = split_lines(article.text.raw_text)
    asked = [folded if (folded := fold_line(line.text)) in lines else "" for line in split]
    if not any(asked):
        return
    found.having += 1
    before = _kept(split, article.text.cut_spans)
    after = _kept(split, clean(Document(store.raw_document(article, article.text))).cuts)
    changed = [index for index, kept in enumerate(before) if kept != after[index]]
    if not changed:
        return
    found.changed.append(article.pk)
    found.emptied += not any(after)
    for index in changed:
        kind = (asked[index], before[index])
        found.lines[kind] += 1
        if found.lines[kind] <= SAMPLE_EACH and len(found.sample) < SAMPLE:
            above = split[index - 1].text if index else ""
            below = split[index + 1].text if index + 1 < len(split) else ""
            found.sample.append(
                ChangedLine(article, above, split[index].text, below, before[index], bool(asked[index]))
            )


def _kept(lines: Sequence[Line], cuts: Sequence[Cut]) -> list[bool]:
    """Which lines are left, whole or in part."""
    kept, at = [], 0
    for line in lines:
        place = line.start
        while at < len(cuts) and cuts[at].start <= place:
            place = max(place, cuts[at].end)
            if cuts[at].end >= line.end:
                break
            at += 1
        kept.append(place < line.end)
    return kept


def _with_changes(row: SourceRow, changes: Iterable[Change]) -> SourceRow:
    always, never = dict.fromkeys(row.always_cut), dict.fromkeys(row.never_cut)
    for change in changes:
        always.pop(change.line, None)
        never.pop(change.line, None)
        if change.decision:
            (always if change.decision == SourceLine.Decision.ALWAYS else never)[change.line] = None
    return replace(row, always_cut=tuple(always), never_cut=tuple(never))


def _that_may_have(articles: QuerySet[Article], changes: Sequence[Change]) -> list[int]:
    """Those that have the longest word of a line, the newest first: the rest of the line may be spaced otherwise."""
    words = [max(re.findall(r"[^\d\s]+", change.text), key=len, default="") for change in changes]
    newest = articles.order_by("-pk")
    if not words or not all(words) or len(words) > MOST_SEARCHED:
        return list(newest.values_list("pk", flat=True))
    texts = newest.exclude(text=None).values_list("pk", "text__raw_text").iterator(chunk_size=store.BATCH)
    return [pk for pk, text in texts if any(word in text for word in words)]
