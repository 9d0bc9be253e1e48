"""Rules of topics over stored articles: what a rule would change is what it changes."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.core.management import call_command
from pyroaring import BitMap

from newsdesk.articles import editing, store, stories, topics
from newsdesk.articles.models import Article, ArticleTopic, Claims, Correction, Topic
from newsdesk.articles.reprocessing import reprocess
from newsdesk.articles.topics import Draft, apply, find_pending, preview, retag, save_rule
from newsdesk.pipeline.stages.topics import FindTopics, RuleError
from newsdesk.pipeline.vocabulary import Topic as TopicRow
from newsdesk.query import parse
from newsdesk.search import index
from tests.factories import make_article, make_articles, make_country, make_topic

pytestmark = pytest.mark.django_db

FERRY = "The ferry left Baku in the morning."
PORT = "The port of Aktau is closed for a week."
BOTH = "A ferry waits outside the port."
OTHER = "Nothing but rain all day."


@pytest.fixture
def corpus() -> dict[str, Article]:
    """Three articles with the topic "sea", whose rule finds ferries, and one that is about rain; dated in this order."""
    bodies = {"ferry": FERRY, "port": PORT, "both": BOTH, "other": OTHER}
    days = ("2024-04-01", "2024-04-02", "2024-04-03", "2024-04-04")
    articles = make_articles(
        {"body": body, "title": "News", "published": day, "about": ["AZ"]}
        for body, day in zip(bodies.values(), days, strict=True)
    )
    make_topic("sea", "ferry")
    call_command("retag", verbosity=0)
    return dict(zip(bodies, articles, strict=True))


def sea() -> Topic:
    return Topic.objects.get(pk="sea")


def correct(article: Article, *, has: bool) -> None:
    article.refresh_from_db()
    editing.correct(article, {"topics": ["sea"] if has else []}, None)


def tagged() -> set[int]:
    ids = set(ArticleTopic.objects.filter(topic="sea").values_list("article", flat=True))
    assert ids == set(index.value("topic", "sea"))
    return ids


def claimed() -> dict[int, list[str]]:
    """By article, the words that the machine's claim rests on."""
    return {
        pk: [span["text"] for claim in claims["topics"] if claim["slug"] == "sea" for span in claim["evidence"]]
        for pk, claims in Claims.objects.values_list("pk", "claims")
        if any(claim["slug"] == "sea" for claim in claims["topics"])
    }


def marked(example: topics.Example) -> list[str]:
    return [piece.text for piece in example.snippet if piece.marks]


class TestPreview:
    def test_what_a_rule_would_add_and_drop_with_the_words(self, corpus: dict[str, Article]) -> None:
        found = preview(sea(), "port")

        assert (found.matching, found.added, found.dropped, found.staying) == (2, 1, 1, 1)
        assert [(one.article, marked(one)) for one in found.added_examples] == [(corpus["port"], ["port"])]
        assert [(one.article, marked(one)) for one in found.dropped_examples] == [(corpus["ferry"], ["ferry"])]

    def test_nothing_is_changed_by_looking(self, corpus: dict[str, Article]) -> None:
        before = tagged()

        preview(sea(), "port")

        assert sea().rule == "ferry"
        assert tagged() == before

    def test_corrections_stand_and_are_counted_apart(self, corpus: dict[str, Article]) -> None:
        correct(corpus["other"], has=True)
        correct(corpus["both"], has=False)

        found = preview(sea(), "port")

        assert (found.added, found.dropped, found.kept, found.refused) == (1, 1, 1, 1)

    def test_the_same_rule_changes_nothing(self, corpus: dict[str, Article]) -> None:
        assert not preview(sea(), "ferry").changes

    def test_of_a_new_topic_all_that_match_are_added(self, corpus: dict[str, Article]) -> None:
        assert preview(None, "ferry OR port").added == 3

    def test_examples_are_the_newest(self, corpus: dict[str, Article]) -> None:
        found = preview(None, "ferry OR port")

        assert [one.article for one in found.added_examples] == [corpus["both"], corpus["port"], corpus["ferry"]]

    def test_words_of_the_title_are_marked_there(self) -> None:
        make_article(OTHER, title="Ferry lost")

        (example,) = preview(None, "ferry").added_examples

        assert [piece.text for piece in example.title if piece.marks] == ["Ferry"]
        assert example.snippet == []

    def test_numbers_are_a_lower_bound_when_the_time_is_over(self, corpus: dict[str, Article]) -> None:
        found = preview(sea(), '="the port" OR ="The ferry"', budget=-1)

        assert (found.matching, found.added, found.dropped) == (0, 0, 0)
        assert found.undecided == 3

    def test_a_wrong_rule_says_where(self) -> None:
        with pytest.raises(RuleError) as caught:
            preview(None, "ferry after:soon")

        assert (caught.value.position, caught.value.value) == (12, "soon")

    @pytest.mark.parametrize(
        ("rule", "place", "told"),
        [
            ("ferry AND topic:trade", 10, "Rules that rest on each other"),
            ("ferry Story:12", 6, "Stories are made after topics"),
            (" ", 0, "The rule is empty"),
            ("(ferry OR port", 0, "What “(” opens is not closed."),
            ("ferry OR", 6, "“OR” has nothing to go with."),
        ],
    )
    def test_what_rules_may_not_ask_for_is_refused_with_its_place(self, rule: str, place: int, told: str) -> None:
        draft = Draft(None, rule)

        assert draft.fault
        assert draft.fault.position == place
        assert told in draft.message
        assert draft.preview is None

    def test_more_articles_take_no_more_queries(self, corpus: Any, django_assert_max_num_queries: Any) -> None:
        with django_assert_max_num_queries(20) as few:
            preview(sea(), "port")
        make_articles({"body": f"{PORT} {number}"} for number in range(30))

        with django_assert_max_num_queries(len(few)):
            assert preview(sea(), "port").added == 31


class TestRetagging:
    def test_it_does_what_the_preview_said(self, corpus: dict[str, Article]) -> None:
        said = preview(sea(), "port")

        save_rule(topic := sea(), "port")
        done = apply(topic)

        assert (done.gained, done.lost, done.left) == (said.added, said.dropped, 0)
        assert tagged() == {corpus["port"].pk, corpus["both"].pk}
        assert claimed() == {corpus["port"].pk: ["port"], corpus["both"].pk: ["port"]}
        assert sea().retagged_to is None
        assert not preview(sea(), "port").changes

    def test_evidence_of_what_stays_follows_the_rule(self, corpus: dict[str, Article]) -> None:
        save_rule(topic := sea(), "ferry OR port")
        apply(topic)

        assert claimed()[corpus["both"].pk] == ["ferry", "port"]

    def test_corrections_stay_on_top(self, corpus: dict[str, Article]) -> None:
        correct(corpus["other"], has=True)
        correct(corpus["both"], has=False)

        save_rule(topic := sea(), "port")
        apply(topic)

        assert tagged() == {corpus["port"].pk, corpus["other"].pk}
        assert set(claimed()) == {corpus["port"].pk, corpus["both"].pk}
        editing.withdraw(Correction.objects.all())
        assert tagged() == {corpus["port"].pk, corpus["both"].pk}

    def test_it_goes_on_where_it_was_broken_off(self, corpus: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(topics, "BATCH", 1)
        save_rule(topic := sea(), "port OR ferry OR rain")

        first = apply(topic, seconds=-1)

        assert (first.gained, first.left) == (0, 3)
        assert find_pending(sea()).left == 3
        assert sea().retagged_to == corpus["ferry"].pk
        while (done := apply(sea(), seconds=-1)).left:
            pass
        assert done.left == 0
        assert find_pending(sea()).left == 0
        assert sea().retagged_to is None
        assert len(tagged()) == 4

    def test_a_topic_that_is_not_in_use_has_no_articles(self, corpus: Any) -> None:
        Topic.objects.update(active=False)

        call_command("retag", "sea", verbosity=0)

        assert tagged() == set()

    def test_other_topics_are_left_alone(self, corpus: dict[str, Article]) -> None:
        make_topic("rain", "rain")
        call_command("retag", "rain", verbosity=0)
        save_rule(topic := sea(), "rain")

        apply(topic)

        both = Article.objects.get(pk=corpus["other"].pk)
        assert set(both.topics.values_list("pk", flat=True)) == {"sea", "rain"}
        assert index.value("topic", "rain") == BitMap([corpus["other"].pk])

    def test_a_rule_that_is_changed_meanwhile_stays_pending(self, corpus: Any) -> None:
        save_rule(topic := sea(), "port")
        steps = retag(topic)
        next(steps)
        save_rule(sea(), "rain")

        list(steps)

        assert sea().retagged_to == 0

    def test_the_command_says_what_it_did(self, corpus: Any, capsys: pytest.CaptureFixture[str]) -> None:
        save_rule(sea(), "port")

        call_command("retag", "sea")

        assert "sea: 1 gained, 1 lost, 3 looked at" in capsys.readouterr().out

    def test_the_index_agrees_with_the_tables_afterwards(self, corpus: Any) -> None:
        save_rule(topic := sea(), "port")
        apply(topic)

        assert index.check(store.index_entries()).sound

    def test_topics_that_fixtures_add_to_articles_wait_to_be_applied(self, corpus: Any) -> None:
        call_command("load_fixtures", verbosity=0)

        assert set(Topic.objects.filter(retagged_to=None).values_list("pk", flat=True)) == {"sea"}


class TestFacts:
    """A rule is asked of what holds, as a search is: not of what the machine said before it was corrected."""

    RULE = "rain country:ge after:2024-05-01"

    @pytest.fixture
    def rain(self, corpus: dict[str, Article]) -> Article:
        make_country("GE")
        save_rule(topic := sea(), self.RULE)
        apply(topic)
        return Article.objects.get(pk=corpus["other"].pk)

    def test_topics_follow_corrections_and_their_withdrawal(self, rain: Article) -> None:
        editing.correct(rain, {"about": ["GE"], "mentioned": [], "published": "2024-05-06"}, None)
        assert tagged() == {rain.pk}
        assert claimed() == {rain.pk: ["rain"]}

        editing.withdraw(rain.corrections.filter(field="published"))
        assert tagged() == set()

    def test_they_survive_reprocessing(self, rain: Article) -> None:
        editing.correct(rain, {"about": ["GE"], "mentioned": [], "published": "2024-05-06"}, None)

        list(reprocess([rain.pk], workers=1))

        assert tagged() == {rain.pk}

    def test_a_date_from_the_story_counts(self) -> None:
        make_topic("sea", "tanker after:2024-04-20 before:2024-04-25")
        first = make_article("A tanker ran aground.", published="2024-04-22")
        second = make_article("Another tanker came to help.", published=None)
        assert tagged() == set()

        stories.split([first.pk, second.pk], None)
        stories.refresh(Article.objects.filter(pk=first.pk).values_list("story", flat=True))

        assert Article.objects.get(pk=second.pk).published_provenance == "story"
        assert second.pk in tagged()

        stories.split([second.pk], None)
        assert second.pk not in tagged()

    def test_a_first_sentence_in_place_of_a_title_is_no_title(self) -> None:
        article = make_article("The ferry sank. All were saved.", title="The ferry sank.")
        article.claims.claims["title"]["provenance"] = "first sentence"
        article.claims.save()
        store.hold([article.pk])
        make_topic("sea", "title:ferry")

        call_command("retag", verbosity=0)

        assert tagged() == set()
        assert not index.search(parse("title:ferry"))


RULES = (
    "ferry port",
    "=ferries OR =Ferry",
    '="the port"',
    '"ferry port"~3 -rain',
    "por* country:az",
    "after:2024-03 (ferry OR title:port)",
    "-ferry language:en",
    "about:ru OR source:herald",
    "has:date before:2024-02",
    "has:country -has:date",
)
WORDS = ("the", "ferry", "ferries", "Ferry", "port", "ports", "rain", "waits", "Baku")


@pytest.mark.parametrize("rule", RULES)
def test_preview_and_stage_agree(rule: str) -> None:
    """The index over-approximates nothing: what it finds is what the stage of the pipeline tags."""
    chance = random.Random(3)
    articles = make_articles(
        {
            "title": " ".join(chance.choices(WORDS, k=3)) if chance.random() < 0.7 else "",
            "body": " ".join(chance.choices(WORDS, k=9)),
            "published": chance.choice(["2024-01-05", "2024-03-01", None]),
            "about": [chance.choice(["AZ", "RU"])],
            "source": chance.choice(["herald", "wire"]),
        }
        for _ in range(60)
    )
    for article in articles[::7]:
        editing.correct(article, {"published": "2024-06", "about": ["RU"], "mentioned": ["AZ"]}, None)
    stage = FindTopics([TopicRow("sea", "", "", rule)])

    found = {
        article.pk for article, document in store.held_documents([one.pk for one in articles]) if stage(document).topics
    }

    assert set(index.search_for(parse(rule), 60).found) == found
