"""Passages of notes follow the text, whichever way it changes."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from newsdesk.annotations.models import Annotation
from newsdesk.articles import editing, store
from newsdesk.articles.followers import follow
from newsdesk.articles.models import Article
from newsdesk.pipeline.document import RawDocument
from newsdesk.pipeline.run import run
from tests.factories import make_article, make_articles, make_document, make_note, make_user

pytestmark = pytest.mark.django_db

LEAD = "The two ministers met in Baku on Monday and spoke about trade for three hours."
QUOTE = "Lorries now pass the border in nine hours."
END = "Hauliers had asked for a second lane, officials said after the meeting."
BODY = f"{LEAD}\n\n{QUOTE} {END}"


def change(article: Article, body: str) -> dict[str, int]:
    """A new version of the text comes in."""
    return dict(store.update([article], [make_document(body)]))


def passage(note: Annotation) -> str:
    note.refresh_from_db()
    body = Article.objects.get(pk=note.article_id).text.body
    return body[note.start : note.end] if note.start is not None else ""


def test_a_passage_moves_with_its_words():
    article = make_article(BODY)
    note = make_note(article, QUOTE)

    told = change(article, f"Readers have asked about the border for weeks.\n\n{BODY}")

    assert passage(note) == QUOTE
    assert note.anchored == "moved"
    assert told == {"kept": 0, "moved": 1, "moved fuzzily, to be checked": 0, "orphaned": 0}


def test_an_edited_passage_keeps_its_old_words_until_somebody_checks_it():
    article = make_article(BODY)
    note = make_note(article, QUOTE)

    change(article, BODY.replace("nine hours", "ten hours"))

    assert passage(note) == "Lorries now pass the border in ten hours."
    assert (note.exact, note.anchored) == (QUOTE, "uncertain")


def test_a_deleted_passage_is_orphaned_and_found_again_when_it_returns():
    article = make_article(BODY)
    note = make_note(article, QUOTE)

    change(article, f"{LEAD} {END}")
    orphaned = (passage(note), note.exact, note.anchored)
    change(article, BODY)

    assert orphaned == ("", QUOTE, "orphaned")
    assert (passage(note), note.anchored) == (QUOTE, "moved")


def test_a_passage_follows_what_an_editor_cuts():
    filler = (
        "The customs service of the republic gave figures for each of its crossings, and for each month of the year."
    )
    raw = f"{LEAD}\n\n{filler}\n\n{QUOTE} {END}"
    article = make_article(raw)
    store.update([article], list(run([RawDocument(raw)], store.stored_vocabulary(), workers=1)))  # type: ignore[arg-type]  # none fails
    note = make_note(Article.objects.get(pk=article.pk), QUOTE)
    article.refresh_from_db()

    start = raw.index(filler)
    editing.decide(article, start, start + len(filler), False, make_user("editor"), digest=article.digest or "")

    assert passage(note) == QUOTE
    assert note.anchored == "moved"


def test_nobody_is_said_to_have_changed_a_note_that_moved():
    article = make_article(BODY)
    note = make_note(article, QUOTE)

    change(article, f"More.\n\n{BODY}")

    note.refresh_from_db()
    assert note.version == 1
    assert note.history.count() == 1


def test_reprocess_says_what_became_of_passages():
    article = make_article(BODY)
    make_note(article, QUOTE)
    Annotation.objects.update(start=1, end=2)
    out = io.StringIO()

    call_command("reprocess", workers=1, stdout=out)

    assert "Passages of notes: 0 kept, 1 moved, 0 moved fuzzily, to be checked, 0 orphaned." in out.getvalue()


def test_following_asks_no_more_queries_for_more_notes(django_assert_max_num_queries):
    articles = make_articles([{"body": f"{number}. {BODY}"} for number in range(12)])
    for article in articles:
        for _ in range(3):
            make_note(article, QUOTE)
    Annotation.objects.update(start=1, end=2)

    with django_assert_max_num_queries(4):
        follow([article.pk for article in articles])
