"""The keyboard: one list of what keys do. The help, the form that changes them and static/js/keys.js follow from it.

A stroke is a place on the keyboard as browsers call it (`KeyboardEvent.code`), so that it works on any layout:
``KeyJ``, ``Shift+Slash``; two after each other are ``KeyG KeyD``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsdesk.reader.preferences import YEAR

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

COOKIE = "keymap"


@dataclass(frozen=True, slots=True)
class Action:
    """``name`` is a function of keys.js, or of an element that is pressed: ``data-key="name"``. With ``address``, the
    name of a page, the key goes there. ``also`` is what the browser itself does the same with."""

    name: str
    label: StrOrPromise
    stroke: str
    address: str = ""
    also: str = ""


ACTIONS = [
    Action("next", _("next in the list; next article"), "KeyJ"),
    Action("previous", _("previous in the list; previous article"), "KeyK"),
    Action("open", _("open the article"), "KeyO", also="Enter"),
    Action("onward", _("next article or page"), "KeyN"),
    Action("backward", _("previous article or page"), "KeyP"),
    Action("annotate", _("note a passage"), "KeyA"),
    Action("original", _("open the original"), "KeyV"),
    Action("read", _("read, or no longer"), "KeyM"),
    Action("star", _("starred, or no longer"), "KeyS"),
    Action("archive", _("archived, or no longer"), "KeyE"),
    Action("down", _("all rows down to here are read"), "Shift+KeyM"),
    Action("search", _("to the search box"), "Slash"),
    Action("filters", _("fold or show the filters"), "BracketLeft"),
    Action("list", _("fold or show the list beside the article"), "BracketRight"),
    Action("desk", _("to the front page"), "KeyG KeyD", address="front"),
    Action("articles", _("to the list"), "KeyG KeyL", address="articles"),
    Action("story", _("to the story of the article"), "KeyG KeyS"),
    Action("help", _("this help"), "Shift+Slash"),
    Action("close", _("close"), "Escape"),
]
FIXED = {"close"}  # Esc closes in every program

# What is written on a key where the layout is English, and what it writes where the layout is Russian.
LATIN = {
    **{f"Key{letter}": letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **{f"Digit{digit}": digit for digit in "0123456789"},
    "Slash": "/",
    "BracketLeft": "[",
    "BracketRight": "]",
    "Semicolon": ";",
    "Quote": "'",
    "Comma": ",",
    "Period": ".",
    "Minus": "-",
    "Equal": "=",
    "Backslash": "\\",
    "Backquote": "`",
    "Escape": "Esc",
    "Shift+Slash": "?",
}
RUSSIAN = dict(zip("ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ", "QWERTYUIOP[]ASDFGHJKL;'ZXCVBNM,.`", strict=True))
CODES = {written: code for code, written in LATIN.items() if code != "Escape"}


def write(stroke: str) -> str:
    """``KeyG KeyD`` as it is read: “G D”."""
    return " ".join(_write_one(one) for one in stroke.split())


def _write_one(stroke: str) -> str:
    return LATIN.get(stroke) or "⇧" + LATIN[stroke.removeprefix("Shift+")]


def read(written: str) -> str:
    """The stroke that was written, on an English or a Russian keyboard; ValueError where there is none."""
    strokes = [_read_one(one) for one in written.upper().split()]
    if len(strokes) > 2:
        raise ValueError(written)
    return " ".join(strokes)


def _read_one(written: str) -> str:
    key = written.removeprefix("⇧")
    code = CODES.get(RUSSIAN.get(key, key))
    if not code or (key != written and code.startswith("Shift+")):
        raise ValueError(written)
    return f"Shift+{code}" if key != written else code


class KeysForm(forms.Form):
    """A field for each action, with the stroke as it is written; empty means that no key does it."""

    prefix = "key"

    def __init__(self, data: Mapping[str, Any] | None = None, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)
        for action in ACTIONS:
            if action.name not in FIXED:
                self.fields[action.name] = forms.CharField(
                    label=action.label,
                    required=False,
                    max_length=5,
                    widget=forms.TextInput(
                        {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
                    ),
                )

    def clean(self) -> dict[str, str]:
        """No key does two things, and no key that begins a pair does something alone."""
        taken: dict[str, str] = {}
        for name, written in list(self.cleaned_data.items()):
            try:
                stroke = self.cleaned_data[name] = read(written)
            except ValueError:
                self.add_error(
                    name,
                    gettext("“%(keys)s” is no key. Write a letter, a figure or a mark, or two of them with a space.")
                    % {"keys": written},
                )
                continue
            if other := next((action for known, action in taken.items() if clash(known, stroke)), None):
                said = {"keys": written, "action": self.fields[other].label}
                self.add_error(name, gettext("“%(keys)s” is taken by “%(action)s”.") % said)
            elif stroke:
                taken[stroke] = name
        return self.cleaned_data


def clash(one: str, other: str) -> bool:
    """Whether they are the same, or one begins the other."""
    return bool(other) and (one == other or one == other.split()[0] or other == one.split()[0])


class Keymap:
    """The strokes of one reader, by action."""

    def __init__(self, strokes: Mapping[str, str] | None = None) -> None:
        self.strokes = {action.name: action.stroke for action in ACTIONS} | dict(strokes or {})

    @classmethod
    def of(cls, request: HttpRequest) -> Keymap:
        """What the cookie says; one that says something wrong counts as none."""
        if COOKIE not in request.COOKIES:
            return cls()
        said = dict(parse_qsl(request.COOKIES.get(COOKIE, ""), keep_blank_values=True))
        try:
            written = {name: write(said.get(name, stroke)) for name, stroke in Keymap().strokes.items()}
        except KeyError:
            return cls()
        form = KeysForm({f"{KeysForm.prefix}-{name}": keys for name, keys in written.items()})
        return cls(form.cleaned_data) if form.is_valid() else cls()

    def keep(self, response: HttpResponse) -> None:
        own = {name: stroke for name, stroke in self.strokes.items() if stroke != Keymap().strokes[name]}
        if own:
            response.set_cookie(COOKIE, urlencode(own), max_age=YEAR, samesite="Lax")
        else:
            response.delete_cookie(COOKIE, samesite="Lax")

    @property
    def written(self) -> dict[str, str]:
        return {name: write(stroke) for name, stroke in self.strokes.items()}

    @property
    def help(self) -> Iterator[tuple[list[list[str]], StrOrPromise]]:
        """Ways to do a thing, each a list of the keys that are pressed after each other, and what it does."""
        for action in ACTIONS:
            ways = [keys.split() for keys in (self.written[action.name], action.also) if keys]
            if ways:
                yield ways, action.label

    @property
    def table(self) -> dict[str, str]:
        """For keys.js: what each stroke does, or the address that it goes to."""
        return {
            self.strokes[action.name]: reverse(action.address) if action.address else action.name
            for action in ACTIONS
            if self.strokes[action.name]
        }
