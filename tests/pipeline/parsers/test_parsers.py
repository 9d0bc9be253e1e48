import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.document import RawDocument
from newsdesk.pipeline.parsers import PARSERS, Rejected, choose, parse


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.txt", b"<html>", "text"),
        ("a.HTML", b"no markup", "HTML"),
        ("a.ndjson", b"", "JSON Lines"),
        ("-", b'{"id": "1", "raw_text": "', "JSON Lines"),
        ("-", b'\xef\xbb\xbf{"id": 1}', "JSON Lines"),
        ("-", b'[\n  {"id": 1}', "JSON Lines"),
        ("-", b"[Photo] One bridge", "text"),
        ("page.php", b"\n<!-- saved --><!DOCTYPE html><html>", "HTML"),
        ("page", b"<?xml version='1.0'?>\n<html xmlns='x'>", "HTML"),
        ("a.CSV", b"id,raw_text", "table"),
        ("a.tsv", b"id\traw_text", "table"),
        ("article", b"Ferries, trains, buses", "text"),
        ("article", "Сегодня в Баку".encode(), "text"),
        ("article", b"{curly} words", "text"),
        ("article", b"<b>bold</b> claim", "text"),
    ],
    ids=str,
)
def test_format_is_told_by_suffix_then_by_content(name: str, head: bytes, expected: str) -> None:
    assert choose(name, head).name == expected


def test_every_suffix_belongs_to_one_format() -> None:
    suffixes = [suffix for one in PARSERS for suffix in one.suffixes]

    assert len(suffixes) == len(set(suffixes))


def test_text_file_is_one_document() -> None:
    data = "Мост открыли.\n".encode("cp1251")

    assert list(parse("news/a.txt", data)) == [
        RawDocument(data.decode("cp1251"), source_path="news/a.txt", encoding="cp1251", original=data)
    ]


def test_rejection_names_the_file() -> None:
    [rejected] = parse("news/empty.txt", b"")

    assert isinstance(rejected, Rejected)
    assert str(rejected) == "news/empty.txt: the file is empty. Leave it out"


def test_a_table_is_rejected_with_the_columns_that_are_understood() -> None:
    [rejected] = parse("news/heap.csv", b'id,raw_text\n1,"One bridge."\n2,"Two bridges."\n')

    assert isinstance(rejected, Rejected)
    assert str(rejected) == (
        "news/heap.csv: this is a table, not an article. Convert it to JSON Lines, one object a row; these columns are "
        "understood: id, raw_text, html, source, url, collected, title, author, section, language, published, modified, site"
    )


def test_open_file_and_bytes_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"raw_text": "One bridge."}\n{"raw_text": "Two bridges."}\n')

    with path.open("rb") as file:
        from_file = list(parse("a.jsonl", file))

    assert from_file == list(parse("a.jsonl", path.read_bytes()))


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.json", "-"]))
def test_any_bytes_are_read_or_rejected(data: bytes, name: str) -> None:
    for one in parse(name, io.BytesIO(data)):
        assert isinstance(one, RawDocument | Rejected)
