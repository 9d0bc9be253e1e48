"""Many queries against one text. Only those are tried for which the text has a word that they cannot do without."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from newsdesk.query.match import Found, IndexedText, match
from newsdesk.query.tree import And, Exact, Near, Node, Often, Or, Phrase, Prefix, Word


class Needs(NamedTuple):
    """A text that matches has a token with one of these stems, or with a stem that begins with one of these."""

    stems: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()

    @property
    def cost(self) -> tuple[int, int, int]:
        """Of two needs, the one that fewer texts meet: beginnings are many words, and long words are rare."""
        return len(self.beginnings), len(self.stems), -min(map(len, self.stems | self.beginnings))


class Rules:
    def __init__(self, roots: Mapping[str, Node]) -> None:
        self._roots = dict(roots)
        self._always: set[str] = set()
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        self._by_beginning: dict[str, list[str]] = defaultdict(list)
        for name, root in self._roots.items():
            needs = find_needs(root)
            if needs is None:
                self._always.add(name)
                continue
            for stem in needs.stems:
                self._by_stem[stem].append(name)
            for beginning in needs.beginnings:
                self._by_beginning[beginning].append(name)

    def match(self, text: IndexedText) -> Iterator[tuple[str, list[Found]]]:
        """The names of the queries that match, in their order, with the words by which they do."""
        likely = self._find_likely(text)
        for name, root in self._roots.items():
            if name in likely and (found := match(root, text)) is not None:
                yield name, found

    def _find_likely(self, text: IndexedText) -> set[str]:
        likely = set(self._always)
        for stem in text.stems & self._by_stem.keys():
            likely.update(self._by_stem[stem])
        for beginning, names in self._by_beginning.items():
            if any(text.find_stems(beginning)):
                likely.update(names)
        return likely


def find_needs(node: Node) -> Needs | None:
    """None where a text without any particular word can match."""
    match node:
        case Word(stem):
            return Needs(frozenset({stem}))
        case Phrase(stems) | Near(stems):
            return Needs(frozenset({max(stems, key=len)}))
        case Exact(_, readings):
            longest = max(readings, key=lambda stems: len(stems[0]))
            return Needs(frozenset(longest))
        case Prefix(prefix, stems, before):
            return Needs(frozenset({max(before, key=len)})) if before else Needs(frozenset(stems), frozenset({prefix}))
        case Often(part):
            return find_needs(part)
        case And(parts):
            needs = [need for part in parts if (need := find_needs(part))]
            return min(needs, key=lambda need: need.cost) if needs else None
        case Or(parts):
            either = [find_needs(part) for part in parts]
            known = [need for need in either if need]
            if len(known) < len(either):
                return None
            stems, beginnings = zip(*known, strict=True)
            return Needs(frozenset().union(*stems), frozenset().union(*beginnings))
        case _:
            return None
