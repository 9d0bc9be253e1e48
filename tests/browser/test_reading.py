"""Marks and views as a person uses them: by keys, by waiting, without an account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from newsdesk.articles.models import Article
from newsdesk.workspace import reading
from newsdesk.workspace.models import SavedView, ViewVisit
from tests.browser.conftest import axe_violations, open_context
from tests.factories import make_articles, make_user


@pytest.fixture
def anna(desk: list[Article]) -> Any:
    return make_user("analyst", "anna")


@pytest.fixture
def context(browser: Browser, live_server: object, anna: Any) -> Iterator[BrowserContext]:
    client = Client()
    client.force_login(anna)
    context = open_context(browser, live_server)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": str(live_server)}])
    yield context
    context.close()


@pytest.fixture
def signed_in(context: BrowserContext) -> Page:
    return context.new_page()


def state(page: Page, row: int, mark: str) -> Any:
    return page.locator(".row").nth(row).locator(f"[data-mark={mark}]")


def test_keys_mark_the_row_that_has_the_focus(signed_in: Page, desk: list[Article], anna: Any) -> None:
    signed_in.goto("/articles/")
    for key in ("j", "m", "j", "s"):
        signed_in.keyboard.press(key)

    expect(state(signed_in, 0, "read")).to_have_attribute("aria-pressed", "true")
    expect(state(signed_in, 1, "starred")).to_have_attribute("aria-pressed", "true")
    assert len(reading.marked(anna.pk, "read")) == len(reading.marked(anna.pk, "starred")) == 1


def test_an_article_that_stays_open_counts_as_read(signed_in: Page, desk: list[Article], anna: Any) -> None:
    signed_in.clock.install()
    signed_in.goto(desk[0].get_absolute_url())
    assert not reading.marked(anna.pk, "read")

    signed_in.clock.run_for(5000)

    expect(signed_in.locator("#article [data-mark=read]")).to_have_attribute("aria-pressed", "true")


def test_it_does_not_where_its_reader_does_not_want_it(
    context: BrowserContext, desk: list[Article], anna: Any, live_server: object
) -> None:
    context.add_cookies([{"name": "opening", "value": "off", "url": str(live_server)}])
    page = context.new_page()
    page.clock.install()
    page.goto(desk[0].get_absolute_url())

    page.clock.run_for(60_000)

    expect(page.locator("#article [data-mark=read]")).to_have_attribute("aria-pressed", "false")


def test_marks_without_an_account_stay_in_the_browser(page: Page) -> None:
    page.goto("/articles/")
    state(page, 0, "starred").click()

    page.reload()

    expect(state(page, 0, "starred")).to_have_attribute("aria-pressed", "true")
    expect(state(page, 1, "starred")).to_have_attribute("aria-pressed", "false")
    page.locator("#in-about-AZ").click()
    expect(page.locator("#results")).to_have_text("30 articles")
    expect(page.locator(".marks [data-mark=starred][aria-pressed=true]")).to_have_count(1)


def test_rows_down_to_one_are_read_without_an_account_too(page: Page) -> None:
    page.goto("/articles/")
    for key in ("j", "j", "j", "Shift+M"):
        page.keyboard.press(key)

    pressed = [one.get_attribute("aria-pressed") for one in page.locator(".row .mark-read").all()]
    assert pressed == ["true"] * 3 + ["false"] * 22


def test_a_list_is_kept_and_seen_by_opening_it(signed_in: Page, anna: Any) -> None:
    signed_in.goto("/articles/")
    signed_in.locator("#in-topic-trade").click()
    signed_in.locator("#view-save > summary").click()
    signed_in.locator("#view-save [name=name]").fill("Trade")
    signed_in.locator("#view-save button").click()
    expect(signed_in.locator("#view-name")).to_have_text("Trade")
    make_articles([{"topics": ["trade"]}])
    before = ViewVisit.objects.get().last_article

    signed_in.goto(SavedView.objects.get().get_absolute_url())

    expect(signed_in.locator(".view-new")).to_have_text(re.compile("^1 new since"))
    with signed_in.expect_response(lambda response: response.request.method == "POST"):
        pass
    assert ViewVisit.objects.get().last_article > before


def test_everything_works_without_scripts(
    browser: Browser, live_server: object, context: BrowserContext, anna: Any
) -> None:
    plain = open_context(browser, live_server, java_script_enabled=False)
    plain.add_cookies(context.cookies())  # type: ignore[arg-type]  # what the one gives is what the other takes
    page = plain.new_page()
    page.goto("/articles/?topic=trade")

    state(page, 0, "read").click()
    expect(state(page, 0, "read")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Mark all 30 articles of the list as read").click()
    expect(page.locator(".told")).to_contain_text("29 articles are marked as read.")
    page.get_by_role("button", name="Undo").click()
    assert len(reading.marked(anna.pk, "read")) == 1
    plain.close()


def test_nothing_is_inaccessible(signed_in: Page, anna: Any, theme: str) -> None:
    SavedView.objects.create(name="Trade", query="topic=trade", author=anna)
    signed_in.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of two names

    for url in ("/views/", "/articles/?topic=trade", "/articles/?topic=trade&about=AZ&view=1", "/articles/?q=trde"):
        signed_in.goto(url)

        assert axe_violations(signed_in) == [], url


@pytest.mark.parametrize("width", [390, 1440])
def test_an_article_begins_with_its_text_and_a_link_leads_to_what_it_is_tagged_with(
    browser: Browser, live_server: object, desk: list[Article], width: int
) -> None:
    context = open_context(browser, live_server, viewport={"width": width, "height": 844})
    page = context.new_page()

    page.goto(f"/articles/{desk[0].pk}/?topic=karabakh")

    text, claims = page.locator(".text").bounding_box(), page.locator(".claims").bounding_box()
    assert text
    assert claims
    assert text["y"] < 450
    assert (claims["y"] > text["y"] + text["height"]) == (width == 390)
    if width == 390:
        page.get_by_role("link", name="Countries and topics").click()
        expect(page.locator("#claims")).to_be_in_viewport(ratio=0.5)
    context.close()
