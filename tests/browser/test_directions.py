"""The interface from right to left, and in a language of long words: nothing sticks out, and what has a side changes it."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from newsdesk.articles.models import Article
from tests.browser.conftest import open_context
from tests.browser.test_notes import sign_in
from tests.factories import make_user

TURN = "() => { document.documentElement.dir = 'rtl'; }"
LONG = "Veröffentlichungszeiträume"
LENGTHEN = """(long) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (!text.parentElement.closest("script, template, svg")) text.data = text.data.replace(/\\p{L}{5,}/gu, long);
    }
}"""
STANDS_OUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    return width && (left < -1 || right > innerWidth + 1) && one.checkVisibility() && !one.closest("svg, .skip");
}).map((one) => one.outerHTML.slice(0, 100))"""


def pages(desk: list[Article]) -> list[str]:
    one, other = desk[-2:]
    story = Article.objects.get(pk=one.pk).story_id
    return [
        "/",
        "/articles/?topic=trade&country=-GE",
        f"{one.get_absolute_url()}?topic=trade",
        f"{one.get_absolute_url()}?raw=1",
        f"/articles/{one.pk}/compare/{other.pk}/",
        f"/stories/{story}/",
        "/stories/",
        "/topics/",
        "/topics/trade/",
        "/views/",
        "/notes/",
        "/collections/",
        "/articles/export/",
        "/preferences/",
        "/help/",
        "/account/login/",
    ]


@pytest.mark.parametrize("width", [1440, 820, 390])
def test_no_page_is_too_wide_from_right_to_left_nor_with_long_words(
    browser: Browser, live_server: object, desk: list[Article], width: int
) -> None:
    context = open_context(browser, live_server, viewport={"width": width, "height": 900})
    sign_in(context, make_user("editor", "anna"), live_server)
    page = context.new_page()
    wide: dict[str, list[str]] = {}
    for path in pages(desk):
        for name, change in (("rtl", TURN), ("long", LENGTHEN)):
            page.goto(path)
            page.evaluate(change, LONG)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide[f"{path} {name}"] = page.evaluate(STANDS_OUT)[:5]

    assert wide == {}
    context.close()


def test_what_has_a_side_changes_it(browser: Browser, live_server: object, desk: list[Article]) -> None:
    context = open_context(browser, live_server, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{desk[0].get_absolute_url()}?topic=karabakh")
    page.locator(".row").first.wait_for()
    page.evaluate(TURN)

    assert left_edge(page, "#filters") > left_edge(page, ".results") > left_edge(page, "#reading")
    assert (
        page.locator(".back > [aria-hidden]").evaluate("one => getComputedStyle(one).transform").startswith("matrix(-1")
    )
    years = page.locator(".years text")
    assert [each.text_content() for each in years.all()] == ["2020", "2021", "2022", "2023", "2024"]
    lefts = [each.evaluate("one => one.getBoundingClientRect().left") for each in years.all()]
    assert lefts == sorted(lefts)  # time goes one way
    assert lefts[0] >= left_edge(page, ".bars") - 1
    context.close()


def left_edge(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"]


def test_a_word_without_an_end_widens_no_page(browser: Browser, live_server: object, desk: list[Article]) -> None:
    endless = "Karabakh" * 60
    Article.objects.filter(pk=desk[-1].pk).update(author=endless, section=endless, title=f"Talks {endless}")
    client = Client()
    client.force_login(make_user("administrator", "leyla"))
    wide = {}
    for width in (390, 1440):
        context = open_context(browser, live_server, viewport={"width": width, "height": 900})
        context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": str(live_server)}]
        )
        page = context.new_page()
        for path in (
            desk[-1].get_absolute_url(),
            "/articles/",
            f"/admin/articles/article/{desk[-1].pk}/change/",
            "/admin/articles/article/",
        ):
            page.goto(path)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide[f"{path} {width}"] = page.evaluate(STANDS_OUT)[:5]
        context.close()

    assert wide == {}
