"""What makes Newsdesk installable."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from newsdesk.reader.offline import MOST_KEPT
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_the_manifest_names_icons_that_are_there_in_the_sizes_that_it_says(client: Client) -> None:
    response = client.get("/manifest.webmanifest", headers={"Accept-Language": "ru"})

    assert response["Content-Type"] == "application/manifest+json"
    manifest = response.json()
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    assert manifest["lang"] == "ru"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        assert path, icon
        if icon["type"] == "image/png":
            width, height = struct.unpack(">II", Path(path).read_bytes()[16:24])
            assert icon["sizes"] == f"{width}x{height}"


def test_each_page_names_the_manifest(client: Client) -> None:
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/articles/").content.decode()


@pytest.mark.parametrize("path", ["/manifest.webmanifest", "/service-worker.js", "/offline/"])
def test_they_are_asked_for_each_time(client: Client, path: str) -> None:
    assert "no-cache" in client.get(path)["Cache-Control"]


def test_the_worker_is_a_script_from_the_root(client: Client) -> None:
    response = client.get("/service-worker.js", headers={"Accept-Language": "ru"})

    assert response["Content-Type"] == "text/javascript"
    assert "default-src 'self'" in response["Content-Security-Policy"]
    code = response.content.decode()
    assert 'const OFFLINE = "/offline/";' in code
    assert f"const MOST = {MOST_KEPT};" in code
    assert "Сервер не отвечает" in code


def test_the_page_that_is_kept_has_nobodys_name(client: Client) -> None:
    client.force_login(make_user("analyst", "leyla"))

    assert "leyla" in client.get("/help/").content.decode()
    assert "leyla" not in client.get("/offline/").content.decode()


def test_a_page_brings_the_script_only_to_those_who_want_it(client: Client) -> None:
    assert "offline.js" not in client.get("/articles/").content.decode()

    client.post("/preferences/", {"offline": "on"})

    html = client.get("/articles/").content.decode()
    assert "offline.js" in html
    assert 'data-offline="on"' in html
