"""Notes of analysts on an article or on a passage of it (W3C Web Annotation)."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from newsdesk.annotations import anchors
from newsdesk.articles.models import Article, name_field
from newsdesk.language.tokens import find_words
from newsdesk.people.models import Owned

LONGEST_TAG = 50


class Kind(models.Model):
    """What a note is for. A desk may have others than those that it comes with."""

    class Look(models.TextChoices):
        """A colour and a line of its own, so that kinds are told apart without colour too."""

        BLUE = "blue", _("blue, dotted line")
        GREEN = "green", _("green, solid line")
        RED = "red", _("red, wavy line")
        VIOLET = "violet", _("violet, dashed line")
        GREY = "grey", _("grey, double line")

    slug = models.SlugField(_("slug"), primary_key=True)
    name_en = models.CharField(_("name in English"), max_length=50)
    name_ru = models.CharField(_("name in Russian"), max_length=50)
    look = models.CharField(_("look"), max_length=6, choices=Look, default=Look.BLUE)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("kind of note")
        verbose_name_plural = _("kinds of notes")
        ordering = ("position", "slug")

    def __str__(self) -> str:
        return str(getattr(self, name_field()))


class Annotation(Owned):
    """A note. With ``exact`` it is about that passage (TextQuoteSelector, and TextPositionSelector by start and end,
    in code points of the body); without, about the whole article.

    When the body changes, ``start``, ``end``, ``anchored`` and ``score`` follow it (see anchors.py); ``exact``, ``prefix`` and
    ``suffix`` stay as they were where that is not sure, so that both can be shown beside each other. ``told_by``: see
    anchors.Anchor. A reply has a ``parent``, is about what that is about, and is seen by whoever sees it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        DISPUTED = "disputed", _("disputed")
        REJECTED = "rejected", _("rejected")

    class Anchored(models.TextChoices):
        EXACT = anchors.Outcome.EXACT, _("where it was")
        MOVED = anchors.Outcome.MOVED, _("moved with its words")
        UNCERTAIN = anchors.Outcome.UNCERTAIN, _("to be checked")
        ORPHANED = anchors.Outcome.ORPHANED, _("not found any more")

    article = models.ForeignKey(Article, models.CASCADE, verbose_name=_("article"), related_name="annotations")
    parent = models.ForeignKey(
        "self", models.CASCADE, verbose_name=_("reply to"), null=True, blank=True, related_name="replies"
    )
    kind = models.ForeignKey(Kind, models.PROTECT, verbose_name=_("kind"), default="note", related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    body = models.TextField(_("note"), blank=True)
    tags = models.TextField(_("tags"), blank=True, help_text=_("One a line"))
    exact = models.TextField(_("passage"), blank=True)
    prefix = models.TextField(_("words before"), blank=True)
    suffix = models.TextField(_("words after"), blank=True)
    start = models.PositiveIntegerField(_("start"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)
    told_by = models.PositiveSmallIntegerField(null=True, editable=False)
    anchored = models.CharField(
        _("passage in the text"), max_length=10, choices=Anchored, blank=True, default="", editable=False
    )
    score = models.FloatField(default=0.0, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        related_name="+",
    )
    reviewed = models.DateTimeField(_("reviewed"), null=True, blank=True)
    withdrawn = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    stems = models.TextField(default="", editable=False)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    updated = models.DateTimeField(_("updated"), auto_now=True)

    history = HistoricalRecords(excluded_fields=["told_by", "anchored", "score", "stems"])

    class Meta:
        verbose_name = _("annotation")
        verbose_name_plural = _("annotations")
        ordering = ("start", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start__isnull=True, end__isnull=True) | models.Q(start__lt=models.F("end")),
                name="annotation_start_before_end",
            ),
        ]
        indexes = [
            models.Index(fields=["anchored"], name="annotation_to_check"),
            models.Index(fields=["-updated"], name="annotation_newest"),
        ]

    def __str__(self) -> str:
        return (self.exact or self.body)[:60]

    def get_absolute_url(self) -> str:
        return reverse("note", args=[self.pk])

    def save(self, *args: object, **kwargs: object) -> None:
        """With the stems of all its words, for the search in notes."""
        self.stems = stems_of(f"{self.exact}\n{self.body}\n{self.tags}")
        fields = kwargs.get("update_fields")
        if isinstance(fields, list | tuple | set):
            kwargs["update_fields"] = {*fields, "stems"}
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they come

    def clean(self) -> None:
        """A passage must stand in the article, and once, or it could not be shown where it belongs."""
        if self.exact and self.article_id and self.anchored not in self.ASTRAY and self._find() is None:
            raise ValidationError(
                {"exact": _("These words do not stand in the article exactly once. Copy a longer passage.")}
            )

    ASTRAY = (Anchored.UNCERTAIN, Anchored.ORPHANED)

    @property
    def tag_list(self) -> list[str]:
        return self.tags.split("\n")[1:-1]

    @tag_list.setter
    def tag_list(self, tags: Iterable[str]) -> None:
        self.tags = pack_tags(tags)

    @property
    def selector(self) -> anchors.Anchor:
        """Where it stood, in which words, when that was sure."""
        return anchors.Anchor(self.start or 0, self.end or 0, self.exact, self.prefix, self.suffix, self.told_by)

    def anchor(self) -> None:
        """Set position and context of the passage from the body as it now is."""
        found = self._find() if self.exact else None
        if found:
            self.anchor_to(found)
        elif self.anchored not in self.ASTRAY or not self.exact:
            self.start, self.end, self.score, self.told_by = None, None, 0.0, None
            self.anchored = self.Anchored.ORPHANED if self.exact else ""

    def anchor_to(self, found: anchors.Anchor) -> None:
        """A passage of the body as it now is."""
        self.exact, self.prefix, self.suffix = found.exact, found.prefix, found.suffix
        self.start, self.end, self.told_by = found.start, found.end, found.told_by
        self.anchored, self.score = self.Anchored.EXACT, 1.0

    def detach(self) -> None:
        """Let it be about the whole article."""
        self.exact = self.prefix = self.suffix = ""
        self.anchor()

    def _find(self) -> anchors.Anchor | None:
        return anchors.find(
            self.article.text.body, self.exact, start=self.start, prefix=self.prefix, suffix=self.suffix
        )


def pack_tags(tags: Iterable[str]) -> str:
    """A tag a line, with a line feed before and after, so that one is found by comparing strings. A comma divides tags, wherever they come
    from, since it does so in the field where they are written."""
    parts = (part for tag in tags for part in tag.split(","))
    known = dict.fromkeys(" ".join(part.casefold().split())[:LONGEST_TAG].strip() for part in parts)
    known.pop("", None)
    return "\n" + "".join(f"{tag}\n" for tag in known) if known else ""


def stems_of(text: str) -> str:
    """Each once, with spaces around it, for the same reason."""
    return " " + "".join(f"{stem} " for stem in dict.fromkeys(stem for _form, stem in find_words(text)))
