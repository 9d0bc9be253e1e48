"""Evidence in the text of an article: under the pointer, under the focus, and by "why?"."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from newsdesk.articles.models import Article
from tests.browser.conftest import open_context
from tests.factories import make_article

LONG = "\n\n".join(["The customs service gave figures, and the hauliers waited at the border."] * 40)


@pytest.fixture
def long_article(desk: list[Article]) -> Article:
    return make_article(
        f"Ministers met in Tbilisi.\n\n{LONG}\n\nThey went on to Baku to talk about trade.",
        about=["AZ"],
        mentioned=["GE"],
        topics=["trade"],
        evidence={"AZ": ["Baku"], "GE": ["Tbilisi"], "trade": ["trade"]},
    )


@pytest.mark.parametrize(
    ("claim", "words"), [("country:AZ", "Baku"), ("country:GE", "Tbilisi"), ("topic:trade", "trade")]
)
def test_a_claim_lights_its_words_under_the_pointer_and_the_focus(
    page: Page, long_article: Article, claim: str, words: str
) -> None:
    page.goto(long_article.get_absolute_url())
    row = page.locator(f'[data-claim="{claim}"]')
    lit = page.locator(".text .is-hinted")
    expect(lit).to_have_count(0)

    row.hover()
    expect(lit).to_have_text(words)
    page.mouse.move(0, 0)
    expect(lit).to_have_count(0)

    row.locator(".why").focus()
    expect(lit).to_have_text(words)
    page.locator("#help").focus()
    expect(lit).to_have_count(0)


def test_why_jumps_to_the_evidence_and_keeps_the_focus(page: Page, long_article: Article) -> None:
    page.goto(long_article.get_absolute_url())
    why = page.locator('[id="why-country:AZ"]')
    expect(page.locator('.text [data-claims~="country:AZ"]')).not_to_be_in_viewport()

    why.focus()
    page.keyboard.press("Enter")

    expect(page.locator(".text mark")).to_have_text("Baku")
    expect(page.locator(".text mark")).to_be_in_viewport()
    expect(why).to_be_focused()


def test_why_jumps_to_the_evidence_without_javascript(
    browser: Browser, live_server: object, long_article: Article
) -> None:
    context = open_context(browser, live_server, java_script_enabled=False)
    page = context.new_page()
    page.goto(long_article.get_absolute_url())

    page.locator('[id="why-country:AZ"]').click()

    expect(page.locator(".text mark")).to_be_in_viewport()
    context.close()
