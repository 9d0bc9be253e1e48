"""For reference managers: RIS, BibTeX, CSL JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from newsdesk.articles.models import Article
from newsdesk.reader.article import byline_of
from newsdesk.reader.exports.citations import csl_item
from newsdesk.reader.exports.records import note_as_text
from newsdesk.reader.exports.selection import Entry, Selection
from newsdesk.reader.exports.text import escape_latex, one_line

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write_ris(selection: Selection) -> Iterator[str]:
    """The first reference says in its custom field C1 what the file is."""
    statement = selection.sentence
    for entry in selection.entries():
        lines = [("TY", "NEWS"), *_ris_fields(selection, entry), ("C1", statement), ("ER", "")]
        yield "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in lines if value or tag == "ER") + "\r\n"
        statement = ""


def _ris_fields(selection: Selection, entry: Entry) -> Iterator[tuple[str, str]]:
    article = entry.article
    date = _parts(article)
    yield "ID", f"newsdesk-{article.pk}"
    yield "TI", str(article)
    yield "AU", byline_of(article)
    yield "T2", article.source.name if article.source else ""
    yield "SE", article.section
    if date:
        yield "PY", date[0]
        yield "DA", "/".join([*date, "", "", ""][:4])
    yield "LA", "" if article.language == "und" else article.language
    yield "AB", article.summary
    yield "UR", article.url
    yield "L2", selection.page_of(article) if selection.site else ""
    if article.collected:
        yield "Y2", f"{article.collected:%Y/%m/%d}/"
    for row in article.topic_rows.all():
        yield "KW", row.topic_id
    for note in _notes(entry):
        yield "N1", note


def write_bibtex(selection: Selection) -> Iterator[str]:
    yield f"@comment{{{escape_latex(selection.sentence)}}}\n"
    for entry in selection.entries():
        fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in _bibtex_fields(entry) if value)
        yield f"\n@article{{newsdesk-{entry.article.pk},\n{fields}\n}}\n"


def _bibtex_fields(entry: Entry) -> Iterator[tuple[str, str]]:
    article = entry.article
    date = _parts(article)
    yield "title", f"{{{escape_latex(str(article))}}}"
    if author := escape_latex(byline_of(article)):
        yield "author", f"{{{author}}}"
    yield "journal", escape_latex(article.source.name if article.source else "")
    if date:
        yield "date", "-".join(date)
        yield "year", date[0]
        yield "month", MONTHS[int(date[1]) - 1] if len(date) > 1 else ""
    yield "url", "".join(f"%{ord(one):02X}" if one in '{}\\"' else one for one in one_line(article.url))
    if article.collected:
        yield "urldate", f"{article.collected:%Y-%m-%d}"
    yield "langid", "" if article.language == "und" else escape_latex(article.language)
    yield "abstract", escape_latex(article.summary)
    yield "annote", " ".join(escape_latex(note) for note in _notes(entry))


def write_csl_json(selection: Selection) -> Iterator[str]:
    """The first item says in ``custom`` what the file is."""
    custom = {"newsdesk": selection.statement}
    opening = "[\n"
    for entry in selection.entries():
        item = csl_item(entry.article) | {"abstract": entry.article.summary}
        if notes := list(_notes(entry)):
            item["note"] = "\n".join(notes)
        if custom:
            item["custom"], custom = custom, {}
        yield opening + json.dumps(item, ensure_ascii=False)
        opening = ",\n"
    yield "\n]\n" if opening == ",\n" else "[]\n"


def _notes(entry: Entry) -> Iterator[str]:
    if entry.remark:
        yield " ".join(entry.remark.split())
    for note in entry.notes:
        yield note_as_text(note)


def _parts(article: Article) -> list[str]:
    """Year, month and day, as far as they are known."""
    return article.published_value[:10].split("-") if article.published else []
