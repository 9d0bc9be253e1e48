"""List and article side by side: what is opened, marked, folded, and found again by Back."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from newsdesk.articles.models import Article
from tests.browser.conftest import axe_violations, open_context

WIDE = {"width": 1440, "height": 900}
TABLET = {"width": 834, "height": 1112}
PHONE = {"width": 390, "height": 800}


@pytest.fixture
def opened(browser: Browser, live_server: object, desk: list[Article]) -> Iterator[Callable[..., Page]]:
    """Opens a page with options of its own."""
    contexts = []

    def open_page(**options: object) -> Page:
        contexts.append(open_context(browser, live_server, **options))
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def wide(opened: Callable[..., Page]) -> Page:
    return opened(viewport=WIDE)


def row(page: Page, number: int):
    return page.locator(".row-title a").nth(number)


def wait_for_cookie(page: Page, name: str, value: str) -> None:
    """A script's cookie reaches the browser's store a moment later, and a page that is asked for before goes without."""
    deadline = time.monotonic() + 5
    while (name, value) not in [(cookie["name"], cookie["value"]) for cookie in page.context.cookies()]:
        assert time.monotonic() < deadline, page.context.cookies()
        page.wait_for_timeout(20)


def top(page: Page, pane: str) -> int:
    return int(page.locator(pane).evaluate("pane => pane.scrollTop"))


def test_an_article_opens_beside_the_list_which_stays_where_it_was(wide: Page) -> None:
    wide.goto("/articles/?about=AZ")
    wide.evaluate("window.same = true")
    link = row(wide, 9)
    link.scroll_into_view_if_needed()
    before, title = top(wide, ".results"), link.inner_text()

    link.click()

    expect(wide.locator("#article h1")).to_have_text(title)
    expect(wide).to_have_url(re.compile(r"/articles/\d+/\?about=AZ$"))
    expect(wide).to_have_title(f"{title} – Newsdesk")
    expect(wide.locator(".row-title [aria-current]")).to_have_text(title)
    expect(wide.locator("#reading")).to_be_focused()
    assert top(wide, ".results") == before > 0
    assert wide.evaluate("window.same")


def test_back_finds_list_scroll_and_focus_and_forward_the_article(wide: Page) -> None:
    wide.goto("/articles/")
    link = row(wide, 9)
    link.scroll_into_view_if_needed()
    before, title = top(wide, ".results"), link.inner_text()
    link.click()
    expect(wide.locator("#article h1")).to_have_text(title)

    wide.go_back()
    expect(wide.locator("#article.nothing")).to_be_visible()
    expect(wide.locator(":focus")).to_have_text(title)
    assert top(wide, ".results") == before
    wide.go_forward()

    expect(wide.locator("#article h1")).to_have_text(title)
    expect(wide.locator(".row-title [aria-current]")).to_have_text(title)


def test_keys_go_on_to_the_neighbours_and_over_the_end_of_the_page(wide: Page) -> None:
    wide.goto("/articles/")
    titles = wide.locator(".row-title a").all_inner_texts()
    row(wide, 23).click()
    expect(wide.locator("#article h1")).to_have_text(titles[23])

    wide.keyboard.press("j")
    expect(wide.locator("#article h1")).to_have_text(titles[24])
    expect(wide.locator(".row-title [aria-current]")).to_have_text(titles[24])
    wide.keyboard.press("n")

    expect(wide.locator(".position")).to_have_text("26 of 60")
    expect(wide.locator("#desk")).to_have_attribute("data-address", "/articles/?page=2")
    expect(wide.locator(".row [aria-current]")).to_be_in_viewport()
    expect(wide).to_have_url(re.compile(r"/articles/\d+/$"))
    wide.keyboard.press("k")
    expect(wide.locator("#article h1")).to_have_text(titles[24])
    expect(wide.locator("#desk")).to_have_attribute("data-address", "/articles/")
    expect(wide.locator(".row-title [aria-current]")).to_have_text(titles[24])


def test_keys_walk_the_list_over_the_end_of_its_page(wide: Page) -> None:
    wide.goto("/articles/")
    row(wide, 24).focus()

    wide.keyboard.press("j")

    expect(wide).to_have_url(re.compile(r"page=2$"))
    expect(row(wide, 0)).to_be_focused()
    wide.keyboard.press("k")
    expect(wide).to_have_url(re.compile(r"/articles/$"))
    expect(row(wide, 24)).to_be_focused()


def test_an_article_opened_alone_gets_its_page_of_the_list_without_a_shift(wide: Page, desk: list[Article]) -> None:
    wide.add_init_script(
        "window.shifts = 0; new PerformanceObserver((list) => { for (const one of list.getEntries()) shifts += one.value; })"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    wide.goto(desk[10].get_absolute_url())

    expect(wide.locator(".row-title [aria-current]")).to_have_text(desk[10].title)
    expect(wide.locator(".row [aria-current]")).to_be_in_viewport()
    assert wide.evaluate("window.shifts") < 0.02
    assert wide.url.endswith(desk[10].get_absolute_url())


def test_esc_closes_the_article_and_leaves_the_focus_on_its_row(wide: Page, desk: list[Article]) -> None:
    wide.goto(desk[10].get_absolute_url())
    expect(wide.locator(".row [aria-current]")).to_be_visible()

    wide.keyboard.press("Escape")

    expect(wide.locator("#article.nothing")).to_be_visible()
    expect(wide.locator(":focus")).to_have_text(desk[10].title)
    expect(wide).to_have_url(re.compile(r"/articles/\?page=2$"))


def test_filters_go_on_working_while_an_article_is_open(wide: Page) -> None:
    wide.goto("/articles/")
    row(wide, 0).click()
    expect(wide.locator("#article.page")).to_be_visible()

    wide.locator("#in-language-ru").click()

    expect(wide.locator("#results")).to_have_text("20 articles")
    expect(wide.locator("#article.nothing")).to_be_visible()
    expect(wide).to_have_url(re.compile(r"/articles/\?language=ru$"))
    wide.go_back()
    expect(wide.locator("#article.page")).to_be_visible()
    expect(wide.locator("#results")).to_have_text("60 articles")


def test_panes_fold_by_key_and_stay_folded(wide: Page) -> None:
    wide.goto("/articles/")
    wide.keyboard.press("[")
    expect(wide.locator("#filters")).to_be_hidden()
    wait_for_cookie(wide, "filters", "folded")
    wide.reload()
    expect(wide.locator("#filters")).to_be_hidden()
    wide.get_by_role("button", name="Filters").click()
    expect(wide.locator("#filters")).to_be_visible()

    row(wide, 0).click()
    expect(wide.locator("#article.page")).to_be_visible()
    wide.keyboard.press("]")
    expect(wide.locator(".results")).to_be_hidden()
    wait_for_cookie(wide, "list", "folded")
    wide.reload()
    expect(wide.locator(".results")).to_be_hidden()
    wide.get_by_role("button", name="Show the list").click()
    expect(wide.locator(".row [aria-current]")).to_be_visible()


def test_groups_of_filters_stay_folded(wide: Page) -> None:
    wide.goto("/articles/")
    wide.locator("#facet-topic > summary").click()
    wide.locator("#facet-country > summary").click()
    expect(wide.locator("#in-country-GE")).to_be_visible()

    wide.locator("#in-about-AZ").click()
    expect(wide.locator("#results")).to_have_text("30 articles")
    wait_for_cookie(wide, "facets", "-topic.country")
    wide.reload()

    expect(wide.locator("#in-topic-trade")).to_be_hidden()
    expect(wide.locator("#in-country-GE")).to_be_visible()


@pytest.mark.parametrize("modifier", ["Control", "Shift"])
def test_a_click_with_a_key_is_the_browsers(wide: Page, modifier: str) -> None:
    wide.goto("/articles/")

    with wide.context.expect_page() as other:
        row(wide, 0).click(modifiers=[modifier])

    expect(other.value.locator("#article h1")).to_be_visible()
    expect(wide.locator("#article.nothing")).to_be_visible()


def test_a_tablet_has_list_and_article_and_the_filters_in_a_drawer(opened: Callable[..., Page]) -> None:
    page = opened(viewport=TABLET)
    page.goto("/articles/")
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator("#reading")).to_be_hidden()

    row(page, 12).click()

    expect(page.locator("#article h1")).to_be_visible()
    expect(page.locator(".row [aria-current]")).to_be_in_viewport()
    page.locator(".filters-button").click()
    expect(page.locator("#filters")).to_be_visible()


def test_a_phone_has_one_page_after_the_other(opened: Callable[..., Page]) -> None:
    page = opened(viewport=PHONE)
    page.goto("/articles/")
    page.evaluate("window.same = true")

    row(page, 0).click()

    expect(page.locator("#article h1")).to_be_visible()
    expect(page.locator(".results")).to_have_count(0)
    assert not page.evaluate("window.same")


def test_without_javascript_an_article_is_a_page_of_its_own(opened: Callable[..., Page]) -> None:
    page = opened(viewport=WIDE, java_script_enabled=False)
    page.goto("/articles/")
    expect(page.locator("#reading")).to_be_hidden()

    row(page, 0).click()

    expect(page.locator("#article h1")).to_be_visible()
    box = page.locator("#article").bounding_box()
    assert box is not None
    assert abs((box["x"] + box["width"] / 2) - WIDE["width"] / 2) < 20


def test_text_is_set_at_once_and_stays_set(wide: Page, desk: list[Article]) -> None:
    wide.goto(desk[0].get_absolute_url())
    text = wide.locator(".text p").first
    before = text.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    wide.get_by_role("link", name="Display").click()

    wide.get_by_role("button", name="Very large").click()

    assert text.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") > before
    wait_for_cookie(wide, "size", "huge")
    wide.reload()
    assert text.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") > before


def test_a_key_is_changed_by_pressing_it_and_works(wide: Page) -> None:
    wide.goto("/preferences/keys/")
    box = wide.get_by_label("next in the list; next article")
    box.press("x")
    expect(box).to_have_value("X")
    wide.get_by_role("button", name="Save").click()
    expect(wide.locator("[role=status]")).to_be_visible()

    wide.goto("/articles/")
    wide.keyboard.press("j")
    expect(wide.locator(".row-title a:focus")).to_have_count(0)
    wide.keyboard.press("x")

    expect(row(wide, 0)).to_be_focused()


def test_two_keys_in_a_row_go_to_a_page(wide: Page) -> None:
    wide.goto("/help/")

    wide.keyboard.press("g")
    wide.keyboard.press("l")

    expect(wide).to_have_url(re.compile(r"/articles/$"))


def test_switched_off_keys_do_nothing(wide: Page) -> None:
    wide.goto("/preferences/")
    wide.get_by_role("button", name="Off").click()
    wide.goto("/articles/")

    wide.keyboard.press("j")

    expect(wide.locator(".row-title a:focus")).to_have_count(0)


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize(
    "path", ["list", "open", "article", "/preferences/", "/preferences/keys/", "/help/", "/absent/"]
)
def test_axe_finds_nothing(opened, desk, theme, viewport, path) -> None:
    page = opened(viewport=viewport, color_scheme=theme)
    page.goto({"list": "/articles/", "open": "/articles/", "article": desk[3].get_absolute_url()}.get(path, path))
    if path == "open":
        row(page, 0).click()
        expect(page.locator("#article h1")).to_be_visible()
    page.wait_for_load_state("networkidle")

    assert axe_violations(page) == []


def test_all_panes_are_reached_and_left_by_tab_alone(wide: Page, desk: list[Article]) -> None:
    wide.goto("/articles/?more=about")
    seen = []
    for _ in range(200):
        wide.keyboard.press("Tab")
        seen.append(
            wide.evaluate(
                "(document.activeElement.closest('.filters, .results, .masthead, .skip') ?? document.body).className"
            )
        )
        if seen[-1] == "":
            break

    assert {"filters", "results", "masthead"} <= set(seen)
    wide.goto("/articles/")
    wide.keyboard.press("Tab")
    wide.keyboard.press("Enter")
    wide.keyboard.press("Tab")
    assert wide.evaluate("document.activeElement.closest('.results-head, .rows') !== null")


def test_filtering_reading_and_closing_need_no_pointer(wide: Page) -> None:
    wide.goto("/articles/")
    wide.locator("#in-about-AZ").focus()
    wide.keyboard.press("Enter")
    expect(wide.locator("#results")).to_have_text("30 articles")
    expect(wide.locator("#in-about-AZ")).to_be_focused()

    wide.keyboard.press("j")
    title = row(wide, 0).inner_text()
    wide.keyboard.press("Enter")
    expect(wide.locator("#article h1")).to_have_text(title)
    expect(wide.locator("#reading")).to_be_focused()
    wide.keyboard.press("Tab")
    assert wide.evaluate("document.activeElement.closest('#article') !== null")
    wide.keyboard.press("Escape")

    expect(wide.locator("#article.nothing")).to_be_visible()
    expect(row(wide, 0)).to_be_focused()


def test_the_open_row_is_marked_without_colours_too(opened: Callable[..., Page]) -> None:
    page = opened(viewport=WIDE, forced_colors="active", reduced_motion="reduce")
    page.goto("/articles/")

    row(page, 0).click()

    expect(page.locator(".row [aria-current]")).to_be_visible()
    style = page.locator(".row").first.evaluate("one => getComputedStyle(one).outlineStyle")
    assert style == "solid"
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("width", [320, 640, 720, 834, 1199, 1200, 1440, 1920])
def test_nothing_sticks_out_at_any_width_nor_at_twice_the_size(opened, desk, width) -> None:
    page = opened(viewport={"width": width, "height": 800})

    for path in ("/articles/?about=AZ&q=trade", desk[0].get_absolute_url(), "/preferences/keys/"):
        page.goto(path)
        page.wait_for_load_state("networkidle")

        sticking = page.evaluate(
            "[document.documentElement, ...document.querySelectorAll('.filters, .results, .reading')]"
            ".filter((one) => one === document.documentElement || getComputedStyle(one).overflowY === 'auto')"
            ".filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className)"
        )
        assert sticking == []
