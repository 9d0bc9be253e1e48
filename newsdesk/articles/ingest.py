"""From files to stored articles: what is new, what is known, what has changed, and what cannot be read."""

from __future__ import annotations

import dataclasses
import gc
import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from newsdesk.articles import profiles, store, stories
from newsdesk.articles.models import Article, ArticleText, Source
from newsdesk.articles.prepared import Prepared
from newsdesk.pipeline import vocabulary
from newsdesk.pipeline.document import RawDocument
from newsdesk.pipeline.parsers import MAX_BYTES, Parsed, Rejected, choose, parse
from newsdesk.pipeline.run import Failure, run_to
from newsdesk.search import index

SAME_ARTICLE = 0.5  # share of common words above which a file's new text is a new version of the old one
HEAD = 4096
OPTIMIZED_FROM, OPTIMIZED_SHARE = 5000, 0.1  # articles of one run
SELDOM = (50_000, 20, 50)  # objects, then collections of the younger ones, between two looks for garbage

_NUMBER = re.compile(r"^\d+ ")


@dataclass(slots=True)
class Summary:
    new: int = 0
    unchanged: int = 0
    updated: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    repaired: int = 0
    repairs: Counter[str] = field(default_factory=Counter)
    ids: list[int] = field(default_factory=list)
    profiled: list[profiles.Learnt] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)  # names of new ones
    # Texts stored before, by the slug of their source, which is not the one given
    elsewhere: dict[str, list[str]] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)  # file and id of records that another text stands under as well

    def __str__(self) -> str:
        return f"{self.new} new, {self.unchanged} unchanged, {self.updated} updated, {len(self.rejected)} rejected"

    def count_repairs(self, repairs: Iterable[str]) -> None:
        """``repairs`` of one text: "3 invalid bytes replaced" is counted as "invalid bytes replaced"."""
        kinds = [_NUMBER.sub("", one) for one in repairs]
        self.repaired += bool(kinds)
        self.repairs.update(kinds)

    def reasons(self) -> list[tuple[str, int]]:
        return Counter(rejected.reason for rejected in self.rejected).most_common()


def find_files(paths: Iterable[str]) -> Iterator[tuple[str, Path | None]]:
    """The name to show and the file, in a fixed order, folders through and through; None is standard input.

    The name is the file's, with that of its folder, whichever way the path was written, and what of it is no Unicode
    replaced. In a folder only regular files count; a pipe is read if it is named itself.
    """
    for given in paths:
        if given == "-":
            yield "-", None
            continue
        path = Path(given).resolve()
        if not path.is_dir():
            yield _shown(f"{path.parent.name}/{path.name}"), path
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                file = Path(folder) / name
                if not name.startswith(".") and not _is_special(file):
                    yield _shown(file.relative_to(path.parent).as_posix()), file


def _is_special(file: Path) -> bool:
    """A pipe, a socket or a device. What cannot be looked at is none: opening it will say why."""
    try:
        return not stat.S_ISREG(file.stat().st_mode)
    except OSError:
        return False


def _shown(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def read_file(name: str, file: Path | None, stdin: BinaryIO) -> Iterator[Parsed]:
    """All texts of a file. What cannot be opened is rejected like what cannot be read."""
    try:
        with stdin if file is None else file.open("rb") as stream:
            yield from _read_stream(name, stream)
    except OSError as error:
        yield Rejected(error.strerror or str(error), "Check the path and the permissions.", name)


def _read_stream(name: str, stream: BinaryIO) -> Iterator[Parsed]:
    head = stream.peek(HEAD)[:HEAD] if hasattr(stream, "peek") else b""
    if choose(name, head).name == "JSON Lines":
        for parsed in parse(name, stream):
            yield parsed if isinstance(parsed, Rejected) else _name_record(name, parsed)
    else:
        yield from parse(name, stream.read(MAX_BYTES + 1))


def _name_record(name: str, raw: RawDocument) -> RawDocument:
    """Records of one file are told apart by their ids."""
    return dataclasses.replace(raw, source_path=f"{name}#{raw.id}") if raw.source_path == name else raw


@contextmanager
def _few_collections() -> Iterator[None]:
    """Python looks for cycles of garbage among all objects that are alive, which are millions here, and finds next to
    none: as often as it usually does, that is a quarter of the time of the process that writes."""
    usual = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


class Ingest:
    """One run over many texts. Iterating gives what became of each, as soon as it is known; ``summary`` fills up."""

    def __init__(self, *, source: str = "", workers: int | None = None, dry_run: bool = False) -> None:
        self.source = source
        self.workers = workers
        self.dry_run = dry_run
        self._sources = Sources(Source.objects.all(), create=not dry_run)
        self.summary = Summary(sources=self._sources.made)
        self._seen: set[str] = set()
        self._texts: dict[int, int | None] = {}  # hash of a record's name: of its text, None once another was met
        self._originals: dict[str, bytes] = {}
        self._updates: dict[str, Article] = {}

    def __call__(self, incoming: Iterable[Parsed]) -> Iterator[int]:
        """Store what comes in, batch by batch; yields how many texts were settled."""
        with _few_collections():
            yield from self._run(incoming)

    def _run(self, incoming: Iterable[Parsed]) -> Iterator[int]:
        prepared = run_to(store.prepare(), self._unknown(incoming), store.stored_vocabulary(), workers=self.workers)
        settled = 0
        for batch in store.batches(prepared, store.BATCH):
            self._store([self._or_reject(result) for result in batch])
            total = self.summary.new + self.summary.unchanged + self.summary.updated + len(self.summary.rejected)
            yield total - settled
            settled = total
        if not self.dry_run:
            stories.join({*self.summary.ids, *Article.objects.ungrouped().values_list("pk", flat=True)})
            self.summary.profiled = profiles.learn_grown(self.summary.ids)
            self._optimize()
        total = self.summary.new + self.summary.unchanged + self.summary.updated + len(self.summary.rejected)
        yield total - settled

    def _optimize(self) -> None:
        """After much has come in, as a share of all: the index lies in many pieces then, and searches read them all."""
        stored = len(self.summary.ids)
        if stored >= OPTIMIZED_FROM and stored >= Article.objects.count() * OPTIMIZED_SHARE:
            index.optimize()

    def _unknown(self, incoming: Iterable[Parsed]) -> Iterator[RawDocument]:
        """What is not stored yet under its digest, known sources filled in."""
        for batch in store.batches(incoming, store.BATCH):
            good = [one for one in batch if isinstance(one, RawDocument)]
            self.summary.rejected.extend(one for one in batch if isinstance(one, Rejected))
            self._look_for_twins(good)
            digests = {store.digest_of(one.text): one for one in reversed(good)}
            stored = dict(Article.objects.filter(digest__in=digests).values_list("digest", "source"))
            self._look_for_other_sources(
                (one.source_path, stored[digest] or "") for digest, one in reversed(digests.items()) if digest in stored
            )
            known = stored.keys() | self._seen
            fresh = {digest: one for digest, one in reversed(digests.items()) if digest not in known}
            self.summary.unchanged += len(good) - len(fresh)
            self._seen.update(fresh)
            earlier = self._find_earlier(list(fresh.values()))
            for digest, one in fresh.items():
                if one.original is not None:
                    self._originals[digest] = one.original
                if digest in earlier:
                    self._updates[digest] = earlier[digest]
                yield dataclasses.replace(
                    one,
                    source=self._sources.find(self.source or one.source, one.url),
                    collected=one.collected or timezone.now(),
                    collected_at_import=one.collected is None,
                    original=None,
                )

    def _look_for_other_sources(self, stored: Iterable[tuple[str, str]]) -> None:
        """Texts stored before, each with its source, under none or another than was given: they stay there."""
        given = self._sources.known(self.source)
        for path, slug in stored:
            if self.source and (not slug or slug != given):
                self.summary.elsewhere.setdefault(slug, []).append(path)

    def _look_for_twins(self, raws: Iterable[RawDocument]) -> None:
        """Records of one file that have the same id and different texts: in the summary once an id."""
        for raw in raws:
            if raw.id:
                name, text = hash((raw.source_path, raw.id)), hash(raw.text)
                if self._texts.setdefault(name, text) not in (None, text):
                    self._texts[name] = None
                    told = raw.source_path.endswith(f"#{raw.id}")
                    self.summary.twice.append(raw.source_path if told else f"{raw.source_path}#{raw.id}")

    def _find_earlier(self, raws: list[RawDocument]) -> dict[str, Article]:
        """By digest, stored articles whose file now holds a changed version; a wholly different text is another one.

        Of several texts under one name, the last is the changed version.
        """
        by_path = {store.path_of(raw): raw for raw in raws if raw.source_path not in ("", "-")}
        texts = ArticleText.objects.filter(article__source_path__in=by_path).select_related("article").order_by("pk")
        return {
            store.digest_of(by_path[text.article.source_path].text): text.article
            for text in texts
            if _overlap(text.raw_text, by_path[text.article.source_path].text) >= SAME_ARTICLE
        }

    def _or_reject(self, result: Prepared | Failure) -> Prepared | None:
        if isinstance(result, Failure):
            reason = f"the stage {result.stage} failed ({result.error})"
            rejected = Rejected(reason, "Please report it with the file.", result.raw.source_path)
        elif not result.document.body.strip():
            reason = "there is no article in it, only what surrounds one on a site"
            path = result.document.raw.source_path
            rejected = Rejected(reason, "If there is one, report it with the file.", path)
        else:
            return result
        self.summary.rejected.append(rejected)
        return None

    @transaction.atomic
    def _store(self, results: list[Prepared | None]) -> None:
        prepared = {store.digest_of(one.document.raw.text): one for one in results if one}
        for digest in Article.objects.filter(digest__in=prepared).values_list("digest", flat=True):
            del prepared[str(digest)]  # another run stored it meanwhile
            self.summary.unchanged += 1
        updates = {digest: self._updates[digest] for digest in prepared if digest in self._updates}
        new = {digest: one for digest, one in prepared.items() if digest not in updates}
        for one in prepared.values():
            self.summary.count_repairs(one.document.raw.repairs)
        self.summary.new += len(new)
        self.summary.updated += len(updates)
        if self.dry_run:
            return
        originals = {digest: self._originals.pop(digest, None) for digest in prepared}
        added = store.add_prepared(list(new.values()), [originals[digest] for digest in new])
        store.update(
            list(updates.values()),
            [prepared[digest].document for digest in updates],
            [originals[digest] for digest in updates],
        )
        self.summary.ids += [article.pk for article in (*added, *updates.values())]


class Sources:
    """Sources by slug, name, other names and domain; one that is named and not known is created, or is none."""

    def __init__(self, known: Iterable[Source | vocabulary.Source], *, create: bool) -> None:
        self.create = create
        self.made: list[str] = []
        self.by_name: dict[str, str] = {}
        self.by_domain: dict[str, str] = {}
        for source in known:
            self._learn(source)

    def find(self, name: str, url: str) -> str:
        if name:
            return self.known(name) or self._make(name)
        host = _host(url)
        while host:
            if host in self.by_domain:
                return self.by_domain[host]
            host = host.partition(".")[2]
        return ""

    def known(self, name: str) -> str:
        return self.by_name.get(_key(name), "")

    def _learn(self, source: Source | vocabulary.Source) -> None:
        for name in (source.slug, source.name, *source.aliases):
            self.by_name[_key(name)] = source.slug
        for domain in source.domains:
            self.by_domain[domain.removeprefix("www.")] = source.slug

    def _make(self, name: str) -> str:
        source = Source(slug=slugify(name, allow_unicode=True)[:50] or f"source-{len(self.by_name)}", name=name[:100])
        is_new = source.slug not in self.by_name.values()
        if self.create:
            source, is_new = Source.objects.get_or_create(slug=source.slug, defaults={"name": source.name})
        if is_new:
            self.made.append(source.name)
        self._learn(source)
        self.by_name[_key(name)] = source.slug
        return source.slug if self.create else ""


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # https://[half an address
        return ""


def _overlap(a: str, b: str) -> float:
    """Share of the words of both that both have (Jaccard)."""
    words = [set(re.findall(r"\w+", text.casefold())) for text in (a, b)]
    union = words[0] | words[1]
    return len(words[0] & words[1]) / len(union) if union else 0.0
