import datetime as dt
import io
import json

import pytest

from newsdesk.pipeline.document import RawDocument
from newsdesk.pipeline.encoding import MAX_BYTES, Rejected
from newsdesk.pipeline.parsers import jsonlines
from newsdesk.pipeline.parsers import parse as parse_any
from newsdesk.pipeline.parsers.jsonlines import MAX_LINE, from_record, parse


def read(*lines: object) -> list[RawDocument | Rejected]:
    data = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return list(parse("in.jsonl", io.BytesIO(data)))


def test_reads_every_field_of_a_record() -> None:
    record = {
        "id": 7,
        "raw_text": "Мост открыли.\r\n",
        "source": "Заречная правда",
        "source_path": "z/7.txt",
        "url": "https://example.org/7",
        "title": "Мост",
        "collected": "2024-05-06T07:08:09+03:00",
        "mood": ["ignored"],
    }

    assert read(record) == [
        RawDocument(
            "Мост открыли.\r\n",
            id="7",
            source="Заречная правда",
            source_path="z/7.txt",
            url="https://example.org/7",
            collected=dt.datetime(2024, 5, 6, 7, 8, 9, tzinfo=dt.timezone(dt.timedelta(hours=3))),
            metadata={"title": "Мост"},
        )
    ]


def test_html_record_is_a_page() -> None:
    [document] = read({"html": "<title>Bridge opened today</title><p>One.<p>Two.", "title": "The bridge"})

    assert isinstance(document, RawDocument)
    assert document.text == "One.\n\nTwo."
    assert document.metadata["title"] == "The bridge"


def test_bad_lines_are_rejected_by_number_and_stop_nothing() -> None:
    results = read({"raw_text": "One."}, b"{broken", b"", {"raw_text": " "}, [1], {"raw_text": "Two."}, b"[" * 9999)

    assert [one.text if isinstance(one, RawDocument) else one.place for one in results] == [
        "One.",
        "in.jsonl, line 2, column 2",
        "in.jsonl, line 4",
        "in.jsonl, line 5",
        "Two.",
        "in.jsonl, line 7",
    ]
    assert all(one.reason and one.remedy for one in results if isinstance(one, Rejected))


@pytest.mark.parametrize(
    ("line", "place", "reason"),
    [
        (b'{"raw_text": "One bri', "line 2, column 14", "a string is cut off"),
        (
            b'{"raw_text": "One\tbridge."}',
            "line 2, column 18",
            "a control character, such as a line break or a tab",
        ),
        (b'{"raw_text": "One."} {"raw_text": "Two."}', "line 2, column 22", "something stands behind the end of the"),
        (b'{"raw_text": }', "line 2, column 14", "a value is missing"),
        (b'{"raw_text" "One."}', "line 2, column 13", "a colon is missing"),
        (b'{"raw_text": "One.", "id": ' + b"9" * 5000 + b"}", "line 2", "Exceeds the limit"),
    ],
    ids=["cut off", "control character", "two records", "no value", "no colon", "long number"],
)
def test_what_is_no_json_is_said_with_line_and_column(line: bytes, place: str, reason: str) -> None:
    [_, rejected, after] = read({"raw_text": "One."}, line, {"raw_text": "Two."})

    assert isinstance(rejected, Rejected)
    assert rejected.place == f"in.jsonl, {place}"
    assert rejected.reason.startswith(f"this is no JSON: {reason}")
    assert isinstance(after, RawDocument)


def test_line_too_long_is_passed_over_without_its_neighbours() -> None:
    results = read(b'{"raw_text": "' + b"x" * MAX_LINE + b'"}', {"raw_text": "After."})

    assert [type(one) for one in results] == [Rejected, RawDocument]
    assert str(results[0]).startswith(f"in.jsonl, line 1: a single text is larger than {MAX_BYTES // 1_000_000} MB")


@pytest.mark.parametrize(
    ("collected", "expected"),
    [
        ("2024-05-06", dt.datetime(2024, 5, 6, tzinfo=dt.UTC)),
        ("2024-05-06T10:00", dt.datetime(2024, 5, 6, 10, tzinfo=dt.UTC)),
        ("2024-05-06T10:00:00Z", dt.datetime(2024, 5, 6, 10, tzinfo=dt.UTC)),
        (None, None),
        ("", None),
    ],
    ids=str,
)
def test_collected_is_a_time_with_a_zone(collected: str | None, expected: dt.datetime | None) -> None:
    assert from_record({"raw_text": "One.", "collected": collected}).collected == expected


def test_collected_that_is_no_date_is_left_out_and_said() -> None:
    document = from_record({"raw_text": "One.", "collected": "last week"})

    assert document.collected is None
    assert document.repairs == ("\"collected\" is no ISO 8601 date and was left out: 'last week'",)


def test_fields_that_are_no_text_are_left_out_and_said() -> None:
    record = {"raw_text": "One.", "source": {"x": 1}, "author": ["A. Reed"], "id": 1.5, "title": 7, "url": None}

    document = from_record({**record, "mood": ["ignored"]})

    assert (document.source, document.id, document.metadata) == ("", "", {"title": "7"})
    assert document.repairs == (
        'a field is no text and was left out ("id")',
        'a field is no text and was left out ("source")',
        'a field is no text and was left out ("author")',
    )


def test_what_no_database_stores_is_replaced_in_place() -> None:
    [document] = read(rb'{"raw_text": "a\u0000b\ud800c"}')

    assert isinstance(document, RawDocument)
    assert (document.text, document.repairs) == ("a\ufffdb\ufffdc", ("2 invalid characters replaced",))


def test_lines_in_another_encoding_are_read() -> None:
    line = '{"raw_text": "Министр сообщил журналистам, что переговоры в Баку продолжатся в среду."}'

    [document] = read(line.encode("cp1251"))

    assert isinstance(document, RawDocument)
    assert document.text.startswith("Министр сообщил")


def test_no_record_at_all_is_rejected() -> None:
    with pytest.raises(Rejected, match="the file is empty"):
        read(b"\n\n")


def test_record_states_before_its_page_does() -> None:
    page = '<html><head><title>Bridge opened in the north</title></head><body lang="en"><p>One.</p></body></html>'

    assert from_record({"html": page}).metadata["title_from"] == "title element"
    assert from_record({"html": page, "title": "Bridge"}).metadata == {"title": "Bridge"}


# ---- One JSON document ---------------------------------------------------------------------------------------------

TWO = [{"id": 1, "raw_text": "One bridge.\nTwo."}, {"id": "b", "html": "<p>Three bridges."}]


def read_document(data: str | bytes, name: str = "in.json") -> list[RawDocument | Rejected]:
    return list(parse_any(name, data.encode() if isinstance(data, str) else data))


def places(results: list[RawDocument | Rejected]) -> list[str]:
    return [one.id if isinstance(one, RawDocument) else one.place for one in results]


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(TWO),
        json.dumps(TWO, indent=2),
        "\n\n" + json.dumps(TWO, indent=1),
        "[\n" + ",\n".join(map(json.dumps, TWO)) + "\n]\n",
        "[" + ",\n".join(map(json.dumps, TWO)) + "]",
        json.dumps(TWO, indent=2).encode("utf-16"),
        "\ufeff" + json.dumps(TWO, indent=2),
    ],
    ids=["one line", "indented", "blank lines above", "a record a line", "from the first line", "UTF-16", "BOM"],
)
def test_a_list_of_records_is_read(data: str | bytes) -> None:
    assert places(read_document(data)) == ["1", "b"]


@pytest.mark.parametrize("data", [json.dumps(TWO), json.dumps(TWO, indent=2)], ids=["one line", "indented"])
def test_a_list_is_known_where_no_name_says_what_it_is(data: str) -> None:
    assert places(read_document(data, "-")) == ["1", "b"]


def test_one_record_over_many_lines_is_read() -> None:
    [document] = read_document(json.dumps({"raw_text": "One bridge.", "title": "Bridge"}, indent=4))

    assert document == RawDocument("One bridge.", id="in.json", source_path="in.json", metadata={"title": "Bridge"})


def test_a_bad_record_of_a_list_is_rejected_by_number() -> None:
    results = read_document(json.dumps([TWO[0], {"raw_text": ""}, 3, TWO[1]]))

    assert places(results) == ["1", "in.json, record 2", "in.json, record 3", "b"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (json.dumps({"name": "map", "points": [[1, 2]]}, indent=2), "in.json: this is JSON, but there is no record"),
        (json.dumps([{"name": "a"}, {"name": "b"}], indent=2), "in.json: this is JSON, but there is no record"),
        ("[]", "in.json: this is JSON, but there is no record"),
        (json.dumps({"articles": TWO}, indent=2), "in.json: this is JSON, but there is no record"),
        ("42\n", "in.json: this is JSON, but there is no record"),
        (json.dumps(TWO, indent=2)[:-40], "in.json, line 7, column 11: this is no JSON: a string is cut off"),
        ("[\n" + ",\n".join(map(json.dumps, TWO)), "in.json, line 3, column 41: this is no JSON: a comma is missing"),
        ('{\n "raw_text": "One\nTwo",\n "id": 1\n}', "in.json, line 2, column 18: this is no JSON: a control"),
        ("One bridge.\nTwo bridges.\nThree.", "in.json, line 1, column 1: this is no JSON: a value is missing"),
    ],
    ids=["no record", "no records", "nothing", "in an object", "a number", "cut off", "no end", "broken text", "prose"],
)
def test_what_is_neither_is_rejected_once(data: str, expected: str) -> None:
    [rejected] = read_document(data)

    assert isinstance(rejected, Rejected)
    assert str(rejected).startswith(expected)
    assert rejected.remedy


@pytest.mark.parametrize(
    ("first", "place"),
    [
        ('{"raw_text": "One', "line 1, column 14"),
        ('{"raw_text": "One\nTwo"}', "line 1, column 14"),
        ("[1]", "line 1"),
        ("bridge", "line 1, column 1"),
    ],
    ids=["cut off", "broken text", "list", "a word"],
)
@pytest.mark.parametrize("name", ["in.json", "in.jsonl"])
def test_json_lines_stay_json_lines_whatever_the_first_is(name: str, first: str, place: str) -> None:
    results = read_document("\n".join([first, *map(json.dumps, TWO)]), name)

    assert places(results)[0] == f"{name}, {place}"
    assert places(results)[-2:] == ["1", "b"]


def test_a_document_too_large_is_rejected_and_lines_of_the_same_size_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "MAX_LINE", 1000)
    records = [{"raw_text": "bridge " * 60}] * 3

    [rejected] = read_document(json.dumps(records))

    assert isinstance(rejected, Rejected)
    assert str(rejected).startswith("in.json: this is one JSON document of more than")
    assert [type(one) for one in read_document("\n".join(map(json.dumps, records)))] == [RawDocument] * 3
