from newsdesk.articles.marks import Mark, Segment
from newsdesk.reader.charts import Bar
from newsdesk.reader.facets import Choice, Facet
from newsdesk.reader.templatetags.fragments import choices, columns, marked

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
    assert html.count(SAFE) == 6


def test_labels_of_the_timeline_are_text():
    html = columns([Bar(EVIL, 1, f"/?q={EVIL}", False, "M0 0", "M1 1", [])])

    assert "<script>" not in html
    assert f"<title>{SAFE}: 1</title>" in html


def test_marked_passages_are_text():
    html = marked([Segment("a <b>"), Segment("c & d", (Mark(0, 5, "found"),))])

    assert html == "a &lt;b&gt;<mark>c &amp; d</mark>"
