"""Passages are noted with the pointer, with the keyboard alone, and without a script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, expect

from newsdesk.annotations.models import Annotation
from newsdesk.articles.models import Article
from tests.browser.conftest import axe_violations, open_context
from tests.factories import make_articles, make_note, make_user

BODY = "Lorries now pass the border in 59 hours."


@pytest.fixture
def anna(desk: list[Article]) -> Any:
    return make_user("analyst", "anna")


def sign_in(context: BrowserContext, user: Any, live_server: object) -> None:
    session = SessionStore()
    session["_auth_user_id"], session["_auth_user_backend"] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.create()
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": str(live_server)}]
    )


@pytest.fixture
def analyst(page: Page, anna: Any, live_server: object) -> Page:
    sign_in(page.context, anna, live_server)
    return page


@pytest.fixture
def plain(browser: Browser, live_server: object, anna: Any) -> Iterator[Page]:
    """A browser without scripts."""
    context = open_context(browser, live_server, java_script_enabled=False)
    sign_in(context, anna, live_server)
    yield context.new_page()
    context.close()


def drag_over(page: Page, words: str) -> None:
    """Select words of the text as a pointer does."""
    page.get_by_text(words).first.scroll_into_view_if_needed()
    box = page.evaluate(
        """(words) => {
            for (const p of document.querySelectorAll("#article .text p")) {
                const node = [...p.childNodes].map((one) => one.firstChild ?? one).find((one) => one.data?.includes(words));
                if (!node) continue;
                const range = document.createRange();
                range.setStart(node, node.data.indexOf(words));
                range.setEnd(node, node.data.indexOf(words) + words.length);
                const boxes = [...range.getClientRects()];
                const [first, last] = [boxes[0], boxes.at(-1)];
                return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
            }
        }""",
        words,
    )
    page.mouse.move(box[0] + 1, box[1])
    page.mouse.down()
    page.mouse.move(box[2] - 1, box[3], steps=4)
    page.mouse.up()


def select(page: Page, words: str) -> None:
    """Exactly these letters, wherever marks of evidence divide them."""
    page.evaluate(
        """(words) => {
            const text = document.querySelector("#article .text");
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            const places = [];
            while (walker.nextNode()) for (let at = 0; at < walker.currentNode.length; at += 1) places.push([walker.currentNode, at]);
            const at = places.map(([node, offset]) => node.data[offset]).join("").indexOf(words);
            const [[first, start], [last, end]] = [places[at], places[at + words.length - 1]];
            first.parentElement.scrollIntoView({block: "center", behavior: "instant"});
            getSelection().setBaseAndExtent(first, start, last, end + 1);
        }""",
        words,
    )


def test_a_passage_is_noted_with_the_pointer(analyst: Page, desk: list[Article]) -> None:
    analyst.goto(f"/articles/{desk[59].pk}/")
    drag_over(analyst, "pass the border in 59 hours")
    analyst.locator(".note-here").click()
    analyst.locator("#note-form select[name=kind]").select_option("doubt")
    analyst.locator("#note-form textarea[name=body]").fill("Is it *so* long?")
    analyst.locator("#note-form button.is-main").click()

    expect(analyst.locator(".note-list .note")).to_contain_text("Is it so long?")
    expect(analyst.locator(".text .noted-red")).to_have_text("pass the border in 59 hours")
    expect(analyst.locator(".note-list .note")).to_be_focused()
    note = Annotation.objects.get()
    assert note.exact == desk[59].text.body[note.start : note.end] == "pass the border in 59 hours"
    assert axe_violations(analyst) == []


def test_what_is_selected_is_noted_with_the_key(analyst: Page, desk: list[Article]) -> None:
    analyst.goto(f"/articles/{desk[59].pk}/")
    drag_over(analyst, "pass the border in 59 hours")
    analyst.keyboard.press("a")

    expect(analyst.locator("#note-form blockquote")).to_have_text("pass the border in 59 hours")


def test_a_passage_is_noted_edited_and_withdrawn_with_the_keyboard_alone(analyst: Page, desk: list[Article]) -> None:
    analyst.goto(f"/articles/{desk[59].pk}/")
    analyst.keyboard.press("a")
    for stroke in ("ArrowDown", "ArrowDown", "Shift+ArrowDown", "Shift+ArrowUp", "Enter"):
        analyst.keyboard.press(stroke)
    body = analyst.locator("#note-form textarea[name=body]")
    expect(body).to_be_focused()
    expect(analyst.locator("#note-form blockquote")).to_have_text(
        "Hauliers asked for a second lane, officials said on Monday."
    )
    analyst.keyboard.type("Who?")
    analyst.locator("#note-form button.is-main").press("Enter")
    note = analyst.locator(".note-list .note")
    expect(note).to_contain_text("Who?")

    note.get_by_role("link", name="Edit").press("Enter")
    expect(body).to_be_focused()
    analyst.keyboard.type("All? ")
    analyst.locator("#note-form button.is-main").press("Enter")
    expect(note).to_contain_text("All?")
    note.get_by_role("button", name="Withdraw").press("Enter")

    expect(note).to_contain_text("withdrawn")
    assert Annotation.objects.get().withdrawn is not None


def test_a_note_is_written_and_changed_on_pages_of_their_own(analyst: Page, desk: list[Article]) -> None:
    analyst.goto(f"/articles/{desk[59].pk}/notes/new/")
    analyst.locator("textarea[name=body]").fill("Who counted?")
    analyst.get_by_role("button", name="Save").click()
    expect(analyst.get_by_text("Who counted?").first).to_be_visible()

    note = Annotation.objects.get()
    analyst.goto(f"/notes/{note.pk}/")
    analyst.get_by_role("link", name="Edit", exact=True).click()
    analyst.locator("textarea[name=body]").fill("Who counted them?")
    analyst.get_by_role("button", name="Save").click()

    expect(analyst.locator("main").get_by_text("Who counted them?").first).to_be_visible()
    note.refresh_from_db()
    assert note.body == "Who counted them?"


@pytest.mark.parametrize("width", [1440, 2200])
def test_a_note_is_written_beside_the_text_in_sight_of_its_passage(
    analyst: Page, desk: list[Article], width: int
) -> None:
    body = "\n\n".join([f"Ministers met. {BODY}", *(f"They met for the {day}th day. " * 8 for day in range(4, 16))])
    [article] = make_articles(
        [{"title": "Talks", "body": body, "about": ["AZ"], "mentioned": ["GE"], "topics": ["trade"]}]
    )
    analyst.set_viewport_size({"width": width, "height": 900})
    analyst.goto(f"/articles/{article.pk}/")
    drag_over(analyst, BODY)

    analyst.locator(".note-here").click()

    expect(analyst.locator("#note-form textarea")).to_be_focused()
    expect(analyst.locator("#note-form").get_by_role("button", name="Save")).to_be_in_viewport()
    expect(analyst.locator("#article .text p").first).to_be_in_viewport()


@pytest.mark.parametrize("width", [1440, 1920])
def test_a_passage_stays_where_it_is_when_its_note_is_saved(analyst: Page, anna: Any, width: int) -> None:
    body = "\n\n".join(f"They met for the {day}th day. " * 8 for day in range(4, 24))
    [article] = make_articles([{"title": "Talks", "body": f"{body}\n\n{BODY}\n\n{body}", "about": ["AZ"]}])
    make_note(article, BODY, author=anna, body="First")
    analyst.set_viewport_size({"width": width, "height": 900})
    analyst.goto(f"/articles/{article.pk}/")
    passage = analyst.locator(".text p", has_text="Lorries now")
    select(analyst, "the border")
    analyst.locator(".note-here").click()
    analyst.locator("#note-form textarea[name=body]").fill("Second")
    before = passage.bounding_box()

    analyst.locator("#note-form button.is-main").click()
    expect(analyst.locator(".note-list")).to_contain_text("Second")

    after = passage.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) < 2


@pytest.mark.parametrize(
    ("chosen", "noted"),
    [
        ("ries now pass the bor", "Lorries now pass the border"),
        ("the border ", "the border"),
        ("жательную бес", "содержательную беседу"),
        ("n't sign in Kara", "couldn't sign in Karabakh"),
    ],
    ids=["Latin", "whole already", "Cyrillic", "apostrophe"],
)
def test_a_passage_is_taken_in_whole_words(analyst: Page, chosen: str, noted: str) -> None:
    body = f"{BODY} They couldn't sign in Karabakh.\n\nСтороны провели содержательную беседу в Баку."
    [article] = make_articles([{"title": "Talks", "body": body, "evidence": {"AZ": ["Karabakh"]}, "about": ["AZ"]}])
    analyst.goto(f"/articles/{article.pk}/")
    select(analyst, chosen)

    analyst.locator(".note-here").click()

    expect(analyst.locator("#note-form blockquote")).to_have_text(noted)


def test_a_page_that_comes_back_keeps_no_button_of_a_selection(analyst: Page, desk: list[Article]) -> None:
    """The policy for contents forbids the styles that it would bring; the fixture listens."""
    analyst.goto("/articles/")
    analyst.locator(".row-title a").nth(3).click()
    expect(analyst.locator("#article .text")).to_be_visible()
    select(analyst, "Hauliers")
    expect(analyst.locator(".note-here")).to_be_visible()
    analyst.locator(".sort a").last.click()
    expect(analyst.locator("#article.nothing")).to_be_attached()
    analyst.locator("#fold1").click()
    analyst.wait_for_url("**fold=1")
    analyst.go_back()
    expect(analyst.locator("#fold1")).to_be_visible()
    analyst.locator(".row-title a").nth(3).click()
    expect(analyst.locator("#article .text")).to_be_visible()

    select(analyst, "Hauliers")

    expect(analyst.locator(".note-here")).to_have_count(1)
    expect(analyst.locator(".note-here")).to_be_visible()


def test_escape_leaves_without_a_note(analyst: Page, desk: list[Article]) -> None:
    analyst.goto(f"/articles/{desk[59].pk}/")
    analyst.keyboard.press("a")
    analyst.keyboard.press("Enter")
    expect(analyst.locator("#note-form textarea[name=body]")).to_be_focused()
    analyst.keyboard.press("Escape")

    expect(analyst.locator("#note-form form")).to_have_count(0)
    expect(analyst.locator("#note-add")).to_be_focused()


def test_offsets_are_right_behind_letters_outside_the_basic_plane_and_numbers_of_notes(
    analyst: Page, desk: list[Article]
) -> None:
    text = desk[59].text
    text.raw_text, text.cuts = f"Ministers 🙂 met 🙂 in Baku. {BODY}\n\nMore of it.", []
    text.save()
    make_note(Article.objects.get(pk=desk[59].pk), "met 🙂 in Baku", body="First")
    analyst.goto(f"/articles/{desk[59].pk}/")
    drag_over(analyst, "the border")
    analyst.locator(".note-here").click()

    expect(analyst.locator("#note-form blockquote")).to_have_text("the border")


def test_a_note_is_made_without_a_script(plain: Page, desk: list[Article]) -> None:
    plain.goto(f"/articles/{desk[59].pk}/")
    plain.get_by_role("link", name="Add a note").click()
    plain.locator("textarea[name=exact]").fill("second lane")
    plain.locator("textarea[name=body]").fill("Where?")
    plain.get_by_role("button", name="Save").click()
    plain.locator(".back").click()

    expect(plain.locator(".text .noted")).to_have_text("second lane")
    expect(plain.locator(".note-list .note")).to_contain_text("Where?")


def test_passages_are_checked_with_a_key(analyst: Page, anna: Any, desk: list[Article]) -> None:
    note = make_note(desk[59], BODY.replace("59", "9"), author=anna, body="Nine?")
    start = desk[59].text.body.index(BODY)
    Annotation.objects.filter(pk=note.pk).update(anchored="uncertain", start=start, end=start + len(BODY))
    analyst.goto("/notes/check/")
    analyst.keyboard.press("a")

    expect(analyst.locator("[data-astray]")).to_have_count(0)
    note.refresh_from_db()
    assert (note.exact, note.anchored) == (BODY, "exact")


@pytest.mark.parametrize("width", [320, 820, 1440])
def test_pages_of_notes_fit_and_are_accessible(
    analyst: Page, anna: Any, desk: list[Article], theme: str, width: int
) -> None:
    note = make_note(desk[59], "second lane", author=anna, body="Where?")
    analyst.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    analyst.set_viewport_size({"width": width, "height": 900})

    for url in (
        "/notes/",
        f"/notes/{note.pk}/",
        f"/notes/{note.pk}/edit/",
        "/notes/check/",
        f"/articles/{desk[59].pk}/",
    ):
        analyst.goto(url)
        assert axe_violations(analyst) == [], url
        assert analyst.evaluate("document.documentElement.scrollWidth") <= width, url


@pytest.fixture
def phone(browser: Browser, live_server: object, anna: Any) -> Iterator[Page]:
    """A phone, where words are selected by holding a finger on them."""
    size = {"width": 390, "height": 844}
    context = open_context(browser, live_server, has_touch=True, is_mobile=True, viewport=size)
    sign_in(context, anna, live_server)
    yield context.new_page()
    context.close()


def hold(page: Page, words: str) -> None:
    """What the browser of a phone selects when a finger is held on words. Chromium here makes no selection of that by itself."""
    select(page, words)
    expect(page.locator(".note-here")).to_be_visible()


def test_a_word_is_noted_by_touch(phone: Page, desk: list[Article]) -> None:
    phone.goto(f"/articles/{desk[59].pk}/")
    hold(phone, "Hauliers")

    button = phone.locator(".note-here")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    button.tap()
    phone.locator("#note-form textarea[name=body]").fill("Which?")
    phone.locator("#note-form button.is-main").tap()

    expect(phone.locator(".note-list .note")).to_contain_text("Which?")
    assert Annotation.objects.get().exact == "Hauliers"


def test_the_button_outlives_what_a_tap_does_to_the_selection(phone: Page, desk: list[Article]) -> None:
    phone.goto(f"/articles/{desk[59].pk}/")
    hold(phone, "Hauliers")
    phone.evaluate("addEventListener('pointerdown', () => getSelection().removeAllRanges(), {capture: true})")

    phone.locator(".note-here").tap()

    expect(phone.locator("#note-form blockquote")).to_have_text("Hauliers")


def test_the_button_comes_back_after_scrolling(phone: Page, desk: list[Article]) -> None:
    phone.goto(f"/articles/{desk[59].pk}/")
    hold(phone, "Hauliers")

    became = phone.evaluate(
        """() => new Promise((resolve) => {
            const button = document.querySelector(".note-here"), became = [];
            new MutationObserver(() => {
                became.push(button.hidden ? "hidden" : "shown");
                if (!button.hidden) resolve(became);
            }).observe(button, {attributes: true, attributeFilter: ["hidden"]});
            scrollBy(0, 40);
        })"""
    )

    assert became == ["hidden", "shown"]
    expect(phone.locator(".note-here")).to_be_visible()
