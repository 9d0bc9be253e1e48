"""Full text in SQLite: FTS5 without content. The terms need no further folding, so its `ascii` tokenizer does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db import DatabaseError, connection
from pyroaring import BitMap

from newsdesk.query.tree import Near, Phrase, Prefix, Scope, Word
from newsdesk.search import words
from newsdesk.search.engine import TITLE_WEIGHT, Engine, marks
from newsdesk.search.ids import select_ids


class Fts5(Engine):
    ranked_at_most = 20_000

    def express_leaf(self, node: Word | Phrase | Near | Prefix) -> str | None:
        match node:
            case Word(stem):
                expression = _quote(stem)
            case Phrase(stems):
                expression = _quote(*stems)
            case Near(stems, distance):
                expression = f"NEAR({' '.join(map(_quote, stems))}, {distance - 1})"
            case Prefix(prefix, stems, before):
                if not prefix or words.plain_head(prefix) != prefix:
                    return None
                others = [_quote(*before, stem) for stem in stems if not stem.startswith(prefix)]
                expression = self.any_of([f"{_quote(*before, prefix)} *", *others])
        return expression if node.scope == "any" else f"({node.scope} : {expression})"

    def all_of(self, wanted: list[str], unwanted: list[str]) -> str:
        expression = f"({' AND '.join(wanted)})"
        return f"({expression} NOT {self.any_of(unwanted)})" if unwanted else expression

    def any_of(self, expressions: list[str]) -> str:
        return f"({' OR '.join(expressions)})"

    def find(self, expression: str) -> BitMap:
        return select_ids("SELECT rowid AS id FROM search_stems WHERE search_stems MATCH %s", [expression])

    def find_form(self, form: str, scope: Scope) -> BitMap:
        term = words.term(form)
        asked = {"any": f'"{term}" OR "^{term}"', "title": f'"^{term}"', "body": f'"{term}"'}[scope]
        return select_ids("SELECT rowid AS id FROM search_forms WHERE search_forms MATCH %s", [asked])

    def doubtful(self, *, places: bool) -> BitMap:
        return BitMap()

    def rank(
        self,
        whole: str | None,
        leaves: Sequence[str],
        ids: BitMap,
        limit: int,
        rarity: Callable[[str], float],
    ) -> list[int]:
        connection.ensure_connection()
        connection.connection.create_function("among", 1, ids.__contains__)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM search_stems WHERE search_stems MATCH %s AND among(rowid) "
                "ORDER BY bm25(search_stems, %s, 1.0), rowid DESC LIMIT %s",
                [whole or self.any_of(list(leaves)), TITLE_WEIGHT, limit],
            )
            return [article for (article,) in cursor.fetchall()]

    def row(self, text: words.Text) -> words.Row:
        """The lines of the title, of the body and of the forms."""
        title, body = (" ".join(words.terms([stem for _, stem in field])) for field in text)
        return title, body, " ".join(marks(text))

    def write(self, rows: Mapping[int, words.Row]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_stems(rowid, title, body) VALUES (%s, %s, %s)",
                [(article, title, body) for article, (title, body, _) in rows.items()],
            )
            cursor.executemany(
                "INSERT INTO search_forms(rowid, forms) VALUES (%s, %s)",
                [(article, forms) for article, (_, _, forms) in rows.items()],
            )

    def erase(self, texts: Mapping[int, words.Text]) -> None:
        rows = [(article, *self.row(text)) for article, text in texts.items()]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_stems(search_stems, rowid, title, body) VALUES ('delete', %s, %s, %s)",
                [(article, title, body) for article, title, body, _ in rows],
            )
            cursor.executemany(
                "INSERT INTO search_forms(search_forms, rowid, forms) VALUES ('delete', %s, %s)",
                [(article, forms) for article, _, _, forms in rows],
            )

    def clear(self) -> None:
        self._command("delete-all")

    def optimize(self) -> None:
        self._command("optimize")

    def _command(self, command: str) -> None:
        with connection.cursor() as cursor:
            for table in ("search_stems", "search_forms"):
                cursor.execute(f"INSERT INTO {table}({table}) VALUES (%s)", [command])  # noqa: S608  (the name of our own table)

    def agrees(self, texts: Iterator[tuple[int, words.Text]]) -> bool:
        """Compares, term for term, in how many articles it stands and how often, over the whole index."""
        articles: dict[tuple[str, str], int] = defaultdict(int)
        places: dict[tuple[str, str], int] = defaultdict(int)
        forms: dict[str, int] = defaultdict(int)
        ids = BitMap()
        for article, text in texts:
            ids.add(article)
            for column, field in zip(("title", "body"), text, strict=True):
                for term, times in Counter(words.terms(stem for _, stem in field)).items():
                    articles[term, column] += 1
                    places[term, column] += times
            for mark in marks(text):
                forms[mark] += 1
        try:
            return (
                self._counts_are(articles, places, forms) and select_ids("SELECT id FROM search_stems_docsize") == ids
            )
        except DatabaseError:  # FTS5 says so of an index that contradicts itself
            return False

    def _counts_are(
        self, articles: dict[tuple[str, str], int], places: dict[tuple[str, str], int], forms: dict[str, int]
    ) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT term, col, doc, cnt FROM search_vocabulary")
            for term, column, doc, cnt in _rows(cursor):
                if (articles.pop((term, column), 0), places.pop((term, column), 0)) != (doc, cnt):
                    return False
            cursor.execute("SELECT term, doc FROM search_vocabulary_of_forms")
            for mark, doc in _rows(cursor):
                if forms.pop(mark, 0) != doc:
                    return False
        return not articles and not forms


def _quote(*stems: str) -> str:
    """A string of FTS5. Terms hold no quotation marks, nor anything else that its tokenizer would split at."""
    return f'"{" ".join(map(words.term, stems))}"'


def _rows(cursor: Any) -> Iterator[Any]:
    while rows := cursor.fetchmany(10_000):
        yield from rows
