from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from newsdesk.people.roles import LABELS, ROLES, grant

pytestmark = pytest.mark.django_db


def names(role: str) -> set[str]:
    held = Permission.objects.filter(group__name=role).select_related("content_type")
    return {f"{one.content_type.app_label}.{one.codename}" for one in held}


def test_a_migrated_database_has_the_roles() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


def test_each_role_may_do_what_the_one_before_it_may() -> None:
    assert names("reader") < names("analyst") < names("editor") < names("administrator")


def test_analysts_annotate_and_leave_articles_alone() -> None:
    assert {"annotations.add_annotation", "people.read_team"} <= names("analyst")
    assert not {name for name in names("analyst") if name.startswith("articles.")}


def test_editors_correct_articles_and_do_not_manage_accounts() -> None:
    assert {"people.enter_admin", "articles.change_article", "articles.change_topic"} <= names("editor")
    assert not {name for name in names("editor") if name.startswith("auth.")}


def test_what_a_role_has_beside_its_own_is_taken_back() -> None:
    Group.objects.get(name="reader").permissions.add(Permission.objects.get(codename="enter_admin"))

    grant(apps.get_app_config("people"))

    assert names("reader") == set()


def test_other_groups_are_left_alone() -> None:
    own = Group.objects.create(name="guests")
    own.permissions.add(Permission.objects.get(codename="read_team"))

    grant(apps.get_app_config("people"))

    assert names("guests") == {"people.read_team"}


def test_each_role_has_its_name_for_readers() -> None:
    assert LABELS.keys() == ROLES.keys()
