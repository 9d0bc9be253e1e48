"""A web page: its visible text as lines, which of them are the main block, and what it states of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from lxml import etree
from lxml import html as lxml_html
from trafilatura.readability_lxml import Document as Readable

from newsdesk.pipeline.document import RawDocument, Span
from newsdesk.pipeline.encoding import MAX_BYTES, check, decode
from newsdesk.pipeline.markup import Mark, encode, mark_element
from newsdesk.pipeline.parsers.metadata import read_metadata
from newsdesk.pipeline.repair import repair_encoding, tidy

Element = Any  # lxml has no types

MAX_ELEMENTS = 30_000  # pages above either limit are read, but no main block is sought in them
MAX_DEPTH = 200

INVISIBLE = frozenset([
    "script", "style", "noscript", "template", "svg", "math", "head", "title", "select", "option", "textarea",
    "button", "input", "iframe", "object", "embed", "canvas", "audio", "video", "map", "datalist", "meta",
    "link",
])  # fmt: skip  # several to a line
PARAGRAPHS = frozenset([
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "dl", "table", "figure",
    "article", "section", "header", "footer",
])  # fmt: skip  # several to a line
BLOCKS = PARAGRAPHS | frozenset([
    "address", "aside", "body", "caption", "center", "dd", "details", "dialog", "div", "dt", "fieldset",
    "figcaption", "form", "hr", "html", "legend", "li", "main", "menu", "nav", "summary", "tbody", "tfoot",
    "thead", "tr",
])  # fmt: skip  # several to a line

_START = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_BREAKS = re.compile(r"\s*\n\s*")
_TAG = re.compile(r"<[^<>]*>")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_CONTROL = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")


def recognise(head: bytes) -> bool:
    return _START.match(head) is not None


def parse(name: str, stream: BinaryIO) -> Iterator[RawDocument]:
    data = stream.read(MAX_BYTES + 1)
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, declared.group(1).decode("ascii") if declared else "")
    page = read_page(decoded.text)
    yield RawDocument(
        page.text,
        source_path=name,
        url=page.url,
        encoding=decoded.encoding,
        repairs=decoded.repairs + page.repairs,
        metadata=page.metadata,
        main=page.main,
        markup=page.markup,
        original=data,
    )


def read_page(markup: str) -> RawDocument:
    """The document of a page that is text already. Broken markup is read as a browser would."""
    markup, repairs = repair_encoding(markup)
    tree = _read_tree(markup)
    if tree is None:
        text, tidied = tidy(_BREAKS.sub("\n\n", _TAG.sub("\n", markup)).strip())
        check(text)
        return RawDocument(text, repairs=(*repairs, *tidied, "tags nested too deeply: read without them"))
    rendered, marks = render(tree)
    text, tidied = tidy(rendered)
    check(text)
    metadata = {name: tidy(value).text for name, value in read_metadata(tree).items()}
    main = tuple(_find_main(tree, text))
    return RawDocument(
        text,
        url=metadata.get("url", ""),
        repairs=repairs + tidied,
        metadata=metadata,
        main=main,
        markup=encode(marks) if len(marks) == text.count("\n") + 1 else "",
    )


def _read_tree(markup: str) -> Element | None:
    """The tree, or None for a page without any element or with more levels than the parser takes."""
    markup = _CONTROL.sub(" ", _DECLARATION.sub("", markup))
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        tree = lxml_html.document_fromstring(markup.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return None if any(one.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for one in parser.error_log) else tree


@dataclass(slots=True)
class _Lines:
    """Lines in the making: no break without something before it, an empty line between paragraphs. ``within``: what each
    block that is open says of its lines, and all around it; ``linked``: characters of the line that are links."""

    done: list[str] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    linked: int = 0
    within: list[Mark] = field(default_factory=lambda: [Mark(0)])
    links: int = 0

    def add(self, text: str | None, preserve: bool = False) -> None:
        if text:
            if self.links:
                self.linked += len(text.strip())
            if preserve and "\n" in text:
                first, *rest = text.split("\n")
                self.line.append(first)
                for one in rest:
                    self.end()
                    self.line.append(one)
            else:
                self.line.append(text)

    def end(self, paragraph: bool = False) -> None:
        text = _SPACES.sub(" ", "".join(self.line)).strip()
        self.line.clear()
        if text:
            self.done.append(text)
            self.marks.append(self.within[-1] | (Mark.LINKS if self.linked * 2 >= len(text) else 0))
        self.linked = 0
        if paragraph and self.done and self.done[-1]:
            self.done.append("")
            self.marks.append(0)


def render(tree: Element) -> tuple[str, list[int]]:
    """The visible text, and the marks of each line: block elements break the line, paragraphs stand apart."""
    lines, preserved, hidden = _Lines(), 0, None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if hidden is not None:
            if element is hidden and event == "end":
                hidden = None
                lines.add(element.tail)
            continue
        if event == "start":
            if not tag or _is_hidden(element, tag):
                hidden = element
            elif tag == "br":
                lines.end()
            elif tag in BLOCKS:
                lines.end(tag in PARAGRAPHS)
            if hidden is None:
                preserved += tag == "pre"
                lines.links += tag == "a"
                if tag in BLOCKS:
                    lines.within.append(lines.within[-1] | mark_element(tag, element.attrib))
                lines.add(element.text, bool(preserved))
        else:
            if tag in BLOCKS:
                lines.end(tag in PARAGRAPHS)
            elif tag in {"td", "th"}:
                lines.add(" ")
            preserved -= tag == "pre"
            lines.links -= tag == "a"
            if tag in BLOCKS:
                lines.within.pop()
            lines.add(element.tail, bool(preserved))
    lines.end()
    text = "\n".join(lines.done).strip()
    return text, lines.marks[: text.count("\n") + 1]


def _is_hidden(element: Element, tag: str) -> bool:
    if tag in INVISIBLE or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def _find_main(tree: Element, text: str) -> Iterable[Span]:
    """The lines of ``text`` that stand in the block which readability takes for the article."""
    if not _is_manageable(tree):
        return []
    try:
        main = lxml_html.fromstring(Readable(tree).summary())
    except (etree.LxmlError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        return []  # a page on which it finds no article, or which breaks it
    marked = {line for line in tidy(render(main)[0]).text.split("\n") if line}
    spans, at = [], 0
    for line in text.split("\n"):
        if line in marked:
            spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return spans


def _is_manageable(tree: Element) -> bool:
    depth = deepest = elements = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        elements += event == "start"
        if elements > MAX_ELEMENTS or deepest > MAX_DEPTH:
            return False
    return True
