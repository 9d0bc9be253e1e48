"""What codes and slugs are called in the language of the interface."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property

from django.conf.locale import LANG_INFO
from django.db import connection
from django.utils.translation import get_language, gettext

from newsdesk.articles.languages import is_named
from newsdesk.articles.models import Country, Source, Story, Topic, name_field
from newsdesk.search import index

UNDETERMINED = "und"
SMALL = {"ru"}  # languages of the interface that write names of languages small within a sentence


def language_name(code: str) -> str:
    """Django's own list of languages, translated by Django; a code that is not in it stands for itself."""
    if code == UNDETERMINED:
        return gettext("Not determined")
    return gettext(LANG_INFO[code]["name"]) if is_named(code) else code


def language_name_within(code: str) -> str:
    """As it is written within a sentence."""
    name = language_name(code)
    return name[:1].lower() + name[1:] if get_language() in SMALL else name


@cache
def _names_sql(field: str) -> str:
    columns = {Country: field, Topic: field, Source: "name"}
    parts = (
        f"SELECT {kind}, {model._meta.pk.column}, {column} FROM {model._meta.db_table}"  # noqa: S608  (our own tables)
        for kind, (model, column) in enumerate(columns.items())
    )
    return " UNION ALL ".join(parts)


class Names:
    """The names that one page needs."""

    @property
    def countries(self) -> dict[str, str]:
        return self._stored[0]

    @property
    def topics(self) -> dict[str, str]:
        return self._stored[1]

    @property
    def sources(self) -> dict[str, str]:
        return self._stored[2]

    @cached_property
    def _stored(self) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
        """All in one query, by hand, which takes a hundredth of a page; so they need not be kept beyond it, and nobody
        who writes a name has to tell."""
        found: tuple[dict[str, str], dict[str, str], dict[str, str]] = {}, {}, {}
        with connection.cursor() as cursor:
            cursor.execute(_names_sql(name_field()))
            for kind, pk, name in cursor.fetchall():
                found[kind][pk] = name
        return found

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
