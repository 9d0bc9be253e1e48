"""Stories as a person reads them, folded in the list and on their own page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from newsdesk.articles import stories
from newsdesk.articles.models import Article, Claims, Correction
from newsdesk.pipeline.stages.fingerprint import fingerprint_of
from tests.browser.conftest import axe_violations, open_context
from tests.factories import make_article, make_articles, make_source

SAID = "we shall open the second lane before the autumn rains begin"


@pytest.fixture
def story(desk: list[Article]) -> str:
    """Of four versions and a copy; its address."""
    for slug, name in (("kura", "Kura Post"), ("river", "River Wire"), ("gazette", "Горная газета")):
        make_source(slug, name)
    texts = [
        ("Bridge closed", "The bridge at Salyan was closed on Monday, and 340 people walked.", "kura", "en"),
        ("Why it is closed", f"The bridge at Salyan is old, Farid Mammadov said of its 5,200 bolts: “{SAID}”.", "river", "en"),
        ("Why it is closed, again", f"The bridge at Salyan is old, Farid Mammadov said: “{SAID}”.", "herald", "en"),
        ("Мост закрыт", "Мост в Сальянах закрыт, 340 человек шли пешком, сообщил Гусейнов.", "gazette", "ru"),
    ]  # fmt: skip  # several to a line
    articles = make_articles(
        {
            "title": title,
            "body": body,
            "source": source,
            "language": language,
            "published": f"2025-05-1{at}T09:00",
            "precision": "minute",
            "fingerprint": fingerprint_of(title, body),
        }
        for at, (title, body, source, language) in enumerate(texts)
    )
    undated = make_article("Nobody knows when the bridge at Salyan closed.", title="A bridge", published=None)
    found = stories.split([article.pk for article in (*articles, undated)], None)
    Correction.objects.all().delete()
    copy = Claims.objects.get(pk=articles[2].pk)
    copy.claims["reprint_of"] = str(articles[1].pk)
    copy.save()
    return found.get_absolute_url()


def test_a_story_is_folded_opened_and_read(page: Page, story: str) -> None:
    page.goto("/articles/?language=en")
    page.evaluate("window.same = true")
    page.locator("#fold1").click()
    expect(page).to_have_url(re.compile(r"\?language=en&fold=1$"))
    expect(page.locator("#results")).to_have_text("44 articles in 40 stories")
    expect(page.locator("#announcement")).to_have_text("44 articles in 40 stories")
    assert page.evaluate("window.same")
    expect(page.locator(".row").first).to_contain_text("4 of 5 articles, 3 outlets, English")

    page.locator(".row").first.get_by_role("link", name="4 of 5 articles").click()

    expect(page).to_have_url(re.compile(story))
    expect(page.locator(".version")).to_have_count(4)
    expect(page.locator(".is-first h3")).to_have_text("Bridge closed")
    page.get_by_role("link", name="Show in the list").click()
    expect(page.locator("#results")).to_have_text("5 articles")
    page.locator(".chip-page").click()
    expect(page).to_have_url(re.compile(story))


def test_why_an_article_is_in_the_story_is_told_on_demand(page: Page, story: str) -> None:
    page.goto(story)
    because = page.locator(".version", has_text="Why it is closed").locator(".because")
    expect(because.locator("dl")).to_be_hidden()

    because.locator("summary").focus()
    page.keyboard.press("Enter")

    expect(because.locator("dl")).to_contain_text("Salyan")


def test_stories_work_without_javascript(browser: Browser, live_server: object, story: str) -> None:
    context = open_context(browser, live_server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/articles/")
    page.locator("#fold1").click()
    assert page.locator("#results").inner_text() == "65 articles in 60 stories"
    page.locator(".pages [rel=next]").click()
    assert page.url.endswith("/articles/?fold=1&page=2")
    page.goto(story)
    page.locator(".because summary").first.click()
    expect(page.locator(".because dl").first).to_be_visible()
    context.close()


def test_previous_and_next_go_from_story_to_story(page: Page, story: str) -> None:
    page.goto("/articles/?fold=1")
    titles = page.locator(".row-title a").all_inner_texts()
    page.locator(".row-title a").first.click()
    expect(page.locator(".position")).to_have_text("1 of 60")

    page.locator(".page-nav [rel=next]").click()

    expect(page.locator("#article h1")).to_have_text(titles[1])
    page.locator(".back").click()
    expect(page.locator("#results")).to_have_text("65 articles in 60 stories")


@pytest.mark.parametrize("width", [320, 390, 834], ids=["narrow", "phone", "tablet"])
@pytest.mark.parametrize("path", ["story", "/articles/?fold=1"])
def test_nothing_sticks_out_of_a_small_screen(
    browser: Browser, live_server: object, story: str, width: int, path: str
) -> None:
    context = open_context(browser, live_server, viewport={"width": width, "height": 800})
    page = context.new_page()

    page.goto(story if path == "story" else path)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


@pytest.mark.parametrize("path", ["story", "/articles/?fold=1", "list"])
def test_axe_finds_nothing(browser: Browser, live_server: object, story: str, theme: str, path: str) -> None:
    context = open_context(browser, live_server, color_scheme=theme)
    page = context.new_page()
    page.goto({"story": story, "list": f"/articles/?story={story.split('/')[2]}"}.get(path, path))
    for summary in page.locator(".because summary").all():
        summary.click()

    assert axe_violations(page) == []
    context.close()
