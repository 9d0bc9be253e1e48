"""What people changed of articles, topics and stories, and how it is put back."""

from __future__ import annotations

from typing import Any

import pytest

from newsdesk.articles import editing, stories, topics
from newsdesk.articles.history import changes_of_topic, corrections_of, moves_of
from newsdesk.articles.models import Article, Correction, Story, Topic
from newsdesk.people.history import Change
from tests.factories import make_article, make_articles, make_country, make_topic, make_user

pytestmark = pytest.mark.django_db

BODY = "Trade between Azerbaijan and Russia grew in May. Ministers met in Baku."


@pytest.fixture
def egor() -> Any:
    return make_user("editor", "egor")


@pytest.fixture
def article() -> Article:
    return make_article(BODY, title="Trade grows", about=["AZ"], mentioned=["RU"], topics=["trade"])


def told(change: Change) -> list[tuple[str, str, str]]:
    return [(one.label, one.before, one.after) for one in change.differences]


def test_corrections_are_told_with_what_held_before(egor, article):
    editing.correct(article, {"title": "Trade grew"}, egor, "read it")
    editing.correct(article, {"title": "Trade grew in May"}, egor)
    editing.withdraw(article.corrections.all())

    assert [told(one.change) for one in corrections_of(article)] == [
        [("title", "Trade grew in May", "as the machine says")],
        [("title", "Trade grew", "Trade grew in May")],
        [("title", "as the machine says", "Trade grew")],
    ]
    assert corrections_of(article)[-1].note == "read it"


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        pytest.param({"title": "One"}, {"title": "Two"}, "title", id="title"),
        pytest.param({"published": "2024-01"}, {"published": ""}, "published", id="date"),
        pytest.param({"topics": []}, {"topics": ["trade"]}, "topics", id="topic"),
        pytest.param({"about": [], "mentioned": ["AZ"]}, {"about": [], "mentioned": []}, "mentioned", id="country"),
    ],
)
def test_what_held_before_is_put_back(egor, article, first, second, field):
    make_country("GE")
    editing.correct(article, first, egor, "first")
    expected = editing.held_values(article)[field]
    editing.correct(article, second, egor, "second")
    newest = corrections_of(article)[0].row

    editing.put_back(article, newest, egor)

    assert editing.held_values(Article.objects.get(pk=article.pk))[field] == expected


def test_what_the_machine_said_is_put_back(egor, article):
    editing.correct(article, {"title": "Wrong"}, egor)

    editing.put_back(article, corrections_of(article)[0].row, egor)

    assert not Correction.objects.exists()
    assert Article.objects.get().title == "Trade grows"


def test_a_pin_is_put_back(egor):
    one, two, three = make_articles([{"body": "One."}, {"body": "Two."}, {"body": "Three."}])
    first, second = stories.split([one.pk, three.pk], None), stories.split([two.pk], None)
    stories.pin([one.pk], second.pk, egor.pk)
    one.refresh_from_db()

    editing.put_back(one, corrections_of(one)[0].row, egor)

    one.refresh_from_db()
    assert one.story_id == first.pk


def test_the_rule_of_a_topic_that_came_with_the_desk_is_told_with_what_it_was(egor):
    Topic(slug="trade", name_en="Trade", name_ru="Торговля", rule="trade").save_base(raw=True)
    topic = Topic.objects.get()

    topics.save_rule(topic, "trade OR tariff")

    newest, oldest = changes_of_topic(topic)
    assert told(newest) == [("rule", "trade", "trade OR tariff")]
    assert oldest.found
    assert ("rule", "", "trade") in told(oldest)


def test_a_new_topic_has_nothing_before(egor):
    (only,) = changes_of_topic(make_topic("trade"))

    assert only.first
    assert not only.found


def test_a_change_stays_when_its_author_goes(client, egor):
    topic = make_topic("trade")
    client.force_login(egor)
    client.post(topic.get_absolute_url(), {"rule": "trade OR tariff", "save": "1", "state": topics.state_of(topic)})
    assert changes_of_topic(topic)[0].who == "egor"

    egor.delete()

    assert changes_of_topic(topic)[0].who == ""
    assert "former user" in client.get(topic.get_absolute_url()).content.decode()


@pytest.fixture
def two_stories() -> tuple[list[Article], Story, Story]:
    articles = make_articles([{"body": f"Article {number}.", "title": f"Number {number}"} for number in range(4)])
    first, second = stories.split([articles[0].pk, articles[1].pk], None), stories.split([articles[2].pk], None)
    Correction.objects.all().delete()
    Correction.history.all().delete()
    return articles, first, second


def test_a_merge_is_one_act_of_the_story_that_stays(egor, two_stories):
    articles, first, second = two_stories

    stories.merge([first, second], first, egor.pk, "one flood")

    acts = [(move.did, {article.pk for article in move.articles}, move.note) for move in moves_of(first)]
    assert sorted(acts, key=str) == [
        ("came", {articles[2].pk}, "one flood"),
        ("pinned", {articles[0].pk, articles[1].pk}, "one flood"),
    ]


def test_a_split_is_told_on_both_stories(egor, two_stories):
    articles, first, _second = two_stories

    new = stories.split([articles[1].pk], egor.pk)

    went, pinned = sorted(moves_of(first), key=lambda move: move.did, reverse=True)[:2][::-1]
    assert {(move.did, move.other) for move in moves_of(first)} == {("went", new), ("pinned", None)}
    assert {(move.did, move.other) for move in moves_of(new)} == {("came", first)}
    assert went.articles + pinned.articles


def test_a_pin_that_is_withdrawn_is_told(egor, two_stories):
    articles, first, _second = two_stories
    stories.pin([articles[0].pk, articles[1].pk], first.pk, egor.pk)

    editing.withdraw(Correction.objects.filter(article=articles[0].pk))

    assert "left" in [move.did for move in moves_of(first)]


def test_a_story_says_who_renamed_it(client, egor, two_stories):
    _articles, first, _second = two_stories
    client.force_login(egor)
    client.post(f"/admin/articles/story/{first.pk}/change/", {"title": "The flood"})

    (move,) = moves_of(first)
    assert (move.did, move.change.who, told(move.change)) == ("renamed", "egor", [("title", "", "The flood")])
    page = client.get(first.get_absolute_url()).content.decode()
    assert "renamed" in page
    assert "<bdi>egor</bdi>" in page


def test_the_history_of_a_story_takes_no_more_queries_for_more_moves(egor, two_stories, django_assert_max_num_queries):
    articles, first, second = two_stories
    stories.merge([first, second], first, egor.pk)
    with django_assert_max_num_queries(10) as few:
        moves_of(first)
    for article in articles:
        stories.pin([article.pk], first.pk, egor.pk, note=f"again {article.pk}")

    with django_assert_max_num_queries(len(few)):
        moves_of(first)
