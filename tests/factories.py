"""Rows for tests: only those that matter, through the same store as in production."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from newsdesk.annotations.models import Annotation
from newsdesk.articles import store, stories
from newsdesk.articles.models import Article, Country, Source, Topic
from newsdesk.pipeline.document import (
    CountryClaim,
    Cut,
    DateClaim,
    Document,
    Evidence,
    Fingerprint,
    LanguageClaim,
    RawDocument,
    Role,
    TitleClaim,
    TopicClaim,
)

COUNTRIES = {
    "AZ": ("Azerbaijan", "Азербайджан"),
    "RU": ("Russia", "Россия"),
    "AM": ("Armenia", "Армения"),
    "GE": ("Georgia", "Грузия"),
}
TOPICS = {
    "karabakh": ("Karabakh", "Карабах", "карабах* OR karabakh"),
    "trade": ("Trade", "Торговля", "торговл* OR trade"),
}
UTC = dt.UTC


def make_country(code: str) -> Country:
    name_en, name_ru = COUNTRIES.get(code, (code, code))
    names = {"en": {"name": [name_en]}, "ru": {"name": [name_ru]}}
    country, _ = Country.objects.get_or_create(
        code=code, defaults={"name_en": name_en, "name_ru": name_ru, "names": names}
    )
    return country


def make_topic(slug: str, rule: str = "") -> Topic:
    name_en, name_ru, known = TOPICS.get(slug, (slug, slug, slug))
    topic, _ = Topic.objects.get_or_create(
        slug=slug, defaults={"name_en": name_en, "name_ru": name_ru, "rule": rule or known}
    )
    return topic


def make_source(slug: str, name: str = "") -> Source:
    source, _ = Source.objects.get_or_create(slug=slug, defaults={"name": name or slug.title()})
    return source


def make_document(
    body: str = "The body of the article.",
    *,
    title: str = "A headline",
    published: str | None = "2024-04-22",
    precision: str = "day",
    provenance: str = "header",
    confidence: float = 0.95,
    language: str = "en",
    about: Iterable[str] = (),
    mentioned: Iterable[str] = (),
    topics: Iterable[str] = (),
    evidence: Mapping[str, Iterable[str]] | None = None,
    source: str = "",
    source_path: str = "",
    url: str = "",
    section: str = "",
    author: str = "",
    raw_text: str | None = None,
    cuts: Iterable[tuple[Any, ...]] = (),
    collected: dt.datetime | None = None,
    fingerprint: Fingerprint | None = None,
) -> Document:
    """A document as the pipeline would give it. ``evidence`` maps a code or slug to words of the body."""
    raw = RawDocument(
        raw_text if raw_text is not None else body,
        source=source,
        source_path=source_path,
        url=url,
        collected=collected or dt.datetime(2025, 10, 1, tzinfo=UTC),
    )
    document = Document(
        raw,
        cuts=tuple(Cut(*cut) for cut in cuts),
        title=TitleClaim(title, "header" if title else "none"),
        section=section,
        author=author,
        language=LanguageClaim(language, 0.99),
        published=DateClaim(published, precision, provenance, confidence) if published else DateClaim(),  # type: ignore[arg-type]  # plain strings of a test
        fingerprint=fingerprint or Fingerprint(digest=store.digest_of(raw.text)),
    )
    words = {key: list(values) for key, values in (evidence or {}).items()}

    def spans(key: str) -> tuple[Evidence, ...]:
        return tuple(
            Evidence(at, at + len(word), word) for word in words.get(key, ()) if (at := document.body.find(word)) >= 0
        )

    roles: dict[str, Role] = {**dict.fromkeys(mentioned, "mentioned"), **dict.fromkeys(about, "about")}
    return replace(
        document,
        countries=tuple(
            CountryClaim(code, role, 0.9 if role == "about" else 0.2, spans(code)) for code, role in roles.items()
        ),
        topics=tuple(TopicClaim(slug, spans(slug)) for slug in topics),
    )


def make_article(
    body: str = "The body of the article.", *, story_with: Article | None = None, **claims: Any
) -> Article:
    """A stored article, with the rows that its claims point to. ``story_with`` puts it into that article's story."""
    return make_articles([{"body": body, **claims}], story_with=story_with)[0]


def make_articles(many: Iterable[Mapping[str, Any]], *, story_with: Article | None = None) -> list[Article]:
    """Like `make_article`, in one transaction. Equal bodies are told apart by their number."""
    documents: list[Document] = []
    for number, given in enumerate(many, Article.objects.count() + 1):
        claims = {"source_path": f"tests/{number}.txt", **given}
        claims.setdefault("body", f"The body of article {number}.")
        for code in (*claims.get("about", ()), *claims.get("mentioned", ())):
            make_country(code)
        for slug in claims.get("topics", ()):
            make_topic(slug)
        if claims.get("source"):
            make_source(claims["source"])
        document = make_document(**claims)
        if Article.objects.filter(digest=store.digest_of(document.raw.text)).exists() or any(
            other.raw.text == document.raw.text for other in documents
        ):
            document = make_document(**{**claims, "body": f"{claims['body']} ({number})"})
        documents.append(document)
    articles = store.add(documents)
    if story_with is not None:
        story_with.refresh_from_db()
        if story_with.story_id is None:
            stories.split([story_with.pk], None)
            story_with.refresh_from_db()
        stories.pin([article.pk for article in articles], story_with.story_id, None)
    return list(Article.objects.filter(pk__in=[article.pk for article in articles]).order_by("pk"))


def make_user(role: str, name: str = "") -> Any:
    """Somebody of a role: reader, analyst, editor or administrator."""
    user = get_user_model().objects.create_user(name or f"{role}-{get_user_model().objects.count() + 1}")
    user.groups.add(Group.objects.get(name=role))
    return user


def make_note(article: Article, exact: str = "", **fields: Any) -> Annotation:
    """A note on the passage ``exact``, or on the whole article."""
    fields = {"kind_id": fields.pop("kind", "note"), **fields}
    note = Annotation(article=article, exact=exact, **fields)
    note.anchor()
    note.save()
    return note
