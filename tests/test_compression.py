from __future__ import annotations

import brotli
import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from newsdesk.compression import CompressionMiddleware, compress

PAGE = b"<p>Ministers met in Baku.</p>" * 50


def answer(response: HttpResponseBase, accepted: str) -> HttpResponseBase:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = accepted
    return CompressionMiddleware(lambda _: HttpResponse()).process_response(request, response)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=1.0, gzip;q=0.8", "br"),
        ("gzip, deflate", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("br;q=0.0", ""),
        ("", ""),
    ],
)
def test_a_page_comes_as_the_browser_takes_it(accepted: str, encoding: str) -> None:
    response = answer(HttpResponse(PAGE), accepted)

    assert response.get("Content-Encoding", "") == encoding
    assert response["Vary"] == "Accept-Encoding"


def test_brotli_gives_the_page_back() -> None:
    response = answer(HttpResponse(PAGE, headers={"ETag": '"one"'}), "br")

    assert isinstance(response, HttpResponse)
    assert brotli.decompress(response.content) == PAGE
    assert response["Content-Length"] == str(len(response.content))
    assert response["ETag"] == 'W/"one"'


def test_the_length_of_a_page_is_not_told() -> None:
    packed = [compress(PAGE) for _ in range(200)]

    assert {brotli.decompress(one) for one in packed} == {PAGE}
    assert len({len(one) for one in packed}) > 50


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(b"short"),
        HttpResponse(b"\x1f\x8b" * 200, headers={"Content-Encoding": "gzip"}),
        HttpResponse(status=304),
    ],
    ids=["short", "compressed already", "without a body"],
)
def test_what_gains_nothing_stays(response: HttpResponse) -> None:
    before = response.content

    answer(response, "br")

    assert response.content == before
    assert response.get("Content-Encoding") != "br"


def test_what_is_streamed_is_streamed_in_gzip() -> None:
    response = answer(StreamingHttpResponse([PAGE, PAGE]), "gzip, br")

    assert response["Content-Encoding"] == "gzip"
