import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline.encoding import MAX_BYTES, Decoded, Rejected, decode

SHORT = "Министр сообщил журналистам, что переговоры в Баку продолжатся в среду."
QUOTED = "«Мы договорились о встрече, — сказал посол. — Поезд № 7 отправится из Яш в Юрьев»."
LONG = (
    "В четверг на станции Заречная открыли новый мост через реку. Строители работали без перерыва почти два года, и "
    "движение наконец пустили по всем четырём полосам. Глава района Эдуард Щукин поблагодарил рабочих и напомнил, что "
    "следующей весной начнётся ремонт набережной.\n\nЖители говорят, что дорога до города теперь занимает вдвое меньше "
    "времени. Школьный автобус ходит каждые полчаса, а грузовики больше не едут через посёлок."
)
CYRILLIC = ["cp1251", "koi8-r", "cp866", "mac-cyrillic"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", *CYRILLIC])
@pytest.mark.parametrize("text", [SHORT, QUOTED, LONG], ids=["short", "quoted", "long"])
def test_reads_russian_in_every_common_encoding(encoding: str, text: str) -> None:
    text = text.encode(encoding, "ignore").decode(encoding)

    assert decode(text.encode(encoding)) == Decoded(text, encoding)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
    ids=["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"],
)
def test_byte_order_mark_decides_and_is_no_part_of_the_text(mark: bytes, encoding: str) -> None:
    assert decode(mark + SHORT.encode(encoding)) == Decoded(SHORT, encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "The café’s owner told the council that its plan was naïve and “would not work” before the summer.",
            "cp1252",
        ),
        (
            "Władze miasta ogłosiły, że most będzie zamknięty, choć objazd ułożono wcześniej, niż zakładał rząd.",
            "cp1250",
        ),
    ],
    ids=["english", "polish"],
)
def test_reads_western_and_central_european(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_ukrainian_in_koi8_keeps_its_own_letters() -> None:
    text = "Їхні колеги з Києва повідомили, що її поїздка відбудеться у вересні."

    assert decode(text.encode("koi8-u")).text == text


def test_declared_encoding_decides_where_the_bytes_do_not() -> None:
    assert decode("İstanbul'da görüşme".encode("cp1254"), "windows-1254").text == "İstanbul'da görüşme"


def test_unknown_declared_encoding_is_no_fault() -> None:
    assert decode(SHORT.encode("cp1251"), "x-no-such").text == SHORT


def test_a_few_bad_bytes_are_replaced_and_said() -> None:
    data = LONG[:200].encode() + b"\xff" + LONG[200:].encode()

    decoded = decode(data)

    assert decoded.encoding == "utf-8"
    assert decoded.repairs == ("1 invalid bytes replaced",)
    assert decoded.text.replace("\ufffd", "") == LONG


def test_line_breaks_stay_as_they_are() -> None:
    assert decode(b"one line\r\nand another\r\n").text == "one line\r\nand another\r\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "this is an image, not text"),
        (b"PK\x03\x04\x14\0\0\0", "this is a ZIP archive or an office document, not text"),
        (b"%PDF-1.7\n%\xe2\xe3", "this is a PDF, not text"),
        (bytes(range(256)) * 8, "this is binary data, not text"),
        (b"\x01\x02\x03 abc \x04\x05\x06", "this is binary data, not text"),
        (b"12:30 --- 14", "there is no word in it"),
        (b"x" * (MAX_BYTES + 1), "a single text is larger than 20 MB"),
    ],
    ids=["empty", "blank", "image", "zip", "pdf", "bytes", "controls", "figures", "too large"],
)
def test_rejects_with_a_reason_and_a_remedy(data: bytes, reason: str) -> None:
    with pytest.raises(Rejected) as caught:
        decode(data)

    assert caught.value.reason == reason
    assert caught.value.remedy
    assert str(caught.value.at("a.txt")).startswith(f"a.txt: {reason}. ")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_rejected(data: bytes) -> None:
    try:
        text = decode(data).text
    except Rejected:
        return
    assert any(map(str.isalpha, text))


@given(st.text(min_size=1, max_size=200))
def test_any_text_in_utf8_comes_back(text: str) -> None:
    data = text.encode()
    try:
        decoded = decode(data)
    except Rejected:
        return
    if decoded.encoding == "utf-8" and not decoded.repairs and not data.startswith(codecs.BOM_UTF8):
        assert decoded.text == text
