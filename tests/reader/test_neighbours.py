import itertools

import pytest
from django.http import QueryDict

from newsdesk.articles import stories
from newsdesk.articles.models import Article
from newsdesk.reader.filters import ArticleFilter
from newsdesk.reader.neighbours import Neighbours, find_neighbours
from newsdesk.search import index
from tests.factories import make_article, make_articles

pytestmark = pytest.mark.django_db

DAYS = ["2022-02-22", "2022-02-22", "2022-02-22", "2022-02-23", "2021-01-01", None, None, "2024-05-05"]


@pytest.mark.parametrize("query", ["", "sort=oldest", "about=AZ", "about=AZ&sort=oldest", "dated=no", "q=body"])
def test_each_article_knows_those_beside_it(query: str) -> None:
    make_articles({"published": day, "about": ["AZ"] if at % 2 else ["RU"]} for at, day in enumerate(DAYS))
    articles = ArticleFilter(QueryDict(query))
    order = index.page(articles.ids, offset=0, size=99, newest_first=articles.order == "newest")

    found = [find_neighbours(articles, Article.objects.get(pk=pk)) for pk in order]

    before = [None, *order[:-1]]
    after = [*order[1:], None]
    assert found == [
        Neighbours(previous, following, position)
        for previous, following, position in zip(before, after, itertools.count(1), strict=False)
    ]


def test_in_the_order_of_relevance() -> None:
    make_articles([{"body": "A bridge."}, {"body": "A bridge, a bridge, a bridge."}, {"body": "A road."}])
    articles = ArticleFilter(QueryDict("q=bridge&sort=relevance"))
    assert articles.query is not None
    best, second = index.page_by_rank(articles.query, articles.ids, offset=0, size=9)

    found = find_neighbours(articles, Article.objects.get(pk=best))

    assert found == Neighbours(previous=None, next=second, position=1)


def test_among_stories_that_are_folded() -> None:
    newest, first, second, oldest = make_articles(
        {"published": day} for day in ("2024-05-04", "2024-05-03", "2024-05-02", "2024-05-01")
    )
    stories.split([first.pk, second.pk], None)
    articles = ArticleFilter(QueryDict("fold=1"))

    assert find_neighbours(articles, newest) == Neighbours(None, first.pk, 1)
    assert find_neighbours(articles, second) == find_neighbours(articles, first) == Neighbours(newest.pk, oldest.pk, 2)
    assert find_neighbours(articles, oldest) == Neighbours(first.pk, None, 3)


def test_an_article_that_is_not_in_the_list_has_none() -> None:
    article = make_article(about=["AZ"])
    make_article(about=["RU"])

    assert find_neighbours(ArticleFilter(QueryDict("about=RU")), article) == Neighbours()
