"""Annotations from elsewhere: read, placed where their words stand, and never guessed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.annotations.forms import LONGEST, NoteForm
from newsdesk.annotations.models import Annotation
from newsdesk.articles.models import Article
from newsdesk.people.models import Visibility
from newsdesk.reader.exports import EXPORTS
from newsdesk.reader.exports.selection import Selection
from newsdesk.workspace import importing
from newsdesk.workspace.importing import UnreadableFileError, fold_address, parse, read, store
from newsdesk.workspace.models import ImportedNote
from tests.factories import make_article, make_user

URL = "https://herald.example/trade"
BODY = "Ministers met in Baku.\n\nTrade grows. In Baku trade grows by a third."
SITE = "https://desk.example"
JSON = dict[str, Any]


@pytest.fixture
def article(db) -> Article:
    return make_article(BODY, url=URL)


@pytest.fixture
def anna(db) -> Any:
    return make_user("analyst", "anna")


def hypothesis(number: int = 1, **changes: Any) -> JSON:
    """A row as the API of Hypothesis answers it."""
    return {
        "id": f"h{number}",
        "created": "2024-03-01T10:00:00.000000+00:00",
        "user": "acct:jane@hypothes.is",
        "uri": URL,
        "text": "A *remark*",
        "tags": ["trade"],
        "target": [{"source": URL, "selector": selectors("Ministers met")}],
        **changes,
    }


def selectors(exact: str, prefix: str = "", suffix: str = "", start: int = 900) -> list[JSON]:
    return [
        {"type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]", "startOffset": 0, "endOffset": 4},
        {"type": "TextPositionSelector", "start": start, "end": start + len(exact)},
        {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
    ]


def w3c(number: int = 1, **changes: Any) -> JSON:
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"https://other.example/notes/{number}",
        "type": "Annotation",
        "motivation": "questioning",
        "creator": {"type": "Person", "name": "Jane"},
        "body": {"type": "TextualBody", "value": "Is that so?", "format": "text/plain"},
        "target": {"source": URL, "selector": {"type": "TextQuoteSelector", "exact": "by a third"}},
        **changes,
    }


def about(source: str | None, **selector: str) -> JSON:
    """A target."""
    return {"target": {"source": source, "selector": {"type": "TextQuoteSelector", **selector}}}


def test_a_row_of_hypothesis_is_placed_by_its_quote(article, anna):
    report = store([hypothesis()], anna)

    note = Annotation.objects.get()
    assert report.placed == [note]
    assert (note.article, note.author, note.visibility) == (article, anna, Visibility.PRIVATE)
    assert (note.exact, note.start, note.end) == ("Ministers met", 0, 13)
    assert note.body == "A *remark*\n\n— jane@hypothes.is, 2024-03-01"


def test_what_is_imported_can_be_edited(article, anna):
    tags = [f"{number:02} {'x' * 60}" for number in range(70)]
    store([hypothesis(tags=tags, text="y" * (LONGEST - 100))], anna)

    form = NoteForm.of(Annotation.objects.get())
    sent = NoteForm({name: form[name].value() for name in form.fields})

    assert (sent.errors, sent.cleaned_data["tags"]) == ({}, Annotation.objects.get().tags)


def test_a_comma_divides_tags_as_it_does_where_they_are_written(article, anna):
    store([hypothesis(tags=["Talks, Baku", "trade"])], anna)

    assert Annotation.objects.get().tag_list == ["talks", "baku", "trade"]


def test_tags_come_along_as_both_write_them(article, anna):
    tagged = {"type": "TextualBody", "value": "Border", "purpose": "tagging"}
    store([hypothesis(), w3c(body=[tagged])], anna)

    assert [note.tag_list for note in Annotation.objects.order_by("pk")] == [["trade"], ["border"]]


def test_a_kind_that_is_not_known_here_is_a_note(article, anna):
    store([w3c(body={"type": "TextualBody", "value": "rumour", "purpose": "classifying"})], anna)

    assert Annotation.objects.get().kind.pk == "note"


def test_a_web_annotation_is_placed_with_its_kind_and_creator(article, anna):
    store([w3c()], anna)

    note = Annotation.objects.get()
    assert note.body == "Is that so?\n\n— Jane"
    assert note.article.text.body[note.start : note.end] == "by a third"
    assert note.kind.pk == "doubt"


def test_importing_twice_does_no_harm(article, anna):
    store([hypothesis(), w3c()], anna)

    again = store([hypothesis(), w3c()], anna)

    assert (again.known, again.placed, again.unplaced) == (2, [], [])
    assert Annotation.objects.count() == 2


def test_an_annotation_that_the_file_holds_twice_is_stored_once(article, anna):
    report = store([hypothesis(), hypothesis()], anna)

    assert (len(report.placed), report.known) == (1, 1)


def test_what_was_deleted_here_does_not_come_back(article, anna):
    store([hypothesis()], anna)
    Annotation.objects.all().delete()

    assert store([hypothesis()], anna).known == 1
    assert not Annotation.objects.exists()


def test_what_was_changed_here_stays_as_it_is(article, anna):
    store([hypothesis()], anna)
    Annotation.objects.update(body="Mine now")

    store([hypothesis()], anna)

    assert Annotation.objects.get().body == "Mine now"


def test_another_person_imports_the_same_file_for_themselves(article, anna):
    store([hypothesis()], anna)

    report = store([hypothesis()], make_user("analyst", "boris"))

    assert len(report.placed) == 1


def test_our_own_export_comes_back_as_it_was_and_twice_does_no_harm(article, anna):
    note = Annotation(article=article, author=anna, body="A **note**", exact="Trade grows")
    note.anchor()
    note.save()
    whole = Annotation.objects.create(article=article, author=anna, body="On the whole")
    file = "".join(EXPORTS["jsonld"].write(Selection([article.pk], site=SITE, user=anna)))  # type: ignore[arg-type]  # text

    assert store(read(file.encode()), anna, site=SITE).known == 2
    Annotation.objects.all().delete()
    report = store(read(file.encode()), anna, site=SITE)

    assert len(report.placed) == 2
    told = {(one.body, one.exact, one.start, one.end) for one in Annotation.objects.all()}
    assert told == {("A **note**", "Trade grows", note.start, note.end), (whole.body, "", None, None)}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (w3c(**about(URL, exact="never written")), "these words do not stand in the article"),
        (w3c(**about(URL, exact="Baku")), "these words stand in the article several times"),
        (
            w3c(**about(URL, exact="Ministers", prefix="Prime ", suffix=" resigned")),
            "these words stand in the article between other words",
        ),
        (
            w3c(target={"source": URL, "selector": selectors("Baku", start=18)}),
            "these words stand in the article several times",
        ),
        (w3c(**about("https://elsewhere.example/", exact="Ministers")), "no article here has this address"),
        (w3c(**about(None, exact="Ministers")), "no article here has this address"),
        (w3c(body=[], **about(URL, exact="")), "it says nothing and marks nothing"),
        (w3c(target=7), "it is no annotation that can be read"),
        (w3c(body=[3]), "it is no annotation that can be read"),
        (hypothesis(references=["h0"]), "it replies to another note"),
        (w3c(body={"type": "TextualBody", "value": "x" * 100_001}), "it is too long"),
    ],
)
def test_what_cannot_be_placed_surely_is_told_and_left_out(article, anna, given, reason):
    report = store([given], anna)

    assert [str(one.reason) for one in report.unplaced] == [reason]
    assert not Annotation.objects.exists()


def test_the_words_around_a_quote_tell_which_of_several_places_is_meant(article, anna):
    store([w3c(target={"source": URL, "selector": selectors("Baku", prefix="met in ")})], anna)

    assert Annotation.objects.get().start == BODY.index("Baku")


def test_a_quote_with_other_white_space_is_the_same_quote(article, anna):
    store([w3c(**about(URL, exact="Baku.   Trade\tgrows"))], anna)

    assert Annotation.objects.get().exact == "Baku.\n\nTrade grows"


def test_two_articles_of_one_address_are_told_apart_by_the_words_or_not_at_all(article, anna):
    make_article("Another text, in which trade grows by a third.", url=URL)

    report = store([w3c(), w3c(2, **about(URL, exact="Ministers met")), w3c(3, target=URL)], anna)

    assert [note.article for note in report.placed] == [article]
    assert [str(one.reason) for one in report.unplaced] == ["several articles have this address"] * 2


@pytest.mark.parametrize("source", ["http://www.herald.example/trade/", f"{URL}#top", "https://HERALD.example/trade"])
def test_addresses_that_differ_in_nothing_that_counts_are_one(article, anna, source):
    assert len(store([w3c(**about(source, exact="Ministers met"))], anna).placed) == 1


def test_other_pages_are_other_addresses():
    folded = {fold_address(url) for url in (URL, f"{URL}?page=2", f"{URL}/more", "ftp://herald.example/trade", "::")}

    assert len(folded) == 4


def test_an_address_of_this_desk_names_an_article_and_one_of_another_desk_does_not(anna):
    article = make_article(BODY)
    path = article.get_absolute_url()

    report = store(
        [
            w3c(1, **about(f"{SITE}{path}", exact="Ministers")),
            w3c(2, **about(f"https://other.example{path}", exact="met")),
        ],
        anna,
        site=SITE,
    )

    assert [note.exact for note in report.placed] == ["Ministers"]
    assert len(report.unplaced) == 1


@pytest.mark.parametrize(
    "wrapped",
    [
        [hypothesis(1), hypothesis(2)],
        {"total": 2, "rows": [hypothesis(1), hypothesis(2)]},
        {"type": "AnnotationPage", "items": [w3c(1), w3c(2)]},
        {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [w3c(1), w3c(2)]}},
    ],
    ids=["list", "answer of Hypothesis", "page", "collection"],
)
def test_annotations_are_found_whatever_they_are_wrapped_in(wrapped):
    assert len(read(json.dumps(wrapped).encode())) == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"{", b"[]", b'{"a": 1}', b"[" * 100_000, b'"text"'],
    ids=["empty", "no UTF-8", "no JSON", "nothing in it", "no annotation", "nested", "text"],
)
def test_a_file_without_annotations_is_refused(content):
    with pytest.raises(UnreadableFileError):
        read(content)


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(importing, "LARGEST", 10)
    with pytest.raises(UnreadableFileError):
        read(b'{"target": "x", "id": 1}')


NAMES = {
    "id",
    "type",
    "target",
    "source",
    "selector",
    "exact",
    "prefix",
    "start",
    "body",
    "value",
    "purpose",
    "creator",
}
NAMES |= {"motivation", "refinedBy", "items", "text", "user", "created", "name", "references"}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(NAMES)), inner, max_size=5),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(sorted(NAMES)), VALUES))
def test_any_shape_is_read_or_refused(raw):
    try:
        read_as = parse(raw)
    except ValueError:
        return

    assert isinstance(read_as.body, str)
    assert "\0" not in read_as.exact


def test_the_name_of_a_creator_is_no_markdown(article, anna):
    store([w3c(creator="[x](https://x.example) <b>")], anna)

    assert "\\[x\\](https://x.example) \\<b\\>" in Annotation.objects.get().body


def test_a_fault_in_the_midst_stores_nothing(article, anna, monkeypatch):
    def fail(self: Annotation, *args: object, **kwargs: object) -> None:
        raise RuntimeError

    store([], anna)
    monkeypatch.setattr(Annotation, "save", fail)
    with pytest.raises(RuntimeError):
        store([hypothesis()], anna)

    assert not ImportedNote.objects.exists()


def test_the_command_imports_and_says_what_it_did(article, anna, tmp_path, capsys):
    file = tmp_path / "notes.json"
    file.write_text(json.dumps([hypothesis(), w3c(**about(URL, exact="never written"))]))

    call_command("import_annotations", str(file), author="anna", visibility="team")

    out, err = capsys.readouterr()
    assert out == "1 placed, 0 there already, 1 not placed.\n"
    assert "not placed: these words do not stand in the article: never written" in err
    assert Annotation.objects.get().visibility == Visibility.TEAM


@pytest.mark.parametrize(
    ("file", "author", "said"), [("no.json", "anna", "cannot be read"), ("no.json", "eva", "nobody")]
)
def test_the_command_says_what_is_wrong(anna, file, author, said):
    with pytest.raises(CommandError, match=said):
        call_command("import_annotations", file, author=author)


def test_the_command_refuses_a_file_without_annotations(anna, tmp_path):
    file = tmp_path / "notes.json"
    file.write_text("{}")
    with pytest.raises(CommandError, match="There are no annotations"):
        call_command("import_annotations", str(file), author="anna")
