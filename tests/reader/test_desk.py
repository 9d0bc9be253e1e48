"""The front page: a dossier at a glance, under the filters of the list."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from newsdesk.articles import stories
from newsdesk.articles.models import Article
from newsdesk.reader.desk import Desk
from newsdesk.workspace.models import SavedView, ViewVisit
from tests.factories import make_article, make_articles, make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def desk(query: str = "") -> Desk:
    return Desk(QueryDict(query))


def text(client: Client, url: str = "/") -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


# Filters


def test_all_is_counted_under_the_filters() -> None:
    make_articles(
        [
            {"about": ["AZ"], "topics": ["trade"], "published": "2024-01-05", "title": "Inside", "source": "herald"},
            {"about": ["AZ"], "published": "2023-01-05", "title": "Earlier"},
            {
                "about": ["RU"],
                "topics": ["karabakh"],
                "published": "2024-02-05",
                "language": "ru",
                "title": "Elsewhere",
            },
        ]
    )

    part = desk("about=AZ&published_after=2024-01-01")

    assert (part.count, part.sources, part.languages, part.span) == (1, 1, 1, "5 January 2024")
    assert [line.choice.value for line in part.topics] == ["trade"]
    assert [entry.article.title for entry in part.newest] == ["Inside"]
    assert [entry.source for entry in part.newest] == ["Herald"]


def test_links_stay_on_the_desk_and_one_leads_to_the_list() -> None:
    make_article(about=["AZ"], topics=["trade"])

    part = desk("about=AZ&stack=topic&sort=oldest&fold=1&page=3")

    assert part.list_url == "/articles/?about=AZ"
    assert part.stories_url == "/stories/?about=AZ"
    assert part.articles.cleared_url == "/"
    assert part.topics[0].choice.include_url == "/?about=AZ&topic=trade&stack=topic"
    assert [order.url for order in part.stacks] == ["/?about=AZ", "/?about=AZ&stack=topic", "/?about=AZ&stack=language"]


def test_the_search_box_takes_the_filters_to_the_list() -> None:
    part = desk("q=wine&about=AZ&published_after=2024-01-01&stack=topic")

    make_article(about=["AZ"])

    assert part.search_inputs == [("about", "AZ"), ("published_after", "2024-01-01")]
    assert part.date_inputs == [("q", "wine"), ("about", "AZ"), ("stack", "topic")]


def test_a_country_is_chosen_and_taken_off_again() -> None:
    make_articles([{"about": ["AZ"]}, {"about": ["RU"]}])

    chosen, other = desk("about=AZ").countries.choices

    assert (chosen.value, chosen.state, chosen.include_url) == ("AZ", "included", "/")
    assert (other.value, other.include_url) == ("RU", "/?about=AZ&about=RU")


def test_an_invalid_filter_shows_nothing_and_says_why(client: Client) -> None:
    make_article(title="Hidden")

    page = text(client, "/?about=nowhere")

    assert "“nowhere” is not known here." in page
    assert "Hidden" not in page
    assert "front-state" not in page


def test_filters_without_an_article_say_what_each_would_give(client: Client) -> None:
    make_articles([{"about": ["AZ"], "language": "en"}, {"about": ["RU"], "language": "ru"}])

    page = text(client, "/?about=AZ&language=ru")

    assert "1 article without “Language: Russian”" in page


@pytest.mark.parametrize("query", ["about=AZ&q=zzzqq", "about=-AZ&q=zzzqq", "about=AZ&published_before=2019"])
def test_a_country_that_is_chosen_in_vain_is_shown_without_shades(client: Client, query: str) -> None:
    make_article(about=["AZ"], published="2024-01-05")

    html = text(client, f"/?{query}")

    assert "No article passes all of these filters" in html
    assert 'id="about-AZ"' in html


def test_dates_in_the_wrong_order_stay_in_their_fields(client: Client) -> None:
    make_article(published="2024-01-05")

    page = text(client, "/?published_after=2025-01-01&published_before=2020-01-01")

    assert "The last day is before the first." in page
    assert re.findall(r'type="date" .*? value="([^"]*)"', page) == ["2025-01-01", "2020-01-01"]


def test_an_empty_corpus_shows_the_command_that_fills_it(client: Client) -> None:
    assert "make run ARTICLES=path/to/articles" in text(client)


# Time


def test_layers_by_language_have_the_five_largest_and_the_rest() -> None:
    languages = ["ru", "ru", "en", "en", "en", "az", "tr", "ka", "hy", "fa"]
    make_articles({"language": language, "published": "2024-01-05"} for language in languages)

    timeline = desk("stack=language").timeline

    assert timeline is not None
    assert [layer.label for layer in timeline.layers][:2] == ["English", "Russian"]
    assert timeline.layers[-1].label == "Other languages"
    assert [bar.parts for bar in timeline.bars] == [[3, 2, 1, 1, 1, 2]]


def test_an_article_of_several_topics_is_in_one_layer_that_of_the_rarest() -> None:
    make_articles([{"topics": ["karabakh", "trade"]}, {"topics": ["karabakh"]}, {"topics": []}])

    timeline = desk("stack=topic").timeline

    assert timeline is not None
    assert [layer.label for layer in timeline.layers] == ["Karabakh", "Trade", "Other topics or none"]
    assert [bar.parts for bar in timeline.bars] == [[1, 1, 1]]


def test_the_numbers_are_a_table_with_a_column_a_layer(client: Client) -> None:
    make_articles([{"language": "ru"}, {"language": "en"}, {"language": "en"}])

    page = text(client, "/?stack=language&more=timeline")

    assert '<th scope="col">English</th><th scope="col">Russian</th>' in page
    assert "<td>3</td><td>2</td><td>1</td>" in page


# What else there is


def test_the_largest_stories_and_the_newest_articles() -> None:
    large = make_articles({"title": "Large", "published": f"2020-01-0{day}"} for day in (1, 2, 3))
    small = make_articles({"title": "Small", "published": f"2024-01-0{day}"} for day in (1, 2))
    make_article(title="Alone", published="2023-01-01")
    for story in (large, small):
        stories.split([article.pk for article in story], None)

    whole = desk()

    assert [(row.title, row.coverage.count) for row in whole.stories] == [("Large", 3), ("Small", 2)]
    assert [entry.article.title for entry in whole.newest][:3] == ["Small", "Small", "Alone"]


def test_the_state_of_the_corpus_links_where_there_is_a_filter(client: Client) -> None:
    make_articles(
        [
            {"published": None, "about": ["AZ"]},
            {"topics": ["trade"], "mentioned": ["AZ"], "collected": dt.datetime(2025, 5, 3, tzinfo=dt.UTC)},
        ]
    )

    whole = desk()

    assert (whole.undated, whole.without_topic, whole.without_country) == (1, 1, 0)
    assert whole.last_collected == dt.datetime(2025, 5, 3, tzinfo=dt.UTC)
    page = text(client)
    assert '<a href="/articles/?dated=no">1</a>' in page
    assert '<a href="/articles/?q=-has%3Atopic">1</a>' in page
    assert unquote(desk("q=a+OR+b").without_topic_url) == "/articles/?q=(a+OR+b)+-has:topic"


# The page


def test_without_script_everything_is_a_link(client: Client) -> None:
    make_article(about=["AZ"], topics=["trade"], published="2024-04-22")

    page = text(client)

    assert 'href="/?about=AZ"' in page
    assert 'href="/?topic=trade"' in page
    assert 'href="/topics/trade/"' in page
    assert 'href="/?published_after=2024-04-22&amp;published_before=2024-04-22"' in page


def test_htmx_gets_the_desk_alone_and_the_address(client: Client) -> None:
    make_article(about=["AZ"])

    response = client.get("/?unknown=1&about=AZ", headers=HTMX)

    assert "<html" not in response.content.decode()
    assert response["HX-Push-Url"] == "/?about=AZ"
    assert "HX-Request" in response["Vary"]


def test_the_masthead_says_where_one_is(client: Client) -> None:
    assert '<a href="/" aria-current="page">Desk</a>' in text(client)
    assert 'href="/articles/" aria-current="page">Articles</a>' in text(client, "/articles/")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_two_links_of_the_masthead_have_the_same_name(client: Client, language: str) -> None:
    client.force_login(make_user("editor"))
    client.cookies["django_language"] = language

    masthead = re.search(r'<nav class="masthead-nav".*?</nav>', text(client), re.DOTALL)

    assert masthead is not None
    names = re.findall(r"<a [^>]*>([^<]+)</a>", masthead[0])
    assert len(names) == len(set(names)) == 8


def test_more_articles_cost_no_more_queries_and_no_text(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def add(number: int) -> None:
        made = make_articles(
            {"about": ["AZ", "RU"], "topics": ["trade"], "published": f"20{number}-01-05", "source": "herald"}
            for _ in range(3)
        )
        stories.split([article.pk for article in made], None)

    add(20)
    client.get("/?q=body&stack=topic")
    with CaptureQueriesContext(connection) as few:
        client.get("/?q=body&stack=topic")
    cost, asked = len(few), " ".join(query["sql"] for query in few.captured_queries)
    for number in range(21, 25):
        add(number)
    client.get("/?q=body&stack=topic")

    assert "articletext" not in asked
    assert Article.objects.count() == 15
    with django_assert_num_queries(cost):
        client.get("/?q=body&stack=topic")


# Saved views


def test_what_is_new_by_saved_view(client: Client) -> None:
    user = make_user("analyst")
    view = SavedView.objects.create(author=user, name="Trade with Baku", query="about=AZ", visibility="private")
    seen = make_article(about=["AZ"])
    ViewVisit.objects.create(user=user, view=view, last_article=seen.pk)
    make_article(about=["AZ"])
    client.force_login(user)

    html = text(client)

    assert "Trade with Baku" in html
    assert "1 new" in html
    assert "Trade with Baku" not in text(client, "/?about=AZ")
    assert "Trade with Baku" not in text(Client())


@pytest.mark.parametrize("url", ["/views/", "/collections/"])
def test_who_has_not_signed_in_is_told_how_to_keep_their_own(client: Client, url: str) -> None:
    link = f'<a href="/account/login/?next={url}">Sign in to keep your own</a>'

    without_account = text(client, url)
    client.force_login(make_user("analyst"))

    assert link in without_account
    assert link not in text(client, url)
