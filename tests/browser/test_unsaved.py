"""What was typed and not saved is not thrown away unasked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from newsdesk.annotations.models import Annotation
from newsdesk.articles.models import Article
from tests.browser.conftest import open_context
from tests.browser.test_notes import sign_in
from tests.factories import make_user


class Asked(list[str]):
    """The kinds of questions that were asked; each is answered by ``answer``."""

    answer = False

    def hear(self, dialog: Dialog) -> None:
        self.append(dialog.type)
        if self.answer:
            dialog.accept()
        else:
            dialog.dismiss()


@pytest.fixture
def page(browser: Browser, live_server: object, desk: list[Article]) -> Iterator[Page]:
    context = open_context(browser, live_server, viewport={"width": 1440, "height": 900})
    sign_in(context, make_user("editor", "leyla"), live_server)
    yield context.new_page()
    context.close()


@pytest.fixture
def asked(page: Page) -> Asked:
    asked = Asked()
    page.on("dialog", asked.hear)
    return asked


def open_form(page: Page) -> None:
    page.goto("/articles/?about=AZ")
    page.locator(".row-title a").nth(2).click()
    page.locator("#note-add").click()
    expect(page.locator("#note-form textarea[name=body]")).to_be_focused()


WAYS_OFF = {
    "Esc": lambda page: page.keyboard.press("Escape"),
    "Cancel": lambda page: page.locator("#note-form [data-dismiss]").click(),
    "Next": lambda page: page.locator(".page-nav [rel=next]").click(),
    "another row": lambda page: page.locator(".row-title a").nth(4).click(),
    "another list": lambda page: page.locator(".chip").first.click(),
    "another text": lambda page: page.locator(".switch a").last.click(),
    "Back": lambda page: page.evaluate("history.back()"),
}


@pytest.mark.parametrize("way", WAYS_OFF)
def test_a_note_that_was_begun_is_kept_until_one_says_so(page: Page, asked: Asked, way: str) -> None:
    open_form(page)
    body, form, address = page.locator("#note-form textarea[name=body]"), page.locator("#note-form form"), page.url
    body.fill("Who counted?")

    WAYS_OFF[way](page)
    page.wait_for_timeout(300)
    expect(body).to_have_value("Who counted?")
    assert page.url == address
    asked.answer = True
    WAYS_OFF[way](page)

    expect(form).to_have_count(0)
    assert asked == ["confirm", "confirm"]


@pytest.mark.parametrize("way", WAYS_OFF)
def test_nothing_is_asked_where_nothing_was_written(page: Page, asked: Asked, way: str) -> None:
    open_form(page)

    WAYS_OFF[way](page)

    expect(page.locator("#note-form form")).to_have_count(0)
    assert asked == []


def test_the_keyboard_saves_and_then_nothing_is_asked(page: Page, asked: Asked) -> None:
    open_form(page)
    page.keyboard.type("Who counted?")

    page.keyboard.press("Control+Enter")
    expect(page.locator(".note-list .note")).to_contain_text("Who counted?")
    page.reload()

    assert asked == []
    assert Annotation.objects.get().body == "Who counted?"


def test_leaving_the_page_is_asked_about(page: Page, asked: Asked) -> None:
    open_form(page)
    page.keyboard.type("Who counted?")
    asked.answer = True

    page.get_by_role("link", name="Views").click()

    page.wait_for_url("**/views/")
    assert asked == ["beforeunload"]


def test_a_correction_that_was_begun_is_kept(page: Page, asked: Asked, desk: list[Article]) -> None:
    page.goto(f"/articles/{desk[3].pk}/")
    page.get_by_role("link", name="Correct", exact=True).click()
    form = page.get_by_role("form", name="Correct an article")
    form.get_by_label("Published").fill("soon")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_be_focused()

    form.get_by_role("link", name="Cancel").click()
    page.wait_for_timeout(300)

    expect(form.get_by_label("Published")).to_have_value("soon")
    assert asked == ["confirm"]


def test_a_rule_that_was_changed_is_kept_or_saved_with_the_keyboard(page: Page, asked: Asked) -> None:
    page.goto("/topics/trade/")
    page.locator("#rule").fill("title:trade")
    asked.answer = True
    page.reload()
    assert asked == ["beforeunload"]

    page.locator("#rule").fill("title:trade")
    page.locator("#rule").press("Control+Enter")

    expect(page.locator(".rule-outline")).to_contain_text("in the title")
    assert asked == ["beforeunload"]
