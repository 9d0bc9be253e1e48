import datetime as dt
from dataclasses import replace
from unittest.mock import patch

import pytest
from django.core.management import call_command

from newsdesk.articles import editing, store, stories
from newsdesk.articles.models import Article, Correction, Story
from newsdesk.pipeline.dates.story import assume_day
from newsdesk.pipeline.document import DateClaim, Evidence
from newsdesk.pipeline.stages.fingerprint import take_fingerprint
from newsdesk.pipeline.stories import StoryIndex
from newsdesk.search import index
from tests.factories import make_article, make_articles, make_document

FLOOD = (
    "A flood on the river Kura carried away the bridge at Salyan on Tuesday night, and 340 people were taken to schools "
    "on higher ground. Engineers said the 1963 bridge had been closed to lorries since March. No one was hurt."
)
FLOOD_AGAIN = (
    "Three hundred and forty (340) people spent the night in schools after the river Kura flooded Salyan and carried away "
    "the bridge, built in 1963 and closed to lorries since March, engineers said on Wednesday. No one was hurt."
)
REPRINT = FLOOD + " The road is to be open again by the weekend, according to the district."
CHESS = (
    "The chess tournament in Shamkir ended in a tie between two grandmasters after nine rounds, and the trophy was "
    "decided by a blitz game that lasted four minutes, organisers announced at the closing ceremony."
)

pytestmark = pytest.mark.django_db


def add(body, published, **claims):
    """Stored as the pipeline would, fingerprint and all."""
    document = take_fingerprint(make_document(body, published=published, **claims))
    return store.add([document])[0]


def test_coverage_of_one_event_becomes_one_story():
    flood, again, chess = add(FLOOD, "2024-05-14"), add(FLOOD_AGAIN, "2024-05-15"), add(CHESS, "2024-05-15")

    done = stories.join([flood.pk, again.pk, chess.pk])

    story_of = dict(Article.objects.values_list("pk", "story"))
    assert story_of[flood.pk] == story_of[again.pk] != story_of[chess.pk]
    assert done.stories == 1
    story = Story.objects.get(pk=story_of[flood.pk])
    assert (story.size, str(story.first), str(story.last)) == (2, "2024-05-14", "2024-05-15")
    assert set(index.value("story", str(story.pk))) == {flood.pk, again.pk}


def test_a_later_article_joins_and_the_others_stay():
    flood, chess = add(FLOOD, "2024-05-14"), add(CHESS, "2024-05-15")
    stories.join([flood.pk, chess.pk])
    before = dict(Article.objects.values_list("pk", "story"))
    again = add(FLOOD_AGAIN, "2024-05-15")

    stories.join([again.pk])

    after = dict(Article.objects.values_list("pk", "story"))
    assert after == {**before, again.pk: before[flood.pk]}


def test_regrouping_keeps_the_addresses_of_stories():
    flood, again = add(FLOOD, "2024-05-14"), add(FLOOD_AGAIN, "2024-05-15")
    stories.join([flood.pk, again.pk])
    before = dict(Article.objects.values_list("pk", "story"))

    call_command("regroup")

    assert dict(Article.objects.values_list("pk", "story")) == before


def test_an_undated_article_takes_the_date_of_its_story_and_says_so():
    flood, undated = add(FLOOD, "2024-05-14"), add(REPRINT, None)

    stories.join([flood.pk, undated.pk])

    undated = Article.objects.get(pk=undated.pk)
    assert (str(undated.published), undated.published_provenance) == ("2024-05-14", "story")
    assert undated.published_confidence < 0.9
    assert undated.claims.claims["published"]["value"] is None
    assert undated.claims.claims["published_story"]["story_articles"] == [str(flood.pk)]


def test_an_undated_article_finds_its_story_without_a_look_at_every_other(monkeypatch):
    flood = add(FLOOD, "2024-05-14")
    others = [
        add(" ".join(f"word{number}x{place}" for place in range(30)), "2024-01-01", title=f"Title{number}")
        for number in range(5)
    ]
    stories.join([flood.pk, *(other.pk for other in others)])
    monkeypatch.setattr(stories, "SAMPLE", 0)
    undated = add(FLOOD_AGAIN, None)

    with patch.object(StoryIndex, "restore", autospec=True, side_effect=StoryIndex.restore) as restore:
        stories.join([undated.pk])

    undated.refresh_from_db()
    flood.refresh_from_db()
    assert undated.story_id == flood.story_id
    assert [call.args[1].id for call in restore.call_args_list] == [str(flood.pk)]


def test_a_dated_article_finds_the_undated_one_that_tells_the_same():
    undated, chess = add(FLOOD, None), add(CHESS, None)
    stories.join([undated.pk, chess.pk])
    dated = add(FLOOD_AGAIN, "2024-05-15")

    stories.join([dated.pk])

    assert Article.objects.get(pk=dated.pk).story_id == Article.objects.get(pk=undated.pk).story_id


def test_many_undated_articles_are_compared_with_the_whole_corpus(monkeypatch):
    monkeypatch.setattr(stories, "SEARCHED", 1)
    flood = add(FLOOD, "2024-05-14")
    stories.join([flood.pk])
    undated, chess = add(FLOOD_AGAIN, None), add(CHESS, None)

    with patch.object(stories, "find_alike") as find_alike:
        stories.join([undated.pk, chess.pk])

    assert Article.objects.get(pk=undated.pk).story_id == Article.objects.get(pk=flood.pk).story_id
    find_alike.assert_not_called()


def test_one_undated_article_among_many_does_not_make_them_read_the_whole_corpus(monkeypatch):
    monkeypatch.setattr(stories, "SEARCHED", 1)
    monkeypatch.setattr(stories, "SAMPLE", 0)
    flood = add(FLOOD, "2024-05-14")
    far = add(" ".join(f"word{place}" for place in range(30)), "2021-01-01", title="Title")
    old = add("Vines froze in the valley, and growers lost a third of the harvest, a report found.", None)
    stories.join([flood.pk, far.pk, old.pk])
    undated = add(FLOOD_AGAIN, None)
    ferry = add("The ferry sails again from Alat, with 40 lorries on board, its captain announced.", "2020-01-01")

    with patch.object(StoryIndex, "restore", autospec=True, side_effect=StoryIndex.restore) as restore:
        stories.join([undated.pk, ferry.pk])

    assert Article.objects.get(pk=undated.pk).story_id == Article.objects.get(pk=flood.pk).story_id
    assert {call.args[1].id for call in restore.call_args_list} == {str(flood.pk), str(old.pk)}


def test_an_inferred_date_is_given_up_when_the_article_leaves_the_story():
    flood, undated = add(FLOOD, "2024-05-14"), add(REPRINT, None)
    stories.join([flood.pk, undated.pk])

    stories.split([undated.pk], None)

    undated = Article.objects.get(pk=undated.pk)
    assert (undated.published, undated.published_provenance) == (None, "none")


def test_merged_stories_stay_merged():
    flood, chess = add(FLOOD, "2024-05-14"), add(CHESS, "2024-05-15")
    stories.join([flood.pk, chess.pk])
    flood.refresh_from_db()
    chess.refresh_from_db()

    stories.merge([flood.story, chess.story], flood.story, None)
    stories.regroup()

    assert set(Article.objects.values_list("story", flat=True)) == {flood.story_id}
    assert Story.objects.get().size == 2


@pytest.mark.parametrize("which", [0, 1], ids=["older", "newer"])
def test_split_stories_stay_split_until_the_pins_are_withdrawn(which):
    flood, again = add(FLOOD, "2024-05-14"), add(FLOOD_AGAIN, "2024-05-15")
    stories.join([flood.pk, again.pk])

    stories.split([(flood, again)[which].pk], None)
    stories.regroup()

    assert Article.objects.values("story").distinct().count() == 2

    editing.withdraw(Correction.objects.all())

    assert Article.objects.values("story").distinct().count() == 1


def test_what_is_shown_of_a_story_follows_a_corrected_date():
    first, second = make_articles([{"published": "2024-01-01"}, {"published": "2024-01-02"}])
    stories.split([first.pk, second.pk], None)

    editing.correct(Article.objects.get(pk=second.pk), {"published": "2024-03-01"}, None)

    second.refresh_from_db()
    assert second.story is not None
    assert str(second.story.last) == "2024-03-01"


def test_an_article_alone_is_no_story_to_filter_by():
    article = make_article()

    stories.join([article.pk])

    article.refresh_from_db()
    assert article.story is not None
    assert not index.value("story", str(article.story_id))


def test_a_day_without_a_year_finds_the_story_of_that_day():
    flood = add(FLOOD, "2024-05-14")
    document = take_fingerprint(make_document(FLOOD_AGAIN, published=None))
    said = Evidence(0, 13, "15 May, 19:26", "raw")
    document = replace(document, published=DateClaim(month_day="--05-15", evidence=said))
    again = store.add([document])[0]

    stories.join([flood.pk, again.pk])

    again = Article.objects.get(pk=again.pk)
    assert (again.published_value, again.published_provenance) == ("2024-05-15T19:26", "story")


@pytest.mark.parametrize(
    ("days", "assumed"),
    [
        pytest.param(["2024-05-14", "2024-11-02"], dt.date(2024, 5, 15), id="one year"),
        pytest.param(["2024-05-14", "2022-05-16"], None, id="two years"),
        pytest.param(["2024-11-02"], None, id="no year"),
        pytest.param([], None, id="empty corpus"),
    ],
)
def test_a_year_is_assumed_only_where_one_will_do(days, assumed):
    assert assume_day("--05-15", map(dt.date.fromisoformat, days)) == assumed


def test_the_turn_of_the_year_and_leap_days_are_near_their_days():
    assert assume_day("--01-01", [dt.date(2023, 12, 31)]) == dt.date(2024, 1, 1)
    assert assume_day("--02-29", [dt.date(2023, 2, 28)]) is None
