"""How often the headline is found, how often another line is given for it, and whether it stays in the body.

`python -m bench.evaluate_titles BENCH` reads the Russian and English pages of `BENCH/cleaning` in their three forms
(half-cleaned text, whole page as text, HTML), runs the stages that clean and title, and compares with the lines that
are labelled as the headline (`T`; there may be several that say it, or none). Of pages with such a line:

- found: a title from a line or from metadata, with the same words as one of them, the name of the site put aside;
- near: or with words of which four in five are shared;
- wrong: any other title from a line or from metadata; empty: none, so that the first sentence stands in;
- stays: the words of the headline stand in the body as a line.

Of pages without one: chrome and body are lines of those kinds given as the title. Of the HTML of a page, the lines are
those of the whole page. `--wrong` lists what is wrong. The weights of the line model and of the headline were fitted on
these very pages: scripts/train_headline_model.py prints what holds of sites that they were not fitted on.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.evaluate_cleaning import GROUPS, load_pages
from newsdesk.pipeline.cleaning.cues import words_of
from newsdesk.pipeline.document import Document, TitleClaim
from newsdesk.pipeline.stages.clean import Clean
from newsdesk.pipeline.stages.title import find_title

SAID = 0.6  # share of the words of a line that are in the title of the page, which is then about the same
BELOW = 5  # lines below the first of the body among which a headline may stand: some are labelled as body
MOST_WORDS = 20  # a longer line that the title does not say is a caption
NEAR = 0.8  # share of words from which two titles are taken for the same
FORMS = ("half-cleaned", "whole page", "HTML")
GIVEN = frozenset({"header", "metadata"})

Page = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One page in one form. ``kind``: found, near, wrong or empty where it has a headline; else empty or the label of
    the line that was given ("?" for one that the page does not hold)."""

    form: str
    page: Page
    claim: TitleClaim
    gold: tuple[str, ...]
    kind: str
    stays: bool


def find_headlines(page: Page, other: Iterable[str] = ()) -> tuple[str, ...]:
    """The lines labelled as the headline; or labelled so in the other form of the page, or with four or more words
    that are the title of the page: the collections took some headlines for body. Where some of them are said by the
    title, the others (sections, headings of lists) are none."""
    title = words_of(page["title"])
    lines: dict[str, str] = {}
    for number, (label, line) in enumerate(top := list(_lines_of(page))):
        lines.setdefault(line.strip(), label)
        if number >= BELOW and top[number - BELOW][0] == "B":
            break  # below the first lines of the body, it is said again: in a comment, in a list
    known = {" ".join(words_of(line)) for line in other}
    said = tuple(
        line
        for line, label in lines.items()
        if label == "T" or " ".join(words_of(line)) in known or _is_within(words_of(line), title)
    )
    own = tuple(line for line in said if _share_of(words_of(line), title) >= SAID)
    return own or tuple(line for line in said if len(words_of(line)) <= MOST_WORDS and line[-1] not in ".:,")


def _lines_of(page: Page) -> Iterator[tuple[str, str]]:
    """Label and line of all that are not empty."""
    for label, line in zip(page["labels"], page["raw_text"].split("\n"), strict=True):
        if line.strip():
            yield label, line


def _is_within(words: Sequence[str], title: Sequence[str]) -> bool:
    return len(words) >= 4 and f" {' '.join(words)} " in f" {' '.join(title)} "


def _share_of(words: Sequence[str], title: Iterable[str]) -> float:
    return len(set(words) & set(title)) / max(1, len(set(words)))


def judge(form: str, page: Page, document: Document) -> Outcome:
    lines, gold = list(_lines_of(page)), page["headlines"]
    claim = document.title
    kind = "empty" if claim.provenance not in GIVEN else rate(claim.value, gold) if gold else label_of(claim, lines)
    headlines = {" ".join(words_of(line)) for line in gold}
    stays = any(" ".join(words_of(line)) in headlines for line in document.body.split("\n") if line.strip())
    return Outcome(form, page, claim, gold, kind, stays)


def rate(title: str, gold: Iterable[str]) -> str:
    """found, near or wrong: the headline of a page title is followed by the names of site and section."""
    words = words_of(title)
    for line in gold:
        other = words_of(line)
        if words == other or (len(words) >= 3 and other[: len(words)] == words):
            return "found"
    return "near" if any(share(words, words_of(line)) >= NEAR for line in gold) else "wrong"


def share(one: Sequence[str], other: Sequence[str]) -> float:
    return len(set(one) & set(other)) / max(1, len(set(one) | set(other)))


def label_of(claim: TitleClaim, lines: Iterable[tuple[str, str]]) -> str:
    words = words_of(claim.value)
    labels = {label for label, line in lines if words_of(line) == words}
    return next((label for label in "BNX" if label in labels), "?")


def read_pages(bench: Path) -> Iterator[tuple[str, Page]]:
    """Pages in their forms, with what is their headline under "headlines"."""
    pages = list(load_pages(bench))
    labelled: dict[str, list[str]] = {}
    for _, page in pages:
        labelled.setdefault(page["id"], []).extend(line.strip() for label, line in _lines_of(page) if label == "T")
    for form, page in pages:
        yield form, {**page, "headlines": find_headlines(page, labelled[page["id"]])}


def measure(bench: Path, clean: Callable[[Document], Document]) -> list[Outcome]:
    return [judge(form, page, find_title(clean(Document(page["raw"])))) for form, page in read_pages(bench)]


def print_table(outcomes: Sequence[Outcome]) -> None:
    print(
        f"{'':26}{'with a headline':>45}{'without one':>36}\n"
        f"{'form':<14}{'pages of':<12}"
        + "".join(f"{name:>9}" for name in ("n", "found", "+ near", "wrong", "empty", "stays"))
        + "".join(f"{name:>9}" for name in ("n", "chrome", "body", "neither", "empty"))
    )
    for form in FORMS:
        for key, value in GROUPS:
            chosen = [one for one in outcomes if one.form == form and one.page.get(key) in {value, None}]
            have = [one for one in chosen if one.gold]
            kinds, n = Counter(one.kind for one in have), max(1, len(have))
            others = Counter(one.kind for one in chosen if not one.gold)
            rates = (kinds["found"], kinds["found"] + kinds["near"], kinds["wrong"], kinds["empty"])
            counts = (others["X"], others["B"], others["N"] + others["?"], others["empty"])
            print(
                f"{form:<14}{value or 'ru+en':<12}{len(have):>9}"
                + "".join(f"{count / n:>9.3f}" for count in (*rates, sum(one.stays for one in have)))
                + f"{len(chosen) - len(have):>9}"
                + "".join(f"{count:>9}" for count in counts)
            )


def print_wrong(outcomes: Iterable[Outcome]) -> None:
    for one in outcomes:
        if one.kind not in {"found", "empty"} or one.stays:
            print(f"\n{one.form}  {one.kind}{'  stays' if one.stays else ''}  {one.page['id']}  {one.page['site']}")
            print(f"  {one.claim.provenance}: {one.claim.value}")
            for line in one.gold:
                print(f"  gold: {line}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    outcomes = measure(options.bench, Clean({}))
    print_table(outcomes)
    if options.wrong:
        print_wrong(outcomes)


if __name__ == "__main__":
    main()
