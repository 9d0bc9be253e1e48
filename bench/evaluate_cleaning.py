"""Measure the cleaner: `python -m bench.evaluate_cleaning BENCH [--cross-validate FOLDS] [--hold-out-sources]`.

BENCH is the folder with the labelled pages (cleaning/) and their scorer (score/score_cleaning.py). Without an option
the shipped model is measured, which has seen these pages; with one, models are trained that have not.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from newsdesk.pipeline.cleaning.model import LineModel
from newsdesk.pipeline.document import Document, RawDocument
from newsdesk.pipeline.parsers.html import read_page
from newsdesk.pipeline.stages.clean import Clean
from scripts.train_line_model import read_all, train

FORMS = {"half-cleaned": "articles_seed.jsonl", "whole page": "articles_full.jsonl"}
ALONE = "body alone"  # nothing is to be cut: what is kept of it is R
COLUMNS = {"F1": "F1", "P": "P", "R": "R", "docs_body_line_lost": "lose a body line", "docs_leak": "keep chrome"}
PEERS = """
Peers, on the other half of the collection, F1 over ru+en (ru):
half-cleaned: best segment .949 (.936), boosted lines .968 (.967); lose a body line .20, keep chrome .50
whole page:   best segment .843 (.692), boosted lines .945 (.941)
HTML:         readability .933 (.891), trafilatura .908"""

GROUPS = (("", ""), ("lang", "ru"), ("lang", "en"), ("source", "waddle"), ("source", "scrapinghub"))

Page = dict[str, Any]


def load_scorer(bench: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score_cleaning", bench / "score" / "score_cleaning.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_pages(bench: Path) -> Iterator[tuple[str, Page]]:
    """Every Russian and English page in each of its forms, with the document to clean under "raw"."""
    for form, name in FORMS.items():
        for line in (bench / "cleaning" / name).read_text("utf-8").splitlines():
            page = json.loads(line)
            if page["lang"] in {"ru", "en"}:
                yield form, {**page, "raw": RawDocument(page["raw_text"])}
                if form == "half-cleaned":
                    body = page["gold_body"]
                    alone = {"raw_text": body, "labels": "B" * (body.count("\n") + 1), "raw": RawDocument(body)}
                    yield ALONE, {**page, **alone}
                html = bench / "cleaning" / "html" / f"{page['id']}.html.gz"
                if form == "whole page" and html.exists():
                    yield (
                        "HTML",
                        {**page, "raw": read_page(gzip.decompress(html.read_bytes()).decode("utf-8", "replace"))},
                    )


def split_sites(pages: Iterable[Page], folds: int) -> list[set[str]]:
    sites = sorted({page["site"] for page in pages})
    random.Random(0).shuffle(sites)
    return [set(sites[fold::folds]) for fold in range(folds)]


def clean(pages: Sequence[tuple[str, Page]], model: LineModel | None) -> None:
    stage = Clean({}, model)
    for _, page in pages:
        page["body"] = stage(Document(page["raw"])).body


def clean_unseen(bench: Path, pages: Sequence[tuple[str, Page]], key: str, parts: Iterable[set[str]]) -> None:
    """Clean each part of the pages, which have these values under the key, with a model trained on all other sites."""
    texts = read_all(bench / "cleaning")
    for part in parts:
        unseen = [(form, page) for form, page in pages if page[key] in part]
        ids, sites = {page["id"] for _, page in unseen}, {page["site"] for _, page in unseen}
        clean(unseen, train([one for one in texts if one.site not in sites and one.id not in ids]))


def print_table(scorer: Any, pages: Sequence[tuple[str, Page]], heading: str) -> None:
    print(f"\n{heading}\n{'form':<14}{'pages of':<14}{'n':>5}" + "".join(f"{name:>18}" for name in COLUMNS.values()))
    for form in (*FORMS, "HTML", ALONE):
        for key, value in GROUPS:
            chosen = [page for one, page in pages if one == form and "body" in page and page.get(key) in {value, None}]
            if chosen:
                scores, _, _ = scorer.evaluate(chosen, {page["id"]: page["body"] for page in chosen}, 0)
                row = "".join(f"{scores[column]:>18.3f}" for column in COLUMNS)
                print(f"{form:<14}{value or 'ru+en':<14}{len(chosen):>5}{row}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cross-validate", type=int, metavar="FOLDS", help="train without the sites of each fold")
    parser.add_argument("--hold-out-sources", action="store_true", help="train on one collection, measure on the other")
    options = parser.parse_args()
    scorer, pages = load_scorer(options.bench), list(load_pages(options.bench))
    if options.cross_validate:
        folds = split_sites((page for _, page in pages), options.cross_validate)
        clean_unseen(options.bench, pages, "site", folds)
        print_table(scorer, pages, f"cross-validated over sites, {len(folds)} folds")
    if options.hold_out_sources:
        clean_unseen(
            options.bench, pages, "source", [{source} for source in sorted({page["source"] for _, page in pages})]
        )
        print_table(scorer, pages, "trained on the other collection only")
    if not options.cross_validate and not options.hold_out_sources:
        clean(pages, None)
        print_table(scorer, pages, "the shipped model, which has seen these pages")
    print(PEERS)


if __name__ == "__main__":
    main()
