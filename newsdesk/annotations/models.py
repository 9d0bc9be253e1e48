"""Notes of analysts on an article or on a passage of it (W3C Web Annotation)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from newsdesk.annotations import anchors
from newsdesk.articles.models import Article
from newsdesk.people.models import Owned


class Annotation(Owned):
    """A note. With ``exact`` it is about that passage (TextQuoteSelector, and TextPositionSelector by start and end,
    in code points of the body); without, about the whole article."""

    class Kind(models.TextChoices):
        NOTE = "note", _("note")
        QUOTE = "quote", _("quote")
        CLAIM = "claim", _("claim")
        DOUBT = "doubt", _("doubt")
        CONTEXT = "context", _("context")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        DISPUTED = "disputed", _("disputed")
        REJECTED = "rejected", _("rejected")

    article = models.ForeignKey(Article, models.CASCADE, verbose_name=_("article"), related_name="annotations")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NOTE)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    body = models.TextField(_("note"), blank=True)
    exact = models.TextField(_("passage"), blank=True)
    prefix = models.CharField(_("words before"), max_length=100, blank=True)
    suffix = models.CharField(_("words after"), max_length=100, blank=True)
    start = models.PositiveIntegerField(_("start"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    updated = models.DateTimeField(_("updated"), auto_now=True)

    history = HistoricalRecords()

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

    def __str__(self) -> str:
        return (self.exact or self.body)[:60]

    def clean(self) -> None:
        """A passage must stand in the article, and once, or it could not be shown where it belongs."""
        if self.exact and self.article_id and self._find() is None:
            raise ValidationError(
                {"exact": _("These words do not stand in the article exactly once. Copy a longer passage.")}
            )

    def anchor(self) -> None:
        """Set position and context of the passage from the body as it now is."""
        found = self._find() if self.exact else None
        self.start, self.end = (found.start, found.end) if found else (None, None)
        if found:
            self.prefix, self.suffix = found.prefix, found.suffix

    def _find(self) -> anchors.Anchor | None:
        return anchors.find(
            self.article.text.body, self.exact, start=self.start, prefix=self.prefix, suffix=self.suffix
        )
