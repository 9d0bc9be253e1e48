"""Two articles side by side, as a person reads them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from newsdesk.articles.models import Article
from tests.browser.conftest import axe_violations, open_context
from tests.factories import make_article, make_source

CLOSED = "The bridge at Salyan was closed to lorries on Monday."
WALKED = "In all, 340 people walked across the river to work."
MARKET = "Traders at the market complained about empty stalls."
ENGINEER = "Then Farid Mammadov blamed rust in the northern pillar."


@pytest.fixture
def url(desk: list[Article]) -> str:
    """Of two articles of a story: a sentence is the same, one told otherwise, one moved, and each has one alone."""
    make_source("kura", "Kura Post")
    body = f"{ENGINEER} {CLOSED} {WALKED} {MARKET}"
    one = make_article(body, title="Bridge closed", published="2025-05-14", source="kura")
    body = f"{CLOSED} In all, 342 people walked across the river. The mayor spoke at noon. {ENGINEER}"
    other = make_article(body, title="Why it is closed", published="2025-05-15", source="herald", story_with=one)
    make_article(
        "Мост закрыт, сказал Фарид Мамедов.", title="Мост закрыт", language="ru", published="2025-05-16", story_with=one
    )
    return f"/articles/{one.pk}/compare/{other.pk}/"


def test_from_the_story_by_keyboard_to_what_one_says_alone(page: Page, url: str) -> None:
    page.goto(url)
    page.locator(".back").press("Enter")
    page.get_by_role("link", name=re.compile("Side by side with Kura Post.*Why it is closed")).press("Enter")
    expect(page).to_have_url(re.compile(url))

    left, right = (page.locator(f".compared-{side} .is-alone") for side in ("left", "right"))

    expect(left).to_have_text([f"only here {MARKET}"])
    expect(right).to_have_text(["only here The mayor spoke at noon."])
    assert page.locator(".is-own").all_inner_texts() == ["340", "342"]
    elsewhere = page.locator(".compared-left .elsewhere")
    elsewhere.press("Enter")
    expect(page.locator(":target")).to_have_text(re.compile(ENGINEER))


def test_another_version_takes_a_side_without_javascript(browser: Browser, live_server: object, url: str) -> None:
    context = open_context(browser, live_server, java_script_enabled=False)
    page = context.new_page()
    page.goto(url)

    page.locator(".because summary").first.click()
    page.get_by_role("link", name="Мост закрыт").first.click()

    expect(page.locator(".comparison h2")).to_have_text(["Why it is closed", "Мост закрыт"])
    context.close()


def test_sides_stand_beside_each_other_where_there_is_room(browser: Browser, live_server: object, url: str) -> None:
    for width, beside in ((1440, True), (390, False), (320, False)):
        context = open_context(browser, live_server, viewport={"width": width, "height": 800})
        page = context.new_page()
        page.goto(url)

        left, right = (page.locator(f".is-pair > .compared-{side}").bounding_box() for side in ("left", "right"))

        assert left
        assert right
        assert (left["y"] == right["y"]) is beside
        assert page.locator(".is-same > .compared-right").is_visible() is beside
        assert page.locator(".is-pair .compared-who").first.evaluate("one => one.clientWidth > 1") is not beside
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()


def test_axe_finds_nothing(browser: Browser, live_server: object, theme: str, url: str) -> None:
    for width in (1440, 390):
        context = open_context(browser, live_server, color_scheme=theme, viewport={"width": width, "height": 900})
        page = context.new_page()
        page.goto(url)
        for summary in page.locator(".because summary").all():
            summary.click()

        assert axe_violations(page) == []
        context.close()
