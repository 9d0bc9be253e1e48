"""Whatever is written into a note, it stays a note."""

import pytest

from newsdesk.annotations.markdown import render

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:alert(1)>",
    "![x](https://tracker.example/pixel.png)",
    "[x]: javascript:alert(1)\n\n[x]",
    '<a href="x" hx-get="/articles/" hx-trigger="load">x</a>',
    "<div data-hx-post='/notes/1/withdraw/'>x</div>",
    '[x](https://e.example "onmouseover=alert(1)")',
    "<style>body{display:none}</style>",
    "<iframe src='//e.example'></iframe>",
    "`<script>alert(1)</script>`",
    "# A heading that looks like the page's",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '"><script>alert(1)</script>',
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_acts_gets_through(payload):
    html = render(payload).lower()

    for forbidden in ("<script", "<img", "<svg", "<style", "<iframe", "<div", "<h1", 'href="javascript', 'href="data'):
        assert forbidden not in html
    assert not any(f"<{tag} {name}" in html for tag in ("a", "p") for name in ("hx-", "data-", "on", "style", "title"))


def test_what_people_write_is_formatted():
    html = render("*One* and **two**\nwith [a source](https://e.example)\n\n- first\n- second\n\n> quoted")

    assert "<em>One</em> and <strong>two</strong><br>" in html
    assert '<a href="https://e.example" rel="noopener noreferrer nofollow">a source</a>' in html
    assert "<li>first</li>" in html
    assert "<blockquote>" in html
