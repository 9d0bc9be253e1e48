"""Queries worth a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from newsdesk.articles.models import Article  # noqa: F401  (the type parameter below)


class ArticleQuerySet(models.QuerySet["Article"]):
    def pending(self) -> Self:
        """Loaded, but not yet through the pipeline."""
        return self.filter(processed=None)

    def for_list(self) -> Self:
        """What a row of the list shows, in three queries whatever the number of rows.

        Codes and slugs, without the rows that they name: those of the countries are wide, and the reader has the names.
        """
        return self.select_related("story").prefetch_related("country_rows", "topic_rows")
