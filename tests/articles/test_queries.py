import pytest

from newsdesk.articles import stories
from newsdesk.articles.models import Article
from newsdesk.articles.queries import among
from newsdesk.search import index
from tests.factories import make_articles

pytestmark = pytest.mark.django_db


def test_more_ids_than_a_database_takes_parameters():
    first, second, _ = make_articles([{}, {}, {}])

    found = Article.objects.filter(pk__in=among([first.pk, second.pk, *range(10_000_000, 10_300_000)]))

    assert set(found) == {first, second}
    assert not Article.objects.filter(pk__in=among([])).exists()


def test_what_is_left_of_a_story_of_two_is_no_story_to_filter_by():
    first, second = make_articles([{"body": "One flood."}, {"body": "Two tournaments."}])
    story = stories.split([first.pk, second.pk], None)
    assert set(index.value("story", str(story.pk))) == {first.pk, second.pk}

    stories.split([second.pk], None)

    assert list(index.value("story", str(story.pk))) == []
