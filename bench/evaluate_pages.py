"""What is lost of made-up pages that nothing was trained on, and what is kept of their sites.

`python -m bench.evaluate_pages [FOLDER]` reads labelled pages as scripts/pages/README.md describes them, by default those
of scripts/pages/unseen, cleans, titles and dates each, and prints by file:

- body: lines of the article; lost: those of which less than nine tenths are left; lose: pages that lose one;
- kept: lines of the site of which more than half is left; keep: pages that keep one; exact: pages that do neither;
- titled, dated: pages that show one; right and wrong: titles from a line, and days, that are given for any page.

`--lines` lists what is lost (-) and kept (+). A page for which a rule is then made is unseen no more.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from bench.evaluate_titles import GIVEN, rate
from newsdesk.pipeline.document import Document, RawDocument
from newsdesk.pipeline.stages.clean import Clean
from newsdesk.pipeline.stages.date import find_date
from newsdesk.pipeline.stages.title import find_title
from scripts.train_line_model import PAGES, MadeUp, load_made_up

LEFT_OF_BODY, LEFT_OF_CHROME = 0.9, 0.5  # share of the characters of a line
COLUMNS = (
    "pages", "body", "lost", "lose", "kept", "keep", "exact", "titled", "right title", "wrong title", "dated", "right day", "wrong day",
)  # fmt: skip  # several to a line


def find_misses(page: MadeUp, document: Document) -> tuple[list[str], list[str]]:
    """The lines of the body that are lost, and those of the site that are kept."""
    lost, kept = [], []
    start = 0
    for label, line in page.lines:
        end = start + len(line)
        cut = sum(max(0, min(one.end, end) - max(one.start, start)) for one in document.cuts)
        left = (len(line) - cut) / max(1, len(line))
        if label == "B" and left < LEFT_OF_BODY:
            lost.append(line)
        elif label == "X" and left > LEFT_OF_CHROME:
            kept.append(line)
        start = end + 1
    return lost, kept


def measure(page: MadeUp, clean: Clean) -> tuple[Counter[str], list[str], list[str]]:
    """What there is of a page to each column, and the lines that are lost and kept."""
    document = find_date(find_title(clean(Document(RawDocument(page.text)))))
    lost, kept = find_misses(page, document)
    given = document.title.provenance in GIVEN
    found = given and rate(document.title.value, page.headlines) == "found"
    day = document.published.day
    counts = Counter(
        {
            "pages": 1,
            "body": page.labels.count("B"),
            "lost": len(lost),
            "lose": bool(lost),
            "kept": len(kept),
            "keep": bool(kept),
            "exact": not (lost or kept),
            "titled": bool(page.headlines),
            "right title": found,
            "wrong title": given and not found,
            "dated": bool(page.day),
            "right day": bool(day and day.isoformat() == page.day),
            "wrong day": bool(day and day.isoformat() != page.day),
        }
    )
    return counts, lost, kept


def print_row(name: str, cells: Mapping[str, object]) -> None:
    print(f"{name:<16}" + "".join(f"{cells[column]:>{max(7, len(column) + 2)}}" for column in COLUMNS))


def print_misses(page: MadeUp, lost: list[str], kept: list[str]) -> None:
    print(f"# {page.name}", *(f"  - {line}" for line in lost), *(f"  + {line}" for line in kept), sep="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=PAGES / "unseen")
    parser.add_argument("--lines", action="store_true", help="list what is lost (-) and kept (+)")
    options = parser.parse_args()
    clean = Clean({})
    by_file: dict[str, Counter[str]] = {}
    for page in load_made_up(options.folder):
        counts, lost, kept = measure(page, clean)
        by_file.setdefault(page.name.rpartition("-")[0], Counter()).update(counts)
        if options.lines and (lost or kept):
            print_misses(page, lost, kept)
    print_row("file", {column: column for column in COLUMNS})
    for name, counts in by_file.items():
        print_row(name, counts)
    print_row("all", sum(by_file.values(), Counter()))


if __name__ == "__main__":
    main()
