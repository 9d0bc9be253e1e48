"""Whether lines that return in other articles of a source are good evidence: `python -m bench.evaluate_profiles BENCH`.

Of the labelled pages (see evaluate_cleaning), those of sites with three and more are cleaned without evidence, and
with a profile of their site learnt from its other pages. What counts is the difference: the shipped model has seen
these pages. With `--unseen` one is trained that has seen none of their sites.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.evaluate_cleaning import COLUMNS, FORMS, Page, load_pages, load_scorer
from newsdesk.pipeline.cleaning.lines import split_lines
from newsdesk.pipeline.cleaning.model import LineModel
from newsdesk.pipeline.cleaning.profile import LineCounter
from newsdesk.pipeline.document import Document
from newsdesk.pipeline.stages.clean import Clean
from newsdesk.pipeline.vocabulary import Source
from scripts.train_line_model import read_all, train

LEAST_PAGES = 3  # of a site
SITE = "site"


def train_without(bench: Path, sites: Collection[str]) -> LineModel:
    texts = read_all(bench / "cleaning")
    return train([text for text in texts if text.site not in sites])


def clean_with_evidence(pages: Sequence[Page], model: LineModel | None = None) -> None:
    """The pages of one site in one form, each by what the others say."""
    for page in pages:
        counter = LineCounter()
        for other in pages:
            if other is not page:
                counter.add(other["raw"].text)
        counted = tuple((line, count.articles) for line, count in counter.counts().items())
        stage = Clean({SITE: Source(SITE, SITE, line_counts=counted, articles=counter.articles)}, model)
        page["with"] = stage(Document(replace(page["raw"], source=SITE))).body


def count_lines(pages: Sequence[Page]) -> Counter[str]:
    """Lines that evidence cut and gave back, by their label (B body, X chrome; ? is not among the labelled lines)."""
    changed: Counter[str] = Counter()
    for page in pages:
        labels = dict(zip(map(str.strip, page["raw_text"].split("\n")), page["labels"], strict=False))
        before, after = (Counter(line.text for line in split_lines(page[key])) for key in ("body", "with"))
        changed.update(f"cut {labels.get(line, '?')}" for line in (before - after).elements())
        changed.update(f"back {labels.get(line, '?')}" for line in (after - before).elements())
    return changed


def print_row(scorer: Any, name: str, pages: Sequence[Page], key: str) -> None:
    scores, _, _ = scorer.evaluate(pages, {page["id"]: page[key] for page in pages}, 0)
    print(f"{name:<28}{key:<8}{len(pages):>5}" + "".join(f"{scores[column]:>18.4f}" for column in COLUMNS), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--unseen", action="store_true", help="with a model trained on the other sites only")
    options = parser.parse_args()
    scorer = load_scorer(options.bench)
    sites = defaultdict(list)
    for form, page in load_pages(options.bench):
        sites[form, page["site"]].append(page)
    large = {site for (_, site), pages in sites.items() if len(pages) >= LEAST_PAGES}
    model = train_without(options.bench, large) if options.unseen else None
    plain = Clean({}, model)
    chosen: dict[str, list[Page]] = defaultdict(list)
    for (form, _), pages in sites.items():
        if len(pages) >= LEAST_PAGES:
            for page in pages:
                page["body"] = plain(Document(page["raw"])).body
            clean_with_evidence(pages, model)
            chosen[form] += pages
    print(f"{'':<28}{'body':<8}{'n':>5}" + "".join(f"{name:>18}" for name in COLUMNS.values()))
    for form in (*FORMS, "HTML"):
        for language in ("ru", "en"):
            pages = [page for page in chosen[form] if page["lang"] == language]
            for key in ("body", "with"):
                print_row(scorer, f"{form}, {language}", pages, key)
        print(
            ", ".join(f"{kind}: {number}" for kind, number in sorted(count_lines(chosen[form]).items())) or "no change"
        )


if __name__ == "__main__":
    main()
