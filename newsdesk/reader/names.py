"""What codes and slugs are called in the language of the interface."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property, lru_cache
from types import MappingProxyType

from django.conf.locale import LANG_INFO
from django.db import connection
from django.utils.translation import get_language, gettext

from newsdesk.articles.models import Country, Source, Story, Topic
from newsdesk.search import index

UNDETERMINED = "und"
NAMED = (Country, Topic, Source)


def name_field() -> str:
    """The column that holds a name for this reader: names are kept in two languages."""
    return "name_ru" if (get_language() or "").startswith("ru") else "name_en"


def name_of(row: Country | Topic) -> str:
    return str(getattr(row, name_field()))


def language_name(code: str) -> str:
    """Django's own list of languages, translated by Django; a code that is not in it stands for itself."""
    if code == UNDETERMINED:
        return gettext("Not determined")
    return gettext(LANG_INFO[code]["name"]) if "name" in LANG_INFO.get(code, {}) else code


@lru_cache(maxsize=2 * len(NAMED))  # of each in both languages
def read_names(model: type[Country | Topic | Source], field: str, _version: tuple[int, ...]) -> Mapping[str, str]:
    return MappingProxyType(dict(model.objects.values_list("pk", field)))


@cache
def _version_sql() -> str:
    tables = ((model._meta.db_table, model.history.model._meta.db_table) for model in NAMED)
    parts = (f"(SELECT count(*) FROM {rows}), (SELECT max(history_id) FROM {past})" for rows, past in tables)  # noqa: S608  (our own tables)
    return f"SELECT {', '.join(parts)}"


class Names:
    """The names that one page needs. A process keeps them until one changes."""

    @property
    def countries(self) -> Mapping[str, str]:
        return read_names(Country, name_field(), self._version)

    @property
    def topics(self) -> Mapping[str, str]:
        return read_names(Topic, name_field(), self._version)

    @property
    def sources(self) -> Mapping[str, str]:
        return read_names(Source, "name", self._version)

    @cached_property
    def _version(self) -> tuple[int, ...]:
        """Who writes a name adds to its history; who writes many at once, without one, to their number."""
        with connection.cursor() as cursor:
            cursor.execute(_version_sql())
            return tuple(cursor.fetchone())

    @cached_property
    def languages(self) -> dict[str, str]:
        return {code: language_name(code) for code in index.counts("language", index.everything())}

    @cached_property
    def _stories(self) -> dict[str, str | None]:
        return {}

    def stories(self, ids: Iterable[str]) -> dict[str, str]:
        """Only those asked for, and each once: there may be as many stories as articles."""
        wanted = {pk for pk in ids if pk.isdecimal() and len(pk) < 19}
        if unknown := wanted - self._stories.keys():
            found = Story.objects.filter(pk__in=unknown).with_first_title()
            self._stories.update({**dict.fromkeys(unknown), **{str(story.pk): str(story) for story in found}})
        return {pk: name for pk in wanted if (name := self._stories[pk]) is not None}
