"""The only bridge between documents and rows: what the pipeline made is stored here, and nowhere else.

Every function takes the rows that it needs in a fixed number of queries a batch, and leaves tables, full text and
facets in step, in one transaction.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from django.db import DatabaseError, connection, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from newsdesk.articles.corrections import resolve
from newsdesk.articles.followers import Followed, follow
from newsdesk.articles.models import (
    Article,
    ArticleCountry,
    ArticleText,
    ArticleTopic,
    ArticleVersion,
    Claims,
    Correction,
    Country,
    Source,
    SourceLine,
    Topic,
)
from newsdesk.articles.prepared import Prepare, Prepared, columns_of, title_of
from newsdesk.pipeline.cleaning.decisions import carry_over
from newsdesk.pipeline.document import Decision, Document, RawDocument, Span
from newsdesk.pipeline.record import claims_of, document_of, record_of
from newsdesk.pipeline.run import run
from newsdesk.pipeline.stages.topics import FindTopics
from newsdesk.pipeline.vocabulary import Source as SourceRow
from newsdesk.pipeline.vocabulary import Topic as TopicRow
from newsdesk.pipeline.vocabulary import Vocabulary
from newsdesk.search import index
from newsdesk.search.rows import insert
from newsdesk.search.words import Prepared as Words

JSON = dict[str, Any]
T = TypeVar("T")

BATCH = 300  # articles in one transaction: a writer holds SQLite's one lock for well under a second
DATELINE = 60  # characters of place, day and agency before a first sentence
SUMMARY = 300  # characters of the body that the list shows

FACTS = ("title", "language", "published", "country")  # fields of corrections that rules of topics can ask for
COLUMNS = [
    "title",
    "title_stands_in",
    "summary",
    "section",
    "author",
    "language",
    "published",
    "published_value",
    "published_precision",
    "published_provenance",
    "published_confidence",
    "words",
    "processed",
]


def digest_of(text: str) -> str:
    """What makes two raw texts the same article."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def path_of(raw: RawDocument) -> str:
    """The name of its file, as far as the column holds it."""
    return raw.source_path[-500:]


def stored_vocabulary() -> Vocabulary:
    """Countries, topics and sources as they stand in the database."""
    return Vocabulary.from_rows(
        _country_rows(),
        Topic.objects.filter(active=True).values("slug", "name_en", "name_ru", "rule"),
        _source_rows(Source.objects.all()),
    )


def _country_rows() -> list[JSON]:
    claimants: dict[str, list[str]] = defaultdict(list)
    claims = Country.claimants.through.objects.order_by("to_country")
    for region, claimant in claims.values_list("from_country", "to_country"):
        claimants[region].append(claimant)
    rows = Country.objects.values("code", "kind", "name_en", "name_ru", "names")
    return [{**row, "claimants": claimants[row["code"]]} for row in rows]


def stored_source(slug: str) -> SourceRow:
    """One source as it stands in the database, with its lines."""
    return Vocabulary.from_rows((), (), _source_rows(Source.objects.filter(pk=slug))).sources[slug]


def _source_rows(sources: QuerySet[Source]) -> list[JSON]:
    """Sources with the lines that are decided on, and the counts of all."""
    lines: dict[str, JSON] = defaultdict(lambda: {"always_cut": [], "never_cut": [], "line_counts": []})
    found = SourceLine.objects.filter(source__in=sources)
    for slug, line, articles, decision in found.values_list("source", "line", "articles", "decision"):
        if decision:
            lines[slug][f"{decision}_cut"].append(line)
        if articles:
            lines[slug]["line_counts"].append((line, articles))
    columns = ("slug", "name", "domains", "aliases", "language", "profiled_different")
    return [{**row, "articles": row["profiled_different"], **lines[row["slug"]]} for row in sources.values(*columns)]


def vocabulary_or(fallback: Vocabulary) -> Vocabulary:
    """The stored vocabulary, or ``fallback`` where there is no database, or nothing in it."""
    try:
        stored = stored_vocabulary()
    except DatabaseError:
        return fallback
    return stored if stored.countries else fallback


def raw_document(article: Article, text: ArticleText) -> RawDocument:
    """A stored article as the parser once gave it, with what editors decided on its text. Of many articles, prefetch
    the corrections."""
    return RawDocument(
        text=text.raw_text,
        id=str(article.pk),
        source=article.source_id or "",
        source_path=article.source_path,
        url=article.url,
        collected=article.collected,
        encoding=text.encoding,
        repairs=tuple(text.repairs),
        metadata=text.metadata,
        main=tuple(Span(start, end) for start, end in text.main),
        markup=text.markup,
        decisions=_decisions(article.corrections.all()),
    )


def prepare() -> Prepare:
    """Makes of documents what `add_prepared` takes, in any process."""
    return Prepare(index.engine())


def add(documents: Sequence[Document]) -> list[Article]:
    """Store documents that are not yet there."""
    return add_prepared([*map(prepare(), documents)], [None] * len(documents))


@transaction.atomic
def add_prepared(prepared: Sequence[Prepared], originals: Sequence[bytes | None]) -> list[Article]:
    """Like `add`, of what other processes have prepared; ``originals`` are the files that were not plain UTF-8 text."""
    now = timezone.now()
    articles, bodies = [], [one.document.body for one in prepared]
    for one, body in zip(prepared, bodies, strict=True):
        raw = one.document.raw
        article = Article(
            digest=digest_of(raw.text),
            source_id=raw.source or None,
            source_path=path_of(raw),
            url=_web_address(raw.url),
            collected=raw.collected or now,
            collected_at_import=raw.collected_at_import or raw.collected is None,
        )
        _set_columns(article, one.claims, body, now)
        articles.append(article)
    Article.objects.bulk_create(articles)
    ArticleText.objects.bulk_create(
        _text_row(article, one.document, original, one.raw_text)
        for article, one, original in zip(articles, prepared, originals, strict=True)
    )
    insert(
        Claims,
        ["article", "claims", "fingerprint"],
        [(article.pk, one.claims_json, one.fingerprint) for article, one in zip(articles, prepared, strict=True)],
    )
    held = _known({article: one.claims for article, one in zip(articles, prepared, strict=True)})
    _write_links(held)
    _index(zip(held, held.values(), bodies, (one.words for one in prepared), strict=True))
    return articles


@transaction.atomic
def update(
    articles: Sequence[Article], documents: Sequence[Document], originals: Sequence[bytes | None] | None = None
) -> Followed:
    """Store what the pipeline now says of articles that are there already; corrections stay on top. Says what became of what
    points into their bodies.

    A raw text that differs from the stored one takes its place, with its file of ``originals``, and the stored one is
    kept as a version. Decisions on its spans go with their words; documents that do not obey them all are made anew.
    """
    now = timezone.now()
    documents = _obey(articles, documents)
    _keep_versions(articles, documents)
    inferred = {
        pk: claims["published_story"]
        for pk, claims in Claims.objects.filter(article__in=articles).values_list("pk", "claims")
        if claims.get("published_story")
    }
    claims_rows, text_rows = [], []
    files = originals or [None] * len(articles)
    for article, document, original in zip(articles, documents, files, strict=True):
        row = _claims_row(article, document, claims_of(document))
        if article.pk in inferred:
            row.claims["published_story"] = inferred[article.pk]
        claims_rows.append(row)
        text_rows.append(_text_row(article, document, original))
        article.digest = digest_of(document.raw.text)
        article.processed = now
    Article.objects.bulk_update(articles, ["digest", "processed"])
    kept = {"article"} if originals else {"article", "original"}
    changed = [field.attname for field in ArticleText._meta.concrete_fields if field.name not in kept]
    ArticleText.objects.bulk_create(text_rows, update_conflicts=True, unique_fields=["article"], update_fields=changed)
    Claims.objects.bulk_create(
        claims_rows, update_conflicts=True, unique_fields=["article"], update_fields=["claims", "fingerprint"]
    )
    ids = [article.pk for article in articles]
    corrected = Correction.objects.filter(article__in=ids, field__in=FACTS).values_list("article", flat=True)
    find_topics({*inferred, *corrected})
    followed = follow(ids)
    hold(ids)
    return followed


@transaction.atomic
def find_topics(ids: Iterable[int]) -> None:
    """Let the topics that the machine claims follow what holds of articles: their corrections, a date from their story.

    The pipeline knows neither. Only claims are changed: `hold` does the rest.
    """
    rules = Topic.objects.filter(active=True).order_by("pk").values_list("slug", "name_en", "name_ru", "rule")
    stage = _stage(tuple(TopicRow(*row) for row in rules))
    for batch in batches(sorted(set(ids)), BATCH):
        changed = []
        for article, document in held_documents(batch):
            topics = claims_of(stage(document))["topics"]
            if plain(topics) != article.claims.claims["topics"]:
                article.claims.claims["topics"] = plain(topics)
                changed.append(article.claims)
        write_claims(changed)


@lru_cache(maxsize=1)
def _stage(topics: tuple[TopicRow, ...]) -> FindTopics:
    return FindTopics(topics)


def held_documents(ids: Sequence[int]) -> Iterator[tuple[Article, Document]]:
    """Articles that have claims, each as a document in which what holds stands in place of what the machine said."""
    rows = Article.objects.filter(pk__in=ids).exclude(claims=None).select_related("text", "claims", "source")
    articles = list(rows.prefetch_related("corrections").order_by("pk"))
    held = {article: resolve(article.claims.claims, article.corrections.all()) for article in articles}
    for article, claims in _known(held).items():
        yield article, document_of(raw_document(article, article.text), article.text.cut_spans, claims)


def write_claims(rows: Sequence[Claims]) -> None:
    """The claims of rows that are there. An upsert takes a third of the time of `bulk_update`."""
    Claims.objects.bulk_create(rows, update_conflicts=True, unique_fields=["article"], update_fields=["claims"])


def write_columns(rows: Iterable[Model], names: Sequence[str]) -> None:
    """Columns of rows that are there. One statement for all takes a tenth of the time of `bulk_update`, which makes one
    with a case for each row and column."""
    rows = list(rows)
    if not rows:
        return
    meta = rows[0]._meta
    columns = [column for column in meta.concrete_fields if column.name in names]
    quote = connection.ops.quote_name
    assigned = ", ".join(f"{quote(str(column.column))} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(meta.db_table)} SET {assigned} WHERE {quote(str(meta.pk.column))} = %s",  # noqa: S608  (names of our own)
            [
                [*(column.get_db_prep_save(getattr(row, column.attname), connection) for column in columns), row.pk]
                for row in rows
            ],
        )


def plain(claims: Iterable[Mapping[str, Any]]) -> list[JSON]:
    """Claims of topics as JSON gives them back: lists for tuples."""
    return [{**claim, "evidence": list(claim["evidence"])} for claim in claims]


@transaction.atomic
def hold(ids: Iterable[int]) -> None:
    """Bring columns, country and topic rows, and the index up to date with claims and corrections."""
    for batch in batches(sorted(set(ids)), BATCH):
        articles = list(Article.objects.filter(pk__in=batch).select_related("text", "claims", "story"))
        corrections = _corrections(batch)
        held = {
            article: resolve(article.claims.claims, corrections[article.pk])
            for article in articles
            if article.processed and hasattr(article, "claims")
        }
        for article, claims in held.items():
            _set_columns(article, claims, article.text.body, article.processed)
        write_columns(held, COLUMNS)
        ArticleCountry.objects.filter(article__in=batch).delete()
        ArticleTopic.objects.filter(article__in=batch).delete()
        held = _known(held)
        _write_links(held)
        _index((article, claims, article.text.body, None) for article, claims in held.items())


@transaction.atomic
def hold_stories(ids: Iterable[int]) -> None:
    """Bring the index up to date with the stories of articles of which nothing else has changed."""
    for batch in batches(sorted(set(ids)), BATCH):
        rows = Article.objects.filter(pk__in=batch).values_list("pk", "story", "story__size")
        index.replace("story", {pk: _story_value(story, size) for pk, story, size in rows})


def held_claims(articles: Sequence[Article]) -> dict[int, JSON]:
    """What holds of each article: claims under corrections. ``articles`` come with their claims."""
    corrections = _corrections([article.pk for article in articles])
    return {article.pk: resolve(article.claims.claims, corrections[article.pk]) for article in articles}


def records(ids: Iterable[int]) -> Iterator[JSON]:
    """Records (see docs/record.md) of stored articles, in the order of ``ids``, a batch of rows at a time."""
    for batch in batches(ids, BATCH):
        found = {
            article.pk: article
            for article in Article.objects.filter(pk__in=batch).select_related("text", "claims")
            if hasattr(article, "claims")
        }
        held = held_claims(list(found.values()))
        for pk in batch:
            if article := found.get(pk):
                yield record_of(
                    held[pk],
                    id=str(pk),
                    raw_text=article.text.raw_text,
                    cuts=article.text.cut_spans,
                    source=article.source_id or "",
                    source_path=article.source_path,
                    url=article.url,
                    collected=article.collected.isoformat() if article.collected else None,
                    story=str(article.story_id) if article.story_id else None,
                    reprint_of=article.claims.claims.get("reprint_of"),
                    metadata=article.text.metadata,
                )


def index_entries(ids: Iterable[int] | None = None) -> Iterator[index.Entry]:
    """What the index should hold: of the articles named, or of all."""
    wanted = Article.objects.exclude(processed=None).order_by("pk")
    pks = wanted.values_list("pk", flat=True) if ids is None else ids
    for batch in batches(pks, BATCH):
        articles = list(
            wanted.filter(pk__in=batch)
            .select_related("text", "story")
            .prefetch_related("country_rows", "topic_rows", "annotations")
        )
        for article in articles:
            yield _entry(
                article,
                article.text.body,
                [(row.country_id, row.role) for row in article.country_rows.all()],
                [row.topic_id for row in article.topic_rows.all()],
            )


def _set_columns(article: Article, claims: JSON, body: str, processed: dt.datetime | None) -> None:
    published = claims["published"]
    value = published["value"] or ""
    article.title, article.title_stands_in = title_of(claims)
    article.summary = summarise(body, claims["title"]["value"] if article.title_stands_in else "")
    article.section = claims["section"][:100]
    article.author = claims["author"][:200]
    article.language = claims["language"]["value"][:8]
    article.published = dt.date.fromisoformat((value + "-01-01")[:10]) if value else None
    article.published_value = value
    article.published_precision = published["precision"] or ""
    article.published_provenance = published["provenance"]
    article.published_confidence = published["confidence"]
    article.words = len(body.split())
    article.processed = processed


def _web_address(url: str) -> str:
    """The address if it is one that may become a link, else nothing."""
    return url if url.lower().startswith(("http://", "https://")) and len(url) <= 2000 else ""


def summarise(body: str, after: str = "") -> str:
    """The beginning of the body, on one line, cut at a word; where it begins with ``after``, what comes then."""
    text = " ".join(body[: 4 * SUMMARY].split())
    if words := after.removesuffix("…").split():
        before, said, rest = text.partition(" ".join(words))
        if said and len(before) <= DATELINE:
            text = rest.lstrip(" .,;:…")
    if len(text) <= SUMMARY:
        return text
    return text[:SUMMARY].rsplit(" ", 1)[0] + "…"


def _text_row(article: Article, document: Document, original: bytes | None, packed: bytes | None = None) -> ArticleText:
    raw = document.raw
    return ArticleText(
        article=article,
        raw_text=packed or raw.text,
        cuts=[[cut.start, cut.end, cut.reason, round(cut.score, 3), cut.rule] for cut in document.cuts],
        metadata=dict(raw.metadata),
        main=[[span.start, span.end] for span in raw.main],
        markup=raw.markup,
        encoding=raw.encoding,
        repairs=list(raw.repairs),
        original=zlib.compress(original) if original else None,
    )


def _keep_versions(articles: Sequence[Article], documents: Sequence[Document]) -> None:
    changed = {
        article.pk: article.digest
        for article, document in zip(articles, documents, strict=True)
        if article.digest and article.digest != digest_of(document.raw.text)
    }
    ArticleVersion.objects.bulk_create(
        ArticleVersion(article_id=pk, digest=changed[pk], raw_text=raw_text)
        for pk, raw_text in ArticleText.objects.filter(pk__in=changed).values_list("pk", "raw_text")
    )


def _obey(articles: Sequence[Article], documents: Sequence[Document]) -> list[Document]:
    """The documents as the decisions of editors want them, which may have been made, or moved with their words to
    another place, while the pipeline ran."""
    rows: dict[int, list[Correction]] = defaultdict(list)
    for row in Correction.objects.filter(article__in=articles, field=Correction.Field.CUT):
        rows[row.article_id].append(row)
    obeying = list(documents)
    for at, (article, document) in enumerate(zip(articles, documents, strict=True)):
        own = rows[article.pk]
        if own and article.digest != digest_of(document.raw.text):
            own = _carry_over(own, document.raw.text)
        if (decisions := _decisions(own)) != document.raw.decisions:
            (again,) = run([replace(document.raw, decisions=decisions)], stored_vocabulary(), workers=1)
            obeying[at] = again if isinstance(again, Document) else document
    return obeying


def _carry_over(rows: Iterable[Correction], new: str) -> list[Correction]:
    """Move decisions to where their words stand in the new text; those whose words do not, or not once, are withdrawn."""
    rows = list(rows)
    old = ArticleText.objects.get(pk=rows[0].article_id).raw_text
    carried: dict[str, Correction] = {}
    for row in rows:
        decision = carry_over(row.decision, old, new)
        if decision:
            row.decide(decision, new)
        if decision and row.key not in carried:
            carried[row.key] = row
        else:
            row.delete()
    moved = list(carried.values())
    for row in moved:  # out of each other's way
        Correction.objects.filter(pk=row.pk).update(key=f"moving-{row.pk}")
    bulk_update_with_history(moved, Correction, ["key", "value"])
    return moved


def _decisions(corrections: Iterable[Correction]) -> tuple[Decision, ...]:
    """In the order of their places."""
    found = (row.decision for row in corrections if row.field == Correction.Field.CUT)
    return tuple(sorted(found, key=lambda decision: (decision.start, decision.end)))


def _claims_row(article: Article, document: Document, claims: JSON) -> Claims:
    return Claims(article=article, claims=claims, fingerprint=columns_of(document.fingerprint))


def _corrections(ids: Sequence[int]) -> dict[int, list[Correction]]:
    found = defaultdict(list)
    for correction in Correction.objects.filter(article__in=ids):
        found[correction.article_id].append(correction)
    return found


def _known(held: Mapping[Article, JSON]) -> dict[Article, JSON]:
    """The claims without the codes and slugs that are no longer in the tables."""
    countries = set(Country.objects.values_list("pk", flat=True))
    topics = set(Topic.objects.values_list("pk", flat=True))
    return {
        article: {
            **claims,
            "countries": [claim for claim in claims["countries"] if claim["code"] in countries],
            "topics": [claim for claim in claims["topics"] if claim["slug"] in topics],
        }
        for article, claims in held.items()
    }


def _write_links(held: Mapping[Article, JSON]) -> None:
    insert(
        ArticleCountry,
        ["article", "country", "role", "corrected"],
        [
            (article.pk, claim["code"], claim["role"], claim.get("corrected", False))
            for article, claims in held.items()
            for claim in claims["countries"]
        ],
    )
    insert(
        ArticleTopic,
        ["article", "topic", "corrected"],
        [
            (article.pk, claim["slug"], claim.get("corrected", False))
            for article, claims in held.items()
            for claim in claims["topics"]
        ],
    )


def _index(rows: Iterable[tuple[Article, JSON, str, Words | None]]) -> None:
    index.put(
        _entry(
            article,
            body,
            [(claim["code"], claim["role"]) for claim in claims["countries"]],
            [claim["slug"] for claim in claims["topics"]],
            words,
        )
        for article, claims, body, words in rows
    )


def _entry(
    article: Article,
    body: str,
    countries: Iterable[tuple[str, str]],
    topics: Iterable[str],
    words: Words | None = None,
) -> index.Entry:
    countries = list(countries)
    story = article.story if article.story_id else None
    return index.Entry(
        id=article.pk,
        title="" if article.title_stands_in else article.title,
        body=body,
        day=article.published,
        time=dt.time.fromisoformat(article.published_value[11:16]) if article.published_value[11:] else None,
        facets={
            "country": [code for code, _ in countries],
            "about": [code for code, role in countries if role == "about"],
            "topic": list(topics),
            "language": [article.language],
            "source": [article.source_id] if article.source_id else [],
            "story": _story_value(story.pk, story.size) if story else [],
        },
        words=words,
    )


def _story_value(story: int | None, size: int | None) -> list[str]:
    """A story of one article is no value to filter by."""
    return [str(story)] if story and size and size > 1 else []


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
