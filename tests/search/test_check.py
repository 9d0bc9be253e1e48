"""The index is broken on purpose in each way, found wrong, and mended."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from pyroaring import BitMap

from newsdesk.query import parse
from newsdesk.search import fulltext, index, words
from newsdesk.search.index import Entry
from newsdesk.search.models import Bitmap, Filing, Words
from tests import factories
from tests.search.entries import make_entry

ENTRIES = [
    make_entry(1, "Старый мост закрыли", title="Мост", day="2024-05-01", country=["AZ"], story=["1"]),
    make_entry(2, "Паром ходит снова", day="2024-05-02", time="10:00", country=["AZ", "GE"], story=["1"]),
    make_entry(3, "Дорога свободна", title="Дорога", country=["GE"]),
]


@pytest.fixture
def filed(db: None) -> None:
    index.put(ENTRIES)


def forget_a_filing() -> None:
    Filing.objects.filter(article=1).delete()


def file_under_another_day() -> None:
    Filing.objects.filter(article=1).update(moment=None)


def file_under_another_country() -> None:
    Filing.objects.filter(article=1).update(facets={"country": ["RU"]})


def forget_words() -> None:
    Words.objects.filter(article=1).delete()


def change_words() -> None:
    text = words.read("", "что-то другое")
    Words.objects.filter(article=1).update(words=words.pack(text))


def change_the_digest() -> None:
    Words.objects.filter(article=1).update(digest=b"0" * 16)


def garble_words() -> None:
    Words.objects.filter(article=1).update(words=b"garbled")


def garble_words_within() -> None:
    Words.objects.filter(article=1).update(words=zlib.compress(b"\xff"))


def file_one_too_many() -> None:
    Filing.objects.create(article=9, moment=None, facets={})


def keep_one_too_many() -> None:
    index.put([make_entry(9, "Мост через пролив", day="2020-01-01", country=["TR"])])


def empty_a_bitmap() -> None:
    Bitmap.objects.filter(facet="country", value="AZ").update(ids=BitMap().serialize(), count=0)


def lose_a_bitmap() -> None:
    Bitmap.objects.filter(facet="month", value="2024-05").delete()


def invent_a_bitmap() -> None:
    Bitmap.objects.create(facet="country", value="XX", ids=BitMap([1]).serialize(), count=1)


def miscount_a_bitmap() -> None:
    Bitmap.objects.filter(facet="story", value="1").update(count=7)


def garble_a_bitmap() -> None:
    Bitmap.objects.filter(facet="country", value="AZ").update(ids=b"garbled")


def empty_the_full_text() -> None:
    fulltext.engine().clear()


def leave_an_article_out_of_the_full_text() -> None:
    fulltext.engine().erase(dict(fulltext.stored_texts([1])))


def row(title: str, body: str) -> words.Row:
    return fulltext.engine().prepare(title, body).row


def index_one_too_many() -> None:
    fulltext.engine().write({9: row("", "мост")})


def index_other_words() -> None:
    fulltext.engine().erase(dict(fulltext.stored_texts([1])))
    fulltext.engine().write({1: row("", "паром")})


def index_a_word_twice() -> None:
    fulltext.engine().erase(dict(fulltext.stored_texts([1])))
    fulltext.engine().write({1: row("Мост", "Старый мост закрыли закрыли")})


def index_other_forms() -> None:
    fulltext.engine().erase(dict(fulltext.stored_texts([1])))
    fulltext.engine().write({1: row("Мост", "Старый моста закрыли")})


BREAKAGES: Mapping[Callable[[], None], Mapping[str, Any]] = {
    forget_a_filing: {"misfiled": BitMap([1])},
    file_under_another_day: {"misfiled": BitMap([1])},
    file_under_another_country: {"misfiled": BitMap([1])},
    forget_words: {"misread": BitMap([1]), "postings": True},
    change_words: {"misread": BitMap([1]), "postings": True},
    change_the_digest: {"misread": BitMap([1])},
    garble_words: {"misread": BitMap([1]), "postings": True},
    garble_words_within: {"misread": BitMap([1]), "postings": True},
    file_one_too_many: {"surplus": BitMap([9])},
    keep_one_too_many: {"surplus": BitMap([9]), "bitmaps": (("country", "TR"), ("month", "2020-01"))},
    empty_a_bitmap: {"bitmaps": (("country", "AZ"),)},
    lose_a_bitmap: {"bitmaps": (("month", "2024-05"),)},
    invent_a_bitmap: {"bitmaps": (("country", "XX"),)},
    miscount_a_bitmap: {"bitmaps": (("story", "1"),)},
    garble_a_bitmap: {"bitmaps": (("country", "AZ"),)},
    empty_the_full_text: {"postings": True},
    leave_an_article_out_of_the_full_text: {"postings": True},
    index_one_too_many: {"postings": True},
    index_other_words: {"postings": True},
    index_a_word_twice: {"postings": True},
    index_other_forms: {"postings": True},
}


@pytest.mark.usefixtures("filed")
@pytest.mark.parametrize("breakage", BREAKAGES, ids=lambda breakage: breakage.__name__)
def test_every_breakage_is_found_and_mended(breakage: Callable[[], None]) -> None:
    assert index.check(ENTRIES).sound

    breakage()

    report = index.check(ENTRIES)
    assert not report.sound
    for name, expected in BREAKAGES[breakage].items():
        assert getattr(report, name) == expected, name
    assert not index.check(ENTRIES).sound, "checking alone changes nothing"
    assert index.check(ENTRIES, mend=True).mended
    assert index.check(ENTRIES).sound
    assert_answers()


def assert_answers() -> None:
    assert index.everything() == BitMap([1, 2, 3])
    assert index.counts("country", index.everything()) == {"AZ": 2, "GE": 2}
    assert index.counts("story", index.everything()) == {"1": 2}
    assert index.page(index.everything(), offset=0, size=9) == [2, 1, 3]
    assert index.search(parse("мост")) == BitMap([1])
    assert index.search(parse("=моста")) == index.search(parse("пролив")) == BitMap()
    assert index.search(parse("паром")) == BitMap([2])


@pytest.mark.usefixtures("filed")
def test_everything_lost_is_made_anew() -> None:
    for model in (Words, Filing, Bitmap):
        model.objects.all().delete()

    report = index.check(ENTRIES, mend=True)

    assert report.misfiled == report.misread == BitMap([1, 2, 3])
    assert_answers()


@pytest.mark.usefixtures("filed")
def test_articles_that_changed_unnoticed_are_found() -> None:
    changed = replace(ENTRIES[0], body="Мост открыли", facets={"country": ["TR"]})

    report = index.check([changed, *ENTRIES[1:]], mend=True)

    assert report.misfiled == report.misread == BitMap([1])
    assert index.search(parse("открыли")) == index.value("country", "TR") == BitMap([1])


@pytest.mark.usefixtures("filed")
def test_mending_is_seen_at_once() -> None:
    empty_a_bitmap()
    entries: list[Entry] = ENTRIES
    index.everything()

    index.check(entries, mend=True)

    assert index.value("country", "AZ") == BitMap([1, 2])


class TestCommand:
    @pytest.fixture(autouse=True)
    def articles(self, db: None) -> None:
        factories.make_article("Мост закрыт на ремонт.", about=["AZ"], topics=["trade"])
        factories.make_article("Паром ходит снова.", published=None)

    def test_sound_index(self) -> None:
        out = StringIO()

        call_command("check_index", stdout=out)

        assert out.getvalue() == "2 articles: search and facets agree with them.\n"

    def test_breakage_is_told_and_gives_exit_status_1(self) -> None:
        Bitmap.objects.filter(facet="country").delete()
        out, errors = StringIO(), StringIO()

        with pytest.raises(SystemExit, match="1"):
            call_command("check_index", stdout=out, stderr=errors)

        assert out.getvalue() == "Wrong: 1 facet values hold other articles: country=AZ.\n"
        assert "--mend" in errors.getvalue()

    def test_mend(self) -> None:
        Bitmap.objects.filter(facet="country").delete()
        fulltext.engine().clear()
        out = StringIO()

        call_command("check_index", "--mend", stdout=out)

        assert out.getvalue().splitlines() == [
            "Wrong: 1 facet values hold other articles: country=AZ.",
            "Wrong: the full text is not made of the words that are stored.",
            "All of this is set right now.",
        ]
        call_command("check_index", stdout=out)
        assert len(index.search(parse("мост"))) == len(index.value("country", "AZ")) == 1
