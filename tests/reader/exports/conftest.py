"""Articles to export, one of them hostile, with notes that not everybody may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from newsdesk.annotations.models import Annotation
from newsdesk.articles.models import Article, Source
from newsdesk.people.models import Visibility
from newsdesk.reader.exports import EXPORTS
from newsdesk.reader.exports.selection import Options, Selection
from tests.factories import make_article, make_source, make_user

HOSTILE = (
    '=HYPERLINK("x")<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 7*7 }} {% now %} \\input{x} '
    "[a](javascript:alert(3)) `**_ER  - \x07\x0b}{ $x$ & ]]> \u202eevil"
)
SITE = "https://desk.example"


@pytest.fixture
def articles() -> list[Article]:
    make_source("herald")
    Source.objects.filter(pk="herald").update(name="Highland Herald & Sons")
    return [
        make_article(
            "Ministers met in Baku. Trade grows by a third.",
            title="Trade grows",
            published="2024-04-22",
            source="herald",
            author="Anna Petrova",
            url="https://herald.example/trade?a=1&b=2",
            about=["AZ"],
            topics=["trade"],
        ),
        make_article(
            "Лента новостей. " + HOSTILE, title=HOSTILE, published="2023-05", precision="month", language="ru"
        ),
        make_article("Nobody knows when.", title="Undated", published=None),
    ]


@pytest.fixture
def anna() -> Any:
    return make_user("analyst", "anna")


@pytest.fixture
def notes(articles: list[Article], anna: Any) -> list[Annotation]:
    """One that all see, one of the team, one of Anna alone; the hostile article has a hostile one."""
    made = []
    for number, (article, seen, exact, body) in enumerate(
        [
            (articles[0], Visibility.PUBLISHED, "Ministers met", "For **all**"),
            (articles[0], Visibility.TEAM, "Trade grows by a third", "For the team"),
            (articles[0], Visibility.PRIVATE, "", "For Anna"),
            (articles[1], Visibility.PUBLISHED, "Лента новостей", HOSTILE),
        ]
    ):
        note = Annotation(article=article, author=anna, visibility=seen, exact=exact, body=body, kind_id="claim")
        note.anchor()
        note.save()
        made.append(note)
        assert number == len(made) - 1
    return made


@pytest.fixture
def select(articles: list[Article]) -> Callable[..., Selection]:
    def select(**changes: Any) -> Selection:
        given = {
            "title": "Trade",
            "query": "topic=trade",
            "url": f"{SITE}/articles/?topic=trade",
            "site": SITE,
            "options": Options(notes=True),
            **changes,
        }
        return Selection(given.pop("ids", [article.pk for article in articles]), **given)

    return select


@pytest.fixture
def write(select: Callable[..., Selection]) -> Callable[..., Any]:
    """What a format writes: text or bytes."""

    def write(name: str, **changes: Any) -> Any:
        parts = list(EXPORTS[name].write(select(**changes)))
        return parts[0] if parts and isinstance(parts[0], bytes) else "".join(parts)  # type: ignore[arg-type]  # all are alike

    return write
