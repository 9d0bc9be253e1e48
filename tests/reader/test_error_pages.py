import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory
from django.urls import URLPattern
from django.views import defaults

from newsdesk.reader.urls import urlpatterns
from tests.factories import make_article, make_user

BEYOND = "9" * 23
NUMBERED = [pattern for pattern in urlpatterns if "pk" in pattern.pattern.converters]


def test_a_failure_has_a_page_that_needs_nothing_to_work(rf: RequestFactory) -> None:
    response = defaults.server_error(rf.get("/"))

    assert response.status_code == 500
    assert "Something failed on our side" in response.content.decode()


@pytest.mark.django_db
def test_a_refusal_has_our_own_page(rf: RequestFactory) -> None:
    response = defaults.permission_denied(rf.get("/"), PermissionDenied())

    assert response.status_code == 403
    assert "This is not open to you" in response.content.decode()


@pytest.mark.django_db
def test_a_damaged_request_has_our_own_page(rf: RequestFactory) -> None:
    response = defaults.bad_request(rf.get("/"), SuspiciousOperation())

    assert response.status_code == 400
    assert "This request cannot be understood" in response.content.decode()


@pytest.mark.django_db
def test_a_form_that_is_too_old_has_our_own_page() -> None:
    response = Client(enforce_csrf_checks=True).post("/preferences/", {"theme": "dark"})

    assert response.status_code == 403
    assert "This was not accepted, and nothing was changed" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", NUMBERED, ids=lambda pattern: pattern.name)
def test_a_number_beyond_those_of_the_database_is_not_found(client: Client, pattern: URLPattern) -> None:
    client.force_login(make_user("editor"))
    address = "/" + re.sub(r"<int:\w+>", BEYOND, str(pattern.pattern)).replace("<slug:name>", "csv")

    assert client.get(address).status_code in (404, 405)
    assert client.post(address).status_code in (404, 405)


@pytest.mark.django_db
def test_an_article_is_not_compared_with_one_beyond_those_of_the_database(client: Client) -> None:
    assert client.get(f"/articles/{make_article().pk}/compare/{BEYOND}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/articles/9/", "The article may have been removed"),
        ("/articles/9/compare/8/", "The article may have been removed"),
        ("/stories/9/", "The address is wrong or not complete"),
        ("/nothing/", "The address is wrong or not complete"),
    ],
)
def test_an_article_is_spoken_of_only_where_one_was_asked_for(client: Client, address: str, told: str) -> None:
    page = client.get(address).content.decode()

    assert re.findall(r"<p>(The (?:article|address)[^<]*)", page)[0].startswith(told)
