"""Chromium against a live server. Debian's own is driven: nothing is downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from newsdesk.articles import stories
from newsdesk.articles.models import Article, Source
from tests.factories import make_articles

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PER_PAGE = 25
BODY = (
    "Ministers of Azerbaijan and Russia met in Baku to talk about trade, and the customs service gave figures.\n\n"
    "Lorries now pass the border in {number} hours. Hauliers asked for a second lane, officials said on Monday.\n\n"
    "The next meeting will be held in autumn, and the service promised to publish the waiting times every day."
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They share a browser, so one process runs them all; without a browser they are skipped, and say so."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: apt install chromium"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread, and our queries do not
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def desk(transactional_db: None) -> list[Article]:
    """Sixty articles of two countries, two topics and two languages; the newest two are one story."""
    many = []
    for number in range(60):
        russian = number % 3 == 0
        many.append(
            {
                "title": f"Торговля растёт, выпуск {number}" if russian else f"Trade grows, part {number}",
                "body": BODY.format(number=number),
                "language": "ru" if russian else "en",
                "published": f"{2020 + number // 12}-{number % 12 + 1:02}-15",
                "about": ["AZ"] if number % 2 else ["RU"],
                "mentioned": ["GE"],
                "topics": ["trade"] if number % 2 else ["karabakh"],
                "evidence": {"AZ": ["Azerbaijan"], "RU": ["Russia"], "trade": ["trade"]},
                "source": "herald",
                "url": f"https://herald.example/{number}",
                "raw_text": "Share this page\n\n" + BODY.format(number=number),
                "cuts": [(0, 17, "share")],
            }
        )
    articles = make_articles(many)
    stories.split([article.pk for article in articles[-2:]], None)
    Source.objects.filter(slug="herald").update(name="Highland Herald")
    return articles


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def open_context(browser: Browser, live_server: object, **options: Any) -> BrowserContext:
    context = browser.new_context(base_url=str(live_server), **{"viewport": {"width": 1280, "height": 900}, **options})
    context.set_default_timeout(10_000)
    return context


@pytest.fixture
def page(browser: Browser, live_server: object, desk: list[Article]) -> Iterator[Page]:
    """A page on which any error of a script, or anything that the policy for contents forbids, fails the test."""
    context = open_context(browser, live_server)
    page = context.new_page()
    faults = listen_for_faults(page)
    yield page
    context.close()
    assert faults == []


# What htmx tells when a page is left that still asks for something.
BROKEN_OFF = ("htmx:afterRequest", "htmx:sendAbort")


def listen_for_faults(page: Page, *expected: str) -> list[str]:
    """What scripts and the policy for contents will complain of, but for what is expected."""
    faults: list[str] = []

    def hear(fault: str) -> None:
        if not any(words in fault for words in (*BROKEN_OFF, *expected)):
            faults.append(fault)

    page.on("pageerror", lambda error: hear(str(error)))
    page.on("console", lambda message: hear(message.text) if message.type == "error" else None)
    return faults


def axe_violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]
