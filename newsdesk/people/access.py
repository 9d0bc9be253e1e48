"""Who may see and change what people made. All lookups of such things go through here.

What one may not see answers 404, as if it were not there; what one sees but may not change, 403.
"""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from newsdesk.people.models import Owned, Visibility

Thing = TypeVar("Thing", bound=Owned)
User = AbstractUser | AnonymousUser

READ_TEAM = "people.read_team"
ENTER_ADMIN = "people.enter_admin"


def visible(things: QuerySet[Thing], user: User) -> QuerySet[Thing]:
    """Those that ``user`` may see: what is published, what is their own, and the team's for the team."""
    seen = Q(visibility=Visibility.PUBLISHED)
    if user.is_authenticated:
        seen |= Q(author=user.pk)
    if user.has_perm(READ_TEAM):
        seen |= Q(visibility=Visibility.TEAM)
    return things.filter(seen)


def find(things: QuerySet[Thing], user: User, **lookup: object) -> Thing:
    """The one to see; Http404 where there is none for this user."""
    return get_object_or_404(visible(things, user), **lookup)


def find_to_change(things: QuerySet[Thing], user: User, **lookup: object) -> Thing:
    """The one to change; Http404 where this user may not see it, PermissionDenied where they may only do that."""
    found = find(things, user, **lookup)
    if not may_change(user, found):
        raise PermissionDenied
    return found


def may_add(user: User, model: type[Owned]) -> bool:
    return _may(user, "add", model)


def may_change(user: User, thing: Owned) -> bool:
    """One's own, while one may still make such things; another's with the right to change them, unless it is private."""
    if user.is_authenticated and thing.author_id == user.pk:
        return _may(user, "add", type(thing)) or _may(user, "change", type(thing))
    return thing.visibility != Visibility.PRIVATE and _may(user, "change", type(thing))


def may_enter_admin(user: User) -> bool:
    """Staff, and the roles that edit there."""
    return user.is_active and (getattr(user, "is_staff", False) or user.has_perm(ENTER_ADMIN))


def _may(user: User, action: str, model: type[Owned]) -> bool:
    options = model._meta
    return user.has_perm(f"{options.app_label}.{action}_{options.model_name}")
