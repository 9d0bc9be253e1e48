"""An article is corrected beside its text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from newsdesk.articles.models import Article
from tests.browser.conftest import axe_violations, open_context
from tests.browser.test_notes import sign_in
from tests.factories import make_user


@pytest.fixture
def page(browser: Browser, live_server: object, desk: list[Article]) -> Iterator[Page]:
    """Of an editor. Chromium tells of an answer of 422 in its console."""
    context = open_context(browser, live_server)
    sign_in(context, make_user("editor", "leyla"), live_server)
    yield context.new_page()
    context.close()


def test_an_article_is_corrected_in_place_and_the_focus_comes_back(
    page: Page, desk: list[Article], live_server: object
) -> None:
    page.goto(f"{live_server}/articles/{desk[3].pk}/")
    correct = page.get_by_role("link", name="Correct", exact=True)

    correct.focus()
    page.keyboard.press("Enter")
    form = page.get_by_role("form", name="Correct an article")
    expect(form.get_by_role("heading", name="Correct an article")).to_be_focused()
    assert axe_violations(page) == []
    form.get_by_label("Published").fill("soon")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_be_focused()
    form.get_by_label("Published").fill("2021")
    form.get_by_label("Title").fill("What it is called")
    form.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", name="What it is called", level=1)).to_be_visible()
    expect(correct).to_be_focused()
    expect(page.locator("#announcement")).to_have_text("Corrected.")


def test_the_list_beside_shows_what_was_corrected(page: Page, desk: list[Article], live_server: object) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server}/articles/?about=AZ")
    title = page.locator(".row-title a").nth(9)
    title.scroll_into_view_if_needed()
    before = page.locator(".results").evaluate("list => list.scrollTop")
    title.click()
    page.get_by_role("link", name="Correct", exact=True).click()
    form = page.get_by_role("form", name="Correct an article")
    form.get_by_label("Title").fill("What it is called")

    form.get_by_role("button", name="Save").click()

    expect(title).to_have_text("What it is called")
    expect(title).to_have_attribute("aria-current", "true")
    assert page.locator(".results").evaluate("list => list.scrollTop") == before > 0
    page.get_by_role("link", name="Correct", exact=True).click()
    form.get_by_label("Published").fill("2019")
    form.get_by_role("button", name="Save").click()
    expect(page.locator(".position")).to_have_text("30 of 30")
    expect(page.locator("#desk")).to_have_attribute("data-address", "/articles/?about=AZ&page=2")
    expect(page.locator(".row-title [aria-current]")).to_have_text("What it is called")


@pytest.mark.parametrize("width", [390, 820, 1440, 1920])
def test_the_form_shows_at_any_width(page: Page, desk: list[Article], live_server: object, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server}/articles/{desk[3].pk}/")

    page.get_by_role("link", name="Correct", exact=True).click()

    form = page.get_by_role("form", name="Correct an article")
    expect(form.get_by_role("button", name="Save")).to_be_visible()
    form.get_by_label("Title").fill("What it is called")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="What it is called", level=1)).to_be_visible()


def test_on_a_page_of_its_own_it_is_saved_and_left(page: Page, desk: list[Article], live_server: object) -> None:
    page.goto(f"{live_server}/articles/{desk[3].pk}/correct/")
    form = page.get_by_role("form", name="Correct an article")

    form.get_by_label("Published").fill("soon")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_be_visible()
    form.get_by_label("Published").fill("2021")
    form.get_by_role("button", name="Save").click()

    expect(page).to_have_url(f"{live_server}/articles/{desk[3].pk}/")
    desk[3].refresh_from_db()
    assert desk[3].published_value == "2021"
    page.goto(f"{live_server}/articles/{desk[3].pk}/correct/")
    page.get_by_role("link", name="Cancel").click()
    expect(page).to_have_url(f"{live_server}/articles/{desk[3].pk}/")
