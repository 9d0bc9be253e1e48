import re

import pytest
from django.test import Client

from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("theme", ["light", "dark", "system"])
def test_a_theme_is_remembered_and_in_the_page_from_its_first_byte(client: Client, theme: str) -> None:
    response = client.post("/preferences/", {"theme": theme, "next": "/articles/?about=AZ"})

    assert (response.status_code, response["Location"]) == (302, "/articles/?about=AZ")
    assert f'data-theme="{theme}"' in client.get("/articles/").content.decode()


def test_one_choice_leaves_the_others(client: Client) -> None:
    client.post("/preferences/", {"theme": "dark"})
    client.post("/preferences/", {"keys": "off"})

    assert 'data-theme="dark" data-keys="off"' in client.get("/articles/").content.decode()


@pytest.mark.parametrize("cookie", ["solarized", '"><script>', ""])
def test_a_cookie_that_says_nothing_we_know_counts_as_none(client: Client, cookie: str) -> None:
    client.cookies["theme"] = cookie

    assert 'data-theme="system"' in client.get("/articles/").content.decode()


def test_a_wrong_choice_is_not_kept(client: Client) -> None:
    response = client.post("/preferences/", {"theme": "solarized"})

    assert response.status_code == 200
    assert "theme" not in client.cookies


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_it_leads_back_to_our_own_pages_only(client: Client, address: str) -> None:
    assert client.post("/preferences/", {"theme": "dark", "next": address})["Location"] == "/articles/"


@pytest.mark.parametrize("name", ["theme", "language"])
@pytest.mark.parametrize(
    ("address", "headers", "back"),
    [
        pytest.param("/preferences/?next=/topics/", {}, "/topics/", id="link"),
        pytest.param(
            "/preferences/?next=/articles/",
            {"HX-Request": "true", "HX-Current-URL": "http://testserver/articles/1/?about=AZ"},
            "/articles/1/?about=AZ",
            id="htmx, which went on",
        ),
        pytest.param("/preferences/", {"Referer": "http://testserver/help/"}, "http://testserver/help/", id="browser"),
        pytest.param("/preferences/", {}, "/preferences/", id="nowhere"),
        pytest.param("/preferences/", {"Referer": "http://testserver/preferences/"}, "/preferences/", id="itself"),
        pytest.param("/preferences/", {"Referer": "https://elsewhere.example/"}, "/preferences/", id="elsewhere"),
        pytest.param("/preferences/?next=//elsewhere.example/", {}, "/preferences/", id="led elsewhere"),
    ],
)
def test_a_choice_leads_back_to_where_one_was(
    client: Client, name: str, address: str, headers: dict[str, str], back: str
) -> None:
    html = client.get(address, headers=headers).content.decode()
    theme, language = re.findall(r'name="next" value="([^"]*)"', html)

    chosen = {"theme": ("/preferences/", theme, "dark"), "language": ("/language/", language, "ru")}
    url, said, value = chosen[name]

    assert client.post(url, {name: value, "next": said})["Location"] == back


def test_the_way_back_is_left_out_where_no_address_carries_it(client: Client) -> None:
    assert 'href="/preferences/?next=/articles/%3Fq%3Dword"' in client.get("/articles/?q=word").content.decode()
    assert 'href="/preferences/"' in client.get(f"/articles/?q={'к' * 1000}").content.decode()


def test_a_stranger_cannot_set_it() -> None:
    assert Client(enforce_csrf_checks=True).post("/preferences/", {"theme": "dark"}).status_code == 403


def test_the_language_is_set_beside_it(client: Client) -> None:
    response = client.post("/language/", {"language": "ru", "next": "/help/"}, follow=True)

    assert '<html lang="ru"' in response.content.decode()


def test_reading_sets_no_cookie(client: Client) -> None:
    assert not client.get("/articles/").cookies


def test_htmx_gets_the_choices_alone(client: Client) -> None:
    html = client.get("/preferences/", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in html
    assert 'name="theme" value="dark"' in html


def test_how_texts_are_set_is_in_the_page_from_its_first_byte(client: Client) -> None:
    for name, value in {"family": "sans", "size": "large", "measure": "wide", "leading": "loose"}.items():
        client.post("/preferences/", {name: value})

    page = client.get("/help/").content.decode()

    assert 'data-family="sans" data-size="large" data-measure="wide" data-leading="loose"' in page


def test_what_is_as_at_first_has_no_cookie(client: Client) -> None:
    client.post("/preferences/", {"size": "large"})
    client.post("/preferences/", {"size": "normal"})

    assert {name: cookie.value for name, cookie in client.cookies.items() if cookie.value} == {}
    assert "data-size" not in client.get("/help/").content.decode()


def test_rows_of_a_list_are_titles_alone_from_the_first_byte(client: Client) -> None:
    client.post("/preferences/", {"rows": "short"})

    assert 'data-rows="short"' in client.get("/articles/").content.decode()


@pytest.mark.parametrize("pane", ["filters", "list"])
def test_a_folded_pane_is_folded_from_the_first_byte(client: Client, pane: str) -> None:
    client.post("/preferences/", {pane: "folded"})

    assert f'data-{pane}="folded"' in client.get("/articles/").content.decode()


def test_groups_of_filters_stay_as_they_were_folded(client: Client) -> None:
    make_article(about=["AZ"], topics=["trade"])
    client.cookies["facets"] = "country.-topic"

    page = " ".join(client.get("/articles/").content.decode().split())

    assert 'id="facet-country" open>' in page
    assert 'id="facet-topic">' in page
    assert 'id="facet-about" open>' in page


@pytest.mark.parametrize("cookie", ["<b>", "about..topic", "-", "a" * 500])
def test_a_cookie_that_names_no_groups_folds_none(client: Client, cookie: str) -> None:
    make_article(about=["AZ"])
    client.cookies["facets"] = cookie

    assert 'id="facet-about" open>' in client.get("/articles/").content.decode()


def test_each_language_of_the_interface_is_offered_by_its_own_name(client: Client) -> None:
    client.cookies["django_language"] = "ru"

    page = client.get("/preferences/").content.decode()

    assert re.findall(r'name="language"[^>]+>([^<]+)<', page) == ["English", "Русский"]
