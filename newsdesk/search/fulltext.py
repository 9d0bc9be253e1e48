"""Full text: the words of each article in the index of the database, and queries answered from it.

An engine is asked for all that it answers exactly. What it does not (words near each other on PostgreSQL, phrases of
exact forms, how often words stand, an article too long for a tsvector) is narrowed by it, and decided on the stored words by the matcher
that topic rules use. So both databases give the same answers.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice, product
from typing import TypeVar

from django.db import connection
from pyroaring import BitMap

from newsdesk.language.tokens import Token
from newsdesk.query.match import IndexedText, match
from newsdesk.query.tree import (
    After,
    And,
    Before,
    Exact,
    Facet,
    Has,
    Near,
    Node,
    Not,
    Often,
    Or,
    Phrase,
    Prefix,
    Word,
)
from newsdesk.search import vocabulary, words
from newsdesk.search.bitmaps import Snapshot
from newsdesk.search.engine import Engine, leaves
from newsdesk.search.entry import Entry
from newsdesk.search.fts5 import Fts5
from newsdesk.search.models import Words
from newsdesk.search.rows import insert
from newsdesk.search.tsvector import TsVector

ENGINES: dict[str, Engine] = {"sqlite": Fts5(), "postgresql": TsVector()}
SETS = (Facet, After, Before, Has)
MOST_PHRASES = 16  # of stems that a phrase of exact forms may have
AT_ONCE = 500  # rows of words that are held in memory


Item = TypeVar("Item")


def engine() -> Engine:
    return ENGINES[connection.vendor]


# Writing, in the caller's transaction and under the lock


def write(entries: Iterable[Entry]) -> bool:
    """Index titles and bodies; False if all were there already."""
    if not Words.objects.exists():
        engine().clear()  # whatever an emptied table has left behind
        vocabulary.forget()
    known = {entry.id: entry for entry in entries}
    stored = dict(Words.objects.filter(article__in=list(known)).values_list("article", "digest"))
    changed = [entry for entry in known.values() if bytes(stored.get(entry.id, b"")) != entry.digest]
    replace({entry.id: entry.words or engine().prepare(entry.title, entry.body) for entry in changed})
    return bool(changed)


def replace(prepared: Mapping[int, words.Prepared]) -> None:
    engine().erase(dict(stored_texts(prepared)))
    engine().write({article: one.row for article, one in prepared.items()})
    vocabulary.learn_forms(one.forms for one in prepared.values())
    insert(
        Words,
        ["article", "digest", "words"],
        [(article, one.digest, one.packed) for article, one in prepared.items()],
        over=["article"],
    )


def remove(ids: Iterable[int]) -> bool:
    stored = dict(stored_texts(ids))
    engine().erase(stored)
    Words.objects.filter(article__in=list(stored)).delete()
    return bool(stored)


def rebuild() -> None:
    """The index anew from the stored words."""
    engine().clear()
    for ids in batches(Words.objects.order_by("article").values_list("article", flat=True)):
        engine().write({article: engine().row(text) for article, text in stored_texts(ids)})
    engine().optimize()


def stored_texts(ids: Iterable[int]) -> Iterator[tuple[int, words.Text]]:
    return ((article, words.unpack(packed)) for article, packed in _stored(ids))


def _stored(ids: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    for some in batches(ids):
        rows = Words.objects.filter(article__in=some).values_list("article", "words")
        yield from ((article, bytes(packed)) for article, packed in rows)


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    remaining = iter(items)
    while some := list(islice(remaining, AT_ONCE)):
        yield some


# Reading


Noted = Callable[[str], BitMap]  # "yes" or "mine": the articles with a note that one sees, or with one of one's own


def nobody(_value: str) -> BitMap:
    raise LookupError("Which articles are annotated depends on who asks: say who")


class Search:
    """Answers queries over one snapshot of the bitmaps, which keeps the answers.

    With ``budget``, in seconds, what is not decided when it is spent is left out of every answer and is in ``undecided``.
    """

    def __init__(self, snapshot: Snapshot, budget: float = math.inf, *, noted: Noted = nobody) -> None:
        self.snapshot = snapshot
        self.noted = noted
        self.engine = engine()
        self.undecided = BitMap()
        self._until = time.monotonic() + budget

    def search(self, node: Node, within: BitMap) -> BitMap:
        """Those of the articles ``within`` that match."""
        if not within:
            return within
        match node:
            case Facet("annotated", value):
                return within & self.noted(value)
            case Facet(name, value):
                return within & self.snapshot.value(name, value)
            case After(day):
                return within & self.snapshot.between(day, None)
            case Before(day):
                return within & self.snapshot.between(None, day)
            case Has("date"):
                return within & self.snapshot.dated
            case Has(name):
                return within & self.snapshot.having(name)
            case Not(part):
                return within - self.search(part, within)
            case Exact():
                return self._exact(node, within)
        expression = self.engine.express(node)
        if expression is not None:
            return self._indexed(node, expression, within)
        match node:
            case And(parts):
                return self._all(parts, within)
            case Or(parts):
                return self._any(parts, within)
            case _:
                return self._verify(node, self._candidates(node, within))

    def rank(self, node: Node, ids: BitMap, limit: int) -> list[int]:
        """The best ``limit`` of ``ids``; fewer, or none, where the query asks for no words."""
        expressions = [self.engine.express(leaf) or self.engine.express(broaden(leaf) or leaf) for leaf in leaves(node)]
        asked = [expression for expression in dict.fromkeys(expressions) if expression]
        if not asked or not ids:
            return []
        return self.engine.rank(self.engine.express(node), asked, ids, limit, self._rarity)

    def _rarity(self, expression: str) -> float:
        """Inverse document frequency as BM25 has it."""
        total, found = len(self.snapshot.everything), len(self._find(expression))
        return math.log(1 + (max(total - found, 0) + 0.5) / (found + 0.5))

    def _all(self, parts: tuple[Node, ...], within: BitMap) -> BitMap:
        """Each part within what the last has left: sets, then all that the index answers as one, then the rest."""
        sets = [part for part in parts if isinstance(part, SETS)]
        indexed = [part for part in parts if self.engine.express(part) is not None]
        rest = [part for part in parts if part not in sets and part not in indexed]
        if len(indexed) > 1 and self.engine.express(together := And(tuple(indexed))) is not None:
            indexed = [together]
        for part in [*sets, *indexed, *sorted(rest, key=lambda part: isinstance(part, Not))]:
            within = self.search(part, within)
        return within

    def _any(self, parts: tuple[Node, ...], within: BitMap) -> BitMap:
        """Each part among what the parts before it have left; what one of them surely finds is decided."""
        found, undecided = BitMap(), self.undecided
        open_ = BitMap()
        for part in sorted(parts, key=lambda part: self.engine.express(part) is None):
            self.undecided = BitMap()
            found |= self.search(part, within - found) - self.undecided
            open_ |= self.undecided
        self.undecided = undecided | (open_ - found)
        return found

    def _indexed(self, node: Node, expression: str, within: BitMap) -> BitMap:
        if self._is_late:
            self.undecided |= within
            return BitMap()
        found = within & self._find(expression)
        doubtful = within & self._doubtful(places=asks_for_places(node))
        if not doubtful:
            return found
        return (found - doubtful) | self._verify(node, self._candidates(node, doubtful))

    def _exact(self, node: Exact, within: BitMap) -> BitMap:
        found = within
        for form in node.forms:
            found = found & self._form(form, node)
        if len(node.forms) > 1:
            phrases = tuple(Phrase(stems, node.scope) for stems in product(*node.stems))
            found = self._any(phrases, found) if len(phrases) <= MOST_PHRASES else found
        doubtful = within & self._doubtful(places=False)
        if len(node.forms) > 1:
            return self._verify(node, found | doubtful)
        return (found - doubtful) | self._verify(node, doubtful)

    def _candidates(self, node: Node, within: BitMap) -> BitMap:
        """Those that have the words, wherever they stand."""
        broad = broaden(node)
        expression = self.engine.express(broad) if broad else None
        if not within or expression is None:
            return within
        return within & (self._find(expression) | self._doubtful(places=False))

    def _verify(self, node: Node, ids: BitMap) -> BitMap:
        found = BitMap()
        left = ids.copy()
        matches = _decider(node)
        for article, packed in _stored(ids):
            if self._is_late:
                self.undecided |= left
                break
            left.discard(article)
            if matches(packed):
                found.add(article)
        return found

    @property
    def _is_late(self) -> bool:
        return time.monotonic() > self._until

    def _find(self, expression: str) -> BitMap:
        return self.snapshot.remember(("found", expression), lambda: self.engine.find(expression))

    def _form(self, form: str, node: Exact) -> BitMap:
        return self.snapshot.remember(("form", form, node.scope), lambda: self.engine.find_form(form, node.scope))

    def _doubtful(self, *, places: bool) -> BitMap:
        return self.snapshot.remember(("doubtful", places), lambda: self.engine.doubtful(places=places))


def _decider(node: Node) -> Callable[[bytes], bool]:
    """Whether the words of an article, as they are stored, match."""
    if isinstance(node, Exact) and len(rows := tuple(product(*node.stems))) <= MOST_PHRASES:  # ten times as fast
        wanted = [list(zip(node.forms, stems, strict=True)) for stems in rows]
        return lambda packed: any(words.has_row(packed, row, node.scope) for row in wanted)
    return lambda packed: match(node, _indexed_text(words.unpack(packed))) is not None


def _indexed_text(text: words.Text) -> IndexedText:
    title, body = ([Token(0, 0, form, stem) for form, stem in field] for field in text)
    return IndexedText(title, body)


def broaden(node: Node) -> Node | None:
    """A query for words alone, whatever their places, that finds all that ``node`` finds; None if it is for all."""
    match node:
        case Word():
            return node
        case Phrase(stems) | Near(stems):
            return _join(And, [Word(stem, node.scope) for stem in stems])
        case Exact(_, stems):
            return _join(And, [_join(Or, [Word(stem, node.scope) for stem in some]) for some in stems])
        case Prefix(prefix, stems, before):
            head = words.plain_head(prefix)
            last = [Prefix(head, stems, (), node.scope)] if head else []
            return _join(And, [*(Word(stem, node.scope) for stem in before), *last])
        case Often(part):
            return broaden(part)
        case And(parts):
            return _join(And, [broaden(part) for part in parts if not isinstance(part, Not)])
        case Or(parts):
            either = [broaden(part) for part in parts]
            return None if None in either else _join(Or, either)
        case _:
            return None


def _join(kind: type[And | Or], parts: Iterable[Node | None]) -> Node | None:
    different = tuple(dict.fromkeys(part for part in parts if part))
    if len(different) > 1:
        return kind(different)
    return different[0] if different else None


def asks_for_places(node: Node) -> bool:
    match node:
        case And(parts) | Or(parts):
            return any(map(asks_for_places, parts))
        case Not(part):
            return asks_for_places(part)
        case Phrase() | Near():
            return True
        case Prefix(before=before):
            return bool(before)
        case _:
            return False
