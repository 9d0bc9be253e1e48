"""Citations in words."""

from __future__ import annotations

import pytest
from django.utils import translation

from newsdesk.articles.models import Article
from newsdesk.reader.exports.citations import STYLES, Citations, csl_item
from newsdesk.reader.exports.text import Run, runs_to_html
from tests.factories import make_article, make_source

pytestmark = pytest.mark.django_db


def runs_to_text(runs: list[Run]) -> str:
    return "".join(run.text for run in runs)


def cite(article: Article, style: str, language: str = "en") -> str:
    with translation.override(language):
        return runs_to_text(Citations(style).cite(article))


CASES = {
    ("gost-r-7-0-5", "ru"): "Anna Petrova. Trade grows // Highland Herald & Sons. 2024. 22 апр. "
    "URL: https://herald.example/trade?a=1&b=2 (дата обращения: 01.10.2025).",
    ("gost-r-7-0-5", "en"): "Anna Petrova. Trade grows // Highland Herald & Sons. 2024. 22 Apr. "
    "URL: https://herald.example/trade?a=1&b=2 (accessed: 01.10.2025).",
    ("chicago", "en"): "Anna Petrova. 2024. “Trade grows”. Highland Herald & Sons, April 22. "
    "Accessed October 1, 2025. https://herald.example/trade?a=1&b=2.",
    (
        "apa",
        "en",
    ): "Anna Petrova. (2024, April 22). Trade grows. Highland Herald & Sons. https://herald.example/trade?a=1&b=2",
}


@pytest.mark.parametrize(("style", "language"), CASES)
def test_an_article_is_cited_in_the_style_and_in_the_language_of_the_interface(articles, style, language):
    assert cite(articles[0], style, language) == CASES[style, language]


@pytest.mark.parametrize("style", STYLES)
def test_what_is_not_known_is_left_out(style):
    article = make_article(title="Nothing but a title", published=None)

    written = cite(article, style)

    assert written.startswith(("Nothing but a title", "n.d", "“Nothing"))
    assert "None" not in written
    assert ".." not in written


@pytest.mark.parametrize(("value", "said"), [("2024", "2024"), ("2024-04", "April")])
def test_a_date_is_cited_as_exactly_as_it_is_known(value, said):
    article = make_article(title="When", published=value, precision="year" if len(value) == 4 else "month")

    assert said in cite(article, "chicago")


@pytest.mark.parametrize("style", STYLES)
def test_marks_of_html_in_a_title_are_words_of_it(style):
    article = make_article(title="<b>Bold</b> & <script>alert(1)</script> <i>i")

    runs = Citations(style).cite(article)

    assert "<b>Bold</b> & <script>alert(1)</script> <i>i" in runs_to_text(runs)
    assert "<script>" not in runs_to_html(runs)


def test_the_outlet_is_italic_in_chicago(articles):
    runs = Citations("chicago").cite(articles[0])

    assert Run("Highland Herald & Sons", italic=True) in runs


def test_an_outlet_is_not_its_own_author():
    make_source("wire", "Northern Wire")
    article = make_article(title="Trade grows", source="wire", author="Northern Wire")

    assert cite(article, "gost-r-7-0-5").startswith("Trade grows // Northern Wire. ")


def test_the_data_of_a_citation(articles):
    article = Article.objects.select_related("source").get(pk=articles[0].pk)

    assert csl_item(article) == {
        "id": f"newsdesk-{article.pk}",
        "type": "article-newspaper",
        "title": "Trade grows",
        "container-title": "Highland Herald & Sons",
        "author": [{"literal": "Anna Petrova"}],
        "URL": "https://herald.example/trade?a=1&b=2",
        "language": "en",
        "issued": {"date-parts": [[2024, 4, 22]]},
        "accessed": {"date-parts": [[2025, 10, 1]]},
    }
