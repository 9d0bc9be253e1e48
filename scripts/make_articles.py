"""Write fixtures/articles.json and tests/evaluation/gold.jsonl from scripts/articles/*.txt.

Each file is one article: a head of ``name: value`` lines, an empty line, and the page as a scraper would have
left it. Marks in the page say what is what; raw text and gold come from one place and cannot disagree:

    | a line that belongs to the site          (chrome: in the raw text, not in the body)
    = the headline                             (in the raw text, the gold title, not in the body)
    a line of the body {{with chrome inside}}  (the braces mark chrome within a line)

Head: ``source`` (slug), ``url``, ``published`` (ISO 8601; the truth, also where the page does not show it),
``from`` (the provenances that would be right for that date), ``language``, ``about``, ``mentioned`` (other
countries named), ``optional`` (countries that one may count or not), ``regions`` (disputed regions named),
``topics``, ``event`` (the label of the story), ``follows`` (the event that it comes back to on another day),
``layout`` (the slug of the source unless said otherwise). What is left out is empty.

Run ``python scripts/make_articles.py`` after any change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "scripts" / "articles"
FIXTURE = ROOT / "fixtures" / "articles.json"
GOLD = ROOT / "tests" / "evaluation" / "gold.jsonl"

COLLECTED = "2025-11-03T06:00:00Z"
HEAD = {
    "source", "url", "published", "from", "language", "about", "mentioned", "optional", "regions", "topics",
    "event", "follows", "layout",
}  # fmt: skip  # several to a line
SETS = ("about", "mentioned", "optional", "regions", "topics")
INLINE = re.compile(r"\{\{(.*?)\}\}")


@dataclass(frozen=True)
class Page:
    """One file, read: ``head`` as it stands; the raw text; the headline or None; the body."""

    name: str
    head: dict[str, str]
    raw: str
    title: str | None
    body: str

    @property
    def pk(self) -> int:
        return int(self.name.split("-")[0])

    @property
    def source_path(self) -> str:
        return f"demo/{self.name}"


def read_page(path: Path) -> Page:
    head_text, _, text = path.read_text("utf-8").partition("\n\n")
    head = dict(_head_lines(head_text, path.name))
    lines = text.removesuffix("\n").split("\n")
    titles = [_without_chrome(line.removeprefix("=")) for line in lines if line.startswith("=")]
    body = [_body_line(line) for line in lines]
    return Page(
        name=path.name,
        head=head,
        raw="\n".join(_raw_line(line) for line in lines),
        title=titles[0].strip() if titles else None,
        body=re.sub(r"\n{3,}", "\n\n", "\n".join(body)).strip("\n"),
    )


def read_pages() -> list[Page]:
    return [read_page(path) for path in sorted(ARTICLES.glob("*.txt"))]


def fixture_rows(pages: list[Page]) -> Iterator[dict[str, object]]:
    """Rows for loaddata: what came in, and nothing that Newsdesk works out itself."""
    for page in pages:
        fields = {
            "source": page.head["source"],
            "source_path": page.source_path,
            "url": page.head.get("url", ""),
            "collected": COLLECTED,
        }
        yield {"model": "articles.article", "pk": page.pk, "fields": fields}
        yield {"model": "articles.articletext", "pk": page.pk, "fields": {"raw_text": page.raw}}


def gold_rows(pages: list[Page]) -> Iterator[dict[str, object]]:
    for page in pages:
        head = page.head
        yield {
            "pk": page.pk,
            "source_path": page.source_path,
            "title": page.title,
            "body": page.body,
            "published": head.get("published"),
            "published_provenance": head["from"].split(),
            "language": head["language"],
            **{name: head.get(name, "").split() for name in ("about", "mentioned", "optional", "regions", "topics")},
            "event": head.get("event"),
            "follows": head.get("follows"),
            "layout": head.get("layout", head["source"]),
        }


def fixture_text(pages: list[Page]) -> str:
    return json.dumps(list(fixture_rows(pages)), ensure_ascii=False, indent=1) + "\n"


def gold_text(pages: list[Page]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in gold_rows(pages))


def _head_lines(text: str, name: str) -> Iterator[tuple[str, str]]:
    for line in text.split("\n"):
        key, _, value = line.partition(":")
        if key not in HEAD:
            raise ValueError(f"{name}: no such line in the head: {line}")
        if value.strip():
            yield key, value.strip()


def _raw_line(line: str) -> str:
    unmarked = re.sub(r"^[|=] ?", "", line) if line[:1] in {"|", "="} else line
    return INLINE.sub(r"\1", unmarked)


def _body_line(line: str) -> str:
    return "" if line[:1] in {"|", "="} else _without_chrome(line)


def _without_chrome(line: str) -> str:
    return INLINE.sub("", line)


def main() -> None:
    pages = read_pages()
    FIXTURE.write_text(fixture_text(pages), "utf-8")
    GOLD.write_text(gold_text(pages), "utf-8")
    print(f"{len(pages)} articles, {sum(len(page.body.split()) for page in pages)} words of body")


if __name__ == "__main__":
    main()
