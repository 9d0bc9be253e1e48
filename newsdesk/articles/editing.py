"""What editors do to an article: corrections made and withdrawn, articles removed.

A value that equals the machine's withdraws the correction; so there is never a correction that corrects nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction

from newsdesk.articles import store, stories
from newsdesk.articles.corrections import resolve
from newsdesk.articles.history import previous
from newsdesk.articles.models import Article, Claims, Correction, Country, Source, Story, Topic
from newsdesk.articles.queries import among
from newsdesk.pipeline.cleaning.decisions import agrees, fit, subtract
from newsdesk.pipeline.document import Cut, Decision, Document
from newsdesk.pipeline.run import Failure, run
from newsdesk.search import index

User = AbstractBaseUser | AnonymousUser | None

SCALARS = ("title", "section", "author", "language", "published")


class EmptyBodyError(ValueError):
    """An article must keep something to read."""


class StaleTextError(ValueError):
    """The raw text is not the one that the offsets were meant for."""


def machine_values(article: Article) -> dict[str, Any]:
    """What the machine says, in the shape of `correct`'s values: strings, ``about``, ``mentioned`` and ``topics``."""
    return _values(resolve(article.claims.claims, ()))


def held_values(article: Article) -> dict[str, Any]:
    """What holds, in the same shape."""
    return _values(resolve(article.claims.claims, article.corrections.all()))


@transaction.atomic
def correct(article: Article, values: Mapping[str, Any], author: User, note: str = "") -> None:
    """Let ``values`` hold for the article; fields that are not among them stay as they are."""
    machine = machine_values(article)
    held = held_values(article)
    for field in SCALARS:
        if field in values and values[field] != held[field]:
            _set(article, field, "", values[field], machine[field], author, note)
    if {"about", "mentioned"} <= values.keys():
        wanted, said, now = _roles(values), _roles(machine), _roles(held)
        for code in wanted.keys() | said.keys() | now.keys():
            if wanted.get(code, "none") != now.get(code, "none"):
                _set(article, "country", code, wanted.get(code, "none"), said.get(code, "none"), author, note)
    if "topics" in values:
        for slug in set(values["topics"]) | set(machine["topics"]) | set(held["topics"]):
            if (slug in values["topics"]) != (slug in held["topics"]):
                _set(article, "topic", slug, slug in values["topics"], slug in machine["topics"], author, note)
    if values.keys() & {"title", "language", "published", "about"}:
        store.find_topics([article.pk])
    store.hold([article.pk])
    if "published" in values and article.story_id:
        stories.refresh([article.story_id])


def state_of(article: Article) -> str:
    """Names all that holds of an article by corrections and by the machine, so that a change of it is noticed."""
    corrections = [(row.pk, row.field, row.key, row.value) for row in article.corrections.order_by("pk")]
    held = (held_values(article), article.source_id, article.url, corrections)
    return hashlib.blake2b(repr(held).encode(), digest_size=16).hexdigest()


@transaction.atomic
def put_back(article: Article, row: Any, author: User) -> None:
    """Let hold again what held before ``row`` of the history of corrections was written."""
    before = previous(row)
    if before is None:
        withdraw(article.corrections.filter(field=row.field, key=row.key))
        return
    held = held_values(article)
    match row.field:
        case Correction.Field.STORY:
            story = before.value if Story.objects.filter(pk=before.value).exists() else None
            stories.pin([article.pk], story, author.pk if author else None, before.note)
        case Correction.Field.COUNTRY:
            roles = {**_roles(held), row.key: before.value}
            values = {role: [code for code in roles if roles[code] == role] for role in ("about", "mentioned")}
            correct(article, values, author, before.note)
        case Correction.Field.TOPIC:
            topics = {*held["topics"], row.key} if before.value else {*held["topics"]} - {row.key}
            correct(article, {"topics": sorted(topics)}, author, before.note)
        case _:
            correct(article, {row.field: before.value}, author, before.note)


@transaction.atomic
def decide(article: Article, start: int, end: int, keep: bool | None, author: User, *, digest: str) -> None:
    """Keep or cut a span of the raw text, whatever the machine says of it; with None leave it to the machine.

    Earlier decisions hold for what of them lies beside the span. All that is claimed rests on the body: the article goes
    through the pipeline again. Raises `StaleTextError` where the raw text is not that of ``digest``, `EmptyBodyError` where nothing
    would be left to read, and ValueError for a span that holds nothing.
    """
    article = Article.objects.select_for_update(of=("self",)).select_related("text").get(pk=article.pk)
    raw_text = article.text.raw_text
    if article.digest != digest:
        raise StaleTextError("The raw text has changed meanwhile.")
    wanted = fit(raw_text, Decision(start, end, bool(keep)))
    if wanted is None:
        raise ValueError(f"There is nothing to keep or to cut in {start} to {end} of the raw text.")
    for row in article.corrections.filter(field=Correction.Field.CUT):
        if row.decision.start < wanted.end and wanted.start < row.decision.end:
            _shrink(row, subtract(raw_text, row.decision, wanted.start, wanted.end), raw_text)
    if keep is not None and not agrees(raw_text, wanted, _machine_cuts(article)):
        row = Correction(article=article, author_id=author.pk if author else None)
        row.decide(wanted, raw_text)
        row.save()
    _process_again(article)
    if not article.text.body.strip():
        raise EmptyBodyError("Nothing would be left to read.")


def _shrink(row: Correction, left: list[Decision], raw_text: str) -> None:
    """What is left of a decision stays its author's."""
    row.delete()
    for decision in left:
        part = Correction(article_id=row.article_id, author_id=row.author_id, note=row.note)
        part.decide(decision, raw_text)
        part.save()


def _machine_cuts(article: Article) -> tuple[Cut, ...]:
    """What the machine cuts where nobody has decided anything."""
    raw = replace(store.raw_document(article, article.text), decisions=())
    (document,) = run([raw], store.stored_vocabulary(), workers=1)
    return document.cuts if isinstance(document, Document) else ()


def _process_again(article: Article) -> None:
    """The whole pipeline and the stories, as `manage.py reprocess` does it."""
    (document,) = run([store.raw_document(article, article.text)], store.stored_vocabulary(), workers=1)
    if isinstance(document, Failure):
        raise RuntimeError(f"{document.stage}: {document.error}")
    store.update([article], [document])
    stories.join([article.pk])
    article.refresh_from_db()


@transaction.atomic
def withdraw(corrections: Iterable[Correction]) -> None:
    """Let the machine's claims show again; the history keeps what was withdrawn."""
    corrections = list(corrections)
    for correction in corrections:
        correction.delete()
    stories.join(correction.article_id for correction in corrections if correction.field == "story")
    cut = {correction.article_id for correction in corrections if correction.field == "cut"}
    for article in Article.objects.filter(pk__in=cut).select_related("text"):
        _process_again(article)
    store.find_topics(correction.article_id for correction in corrections if correction.field in store.FACTS)
    store.hold(correction.article_id for correction in corrections)
    dated = [correction.article_id for correction in corrections if correction.field == "published"]
    stories.refresh(Article.objects.filter(pk__in=dated).exclude(story=None).values_list("story", flat=True))


@transaction.atomic
def remove(ids: Iterable[int]) -> None:
    """Delete articles with all that belongs to them, and take them out of the index and of their stories."""
    ids = list(ids)
    articles = Article.objects.filter(pk__in=among(ids))
    touched = set(articles.exclude(story=None).values_list("story", flat=True))
    copies = Claims.objects.filter(article__story__in=among(touched), claims__reprint_of__in=list(map(str, ids)))
    for claims in copies.exclude(pk__in=among(ids)):
        claims.claims["reprint_of"] = None
        claims.save()
    index.remove(ids)
    for article in articles:
        article.delete()
    stories.refresh(touched)


@transaction.atomic
def remove_vocabulary(rows: Iterable[Country | Topic | Source]) -> None:
    """Delete countries, topics or sources, and take them off their articles, in the index too."""
    for row in rows:
        tagged = row.article_set if isinstance(row, Source) else row.articles
        ids = list(tagged.values_list("pk", flat=True))
        row.delete()
        if not isinstance(row, Topic):
            store.find_topics(ids)
        store.hold(ids)


def _values(claims: Mapping[str, Any]) -> dict[str, Any]:
    by_role = {role: [c["code"] for c in claims["countries"] if c["role"] == role] for role in ("about", "mentioned")}
    return {
        "title": claims["title"]["value"],
        "section": claims["section"],
        "author": claims["author"],
        "language": claims["language"]["value"],
        "published": claims["published"]["value"] or "",
        **by_role,
        "topics": [claim["slug"] for claim in claims["topics"]],
    }


def _roles(values: Mapping[str, Any]) -> dict[str, str]:
    return {**dict.fromkeys(values["mentioned"], "mentioned"), **dict.fromkeys(values["about"], "about")}


def _set(article: Article, field: str, key: str, value: Any, machine: Any, author: User, note: str) -> None:
    """Make the correction; or withdraw it, where the value is what the machine says."""
    correction = Correction.objects.filter(article=article, field=field, key=key).first()
    if value == machine:
        if correction:
            correction.delete()
        return
    correction = correction or Correction(article=article, field=field, key=key)
    correction.value, correction.note = value, note
    correction.author_id = author.pk if author else None
    correction.save()
