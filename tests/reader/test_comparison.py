"""Two articles side by side, through the client."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsdesk.articles.models import Article
from newsdesk.reader.article import LONG
from newsdesk.reader.comparison import CHOICES, ComparisonPage
from tests.factories import make_article, make_articles, make_source
from tests.reader.test_list_page import HOSTILE, Page

pytestmark = pytest.mark.django_db

CLOSED = "The bridge at Salyan was closed to lorries on Monday."
WALKED = "In all, 340 people walked across the river to work."
MARKET = "Traders at the market complained about empty stalls."


@pytest.fixture
def pair() -> tuple[Article, Article]:
    """Of one story; the second was published first."""
    make_source("kura", "Kura Post")
    late = make_article(f"{CLOSED} {MARKET}", title="Bridge closed", published="2024-05-15", source="kura")
    early = make_article(f"{CLOSED} {WALKED}", title="A bridge", published="2024-05-14", story_with=late)
    return late, early


def get(client: Client, one: Article, other: Article) -> Page:
    first, second = sorted((one.pk, other.pk))
    response = client.get(f"/articles/{first}/compare/{second}/")
    assert response.status_code == 200
    return Page(response.content.decode())


def text(page: Page) -> str:
    return " ".join(page.text.split())


def test_the_earlier_is_on_the_left_and_what_one_says_alone_is_said_to_be_so(
    client: Client, pair: tuple[Article, Article]
) -> None:
    page = get(client, *pair)

    shown = text(page)
    assert "Unknown source 14 May 2024 English A bridge Kura Post 15 May 2024 English Bridge closed" in shown
    assert f"both Unknown source {CLOSED} Kura Post {CLOSED}" in shown
    assert f"Unknown source only here {WALKED} Kura Post only here {MARKET}" in shown
    assert len(page.all("li", class_="is-same")) == 1
    assert [each["id"] for each in page.all("p", class_="is-alone")] == ["left-2", "right-2"]
    assert len(page.all("mark", class_="is-own")) == 1


def test_a_pair_has_one_address(client: Client, pair: tuple[Article, Article]) -> None:
    one, other = (article.pk for article in pair)

    answer = client.get(f"/articles/{other}/compare/{one}/")

    assert (answer.status_code, answer["Location"]) == (301, f"/articles/{one}/compare/{other}/")
    page = get(client, *pair)
    assert page.all("link", rel="canonical")[0]["href"] == f"http://testserver/articles/{one}/compare/{other}/"


def test_an_article_beside_itself_is_the_article(client: Client, pair: tuple[Article, Article]) -> None:
    answer = client.get(f"/articles/{pair[0].pk}/compare/{pair[0].pk}/")

    assert (answer.status_code, answer["Location"]) == (302, pair[0].get_absolute_url())


def test_what_is_not_there_is_not_found(client: Client, pair: tuple[Article, Article]) -> None:
    for address in (f"{pair[0].pk}/compare/999", f"999/compare/{pair[0].pk}", "998/compare/999", "999/compare/999"):
        assert client.get(f"/articles/{address}/").status_code == 404, address


def test_it_leads_to_the_story_and_to_other_versions_for_either_side(
    client: Client, pair: tuple[Article, Article]
) -> None:
    late, early = pair
    third = make_article("The river rose.", title="The river", story_with=late)

    hrefs = get(client, *pair).hrefs()

    assert f"/stories/{Article.objects.get(pk=late.pk).story_id}/" in hrefs
    assert f"/articles/{late.pk}/compare/{third.pk}/" in hrefs
    assert f"/articles/{early.pk}/compare/{third.pk}/" in hrefs


def test_articles_of_two_stories_lead_to_the_list(client: Client) -> None:
    page = get(client, make_article("One."), make_article("Two."))

    assert "/articles/" in page.hrefs(class_="back")
    assert "another version here" not in page.text


def test_the_story_and_the_article_lead_to_it(client: Client, pair: tuple[Article, Article]) -> None:
    late, early = pair
    url = f"/articles/{late.pk}/compare/{early.pk}/"
    story = Article.objects.get(pk=late.pk).story_id

    assert url in Page(client.get(f"/articles/{late.pk}/").content.decode()).hrefs()
    assert url in Page(client.get(f"/articles/{early.pk}/").content.decode()).hrefs()
    assert url in Page(client.get(f"/stories/{story}/").content.decode()).hrefs()


def test_across_languages_the_page_says_by_what(client: Client) -> None:
    english = make_article("Ilham Aliyev saw 340 lorries.", language="en")
    russian = make_article("Приехал Ильхам Алиев. Был и Гусейнов.", language="ru")

    page = get(client, english, russian)

    assert "Aligned across languages" in page.text
    assert len(page.all("li", class_="is-pair")) == 1
    assert {each["lang"] for each in page.all("span", dir="auto")} == {"en", "ru"}


def test_the_same_text_says_so(client: Client) -> None:
    page = get(client, make_article(CLOSED), make_article(f"{CLOSED} ", title="Another"))

    assert "Both say the same, word for word." in page.text


def test_empty_bodies_say_so(client: Client) -> None:
    page = get(client, make_article("", title="One"), make_article(" ", title="Two"))

    assert "Nothing is left of either text after cleaning." in page.text


def test_hostile_text_stays_text(client: Client) -> None:
    one = make_article(f"{HOSTILE} 340 людей", title=HOSTILE, source="kura")

    page = get(client, one, make_article(f"Then {HOSTILE}.", title=HOSTILE))

    assert not page.all("img")
    assert all(each.get("src") for each in page.all("script"))


def test_more_versions_do_not_mean_more_queries(client: Client, pair: tuple[Article, Article]) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            get(client, *pair)
        return len(queries)

    make_articles([{"body": "The river."}], story_with=pair[0])
    few = count()
    make_articles([{"body": f"The river rose by {at} metres."} for at in range(CHOICES + 2)], story_with=pair[0])

    assert count() == few
    assert len(ComparisonPage(list(pair)).choices) == CHOICES


def test_long_texts_are_laid_out_only_where_they_are_in_sight(client: Client) -> None:
    one, other = make_articles([{"body": f"{CLOSED} " * (LONG // 9)}, {"body": MARKET}])

    assert get(client, one, other).all("div", class_="comparison is-long")
