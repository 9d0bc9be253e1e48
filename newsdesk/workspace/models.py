"""What a reader keeps for their work: views, what was read, collections."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from newsdesk.annotations.models import Annotation
from newsdesk.articles.models import Article
from newsdesk.people.keys import digest_of, make_secret
from newsdesk.people.models import Owned, Visibility


class SavedView(Owned):
    """A list of articles with a name: ``query`` is its address after the question mark, as `reader.addresses` writes it.

    Nothing in it points to rows: what was deleted since is named by the filter as any other wrong value.
    """

    name = models.CharField(_("name"), max_length=100)
    query = models.TextField(_("filter"), max_length=20_000, blank=True)
    visibility = models.CharField(_("seen by"), max_length=10, choices=Visibility, default=Visibility.PRIVATE)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    updated = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("view", args=[self.pk])


class ViewVisit(models.Model):
    """How far somebody has seen a view: ids grow as articles come in, so all above ``last_article`` came in since."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="visits")
    last_article = models.PositiveBigIntegerField(default=0)
    moment = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "view"], name="one_visit_a_user_and_view")]

    def __str__(self) -> str:
        return f"{self.user_id} saw {self.view_id} up to #{self.last_article}"


class FeedKey(models.Model):
    """Lets a feed reader read as its user. Only a hash of the secret is kept: it is shown once, when it is made."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feed_key")
    digest = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(_("created"), auto_now=True)

    def __str__(self) -> str:
        return f"feed key of {self.user_id}"

    @classmethod
    def make(cls, user: object) -> str:
        """A new secret, in place of the one before."""
        secret = make_secret()
        cls.objects.update_or_create(user=user, defaults={"digest": digest_of(secret)})
        return secret


class Reading(models.Model):
    """What somebody did with an article. No row, or three times nothing: unread."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    read_at = models.DateTimeField(null=True)
    starred_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "article"], name="one_reading_a_user_and_article")]
        indexes = [
            models.Index(fields=["user", "read_at", "article"], name="reading_read"),
            models.Index(fields=["user", "article"], name="reading_starred", condition=Q(starred_at__isnull=False)),
            models.Index(fields=["user", "article"], name="reading_archived", condition=Q(archived_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} and #{self.article_id}"


class CollectionQuerySet(models.QuerySet["Collection"]):
    def with_sizes(self) -> Self:
        """``size``: how many articles."""
        return self.annotate(size=models.Count("items"))


class Collection(Owned):
    """Articles picked by hand, in an order: what a brief is made of."""

    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(
        _("introduction"), max_length=100_000, blank=True, help_text=_("In Markdown. It opens the brief.")
    )
    visibility = models.CharField(_("seen by"), max_length=10, choices=Visibility, default=Visibility.PRIVATE)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    updated = models.DateTimeField(_("updated"), auto_now=True)

    objects = CollectionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("collection", args=[self.pk])


class CollectionItem(models.Model):
    """An article of a collection, in the order of ``position``; ``note`` says in Markdown why it is there."""

    collection = models.ForeignKey(Collection, models.CASCADE, verbose_name=_("collection"), related_name="items")
    article = models.ForeignKey(Article, models.CASCADE, verbose_name=_("article"), related_name="+")
    position = models.PositiveIntegerField(_("position"))
    note = models.TextField(_("note"), max_length=20_000, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("article of a collection")
        verbose_name_plural = _("articles of collections")
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint(fields=["collection", "article"], name="once_in_a_collection")]

    def __str__(self) -> str:
        return f"{self.article_id} in {self.collection_id}"


class ImportedNote(models.Model):
    """Where an annotation was imported from, so that importing twice does no harm. It outlives the annotation: what was
    deleted here does not come back."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    origin = models.CharField(max_length=500)
    annotation = models.ForeignKey(Annotation, models.SET_NULL, null=True, related_name="+")
    imported = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "origin"], name="imported_once_by_each")]

    def __str__(self) -> str:
        return self.origin
