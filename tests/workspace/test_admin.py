"""Saved views in the admin."""

from __future__ import annotations

import pytest
from django.test import Client

from newsdesk.workspace.models import SavedView
from tests.factories import make_user

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
