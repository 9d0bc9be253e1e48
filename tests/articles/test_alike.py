import pytest

from newsdesk.articles.alike import find_alike
from newsdesk.articles.models import Article
from tests.factories import make_articles

pytestmark = pytest.mark.django_db

CANAL = "Barges queued at the Volchansk lock for the third day, and the pilots of Ostashkov counted 57 of them."


def test_undated_articles_are_compared_with_all_and_dated_ones_with_the_undated() -> None:
    dated, undated, other, asking = make_articles(
        [
            {"title": "Lock", "body": CANAL, "published": "2024-01-01"},
            {"title": "Barges", "body": f"Again: {CANAL}", "published": None},
            {"title": "Fruit", "body": "Apricots were dear at the market this year.", "published": None},
            {"title": "Pilots", "body": f"Third: {CANAL}", "published": None},
        ]
    )

    assert find_alike(Article.objects.filter(pk=asking.pk)) == {dated.pk, undated.pk}
    assert find_alike(Article.objects.filter(pk=dated.pk)) == {undated.pk, asking.pk}
    assert find_alike(Article.objects.filter(pk=other.pk)) == set()
