"""An editor in the raw text: restoring, cutting, undoing; with the pointer, the keyboard, a finger, and no script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from newsdesk.articles.models import Article
from tests.browser.conftest import axe_violations, listen_for_faults, open_context

BAR = "Share this page"
FIRST = "Ministers of Azerbaijan and Russia"
LAST = "The next meeting will be held"


@pytest.fixture
def article(desk: list[Article]) -> Article:
    return desk[1]


@pytest.fixture
def session(article: Article) -> str:
    editor = get_user_model().objects.create_user("leyla")
    editor.user_permissions.add(Permission.objects.get(codename="change_article"))
    client = Client()
    client.force_login(editor)
    return client.cookies["sessionid"].value


def open_as_editor(browser: Browser, live_server: object, session: str, **options: Any) -> BrowserContext:
    context = open_context(browser, live_server, **options)
    context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])
    return context


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def page(request: pytest.FixtureRequest, browser: Browser, live_server: object, session: str) -> Iterator[Page]:
    context = open_as_editor(browser, live_server, session, java_script_enabled=request.param == "with JavaScript")
    page = context.new_page()
    faults = listen_for_faults(page, "409")  # which the browser itself tells of
    yield page
    context.close()
    assert faults == []


def line(page: Page, words: str) -> Locator:
    return page.locator(".raw-line", has_text=words)


def press(page: Page, words: str, name: str) -> None:
    line(page, words).hover()
    line(page, words).get_by_role("button", name=name).click()


def test_a_cut_is_restored_and_undone(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url() + "?about=AZ&raw=1")
    expect(line(page, BAR).locator("del")).to_have_count(1)

    press(page, BAR, "Restore")

    expect(line(page, BAR).locator("ins")).to_have_text(BAR)
    expect(page.locator(".raw-decided")).to_contain_text("kept by leyla on")
    page.get_by_role("link", name="Clean text").click()
    expect(page.locator(".text")).to_contain_text(BAR)
    page.get_by_role("link", name="Raw text with cuts").click()

    press(page, BAR, "Undo")

    expect(line(page, BAR).locator("del")).to_have_count(1)
    expect(page.locator(".raw-decided")).to_have_count(0)
    assert "about=AZ" in page.url
    assert BAR not in Article.objects.get(pk=article.pk).text.body


def test_a_line_is_cut_and_comes_back(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url() + "?raw=1")

    press(page, LAST, "Cut")

    expect(line(page, LAST).locator("del")).to_have_count(1)
    expect(page.locator(".raw-decided")).to_contain_text("cut by leyla on")
    assert LAST not in Article.objects.get(pk=article.pk).text.body

    press(page, LAST, "Undo")

    expect(line(page, LAST).locator("del")).to_have_count(0)


def test_a_text_that_changed_meanwhile_is_not_touched(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url() + "?raw=1")
    Article.objects.filter(pk=article.pk).update(digest="0" * 64)

    line(page, BAR).hover()
    line(page, BAR).get_by_role("button", name="Restore").click()

    expect(page.get_by_role("alert")).to_contain_text("The raw text has changed meanwhile")
    expect(line(page, BAR).locator("del")).to_have_count(1)


@pytest.fixture
def scripted(browser: Browser, live_server: object, session: str) -> Iterator[Page]:
    """Low, so that there is something to scroll; and at once, so that it can be measured."""
    view: dict[str, Any] = {"viewport": {"width": 1280, "height": 400}, "reduced_motion": "reduce"}
    context = open_as_editor(browser, live_server, session, **view)
    yield context.new_page()
    context.close()


def test_place_focus_and_address_stay(scripted: Page, article: Article) -> None:
    page = scripted
    page.goto(article.get_absolute_url() + "?raw=1")
    page.evaluate("window.same = true")
    button = line(page, FIRST).get_by_role("button")
    button.focus()
    expect(button).to_have_css("opacity", "1")
    before = line(page, FIRST).bounding_box()

    page.keyboard.press("Enter")

    expect(line(page, FIRST).get_by_role("button", name="Undo")).to_be_focused()
    expect(page.locator("#announcement")).to_have_text("Cut.")
    after = line(page, FIRST).bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2
    assert page.evaluate("window.same")
    assert page.url.endswith("?raw=1")


def test_who_is_no_longer_signed_in_is_told(scripted: Page, article: Article) -> None:
    scripted.goto(article.get_absolute_url() + "?raw=1")
    get_user_model().objects.all().delete()

    line(scripted, BAR).hover()
    line(scripted, BAR).get_by_role("button", name="Restore").click()

    expect(scripted.locator("#announcement")).to_contain_text("That was not done")
    expect(scripted.locator("#announcement")).to_be_visible()


def test_buttons_wait_for_the_pointer_and_are_in_sight_on_touch(
    browser: Browser, live_server: object, session: str, article: Article
) -> None:
    address = article.get_absolute_url() + "?raw=1"
    for touch, width, opacity in ((False, 1280, "0"), (True, 390, "1"), (True, 834, "1")):
        context = open_as_editor(
            browser, live_server, session, has_touch=touch, is_mobile=touch, viewport={"width": width, "height": 800}
        )
        page = context.new_page()
        page.goto(address)
        expect(line(page, FIRST).get_by_role("button")).to_have_css("opacity", opacity)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()


def test_score_and_rule_are_reached_without_a_pointer(scripted: Page, article: Article) -> None:
    scripted.goto(article.get_absolute_url() + "?raw=1")
    told = scripted.locator(".raw-why p")
    expect(told).to_be_hidden()

    scripted.locator(".raw-why summary").focus()
    scripted.keyboard.press("Enter")

    expect(told).to_contain_text("100% sure, by the rule")


def test_axe_finds_nothing_for_an_editor(
    browser: Browser, live_server: object, session: str, article: Article, theme: str
) -> None:
    context = open_as_editor(browser, live_server, session, color_scheme=theme)
    page = context.new_page()
    page.goto(article.get_absolute_url() + "?raw=1")
    press(page, LAST, "Cut")
    expect(page.locator(".raw-decided")).to_have_count(1)
    press(page, BAR, "Restore")
    expect(page.locator(".raw-decided")).to_have_count(2)

    assert axe_violations(page) == []
    context.close()


@pytest.mark.parametrize("width", [834, 1024, 1440, 1920])
def test_no_control_covers_the_text(
    browser: Browser, live_server: object, session: str, article: Article, width: int
) -> None:
    context = open_as_editor(browser, live_server, session, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"/articles/{article.pk}/?raw=1&about=AZ")
    press(page, FIRST, "Cut")
    expect(line(page, FIRST).get_by_role("button", name="Undo")).to_be_visible()

    covered = page.evaluate(
        """() => [...document.querySelectorAll(".raw-line")].filter((line) => {
            const words = document.createRange();
            words.selectNodeContents(line.querySelector("p"));
            return [...line.querySelectorAll(".act")].map((act) => act.getBoundingClientRect()).some((act) =>
                [...words.getClientRects()].some((box) =>
                    box.left < act.right && act.left < box.right && box.top < act.bottom && act.top < box.bottom));
        }).map((line) => line.innerText)"""
    )

    assert covered == []
    context.close()
