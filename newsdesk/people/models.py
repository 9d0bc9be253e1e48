"""Whose something is, and who else sees it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoRows(models.Manager["Rights"]):
    """For `dumpdata`, which asks every model for its rows."""

    def get_queryset(self) -> models.QuerySet[Rights]:
        return super().get_queryset().none()


class Rights(models.Model):  # noqa: DJ008  (has no rows to be shown)
    """Permissions that belong to no table. Roles hand them out (see roles.py)."""

    objects = NoRows()

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [
            ("enter_admin", "May enter the admin"),
            ("read_team", "May read what is kept among the team"),
        ]


class Visibility(models.TextChoices):
    PRIVATE = "private", _("only me")
    TEAM = "team", _("the team")
    PUBLISHED = "published", _("all readers")


class Owned(models.Model):
    """What a person made. access.py says who may see and change it; without an author it is a former user's."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("author"), null=True, blank=True, related_name="+"
    )
    visibility = models.CharField(_("seen by"), max_length=10, choices=Visibility, default=Visibility.TEAM)

    class Meta:
        abstract = True
