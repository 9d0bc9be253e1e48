"""One article for each story, held against plain Python."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pyroaring import BitMap

from newsdesk.query import parse
from newsdesk.search import index
from tests.search.entries import make_entry, order_plainly
from tests.search.test_bitmaps import ENTRIES


def fold_plainly(order: list[int], story_of: dict[int, str]) -> list[int]:
    seen: set[object] = set()
    found = []
    for article in order:
        story = story_of.get(article, article)
        if story not in seen:
            found.append(article)
        seen.add(story)
    return found


class FoldingAgrees(TestCase):
    @given(ENTRIES, st.sets(st.integers(1, 12)), st.booleans())
    def test_with_plain_python(self, given_entries: list[index.Entry], chosen: set[int], newest_first: bool) -> None:
        entries = list({entry.id: entry for entry in given_entries}.values())
        index.put(entries)
        inside = [entry for entry in entries if entry.id in chosen]
        story_of = {entry.id: entry.facets["story"][0] for entry in entries if entry.facets.get("story")}

        folded = index.fold(BitMap([entry.id for entry in inside]), newest_first=newest_first)

        assert folded.page(0, 99) == fold_plainly(order_plainly(inside, newest_first=newest_first), story_of)


class GroupingAgrees(TestCase):
    @given(ENTRIES, st.sets(st.integers(1, 12)))
    def test_with_plain_python(self, given_entries: list[index.Entry], chosen: set[int]) -> None:
        entries = list({entry.id: entry for entry in given_entries}.values())
        index.put(entries)
        inside = [entry for entry in entries if entry.id in chosen]
        story_of = {entry.id: entry.facets["story"][0] for entry in inside if entry.facets.get("story")}
        sizes = Counter(story_of.values())
        newest = fold_plainly(order_plainly(inside, newest_first=True), story_of)
        several = [(id_, sizes[story_of[id_]]) for id_ in newest if sizes[story_of.get(id_, "")] > 1]

        grouped = index.group(BitMap([entry.id for entry in inside]))

        assert list(grouped.page(0, 99).items()) == several
        assert list(grouped.largest_first.page(0, 99).items()) == sorted(several, key=lambda pair: -pair[1])
        assert list(grouped.page(1, 1).items()) == several[1:2]


@pytest.mark.django_db
class TestFolding:
    def test_the_first_that_passes_stands_for_its_story(self) -> None:
        index.put(
            [
                make_entry(1, day="2024-01-01", story=["7"]),
                make_entry(2, day="2024-01-03", story=["7"]),
                make_entry(3, day="2024-01-02"),
                make_entry(4, day=None, story=["7"]),
            ]
        )

        assert index.fold(index.everything()).page(0, 9) == [2, 3]
        assert index.fold(index.everything(), newest_first=False).page(0, 9) == [1, 3]
        assert index.fold(BitMap([1, 3, 4])).page(0, 9) == [3, 1]
        assert index.fold(index.everything()).page(1, 1) == [3]
        assert len(index.fold(BitMap())) == 0

    def test_each_article_of_a_story_is_found_at_its_row(self) -> None:
        index.put(
            [
                make_entry(1, day="2024-01-01", story=["7"]),
                make_entry(2, day="2024-01-03", story=["7"]),
                make_entry(3, day="2024-01-02"),
                make_entry(4, day="2023-01-02"),
            ]
        )

        folded = index.fold(BitMap([1, 2, 3]))

        assert [folded.find(article) for article in (1, 2, 3, 4, 99)] == [0, 0, 1, None, None]

    def test_a_change_of_stories_is_seen_at_once(self) -> None:
        index.put([make_entry(1, day="2024-01-01", story=["7"]), make_entry(2, day="2024-01-03", story=["7"])])
        before = len(index.fold(index.everything()))

        index.put([make_entry(1, day="2024-01-01")])

        assert (before, len(index.fold(index.everything()))) == (1, 2)

    def test_the_best_stands_for_its_story_by_rank(self) -> None:
        index.put(
            [
                make_entry(1, "a bridge, a bridge, a bridge", day="2024-01-01", story=["7"]),
                make_entry(2, "a bridge that was long and had many lorries on it", day="2024-01-03", story=["7"]),
                make_entry(3, "a bridge and a road", day="2024-01-02"),
                make_entry(4, "a road", day="2024-01-04"),
            ]
        )
        query = parse("bridge")

        assert index.fold_by_rank(query, index.everything()).page(0, 9) == [1, 3]
        assert index.fold_by_rank(parse("after:2024-01-02"), index.everything()).page(0, 9) == [4, 2, 3]
