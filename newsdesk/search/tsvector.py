"""Full text in PostgreSQL: a `tsvector` of our own stems with their places, and one of the forms, each under GIN.

A tsvector holds places up to 16383, 255 of them for a word, and one megabyte in all. An article beyond that is
marked, and asked about by its words as they are kept: see ``doubt``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from django.db import connection
from pyroaring import BitMap

from newsdesk.query.tree import Near, Phrase, Prefix, Scope, Word
from newsdesk.search import words
from newsdesk.search.engine import TITLE_WEIGHT, Engine, marks
from newsdesk.search.ids import in_list, select_ids, select_packed

SURE, PLACES_MISSING, WORDS_MISSING = 0, 1, 2  # values of doubt

LAST_PLACE = 16_383
PLACES_OF_A_WORD = {"A": 50, "D": 200}  # A is the title, D the body
LARGEST = 1_000_000  # bytes of a vector
BETWEEN = 20  # places left free between title and body, so that nothing reaches from one into the other
FARTHEST = 8  # two words up to so many places apart are asked for by place; farther or more by their words first


class TsVector(Engine):
    ranked_at_most = 5_000

    def express_leaf(self, node: Word | Phrase | Near | Prefix) -> str | None:
        match node:
            case Word(stem):
                return _one(stem, node.scope)
            case Phrase(stems):
                return _follow(stems, node.scope)
            case Near((left, right), distance) if distance <= FARTHEST:
                one, other = _operand(left, node.scope), _operand(right, node.scope)
                return self.any_of(
                    [
                        f"{first} <{apart}> {second}"
                        for apart in range(1, distance + 1)
                        for first, second in ((one, other), (other, one))
                    ]
                )
            case Prefix(prefix, stems, before) if prefix and words.plain_head(prefix) == prefix:
                others = [stem for stem in stems if not stem.startswith(prefix)]
                if not before:
                    return self.any_of([_one(prefix, node.scope, "*"), *(_one(stem, node.scope) for stem in others)])
                start = " <-> ".join(_operand(stem, node.scope) for stem in before)
                ends = [_operand(prefix, node.scope, "*"), *(_operand(stem, node.scope) for stem in others)]
                return self.any_of([f"{start} <-> {end}" for end in ends])
            case _:
                return None

    def all_of(self, wanted: list[str], unwanted: list[str]) -> str:
        return f"({' & '.join([*wanted, *(f'!{expression}' for expression in unwanted)])})"

    def any_of(self, expressions: list[str]) -> str:
        return f"({' | '.join(expressions)})"

    def find(self, expression: str) -> BitMap:
        return BitMap(select_packed("SELECT search_stems(%s::tsquery)", [expression]))

    def find_form(self, form: str, scope: Scope) -> BitMap:
        term = words.term(form)
        asked = {"any": f"'{term}' | '^{term}'", "title": f"'^{term}'", "body": f"'{term}'"}[scope]
        return BitMap(select_packed("SELECT search_forms(%s::tsquery)", [asked]))

    def doubtful(self, *, places: bool) -> BitMap:
        return select_ids(
            "SELECT article AS id FROM search_vectors WHERE doubt > 0 AND doubt >= %s",
            [PLACES_MISSING if places else WORDS_MISSING],
        )

    def rank(
        self,
        whole: str | None,
        leaves: Sequence[str],
        ids: BitMap,
        limit: int,
        rarity: Callable[[str], float],
    ) -> list[int]:
        """`ts_rank` saturates with the frequency and divides by the length, as BM25 does, but takes all words for
        equally telling. So it is asked leaf by leaf, and each is weighed by its inverse document frequency."""
        body = 1 / TITLE_WEIGHT
        score = f"ts_rank('{{{body}, {body}, {body}, 1}}', stems, %s::tsquery, 1) * %s"
        parameters = [value for expression in leaves for value in (expression, rarity(expression))]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT article FROM search_vectors WHERE article IN ({in_list(ids)}) "  # noqa: S608  (ids are integers)
                f"ORDER BY {' + '.join([score] * len(leaves))} DESC, article DESC LIMIT %s",
                [*parameters, limit],
            )
            return [article for (article,) in cursor.fetchall()]

    def row(self, text: words.Text) -> words.Row:
        """Both vectors as literals, and what is to be doubted of them."""
        stems, doubt = _stems(text)
        forms = [f"'{mark}'" for mark in marks(text)]
        if _size(stems) > LARGEST or _size(forms) > LARGEST:
            return "", "", WORDS_MISSING
        return " ".join(stems), " ".join(forms), doubt

    def write(self, rows: Mapping[int, words.Row]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_vectors (article, stems, forms, doubt) VALUES (%s, %s::tsvector, %s::tsvector, %s) "
                "ON CONFLICT (article) DO UPDATE "
                "SET stems = excluded.stems, forms = excluded.forms, doubt = excluded.doubt",
                [(article, *row) for article, row in rows.items()],
            )

    def erase(self, texts: Mapping[int, words.Text]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_vectors WHERE article = ANY(%s)", [list(texts)])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_vectors")

    def optimize(self) -> None:
        """Moves what waits in the pending lists into the indexes."""
        with connection.cursor() as cursor:
            for index in ("search_vectors_stems", "search_vectors_forms"):
                cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])

    def agrees(self, texts: Iterator[tuple[int, words.Text]]) -> bool:
        """Compares vector for vector."""
        met = 0
        with connection.cursor() as cursor:
            for article, text in texts:
                cursor.execute(
                    "SELECT 1 FROM search_vectors WHERE article = %s "
                    "AND stems = %s::tsvector AND forms = %s::tsvector AND doubt = %s",
                    [article, *self.row(text)],
                )
                if cursor.fetchone() is None:
                    return False
                met += 1
            cursor.execute("SELECT count(*) FROM search_vectors")
            return bool(cursor.fetchone()[0] == met)


def _one(stem: str, scope: Scope, star: str = "") -> str:
    """A word anywhere. The terms of the title stand once more under a circumflex: GIN knows no weights."""
    if scope == "title":
        return f"'^{words.term(stem)}'{star and ':*'}"
    return _operand(stem, scope, star)


def _operand(stem: str, scope: Scope, star: str = "") -> str:
    """A word at its places, as part of a phrase. Terms hold neither quotation marks nor backslashes."""
    flags = star + {"any": "", "title": "A", "body": "D"}[scope]
    return f"'{words.term(stem)}'{flags and ':'}{flags}"


def _follow(stems: Sequence[str], scope: Scope) -> str:
    phrase = " <-> ".join(_operand(stem, scope) for stem in stems)
    if scope == "title":
        return f"({' & '.join(_one(stem, scope) for stem in dict.fromkeys(stems))} & ({phrase}))"
    return f"({phrase})"


def _stems(text: words.Text) -> tuple[list[str], int]:
    start = len(text.title) + BETWEEN
    last = start + len(text.body)
    if start >= LAST_PLACE:  # no room for the body
        return [], WORDS_MISSING
    places: dict[str, list[str]] = defaultdict(list)
    missing = last > LAST_PLACE
    for field, weight, first in ((text.title, "A", 1), (text.body, "D", start)):
        for term, its_places in _places(field, first).items():
            missing |= len(its_places) > PLACES_OF_A_WORD[weight]
            places[term] += [f"{place}{weight}" for place in its_places[: PLACES_OF_A_WORD[weight]]]
    lexemes = [f"'{term}':{','.join(its_places)}" for term, its_places in places.items()]
    lexemes += [f"'^{term}'" for term in _places(text.title, 1)]
    return lexemes, PLACES_MISSING if missing else SURE


def _places(field: Iterable[words.Word], first: int) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    terms = words.terms([stem for _, stem in field])
    for place, term in enumerate(terms, first):
        places[term].append(min(place, LAST_PLACE))
    return places


def _size(lexemes: Iterable[str]) -> int:
    """At least the bytes of the vector that a literal makes: each written place takes three, and two when stored."""
    return sum(len(lexeme.encode()) + 4 for lexeme in lexemes)
