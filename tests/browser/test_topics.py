"""An editor at the rule of a topic: what it would change is shown while it is written, with script and without."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, Page, Route, expect

from newsdesk.articles.models import Article, Topic
from tests.browser.conftest import axe_violations, listen_for_faults, open_context

READER, ADMIN = "/topics/trade/", "/admin/articles/topic/trade/change/"
SUM = re.compile(r"The rule finds 20 articles\.")


@pytest.fixture
def session(desk: list[Article]) -> str:
    """All sixty have the word "trade" in their text; twenty have «торговля» in the title."""
    call_command("retag", verbosity=0)
    editor = get_user_model().objects.create_superuser("leyla")
    client = Client()
    client.force_login(editor)
    return client.cookies["sessionid"].value


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def page(request: pytest.FixtureRequest, browser: Browser, live_server: object, session: str) -> Iterator[Page]:
    context = open_context(browser, live_server, java_script_enabled=request.param == "with JavaScript")
    context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])
    page = context.new_page()
    faults = listen_for_faults(page, "404")  # the admin has no icon of its own
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def scripted(browser: Browser, live_server: object, session: str, theme: str) -> Iterator[Page]:
    context = open_context(browser, live_server, color_scheme=theme)
    context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("address", "box"), [(READER, "#rule"), (ADMIN, "#id_rule")], ids=["reader", "admin"])
def test_a_preview_by_its_button(page: Page, address: str, box: str) -> None:
    page.goto(address)
    page.locator(box).fill("title:торговля")

    page.get_by_role("button", name="Preview").click()

    expect(page.locator("#rule-preview")).to_contain_text(
        "The rule finds 20 articles. 0 would gain the topic, 40 would"
    )
    expect(page.locator(box)).to_have_value("title:торговля")
    assert Topic.objects.get(pk="trade").rule != "title:торговля"


@pytest.mark.parametrize(("address", "box"), [(READER, "#rule"), (ADMIN, "#id_rule")], ids=["reader", "admin"])
def test_a_fault_is_marked_in_the_rule(page: Page, address: str, box: str) -> None:
    page.goto(address)
    page.locator(box).fill("trade after:soon")

    page.get_by_role("button", name="Preview").click()

    expect(page.locator("#rule-preview .fault-place mark")).to_have_text("soon")


def test_a_saved_rule_is_applied(page: Page) -> None:
    page.goto(READER)
    page.locator("#rule").fill("title:торговля")

    page.get_by_role("button", name="Save and apply").click()

    expect(page.get_by_text("The rule is applied to all articles.")).to_be_visible()
    expect(page.get_by_role("link", name="All 20 articles")).to_be_visible()


@pytest.mark.parametrize(("address", "box"), [(READER, "#rule"), (ADMIN, "#id_rule")], ids=["reader", "admin"])
def test_a_late_answer_never_takes_the_place_of_a_newer_one(scripted: Page, address: str, box: str) -> None:
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    scripted.route("**/*", hold_the_first)
    scripted.goto(address)
    scripted.locator(box).fill("lorries")
    scripted.wait_for_timeout(700)
    assert held
    scripted.locator(box).fill("title:торговля")
    expect(scripted.locator(".rule-sum")).to_have_text(SUM)

    held[0].fulfill(body="<p class='rule-sum'>late</p>")

    scripted.wait_for_timeout(300)
    expect(scripted.locator(".rule-sum")).to_have_text(SUM)


def test_pages_are_accessible(scripted: Page) -> None:
    scripted.goto(READER)
    assert axe_violations(scripted) == []
    scripted.locator("#rule").fill("title:торговля OR ferry")
    expect(scripted.locator(".rule-dropped")).to_be_visible()
    assert axe_violations(scripted) == []
    scripted.locator("#rule").fill("trade after:soon")
    expect(scripted.locator(".fault")).to_be_visible()
    assert axe_violations(scripted) == []


def test_a_narrow_page_does_not_scroll_sideways(scripted: Page) -> None:
    scripted.set_viewport_size({"width": 390, "height": 800})
    for address, box in ((READER, "#rule"), (ADMIN, "#id_rule")):
        scripted.goto(address)
        scripted.locator(box).fill("title:торговля OR " + "x" * 200)
        expect(scripted.locator(".rule-dropped")).to_be_visible()
        assert scripted.evaluate("document.documentElement.scrollWidth") <= 390
