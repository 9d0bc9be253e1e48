"""Everything that a desk holds, in one file: for safekeeping, and to move from one database to another.

A gzip of JSON Lines: a head (format, version of the schema, when), the rows of one table after another, each table
after its own line, and an end that counts them. What can be made again is left out: the index, sessions, and what
Django's own `migrate` writes (permissions and kinds of content, to which rows point by name, since their numbers differ
from one database to another).
"""

from __future__ import annotations

import base64
import datetime as dt
import decimal
import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.sql import InsertQuery

from newsdesk.articles import store
from newsdesk.articles.models import Article
from newsdesk.search import index

FORMAT = 1
LEFT_OUT = {"search", "sessions", "contenttypes"}  # apps
NO_BACKUP = "This is no backup of a desk, which is what manage.py backup writes."
MADE_BY_MIGRATE = (ContentType, Permission)
ROWS = 500  # at a time

Model = type[models.Model]
Counts = dict[str, int]


class ArchiveError(Exception):
    """The file is none of ours, is damaged, or does not fit this desk. Nothing was changed."""


def tables() -> list[Model]:
    """All that is kept, those that others point to first or not: the database checks at the end."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in LEFT_OUT
    ]
    return sorted(set(found) - set(MADE_BY_MIGRATE), key=lambda model: model._meta.label_lower)


# Writing


def write(file: IO[bytes]) -> Counts:
    """All rows as they are at one moment, however long it takes; how many of each table."""
    with _one_moment(), gzip.open(file, "wt", encoding="utf-8", compresslevel=6) as out:
        for line in _lines():
            out.write(json.dumps(line, ensure_ascii=False, default=_plain, separators=(",", ":")) + "\n")
        return dict(line["end"])


def _lines() -> Iterator[Any]:
    yield {"newsdesk": FORMAT, "schema": schema(), "made": dt.datetime.now(dt.UTC)}
    counts: Counts = {}
    for model in tables():
        fields = model._meta.local_concrete_fields
        yield {"table": model._meta.label_lower, "fields": [field.attname for field in fields]}
        named = [_naming(field) for field in fields]
        number = 0
        rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
        for row in rows.iterator(chunk_size=ROWS):
            yield [name(value) for name, value in zip(named, row, strict=True)]
            number += 1
        counts[model._meta.label_lower] = number
    yield {"end": counts}


@contextmanager
def _one_moment() -> Iterator[None]:
    """What others write meanwhile is not seen; nor do they wait."""
    if connection.in_atomic_block:
        yield
        return
    begin = "BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def schema() -> list[str]:
    """The last migration of each app whose rows are kept."""
    applied = MigrationRecorder(connection).applied_migrations()
    kept = {model._meta.app_label for model in tables()}
    last = {app: max(name for of, name in applied if of == app) for app in {app for app, _ in applied} & kept}
    return sorted(f"{app}.{name}" for app, name in last.items())


def _plain(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in an archive")


# Reading


def read(file: IO[bytes], *, replace: bool = False) -> Counts:
    """Put all rows back, and make the index anew, in one transaction: all of it or nothing.

    ``replace`` deletes what is here. Raises `ArchiveError` where the file does not fit, or there is something to lose.
    """
    try:
        with transaction.atomic():
            counts = _read(_parsed(file), replace=replace)
            connection.check_constraints()  # rows may point to rows that come later: only now are all of them there
            index.check(store.index_entries(), mend=True)
    except IntegrityError as error:
        raise ArchiveError(f"The file is damaged: its rows do not fit together ({error}).") from error
    return counts


def _read(lines: Iterator[Any], *, replace: bool) -> Counts:
    _check_head(next(lines, None))
    if not replace and (Article.objects.exists() or get_user_model().objects.exists()):
        raise ArchiveError("There are articles or accounts here already. With --replace they are deleted first.")
    _empty()
    counts: Counts = {}
    for line, rows in _sections(lines):
        if "end" in line:
            if line["end"] != counts:
                raise ArchiveError("The file is damaged: it counts other rows than it has.")
            _set_sequences()
            return counts
        counts[line["table"]] = _insert(*_table(line), rows)
    raise ArchiveError("The file is damaged: its end is missing.")


def _sections(lines: Iterator[Any]) -> Iterator[tuple[dict[str, Any], Iterator[list[Any]]]]:
    """The line of each table, with its rows, which are read in between."""
    line = next(lines, None)
    while isinstance(line, dict):
        after: list[Any] = []

        def rows(after: list[Any] = after) -> Iterator[list[Any]]:
            for row in lines:
                if not isinstance(row, list):
                    after.append(row)
                    return
                yield row

        yield line, rows()
        line = after[0] if after else next(lines, None)


def _parsed(file: IO[bytes]) -> Iterator[Any]:
    number = 0
    try:
        with gzip.open(file, "rt", encoding="utf-8") as text:
            for line in text:
                yield json.loads(line)
                number += 1
    except EOFError as error:
        raise ArchiveError("The file is damaged: it breaks off.") from error
    except (gzip.BadGzipFile, zlib.error, ValueError) as error:
        raise ArchiveError(
            f"The file is damaged: line {number + 1} cannot be read." if number else NO_BACKUP
        ) from error


def _check_head(head: Any) -> None:
    if not isinstance(head, dict) or head.get("newsdesk") != FORMAT:
        raise ArchiveError(NO_BACKUP)
    here = schema()
    if not here:
        raise ArchiveError("The database has no tables yet: run manage.py migrate first.")
    if head["schema"] != here:
        differing = ", ".join(sorted(set(head["schema"]) ^ set(here)))
        raise ArchiveError(
            f"The backup was made by another version of Newsdesk ({differing}). Restore it with that version, then migrate."
        )


def _table(line: Any) -> tuple[Model, list[models.Field[Any, Any]]]:
    model: Model = apps.get_model(line["table"])
    known = {field.attname: field for field in model._meta.local_concrete_fields}
    return model, [known[name] for name in line["fields"]]


def _empty() -> None:
    for model in tables():
        model._base_manager.all()._raw_delete(using=DEFAULT_DB_ALIAS)  # no cascades: all of it goes
    index.remove(list(index.everything()))


def _insert(model: Model, fields: list[models.Field[Any, Any]], rows: Iterator[list[Any]]) -> int:
    """As they are: nothing is computed, so that dates of creation stay."""
    size = min(ROWS, connection.ops.bulk_batch_size(fields, range(ROWS)))
    names, made = [field.attname for field in fields], [_making(field) for field in fields]
    number = 0
    while some := list(islice(rows, size)):
        values = [[make(value) for make, value in zip(made, row, strict=True)] for row in some]
        query = InsertQuery(model)
        query.insert_values(fields, [model(**dict(zip(names, row, strict=True))) for row in values], raw=True)
        query.get_compiler(using=DEFAULT_DB_ALIAS).execute_sql()
        number += len(some)
    return number


def _set_sequences() -> None:
    """PostgreSQL would begin to count at one again."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


# Kinds of content and permissions, by name


def _naming(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """From a value of the database to one of the file."""
    names = _names(field)
    return names.get if names is not None else lambda value: value


def _making(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """The way back."""
    names = _names(field)
    if names is None:
        return lambda value: None if value is None else field.to_python(value)
    numbers = {tuple(name): pk for pk, name in names.items()}

    def number(name: list[str] | None) -> int | None:
        if name is not None and tuple(name) not in numbers:
            raise ArchiveError(f"{'.'.join(name)} is not known here.")
        return None if name is None else numbers[tuple(name)]

    return number


def _names(field: models.Field[Any, Any]) -> dict[int, list[str]] | None:
    """Of what the field points to, by number; None where it points to none of those."""
    model = field.related_model if isinstance(field, models.ForeignKey) else None
    if model is ContentType:
        return {one.pk: [one.app_label, one.model] for one in ContentType.objects.all()}
    if model is Permission:
        rows = Permission.objects.select_related("content_type")
        return {one.pk: [one.content_type.app_label, one.content_type.model, one.codename] for one in rows}
    return None
