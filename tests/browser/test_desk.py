"""The front page in a browser: filters without leaving it, the brush by pointer and by keys, and all without script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from newsdesk.articles.models import Article
from tests.browser.conftest import axe_violations, open_context

YEAR = re.compile(r"published_after=2021-01-01&published_before=2021-12-31")


@pytest.fixture
def plain(browser: Browser, live_server: object, desk: list[Article]) -> Iterator[Page]:
    context = open_context(browser, live_server, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", ["/", "/?stack=topic&more=timeline&about=AZ", "/stories/", "/topics/"])
def test_axe_finds_nothing(
    browser: Browser, live_server: object, desk: list[Article], theme: str, address: str
) -> None:
    context = open_context(browser, live_server, color_scheme=theme)
    page = context.new_page()
    page.goto(address)

    found = axe_violations(page)
    context.close()

    assert found == []


def test_a_country_filters_the_desk_and_back_returns(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Azerbaijan 30")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("30 articles")
    expect(page).to_have_url(re.compile(r"/\?about=AZ$"))
    expect(page.locator("#announcement")).to_have_text("30 articles")

    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_have_text("60 articles")


def test_the_map_is_clicked_too(page: Page) -> None:
    page.goto("/")
    page.locator(".map a:has(title:text-matches('Russia: 30'))").first.dispatch_event("click")

    expect(page).to_have_url(re.compile(r"/\?about=RU$"))


@pytest.mark.parametrize("address", ["/", "/articles/"])
def test_the_brush_is_drawn_with_the_pointer(page: Page, address: str) -> None:
    page.goto(address)
    box = page.locator(".drawing").bounding_box()
    assert box is not None
    month = box["width"] / 60

    page.mouse.move(box["x"] + 12.5 * month, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 18 * month, box["y"] + 20)
    page.mouse.move(box["x"] + 23.5 * month, box["y"] + 20)
    page.mouse.up()

    expect(page).to_have_url(YEAR)
    expect(page.locator(".overview")).to_be_visible()


def test_a_click_on_a_bar_is_no_brush(page: Page) -> None:
    page.goto("/")
    box = page.locator(".drawing").bounding_box()
    assert box is not None

    page.mouse.click(box["x"] + box["width"] * 12.5 / 60, box["y"] + 20)

    expect(page).to_have_url(re.compile("published_after=2021-01-01&published_before=2021-01-31"))


def test_the_brush_is_moved_with_keys(page: Page) -> None:
    page.goto("/")
    since, until = page.get_by_role("slider", name="From"), page.get_by_role("slider", name="To")

    since.focus()
    page.keyboard.press("PageUp")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    until.focus()
    page.keyboard.press("End")
    for _ in range(3):
        page.keyboard.press("PageDown")
    for _ in range(6):
        page.keyboard.press("ArrowLeft")

    expect(since).to_have_attribute("aria-valuetext", "January 1, 2021")
    expect(until).to_have_attribute("aria-valuetext", "December 31, 2021")

    page.keyboard.press("Enter")

    expect(page).to_have_url(YEAR)


def test_escape_lets_go_of_the_brush(page: Page) -> None:
    page.goto("/")
    since = page.get_by_role("slider", name="From")

    since.press("ArrowRight")
    since.press("Escape")

    expect(since).to_have_attribute("aria-valuenow", "0")
    expect(page.locator(".brushed")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390, 820, 1920])
def test_nothing_stands_out_of_the_page(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for address in ("/", "/?stack=language&more=timeline", "/topics/", "/stories/"):
        page.goto(address)

        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_the_desk_is_filtered_and_leads_to_the_list(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_role("link", name=re.compile("^Azerbaijan 30")).click()
    plain.get_by_label("Published from").fill("2022-01-01")
    plain.get_by_role("button", name="Apply").click()

    expect(plain).to_have_url(re.compile(r"/\?about=AZ&published_after=2022-01-01"))
    expect(plain.get_by_role("heading", level=1)).to_have_text("18 articles")

    plain.get_by_role("link", name="Show the 18 articles").click()

    expect(plain).to_have_url(re.compile(r"/articles/\?about=AZ&published_after=2022-01-01"))
    expect(plain.get_by_role("heading", name="18 articles")).to_be_visible()
