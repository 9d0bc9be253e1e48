"""Notes in the admin: found, changed, judged and given away, one or many; never over what another has written meanwhile."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsdesk.annotations import notes
from newsdesk.annotations.models import Annotation
from tests.factories import make_article, make_articles, make_note, make_user

pytestmark = pytest.mark.django_db

BODY = "Ministers met in Baku. They spoke of trade between the two states."
LIST = "/admin/annotations/annotation/"


@pytest.fixture
def anna() -> Any:
    return make_user("analyst", "anna")


@pytest.fixture
def egor() -> Any:
    return make_user("editor", "egor")


@pytest.fixture
def editor(client: Client, egor: Any) -> Client:
    client.force_login(egor)
    return client


@pytest.fixture
def note(anna: Any) -> Annotation:
    return make_note(make_article(BODY, title="Trade grows"), "spoke of trade", author=anna, body="By how much?")


def change_url(note: Annotation) -> str:
    return reverse("admin:annotations_annotation_change", args=[note.pk])


def shown(client: Client, query: str = "") -> set[str]:
    return {note.body for note in client.get(LIST + query).context["cl"].result_list}


def form_of(client: Client, note: Annotation) -> dict[str, Any]:
    """What the browser would send back."""
    form = client.get(change_url(note)).context["adminform"].form
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in data.items() if value not in (None, False)}


def save(client: Client, note: Annotation, **changes: Any) -> Any:
    return client.post(change_url(note), {**form_of(client, note), **changes})


def run(client: Client, action: str, chosen: list[Annotation], **more: Any) -> Any:
    return client.post(LIST, {"action": action, "_selected_action": [one.pk for one in chosen], **more})


def now() -> str:
    return timezone.now().strftime("%Y-%m-%dT%H:%M:%S.%f%z")


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in response.wsgi_request._messages]


# The list


def test_the_list_shows_the_passage_in_its_context(editor, note):
    assert "They <mark>spoke of trade</mark> between the two states.</span>" in editor.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("?state__exact=disputed", {"disputed"}, id="state"),
        pytest.param("?kind__slug__exact=doubt", {"doubt"}, id="kind"),
        pytest.param("?visibility__exact=published", {"published"}, id="visibility"),
        pytest.param("?anchored__exact=orphaned", {"orphaned"}, id="orphaned"),
        pytest.param("?withdrawn=yes", {"withdrawn"}, id="withdrawn"),
        pytest.param("?topic=trade", {"topical"}, id="topic"),
        pytest.param("?q=topical", {"topical"}, id="words of the note"),
        pytest.param("?q=минист", set(), id="no part of a word"),
        pytest.param("?q=министры", {"topical"}, id="title of the article, in any form"),
        pytest.param("?q=министр+topical", {"topical"}, id="both"),
        pytest.param("?q=министр+disputed", set(), id="each word"),
    ],
)
def test_the_list_is_filtered_and_searched(editor, anna, query, found):
    article = make_article(BODY)
    for field, value in (("state", "disputed"), ("kind", "doubt"), ("visibility", "published")):
        make_note(article, author=anna, body=value, **{field: value})
    make_note(article, author=anna, body="withdrawn", withdrawn=timezone.now())
    make_note(article, "words that went", author=anna, body="orphaned")
    make_note(make_article("Other.", title="Министра назначили", topics=["trade"]), author=anna, body="topical")

    assert shown(editor, query) == found


def test_the_list_is_filtered_by_author_and_article(editor, anna, note):
    other = make_note(make_article("Other."), author=make_user("analyst", "boris"), body="Mine")

    assert shown(editor, f"?author__id__exact={anna.pk}") == {"By how much?"}
    assert shown(editor, f"?article={other.article_id}") == {"Mine"}
    assert shown(editor, "?article=nonsense") == set()
    assert shown(editor, f"?article={10**30}") == set()


def test_what_is_private_is_not_in_the_admin_either(editor, egor, anna, note):
    private = make_note(note.article, author=anna, body="Mine alone", visibility="private")
    make_note(note.article, author=egor, body="The editor's own", visibility="private")

    assert shown(editor) == {"By how much?", "The editor's own"}
    assert editor.get(change_url(private)).status_code == 302
    assert editor.get(reverse("admin:annotations_annotation_history", args=[private.pk])).status_code == 404
    assert "Mine alone" not in editor.get(f"/admin/articles/article/{note.article_id}/change/").content.decode()


def test_the_list_asks_no_more_queries_for_more_notes(editor, anna, django_assert_max_num_queries):
    def add(number: int) -> None:
        for article in make_articles([{"topics": ["trade"]} for _ in range(number)]):
            make_note(article, author=anna, body="A note")

    add(2)
    with django_assert_max_num_queries(40) as few:
        editor.get(LIST)
    add(10)

    with django_assert_max_num_queries(len(few)):
        editor.get(LIST)


def test_markup_in_notes_stays_text(editor, anna):
    hostile = "<img src=x onerror=alert(1)>"
    note = make_note(make_article(f"Before {hostile} after.", title=hostile), hostile, author=anna, body=hostile)
    addresses = [LIST, change_url(note), reverse("admin:annotations_annotation_history", args=[note.pk])]

    for address in addresses:
        assert hostile not in editor.get(address).content.decode(), address
    assert hostile not in run(editor, "review", [note]).content.decode()


# One note


def test_a_note_is_shown_in_its_article(editor, note):
    page = editor.get(change_url(note)).content.decode()

    assert 'Ministers met in Baku. They <mark class="desk-note" id="passage">spoke of trade</mark> between' in page


def test_an_orphaned_passage_is_shown_beside_what_is_like_it_now(editor, note):
    Annotation.objects.update(exact="They talked of trade between states", anchored="orphaned", start=None, end=None)

    page = editor.get(change_url(note)).content.decode()

    assert "<mark>They talked of trade between states</mark>" in page
    assert "<mark>They spoke of trade between the two states.</mark>" in page


def test_a_note_keeps_words_or_a_passage(editor, egor, note):
    whole = make_note(note.article, author=egor, body="A note on the whole")

    assert save(editor, note, body="").status_code == 302
    assert save(editor, whole, body=" ").status_code == 200
    assert list(Annotation.objects.order_by("pk").values_list("body", flat=True)) == ["", "A note on the whole"]


def test_a_note_is_changed_in_all_its_parts(editor, egor, note):
    boris = make_user("analyst", "boris")

    response = save(
        editor,
        note,
        body="By a third.",
        kind="claim",
        tags="Trade, baku",
        visibility="published",
        state="accepted",
        author=boris.pk,
        exact="met in Baku",
    )

    found = Annotation.objects.get()
    assert response.status_code == 302
    assert (found.body, found.kind_id, found.tag_list) == ("By a third.", "claim", ["trade", "baku"])
    assert (found.visibility, found.author, found.version) == ("published", boris, 2)
    assert (found.state, found.reviewed_by) == ("accepted", egor)
    assert BODY[found.start : found.end] == found.exact == "met in Baku"
    assert note.history.first().history_user == egor


def test_saving_without_a_change_is_no_version(editor, note):
    Annotation.objects.update(body="Two\nlines")

    assert save(editor, note, body="Two\r\nlines").status_code == 302
    assert Annotation.objects.get().version == 1


def test_words_that_do_not_stand_there_are_refused(editor, note):
    response = save(editor, note, exact="fell in June")

    assert "do not stand in the text exactly once" in response.content.decode()
    assert Annotation.objects.get().exact == "spoke of trade"


def test_a_note_is_withdrawn_and_comes_back(editor, note):
    save(editor, note, is_withdrawn="on")
    assert Annotation.objects.get().withdrawn is not None

    editor.post(change_url(note), {k: v for k, v in form_of(editor, note).items() if k != "is_withdrawn"})
    assert Annotation.objects.get().withdrawn is None


def test_a_reply_says_what_it_says_and_follows_its_note(editor, egor, note):
    reply = notes.add(egor, Annotation(parent=note, body="A third"))

    assert "visibility" not in form_of(editor, reply)
    save(editor, reply, body="A quarter")

    reply.refresh_from_db()
    assert (reply.body, reply.visibility, reply.state) == ("A quarter", "team", "open")


def test_what_others_have_replied_to_does_not_become_private(editor, egor, note):
    own = make_note(note.article, author=egor, body="Mine")
    notes.add(note.author, Annotation(parent=own, body="And mine"))

    response = save(editor, own, visibility="private")

    assert "cannot become private" in response.content.decode()


def test_a_note_is_added_on_a_passage(editor, egor):
    article = make_article(BODY)
    data = {"article": article.pk, "exact": "met in Baku", "body": "When?", "kind": "doubt", "visibility": "team"}

    assert editor.post(f"{LIST}add/", {**data, "tags": ""}).status_code == 302

    note = Annotation.objects.get()
    assert (note.author, note.kind_id, BODY[note.start : note.end]) == (egor, "doubt", "met in Baku")


# Two at once


def test_who_comes_second_is_told_and_shown_both_and_overwrites_nothing(editor, note):
    mine = form_of(editor, note)
    notes.change(note, {"body": "By a third, they say."}, 1)

    response = editor.post(change_url(note), {**mine, "body": "By a quarter."})

    page = response.content.decode()
    assert response.status_code == 409
    assert "<td>By a third, they say.</td><td>By a quarter.</td>" in page
    assert Annotation.objects.get().body == "By a third, they say."


def test_who_has_seen_both_may_put_theirs_in_its_place(editor, note):
    mine = form_of(editor, note)
    notes.change(note, {"body": "By a third, they say."}, 1)
    shown = editor.post(change_url(note), {**mine, "body": "By a quarter."}).context["adminform"].form

    editor.post(change_url(note), {**mine, "body": "By a quarter.", "from_version": shown["from_version"].value()})

    assert Annotation.objects.get().body == "By a quarter."


def test_a_form_without_a_version_changes_nothing(editor, note):
    data = {name: value for name, value in form_of(editor, note).items() if name != "from_version"}

    assert editor.post(change_url(note), {**data, "body": "Blind"}).status_code == 409
    assert Annotation.objects.get().body == "By how much?"


# History


def test_the_history_says_who_changed_which_words(editor, note):
    notes.change(note, {"body": "By how much, and when?"}, 1)

    page = editor.get(reverse("admin:annotations_annotation_history", args=[note.pk])).content.decode()

    assert "By how much<ins>, and when</ins>?" in page
    assert "Go back to this state" in page


def revert_url(note: Annotation, at: int = -1) -> str:
    """To a state of its history, the newest first."""
    row = list(note.history.order_by("-history_id"))[at]
    return reverse("admin:annotations_annotation_simple_history", args=[note.pk, row.pk])


def test_going_back_is_shown_done_and_kept_in_the_history(editor, egor, note):
    notes.edit(egor, note, {"body": "By a third", "state": "accepted", "passage": None, "tags": "\nx\n"}, 1)
    url = revert_url(note)

    page = editor.get(url).content.decode()
    assert "Going back to it would change" in page
    assert Annotation.objects.get().body == "By a third"

    assert editor.post(url, {"version": 2}).status_code == 302
    found = Annotation.objects.get()
    assert (found.body, found.state, found.reviewed_by, found.tags) == ("By how much?", "open", None, "")
    assert (found.exact, BODY[found.start : found.end]) == ("spoke of trade", "spoke of trade")
    assert found.history.count() == 3


def test_going_back_puts_nothing_over_what_somebody_wrote_meanwhile(editor, egor, note):
    notes.change(note, {"body": "Second"}, 1)
    url = revert_url(note)
    notes.change(note, {"body": "Third"}, 2)

    assert editor.post(url, {"version": 2}).status_code == 409
    assert Annotation.objects.get().body == "Third"


def test_a_passage_that_is_gone_comes_back_as_orphaned(egor, note):
    row = note.history.get()
    Annotation.objects.update(exact="", prefix="", suffix="", start=None, end=None, anchored="")
    note.article.text.raw_text = "Another text."
    note.article.text.save()

    found = notes.revert(egor, note, row, 1)

    assert (found.exact, found.start, found.anchored) == ("spoke of trade", None, "orphaned")


def test_who_is_no_more_is_not_put_back(editor, egor, note):
    row = note.history.get()
    notes.edit(egor, note, {"author": egor}, 1)
    note.author.delete()

    found = notes.revert(egor, note, row, 2)

    assert found.author == egor
    history = reverse("admin:annotations_annotation_history", args=[note.pk])
    assert "former user" in editor.get(history).content.decode()


def test_a_reply_stays_with_those_who_see_its_note(editor, egor, anna):
    note = make_note(make_article(BODY), author=egor, body="By how much?", visibility="published")
    reply = notes.add(anna, Annotation(parent=note, body="By a third"))
    notes.change(note, {"visibility": "team"}, 1)
    notes.change(reply, {"body": "By a half"}, 2)

    page = editor.get(revert_url(reply)).content.decode()
    editor.post(revert_url(reply), {"version": 3})

    reply.refresh_from_db()
    assert (reply.body, reply.visibility) == ("By a third", "team")
    assert "seen by" not in page


def test_a_state_that_was_private_is_not_gone_back_to_by_others(editor, anna):
    note = make_note(make_article(BODY), author=anna, body="Secret", visibility="private")
    notes.change(note, {"body": "For all", "visibility": "team"}, 1)

    assert editor.get(revert_url(note)).status_code == 404
    history = reverse("admin:annotations_annotation_history", args=[note.pk])
    assert "Secret" not in editor.get(history).content.decode()


# Many at once


def test_many_are_reviewed_after_a_question(editor, egor, note, anna):
    other = make_note(note.article, author=anna, body="And where?")

    question = run(editor, "review", [note, other])
    assert "2 annotations are selected" in question.content.decode()
    assert set(Annotation.objects.values_list("state", flat=True)) == {"open"}

    response = run(editor, "review", [note, other], state="accepted", seen=now())
    assert messages_of(response) == ["2 annotations were changed."]
    found = set(Annotation.objects.values_list("state", "reviewed_by", "version"))
    assert found == {("accepted", egor.pk, 2)}
    assert [row.state for row in note.history.all()] == ["accepted", "open"]
    assert note.history.first().history_user == egor


def test_one_by_one_and_many_at_once_leave_the_same(egor, anna):
    article = make_article(BODY)
    one, many = (make_note(article, author=anna, body="Same") for _ in range(2))

    notes.review(egor, one, "rejected", 1)
    notes.edit_many(egor, Annotation.objects.filter(pk=many.pk), {"state": "rejected"}, timezone.now())

    leaves = ("state", "reviewed_by", "version", "body", "history_type")
    rows = [list(note.history.values_list(*leaves)) for note in (one, many)]
    assert rows[0] == rows[1]


def test_what_was_changed_after_it_was_shown_is_left_alone(editor, note, anna):
    other = make_note(note.article, author=anna, body="And where?")
    seen = now()
    notes.change(note, {"body": "Changed"}, 1)

    response = run(editor, "review", [note, other], state="accepted", seen=seen)

    assert messages_of(response) == ["1 annotation was changed.", "1 was left alone: changed meanwhile."]
    assert set(Annotation.objects.values_list("body", "state")) == {("Changed", "open"), ("And where?", "accepted")}


def test_many_are_given_to_another_person(editor, note):
    boris = make_user("analyst", "boris")

    run(editor, "reassign", [note], author=boris.pk, seen=now())

    assert Annotation.objects.get().author == boris


def test_notes_are_given_to_nobody_who_may_not_write_them(editor, note):
    response = run(editor, "reassign", [note], author=make_user("reader").pk, seen=now())

    assert response.status_code == 422
    assert Annotation.objects.get().author == note.author


def test_many_are_filed_under_another_kind_and_their_replies_are_seen_as_they_are(editor, egor, note):
    reply = notes.add(egor, Annotation(parent=note, body="A third"))

    response = run(editor, "file", [note, reply], kind="claim", visibility="published", seen=now())

    found = set(Annotation.objects.values_list("kind", "visibility"))
    assert found == {("claim", "published"), ("note", "published")}
    assert messages_of(response) == [
        "1 annotation was changed.",
        "1 was left alone: a reply, which follows its note.",
    ]


def test_a_kind_or_a_visibility_is_to_be_chosen(editor, note):
    assert "Choose a kind, or who sees them." in run(editor, "file", [note], seen=now()).content.decode()


def test_many_are_withdrawn_and_brought_back(editor, note):
    run(editor, "withdraw", [note], withdrawn="yes", seen=now())
    assert Annotation.objects.get().withdrawn

    run(editor, "withdraw", [note], withdrawn="no", seen=now())
    assert Annotation.objects.get().withdrawn is None


@pytest.mark.parametrize(
    ("made", "values", "reason"),
    [
        pytest.param({"visibility": "private", "own": True}, {"state": "accepted"}, "private", id="private"),
        pytest.param({"state": "accepted"}, {"state": "accepted"}, "already so", id="so already"),
        pytest.param({"replied": True}, {"visibility": "private"}, "replied to by others", id="replied to"),
    ],
)
def test_what_cannot_be_done_is_told_and_not_done(egor, anna, made, values, reason):
    own, replied = made.pop("own", False), made.pop("replied", False)
    note = make_note(make_article(BODY), author=egor if own else anna, body="A note", **made)
    if replied:
        notes.add(egor, Annotation(parent=note, body="A reply"))

    done = notes.edit_many(egor, Annotation.objects.filter(pk=note.pk), values, timezone.now())

    assert done.changed == 0
    assert [str(told).startswith(reason) for told in done.left] == [True]


def test_all_of_a_filter_are_chosen_across_pages(editor, anna, note):
    article = make_article(BODY)
    for number in range(60):
        make_note(article, author=anna, body=f"Note {number}", kind="doubt")
    address = f"{LIST}?kind__slug__exact=doubt"
    data = {"action": "review", "_selected_action": [Annotation.objects.latest("pk").pk], "select_across": "1"}

    question = editor.post(address, data).content.decode()
    editor.post(address, {**data, "state": "accepted", "seen": now()})

    assert "60 annotations are selected" in question
    assert Annotation.objects.filter(state="accepted").count() == 60


def test_of_a_filter_that_finds_nothing_any_more_nothing_is_chosen(editor, note):
    data = {"action": "review", "_selected_action": [note.pk], "select_across": "1"}

    question = editor.post(f"{LIST}?state__exact=rejected", data).content.decode()

    assert "0 annotations are selected" in question


@pytest.mark.parametrize("values", [{"state": "accepted"}, {"visibility": "private"}], ids=["review", "hide"])
def test_many_ask_few_queries(egor, anna, values, django_assert_max_num_queries):
    article = make_article(BODY)
    chosen = [make_note(article, author=anna, body="A note").pk for _ in range(40)]

    with django_assert_max_num_queries(20):
        done = notes.edit_many(egor, Annotation.objects.filter(pk__in=chosen), values, timezone.now())

    assert done.changed == 40


# Who may


def test_who_may_only_look_changes_nothing(client, anna, note):
    viewer = make_user("analyst", "viewer")
    rights = ("view_annotation", "enter_admin")
    viewer.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(viewer)

    assert "By how much?" in client.get(change_url(note)).content.decode()
    assert client.post(change_url(note), {"body": "Mine", "from_version": 1}).status_code == 403
    assert client.post(revert_url(note), {"version": 1}).status_code == 403
    run(client, "review", [note], state="accepted", seen=now())
    assert Annotation.objects.get().state == "open"


def test_the_page_of_an_article_lists_its_notes_with_links(editor, note):
    page = editor.get(f"/admin/articles/article/{note.article_id}/change/").content.decode()

    assert "By how much?" in page
    assert f'href="{change_url(note)}"' in page
    assert 'name="annotations-0-body"' not in page  # it is changed on its own page


def test_a_moment_that_is_none_is_refused(editor, note):
    response = run(editor, "review", [note], state="accepted", seen="yesterday")

    assert response.status_code == 422
    assert dt.datetime.now(dt.UTC) > Annotation.objects.get().updated


def test_a_note_too_long_for_the_reader_is_refused(editor, note):
    response = save(editor, note, body="x" * 20_001)

    note.refresh_from_db()
    assert "body" in response.context["adminform"].form.errors
    assert note.body == "By how much?"
