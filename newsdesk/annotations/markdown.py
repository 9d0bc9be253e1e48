"""Notes are written in Markdown. What it may become stands here: nobody's note is to look or act like a part of the page."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre"}
WRITES_NOTHING_ELSE = ["heading", "lheading", "hr", "image", "html_block", "html_inline"]

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(WRITES_NOTHING_ELSE)


def render(text: str) -> SafeString:
    html = nh3.clean(
        _MARKDOWN.render(text),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(html)  # noqa: S308  (nh3 lets nothing through but the tags above)
