"""Articles as they come: endless, without a title, from right to left, of two hundred countries."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from newsdesk.articles.models import Country
from tests.browser.conftest import axe_violations, open_context
from tests.factories import make_article

CODES = [first + second for first in "QXZ" for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"][:70]
PARAGRAPH = "The customs service gave figures, and the hauliers waited at the border until the evening. " * 4
KINDS: dict[str, dict[str, Any]] = {
    "long title": {"title": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 6, "language": "de"},
    "no title, no date": {"title": "", "published": None},
    "right to left": {
        "title": "اجتماع الوزراء في باكو",
        "body": "اجتمع الوزراء في باكو للحديث عن التجارة.",
        "language": "ar",
    },
    "many countries": {"about": CODES[:20], "mentioned": CODES[20:]},
}


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_comes_stays_in_its_place(browser: Browser, live_server, desk, kind: str, width: int) -> None:
    for code in CODES:
        Country.objects.get_or_create(code=code, defaults={"name_en": f"The United Islands of {code}", "names": {}})
    article = make_article(**KINDS[kind])
    context = open_context(browser, live_server, viewport={"width": width, "height": 800})
    page = context.new_page()

    for path in (article.get_absolute_url(), "/articles/?sort=oldest&more=about&more=country"):
        page.goto(path)
        page.wait_for_load_state("networkidle")

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe_violations(page) == []
    context.close()


def test_a_hundred_thousand_words_are_read_and_searched_for_evidence(browser: Browser, live_server, desk) -> None:
    body = "\n\n".join([PARAGRAPH] * 1700) + "\n\nAt last they spoke of trade in Baku."
    article = make_article(body, about=["AZ"], evidence={"AZ": ["Baku"]})
    context = open_context(browser, live_server)
    page = context.new_page()

    page.goto(article.get_absolute_url())
    page.locator('[id="why-country:AZ"]').click()

    expect(page.locator(".text mark")).to_have_text("Baku")
    expect(page.locator(".text mark")).to_be_in_viewport()
    context.close()


def test_a_page_from_right_to_left_keeps_its_panes(browser: Browser, live_server, desk) -> None:
    context = open_context(browser, live_server, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto("/articles/")

    page.evaluate("document.documentElement.dir = 'rtl'")

    left = [
        page.locator(pane).evaluate("one => one.getBoundingClientRect().left")
        for pane in (".filters", ".results", ".reading")
    ]
    assert left == sorted(left, reverse=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    context.close()


def test_without_a_connection_a_note_says_so_and_the_page_stays(browser: Browser, live_server, desk) -> None:
    context = open_context(browser, live_server, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto("/articles/")
    context.set_offline(True)

    page.locator(".row-title a").first.click()

    expect(page.locator("#announcement")).to_have_text("No answer from the server. Check the connection and try again.")
    expect(page.locator(".row")).to_have_count(25)
    context.close()


def test_an_error_is_shown_at_the_address_that_was_asked_for(browser: Browser, live_server, desk) -> None:
    context = open_context(browser, live_server, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto("/articles/?about=AZ")
    page.route("**/articles/?**", lambda route: route.fulfill(status=500, body="This failed"))

    page.locator("#q").fill("customs")
    page.locator("#q").press("Enter")

    expect(page.get_by_text("This failed")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/articles/\?.*about=AZ&q=customs"))
    context.close()
