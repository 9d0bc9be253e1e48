"""Articles kept for reading offline, and what must never be kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from newsdesk.articles.models import Article
from newsdesk.reader.offline import MOST_KEPT
from tests.browser.conftest import axe_violations, open_context
from tests.factories import make_note, make_user

KEPT = """async () => {
    const paths = {};
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        paths[name] = (await cache.keys()).map((request) => new URL(request.url).pathname);
    }
    return paths;
}"""


MATCH = "caches.match(url, { cacheName: 'newsdesk-articles', ignoreVary: true })"
COUNT = "caches.open('newsdesk-articles').then((one) => one.keys()).then((all) => all.length)"


@pytest.fixture
def context(browser: Browser, live_server: Any, desk: list[Article]) -> Iterator[BrowserContext]:
    """Of a reader who wants articles to be kept."""
    context = open_context(browser, live_server)
    context.add_cookies([{"name": "offline", "value": "on", "url": str(live_server)}])
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """With the worker at work."""
    page = context.new_page()
    page.goto("/help/")
    wait_until(page, "() => Boolean(navigator.serviceWorker.controller)")
    return page


def wait_until(page: Page, true: str, about: object = None) -> None:
    """Playwright's own waiting evaluates strings, which our policy for contents forbids."""
    for _ in range(100):
        if page.evaluate(true, about):
            return
        page.wait_for_timeout(100)
    raise AssertionError(true)


def kept(page: Page) -> list[str]:
    found: dict[str, list[str]] = page.evaluate(KEPT)
    return found.get("newsdesk-articles", [])


def wait_until_kept(page: Page, article: Article) -> None:
    url = article.get_absolute_url()
    wait_until(page, f"url => {MATCH}.then(Boolean)", url)


def test_nothing_is_kept_unless_asked_for(browser: Browser, live_server: Any, desk: list[Article]) -> None:
    context = open_context(browser, live_server)
    page = context.new_page()
    page.goto(desk[0].get_absolute_url())
    page.wait_for_load_state("networkidle")

    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    assert page.evaluate(KEPT) == {}
    context.close()


def test_an_article_that_was_opened_is_read_offline_with_its_looks(
    context: BrowserContext, page: Page, desk: list[Article]
) -> None:
    page.goto(f"{desk[0].get_absolute_url()}?topic=karabakh")
    wait_until_kept(page, desk[0])
    context.set_offline(True)

    page.goto(desk[0].get_absolute_url())

    expect(page.locator("#article h1")).to_have_text(desk[0].title)
    expect(page.locator(".kept-note")).to_contain_text("this is the copy that is kept in this browser")
    assert page.locator(".kicker").evaluate("one => getComputedStyle(one).display") == "flex"
    assert axe_violations(page) == []


def test_an_article_that_was_opened_beside_the_list_is_kept_as_a_whole_page(
    context: BrowserContext, page: Page, desk: list[Article]
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/articles/")
    row = page.locator(f"#row-{desk[-1].pk} .row-title a")
    row.click()
    expect(page.locator("#article h1")).to_have_text(desk[-1].title)
    wait_until_kept(page, desk[-1])
    page.goto("/articles/")
    context.set_offline(True)

    row.click()

    expect(page.locator(".kept-note")).to_be_visible()
    expect(page.locator(".masthead")).to_be_visible()
    expect(page.locator("#article h1")).to_have_text(desk[-1].title)


def test_what_is_not_kept_shows_what_is(context: BrowserContext, page: Page, desk: list[Article]) -> None:
    for article in desk[:2]:
        page.goto(article.get_absolute_url())
        wait_until_kept(page, article)
    page.goto("/articles/")
    context.set_offline(True)

    page.goto(desk[5].get_absolute_url())

    expect(page.get_by_role("heading", level=1)).to_have_text("The server does not answer")
    expect(page.locator("#kept a")).to_have_text([desk[1].title, desk[0].title])
    assert axe_violations(page) == []
    page.locator("#kept a").last.click()
    expect(page.locator("#article h1")).to_have_text(desk[0].title)


def test_only_whole_clean_articles_are_kept(page: Page, desk: list[Article]) -> None:
    for path in ("/", "/articles/", "/notes/", f"{desk[1].get_absolute_url()}?raw=1", "/articles/999/"):
        page.goto(path)
    page.goto(desk[0].get_absolute_url())
    wait_until_kept(page, desk[0])

    assert kept(page) == [desk[0].get_absolute_url()]
    text = page.evaluate(f"url => {MATCH}.then((one) => one.text())", kept(page)[0])
    assert text.startswith("<!doctype html>")


def test_only_so_many_are_kept(page: Page, desk: list[Article]) -> None:
    page.goto(desk[0].get_absolute_url())
    wait_until_kept(page, desk[0])
    page.evaluate(
        """async ([url, most]) => {
            const cache = await caches.open('newsdesk-articles');
            const page = await cache.match(url, { ignoreVary: true });
            for (let at = 0; at < most; at += 1) await cache.put(`/articles/${9000 + at}/`, page.clone());
        }""",
        [desk[0].get_absolute_url(), MOST_KEPT],
    )

    page.goto(desk[1].get_absolute_url())
    wait_until_kept(page, desk[1])
    wait_until(page, f"most => {COUNT}.then((count) => count === most)", MOST_KEPT)

    assert kept(page)[0] == "/articles/9001/"
    assert kept(page)[-1] == desk[1].get_absolute_url()


def test_switching_it_off_deletes_all(page: Page, desk: list[Article]) -> None:
    page.goto(desk[0].get_absolute_url())
    wait_until_kept(page, desk[0])
    page.get_by_role("link", name="Display").click()

    page.get_by_role("button", name="Not kept").click()

    wait_until(page, "caches.keys().then((all) => !all.length)")
    wait_until(page, "navigator.serviceWorker.getRegistrations().then((all) => !all.length)")
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(KEPT) == {}


def test_without_its_cookie_all_is_deleted(context: BrowserContext, page: Page, desk: list[Article]) -> None:
    page.goto(desk[0].get_absolute_url())
    wait_until_kept(page, desk[0])
    context.clear_cookies()

    page.goto("/articles/")

    wait_until(page, "caches.keys().then((all) => !all.length)")


def test_signing_out_leaves_nothing_to_the_next(
    context: BrowserContext, page: Page, live_server: Any, client: Client, desk: list[Article]
) -> None:
    user = make_user("analyst", "leyla")
    make_note(desk[0], author=user, body="A private doubt", visibility="private")
    client.force_login(user)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])
    page.goto(desk[0].get_absolute_url())
    wait_until_kept(page, desk[0])
    assert "A private doubt" in page.evaluate(f"url => {MATCH}.then((one) => one.text())", desk[0].get_absolute_url())
    page.goto("/account/")

    page.get_by_role("button", name="Sign out").click()

    wait_until(page, "caches.has('newsdesk-articles').then((has) => !has)")
    context.set_offline(True)
    page.goto(desk[0].get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("The server does not answer")


def test_a_session_that_ends_by_itself_leaves_nothing_to_the_next(
    context: BrowserContext, page: Page, live_server: Any, client: Client, desk: list[Article]
) -> None:
    client.force_login(make_user("analyst", "leyla"))
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])
    page.goto(desk[0].get_absolute_url())
    wait_until_kept(page, desk[0])
    context.clear_cookies(name="sessionid")

    page.goto(desk[1].get_absolute_url())
    wait_until_kept(page, desk[1])

    assert kept(page) == [desk[1].get_absolute_url()]


def test_what_is_gone_from_the_server_goes_here_too(page: Page, desk: list[Article]) -> None:
    page.goto(desk[0].get_absolute_url())
    wait_until_kept(page, desk[0])
    url = desk[0].get_absolute_url()
    desk[0].delete()

    page.goto(url)

    wait_until(page, f"{COUNT}.then((count) => !count)")
