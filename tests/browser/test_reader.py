"""The reader as a person uses it: pointer, keyboard, Back, phone, no JavaScript, dark."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from newsdesk.articles.models import Article
from tests.browser.conftest import axe_violations, open_context


def heading(page: Page) -> str:
    return page.locator("#results").inner_text()


def choose(page: Page, facet: str, value: str) -> None:
    page.locator(f"#in-{facet}-{value}").click()


def test_a_filter_changes_list_count_and_address_without_a_new_page(page: Page) -> None:
    page.goto("/articles/")
    page.evaluate("window.same = true")

    choose(page, "about", "AZ")

    expect(page.locator("#results")).to_have_text("30 articles")
    expect(page).to_have_url(re.compile(r"\?about=AZ$"))
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator("#announcement")).to_have_text("30 articles")
    assert page.evaluate("window.same")


def test_back_and_forward_restore_the_filters(page: Page) -> None:
    page.goto("/articles/")
    choose(page, "about", "AZ")
    expect(page.locator("#results")).to_have_text("30 articles")
    choose(page, "language", "ru")
    expect(page.locator("#results")).to_have_text("10 articles")

    page.go_back()
    expect(page.locator("#results")).to_have_text("30 articles")
    page.go_back()
    expect(page.locator("#results")).to_have_text("60 articles")
    page.go_forward()
    expect(page.locator("#results")).to_have_text("30 articles")


def test_back_from_an_article_finds_list_and_focus(page: Page) -> None:
    page.goto("/articles/?about=AZ")
    link = page.locator(".row-title a").nth(5)
    title = link.inner_text()
    link.click()
    expect(page.locator("#article h1")).to_have_text(title)

    page.go_back()

    expect(page.locator("#results")).to_have_text("30 articles")
    expect(page.locator(":focus")).to_have_text(title)


def test_a_value_is_excluded_and_taken_off_by_its_chip(page: Page) -> None:
    page.goto("/articles/")
    page.locator(".choice:has(#out-about-RU)").hover()
    page.locator("#out-about-RU").click()
    expect(page).to_have_url(re.compile(r"\?about=-RU$"))
    expect(page.locator("#results")).to_have_text("30 articles")

    page.locator(".chip").click()

    expect(page.locator("#results")).to_have_text("60 articles")


def test_the_timeline_narrows_the_dates(page: Page) -> None:
    page.goto("/articles/")
    page.locator(".years a", has_text="2022").click()

    expect(page.locator("#results")).to_have_text("12 articles")
    expect(page).to_have_url(re.compile("published_after=2022-01-01&published_before=2022-12-31"))


def test_search_keeps_the_filters_and_shows_the_words(page: Page) -> None:
    page.goto("/articles/?about=AZ")
    page.locator("#q").fill("hauliers -nothing")
    page.locator("#q").press("Enter")

    expect(page).to_have_url(re.compile(r"q=hauliers.*about=AZ|about=AZ.*q=hauliers"))
    expect(page.locator("#results")).to_have_text("30 articles")
    expect(page.locator(".row-text mark").first).to_have_text("Hauliers")


@pytest.mark.parametrize("address", ["/", "/articles/?about=AZ"])
def test_a_search_that_no_address_carries_stays_in_the_box_and_says_how_long_it_may_be(
    page: Page, address: str
) -> None:
    page.goto(address)
    page.locator("#q").fill("слово " * 300)
    page.locator("#q").press("Enter")

    assert "at most 1277 characters" in page.locator("#q").evaluate("one => one.validationMessage")
    assert page.url.endswith(address)

    page.locator("#q").fill("hauliers")
    page.locator("#q").press("Enter")

    expect(page.locator("#results")).to_have_text(re.compile("articles"))


def test_the_language_is_changed_on_the_page_that_is_shown_by_now(page: Page) -> None:
    page.goto("/articles/")
    page.locator("#in-about-AZ").click()
    expect(page).to_have_url(re.compile(r"\?about=AZ$"))

    page.get_by_role("link", name="Display").click()
    page.get_by_role("button", name="Русский").click()

    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page).to_have_url(re.compile(r"/articles/\?about=AZ$"))


def test_pages_are_real_links(page: Page) -> None:
    page.goto("/articles/")
    page.locator(".pages [rel=next]").click()

    expect(page).to_have_url(re.compile("page=2"))
    expect(page.locator(".row")).to_have_count(25)


def test_keys_move_open_and_go_on(page: Page) -> None:
    page.goto("/articles/")
    page.keyboard.press("j")
    first = page.locator(".row-title a").first
    expect(first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".row-title a").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(first).to_be_focused()
    title = first.inner_text()
    page.keyboard.press("o")
    expect(page.locator("#article h1")).to_have_text(title)
    page.keyboard.press("n")
    expect(page.locator("#article h1")).not_to_have_text(title)


def test_keys_are_places_on_the_keyboard_whatever_they_write(page: Page) -> None:
    page.goto("/articles/")
    page.evaluate(
        """document.body.dispatchEvent(new KeyboardEvent("keydown", {code: "KeyJ", key: "о", bubbles: true}))"""
    )

    expect(page.locator(".row-title a").first).to_be_focused()


def test_keys_do_nothing_while_typing(page: Page) -> None:
    page.goto("/articles/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("jo?")

    expect(page.locator("#q")).to_have_value("jo?")


def test_help_opens_and_closes_by_key(page: Page) -> None:
    page.goto("/articles/")
    page.keyboard.press("?")
    expect(page.locator("#sheet")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#sheet")).to_be_hidden()


def test_evidence_is_shown_on_demand(page: Page, desk: list[Article]) -> None:
    page.goto(desk[1].get_absolute_url())
    assert page.locator(".text mark").count() == 0

    page.locator('[id="why-country:AZ"]').click()

    expect(page.locator(".text mark")).to_have_text("Azerbaijan")


def test_the_raw_text_shows_what_was_cut_and_why(page: Page, desk: list[Article]) -> None:
    page.goto(desk[1].get_absolute_url())
    expect(page.locator(".text")).not_to_contain_text("Share this page")

    page.get_by_role("link", name="Raw text with cuts").click()

    expect(page.locator(".text del")).to_contain_text("Share this page")
    expect(page.locator(".raw-why summary")).to_be_visible()


@pytest.fixture
def plain(browser: Browser, live_server: object, desk: list[Article]):
    """A browser without JavaScript."""
    context = open_context(browser, live_server, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_everything_works_without_javascript(plain: Page) -> None:
    plain.goto("/articles/")
    choose(plain, "about", "AZ")
    assert heading(plain) == "30 articles"
    plain.locator("#q").fill("trade")
    plain.get_by_role("button", name="Search").click()
    assert heading(plain) == "30 articles"
    plain.locator(".years a", has_text="2021").click()
    assert heading(plain) == "6 articles"
    plain.locator("#published_after").fill("2021-06-01")
    plain.get_by_role("button", name="Apply").click()
    assert heading(plain) == "4 articles"
    plain.get_by_role("link", name="Clear all").first.click()
    assert heading(plain) == "60 articles"
    plain.locator(".row-title a").first.click()
    plain.get_by_role("link", name="Raw text with cuts").click()
    assert "Share this page" in plain.locator(".text del").inner_text()
    plain.get_by_role("link", name="Clean text").click()
    plain.locator(".why").first.click()
    assert plain.locator(".text mark").count() > 0
    plain.locator(".back").click()
    assert heading(plain) == "60 articles"


@pytest.mark.parametrize("width", [320, 390, 834], ids=["narrow", "phone", "tablet"])
@pytest.mark.parametrize("path", ["/articles/", "/articles/?about=AZ&language=-ru&q=trade", "article", "raw"])
def test_nothing_sticks_out_of_a_small_screen(browser, live_server, desk, width, path) -> None:
    context = open_context(browser, live_server, viewport={"width": width, "height": 800})
    page = context.new_page()

    page.goto(address(path, desk))

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_filters_are_a_sheet_on_the_phone(browser, live_server, desk) -> None:
    context = open_context(browser, live_server, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto("/articles/?about=AZ")
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator(".filters-button .badge")).to_have_text("1")

    page.locator(".filters-button").click()
    choose(page, "language", "ru")

    expect(page.locator(".filters-close")).to_have_text("Show 10 articles")
    page.locator(".filters-close").click()
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator("#results")).to_have_text("10 articles")
    context.close()


def address(path: str, desk: list[Article]) -> str:
    known = {
        "article": desk[-1].get_absolute_url(),
        "raw": desk[-1].get_absolute_url() + "?raw=1",
        "why": desk[-1].get_absolute_url() + "?why=country:AZ",
    }
    return known.get(path, path)


PAGES = [
    "/articles/",
    "/articles/?about=AZ&language=-ru&q=trade",
    "/articles/?q=nothing",
    "/articles/?published_after=x",
    "article",
    "raw",
    "why",
    "/help/",
    "/preferences/",
    "/absent/",
]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(browser, live_server, desk, theme, path) -> None:
    context = open_context(browser, live_server, color_scheme=theme)
    page = context.new_page()

    page.goto(address(path, desk))

    assert axe_violations(page) == []
    context.close()
