"""What an article is said to be, corrected in place in the reader."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from newsdesk.articles import editing
from newsdesk.articles.models import Article, Correction
from tests.factories import make_article, make_country, make_user
from tests.reader.test_list_page import HTMX, Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    make_country("GE")
    return make_article(
        "They met in Baku to talk about trade.", title="Wrong", about=["AZ"], mentioned=["RU"], topics=["trade"]
    )


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(make_user("editor", "leyla"))
    return client


def sent(article: Article, **values: Any) -> dict[str, Any]:
    """What the form sends where nothing was touched but ``values``."""
    held = editing.held_values(article)
    return {
        **{name: held[name] for name in editing.SCALARS},
        "state": editing.state_of(article),
        "country-AZ": "about",
        "country-RU": "mentioned",
        "topic_list": held["topics"],
        "add_role": "about",
        **values,
    }


def post(client: Client, article: Article, headers: dict[str, str] | None = None, **values: Any) -> Any:
    return client.post(f"/articles/{article.pk}/correct/", sent(article, **values), headers=headers)


def held(article: Article) -> dict[str, Any]:
    return editing.held_values(Article.objects.get(pk=article.pk))


def test_an_editor_corrects_in_place(editor, article):
    values: dict[str, Any] = {"title": "Right", "published": "2024-02", "topic_list": [], "reason": "the paper"}
    values |= {"country-AZ": "none", "country-RU": "about", "add_country": "GE", "add_role": "mentioned"}
    answer = post(editor, article, **values)

    now = held(article)
    assert (answer.status_code, answer.url) == (302, f"/articles/{article.pk}/")
    assert (now["title"], now["published"], now["topics"]) == ("Right", "2024-02", [])
    assert (now["about"], now["mentioned"]) == (["RU"], ["GE"])
    assert set(Correction.objects.values_list("note", "author__username")) == {("the paper", "leyla")}


def test_htmx_gets_the_form_in_place_and_then_the_article(editor, article):
    form = editor.get(f"/articles/{article.pk}/correct/", headers=HTMX)
    saved = post(editor, article, HTMX, title="Right")

    assert (form.headers["HX-Retarget"], form.headers["HX-Reswap"]) == ("#correct-form", "innerHTML")
    assert b"<html" not in form.content
    assert "HX-Retarget" not in saved.headers
    assert saved.context["article"].title == "Right"


def test_what_was_not_touched_makes_no_correction(editor, article):
    post(editor, article)

    assert not Correction.objects.exists()


def test_the_claim_of_the_machine_is_told_beside_what_holds(editor, article):
    values: dict[str, Any] = {"country-AZ": "none"}
    post(editor, article, title="Right", **values)

    page = " ".join(Page(editor.get(f"/articles/{article.pk}/correct/").content.decode()).text.split())

    assert "The machine says: Wrong" in page
    assert "The machine says: about" in page


def test_of_two_editors_the_second_is_shown_both_and_overwrites_nothing(editor, article):
    other = Client()
    other.force_login(make_user("editor", "rustam"))
    first = sent(article, title="Leyla's")
    second = sent(article, title="Rustam's", add_country="GE")

    editor.post(f"/articles/{article.pk}/correct/", first)
    answer = other.post(f"/articles/{article.pk}/correct/", second)

    page = " ".join(Page(answer.content.decode()).text.split())
    assert (answer.status_code, held(article)["title"]) == (409, "Leyla's")
    assert "leyla saved it on" in page
    assert [(one.before, one.after) for one in answer.context["both"]] == [("Leyla's", "Rustam's"), ("AZ", "AZ, GE")]
    again = {**second, "state": answer.context["form"]["state"].value()}
    assert other.post(f"/articles/{article.pk}/correct/", again).status_code == 302
    assert (held(article)["title"], held(article)["about"]) == ("Rustam's", ["AZ", "GE"])


def test_wrong_values_are_named_and_change_nothing(editor, article):
    answer = post(editor, article, title="Right", published="soon", add_country="XX")

    assert answer.status_code == 422
    assert {"published", "add_country"} <= set(answer.context["form"].errors)
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ("2022-02-30", "В календаре нет такой даты: «2022-02-30»."),
        ("2022-02-22T25:00", "Такого времени нет: «2022-02-22T25:00». Часы — до 23, минуты и секунды — до 59."),
    ],
)
def test_why_a_date_is_wrong_is_said_in_the_language_of_the_reader(editor, article, published, told):
    editor.cookies["django_language"] = "ru"

    answer = post(editor, article, published=published)

    assert answer.context["form"].errors["published"] == [told]


@pytest.mark.parametrize("role", ["reader", "analyst"])
def test_others_may_not_and_are_not_asked(client, article, role):
    client.force_login(make_user(role))

    assert post(client, article, title="Mine").status_code == 403
    assert b"/correct/" not in client.get(f"/articles/{article.pk}/").content


def test_what_waits_to_be_processed_has_nothing_to_correct(editor, article):
    Article.objects.filter(pk=article.pk).update(processed=None)

    assert editor.get(f"/articles/{article.pk}/correct/").status_code == 404
