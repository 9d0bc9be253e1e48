"""The page of one article: its text with what is marked in it, what is claimed of it, and the way on from it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext

from newsdesk.annotations.models import Annotation
from newsdesk.articles.history import Correcting, corrected_claims_of
from newsdesk.articles.marks import Mark, to_raw
from newsdesk.articles.models import Article, Correction
from newsdesk.people import access
from newsdesk.people.models import Visibility
from newsdesk.query import find_words
from newsdesk.reader.addresses import article_url, comparison_url
from newsdesk.reader.claims import Claim, Held, is_inferred, make_held
from newsdesk.reader.filters import ArticleFilter
from newsdesk.reader.listing import PER_PAGE
from newsdesk.reader.neighbours import Neighbours, find_neighbours
from newsdesk.reader.passages import LIT, Noted, Piece, RawBlock, divide, divide_raw, line_start, paragraph_starts

COVERAGE = 12  # articles of the story that are listed; the others are a link away
CLAIMS = 12  # of a group that are shown at first
DATE = "date"  # the claim whose evidence lies in the raw text
SEARCH = "search"  # the words that the reader searched for
LONG = 10_000  # words from which on a text is laid out only where it is in sight
# Words of a byline that name nobody.
NOBODY = {
    "by",
    "from",
    "the",
    "of",
    "and",
    "staff",
    "newsroom",
    "desk",
    "editors",
    "editorial",
    "team",
    "reporter",
    "correspondent",
    "writer",
    "от",
    "и",
    "редакция",
    "редакции",
    "корреспондент",
    "служба",
    "новостей",
}


@dataclass(frozen=True, slots=True)
class ClaimLinks:
    """A claim, the articles of which the same holds, and this page with its evidence lit, or no longer lit."""

    claim: Claim
    list_url: str
    why_url: str
    lit: bool


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """``more`` are folded away, unless one of them is lit."""

    label: str
    links: list[ClaimLinks]
    more: list[ClaimLinks]
    open: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A note in the margin, with what was replied to it. ``number`` stands in the text too, where its passage ends."""

    annotation: Annotation
    number: int
    placed: bool
    replies: list[Annotation]
    may_change: bool

    @property
    def noted(self) -> Noted:
        return Noted(self.annotation.pk, self.annotation.kind.look, self.number, self.printed)

    @property
    def printed(self) -> bool:
        return self.annotation.withdrawn is None and self.annotation.visibility != Visibility.PRIVATE

    @property
    def lost(self) -> bool:
        return bool(self.annotation.exact) and not self.placed


class ArticlePage:
    """``articles`` is the list that the reader came from; ``why`` the key of the claim whose evidence is lit; ``editable``:
    whether the reader may decide what is cut."""

    def __init__(
        self,
        article: Article,
        articles: ArticleFilter,
        *,
        why: str = "",
        raw: bool = False,
        editable: bool = False,
        user: access.User | None = None,
    ) -> None:
        self.article = article
        self.articles = articles
        self.raw = raw
        self.user = user or AnonymousUser()
        self.editable = editable and bool(article.processed)
        self.why = why or (SEARCH if articles.query else "")

    @cached_property
    def history(self) -> list[Correcting]:
        """What people corrected, withdrew and put back."""
        return corrected_claims_of(self.article)

    # Addresses

    def _url(self, *, why: str = "", raw: bool = False) -> str:
        own = {name: value for name, value in (("why", why), ("raw", "1" if raw else "")) if value}
        return article_url(self.article, self.articles.address.carried, **own)

    @property
    def text_url(self) -> str:
        return self._url()

    @property
    def raw_url(self) -> str:
        return self._url(raw=True)

    @property
    def cuts_url(self) -> str:
        return reverse("cuts", args=[self.article.pk]) + self.raw_url.removeprefix(self.article.get_absolute_url())

    @property
    def new_note_url(self) -> str:
        return self._with_list(reverse("note-new", args=[self.article.pk]))

    @property
    def correct_url(self) -> str:
        return self._with_list(reverse("correct", args=[self.article.pk]))

    @property
    def carried(self) -> str:
        """What names the list, for addresses of notes."""
        return self._with_list("")

    def _with_list(self, path: str) -> str:
        carried = self.articles.address.carried
        return f"{path}?{carried}" if carried else path

    def line_url(self, offset: int) -> str:
        """The raw text at the line with this offset."""
        return f"{self.raw_url}#raw-{line_start(self.article.text.raw_text, offset)}"

    @property
    def story_url(self) -> str:
        return reverse("story", args=[self.article.story_id])

    @property
    def date_url(self) -> str:
        return self._url(why=DATE, raw=True)

    @property
    def list_url(self) -> str:
        """The page of the list that has this article."""
        position = self.neighbours.position
        return self.articles.address.url_with(page=(position - 1) // PER_PAGE + 1 if position else None)

    @property
    def rows(self) -> int:
        """Of the whole list."""
        return len(self.articles.folded if self.articles.folds else self.articles.ids)

    @cached_property
    def neighbours(self) -> Neighbours:
        return find_neighbours(self.articles, self.article)

    @cached_property
    def previous(self) -> tuple[Article, str] | None:
        return self._beside(self.neighbours.previous)

    @cached_property
    def next(self) -> tuple[Article, str] | None:
        return self._beside(self.neighbours.next)

    @cached_property
    def _beside_rows(self) -> dict[int, Article]:
        wanted = [pk for pk in (self.neighbours.previous, self.neighbours.next) if pk]
        return Article.objects.only("title", "source_path").in_bulk(wanted)

    def _beside(self, pk: int | None) -> tuple[Article, str] | None:
        row = self._beside_rows.get(pk) if pk else None
        return (row, article_url(row, self.articles.address.carried)) if row else None

    # Claims

    @cached_property
    def held(self) -> Held | None:
        """None where the article has not been through the pipeline yet."""
        return make_held(self.article, self.articles.names) if hasattr(self.article, "claims") else None

    @property
    def inferred(self) -> bool:
        return is_inferred(self.article)

    @property
    def groups(self) -> list[ClaimGroup]:
        if not self.held:
            return []
        groups = (
            (gettext("About"), "about", self.held.about),
            (gettext("Topics"), "topic", self.held.topics),
            (gettext("Mentions"), "country", self.held.mentioned),
        )
        return [self._group(label, filter_name, claims) for label, filter_name, claims in groups if claims]

    def _group(self, label: str, filter_name: str, claims: list[Claim]) -> ClaimGroup:
        links = self._links(filter_name, claims)
        shown = len(links) if len(links) <= CLAIMS + 1 else CLAIMS
        return ClaimGroup(label, links[:shown], links[shown:], any(link.lit for link in links[shown:]))

    def _links(self, filter_name: str, claims: list[Claim]) -> list[ClaimLinks]:
        return [
            ClaimLinks(
                claim,
                self.articles.address.anew(**{filter_name: claim.value}).url,
                self._url(why="" if claim.key == self.why else claim.key, raw=self.raw),
                claim.key == self.why,
            )
            for claim in claims
        ]

    @property
    def author(self) -> str:
        return byline_of(self.article)

    @property
    def long(self) -> bool:
        return self.article.words >= LONG

    @property
    def corrections(self) -> dict[str, object]:
        """Of title, section, author, language and story, by field."""
        return dict(self.held.corrections) if self.held else {}

    # The text

    @cached_property
    def body(self) -> str:
        return self.article.text.body

    @property
    def title(self) -> list[Piece]:
        lines = divide(self.article.title, self._evidence("title"))
        return lines[0] if lines else []

    @property
    def paragraphs(self) -> list[tuple[int, list[Piece]]]:
        """Each with where it begins in the body."""
        divided = divide(self.body, [*self._evidence("body"), *self.found, *self._noted()])
        return list(zip(paragraph_starts(self.body), divided, strict=True))

    @property
    def raw_blocks(self) -> list[RawBlock]:
        text = self.article.text
        corrections = [one for one in self.article.corrections.all() if one.field == Correction.Field.CUT]
        return divide_raw(text.raw_text, text.cut_spans, self._evidence_in_raw(), corrections)

    @cached_property
    def found(self) -> list[Mark]:
        """The words searched for."""
        spans = find_words(self.articles.query, self.body) if self.why == SEARCH else []
        return [Mark(start, end, LIT, f"found:{at}") for at, (start, end) in enumerate(spans, 1)]

    def _evidence(self, where: str) -> Iterator[Mark]:
        """Every claim's, so that a script can light it; and once more as lit, of the claim that was asked for."""
        for claim in self.held.all if self.held else ():
            for mark in claim.marks(where):
                yield mark
                if claim.key == self.why:
                    yield Mark(mark.start, mark.end, LIT)

    def _noted(self) -> Iterator[Mark]:
        for note in self.notes:
            start, end = note.annotation.start, note.annotation.end
            if note.placed and start is not None and end is not None:
                yield Mark(start, end, note.noted.key, f"passage-{note.annotation.pk}")

    def _evidence_in_raw(self) -> Iterator[Mark]:
        if self.held and self.why == DATE and (span := self.held.date.evidence):
            yield Mark(span["start"], span["end"], LIT)
        cuts = self.article.text.cuts
        for mark in self._evidence("body"):
            if mark.kind == LIT:
                yield Mark(to_raw(mark.start, cuts), to_raw(mark.end, cuts, end=True), LIT)

    # What others said

    @cached_property
    def notes(self) -> list[Note]:
        """In the order of their passages; then those on the whole article, and those whose passage is lost."""
        replies: dict[int | None, list[Annotation]] = defaultdict(list)
        first: list[Annotation] = []
        for one in sorted(self.article.annotations.all(), key=lambda one: one.pk):
            (replies[one.parent_id] if one.parent_id else first).append(one)
        placed = {one.pk: self._is_placed(one) for one in first}
        ordered = sorted(first, key=lambda one: (not placed[one.pk], bool(one.exact), one.start or 0, one.pk))
        return [
            Note(one, number, placed[one.pk], replies[one.pk], access.may_change(self.user, one))
            for number, one in enumerate(ordered, 1)
        ]

    def _is_placed(self, annotation: Annotation) -> bool:
        """Whether the words that it points to are there, or were taken for others that are."""
        start, end = annotation.start, annotation.end
        if not annotation.exact or start is None or end is None:
            return False
        return annotation.anchored == Annotation.Anchored.UNCERTAIN or self.body[start:end] == annotation.exact

    @property
    def may_annotate(self) -> bool:
        return self.user.is_authenticated and access.may_add(self.user, Annotation)

    @cached_property
    def coverage(self) -> list[tuple[Article, str, str]]:
        """Other articles of the same story, the first published first, each with its address, which carries the list
        along, and that of the two side by side."""
        if self.article.story_id is None:
            return []
        others = Article.objects.filter(story=self.article.story_id).exclude(pk=self.article.pk)
        shown = others.select_related("source").order_by("published", "published_value", "pk")[:COVERAGE]
        carried = self.articles.address.carried
        return [(other, article_url(other, carried), comparison_url(self.article.pk, other.pk)) for other in shown]


def byline_of(article: Article) -> str:
    """Its author, where that says more than the name of the source: not “By Herald staff” under “Herald”."""
    said = {*_words(article.author)} - NOBODY
    source = str(article.source) if article.source else ""
    return article.author if said - {*_words(source)} else ""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
