"""The article through the client."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsdesk.annotations.models import Annotation
from newsdesk.articles import editing
from newsdesk.articles.models import Article, ArticleText
from tests.factories import make_article, make_articles, make_country, make_note, make_user
from tests.reader.test_list_page import DATA, HOSTILE, HTMX, Page

pytestmark = pytest.mark.django_db

RAW = "Menu News Sport\nTalks in Baku\n22 Apr 2024 The ministers met in Baku.\nThey spoke of Russia.\nRead also: something else"
CUTS = [
    (0, 16, "navigation", 1.0, "menu"),
    (16, 30, "title", 0.9, "headline"),
    (30, 42, "date line", 0.95, "date prefix"),
    (RAW.index("Read also"), len(RAW), "related links", 0.62, "line model"),
]


@pytest.fixture
def article() -> Article:
    return make_article(
        raw_text=RAW,
        body="The ministers met in Baku.\nThey spoke of Russia.\n",
        cuts=CUTS,
        title="Talks in Baku",
        published="2024-04-22",
        about=["AZ"],
        mentioned=["RU"],
        topics=["trade"],
        evidence={"AZ": ["Baku"], "RU": ["Russia"]},
        source="wire",
        url="https://wire.example/1",
        section="Politics",
        author="A. Author",
    )


def get(client: Client, article: Article, query: str = "", **headers: str) -> Page:
    response = client.get(f"/articles/{article.pk}/{query}", headers=headers)
    assert response.status_code == 200
    return Page(response.content.decode())


def text(page: Page) -> str:
    return " ".join(page.text.split())


class TestReading:
    def test_a_print_cites_the_article_without_the_filter(self, client: Client, article: Article) -> None:
        page = get(client, article, "?topic=trade&why=country:AZ")

        assert f"; http://testserver/articles/{article.pk}/</p>" in page.html

    def test_what_there_is_to_know(self, client: Client, article: Article) -> None:
        shown = text(get(client, article))

        for told in (
            "Wire Politics Talks in Baku 22 April 2024 A. Author English 1 minute to read",
            "The ministers met in Baku. They spoke of Russia.",
            "About Azerbaijan",
            "Mentions Russia",
            "Topics Trade",
            "Published 22 April 2024",
            "Collected 1 October 2025",
            "from the date line",
        ):
            assert told in shown

    @pytest.mark.parametrize(
        ("author", "shown"),
        [
            ("By Wire staff", False),
            ("WIRE", False),
            ("The Wire newsroom", False),
            ("Редакция Wire", False),
            ("A. Author, Wire", True),
            ("By A. Author", True),
        ],
    )
    def test_a_byline_that_only_repeats_the_source_is_left_out(self, client: Client, author: str, shown: bool) -> None:
        article = make_article(source="wire", author=author)

        byline = get(client, article).html.partition('class="byline">')[2].partition("</p>")[0]

        assert (author in byline) is shown

    def test_where_the_date_of_collection_comes_from_is_told_on_demand(self, client: Client) -> None:
        article = make_article(source_path="heap/17.txt", collected=dt.datetime(2025, 10, 1, 8, 30, tzinfo=dt.UTC))

        details = get(client, article).html.rpartition("<details>")[2]

        assert "As the file says: 1 October 2025, 08:30 UTC" in details
        assert "heap/17.txt" in details

    @pytest.mark.parametrize(
        ("at_import", "said"),
        [
            pytest.param(True, "The time of the import, since the file says none: 1 October", id="import"),
            pytest.param(None, "where that says nothing, the time at which it was read: 1 October", id="not-known"),
        ],
    )
    def test_a_date_of_collection_that_the_file_does_not_say_is_told_apart(
        self, client: Client, at_import: bool | None, said: str
    ) -> None:
        article = make_article(collected=dt.datetime(2025, 10, 1, 8, 30, tzinfo=dt.UTC))
        Article.objects.update(collected_at_import=at_import)

        assert said in get(client, article).html

    def test_a_text_of_very_many_words_is_laid_out_where_it_is_in_sight(self, client: Client) -> None:
        long, short = make_article("word " * 10_000), make_article("word " * 100)

        assert get(client, long).all("div", class_="is-long")
        assert not get(client, short).all("div", class_="is-long")

    def test_the_same_story_elsewhere_keeps_the_list(self, client: Client) -> None:
        article = make_article(about=["AZ"])
        other = make_article("Other words.", story_with=article)

        assert f"/articles/{other.pk}/?about=AZ" in get(client, article, "?about=AZ").hrefs()

    def test_htmx_gets_the_article_with_its_title_and_its_place_in_the_list(self, client: Client) -> None:
        article = make_article(title="Talks in Baku")

        page = get(client, article, **HTMX)

        assert page.text.split()[:3] == ["Talks", "in", "Baku"]
        (shown,) = page.all("article")
        assert (shown["data-row"], shown["data-list"], shown["data-position"]) == (
            f"row-{article.pk}",
            "/articles/",
            "1",
        )

    def test_paragraphs_in_their_language_out_of_reach_of_htmx(self, client: Client) -> None:
        article = make_article("Первый абзац.\n\nВторой абзац.", language="ru")

        page = get(client, article)

        (body,) = page.all("div", class_="text")
        assert body["lang"] == "ru"
        assert "hx-disable" in body
        assert (
            '<p dir="auto" data-start="0">Первый абзац.</p><p dir="auto" data-start="15">Второй абзац.</p>'
            in page.html.replace("\n", "").replace("    ", "")
        )

    def test_a_missing_article_has_our_own_page(self, client: Client) -> None:
        response = client.get("/articles/999/")

        assert response.status_code == 404
        assert b"There is nothing at this address" in response.content

    def test_a_first_sentence_in_place_of_a_title_says_so(self, client: Client, article: Article) -> None:
        Article.objects.filter(pk=article.pk).update(title_stands_in=True)

        assert "No headline of its own" in text(get(client, article))

    def test_an_article_that_is_not_processed_yet(self, client: Client) -> None:
        article = Article.objects.create(source_path="heap/1.txt")
        ArticleText.objects.create(article=article, raw_text="Some text.")

        shown = text(get(client, article))

        assert "Some text." in shown
        assert "This article waits to be processed." in shown

    def test_an_article_of_nothing_but_chrome(self, client: Client) -> None:
        article = make_article(raw_text="Menu", body="", cuts=[(0, 4, "navigation")], title="Menu")

        assert "Nothing is left of the text after cleaning." in text(get(client, article))

    def test_hostile_text_stays_text(self, client: Client) -> None:
        make_country("AZ")
        article = make_article(
            HOSTILE, title=HOSTILE, section=HOSTILE[:90], author=HOSTILE, about=["AZ"], evidence={"AZ": ["alert"]}
        )
        make_note(article, "alert(1)", body=HOSTILE)

        for query in ("", "?raw=1", "?why=country:AZ", "?q=alert", "?why=%22%3E%3Cimg%20src%3Dx%3E"):
            page = get(client, article, query)
            assert not page.all("img")
            assert all(script.get("src") or script.get("type") == DATA for script in page.all("script"))
            assert not [attrs for _, attrs in page.elements if attrs.get("hx-get") == "/admin/"]


class TestWhy:
    def test_evidence_is_marked_on_demand(self, client: Client, article: Article) -> None:
        assert not get(client, article).all("mark")

        page = get(client, article, "?why=country:AZ")

        assert '<a id="country:AZ:1"></a><mark data-claims="country:AZ">Baku</mark>.' in page.html
        assert "#country:AZ:1" in page.hrefs()

    def test_the_switch_is_a_real_link_both_ways(self, client: Client, article: Article) -> None:
        on = f"/articles/{article.pk}/?why=country%3AAZ#country:AZ:1"

        assert on in get(client, article).hrefs(id="why-country:AZ")
        assert get(client, article, "?why=country:AZ").hrefs(id="why-country:AZ") == [
            f"/articles/{article.pk}/#article"
        ]

    def test_a_script_can_light_every_claim(self, client: Client, article: Article) -> None:
        page = get(client, article)

        assert '<span data-claims="country:RU">Russia</span>' in page.html
        assert page.all("li", data_claim="country:RU")

    def test_a_long_list_of_claims_is_folded_unless_one_of_them_is_lit(self, client: Client) -> None:
        codes = [f"X{letter}" for letter in "ABCDEFGHIJKLMNOP"]
        article = make_article("Here is Xp.", mentioned=codes, evidence={"XP": ["Xp"]})

        assert "4 more" in text(get(client, article))
        assert "open" not in get(client, article).all("details", class_="claim-more")[0]
        assert "open" in get(client, article, "?why=country:XP").all("details", class_="claim-more")[0]

    def test_an_unknown_claim_lights_nothing(self, client: Client, article: Article) -> None:
        assert not get(client, article, "?why=country:XX").all("mark")

    def test_in_the_raw_text_too(self, client: Client, article: Article) -> None:
        page = get(client, article, "?raw=1&why=country:AZ")

        assert "The ministers met in <mark>Baku</mark>." in page.html

    def test_the_words_searched_for_are_marked(self, client: Client, article: Article) -> None:
        page = get(client, article, "?q=minister")

        assert "<mark>ministers</mark>" in page.html
        assert "1 place with the words searched for" in text(page)


class TestRaw:
    def test_cuts_are_shown_with_their_reasons(self, client: Client, article: Article) -> None:
        page = get(client, article, "?raw=1")

        assert "Menu News Sport" not in get(client, article).text
        shown = text(page)
        for told in (
            "Cut: navigation 100% 100% sure, by the rule “menu” Menu News Sport",
            "Cut: headline 90% 90% sure, by the rule “headline” Talks in Baku",
            "Cut: date line 95% 95% sure, by the rule “date prefix” date line 22 Apr 2024 The ministers met in Baku.",
            "Cut: related links 62% 62% sure, by the rule “line model” Read also: something else",
        ):
            assert told in shown
        assert len(page.all("del")) == 4

    def test_what_was_repaired_is_said_and_nothing_where_nothing_was(self, client: Client, article: Article) -> None:
        assert "Repaired:" not in text(get(client, article, "?raw=1"))
        repairs = ["2 passages read again in their own encoding (cp1251 → UTF-8)", "3 HTML entities decoded"]
        ArticleText.objects.filter(article=article).update(encoding="koi8-r", repairs=repairs)

        assert (
            "Read from koi8-r. Repaired: passages read again in their own encoding (cp1251 → UTF-8): 2; "
            "HTML entities decoded: 3."
        ) in text(get(client, article, "?raw=1"))

    def test_both_switches_are_links(self, client: Client, article: Article) -> None:
        page = get(client, article, "?about=AZ&raw=1")

        assert f"/articles/{article.pk}/?about=AZ" in page.hrefs()
        assert page.hrefs(aria_current="true")[-1] == f"/articles/{article.pk}/?about=AZ&raw=1"


class TestDate:
    def test_an_inferred_date_names_what_it_rests_on(self, client: Client) -> None:
        witness = make_article("Other words.", title="The witness")
        article = make_article(published="2022-02-22", provenance="story", confidence=0.7)
        article.claims.claims["published"]["story_articles"] = [str(witness.pk)]
        article.claims.save()

        shown = text(get(client, article))

        assert "22 February 2022 inferred" in shown
        assert "from other articles of the story" in shown
        assert "The witness" in shown
        assert "Likely (70%)" in shown

    def test_evidence_and_alternatives(self, client: Client, article: Article) -> None:
        claims = article.claims
        claims.claims["published"] |= {
            "evidence": {"start": 30, "end": 41, "text": "22 Apr 2024", "field": "raw"},
            "alternatives": [{"value": "2023-04-22", "confidence": 0.1, "evidence": None}],
            "year_from": "text",
        }
        claims.save()

        page = get(client, article)

        assert "It says: 22 Apr 2024" in text(page)
        assert "Also possible: 2023-04-22 (10%)" in text(page)
        assert f"/articles/{article.pk}/?why=date&raw=1" in page.hrefs()
        assert "<mark>22 Apr 2024</mark>" in get(client, article, "?why=date&raw=1").html


class TestCorrections:
    def test_who_corrected_what_and_when(self, client: Client, article: Article) -> None:
        make_country("GE")
        person = get_user_model().objects.create_user("leyla")
        values = {"title": "Talks on trade", "published": "2024-04-23", "about": ["GE"], "mentioned": []}
        editing.correct(Article.objects.get(pk=article.pk), values, person, "the printed page")

        page = get(client, article)

        today = f"{dt.datetime.now(dt.UTC):%-d %B %Y}"
        assert text(page).count(f"corrected by leyla on {today}: the printed page") == 5
        assert "<s>Azerbaijan</s>" in page.html
        assert "from the date line" not in text(page)


class TestTheList:
    @pytest.fixture(autouse=True)
    def _three(self) -> None:
        days = ["2024-03-01", "2024-02-01", "2024-01-01"]
        self.new, self.middle, self.old = make_articles({"published": day, "about": ["AZ"]} for day in days)
        make_article(published="2024-02-15", about=["RU"])

    def test_previous_and_next_stay_in_it(self, client: Client) -> None:
        page = get(client, self.middle, "?about=AZ")

        assert set(page.hrefs(rel="prev")) == {f"/articles/{self.new.pk}/?about=AZ"}
        assert set(page.hrefs(rel="next")) == {f"/articles/{self.old.pk}/?about=AZ"}
        assert "2 of 3" in text(page)
        assert page.hrefs(class_="back") == ["/articles/?about=AZ#results"]

    def test_back_leads_to_the_page_of_the_list_that_has_it(self, client: Client) -> None:
        make_articles({"published": "2025-01-01"} for _ in range(30))

        assert get(client, self.old).hrefs(class_="back") == ["/articles/?page=2#results"]

    def test_a_wrong_list_does_not_hide_the_article(self, client: Client) -> None:
        page = get(client, self.middle, "?about=XX")

        assert page.hrefs(class_="back") == ["/articles/#results"]
        assert not page.hrefs(rel="next")

    def test_the_canonical_address_is_without_the_list(self, client: Client) -> None:
        assert get(client, self.middle, "?about=AZ").all("link", rel="canonical") == [
            {"rel": "canonical", "href": f"http://testserver/articles/{self.middle.pk}/"}
        ]


class TestOthers:
    def test_the_same_story_elsewhere(self, client: Client, article: Article) -> None:
        other = make_article(
            "Они говорили в Баку.", title="Переговоры", language="ru", source="vestnik", story_with=article
        )
        story = Article.objects.get(pk=article.pk).story_id

        page = get(client, article)

        assert "Vestnik, 22 April 2024, Russian Переговоры" in text(page)
        assert {f"/articles/{other.pk}/", f"/stories/{story}/"} <= set(page.hrefs())
        assert not [href for href in page.hrefs(lang="en") if href == f"/articles/{article.pk}/"]

    def test_notes_are_shown_beside_their_passage(self, client: Client, article: Article) -> None:
        person = make_user("analyst", "leyla")
        client.force_login(person)
        start = article.text.body.index("They spoke")
        note = make_note(article, "They spoke", start=start, author=person, kind="doubt", body="Did they?")
        make_note(article, body="On the whole.")
        make_note(article, "words that are not there", body="Gone.")

        page = get(client, article)

        assert (
            f'<a id="passage-{note.pk}"></a><span class="noted noted-red" data-notes="note-{note.pk}">They spoke</span>'
            in page.html
        )
        assert f"#passage-{note.pk}" in page.hrefs()
        shown = text(page)
        assert "doubt leyla" in shown
        assert "On the whole." in shown
        assert shown.count("This passage does not stand in the text any more.") == 1

    def test_what_others_do_not_see_of_notes_is_not_printed(self, client: Client, article: Article) -> None:
        person = make_user("analyst", "leyla")
        client.force_login(person)
        make_note(article, "They spoke", author=person)
        assert "unprinted" not in get(client, article).html
        Annotation.objects.update(visibility="private")

        html = get(client, article).html

        assert 'class="noted noted-blue unprinted"' in html
        assert 'class="note-ref unprinted"' in html
        assert 'class="note unprinted"' in html

    def test_staff_are_led_to_the_admin(self, client: Client, article: Article) -> None:
        edit = f"/admin/articles/article/{article.pk}/change/"
        assert edit not in get(client, article).hrefs()

        client.force_login(get_user_model().objects.create_user("editor", is_staff=True))

        assert edit in get(client, article).hrefs()


def test_htmx_gets_the_article_alone(client: Client, article: Article) -> None:
    page = get(client, article, "?why=country:AZ", **HTMX)

    assert not page.all("html")
    assert page.all("article", id="article")
    assert len(page.all("mark")) == 1


def test_queries_do_not_grow_with_the_story(client: Client, article: Article) -> None:
    def queries() -> int:
        get(client, article)
        with CaptureQueriesContext(connection) as captured:
            get(client, article)
        return len(captured)

    make_article("One more.", story_with=article)
    few = queries()
    for at in range(5):
        make_article(f"And again {at}.", story_with=article)

    assert queries() == few <= 12


def test_corrections_are_told_with_what_held_before_and_stay_when_they_are_withdrawn(client: Client) -> None:
    article = make_article(title="Trade grows")
    editor = make_user("editor", "egor")
    editing.correct(article, {"title": "Trade grew"}, editor, "read it")
    editing.withdraw(article.corrections.all())
    editor.delete()

    page = client.get(article.get_absolute_url()).content.decode()

    told = page.split("History of corrections")[1].split("</details>")[0]
    assert told.count("former user") == 2
    assert "– read it" in told
    assert "<del>as the machine says</del>" in told
    assert "<ins>Trade grew</ins>" in told
