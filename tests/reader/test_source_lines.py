"""A line of the raw text as a line of its source: who may decide on it, what they see, what follows."""

import pytest
from django.contrib.auth.models import Permission
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from newsdesk.articles import profiles
from newsdesk.articles.models import Article, Source, SourceLine
from newsdesk.articles.profiles import Change, decide, learn
from newsdesk.reader.source_lines import find_line
from tests.articles.test_profiles import PROSE, SLOGAN, bodies, make_issue
from tests.factories import make_articles
from tests.reader.test_list_page import HOSTILE, Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def herald() -> Source:
    make_articles(make_issue(number, SLOGAN) for number in range(5))
    return Source.objects.get(pk="herald")


@pytest.fixture
def article(herald: Source) -> Article:
    return Article.objects.order_by("pk")[0]


@pytest.fixture
def editor(client: Client, django_user_model) -> Client:
    """One who may change sources."""
    editor = django_user_model.objects.create_user("editor")
    editor.user_permissions.set(Permission.objects.filter(codename="change_source"))
    client.force_login(editor)
    return client


def url_of(article: Article, line: str, decision: str | None = "always") -> str:
    start = article.text.raw_text.index(line)
    asked = "" if decision is None else f"&decision={decision}"
    return f"/articles/{article.pk}/source-line/?start={start}&end={start + len(line)}{asked}"


def post(client: Client, article: Article, line: str, step: str, decision: str = "always") -> Page:
    start = article.text.raw_text.index(line)
    data = {"start": start, "end": start + len(line), "decision": decision, step: "1"}
    response = client.post(f"/articles/{article.pk}/source-line/", data, follow=True)
    assert response.status_code == 200
    return Page(response.content.decode())


def text(page: Page) -> str:
    return " ".join(page.text.split())


def get(client: Client, url: str) -> Page:
    response = client.get(url)
    assert response.status_code == 200
    return Page(response.content.decode())


class TestLooking:
    def test_what_cutting_it_would_change(self, editor: Client, article: Article) -> None:
        shown = text(get(editor, url_of(article, PROSE[1], None)))

        assert "A line of Herald" in shown
        assert "5 articles of Herald would change; 5 of 5 have such a line." in shown
        assert "What holds now: by evidence." in shown
        assert shown.count(f"Cut: {PROSE[1]}") == profiles.SAMPLE_EACH
        assert not SourceLine.objects.exists()

    def test_what_holds_and_how_often_it_returns(self, editor: Client, herald: Source, article: Article) -> None:
        learn(herald)
        decide(herald, [Change(SLOGAN, "never")])

        shown = text(get(editor, url_of(article, SLOGAN)))

        assert "It stands in 5 of 5 different articles." in shown
        assert "What holds now: never cut." in shown

    def test_the_other_decisions_are_a_link_away(self, editor: Client, article: Article) -> None:
        page = get(editor, url_of(article, SLOGAN))

        (chosen,) = page.all("a", **{"aria-current": "true"})
        assert str(chosen["href"]).endswith("decision=always")
        assert sum(href.startswith(f"/articles/{article.pk}/source-line/") for href in page.hrefs()) == 3

    def test_text_that_is_markup_stays_text(self, editor: Client) -> None:
        (article,) = make_articles([make_issue(9, HOSTILE.replace("\n", " "))])
        line = article.text.raw_text.splitlines()[-1]

        assert "<script>alert" not in editor.get(url_of(article, line)).content.decode()

    @pytest.mark.parametrize(
        "query",
        [
            "",
            "?start=a&end=b",
            "?start=5&end=1",
            "?start=99999&end=100000",
            "?start=-5&end=-1",
            "?start=0&end=9&decision=x",
        ],
    )
    def test_a_place_that_is_none_is_not_found(self, editor: Client, article: Article, query: str) -> None:
        assert editor.get(f"/articles/{article.pk}/source-line/{query}").status_code == 404

    def test_an_article_without_a_source_has_no_such_page(self, editor: Client) -> None:
        (article,) = make_articles([{"body": "Nobody's words."}])

        assert editor.get(url_of(article, "Nobody's words.")).status_code == 404

    def test_queries_do_not_grow_with_the_articles(
        self, editor: Client, article: Article, django_assert_num_queries
    ) -> None:
        def count() -> int:
            with django_assert_num_queries(10**3, exact=False) as captured:
                get(editor, url_of(article, SLOGAN))
            return len(captured)

        count()
        few = count()
        make_articles(make_issue(number, SLOGAN) for number in range(20, 30))

        assert count() == few


class TestDeciding:
    def test_saving_and_applying(self, editor: Client, herald: Source, article: Article) -> None:
        page = post(editor, article, PROSE[1], "apply")

        shown = text(page)
        assert "Saved, and 5 articles follow it." in shown
        assert "What holds now: always cut." in shown
        assert "No stored article would change; 5 of 5 of Herald have such a line." in shown
        assert not any(PROSE[1] in body for body in bodies(herald))
        assert SourceLine.history.get().history_user.username == "editor"

    def test_saving_alone_names_the_command(self, editor: Client, herald: Source, article: Article) -> None:
        before = bodies(herald)

        shown = text(post(editor, article, PROSE[1], "save", "never"))

        assert "manage.py reprocess --source herald" in shown
        assert bodies(herald) == before
        assert SourceLine.objects.get().decision == "never"

    def test_a_decision_is_taken_back(self, editor: Client, herald: Source, article: Article) -> None:
        before = bodies(herald)
        post(editor, article, PROSE[1], "apply")

        post(editor, article, PROSE[1], "apply", "")

        assert [PROSE[1] in body for body in bodies(herald)] == [PROSE[1] in body for body in before]
        assert SourceLine.objects.get().decision == ""

    def test_too_many_articles_are_left_to_the_command(
        self, editor: Client, article: Article, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(profiles, "APPLY_NOW", 4)

        page = get(editor, url_of(article, PROSE[1]))

        assert not page.all("button", name="apply")
        assert "save, then run manage.py reprocess --source herald" in text(page)

    def test_an_article_that_would_be_empty_is_told(self, editor: Client, herald: Source) -> None:
        (short,) = make_articles([{"body": PROSE[0], "source": "herald", "title": "Short"}])

        assert "Nothing would be left to read of 1 article." in text(get(editor, url_of(short, PROSE[0])))


class TestPermissions:
    def test_looking_changes_nothing(self, editor: Client, article: Article) -> None:
        editor.get(url_of(article, SLOGAN) + "&apply=1")

        assert not SourceLine.objects.exists()

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_strangers_are_sent_to_the_entrance(self, client: Client, article: Article, method: str) -> None:
        response = getattr(client, method)(url_of(article, SLOGAN))

        assert response.status_code == 302
        assert response["Location"].startswith("/account/login/")

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_readers_may_not(self, client: Client, django_user_model, article: Article, method: str) -> None:
        client.force_login(django_user_model.objects.create_user("reader"))

        assert getattr(client, method)(url_of(article, SLOGAN)).status_code == 403
        assert not SourceLine.objects.exists()


class TestLink:
    def render(self, client: Client, article: Article, kept: bool) -> Page:
        request = RequestFactory().get("/")
        request.user = client.get("/articles/").wsgi_request.user
        start = article.text.raw_text.index(SLOGAN)
        line = {"start": start, "end": start + len(SLOGAN), "kept": kept, "text": SLOGAN}
        return Page(render_to_string("reader/_source_line.html", {"article": article, "line": line}, request=request))

    @pytest.mark.parametrize(("kept", "decision"), [(True, "always"), (False, "never")])
    def test_it_leads_to_the_page(self, editor: Client, article: Article, kept: bool, decision: str) -> None:
        (href,) = self.render(editor, article, kept).hrefs()

        assert href == url_of(article, SLOGAN, decision)
        assert editor.get(href).status_code == 200

    def test_it_stands_beside_each_line_of_the_raw_text(self, admin_client: Client, article: Article) -> None:
        page = get(admin_client, f"/articles/{article.pk}/?raw=1")

        hrefs = [href for href in page.hrefs() if "/source-line/" in href]

        assert len(hrefs) == len(article.text.raw_text.split("\n\n"))
        assert url_of(article, PROSE[1]) in hrefs

    def test_readers_do_not_see_it(self, client: Client, article: Article) -> None:
        assert not self.render(client, article, True).hrefs()


@pytest.mark.parametrize(
    ("raw", "start", "found"),
    [
        pytest.param("One.\n  Two. \nThree.", 7, "Two.", id="line"),
        pytest.param("22.02.2022 10:15 Слово за слово.", 0, "Слово за слово.", id="without the date before it"),
        pytest.param("One.\n\n\nTwo.", 5, None, id="between lines"),
    ],
)
def test_the_line_at_a_place(raw: str, start: int, found: str | None) -> None:
    line = find_line(raw, start, start + 1)

    assert (line.text if line else None) == found
