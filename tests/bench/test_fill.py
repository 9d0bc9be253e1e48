import pytest

from bench.corpus import make_articles
from bench.fill import fill
from newsdesk.articles import store
from newsdesk.articles.models import Article, Claims
from newsdesk.search import index


@pytest.mark.django_db(transaction=True)
def test_a_filled_database_holds_what_an_ingest_would_and_its_index_agrees():
    fill(120, 40)

    assert Article.objects.count() == 120
    assert Claims.objects.count() == 120
    assert index.check(store.index_entries()).sound


def test_the_same_articles_are_made_again():
    assert list(make_articles(50, 40)) == list(make_articles(50, 40))


def test_what_an_article_is_about_stands_in_its_body():
    for made in make_articles(50, 40):
        for places in made.spoken.values():
            assert [made.body[place.start : place.end] for place in places] == [place.text for place in places]
