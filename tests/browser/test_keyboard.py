"""From the front page to a file with a note in it, without a pointer: every step by a key, every focus in sight."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from newsdesk.annotations.models import Annotation
from newsdesk.articles.models import Article
from tests.browser.conftest import listen_for_faults, open_context
from tests.browser.test_notes import sign_in
from tests.factories import make_user

MOST = 150  # presses of Tab from one end of a page to the other
IS_SEEN = """(one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return one.matches(":focus-visible") && outlineStyle !== "none" && parseFloat(outlineWidth) >= 1
        && (one.contains(over) || over?.contains(one));
}"""


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["wide", "phone"])
def page(browser: Browser, live_server: object, desk: list[Article], request: pytest.FixtureRequest) -> Iterator[Page]:
    """Of an analyst; a pointer would fail the test."""
    width, height = request.param
    context = open_context(
        browser, live_server, viewport={"width": width, "height": height}, reduced_motion="reduce"
    )  # so that a focus is in sight at once
    sign_in(context, make_user("analyst", "anna"), live_server)
    context.add_init_script("addEventListener('pointerdown', () => { throw Error('a pointer'); }, true)")
    page = context.new_page()
    faults = listen_for_faults(page)
    yield page
    context.close()
    assert faults == []


def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Go to it by Tab alone; it shows that it has the focus, and nothing lies over it."""
    expect(wanted).to_be_visible()
    for _ in range(MOST):
        if wanted.evaluate("one => one === document.activeElement"):
            assert wanted.evaluate(IS_SEEN), f"the focus is not seen on {wanted}"
            return
        page.keyboard.press(key)
    raise AssertionError(f"Tab does not come to {wanted}")


def enter(page: Page, wanted: Locator, key: str = "Tab") -> None:
    tab_to(page, wanted, key)
    page.keyboard.press("Enter")


def is_phone(page: Page) -> bool:
    return bool(page.viewport_size and page.viewport_size["width"] < 600)


def expect_article(page: Page, title: str) -> None:
    """It is there, and ready for keys."""
    expect(page.locator("#article h1")).to_have_text(title)
    page.wait_for_load_state()
    if not is_phone(page):
        expect(page.locator("#reading")).to_be_focused()


def test_filter_read_annotate_and_export(page: Page, desk: list[Article]) -> None:
    page.goto("/")
    enter(page, page.get_by_role("navigation", name="Site").get_by_role("link", name="Articles"))
    expect(page.locator("#results")).to_have_text("60 articles")

    # Filter
    if is_phone(page):
        enter(page, page.get_by_role("button", name="Filters"))
    enter(page, page.locator("#filters").get_by_role("link", name="Trade 30"))
    expect(page.locator("#results")).to_have_text("30 articles")
    if is_phone(page):
        page.keyboard.press("Escape")
        expect(page.locator("#filters")).to_be_hidden()

    # Read
    page.keyboard.press("j")
    first = page.locator(".row-title a").first
    expect(first).to_be_focused()
    title = first.inner_text()
    page.keyboard.press("Enter")
    expect_article(page, title)
    second = page.locator(".page-nav [rel=next]").get_attribute("title") or ""
    page.keyboard.press("n")
    expect_article(page, second)
    page.keyboard.press("p")
    expect_article(page, title)

    # Annotate
    page.keyboard.press("a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#note-form textarea[name=body]")).to_be_focused()
    page.keyboard.type("Who counted?")
    enter(page, page.locator("#note-form button.is-main"))
    expect(page.locator(".note-list .note")).to_contain_text("Who counted?")
    expect(page.locator(".note-list .note")).to_be_focused()
    note = Annotation.objects.get()
    assert note.exact

    # Export
    page.keyboard.press("Escape")
    expect(page.locator("#article.page")).to_have_count(0)
    expect(page.locator("#results")).to_have_text("30 articles")
    if is_phone(page):
        enter(page, page.get_by_role("link", name="Take away"))  # a new page, that begins at the list
    else:
        expect(page.locator(f"#row-{note.article_id} .row-title a")).to_be_focused()
        enter(page, page.get_by_role("link", name="Take away"), "Shift+Tab")
    expect(page.get_by_text("30 articles, 1 note that you may see")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Markdown"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert "Who counted?" in download.value.path().read_text("utf-8")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Take away")).to_be_focused()
