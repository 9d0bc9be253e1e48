"""The words of an article as the index has them, and as a row keeps them."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from newsdesk.language.tokens import find_words, tokenize
from newsdesk.query.tree import Scope

WORDS_REMEMBERED = 100_000
LEVEL = 4  # of zlib: a third faster than 6 for 3 % more bytes
LONGEST = 150  # characters of a word that go into an index as they are: both databases have their limits beyond

# A term is made of these alone, so that no quotation is ever needed: both databases would split or fold the rest.
_PLAIN = r"0-9a-z\x80-\ud7ff\ue000-\U0010ffff"
_HEAD = re.compile(rf"[{_PLAIN}]{{0,{LONGEST}}}")
_ODD = re.compile(rf"[^{_PLAIN} ]")

_ENDING, _OTHERWISE = "\x1f", "\x1e"  # between a stem and the rest of its form; between a stem and a form unlike it


Word = tuple[str, str]  # form and stem of a token
Row = tuple[str | int, ...]


class Prepared(NamedTuple):
    """What the index writes of the words of one article: plain values, which another process can make.

    ``digest`` is that of title and body, ``packed`` made by `pack`, ``row`` by the engine of the database, ``forms``
    are the different forms, which the vocabulary may learn.
    """

    digest: bytes
    packed: bytes
    row: Row
    forms: tuple[str, ...]


class Text(NamedTuple):
    """The words of one article. Equal words are mostly one and the same tuple, so that they cost little."""

    title: list[Word]
    body: list[Word]


def read(title: str, body: str) -> Text:
    return Text(find_words(title), find_words(body))


def read_again(title: str, body: str) -> Text:
    """Like `read`, of texts that have just been read word by word, whose tokens are remembered."""
    return Text(*([(form, stem) for _, _, form, stem in tokenize(text)] for text in (title, body)))


def prepare(text: Text, digest: bytes, row: Row) -> Prepared:
    forms = {form for form, _ in text.title}.union([form for form, _ in text.body])
    return Prepared(digest, pack(text), row, tuple(forms))


def digest_of(title: str, body: str) -> bytes:
    return hashlib.blake2b(f"{title}\0{body}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def pack(text: Text) -> bytes:
    lines = "\n".join(" ".join(_codes(field)) for field in text)
    return zlib.compress(lines.encode("utf-8", "surrogatepass"), LEVEL)


def unpack(packed: bytes) -> Text:
    title, body = zlib.decompress(packed).decode("utf-8", "surrogatepass").split("\n")
    return Text(_words(title), _words(body))


def has_row(packed: bytes, row: Iterable[Word], scope: Scope) -> bool:
    """Whether these words follow each other in the title or the body; without unpacking them all."""
    wanted = f" {' '.join(_codes(row))} "
    lines = zlib.decompress(packed).decode("utf-8", "surrogatepass").split("\n")
    asked = {"any": lines, "title": lines[:1], "body": lines[1:]}[scope]
    return any(wanted in f" {line} " for line in asked)


def _codes(words: Iterable[Word]) -> list[str]:
    return [
        stem
        if form == stem
        else f"{stem}{_ENDING}{form[len(stem) :]}"
        if form.startswith(stem)
        else f"{stem}{_OTHERWISE}{form}"
        for form, stem in words
    ]


def _words(line: str) -> list[Word]:
    return list(map(_word, line.split(" "))) if line else []


@lru_cache(WORDS_REMEMBERED)
def _word(code: str) -> Word:
    stem, ending, rest = code.partition(_ENDING)
    if ending:
        return stem + rest, stem
    stem, otherwise, form = code.partition(_OTHERWISE)
    return form if otherwise else stem, stem


def terms(words: Iterable[str]) -> list[str]:
    """What an index is given, word for word."""
    words = list(words)
    odd = _ODD.search(" ".join(words)) or max(map(len, words), default=0) > LONGEST
    return list(map(term, words)) if odd else words


def term(word: str) -> str:
    """A word as both databases take it: as it is, or what is plain at its beginning and a hash of all."""
    head = plain_head(word)
    if head == word and word:
        return word
    return f"{head}_{hashlib.blake2b(word.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"


def plain_head(prefix: str) -> str:
    """As much of a prefix as the terms of all words that begin with it begin with."""
    match = _HEAD.match(prefix)
    return match.group() if match else ""
