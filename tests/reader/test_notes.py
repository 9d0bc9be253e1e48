"""Notes through the pages: with htmx and without, by those who may and those who may not."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from newsdesk.annotations.models import Annotation
from newsdesk.articles import store
from newsdesk.articles.models import Article
from newsdesk.workspace.models import FeedKey
from tests.factories import make_article, make_articles, make_document, make_note, make_user

pytestmark = pytest.mark.django_db

LEAD = "Ministers of both states met in Baku on Monday 🙂 and spoke about trade for three hours."
QUOTE = "Lorries now pass the border in nine hours."
BODY = f"{LEAD}\n\n{QUOTE} Hauliers had asked for a second lane, officials said."
HTMX = {"HX-Request": "true", "HX-Target": "article"}
PAYLOAD = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture
def article() -> Article:
    return make_article(BODY, title="At the border", topics=["trade"], source="herald")


@pytest.fixture
def anna(client: Client) -> Any:
    user = make_user("analyst", "anna")
    client.force_login(user)
    return user


def values(**given: Any) -> dict[str, Any]:
    return {"kind": "doubt", "body": "Really?", "tags": "Border, lorries", "visibility": "team", **given}


def passage(article: Article, words: str = QUOTE) -> dict[str, Any]:
    start = BODY.index(words)
    return {"start": start, "end": start + len(words), "exact": words}


def page(client: Client, url: str, **headers: str) -> str:
    return client.get(url, headers=headers).content.decode()


def test_a_selected_passage_is_noted_and_shown(client, anna, article):
    response = client.post(f"/articles/{article.pk}/notes/", values(**passage(article)), headers=HTMX)

    html = response.content.decode()
    note = Annotation.objects.get()
    assert response.status_code == 200
    assert (note.author, note.kind_id, note.tag_list) == (anna, "doubt", ["border", "lorries"])
    assert BODY[note.start : note.end] == note.exact == QUOTE
    assert f'class="noted noted-red" data-notes="note-{note.pk}">{QUOTE}' in html
    assert "<html" not in html
    assert "Really?" in html


def test_a_passage_over_two_paragraphs_is_noted_as_it_stands(client, anna, article):
    exact = BODY[50:120]

    client.post(
        f"/articles/{article.pk}/notes/", values(start=50, end=120, exact=exact.replace("\n\n", "\n")), headers=HTMX
    )

    assert Annotation.objects.get().exact == exact.strip()


def test_without_a_script_a_passage_is_written_or_chosen(client, anna, article):
    start = BODY.index(QUOTE)
    form = page(client, f"/articles/{article.pk}/notes/new/")

    written = client.post(f"/articles/{article.pk}/notes/", values(exact=QUOTE))
    chosen = client.post(
        f"/articles/{article.pk}/notes/", values(sentence=[f"0-{len(LEAD)}", f"{start}-{start + len(QUOTE)}"])
    )

    assert f'value="{start}-{start + len(QUOTE)}"' in form
    assert [written.status_code, chosen.status_code] == [302, 302]
    assert list(Annotation.objects.order_by("pk").values_list("exact", flat=True)) == [
        QUOTE,
        BODY[: start + len(QUOTE)],
    ]


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"start": 3, "end": 12, "exact": "other words"}, id="words that are not there"),
        pytest.param({"exact": "e"}, id="words that stand there often"),
        pytest.param({"body": ""}, id="neither note nor passage"),
        pytest.param({"kind": "nonsense"}, id="no kind"),
        pytest.param({"sentence": ["1-2"]}, id="no sentence"),
    ],
)
def test_what_cannot_be_noted_is_said_and_nothing_is_stored(client, anna, article, given):
    response = client.post(f"/articles/{article.pk}/notes/", values(**given), headers=HTMX)

    assert response.status_code == 422
    assert response["HX-Retarget"] == "#note-form"
    assert "errorlist" in response.content.decode()
    assert not Annotation.objects.exists()


def test_readers_and_strangers_make_no_notes(client, article, settings):
    settings.ANONYMOUS_READING = True
    stranger = client.post(f"/articles/{article.pk}/notes/", values())
    client.force_login(make_user("reader"))
    reader = client.post(f"/articles/{article.pk}/notes/", values())

    assert [stranger.status_code, reader.status_code] == [302, 403]
    assert not Annotation.objects.exists()


def test_a_note_without_the_token_of_its_form_is_refused(article):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("analyst"))

    assert client.post(f"/articles/{article.pk}/notes/", values()).status_code == 403


def test_overlapping_passages_are_both_shown(client, anna, article):
    make_note(article, "met in Baku on Monday", author=anna, kind="claim")
    make_note(article, "Baku on", author=anna, kind="doubt")

    html = page(client, f"/articles/{article.pk}/")

    assert '<span class="noted noted-violet noted-red noted-often"' in html
    assert html.count('class="note-ref"') == 2


def test_the_second_of_two_editors_is_told_and_shown_both(client, anna, article):
    note = make_note(article, author=anna, body="First")
    client.post(f"/notes/{note.pk}/edit/", {**values(body="Theirs"), "version": 1})

    response = client.post(f"/notes/{note.pk}/edit/", {**values(body="Mine"), "version": 1})
    html = response.content.decode()
    again = client.post(f"/notes/{note.pk}/edit/", {**values(body="Mine"), "version": 2})

    assert response.status_code == 409
    assert "Theirs" in html
    assert "Mine" in html
    assert 'name="version" value="2"' in html
    assert again.status_code == 302
    assert Annotation.objects.get().body == "Mine"


def test_a_note_on_a_whole_article_is_not_emptied(client, anna, article):
    note = make_note(article, author=anna, body="First")

    response = client.post(f"/notes/{note.pk}/edit/", {**values(body=" "), "version": 1})

    assert response.status_code == 422
    assert Annotation.objects.get().body == "First"


@pytest.mark.parametrize("act", ["withdraw", "review", "place"])
def test_nothing_is_done_to_a_note_that_changed_meanwhile(client, article, act):
    client.force_login(make_user("editor"))
    note = make_note(article, QUOTE, body="First")
    Annotation.objects.update(version=5)

    response = client.post(f"/notes/{note.pk}/{act}/", {"version": 1, "state": "accepted", "detach": "1"})

    note.refresh_from_db()
    assert response.status_code == 409
    assert (note.state, note.withdrawn, note.exact, note.version) == ("open", None, QUOTE, 5)


def test_a_note_is_withdrawn_and_brought_back(client, anna, article):
    note = make_note(article, author=anna, body="Wrong", visibility="published")

    html = client.post(f"/notes/{note.pk}/withdraw/", {"version": 1}, headers=HTMX).content.decode()
    hidden = page(Client(), f"/articles/{article.pk}/")
    client.post(f"/notes/{note.pk}/withdraw/", {"version": 2, "back": "1"})

    assert "is-withdrawn" in html
    assert "Wrong" not in hidden
    assert Annotation.objects.get().withdrawn is None


def test_a_reply_stands_under_its_note(client, anna, article):
    note = make_note(article, QUOTE, author=make_user("analyst", "boris"), body="A doubt")

    response = client.post(f"/notes/{note.pk}/reply/", {"body": "An answer"})

    reply = Annotation.objects.get(parent=note)
    html = page(client, f"/articles/{article.pk}/")
    assert response["Location"] == f"/notes/{note.pk}/"
    assert (reply.author, reply.body) == (anna, "An answer")
    assert html.index("A doubt") < html.index("An answer")


def test_nobody_replies_to_a_reply(client, anna, article):
    note = make_note(article, body="A doubt")
    reply = make_note(article, parent=note, body="An answer")

    assert client.post(f"/notes/{reply.pk}/reply/", {"body": "And again"}).status_code == 403


def test_editors_review_in_the_reader(client, anna, article):
    note = make_note(article, author=anna, body="A claim")
    client.force_login(make_user("editor", "egor"))

    client.post(f"/notes/{note.pk}/review/", {"version": 1, "state": "accepted"})

    html = page(client, f"/notes/{note.pk}/")
    assert Annotation.objects.get().state == "accepted"
    assert "egor" in html
    assert "accepted" in html


# What nobody else may see


@pytest.mark.parametrize("role", ["", "reader", "analyst", "editor"])
def test_a_private_note_leaks_nowhere(client, article, role, settings):
    settings.ANONYMOUS_READING = True
    secret = make_user("analyst", "xenia")
    note = make_note(article, QUOTE, author=secret, body="Sesame", visibility="private")
    note.tag_list = ["opensesame"]
    note.save()
    Annotation.objects.update(anchored="orphaned", start=None, end=None)
    if role:
        client.force_login(make_user(role))

    pages = [
        page(client, url)
        for url in (
            f"/articles/{article.pk}/",
            "/articles/",
            "/articles/?annotated=yes",
            "/articles/?q=annotated:yes",
            "/notes/",
            "/notes/?words=sesame",
            "/notes/?tag=opensesame",
            "/notes/check/",
        )
    ]

    assert client.get(f"/notes/{note.pk}/").status_code == 404
    assert not any(word in html for html in pages for word in ("Sesame", "xenia", f"/notes/{note.pk}/"))
    assert not any("opensesame" in html for html in pages[:6])
    assert f"/articles/{article.pk}/" not in pages[2]
    assert f"/articles/{article.pk}/" not in pages[3]


def test_html_in_notes_tags_and_passages_stays_text(client, anna):
    article = make_article(f"The page said {PAYLOAD} and no more of it.")
    client.post(f"/articles/{article.pk}/notes/", values(exact=PAYLOAD, body=PAYLOAD, tags=PAYLOAD), headers=HTMX)
    note = Annotation.objects.get()
    Annotation.objects.update(anchored="orphaned", start=None, end=None)

    urls = (f"/articles/{article.pk}/", "/notes/", f"/notes/{note.pk}/", f"/notes/{note.pk}/edit/", "/notes/check/")
    for url in urls:
        html = page(client, url)
        assert "alert(1)" in html
        assert "<script>alert" not in html
        assert "<img src=x" not in html


# Across articles


@pytest.fixture
def many(article: Article, anna: Any) -> Article:
    """One note on each of two articles, the second about another topic."""
    other = make_article("Хлеб подорожал в Карабахе.", title="Bread", topics=["karabakh"])
    note = make_note(article, QUOTE, author=anna, kind="doubt", body="Nine, or ten?")
    note.tag_list = ["border"]
    note.save()
    make_note(other, "подорожал в Карабахе", author=make_user("editor", "egor"), body="Цены!", state="accepted")
    return other


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Nine, or ten?", "Цены!"}),
        ("kind=doubt", {"Nine, or ten?"}),
        ("state=accepted", {"Цены!"}),
        ("tag=Border", {"Nine, or ten?"}),
        ("words=Карабах", {"Цены!"}),
        ("words=lorry", {"Nine, or ten?"}),
        ("words=ten+bread", set()),
        ("topic=karabakh", {"Цены!"}),
        ("topic=karabakh&kind=doubt", set()),
        ("noted_after=2000-01-01", {"Nine, or ten?", "Цены!"}),
        ("noted_before=2000-01-01", set()),
        ("placed=exact", {"Nine, or ten?", "Цены!"}),
        ("kind=nonsense", set()),
        ("topic=nonsense", set()),
    ],
)
def test_notes_are_filtered(client, many, query, found):
    html = page(client, f"/notes/?{query}")

    assert {body for body in ("Nine, or ten?", "Цены!") if body in html} == found


def test_notes_are_filtered_by_author(client, many, anna):
    html = page(client, f"/notes/?author={anna.pk}")

    assert "Nine, or ten?" in html
    assert "Цены!" not in html


def test_articles_are_filtered_by_their_notes(client, many, article, anna):
    bare = make_article("Nothing is noted here.", title="Bare")

    def listed(value: str) -> set[str]:
        html = page(client, f"/articles/?annotated={value}")
        return {one.title for one in (article, many, bare) if f"/articles/{one.pk}/?" in html}

    assert listed("yes") == {"At the border", "Bread"}
    assert listed("no") == {"Bare"}
    assert listed("mine") == {"At the border"}


@pytest.mark.parametrize(
    ("query", "annas", "egors", "nobodys"),
    [
        ("annotated:yes", {"At the border", "Bread"}, {"Bread"}, set()),
        ("annotated:no", {"Bare"}, {"At the border", "Bare"}, {"At the border", "Bread", "Bare"}),
        ("annotated:mine", {"At the border"}, {"Bread"}, set()),
        ("annotated:mine OR noted", {"At the border", "Bare"}, {"Bread", "Bare"}, {"Bare"}),
        ("noted -annotated:yes", {"Bare"}, {"Bare"}, {"Bare"}),
    ],
)
def test_a_search_for_notes_is_answered_for_each_reader(client, query, annas, egors, nobodys, settings):
    settings.ANONYMOUS_READING = True
    anna, egor = make_user("analyst", "anna"), make_user("analyst", "egor")
    bodies = {"At the border": BODY, "Bread": "Цены на хлеб.", "Bare": "Nothing is noted here."}
    border, bread, bare = (make_article(body, title=title) for title, body in bodies.items())
    make_note(border, QUOTE, author=anna, visibility="private")
    make_note(bread, "Цены", author=egor, visibility="team")

    def found(**more: str) -> set[str]:
        html = page(client, f"/articles/?{urlencode({'q': query, **more})}")
        return {one.title for one in (border, bread, bare) if f"/articles/{one.pk}/?" in html}

    assert found() == nobodys
    for user, titles in ((anna, annas), (egor, egors)):
        client.force_login(user)
        assert found() == found(sort="relevance") == found(sort="relevance", fold="1") == titles


def test_a_key_finds_the_notes_of_its_owner_in_a_feed(client, article, anna):
    make_note(article, QUOTE, author=anna, visibility="private")
    secret = FeedKey.make(anna)
    client.logout()

    feed = page(client, f"/articles/feed/?q=annotated:mine&token={secret}")

    assert article.title in feed


def test_the_admin_searches_for_notes_too(client, article):
    editor = make_user("editor", "eva")
    make_article("Nothing is noted here.", title="Bare")
    make_note(article, QUOTE, author=editor)
    client.force_login(editor)

    html = page(client, "/admin/articles/article/?q=annotated:mine")

    assert article.title in html
    assert "Bare" not in html


def test_the_list_asks_no_more_queries_for_more_notes(client, anna, django_assert_max_num_queries):
    articles = make_articles([{"body": f"{number}. {BODY}", "source": "herald"} for number in range(12)])
    for article in articles:
        make_note(article, QUOTE, author=anna)

    with django_assert_max_num_queries(16):
        page(client, "/notes/")


def test_the_article_asks_no_more_queries_for_more_notes(client, anna, article, django_assert_max_num_queries):
    for _ in range(10):
        note = make_note(article, QUOTE, author=anna)
        make_note(article, parent=note, author=anna, body="Yes")

    with django_assert_max_num_queries(26):
        page(client, f"/articles/{article.pk}/")


# Passages to check


def change(article: Article, body: str) -> None:
    store.update([article], [make_document(body)])


def test_the_words_then_stand_beside_the_words_now(client, anna, article):
    make_note(article, QUOTE, author=anna)
    change(article, BODY.replace("nine hours", "ten hours"))

    html = page(client, "/notes/check/")

    assert f"<mark>{QUOTE}</mark>" in html
    assert "<mark>Lorries now pass the border in ten hours.</mark>" in html


def test_a_passage_is_accepted(client, anna, article):
    note = make_note(article, QUOTE, author=anna)
    new = BODY.replace("nine hours", "ten hours")
    change(article, new)
    note.refresh_from_db()

    client.post(
        f"/notes/{note.pk}/place/",
        {"version": 1, "start": note.start, "end": note.end, "exact": new[note.start : note.end]},
    )

    note.refresh_from_db()
    assert (note.exact, note.anchored) == ("Lorries now pass the border in ten hours.", "exact")
    assert "10 passages" not in page(client, "/notes/check/")
    assert "<mark>" not in page(client, "/notes/check/")


def test_a_note_is_detached(client, anna, article):
    note = make_note(article, QUOTE, author=anna, body="Really?")
    change(article, LEAD)

    response = client.post(f"/notes/{note.pk}/place/", {"version": 1, "detach": "1"}, headers={"HX-Request": "true"})

    note.refresh_from_db()
    assert response.status_code == 200
    assert (note.exact, note.start, note.anchored, note.body) == ("", None, "", "Really?")


def test_only_what_one_may_change_is_to_be_checked(client, anna, article):
    note = make_note(article, QUOTE, author=make_user("analyst", "boris"))
    change(article, LEAD)

    before = page(client, "/notes/check/")
    client.force_login(make_user("editor"))

    assert f"astray-{note.pk}" not in before
    assert f"astray-{note.pk}" in page(client, "/notes/check/")


def test_what_was_withdrawn_is_left_out_of_all_notes_unless_it_is_asked_for(client, anna, article):
    make_note(article, body="It holds", author=anna)
    make_note(article, body="It was withdrawn", author=anna, withdrawn=timezone.now())

    shown = {
        query: ["It holds" in html, "It was withdrawn" in html]
        for query in ("", "?words=it", "?withdrawn=too", "?withdrawn=only", "?withdrawn=wrong")
        if (html := page(client, f"/notes/{query}"))
    }

    assert shown == {
        "": [True, False],
        "?words=it": [True, False],
        "?withdrawn=too": [True, True],
        "?withdrawn=only": [False, True],
        "?withdrawn=wrong": [False, False],
    }
