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
