"""Taking a list away, and a collection: with the pointer, the keyboard, and no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from newsdesk.articles.models import Article
from newsdesk.workspace import collecting
from newsdesk.workspace.models import Collection
from tests.browser.conftest import axe_violations, open_context
from tests.factories import make_user


@pytest.fixture
def anna(desk: list[Article]) -> Any:
    return make_user("analyst", "anna")


def open_as(user: Any, browser: Browser, live_server: object, **options: Any) -> BrowserContext:
    client = Client()
    client.force_login(user)
    context = open_context(browser, live_server, **options)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": str(live_server)}])
    return context


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def own(browser: Browser, live_server: object, anna: Any, scripts: bool) -> Iterator[Page]:
    context = open_as(anna, browser, live_server, java_script_enabled=scripts)
    yield context.new_page()
    context.close()


@pytest.fixture
def collection(anna: Any, desk: list[Article]) -> Collection:
    made = Collection.objects.create(title="Picked", introduction="What we found", author=anna)
    for article in desk[:3]:
        collecting.add(made, article)
    return made


def test_a_list_is_taken_away_from_its_sheet(own: Page) -> None:
    own.goto("/articles/?about=AZ")
    own.get_by_role("link", name="Take away").click()
    expect(own.get_by_text("30 articles, 0 notes that you may see")).to_be_visible()

    with own.expect_download() as download:
        own.get_by_role("button", name="CSV").click()

    assert download.value.suggested_filename.startswith("newsdesk-list-")
    lines = download.value.path().read_text("utf-8").splitlines()
    assert len(lines) == 31


def test_the_brief_opens_to_be_printed(own: Page) -> None:
    own.goto("/articles/?about=AZ")
    own.get_by_role("link", name="Take away").click()

    with own.context.expect_page() as opened:
        own.get_by_role("button", name="Print").click()

    expect(opened.value.locator("h1")).to_have_text("Azerbaijan")
    expect(opened.value.locator("article")).to_have_count(30)


def test_an_article_is_put_into_a_new_collection(own: Page, desk: list[Article]) -> None:
    own.goto(desk[0].get_absolute_url())
    own.locator("#article").get_by_role("link", name="Add to…").click()  # the rows beside it have one too
    own.get_by_label("A new collection").fill("Mine")
    own.get_by_role("button", name="Make it and add").click()

    expect(own.get_by_text("It is in Mine")).to_be_visible()
    assert [item.article for item in Collection.objects.get().items.all()] == [desk[0]]


def test_a_collection_is_put_in_order(own: Page, collection: Collection, desk: list[Article]) -> None:
    own.goto(collection.get_absolute_url())
    own.get_by_role("button", name=re.compile(f"Up.*{desk[2].title}")).click()
    expect(own.locator("#items h2").nth(1)).to_have_text(desk[2].title)
    own.get_by_role("button", name=re.compile(f"Take out.*{desk[0].title}")).click()

    expect(own.locator("#items h2")).to_have_text([desk[2].title, desk[1].title])


@pytest.mark.parametrize("scripts", [True], ids=["with scripts"], indirect=True)
def test_an_article_is_moved_by_keyboard_alone_and_the_focus_goes_along(
    own: Page, collection: Collection, desk: list[Article]
) -> None:
    own.goto(collection.get_absolute_url())
    down = own.get_by_role("button", name=re.compile(f"Down.*{desk[0].title}"))
    down.focus()
    own.keyboard.press("Enter")
    expect(own.locator("#items h2").nth(1)).to_have_text(desk[0].title)
    expect(down).to_be_focused()
    own.keyboard.press("Enter")

    expect(own.locator("#items h2").nth(2)).to_have_text(desk[0].title)
    expect(down).to_be_focused()


@pytest.mark.parametrize("width", [320, 1280])
def test_sheets_and_collections_are_accessible_and_fit(
    browser: Browser, live_server: object, anna: Any, collection: Collection, theme: Any, width: int
) -> None:
    context = open_as(anna, browser, live_server, color_scheme=theme, viewport={"width": width, "height": 900})
    page = context.new_page()
    addresses = ["/collections/", collection.get_absolute_url(), "/articles/export/", "/notes/import/"]
    found = {}

    for address in [*addresses, f"/collections/add/?article={collection.items.get(position=1).article_id}"]:
        page.goto(address)
        found[address] = axe_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page.goto("/articles/")
    page.get_by_role("link", name="Take away").click()
    expect(page.locator("#sheet")).to_be_visible()
    found["sheet"] = axe_violations(page)
    page.goto(f"{collection.get_absolute_url()}export/html/?open=1")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()

    assert {address: faults for address, faults in found.items() if faults} == {}


def test_the_sheet_keeps_the_focus_when_a_collection_is_made_and_gives_it_back(
    browser: Browser, live_server: object, desk: list[Article], anna: Any
) -> None:
    context = open_as(anna, browser, live_server)
    page = context.new_page()
    page.goto(desk[0].get_absolute_url())
    opener = page.locator(".page .add-to, .page-tools a[href*='/collections/add/']").first

    opener.press("Enter")
    page.fill("#sheet #id_title", "A dossier")
    page.locator("#sheet button.is-main").press("Enter")
    expect(page.locator("#sheet").get_by_role("link", name="A dossier")).to_be_visible()

    expect(page.locator("#sheet")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    context.close()
