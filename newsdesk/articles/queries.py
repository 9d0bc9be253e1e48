"""Queries worth a name."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Self, TypeVar

from django.apps import apps
from django.db import connection, models
from django.db.models import ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL

M = TypeVar("M", bound=models.Model)
IDS = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT value::bigint FROM json_array_elements_text(%s::json)",
}


def among(ids: Iterable[int]) -> RawSQL:
    """For ``pk__in`` and its like: as one parameter, however many, where databases limit the number of parameters."""
    return RawSQL(IDS[connection.vendor], [json.dumps([int(pk) for pk in ids])])  # noqa: S611  (fixed text, our numbers)


# Articles with a date of their own, to the day at least.
EXACT = Q(published__isnull=False, published_precision__in=("minute", "day")) & ~Q(published_provenance="story")


class ArticleQuerySet(models.QuerySet[M]):
    def pending(self) -> Self:
        """Loaded, but not yet through the pipeline."""
        return self.filter(processed=None)

    def ungrouped(self) -> Self:
        """Through the pipeline, but in no story: a run was broken off before it came to stories."""
        return self.filter(story=None).exclude(processed=None)

    def for_list(self) -> Self:
        """What a row of the list shows, in three queries whatever the number of rows.

        Codes and slugs, without the rows that they name: those of the countries are wide, and the reader has the names.
        """
        return self.select_related("story").prefetch_related("country_rows", "topic_rows")

    def in_time(self) -> Self:
        """The first published first; those without an exact date of their own last, by the one that they are given."""
        given = models.F("published").asc(nulls_last=True)
        return self.annotate(exact=ExpressionWrapper(EXACT, models.BooleanField())).order_by(
            "-exact", given, "published_value", "pk"
        )


class StoryQuerySet(models.QuerySet[M]):
    def with_first_title(self) -> Self:
        """The title of the first article that has one, as ``first_title``, and its ``first_language``."""
        articles = apps.get_model("articles", "Article").objects
        first = articles.filter(story=OuterRef("pk")).exclude(title="").in_time()
        return self.annotate(
            first_title=Subquery(first.values("title")[:1]), first_language=Subquery(first.values("language")[:1])
        )
