"""The list through the client: as a page, and as the part that htmx swaps."""

import re
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsdesk.articles import stories
from newsdesk.articles.models import Article
from tests.factories import make_article, make_articles

pytestmark = pytest.mark.django_db

DATA = "application/ld+json"  # is not run
HTMX = {"HX-Request": "true"}
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\" hx-get='/admin/' {{ 7*7 }}"


class Page(HTMLParser):
    """Elements by tag with their attributes, and the text between."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.html = html
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [
            attrs
            for name, attrs in self.elements
            if name == tag
            and all(value in (attrs.get(key.rstrip("_").replace("_", "-")) or "") for key, value in wanted.items())
        ]

    def hrefs(self, **wanted: str) -> list[str]:
        return [attrs.get("href") or "" for attrs in self.all("a", **wanted)]


def get(client: Client, url: str = "/articles/", *, htmx: bool = False, language: str = "en") -> Page:
    response = client.get(url, headers={"Accept-Language": language, **(HTMX if htmx else {})})
    assert response.status_code == 200
    return Page(response.content.decode())


def titles(client: Client, url: str = "/articles/") -> list[str]:
    html = client.get(url).content.decode()
    return re.findall(r'class="row-title[^>]*><a [^>]*>([^<]*)</a>', html)


class TestList:
    def test_newest_first_and_undated_last(self, client: Client) -> None:
        make_articles(
            [
                {"title": "old", "published": "2020-01-01"},
                {"title": "none", "published": None},
                {"title": "new", "published": "2024-01-01"},
            ]
        )

        assert titles(client) == ["new", "old", "none"]
        assert titles(client, "/articles/?sort=oldest") == ["old", "new", "none"]

    def test_a_row_tells_what_there_is_to_know(self, client: Client) -> None:
        first = make_article(
            "The ministers met. They spoke of gas.",
            title="Ministers meet",
            published="2024-04-22T16:14",
            precision="minute",
            about=["AZ"],
            mentioned=["RU"],
            topics=["trade"],
            source="wire",
            url="https://wire.example/1",
        )
        make_article("Other words.", story_with=first)

        page = get(client)

        text = " ".join(page.text.split())
        for told in (
            "22 April 2024 16:14",
            "Ministers meet",
            "Wire English 2 articles in the story",
            "The ministers met. They spoke of gas.",
            "Topics Trade",
            "About Azerbaijan",
            "Mentions Russia",
        ):
            assert told in text
        assert page.hrefs(data_original="https://wire.example/1") == [f"/articles/{first.pk}/"]
        assert f"/stories/{Article.objects.get(pk=first.pk).story_id}/" in page.hrefs()

    def test_a_date_that_was_inferred_says_so(self, client: Client) -> None:
        make_article(published="2022-02-22", provenance="story", confidence=0.6)

        assert "inferred" in get(client).text

    @pytest.mark.parametrize(
        ("published", "precision", "shown"),
        [
            ("2024-04", "month", "April 2024"),
            ("2024", "year", "2024"),
            ("2024-04-22T16:14+04:00", "minute", "16:14 UTC+04:00"),
            ("2024-04-22T16:14Z", "minute", "16:14 UTC"),
            (None, "", "Undated"),
        ],
    )
    def test_a_date_is_shown_as_exactly_as_it_is_known(
        self, client: Client, published: str | None, precision: str, shown: str
    ) -> None:
        make_article(published=published, precision=precision)

        row = client.get("/articles/").content.decode().partition('class="row-when">')[2].partition("</p>")[0]

        assert shown in " ".join(Page(row).text.split())

    def test_the_language_of_each_text_is_marked(self, client: Client) -> None:
        make_article("Министры встретились.", title="Встреча", language="ru")

        assert get(client).all("h3", lang="ru", dir="auto")

    def test_a_search_shows_where_it_matched(self, client: Client) -> None:
        make_article("Начало. " * 100 + "Российские миротворцы ушли.", title="Вывод миротворцев")

        html = client.get("/articles/", {"q": "миротворец"}).content.decode()

        assert "<mark>миротворцы</mark> ушли." in html
        assert "Вывод <mark>миротворцев</mark>" in html

    def test_links_of_rows_carry_the_list_along(self, client: Client) -> None:
        article = make_article(about=["AZ"])

        assert (
            f"/articles/{article.pk}/?about=AZ&sort=oldest"
            in get(client, "/articles/?sort=oldest&about=AZ&page=1").hrefs()
        )


class TestPages:
    @pytest.fixture(autouse=True)
    def _sixty(self) -> None:
        make_articles({"about": ["AZ"]} for _ in range(60))

    def test_twenty_five_a_page_with_real_links(self, client: Client) -> None:
        page = get(client, "/articles/?about=AZ&page=2")

        assert len(page.all("li", class_="row")) == 25
        assert page.all("ol", class_="rows")[0]["start"] == "26"
        assert page.hrefs(data_focus="results") == [
            "/articles/?about=AZ",
            "/articles/?about=AZ",
            "/articles/?about=AZ&page=3",
            "/articles/?about=AZ&page=3",
        ]

    def test_a_page_that_is_not_there_is_the_last(self, client: Client) -> None:
        assert len(get(client, "/articles/?page=99").all("li", class_="row")) == 10

    def test_queries_do_not_grow_with_rows(self, client: Client) -> None:
        def queries(url: str) -> int:
            client.get(url)
            with CaptureQueriesContext(connection) as captured:
                client.get(url)
            return len(captured)

        few = queries("/articles/?about=AZ&page=3")
        many = queries("/articles/?about=AZ")
        searching = queries("/articles/?about=AZ&q=body")

        assert few == many <= 10
        assert searching <= many + 1


class TestFilters:
    def test_every_control_is_a_link_or_a_form(self, client: Client) -> None:
        make_article(about=["AZ"], topics=["trade"], source="wire")

        page = get(client, "/articles/?about=AZ&q=body")

        assert {"/articles/?q=body", "/articles/?q=body&about=-AZ", "/articles/?q=body&about=AZ&topic=trade"} <= set(
            page.hrefs()
        )
        (form,) = page.all("form", id="search")
        assert (form["action"], form["method"]) == ("/articles/", "get")
        assert page.all("input", type="hidden", name="about") == [{"type": "hidden", "name": "about", "value": "AZ"}]
        assert {field["name"] for field in page.all("input", form="search")} == {"published_after", "published_before"}

    def test_chips_and_clear_all(self, client: Client) -> None:
        make_article(about=["AZ"], mentioned=["RU"])

        page = get(client, "/articles/?about=AZ&country=-RU&sort=oldest")

        assert "About: Azerbaijan" in " ".join(page.text.split())
        assert page.hrefs(class_="chip") == ["/articles/?country=-RU&sort=oldest", "/articles/?about=AZ&sort=oldest"]
        assert "/articles/?sort=oldest" in page.hrefs(class_="clear")

    def test_the_canonical_address_is_named(self, client: Client) -> None:
        make_article(about=["AZ", "RU"])

        page = get(client, "/articles/?utm=x&about=RU&q=&about=AZ")

        assert page.all("link", rel="canonical") == [
            {"rel": "canonical", "href": "http://testserver/articles/?about=AZ&about=RU"}
        ]

    def test_the_table_of_the_timeline_is_a_link_away(self, client: Client) -> None:
        make_article(published="2024-04-22")

        assert "/articles/?more=timeline" in get(client).hrefs(id="more-timeline")
        assert "April 2024" in get(client, "/articles/?more=timeline").text.partition("Articles by time")[2]


class TestStates:
    def test_an_empty_corpus_names_the_command_that_fills_it(self, client: Client) -> None:
        assert "make run ARTICLES=path/to/articles" in get(client).text

    def test_an_empty_list_names_what_emptied_it(self, client: Client) -> None:
        make_article(about=["AZ"], topics=["trade"])
        make_article(about=["RU"])

        page = get(client, "/articles/?about=RU&topic=trade&language=en")

        text = " ".join(page.text.split())
        assert "No article passes all of these filters" in text
        assert "1 article without “About: Russia”" in text
        assert "1 article without “Topic: Trade”" in text
        assert "0 articles without “Language: English”" in text
        assert {"/articles/?topic=trade&language=en", "/articles/?about=RU&language=en"} <= set(page.hrefs())
        assert "0 articles without" not in " ".join(re.findall(r"<li><a [^>]*>[^<]*", page.html))

    def test_where_to_drop_one_filter_does_not_help_it_says_what_each_finds_alone(self, client: Client) -> None:
        make_article(about=["AZ"])
        make_article(about=["RU"], topics=["trade"])
        make_article(language="ru")

        page = get(client, "/articles/?about=AZ&topic=trade&language=ru")

        text = " ".join(page.text.split())
        assert "1 article with “About: Azerbaijan” alone" in text
        assert "1 article with “Language: Russian” alone" in text
        assert {"/articles/?about=AZ", "/articles/?topic=trade", "/articles/?language=ru"} <= set(page.hrefs())

    def test_an_invalid_value_is_named_and_can_be_dropped(self, client: Client) -> None:
        make_article(about=["AZ"])

        page = get(client, "/articles/?about=AZ&topic=weather")

        assert "Topic: “weather” is not known here." in " ".join(page.text.split())
        assert not page.all("li", class_="row")
        assert "/articles/?about=AZ" in page.hrefs()

    def test_dates_in_the_wrong_order_stay_in_their_fields_and_nothing_is_counted(self, client: Client) -> None:
        make_articles([{"about": ["AZ"], "published": "2026-01-01"}, {"about": ["RU"], "published": "2019-01-01"}])

        page = get(client, "/articles/?published_after=2025-01-01&published_before=2020-01-01")

        assert "To: The last day is before the first." in " ".join(page.text.split())
        assert page.all("input", id="published_after")[0]["value"] == "2025-01-01"
        assert page.all("input", id="published_before")[0]["value"] == "2020-01-01"
        assert not page.all("details", id="facet-about")

    def test_a_query_that_cannot_be_read_shows_the_place(self, client: Client) -> None:
        make_article()

        page = get(client, "/articles/?q=war+after:sometime")

        assert "“sometime” is not a date." in page.text
        assert page.all("input", id="q")[0]["aria-describedby"] == "q-fault"
        assert "war after:<mark>sometime</mark>" in client.get("/articles/?q=war+after:sometime").content.decode()

    def test_hostile_text_stays_text(self, client: Client) -> None:
        make_article(HOSTILE, title=HOSTILE, source="wire", section=HOSTILE, author=HOSTILE)

        page = get(client, "/articles/?q=alert")

        assert not page.all("img")
        assert all(script.get("src") or script.get("type") == DATA for script in page.all("script"))
        assert not [element for element in page.elements if element[1].get("hx-get") == "/admin/"]
        assert "{{ 7*7 }}" in page.text

    @pytest.mark.parametrize("value", ["<svg onload=alert(1)>", "\"'><script>", "javascript:alert(1)", "\x00", "%00"])
    @pytest.mark.parametrize("name", ["q", "about", "topic", "published_after", "sort", "page", "more", "utm"])
    def test_hostile_parameters_stay_text(self, client: Client, name: str, value: str) -> None:
        make_article()

        page = Page(client.get("/articles/", {name: value}).content.decode())

        assert not [attrs for _, attrs in page.elements if {"onload", "onerror"} & attrs.keys()]
        assert all(script.get("src") or script.get("type") == DATA for script in page.all("script"))
        assert not [href for href in page.hrefs() if href.startswith("javascript")]


class TestFolding:
    @pytest.fixture
    def fire(self) -> int:
        """The id of a story of three articles beside two others without one."""
        first, *_ = articles = make_articles(
            [
                {"title": "Fire", "published": "2024-01-01", "source": "wire", "about": ["AZ"]},
                {"title": "Fire again", "published": "2024-01-05", "source": "herald", "about": ["AZ"]},
                {"title": "Пожар", "published": "2024-01-03", "source": "wire", "language": "ru"},
                {"title": "Wine", "published": "2024-01-04", "about": ["AZ"]},
                {"title": "Gas", "published": "2024-01-02"},
            ]
        )
        stories.split([article.pk for article in articles[:3]], None)
        first.refresh_from_db()
        assert first.story_id
        return first.story_id

    def test_one_row_for_each_story_by_its_first_article(self, client: Client, fire: int) -> None:
        assert titles(client, "/articles/?fold=1") == ["Fire again", "Wine", "Gas"]
        assert titles(client, "/articles/?fold=1&sort=oldest") == ["Fire", "Gas", "Wine"]
        assert titles(client, "/articles/?fold=1&language=ru") == ["Пожар"]
        assert len(titles(client, "/articles/?fold=1&q=body&sort=relevance")) == 3

    def test_counts_say_both(self, client: Client, fire: int) -> None:
        page = get(client, "/articles/?fold=1", htmx=True)

        text = " ".join(page.text.split())
        assert text.count("5 articles in 3 stories") == 2
        assert "5 articles in" not in get(client).text

    def test_a_row_tells_how_the_story_is_covered(self, client: Client, fire: int) -> None:
        text = " ".join(get(client, "/articles/?fold=1").text.split())

        assert "Herald English 3 articles, 2 outlets, English, Russian" in text
        assert f"/stories/{fire}/" in get(client, "/articles/?fold=1").hrefs()

    def test_what_does_not_pass_the_filters_is_not_counted_as_covering(self, client: Client, fire: int) -> None:
        text = " ".join(get(client, "/articles/?fold=1&source=wire").text.split())

        assert "2 of 3 articles, 1 outlet, English, Russian" in text
        assert "2 articles in 1 story" in text

    def test_the_switch_stays_in_every_link(self, client: Client, fire: int) -> None:
        page = get(client, "/articles/?about=AZ&fold=1")

        assert "/articles/?about=AZ" in page.hrefs(id_="fold")
        assert "/articles/?fold=1" in page.hrefs(class_="chip")
        assert "/articles/?fold=1" in page.hrefs(class_="clear")
        assert {"type": "hidden", "name": "fold", "value": "1"} in page.all("input")
        assert all("fold=1" in href for href in page.hrefs(id_="sort-"))
        assert all("fold=1" in href for href in page.hrefs() if re.match(r"/articles/\d", href))
        assert "/articles/?about=AZ&fold=1" in get(client, "/articles/?about=AZ").hrefs(id_="fold1")

    def test_pages_are_of_stories(self, client: Client) -> None:
        many = make_articles([{"title": f"Part {at}"} for at in range(60)])
        for at in range(0, 60, 2):
            stories.split([many[at].pk, many[at + 1].pk], None)

        assert len(titles(client, "/articles/?fold=1")) == 25
        assert len(titles(client, "/articles/?fold=1&page=2")) == 5
        assert "/articles/?fold=1&page=2" in get(client, "/articles/?fold=1").hrefs(rel="next")

    def test_facets_count_articles(self, client: Client, fire: int) -> None:
        chosen = get(client, "/articles/?fold=1").all("a", id_="in-about-AZ")

        assert chosen
        assert " ".join(get(client, "/articles/?fold=1").text.split()).count("Azerbaijan 3") >= 1

    def test_more_stories_do_not_mean_more_queries(self, client: Client) -> None:
        counted = []
        for _ in range(2):
            for _ in range(6):
                stories.split([article.pk for article in make_articles([{}, {}])], None)
            client.get("/articles/?fold=1")
            with CaptureQueriesContext(connection) as queries:
                client.get("/articles/?fold=1")
            counted.append(len(queries))

        assert counted[0] == counted[1]

    def test_a_wrong_value_is_told(self, client: Client, fire: int) -> None:
        assert "This list cannot be made" in get(client, "/articles/?fold=yes").text

    def test_the_chip_of_a_story_leads_to_its_page(self, client: Client, fire: int) -> None:
        page = get(client, f"/articles/?story={fire}")

        assert page.hrefs(class_="chip-page") == [f"/stories/{fire}/"]
        assert "Story: Fire" in " ".join(page.text.split())
        assert not get(client, "/articles/?about=AZ").hrefs(class_="chip-page")


class TestHtmx:
    def test_htmx_gets_the_part_that_changes(self, client: Client) -> None:
        make_article(about=["AZ"])

        page = get(client, "/articles/?about=AZ", htmx=True)

        assert not page.all("html")
        assert page.all("div", id="desk")
        assert page.text.strip().startswith("Azerbaijan – Newsdesk")
        assert page.all("p", id="announcement") == [{"id": "announcement", "hx-swap-oob": "innerHTML"}]

    def test_the_part_is_the_same_as_in_the_page(self, client: Client) -> None:
        make_article(about=["AZ"])

        whole = client.get("/articles/?about=AZ").content.decode()
        part = client.get("/articles/?about=AZ", headers=HTMX).content.decode()

        assert part[part.index('<div id="desk"') : part.index('<div id="article"')].strip() in whole

    def test_another_list_closes_the_article_that_was_open(self, client: Client) -> None:
        assert get(client, htmx=True).all("div", id="article") == [
            {"id": "article", "class": "nothing", "hx-swap-oob": "true"}
        ]

    def test_a_list_beside_an_article_leaves_article_title_and_address_alone(self, client: Client) -> None:
        response = client.get("/articles/", headers={**HTMX, "Newsdesk-Beside": "1"})

        page = Page(response.content.decode())
        assert page.all("div", id="desk")
        assert not page.all("div", id="article")
        assert not page.all("title")
        assert "HX-Push-Url" not in response
        assert "Newsdesk-Beside" in response["Vary"]

    @pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
    def test_boosted_links_and_restores_get_the_page(self, client: Client, header: str) -> None:
        response = client.get("/articles/", headers={**HTMX, header: "true"})

        assert b"<html" in response.content

    def test_the_address_that_is_pushed_is_canonical(self, client: Client) -> None:
        make_article(about=["AZ"])

        response = client.get("/articles/?q=&published_after=&about=AZ&sort=newest", headers=HTMX)

        assert response["HX-Push-Url"] == "/articles/?about=AZ"
        assert "HX-Push-Url" not in client.get("/articles/?about=AZ")

    def test_a_wrong_value_stays_in_the_address(self, client: Client) -> None:
        assert client.get("/articles/?about=XX", headers=HTMX)["HX-Push-Url"] == "/articles/?about=XX"

    def test_both_answers_vary(self, client: Client) -> None:
        for headers in ({}, HTMX):
            vary = client.get("/articles/", headers=headers)["Vary"]
            assert {"HX-Request", "Cookie"} <= {part.strip() for part in vary.split(",")}

    def test_the_live_count_is_there_from_the_first_load(self, client: Client) -> None:
        assert get(client).all("p", id="announcement", aria_live="polite")


class TestLanguage:
    def test_names_and_words_follow_the_reader(self, client: Client) -> None:
        make_article(about=["AZ"], topics=["karabakh"], published="2024-04-22")

        text = get(client, language="ru").text

        assert "Азербайджан" in text
        assert "Карабах" in text
        assert "22 апреля 2024" in text


@pytest.mark.parametrize(
    "url", ["/", "/articles/", "/articles/1/", "/stories/1/", "/help/", "/preferences/", "/robots.txt"]
)
def test_reading_does_not_take_a_post(client: Client, url: str) -> None:
    assert client.post(url).status_code in (302, 405)


def test_no_page_asks_for_an_inline_script_or_style(client: Client) -> None:
    article = make_article(about=["AZ"], evidence={"AZ": ["body"]})

    for url in ("/articles/", f"/articles/{article.pk}/", f"/articles/{article.pk}/?raw=1", "/help/", "/preferences/"):
        response = client.get(url)
        page = Page(response.content.decode())
        assert "default-src 'self'" in response["Content-Security-Policy"]
        assert all(script.get("src") or script.get("type") == DATA for script in page.all("script"))
        assert not page.all("style")
        assert not [
            (tag, name)
            for tag, attrs in page.elements
            for name in attrs
            if name == "style" or (name.startswith("on") and name != "on")
        ]


def test_robots_are_kept_out(client: Client) -> None:
    response = client.get("/robots.txt")

    assert (response.content, response["Content-Type"]) == (b"User-agent: *\nDisallow: /\n", "text/plain")
