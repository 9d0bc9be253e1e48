"""Annotations from elsewhere: W3C Web Annotation JSON-LD (ours and that of others), and what Hypothesis gives.

A note goes to the article whose address it names, and a passage to where its words stand there once. What cannot be
placed surely is reported, with the reason, and nothing of it is stored. Importing twice does no harm.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsdesk.annotations import anchors
from newsdesk.annotations.forms import LONGEST, MOST_TAGS, WIDEST
from newsdesk.annotations.models import Annotation, Kind
from newsdesk.articles.models import Article
from newsdesk.people.access import User
from newsdesk.people.models import Visibility
from newsdesk.workspace.models import ImportedNote

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

JSON = dict[str, Any]

LARGEST = 20 * 1024 * 1024  # bytes of a file
MOST = 5_000  # annotations of a file: they are stored in one transaction
NEAR = 12  # characters before or after a passage that must be those that were given
LONG = 40  # characters of a passage that says enough by itself

# What our own exports call the kinds, and what others mean by the motivations that they share with them.
KINDS = {
    "highlighting": "quote",
    "identifying": "claim",
    "questioning": "doubt",
    "describing": "context",
}
NOTE = "note"
REASONS = {
    "unreadable": _("it is no annotation that can be read"),
    "reply": _("it replies to another note"),
    "article": _("no article here has this address"),
    "articles": _("several articles have this address"),
    "passage": _("these words do not stand in the article"),
    "around": _("these words stand in the article between other words"),
    "places": _("these words stand in the article several times"),
    "empty": _("it says nothing and marks nothing"),
    "long": _("it is too long"),
}
_ARTICLE = re.compile(r"/articles/(\d{1,18})/?$")
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


class UnreadableFileError(ValueError):
    """The file is none that holds annotations."""


@dataclass(frozen=True, slots=True)
class Given:
    """One annotation as it stands in the file. ``origin`` is its IRI, ``sources`` the addresses that it is about."""

    origin: str
    sources: Sequence[str]
    body: str
    kind: str
    tags: Sequence[str]
    creator: str
    created: str
    exact: str
    prefix: str
    suffix: str
    reply: bool

    @property
    def label(self) -> str:
        """By which a person knows it again."""
        return " ".join((self.exact or self.body or self.origin).split())[:120]


@dataclass(frozen=True, slots=True)
class Unplaced:
    label: str
    source: str
    reason: StrOrPromise


@dataclass
class Report:
    """``known`` were there already."""

    placed: list[Annotation] = field(default_factory=list)
    known: int = 0
    unplaced: list[Unplaced] = field(default_factory=list)

    @property
    def reasons(self) -> list[tuple[StrOrPromise, int]]:
        return Counter(one.reason for one in self.unplaced).most_common()


def read(content: bytes) -> list[JSON]:
    """The annotations of a file, whatever they are wrapped in."""
    if len(content) > LARGEST:
        raise UnreadableFileError(f"The file is larger than {LARGEST // 1024**2} MB.")
    try:
        found = list(_unwrap(json.loads(content.decode("utf-8-sig"))))
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(f"This is no JSON in UTF-8: {error}") from error
    if len(found) > MOST:
        raise UnreadableFileError(f"The file holds more than {MOST} annotations.")
    if not found:
        raise UnreadableFileError(
            "There are no annotations in it: neither W3C Web Annotation nor an answer of Hypothesis."
        )
    return found


def _unwrap(value: Any) -> Iterator[JSON]:
    """A collection holds a page, a page items; Hypothesis' API answers with rows."""
    if isinstance(value, list):
        for inner in value:
            yield from _unwrap(inner)
    elif isinstance(value, dict):
        inside = [value[name] for name in ("first", "items", "rows", "annotations") if name in value]
        if inside:
            yield from _unwrap(inside)
        elif "target" in value:
            yield value


def parse(raw: JSON) -> Given:
    """Raises ValueError for what cannot be read."""
    target = _first(raw.get("target"))
    target = {"source": target} if isinstance(target, str) else _mapping(target)
    bodies = [_mapping(body) for body in _many(raw.get("body")) if not isinstance(body, str)]
    said = [
        _text(body.get("value"))
        for body in bodies
        if body.get("purpose") in (None, "commenting", "describing", "replying")
    ]
    said += [body for body in _many(raw.get("body")) if isinstance(body, str)]
    quote = _quote(target.get("selector"))
    creator = _first(raw.get("creator")) or raw.get("user")
    sources = [target.get("source"), target.get("scope"), raw.get("uri")]
    return Given(
        origin=_text(raw.get("id"))[:500],
        sources=[source for source in map(_text, sources) if source],
        body="\n\n".join(part for part in (*said, _text(raw.get("text"))) if part).strip(),
        kind=_kind(raw, bodies),
        tags=_tags(raw, bodies),
        creator=_text(creator.get("name") if isinstance(creator, dict) else creator).removeprefix("acct:"),
        created=_text(raw.get("created"))[:10],
        exact=_text(quote.get("exact")),
        prefix=_text(quote.get("prefix")),
        suffix=_text(quote.get("suffix")),
        reply=bool(raw.get("references")) or raw.get("motivation") == "replying",
    )


def _quote(value: Any) -> JSON:
    """The TextQuoteSelector, side by side with others or refining one."""
    waiting = _many(value)
    for _step in range(50):
        if not waiting:
            break
        one = waiting.pop(0)
        if isinstance(one, dict) and one.get("type") == "TextQuoteSelector":
            return one
        if isinstance(one, dict):
            waiting += [*_many(one.get("refinedBy")), *_many(one.get("items"))]
    return {}


def _kind(raw: JSON, bodies: Iterable[JSON]) -> str:
    """As our own exports name it, else by its motivation."""
    named = [_text(body.get("value")) for body in bodies if body.get("purpose") == "classifying"]
    return next(iter(named), KINDS.get(_text(_first(raw.get("motivation"))), NOTE))


def _tags(raw: JSON, bodies: Iterable[JSON]) -> list[str]:
    """As W3C and as Hypothesis write them."""
    named = [body.get("value") for body in bodies if body.get("purpose") == "tagging"]
    return [tag for tag in map(_text, [*named, *_many(raw.get("tags"))]) if tag][:MOST_TAGS]


def _many(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [] if value is None else [value]


def _first(value: Any) -> Any:
    return (value[0] if value else None) if isinstance(value, list) else value


def _mapping(value: Any) -> JSON:
    if isinstance(value, dict):
        return value
    raise ValueError("no object")


def _text(value: Any) -> str:
    """Databases hold no NUL, and nothing holds half a character."""
    return value.replace("\0", "").encode("utf-8", "replace").decode() if isinstance(value, str) else ""


@transaction.atomic
def store(raws: Iterable[JSON], user: User, visibility: str = Visibility.PRIVATE, site: str = "") -> Report:
    """All become this person's; who wrote them elsewhere is named in the note. ``site``: where this desk is served."""
    assert user.pk is not None, "nobody has notes"
    report, givens = Report(), []
    for raw in raws:
        try:
            givens.append(parse(raw))
        except ValueError:
            report.unplaced.append(Unplaced(_text(raw.get("id"))[:120], "", REASONS["unreadable"]))
    articles = _Articles(givens, site)
    known = _known(givens, user)
    kinds = set(Kind.objects.values_list("pk", flat=True))
    for one in givens:
        given = one if one.kind in kinds else replace(one, kind=NOTE)
        if given.origin in known:
            report.known += 1
            continue
        annotation, reason = _place(given, articles, user, visibility)
        if annotation is None:
            report.unplaced.append(Unplaced(given.label, next(iter(given.sources), ""), REASONS[reason]))
        elif _is_there(annotation, user):
            report.known += 1
        else:
            annotation.save()
            report.placed.append(annotation)
            if given.origin:
                ImportedNote(user_id=user.pk, origin=given.origin, annotation=annotation).save()
                known.add(given.origin)
    return report


def preview(raws: Iterable[JSON], user: User, visibility: str = Visibility.PRIVATE, site: str = "") -> Report:
    """What `store` would do. Nothing of it stays."""
    with transaction.atomic():
        report = store(raws, user, visibility, site)
        transaction.set_rollback(True)
    return report


def _known(givens: Iterable[Given], user: User) -> set[str]:
    origins = {given.origin for given in givens} - {""}
    rows = ImportedNote.objects.filter(user=user.pk).values_list("origin", flat=True)
    return set(rows.iterator()) & origins


def _is_there(annotation: Annotation, user: User) -> bool:
    """The same words on the same passage: of this person, or in the file of a desk that is this one."""
    same = Annotation.objects.filter(Q(author=user.pk) | ~Q(visibility=Visibility.PRIVATE))
    same = same.filter(article=annotation.article, exact=annotation.exact, start=annotation.start)
    return any(other.body == annotation.body or annotation.body.startswith(f"{other.body}\n\n— ") for other in same)


class _Articles:
    """Those that a file is about, by address; their texts are read once."""

    def __init__(self, givens: Iterable[Given], site: str) -> None:
        self._host = urlsplit(site).netloc
        wanted = {source for given in givens for source in given.sources}
        self._by_address: dict[str, list[Article]] = defaultdict(list)
        spellings = {spelling for source in wanted for spelling in _spellings(source)}
        for article in Article.objects.filter(url__in=spellings).select_related("text"):
            self._by_address[fold_address(article.url)].append(article)
        ids = {pk for source in wanted if (pk := self._own(source))}
        self._by_id: Mapping[int, Article] = Article.objects.select_related("text").in_bulk(ids)

    def find(self, given: Given) -> list[Article]:
        """By the page here, which says it surely; else by the original's address."""
        own = [self._by_id[pk] for source in given.sources if (pk := self._own(source)) in self._by_id]
        if own:
            return own[:1]
        found = [article for source in given.sources for article in self._by_address.get(fold_address(source), ())]
        return list({article.pk: article for article in found}.values())

    def _own(self, source: str) -> int:
        """The number of the article, if this is an address of this desk; else 0."""
        parts = _split(source)
        match = _ARTICLE.search(parts[1])
        return int(match[1]) if match and self._host and parts[0] == self._host.lower() else 0


def fold_address(url: str) -> str:
    """Addresses that differ only in scheme, "www.", fragment or a slash at the end are one."""
    host, path, query = _split(url)
    return f"{host.removeprefix('www.')}{path.rstrip('/')}{f'?{query}' if query else ''}"


def _spellings(url: str) -> Iterator[str]:
    """All that are folded into one, to ask the database for."""
    host, path, query = _split(url)
    if not host:
        return
    bare = host.removeprefix("www.")
    for scheme in ("https", "http"):
        for www in ("", "www."):
            for slash in ("", "/"):
                yield f"{scheme}://{www}{bare}{path.rstrip('/')}{slash}{f'?{query}' if query else ''}"


def _split(url: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return "", "", ""
    return (parts.netloc.lower(), parts.path, parts.query) if parts.scheme in ("http", "https") else ("", "", "")


def _place(given: Given, articles: _Articles, user: User, visibility: str) -> tuple[Annotation | None, str]:
    """The annotation, not yet stored; or why there is none."""
    if given.reply:
        return None, "reply"
    if not given.exact and not given.body:
        return None, "empty"
    if len(given.exact) > WIDEST or len(_signed(given, user)) > LONGEST:
        return None, "long"
    found = articles.find(given)
    if not found:
        return None, "article"
    if not given.exact:
        return (_make(given, found[0], None, user, visibility), "") if len(found) == 1 else (None, "articles")
    placed = [(article, anchor) for article in found if (anchor := find_passage(article.text.body, given))]
    if len(placed) == 1:
        article, anchor = placed[0]
        if not agrees(article.text.body, anchor, given):
            return None, "around"
        return _make(given, article, anchor, user, visibility), ""
    if placed:
        return None, "articles"
    return None, "places" if any(_pattern(given.exact).search(article.text.body) for article in found) else "passage"


def find_passage(body: str, given: Given) -> anchors.Anchor | None:
    """Word for word; else with other white space, where that stands there once. Positions count in another text, so they
    tell nothing."""
    found = anchors.find(body, given.exact, prefix=given.prefix, suffix=given.suffix)
    if found is not None or given.exact in body:
        return found
    matches = list(_pattern(given.exact).finditer(body))
    return anchors.find(body, matches[0][0], start=matches[0].start()) if len(matches) == 1 else None


def agrees(body: str, anchor: anchors.Anchor, given: Given) -> bool:
    """Whether something of what was around the passage is there still. A short one may be another of the same words."""
    before, after = _fold(given.prefix)[-NEAR:].strip(), _fold(given.suffix)[:NEAR].strip()
    if not (before or after) or len(given.exact) >= LONG:
        return True
    left = _fold(body[max(0, anchor.start - 4 * NEAR) : anchor.start])
    right = _fold(body[anchor.end : anchor.end + 4 * NEAR])
    return bool(before and left.endswith(before)) or bool(after and right.startswith(after))


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def _pattern(exact: str) -> re.Pattern[str]:
    """The words, letter for letter, with any white space between them."""
    words = [re.escape(word) for word in _SPACE.split(exact.strip()) if word]
    return re.compile(r"\s+".join(words) or r"(?!)")


def _make(given: Given, article: Article, anchor: anchors.Anchor | None, user: User, visibility: str) -> Annotation:
    annotation = Annotation(article=article, author_id=user.pk, visibility=visibility, body=_signed(given, user))
    annotation.kind_id = given.kind
    annotation.tag_list = list(given.tags)
    if anchor:
        annotation.anchor_to(anchor)
    return annotation


def _signed(given: Given, user: User) -> str:
    """Who wrote it stays with it, where that is somebody else."""
    creator = _MARKS.sub(r"\\\1", " ".join(given.creator.split()))[:200]
    if not creator or creator == user.get_username():
        return given.body
    day = given.created if _is_day(given.created) else ""
    signature = f"— {', '.join(part for part in (creator, day) if part)}"
    return f"{given.body}\n\n{signature}" if given.body else signature


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
