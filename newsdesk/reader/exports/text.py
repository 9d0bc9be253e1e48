"""Text on its way into a file: what the format cannot hold is taken out, what it would take for its own is escaped.

All of it is untrusted: articles come from anywhere, and notes from whoever may write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from lxml import html

from newsdesk.annotations import markdown

# What XML cannot hold, and so neither DOCX nor EPUB; browsers do not show it either.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&$!])")
_OPENS_BLOCK = re.compile(r"^([-+=])")
_NUMBERED = re.compile(r"^(\d+)([.)])")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. ``href`` is empty or an address that may become a link."""

    text: str
    italic: bool = False
    bold: bool = False
    code: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``depth``: how many lists and quotations it stands in; ``mark`` opens an item of a list: "•" or "1."."""

    runs: list[Run] = field(default_factory=list)
    depth: int = 0
    mark: str = ""


def legal(text: str) -> str:
    return _ILLEGAL.sub("", text)


def one_line(text: str) -> str:
    """White space of any kind, line ends of any kind, is one space."""
    return " ".join(legal(text).split())


def safe_for_sheets(value: object) -> str:
    """What a spreadsheet would calculate begins with an apostrophe."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text.replace("\0", "")


def escape_markdown(text: str) -> str:
    """On one line, and taken by no reader of Markdown for anything but text."""
    escaped = _MARKDOWN.sub(r"\\\1", one_line(text))
    return _NUMBERED.sub(r"\1\\\2", _OPENS_BLOCK.sub(r"\\\1", escaped))


def escape_latex(text: str) -> str:
    """Without a brace that BibTeX would count."""
    return "".join(_LATEX.get(character, character) for character in one_line(text))


def runs_to_html(runs: Iterable[Run]) -> SafeString:
    return format_html_join("", "{}", ((_run_to_html(run),) for run in runs))


def _run_to_html(run: Run) -> SafeString:
    written = format_html("<i>{}</i>" if run.italic else "{}", legal(run.text))
    return format_html("<b>{}</b>", written) if run.bold else written


def runs_to_markdown(runs: Iterable[Run]) -> str:
    return "".join(_run_to_markdown(run) for run in runs)


def _run_to_markdown(run: Run) -> str:
    """Marks of emphasis stand at words: spaces around them stay outside."""
    inner = escape_markdown(run.text)
    if not inner:
        return " " if run.text else ""
    mark = ("**" if run.bold else "") + ("*" if run.italic else "")
    written = f"{mark}{inner}{mark[::-1]}"
    if run.href:
        written = f"[{written}](<{address_in_markdown(run.href)}>)"
    return f"{' ' if run.text[:1].isspace() else ''}{written}{' ' if run.text[-1:].isspace() else ''}"


def address_in_markdown(url: str) -> str:
    """Between < and >."""
    return one_line(url).translate({ord("<"): "%3C", ord(">"): "%3E", ord("\\"): "%5C", ord(" "): "%20"})


def paragraphs(note: str) -> list[Paragraph]:
    """What somebody wrote in Markdown, taken apart: the same that its page shows (see annotations/markdown.py)."""
    return [
        one
        for one in _paragraphs(html.fragment_fromstring(legal(markdown.render(note)), create_parent="div"), 0)
        if one.runs
    ]


def _paragraphs(parent: html.HtmlElement, depth: int, mark: str = "") -> Iterator[Paragraph]:
    """Words that stand in no block of their own, as those of tight lists, are a paragraph too."""
    loose: list[Run] = [Run(parent.text)] if parent.text and parent.text.strip() else []
    for at, child in enumerate(parent):
        if child.tag not in _BLOCKS:
            loose.extend(_runs(child, Run("")))
            loose.extend([Run(child.tail)] if child.tail and child.tail.strip() else [])
            continue
        if loose:
            yield Paragraph(loose, depth, mark)
            loose, mark = [], ""
        if child.tag in ("ul", "ol"):
            for number, item in enumerate(child, 1):
                yield from _paragraphs(item, depth + 1, "•" if child.tag == "ul" else f"{number}.")
        elif child.tag == "blockquote":
            yield from _paragraphs(child, depth + 1)
        else:
            yield Paragraph(list(_runs(child, Run("", code=child.tag == "pre"))), depth, mark if at == 0 else "")
            mark = ""
    if loose:
        yield Paragraph(loose, depth, mark)


_BLOCKS = ("p", "ul", "ol", "blockquote", "pre")


def _runs(element: html.HtmlElement, look: Run) -> Iterator[Run]:
    look = replace(
        look,
        italic=look.italic or element.tag == "em",
        bold=look.bold or element.tag == "strong",
        code=look.code or element.tag == "code",
        href=element.get("href", "") or look.href,
    )
    if element.tag == "br":
        yield replace(look, text="\n")
    if element.text:
        yield replace(look, text=element.text)
    for child in element:
        yield from _runs(child, look)
        if child.tail:
            yield replace(look, text=child.tail)
