"""The story through the client."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsdesk.articles import stories
from newsdesk.articles.models import Article, Claims, Correction, Source, Story
from newsdesk.pipeline.stages.fingerprint import fingerprint_of
from newsdesk.reader.story import PER_PAGE, StoryPage, find_first
from tests.factories import make_article, make_articles, make_country, make_source
from tests.reader.test_list_page import HOSTILE, Page

pytestmark = pytest.mark.django_db

SHORT = "The bridge at Salyan was closed to lorries on Monday, and 340 people walked."
LONG = (
    "The bridge at Salyan was closed, engineer Farid Mammadov said, and 340 people walked to work. "
    "The district paid 5,200 manats: “we shall open the second lane before the autumn rains begin”."
)
RUSSIAN = "Мост в Сальянах закрыт, 340 человек шли пешком, сообщил Гусейнов."


def make_story(*many: dict[str, Any]) -> Story:
    """Of articles with the fingerprints of their texts."""
    articles = make_articles(
        {**given, "fingerprint": fingerprint_of(given.get("title", ""), given.get("body", ""))} for given in many
    )
    return stories.split([article.pk for article in articles], None)


def withdraw_pins() -> None:
    """As if the machine had grouped them."""
    Correction.objects.all().delete()


def get(client: Client, story: Story, query: str = "", language: str = "en") -> Page:
    response = client.get(f"/stories/{story.pk}/{query}", headers={"Accept-Language": language})
    assert response.status_code == 200
    return Page(response.content.decode())


def text(page: Page) -> str:
    return " ".join(page.text.split())


@pytest.fixture
def bridge() -> Story:
    make_country("GE")
    Source.objects.create(slug="kura", name="Kura Post", country_id="GE")
    for slug, name in (("herald", "Highland Herald"), ("wire", "River Wire"), ("north", "Северная газета")):
        make_source(slug, name)
    story = make_story(
        {"title": "Bridge closed", "body": SHORT, "published": "2024-05-14T09:10", "precision": "minute", "source": "kura"},
        {"title": "Why the bridge is closed", "body": LONG, "published": "2024-05-15", "source": "herald"},
        {"title": "The bridge again", "body": LONG + " ", "published": "2024-05-16", "source": "wire"},
        {"title": "Мост закрыт", "body": RUSSIAN, "published": "2024-05-14", "provenance": "story", "language": "ru"},
    )  # fmt: skip  # several to a line
    original, copy = (Article.objects.get(title=title) for title in ("Why the bridge is closed", "The bridge again"))
    claims = Claims.objects.get(pk=copy.pk)
    claims.claims["reprint_of"] = str(original.pk)
    claims.save()
    withdraw_pins()
    return story


class TestStory:
    def test_what_there_is_of_it(self, client: Client, bridge: Story) -> None:
        page = get(client, bridge)

        assert "Story Bridge closed 14–16 May 2024 4 articles 3 outlets English, Russian" in text(page)
        assert page.hrefs().count(f"/articles/?story={bridge.pk}") == 1

    def test_its_own_title_comes_before_that_of_the_first_article(self, client: Client, bridge: Story) -> None:
        Story.objects.update(title="The bridge at Salyan")

        assert "Story The bridge at Salyan 14" in text(get(client, bridge))

    def test_versions_in_time_with_the_first_marked(self, client: Client, bridge: Story) -> None:
        shown = text(get(client, bridge))

        order = ("14 May 2024 Tuesday 09:10 first Kura Post Georgia English Bridge closed", "15 May 2024 Wednesday")
        assert [shown.index(part) for part in order] == sorted(shown.index(part) for part in order)
        assert shown.count(" first ") == 1
        assert "15 May 2024 Wednesday no time given Highland Herald English Why the bridge is closed" in shown

    def test_a_date_from_the_story_stands_apart(self, client: Client, bridge: Story) -> None:
        shown = text(get(client, bridge))

        assert "Without an exact date of their own 14 May 2024 Unknown source Russian Мост закрыт" in shown

    def test_what_each_version_has_alone(self, client: Client, bridge: Story) -> None:
        shown = text(get(client, bridge))

        assert "Named only here Farid Mammadov Figures only here 5,200 manats Quoted only here we shall open" in shown
        assert "Named only here Гусейнов" in shown
        assert shown.count("only here") == 4
        assert "340 people" not in shown.split("why in this story?")[0]

    def test_copies_are_folded_into_one_line(self, client: Client, bridge: Story) -> None:
        page = get(client, bridge)

        assert "Also in 1 outlet: River Wire (16 May 2024)" in text(page)
        assert len(page.all("li", class_="version")) == 3
        assert Article.objects.get(title="The bridge again").get_absolute_url() in page.hrefs()

    def test_each_but_the_first_says_why_it_is_here(self, client: Client, bridge: Story) -> None:
        shown = text(get(client, bridge))

        assert shown.count("why in this story?") == 2
        why = "It shares with Bridge closed (Kura Post): Names Salyan Figures 340 people"
        assert why in shown
        assert "Published 1 day apart" in shown

    def test_what_an_editor_put_together_says_so(self, client: Client) -> None:
        author = get_user_model().objects.create_user("leyla")
        articles = make_articles([{}, {}])
        story = stories.split([article.pk for article in articles], author.pk, "the same bridge")

        assert text(get(client, story)).count("put into this story by leyla on") == 2

    def test_a_story_of_one_article_says_so(self, client: Client) -> None:
        story = stories.split([make_article(title="Alone").pk], None)

        page = get(client, story)

        assert "One article tells of this so far." in text(page)
        assert f"/articles/?story={story.pk}" not in page.hrefs()
        assert " first " not in text(page)

    def test_a_month_is_no_exact_date(self, client: Client) -> None:
        story = make_story({"published": "2024-05", "precision": "month"}, {"published": "2024-05-14"})

        shown = text(get(client, story))

        assert "Without an exact date of their own May 2024" in shown
        assert " first " not in shown

    def test_an_unknown_story_is_not_found(self, client: Client) -> None:
        assert client.get("/stories/999/").status_code == 404

    def test_hostile_text_stays_text(self, client: Client) -> None:
        story = make_story({"title": HOSTILE, "body": HOSTILE + " “" + HOSTILE + "” Farid"}, {"title": HOSTILE})

        page = get(client, story, "?page=%22%3E%3Cimg%20src%3Dx%3E")

        assert not page.all("img")
        assert all(script.get("src") for script in page.all("script"))

    def test_in_russian(self, client: Client, bridge: Story) -> None:
        shown = text(get(client, bridge, language="ru"))

        assert "14–16 мая 2024" in shown
        assert "4 статьи 3 издания" in shown
        assert "Также в 1 издании: River Wire" in shown


class TestEditors:
    def log_in(self, client: Client, *permissions: str, staff: bool = True) -> None:
        editor = get_user_model().objects.create_user("leyla", is_staff=staff)
        editor.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        client.force_login(editor)

    def test_who_may_change_stories_is_led_to_the_admin(self, client: Client, bridge: Story) -> None:
        self.log_in(client, "change_story", "change_article", "view_story", "view_article")

        links = [href for href in get(client, bridge).hrefs() if href.startswith("/admin/articles/")]

        assert links == [
            f"/admin/articles/story/{bridge.pk}/change/",
            "/admin/articles/story/?last__gte=2024-05-07&first__lte=2024-05-23",
            f"/admin/articles/article/?story__id__exact={bridge.pk}",
        ]
        assert [client.get(link).status_code for link in links] == [200, 200, 200]
        assert client.get(links[2]).context["cl"].result_count == 4
        assert client.get(links[1]).context["cl"].result_count == 1

    @pytest.mark.parametrize(
        ("permissions", "staff"),
        [((), True), (("change_story",), True), (("change_story", "change_article"), False)],
        ids=["none", "one-of-two", "no-staff"],
    )
    def test_others_are_not(self, client: Client, bridge: Story, permissions: tuple[str, ...], staff: bool) -> None:
        self.log_in(client, *permissions, staff=staff)

        assert not [href for href in get(client, bridge).hrefs() if href.startswith("/admin/articles/")]


class TestLargeStories:
    def test_more_versions_do_not_mean_more_queries(self, client: Client) -> None:
        counted = []
        for size in (3, 30):
            make_source("wire")
            story = make_story(
                *({"title": f"Part {at}", "body": f"{LONG} {at}", "source": "wire"} for at in range(size))
            )
            client.get(f"/stories/{story.pk}/")
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(f"/stories/{story.pk}/")
            counted.append(len(queries))

        assert counted[0] == counted[1] <= 12

    def test_versions_come_in_pages(self, client: Client) -> None:
        story = make_story(
            *(
                {"title": f"Part {at}", "published": str(dt.date(2024, 1, 1) + dt.timedelta(days=at))}
                for at in range(PER_PAGE + 2)
            )
        )

        first, second = get(client, story), get(client, story, "?page=2")

        assert len(first.all("li", class_="version")) == PER_PAGE
        assert "Page 1 of 2" in text(first)
        assert "?page=2" in first.hrefs()
        assert len(second.all("li", class_="version")) == 2
        assert "first" not in text(second).split("Page 2 of 2")[0].split("Part")[2]
        assert len(get(client, story, "?page=99").all("li", class_="version")) == 2


@pytest.mark.parametrize(
    ("published", "first"),
    [
        pytest.param(["2024-05-15", "2024-05-14"], [1], id="the-first-day"),
        pytest.param(["2024-05-14T09:00", "2024-05-14T08:00", "2024-05-14T10:00"], [1], id="the-first-minute"),
        pytest.param(["2024-05-14T09:00+00:00", "2024-05-14T10:00+04:00"], [1], id="across-time-zones"),
        pytest.param(["2024-05-14T09:00", "2024-05-14"], [0, 1], id="a-day-alone-does-not-tell"),
        pytest.param(["2024-05-14T09:00", "2024-05-14T10:00+04:00"], [0, 1], id="nor-a-time-without-its-zone"),
        pytest.param(["2024-05-14T09:00", "2024-05-14T09:00"], [0, 1], id="at-the-same-time"),
        pytest.param(["2024-05-14", None], [], id="one-date-alone"),
    ],
)
def test_the_first_is_named_only_where_it_is_known(published: list[str | None], first: list[int]) -> None:
    articles = make_articles(
        {"published": day, "precision": "minute" if day and "T" in day else "day"} for day in published
    )

    assert find_first(articles) == [articles[at] for at in first]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (["2024-05-14"], "14 May 2024"),
        (["2024-05-14", "2024-05-16"], "14–16 May 2024"),
        (["2024-05-30", "2024-06-02"], "30 May – 2 June 2024"),
        (["2023-12-31", "2024-01-01"], "31 December 2023 – 1 January 2024"),
        ([None], ""),
    ],
)
def test_the_span_repeats_nothing(days: list[str | None], told: str) -> None:
    assert StoryPage(make_story(*({"published": day} for day in days))).span_text == told
