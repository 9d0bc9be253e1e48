"""What chrome says of itself: the words of cues.toml, and the few functions that look them up."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

CUES = tomllib.loads(Path(__file__).with_name("cues.toml").read_text("utf-8"))
LONGEST_TIME = 14  # words of a line that only says when
LONGEST = 25  # words: a longer line is prose, whatever it begins with


class Cue(NamedTuple):
    """``strength``: 2, the whole line says it; 1, it begins with it."""

    reason: str
    strength: int


_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})(?!\d)")
_CLOCK = re.compile(
    r"[^\w$€£₽]*\d{1,2}[:.]\d\d(?::\d\d)?\W*(?:[ap]\.?m\.?|мск|msk|gmt|utc|est|edt|bst|cet)?\W*", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Folded words, figures among them."""
    return _WORD.findall(text.lower().replace("ё", "е"))


def compile_lines(patterns: str) -> re.Pattern[str]:
    """One expression out of one a line."""
    return re.compile("|".join(f"(?:{one.strip()})" for one in patterns.strip().splitlines()), re.IGNORECASE)


def words_in(name: str) -> frozenset[str]:
    """A list of words of cues.toml."""
    return frozenset(words_of(CUES["words"][name]))


def _phrases(table: Mapping[str, str]) -> dict[str, str]:
    phrases: dict[str, str] = {}
    for reason, text in table.items():
        for phrase in text.split("|"):
            if phrase.strip():
                phrases.setdefault(" ".join(words_of(phrase)), reason)
    return phrases


_WHOLE = _phrases(CUES["whole"])
_SECTIONS = frozenset(_phrases({"": CUES["words"]["sections"]}))
_START = defaultdict(list)
for _phrase, _reason in _phrases(CUES["start"]).items():
    _START[_phrase.split()[0]].append((_phrase.split(), _reason))
for _entries in _START.values():
    _entries.sort(key=lambda entry: -len(entry[0]))
_DAY_WORDS = words_in("months") | words_in("weekdays") | {"сегодня", "вчера", "назад", "today", "yesterday", "ago"}
_TIME_WORDS = _DAY_WORDS | words_in("time")


def find_cue(words: Sequence[str]) -> Cue | None:
    """What a line of these folded words says of itself."""
    if len(words) > LONGEST:
        return None
    plain = [word for word in words if not word.isdigit()]
    if len(plain) <= 8 and (reason := _WHOLE.get(" ".join(plain))):
        return Cue(reason, 2)
    if plain:
        for phrase, reason in _START.get(plain[0], ()):
            if plain[: len(phrase)] == phrase:
                return Cue(reason, 1) if reason else None
    return None


def is_section(words: Sequence[str]) -> bool:
    return " ".join(words) in _SECTIONS


def is_time(text: str, words: Sequence[str]) -> bool:
    """Whether it says only when: a date, a clock time, "2 hours ago", with the label before it."""
    return (
        0 < len(words) <= LONGEST_TIME
        and any(word[0].isdigit() for word in words)
        and all(word in _TIME_WORDS or _is_figure(word) for word in words)
        and (names_day(text, words) or _CLOCK.fullmatch(text) is not None)
    )


def names_day(text: str, words: Sequence[str]) -> bool:
    """Whether a time is more than the clock's: "22 апр", "22.04.2024", but not "10:15" nor "9:05 pm"."""
    return any(word in _DAY_WORDS for word in words) or _DATE.search(text) is not None


def without_time(words: Sequence[str]) -> list[str]:
    """The words that say something else than when."""
    return [word for word in words if not (word in _TIME_WORDS or (word[0].isdigit() and _is_figure(word)))]


def _is_figure(word: str) -> bool:
    return word.isdigit() or word.rstrip("stndrhampg").isdigit()
