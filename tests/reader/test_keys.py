"""What keys do: the one list, what a reader makes of it, and the form that refuses what cannot be."""

import html
import json
import re

import pytest
from django.test import Client

from newsdesk.reader.keys import ACTIONS, LATIN, Keymap, clash, read, write

pytestmark = pytest.mark.django_db


def table(client: Client) -> dict[str, str]:
    """What the page tells its script."""
    page = client.get("/help/").content.decode()
    (found,) = re.findall(r'data-keymap="([^"]*)"', page)
    told: dict[str, str] = json.loads(html.unescape(found))
    return told


def change(client: Client, **keys: str) -> object:
    written = Keymap().written | keys
    return client.post("/preferences/keys/", {f"key-{name}": key for name, key in written.items()} | {"next": "/help/"})


@pytest.mark.parametrize(
    ("written", "stroke"),
    [
        ("j", "KeyJ"),
        ("J", "KeyJ"),
        ("о", "KeyJ"),
        ("?", "Shift+Slash"),
        ("⇧J", "Shift+KeyJ"),
        ("g d", "KeyG KeyD"),
        ("п в", "KeyG KeyD"),
        ("[", "BracketLeft"),
        ("х", "BracketLeft"),
        ("7", "Digit7"),
        ("", ""),
    ],
)
def test_a_key_is_read_as_a_place_on_an_english_or_a_russian_keyboard(written: str, stroke: str) -> None:
    assert read(written) == stroke


@pytest.mark.parametrize("written", ["jk", "é", "a b c", "⇧?", "Enter", "⇧"])
def test_what_is_no_key_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="(?i)" + re.escape(written)):
        read(written)


@pytest.mark.parametrize("stroke", [*(code for code in LATIN if code != "Escape"), "Shift+KeyJ", "KeyG KeyD"])
def test_what_is_written_is_read_again(stroke: str) -> None:
    assert read(write(stroke)) == stroke


@pytest.mark.parametrize(
    ("one", "other", "do"),
    [
        ("KeyJ", "KeyJ", True),
        ("KeyG", "KeyG KeyD", True),
        ("KeyG KeyD", "KeyG", True),
        ("KeyG KeyD", "KeyG KeyL", False),
        ("KeyD", "KeyG KeyD", False),
        ("KeyJ", "", False),
    ],
)
def test_keys_clash_that_are_the_same_or_begin_one_another(one: str, other: str, do: bool) -> None:
    assert clash(one, other) is do


def test_the_list_itself_has_no_clash() -> None:
    strokes = [action.stroke for action in ACTIONS]

    assert [pair for at, one in enumerate(strokes) for pair in strokes[at + 1 :] if clash(one, pair)] == []


def test_the_page_tells_its_script_what_keys_do(client: Client) -> None:
    told = table(client)

    assert (told["KeyJ"], told["KeyG KeyD"], told["KeyG KeyL"]) == ("next", "/", "/articles/")
    assert len(told) == len(ACTIONS)


def test_a_changed_key_is_remembered_and_shown_by_the_help(client: Client) -> None:
    response = change(client, next="X")

    assert response.status_code == 302  # type: ignore[attr-defined]  # a response of the test client
    told = table(client)
    assert told["KeyX"] == "next"
    assert "KeyJ" not in told
    assert "<kbd>X</kbd>" in client.get("/help/").content.decode()


def test_an_empty_box_takes_the_key_off(client: Client) -> None:
    change(client, original="")

    assert "original" not in table(client).values()


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"open": "J"}, "“J” is taken by “next in the list; next article”."),
        ({"open": "G"}, "“G D” is taken by “open the article”."),
        ({"open": "Enter"}, "“Enter” is no key."),
    ],
)
def test_what_cannot_be_is_refused_with_a_message_and_changes_nothing(
    client: Client, keys: dict[str, str], message: str
) -> None:
    response = change(client, **keys)

    assert response.status_code == 422  # type: ignore[attr-defined]  # a response of the test client
    assert message in response.content.decode()  # type: ignore[attr-defined]  # a response of the test client
    assert "keymap" not in client.cookies


def test_they_can_be_put_back_as_they_were(client: Client) -> None:
    change(client, open="X")

    client.post("/preferences/keys/", {"reset": "1"})

    assert table(client)["KeyO"] == "open"


@pytest.mark.parametrize("cookie", ["open=KeyJ", "open=Nonsense", "open=KeyA KeyB KeyC", "=", '"><script>', "%00"])
def test_a_cookie_that_cannot_be_counts_as_none(client: Client, cookie: str) -> None:
    client.cookies["keymap"] = cookie

    assert table(client) == Keymap().table


def test_a_stranger_cannot_change_them() -> None:
    assert Client(enforce_csrf_checks=True).post("/preferences/keys/", {"reset": "1"}).status_code == 403
