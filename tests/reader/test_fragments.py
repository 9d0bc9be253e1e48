import re

import pytest
from django.template import Context

from newsdesk.articles.marks import Mark, Segment
from newsdesk.articles.models import Article
from newsdesk.reader.charts import Bar
from newsdesk.reader.facets import Choice, Facet
from newsdesk.reader.listing import Row
from newsdesk.reader.templatetags.fragments import choices, columns, marked, marks, rows
from newsdesk.workspace.reading import State

EVIL = '"><script>alert(1)</script>'
SAFE = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"


def make_facet(*chosen):
    return Facet("topic", "Topic", "", list(chosen), hidden=0, expanded=False, more_url="", folded=False, chosen=0)


def test_a_choice_is_two_links_and_says_its_state():
    html = choices(make_facet(Choice("az", "Azerbaijan", 3, "included", "/?a=1&b=2", "/?c=3")))

    assert 'class="choice is-included"' in html
    assert '<a id="in-topic-az" class="choice-in" aria-current="true" href="/?a=1&amp;b=2"' in html
    assert '<a id="out-topic-az" class="choice-out" href="/?c=3"' in html
    assert 'title="Without Azerbaijan"' in html


def test_names_in_the_filters_are_text():
    html = choices(make_facet(Choice(EVIL, EVIL, 0, "", f"/?q={EVIL}", "/")))

    assert "<script>" not in html
    assert html.count(SAFE) == 5


def test_labels_of_the_timeline_are_text():
    html = columns([Bar(EVIL, 1, f"/?q={EVIL}", False, "M0 0", "M1 1", [])])

    assert "<script>" not in html
    assert f"<title>{SAFE}: 1</title>" in html


def test_marked_passages_are_text():
    html = marked([Segment("a <b>"), Segment("c & d", (Mark(0, 5, "found"),))])

    assert html == "a &lt;b&gt;<mark>c &amp; d</mark>"


def make_row(text="", **fields):
    article = Article(pk=7, title=text, summary=text, language=text, url=text)
    given = dict.fromkeys(("source", "language", "provenance", "url", "story_url"), text)
    given |= {name: [text] for name in ("about", "mentioned", "topics")}
    return Row(article=article, **given, inferred=True, title=[Segment(text)], snippet=[], coverage=None, **fields)


def show(row, *, adds=False, seen_up_to=None, **context):
    user = type("User", (), {"is_authenticated": "listing" in context})
    perms = {"workspace": {"add_collection": adds}}
    return rows(Context({"user": user, "perms": perms, **context}), [row], seen_up_to)


def test_a_row_is_text():
    html = show(make_row(EVIL))

    assert "<script>" not in html
    assert html.count(SAFE) == 11


def test_a_row_begins_its_article_and_stops_at_a_word():
    html = show(make_row("Ships " + "passing " * 40))

    (said,) = re.findall(r'<p class="row-text"[^>]*>(.*?)</p>', html)
    assert said.endswith(" passing…")
    assert len(said) <= 161


def test_a_row_says_what_its_reader_did_and_may_do():
    theirs = show(make_row("Trade", state=State(read=True)), adds=True, seen_up_to=6, listing=True)
    others = show(make_row("Trade"), seen_up_to=7)

    assert '<li class="row is-read" id="row-7">' in theirs
    assert re.findall(r'name="(\w+)" value="7"', theirs) == ["above", "archive", "unread", "star"]
    assert 'href="/collections/add/?article=7"' in theirs
    assert "row-new" in theirs
    assert '<li class="row" id="row-7">' in others
    assert '<span class="marks" data-marks="7"></span>' in others
    assert not re.search("button|add-to|row-new", others)


@pytest.mark.parametrize(
    ("state", "names", "pressed"),
    [
        (State(), ["archive", "read", "star"], ["false", "false"]),
        (State(read=True, starred=True, archived=True), ["unarchive", "unread", "unstar"], ["true", "true"]),
    ],
)
def test_marks_do_the_opposite_of_what_is(state, names, pressed):
    html = marks(7, state, signed_in=True)

    assert re.findall(r'name="(\w+)"', html) == names
    assert re.findall(r'aria-pressed="(\w+)"', html) == pressed
