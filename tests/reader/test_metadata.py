"""What the head of an article says to programs."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from newsdesk.articles.models import Article
from tests.factories import make_article
from tests.reader.test_list_page import HOSTILE

pytestmark = pytest.mark.django_db


def linked_data(client: Client, article: Article) -> Any:
    html = client.get(article.get_absolute_url()).content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(blocks) == 1
    return json.loads(blocks[0])


def test_an_article_is_a_news_article(client: Client) -> None:
    article = make_article(
        "Ministers met in Baku.",
        title="Trade grows",
        published="2024-04",
        precision="month",
        about=["AZ"],
        topics=["trade"],
        source="herald",
        author="R. Aliyeva",
        url="https://herald.example/1",
    )

    said = linked_data(client, article)

    assert said == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Trade grows",
        "description": article.summary,
        "datePublished": "2024-04",
        "inLanguage": "en",
        "wordCount": article.words,
        "author": {"@type": "Person", "name": "R. Aliyeva"},
        "publisher": {"@type": "Organization", "name": "Herald"},
        "about": [{"@type": "Place", "name": "Azerbaijan"}],
        "keywords": ["Trade"],
        "isBasedOn": "https://herald.example/1",
        "url": f"http://testserver/articles/{article.pk}/",
    }


def test_what_is_not_known_is_not_said(client: Client) -> None:
    said = linked_data(client, make_article("Text.", title="", published=None))

    assert not {"headline", "datePublished", "author", "publisher", "isBasedOn"} & said.keys()


def test_hostile_text_does_not_end_the_block(client: Client) -> None:
    title = f"</script>{HOSTILE}"

    assert linked_data(client, make_article("Text.", title=title))["headline"] == title


def test_open_graph_says_the_same(client: Client) -> None:
    article = make_article("Text.", title='Trade "grows"', published="2024-04-22", topics=["trade"])

    html = client.get(article.get_absolute_url()).content.decode()

    for name, content in (
        ("og:type", "article"),
        ("og:title", "Trade &quot;grows&quot;"),
        ("article:published_time", "2024-04-22"),
        ("article:tag", "Trade"),
    ):
        assert f'<meta property="{name}" content="{content}">' in html
