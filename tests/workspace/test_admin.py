"""Saved views and collections in the admin."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from newsdesk.people.models import Visibility
from newsdesk.workspace import collecting
from newsdesk.workspace.models import Collection, SavedView
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


def test_editors_see_shared_views_and_no_private_ones(client: Client) -> None:
    anna = make_user("analyst", "anna")
    for seen in ("private", "team", "published"):
        SavedView.objects.create(name=f"view-{seen}", query="q=trade", author=anna, visibility=seen)
    client.force_login(make_user("editor"))

    html = client.get("/admin/workspace/savedview/?visibility__exact=team").content.decode()
    everything = client.get("/admin/workspace/savedview/").content.decode()

    assert "view-team" in html
    assert "view-published" not in html
    assert "view-private" not in everything


@pytest.fixture
def collections():
    anna = make_user("analyst", "anna")
    return {
        seen: Collection.objects.create(title=f"For {seen}", author=anna, visibility=seen) for seen in Visibility.values
    }


def test_an_editor_finds_there_what_is_shared_and_nothing_private(client, collections):
    client.force_login(make_user("editor"))

    page = client.get(reverse("admin:workspace_collection_changelist")).content.decode()

    assert "For team" in page
    assert "For private" not in page
    private = reverse("admin:workspace_collection_change", args=[collections["private"].pk])
    assert client.get(private).status_code == 302


def test_a_collection_is_edited_there_with_its_articles(client, collections):
    client.force_login(make_user("editor"))
    collecting.add(collections["team"], make_article(title="One"))

    page = client.get(reverse("admin:workspace_collection_change", args=[collections["team"].pk]))

    assert page.status_code == 200
    assert "items-0-note" in page.content.decode()


@pytest.mark.parametrize("role", ["editor", "administrator", "superuser"])
def test_what_is_private_is_nobody_elses_in_the_admin_either(client, role, admin_user):
    anna = make_user("analyst", "anna")
    view = SavedView.objects.create(name="Hers alone", query="q=trade", author=anna, visibility="private")
    hers = Collection.objects.create(title="Hers alone", author=anna, visibility="private")
    client.force_login(admin_user if role == "superuser" else make_user(role))
    lists = ["admin:workspace_savedview_changelist", "admin:workspace_collection_changelist"]
    pages = [reverse("admin:workspace_savedview_change", args=[view.pk])]
    pages += [reverse(f"admin:workspace_collection_{page}", args=[hers.pk]) for page in ("change", "history")]
    pages.append(reverse("admin:workspace_collection_simple_history", args=[hers.pk, hers.history.get().pk]))

    shown = [client.get(reverse(name)).content.decode() for name in lists]
    answers = [client.get(page, follow=True) for page in pages]

    assert not any("Hers alone" in html for html in shown)
    assert not any("Hers alone" in answer.content.decode() for answer in answers)
    assert [answer.status_code for answer in answers[-2:]] == [404, 404]


def test_the_history_of_what_is_shared_now_tells_nothing_of_when_it_was_private(client):
    hers = Collection.objects.create(title="A secret", author=make_user("analyst", "anna"), visibility="private")
    secret = hers.history.get()
    hers.title, hers.visibility = "For all", "team"
    hers.save()
    client.force_login(make_user("editor"))

    page = client.get(reverse("admin:workspace_collection_history", args=[hers.pk]))
    earlier = client.get(reverse("admin:workspace_collection_simple_history", args=[hers.pk, secret.pk]))

    assert page.status_code == 200
    assert "For all" in page.content.decode()
    assert "A secret" not in page.content.decode()
    assert earlier.status_code == 404


def test_one_finds_ones_own_private_things_in_the_admin(client):
    editor = make_user("editor")
    Collection.objects.create(title="Mine alone", author=editor, visibility="private")
    client.force_login(editor)

    page = client.get(reverse("admin:workspace_collection_changelist")).content.decode()

    assert "Mine alone" in page
