"""Tokens: for programs, in place of a password. Only a digest is stored; the token itself is shown once."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsdesk.people.keys import digest_of, make_secret

PREFIX = "nd_"  # by which secret scanners and people know one
USED_EVERY = dt.timedelta(hours=1)  # how exactly the last use is kept: a request is no reason to write


class Token(models.Model):
    """Whoever has it may do what its user may."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("user"), related_name="+")
    name = models.CharField(_("what it is for"), max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    used = models.DateTimeField(_("last used"), null=True, editable=False)

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ("-created", "-pk")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def issue(cls, user: User, name: str) -> tuple[Self, str]:
        """The row, and the token that is not kept."""
        secret = PREFIX + make_secret()
        return cls.objects.create(user=user, name=name, digest=digest_of(secret)), secret

    @classmethod
    def of(cls, secret: str) -> Self | None:
        """The row of a token; None for one that is not known, was revoked, or whose user may not sign in."""
        found = cls.objects.select_related("user").filter(digest=digest_of(secret), user__is_active=True).first()
        if found and (found.used is None or timezone.now() - found.used > USED_EVERY):
            cls.objects.filter(pk=found.pk).update(used=timezone.now())
        return found
