"""What a database has to offer for full text, and what of a query tree it answers by itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence

from pyroaring import BitMap

from newsdesk.query.tree import And, Exact, Near, Node, Not, Often, Or, Phrase, Prefix, Scope, Text, Word
from newsdesk.search import words

TITLE_WEIGHT = 5.0  # a word of the title counts as much as so many of the body
MOST_LEAVES = 200  # of an expression that a database is given whole: their parsers have limits
DEEPEST = 12


class Engine(ABC):
    """An index over stems with their places, and one over forms without. `fulltext` does what is left."""

    ranked_at_most: int  # articles: for the rank of one, its words are read, which takes microseconds

    def express(self, node: Node) -> str | None:
        """The node in the language of the database; None if it would not answer it exactly."""
        if _depth(node) > DEEPEST or sum(1 for _ in leaves(node)) > MOST_LEAVES:
            return None
        return self._express(node)

    def _express(self, node: Node) -> str | None:
        match node:
            case And(parts):
                wanted = self._express_all([part for part in parts if not isinstance(part, Not)])
                unwanted = self._express_all([part.part for part in parts if isinstance(part, Not)])
                if not wanted or unwanted is None:
                    return None
                return self.all_of(wanted, unwanted)
            case Or(parts):
                either = self._express_all(parts)
                return self.any_of(either) if either else None
            case Word() | Phrase() | Near() | Prefix():
                return self.express_leaf(node)
            case _:
                return None

    def _express_all(self, parts: Sequence[Node]) -> list[str] | None:
        found = [self._express(part) for part in parts]
        return None if None in found else [expression for expression in found if expression]

    @abstractmethod
    def express_leaf(self, node: Word | Phrase | Near | Prefix) -> str | None: ...

    @abstractmethod
    def all_of(self, wanted: list[str], unwanted: list[str]) -> str: ...

    @abstractmethod
    def any_of(self, expressions: list[str]) -> str: ...

    @abstractmethod
    def find(self, expression: str) -> BitMap: ...

    @abstractmethod
    def find_form(self, form: str, scope: Scope) -> BitMap: ...

    @abstractmethod
    def doubtful(self, *, places: bool) -> BitMap:
        """Articles whose words, or with ``places`` whose places of words, are not all in the index."""

    @abstractmethod
    def rank(
        self,
        whole: str | None,
        leaves: Sequence[str],
        ids: BitMap,
        limit: int,
        rarity: Callable[[str], float],
    ) -> list[int]:
        """The best of ``ids`` by the expressions ``leaves``, best first. ``whole`` is the query where it can be
        expressed, ``rarity`` the inverse document frequency of an expression."""

    def prepare(self, title: str, body: str) -> words.Prepared:
        """It asks no database, so that any process can do it."""
        return self.prepare_text(words.read(title, body), words.digest_of(title, body))

    def prepare_text(self, text: words.Text, digest: bytes) -> words.Prepared:
        return words.prepare(text, digest, self.row(text))

    @abstractmethod
    def row(self, text: words.Text) -> words.Row:
        """What is written of a text."""

    @abstractmethod
    def write(self, rows: Mapping[int, words.Row]) -> None:
        """Rows of articles that are not in the index."""

    @abstractmethod
    def erase(self, texts: Mapping[int, words.Text]) -> None:
        """Exactly the texts that were written."""

    @abstractmethod
    def clear(self) -> None: ...

    @abstractmethod
    def optimize(self) -> None:
        """Worth it after many writes."""

    @abstractmethod
    def agrees(self, texts: Iterator[tuple[int, words.Text]]) -> bool:
        """Whether the index holds these texts and no others."""


def leaves(node: Node) -> Iterator[Text]:
    """The texts that are asked for; not those that are not wanted."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Often(part):
            yield from leaves(part)
        case Word() | Phrase() | Near() | Exact() | Prefix():
            yield node
        case _:
            return


def _depth(node: Node) -> int:
    match node:
        case And(parts) | Or(parts):
            return 1 + max(map(_depth, parts))
        case Not(part) | Often(part):
            return 1 + _depth(part)
        case _:
            return 1


def marks(text: words.Text) -> set[str]:
    """Terms for the forms of a text; a circumflex before those of the title."""
    title, body = ({form for form, _ in field} for field in text)
    return {f"^{form}" for form in words.terms(title)}.union(words.terms(body))
