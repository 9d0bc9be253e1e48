"""The roles, and what each may do. `manage.py migrate` makes a group of each and keeps its permissions as they stand here.

For an exception, give a person a permission of their own, or make another group: those are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any

from django.apps import AppConfig
from django.apps import apps as registry
from django.apps.registry import Apps
from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy as _

ANALYST = ("people.read_team", "annotations.add_annotation", "workspace.add_*")
EDITOR = (
    *ANALYST,
    "people.enter_admin",
    "annotations.*",
    "workspace.view_*",
    "workspace.change_*",
    "articles.view_*",
    "articles.change_article",
    "articles.*_correction",
    "articles.*_country",
    "articles.*_source",
    "articles.*_sourceline",
    "articles.*_story",
    "articles.*_topic",
)
ROLES: dict[str, tuple[str, ...]] = {
    "reader": (),
    "analyst": ANALYST,
    "editor": EDITOR,
    "administrator": ("people.*", "annotations.*", "workspace.*", "articles.*", "auth.*"),
}

# As readers see them; groups that others have made go by their own names.
LABELS = {"reader": _("reader"), "analyst": _("analyst"), "editor": _("editor"), "administrator": _("administrator")}


def grant(sender: AppConfig, using: str = "default", apps: Apps = registry, **_options: Any) -> None:
    """After each migration of ``sender``: its permissions, to the roles that have them. ``apps`` are those migrated so
    far, which need not be all."""
    if "auth" not in apps.app_configs or not any(
        pattern.startswith(f"{sender.label}.") for patterns in ROLES.values() for pattern in patterns
    ):
        return
    known = list(Permission.objects.using(using).filter(content_type__app_label=sender.label))
    for role, patterns in ROLES.items():
        group, _created = Group.objects.using(using).get_or_create(name=role)
        held = set(group.permissions.filter(content_type__app_label=sender.label))
        due = {one for one in known if _is_among(f"{sender.label}.{one.codename}", patterns)}
        if held - due:
            group.permissions.remove(*held - due)
        if due - held:
            group.permissions.add(*due - held)


def _is_among(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
