"""What the elements of a page say of each line of its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import IntFlag


class Mark(IntFlag):
    """``LINKS``: half of the line is links. ``ASIDE``: in an element beside the article, by its tag or by its name.
    ``BODY``: in one that is named as the text of the article."""

    LINKS = 1
    HEADING = 2
    ITEM = 4
    PARAGRAPH = 8
    CAPTION = 16
    ASIDE = 32
    BODY = 64


TAGS = {
    **dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], Mark.HEADING),
    **dict.fromkeys(["li", "dt", "dd"], Mark.ITEM),
    "p": Mark.PARAGRAPH,
    **dict.fromkeys(["figcaption", "caption"], Mark.CAPTION),
    **dict.fromkeys(["nav", "footer", "aside", "form", "menu"], Mark.ASIDE),
}
# Parts of class names and ids.
_NAMES = {
    Mark.CAPTION: "caption|credit|copyright",
    Mark.ASIDE: (
        "comment|disqus|relat|recommend|similar|also|more|popular|most|trending|latest|teaser|promo|share|sharing|social"
        "|subscri|newsletter|signup|sign-up|login|sidebar|side|widget|rail|advert|ads|ad|banner|sponsor|nav|navigation|menu"
        "|breadcrumb|breadcrumbs|footer|foot|header|tag|tags|keywords|toolbar|tools|rating|vote|poll|author|byline|bio|cookie|copyright"
    ),
    Mark.BODY: "articlebody|article-body|article-text|article-content|entry-content|post-content|post-body|story-body|storybody|storytext",
}
_NAMED = [
    (mark, re.compile(rf"(?:^|[\s_-])(?:{names})(?:s|ed|ing)?(?:$|[\s_-])", re.IGNORECASE))
    for mark, names in _NAMES.items()
]


def mark_element(tag: str, attributes: Mapping[str, str]) -> Mark:
    """What a block says of the lines in it."""
    mark = TAGS.get(tag, Mark(0))
    if attributes.get("itemprop", "").lower() == "articlebody":
        mark |= Mark.BODY
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    if names != " " and tag not in {"body", "html", "main", "article"}:
        for kind, pattern in _NAMED:
            if pattern.search(names):
                mark |= kind
    return mark


def encode(marks: Iterable[int]) -> str:
    """Two hexadecimal digits a line."""
    return bytes(marks).hex()


def decode(text: str) -> Sequence[int]:
    return bytes.fromhex(text)
