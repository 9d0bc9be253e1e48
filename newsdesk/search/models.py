"""What search and facets keep in tables; those of the full text are each database's own (fts5.py, tsvector.py)."""

from __future__ import annotations

from django.db import models


class Revision(models.Model):
    """Two rows, each with a token that every writing transaction replaces by a new one, never used before: the first of
    the index, the second of all that is shown of articles.

    A process whose copy of the bitmaps carries the same token is up to date. A counter would not do: after a rollback
    the next transaction would write the same number for other contents.
    """

    token = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.token:016x}"


class Bitmap(models.Model):
    """Ids of the articles that have one value of one facet, as a serialised roaring bitmap."""

    facet = models.CharField(max_length=30)
    value = models.CharField(max_length=200)
    ids = models.BinaryField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="one_bitmap_a_value")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value} ({self.count})"


class Filing(models.Model):
    """Under what one article is filed: what to take it out of when it changes, and its place within a month.

    ``moment`` is ``bitmaps.moment_of`` the day and time of publication; none for an undated article.
    """

    article = models.BigIntegerField(primary_key=True)
    moment = models.BigIntegerField(null=True)
    facets = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["moment", "article"], name="filing_by_moment")]

    def __str__(self) -> str:
        return f"#{self.article}"


class Form(models.Model):
    """A word that some article has or had, folded: what a mistyped one may have meant. ``start`` are its first letters."""

    form = models.CharField(max_length=30, primary_key=True)
    start = models.CharField(max_length=2)

    class Meta:
        indexes = [models.Index(fields=["start", "form"], name="forms_by_start")]

    def __str__(self) -> str:
        return self.form


class Words(models.Model):
    """The words of one article as the full text has them: FTS5 needs them back to forget an article exactly, and what
    a database cannot decide is decided on them. ``digest`` is that of title and body, ``words`` made by `words.pack`.
    """

    article = models.BigIntegerField(primary_key=True)
    digest = models.BinaryField(max_length=16)
    words = models.BinaryField()

    class Meta:
        verbose_name_plural = "words"

    def __str__(self) -> str:
        return f"words of #{self.article}"
