import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.views import defaults


def test_a_failure_has_a_page_that_needs_nothing_to_work(rf: RequestFactory) -> None:
    response = defaults.server_error(rf.get("/"))

    assert response.status_code == 500
    assert "Something failed on our side" in response.content.decode()


@pytest.mark.django_db
def test_a_refusal_has_our_own_page(rf: RequestFactory) -> None:
    response = defaults.permission_denied(rf.get("/"), PermissionDenied())

    assert response.status_code == 403
    assert "This is not open to you" in response.content.decode()
