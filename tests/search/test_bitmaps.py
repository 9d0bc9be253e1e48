from __future__ import annotations

import datetime as dt
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import DatabaseError, connection, connections, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pyroaring import BitMap
from pytest_django import DjangoAssertNumQueries

from newsdesk.search import bitmaps, index
from newsdesk.search.models import Bitmap, Filing
from tests.search.entries import count_plainly, make_entry, order_plainly

DAYS = st.none() | st.dates(dt.date(2023, 11, 1), dt.date(2024, 3, 31))
TIMES = st.none() | st.times().map(lambda time: time.replace(second=0, microsecond=0))
FACETS = st.fixed_dictionaries(
    {},
    optional={
        "country": st.lists(st.sampled_from(["AZ", "RU", "AM"]), max_size=3),
        "story": st.lists(st.sampled_from(["1", "2", "3"]), max_size=1),
        "language": st.lists(st.sampled_from(["ru", "en"]), min_size=1, max_size=1),
    },
)
ENTRIES = st.lists(
    st.builds(
        index.Entry, id=st.integers(1, 12), title=st.just(""), body=st.just(""), day=DAYS, time=TIMES, facets=FACETS
    ),
    max_size=25,
)


class TestProperty(TestCase):
    @settings(max_examples=40)
    @given(steps=st.lists(st.tuples(ENTRIES, st.sets(st.integers(1, 12))), max_size=3), first=DAYS, last=DAYS)
    def test_answers_as_a_plain_loop_over_the_articles_does(
        self, steps: list[tuple[list[index.Entry], set[int]]], first: dt.date | None, last: dt.date | None
    ) -> None:
        held: dict[int, index.Entry] = {}
        for entries, removed in steps:
            latest = {entry.id: entry for entry in entries}
            index.put(latest.values())
            index.remove(removed)
            held = {id_: entry for id_, entry in (held | latest).items() if id_ not in removed}

        everything = index.everything()
        assert everything == BitMap(held)
        for facet in ("country", "story", "language"):
            assert index.counts(facet, everything) == count_plainly(held.values(), facet)
            without = sum(not entry.facets.get(facet) for entry in held.values())
            assert index.without_any(facet, everything) == without
        by_day = Counter(entry.day for entry in held.values() if entry.day)
        assert index.days(everything, dt.date(2023, 11, 1), dt.date(2024, 3, 31)) == sorted(by_day.items())
        in_range = [
            entry.id
            for entry in held.values()
            if entry.day and (first or entry.day) <= entry.day <= (last or entry.day)
        ]
        assert index.between(first, last) == BitMap(in_range)
        for newest_first in (True, False):
            expected = order_plainly(held.values(), newest_first=newest_first)
            assert index.page(everything, offset=0, size=99, newest_first=newest_first) == expected
            assert index.page(everything, offset=3, size=4, newest_first=newest_first) == expected[3:7]
        assert sum(count for _, count in index.months(everything)) + index.undated(everything) == len(held)


@pytest.fixture
def five(db: None) -> None:
    index.put(
        [
            make_entry(1, day="2024-04-22", time="16:14", country=["RU", "AZ"], language=["ru"]),
            make_entry(2, day="2024-04-22", country=["AZ"], language=["en"]),
            make_entry(3, day="2024-05-01", country=["AM"], language=["ru"], story=["7"]),
            make_entry(4, day="2022-02-22", country=["AZ"], language=["ru"], story=["7"]),
            make_entry(5, language=["en"]),
        ]
    )


@pytest.mark.usefixtures("five")
class TestReading:
    def test_counts_hold_zeros_for_values_that_the_filter_leaves_out(self) -> None:
        assert index.counts("country", index.value("language", "en")) == {"AM": 0, "AZ": 1, "RU": 0}

    def test_values_that_nobody_has_any_more_go(self) -> None:
        index.remove([3])

        assert index.counts("country", index.everything()) == {"AZ": 3, "RU": 1}

    def test_value_and_facet_that_are_not_known_are_empty(self) -> None:
        assert index.value("country", "XX") == index.value("colour", "red") == BitMap()
        assert index.counts("colour", index.everything()) == {}

    def test_stories_are_read_when_asked_for(self) -> None:
        assert index.value("story", "7") == BitMap([3, 4])
        assert index.counts("story", BitMap([4, 5])) == {"7": 1}

    def test_newest_come_first_and_undated_last(self) -> None:
        assert index.page(index.everything(), offset=0, size=25) == [3, 1, 2, 4, 5]

    def test_oldest_first_has_undated_last_too(self) -> None:
        assert index.page(index.everything(), offset=0, size=25, newest_first=False) == [4, 2, 1, 3, 5]

    @pytest.mark.parametrize("offset", range(7))
    def test_pages_are_stretches_of_one_order(self, offset: int) -> None:
        assert index.page(index.everything(), offset=offset, size=2) == [3, 1, 2, 4, 5][offset : offset + 2]

    def test_page_holds_only_what_is_asked_for(self) -> None:
        assert index.page(index.value("country", "AZ"), offset=1, size=2) == [2, 4]

    def test_months(self) -> None:
        assert index.months(index.value("country", "AZ")) == [(dt.date(2022, 2, 1), 1), (dt.date(2024, 4, 1), 2)]

    def test_undated(self) -> None:
        assert index.undated(index.everything()) == 1

    @pytest.mark.parametrize(
        ("first", "last", "expected"),
        [
            pytest.param("2024-04-22", "2024-04-22", [1, 2], id="one day"),
            pytest.param("2024-04-23", None, [3], id="open end"),
            pytest.param(None, "2024-04-30", [1, 2, 4], id="open start"),
            pytest.param("2022-02-23", "2024-04-21", [], id="between two days with articles"),
            pytest.param("2022-02-01", "2024-05-31", [1, 2, 3, 4], id="whole months"),
            pytest.param(None, None, [1, 2, 3, 4], id="any day"),
            pytest.param("2024-05-01", "2024-04-01", [], id="upside down"),
        ],
    )
    def test_between_includes_both_days(self, first: str | None, last: str | None, expected: list[int]) -> None:
        days = [dt.date.fromisoformat(day) if day else None for day in (first, last)]

        assert index.between(*days) == BitMap(expected)

    def test_answers_belong_to_the_caller(self) -> None:
        index.everything().clear()
        index.value("country", "AZ").clear()
        index.between(None, None).clear()
        index.between(dt.date(2024, 4, 22), None).clear()

        assert len(index.everything()) == 5
        assert len(index.value("country", "AZ")) == 3
        assert len(index.between(None, None)) == 4
        assert len(index.between(dt.date(2024, 4, 22), None)) == 3


@pytest.mark.django_db
def test_articles_of_a_month_come_in_order() -> None:
    days = [f"2024-04-{day:02}" for day in range(1, 31)]
    random.Random(1).shuffle(days)
    entries = [make_entry(number, day=day) for number, day in enumerate(days, 1)]
    index.put(entries)

    for newest_first in (True, False):
        expected = order_plainly(entries, newest_first=newest_first)
        assert index.page(index.everything(), offset=0, size=50, newest_first=newest_first) == expected
        assert index.page(index.everything(), offset=5, size=6, newest_first=newest_first) == expected[5:11]


@pytest.mark.django_db
@pytest.mark.parametrize("share", [0.002, 0.03, 0.5, 0.97, 1.0])
def test_counts_are_right_for_sparse_and_dense_sets(share: float) -> None:
    source = random.Random(1)
    ids = range(1, 100_001)
    sets = {f"c{number}": BitMap(source.sample(ids, size)) for number, size in enumerate([10, 2000, 30_000, 95_000])}
    snapshot = bitmaps.Snapshot(
        1,
        [("month", "2024-04", BitMap(ids).serialize())]
        + [("country", value, some.serialize()) for value, some in sets.items()],
    )
    within = BitMap(source.sample(ids, int(share * len(ids))))

    assert snapshot.counts("country", within) == {value: len(some & within) for value, some in sets.items()}
    assert snapshot.count_months(within) == [(dt.date(2024, 4, 1), len(within))]


@pytest.mark.django_db
@pytest.mark.parametrize("day", [dt.date.min, dt.date(988, 2, 3), dt.date.max], ids=str)
def test_days_at_the_ends_of_the_calendar(day: dt.date) -> None:
    index.put([index.Entry(1, "", "", day, time=dt.time(23, 59)), make_entry(2, day="2024-04-22")])

    assert index.between(day, day) == BitMap([1])
    assert (day.replace(day=1), 1) in index.months(index.everything())
    assert sorted(index.page(index.everything(), offset=0, size=9)) == [1, 2]


class TestWriting:
    @pytest.mark.usefixtures("five")
    def test_replaced_article_leaves_its_old_values(self) -> None:
        index.put([make_entry(1, day="2023-01-01", country=["GE"])])

        assert index.counts("country", BitMap([1])) == {"AM": 0, "AZ": 0, "GE": 1}
        assert index.counts("language", BitMap([1])) == {"en": 0, "ru": 0}
        assert index.months(BitMap([1])) == [(dt.date(2023, 1, 1), 1)]

    @pytest.mark.usefixtures("five")
    def test_same_again_writes_nothing(self) -> None:
        before = bitmaps.current().token

        index.put([make_entry(2, day="2024-04-22", country=["AZ"], language=["en"])])

        assert bitmaps.current().token == before

    @pytest.mark.django_db
    def test_put_reads_and_writes_each_bitmap_once(self, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        entries = [
            make_entry(number, day="2024-04-22", country=["AZ", "RU"], language=["ru"]) for number in range(1, 301)
        ]

        with django_assert_max_num_queries(25):
            index.put(entries)

        assert index.counts("country", index.everything()) == {"AZ": 300, "RU": 300}

    @pytest.mark.django_db
    def test_removing_what_is_not_there_does_no_harm(self) -> None:
        index.remove([1, 2])

        assert index.everything() == BitMap()


class TestCopyOfTheProcess:
    @pytest.mark.usefixtures("five")
    def test_is_read_once(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        index.everything()

        with django_assert_num_queries(1):
            index.everything()

    @pytest.mark.usefixtures("five")
    def test_request_asks_once(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        index.everything()
        bitmaps._open_request()
        try:
            with django_assert_num_queries(1):
                index.counts("country", index.value("language", "ru"))
                index.months(index.everything())
        finally:
            bitmaps._close_request()

    def test_signals_of_requests_are_heard(self) -> None:
        assert bitmaps._open_request in [receiver() for _, receiver, *_ in request_started.receivers]
        assert bitmaps._close_request in [receiver() for _, receiver, *_ in request_finished.receivers]

    @pytest.mark.usefixtures("five")
    def test_request_sees_what_it_wrote_itself(self) -> None:
        bitmaps._open_request()
        try:
            assert len(index.everything()) == 5
            index.remove([1])
            assert len(index.everything()) == 4
            index.remove([2])
            assert len(index.everything()) == 3
        finally:
            bitmaps._close_request()

    @pytest.mark.usefixtures("five")
    def test_forgets_what_was_rolled_back(self) -> None:
        def remove_and_fail() -> None:
            with transaction.atomic():
                index.remove([1])
                assert len(index.everything()) == 4
                raise DatabaseError

        for _ in range(2):
            with pytest.raises(DatabaseError):
                remove_and_fail()
            assert len(index.everything()) == 5
        index.remove([2])

        assert index.everything() == BitMap([1, 3, 4, 5])

    @pytest.mark.usefixtures("five")
    def test_forgets_what_was_rolled_back_during_a_request(self) -> None:
        bitmaps._open_request()
        try:
            sid = transaction.savepoint()
            index.remove([1])
            assert len(index.everything()) == 4
            transaction.savepoint_rollback(sid)

            assert len(index.everything()) == 5
        finally:
            bitmaps._close_request()


Run = Callable[..., None]


@pytest.fixture
def run(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs functions in a thread each, on a database that sees commits: for SQLite, a file of its own."""
    if connection.vendor == "sqlite":
        elsewhere = {**connection.settings_dict, "NAME": str(tmp_path / "threads.sqlite3")}
        monkeypatch.setitem(connections.settings, "default", elsewhere)
        _run_in_threads(lambda: call_command("migrate", "search", verbosity=0))
    yield _run_in_threads
    _run_in_threads(lambda: index.remove(Filing.objects.values_list("article", flat=True)))


def _run_in_threads(*targets: Callable[[], object]) -> None:
    errors: list[BaseException] = []

    def attempt(target: Callable[[], object]) -> None:
        try:
            target()
        except BaseException as error:  # noqa: BLE001  (whatever it is, the test must see it)
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=[target]) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []


class TestThreads:
    def test_others_do_not_see_what_is_not_committed(self, run: Run) -> None:
        seen: list[int] = []

        def write_and_ask_elsewhere() -> None:
            index.put([make_entry(1, country=["AZ"])])
            with transaction.atomic():
                index.put([make_entry(2, country=["AZ"])])
                seen.append(len(index.everything()))
                _run_in_threads(lambda: seen.append(len(index.everything())))
            _run_in_threads(lambda: seen.append(len(index.everything())))

        run(write_and_ask_elsewhere)

        assert seen == [2, 1, 2]

    def test_concurrent_writers_lose_nothing(self, run: Run) -> None:
        def write(start: int) -> None:
            for number in range(start, start + 40, 4):
                with transaction.atomic():
                    index.put(make_entry(id_, day="2024-04-22", country=["AZ"]) for id_ in range(number, number + 4))

        run(*(partial(write, start) for start in (1, 101, 201)))

        def check() -> None:
            written = BitMap([*range(1, 41), *range(101, 141), *range(201, 241)])
            assert index.everything() == index.value("country", "AZ") == written
            assert Bitmap.objects.get(facet="country", value="AZ").count == 120

        run(check)

    def test_readers_meet_whole_transactions_only(self, run: Run) -> None:
        done = threading.Event()
        sizes: list[int] = []

        def read() -> None:
            while not done.is_set():
                snapshot = bitmaps.current()
                assert snapshot.value("country", "AZ") == snapshot.value("language", "ru") == snapshot.undated
                sizes.append(len(snapshot.everything))

        def write() -> None:
            try:
                for number in range(1, 30):
                    index.put([make_entry(number, country=["AZ"], language=["ru"])])
            finally:
                done.set()

        run(read, read, write)

        assert max(sizes) > 0


@pytest.mark.django_db
class TestDays:
    @pytest.fixture(autouse=True)
    def entries(self) -> None:
        days = ["2024-01-31", "2024-02-01", "2024-02-01", "2024-03-05", None]
        index.put(make_entry(number, day=day) for number, day in enumerate(days, 1))

    def test_each_day_within_has_its_number(self) -> None:
        everything = index.everything()

        assert index.days(everything, dt.date(2024, 2, 1), dt.date(2024, 3, 5)) == [
            (dt.date(2024, 2, 1), 2),
            (dt.date(2024, 3, 5), 1),
        ]
        assert index.days(BitMap([1, 3]), dt.date(2024, 1, 1), dt.date(2024, 12, 31)) == [
            (dt.date(2024, 1, 31), 1),
            (dt.date(2024, 2, 1), 1),
        ]
        assert index.days(everything, dt.date(2024, 2, 2), dt.date(2024, 3, 4)) == []
        assert index.days(everything, dt.date(2030, 1, 1), dt.date(2030, 2, 1)) == []

    def test_months_are_read_together_and_remembered(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        index.days(index.everything(), dt.date(2024, 2, 1), dt.date(2024, 2, 29))

        snapshot = bitmaps.current()
        with django_assert_num_queries(1):
            snapshot.count_days(snapshot.everything, dt.date(2024, 1, 1), dt.date(2024, 3, 31))
        with django_assert_num_queries(0):
            snapshot.count_days(snapshot.everything, dt.date(2024, 1, 1), dt.date(2024, 3, 31))


@pytest.mark.django_db
def test_articles_without_any_value_of_a_facet() -> None:
    index.put([make_entry(1, topic=["trade"]), make_entry(2), make_entry(3)])

    assert index.without_any("topic", index.everything()) == 2
    assert index.without_any("topic", BitMap([1, 2])) == 1
