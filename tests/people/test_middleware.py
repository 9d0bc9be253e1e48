"""Reading with and without an account."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(settings) -> None:
    settings.ANONYMOUS_READING = False


def test_a_closed_desk_asks_to_sign_in_and_leads_back(client: Client, closed: None) -> None:
    response = client.get("/articles/?about=AZ")

    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/articles/%3Fabout%3DAZ")


def test_a_way_back_that_no_address_carries_is_left_out(client: Client, closed: None) -> None:
    assert client.get(f"/articles/?q={'к' * 1000}")["Location"] == "/account/login/"


def test_a_part_of_a_page_is_not_replaced_by_the_form(client: Client, closed: None) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/articles/?about=AZ"}

    response = client.get("/articles/?about=AZ&page=2", headers=headers)

    assert response["HX-Redirect"] == "/account/login/?next=/articles/%3Fabout%3DAZ"


@pytest.mark.parametrize("url", ["/account/login/", "/help/", "/preferences/", "/robots.txt", "/admin/login/"])
def test_what_holds_nothing_of_the_corpus_is_open(client: Client, closed: None, url: str) -> None:
    assert client.get(url).status_code == 200


def test_who_has_signed_in_reads(client: Client, closed: None) -> None:
    client.force_login(make_user("reader"))

    assert client.get(f"/articles/{make_article().pk}/").status_code == 200


def test_an_open_desk_is_read_by_all(client: Client) -> None:
    assert client.get(f"/articles/{make_article().pk}/").status_code == 200


def test_signing_in_goes_to_the_page_that_was_asked_for(client: Client, closed: None) -> None:
    user = make_user("reader")
    user.set_password("a long enough secret")
    user.save()

    response = client.post(
        "/account/login/?next=/articles/",
        {"username": user.get_username(), "password": "a long enough secret", "next": "/articles/?q=gas"},
    )

    assert response["Location"] == "/articles/?q=gas"


def test_signing_out_is_no_link(client: Client) -> None:
    client.force_login(make_user("reader"))

    assert client.get("/account/logout/").status_code == 405
    assert client.post("/account/logout/").status_code == 302


@pytest.mark.parametrize(
    ("role", "status"), [("reader", 302), ("analyst", 302), ("editor", 200), ("administrator", 200)]
)
def test_roles_that_edit_enter_the_admin(client: Client, role: str, status: int) -> None:
    client.force_login(make_user(role))

    assert client.get("/admin/").status_code == status


def test_an_account_shows_what_one_is(client: Client) -> None:
    client.force_login(make_user("analyst", "leyla"))

    page = client.get("/account/").content.decode()

    assert "leyla" in page
    assert "analyst" in page


def test_an_account_names_its_groups_in_the_language_of_the_page_and_others_as_they_are_named(client: Client) -> None:
    user = make_user("editor")
    user.groups.add(Group.objects.create(name="night desk"))
    client.force_login(user)

    page = client.get("/account/", headers={"Accept-Language": "ru"}).content.decode()

    assert "<bdi>редактор</bdi>" in page
    assert "<bdi>night desk</bdi>" in page


def test_the_rules_of_a_new_password_are_told_one_by_one_and_belong_to_its_field(client: Client) -> None:
    client.force_login(make_user("analyst", "leyla"))

    page = client.get("/account/password/").content.decode()

    assert page.count("<li>Your password can") >= 2
    assert 'aria-describedby="id_new_password1_helptext"' in page
    assert 'id="id_new_password1_helptext"' in page
