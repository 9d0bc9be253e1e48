"""How often the day of publication is right, and whether its confidence means what it says.

`python -m bench.evaluate_dates BENCH` reads `BENCH/date/*.jsonl` (`text`, `date`; of the Russian pages also `window`,
the part around the article, and `crawl`, the day of collection) and prints, for each way of asking: the share of
pages whose day is exactly right, the share answered, the share of answers that are right, and the share within a day.
Then, over all of them, how often a claim of a given confidence is right. The weights were fitted on these very pages:
scripts/train_date_model.py prints what holds of sites that it was not fitted on. `--no-clean` leaves the cleaning stage out;
`--wrong` lists the wrong claims.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsdesk.pipeline.document import DateClaim, Document, RawDocument
from newsdesk.pipeline.stages.clean import Clean
from newsdesk.pipeline.stages.date import find_date

BOUNDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97)


@dataclass(frozen=True, slots=True)
class Asked:
    """One page, asked in one way."""

    way: str
    id: str
    gold: dt.date
    claim: DateClaim

    @property
    def answered(self) -> bool:
        return self.claim.value is not None

    @property
    def right(self) -> bool:
        return self.claim.day == self.gold

    @property
    def near(self) -> bool:
        return self.claim.day is not None and abs((self.claim.day - self.gold).days) <= 1


def read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def ask_all(folder: Path, clean: Callable[[Document], Document]) -> Iterator[Asked]:
    for record in read(folder / "pages_ru.jsonl"):
        crawl = dt.datetime.fromisoformat(record["crawl"]).replace(hour=23, tzinfo=dt.UTC)
        for way, field, collected in (
            ("ru whole page", "text", None),
            ("ru whole page, collected", "text", crawl),
            ("ru window", "window", None),
        ):
            yield ask(way, record, RawDocument(record[field], collected=collected), clean)
    for record in read(folder / "pages_mixed.jsonl"):
        yield ask("mixed from text", record, RawDocument(record["text"]), clean)
        yield ask("mixed with URL", record, RawDocument(record["text"], url=record["url"]), clean)


def ask(way: str, record: dict[str, str], raw: RawDocument, clean: Callable[[Document], Document]) -> Asked:
    claim = find_date(clean(Document(raw))).published
    return Asked(way, record["id"], dt.date.fromisoformat(record["date"]), claim)


def print_ways(asked: list[Asked]) -> None:
    print(f"{'':28}{'pages':>6}{'right':>8}{'answered':>10}{'precision':>11}{'within 1':>10}")
    for way in dict.fromkeys(one.way for one in asked):
        these = [one for one in asked if one.way == way]
        answered = sum(one.answered for one in these)
        right = sum(one.right for one in these)
        near = sum(one.near for one in these) / len(these)
        print(
            f"{way:28}{len(these):6}{right / len(these):8.3f}{answered / len(these):10.3f}"
            f"{right / max(1, answered):11.3f}{near:10.3f}"
        )


def print_reliability(asked: list[Asked]) -> None:
    print(f"\n{'confidence':28}{'claims':>6}{'right':>8}{'mean said':>11}")
    for low, high in zip(BOUNDS, (*BOUNDS[1:], 1.01), strict=True):
        these = [one for one in asked if one.answered and low <= one.claim.confidence < high]
        print_share(f"{low:.2f} to {min(high, 1):.2f}", these)
    print_share("0.90 and more", [one for one in asked if one.answered and one.claim.confidence >= 0.9])


def print_share(name: str, these: list[Asked]) -> None:
    if these:
        right = sum(one.right for one in these) / len(these)
        said = sum(one.claim.confidence for one in these) / len(these)
        print(f"{name:28}{len(these):6}{right:8.3f}{said:11.3f}")


def print_wrong(asked: list[Asked]) -> None:
    for one in asked:
        if one.answered and not one.right:
            words = " ".join(one.claim.evidence.text.split()) if one.claim.evidence else ""
            print(f"{one.way}: {one.id}: {one.gold}, said {one.claim.value} ({one.claim.confidence:.2f}) {words}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--no-clean", action="store_true")
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    clean: Callable[[Document], Document] = (lambda document: document) if options.no_clean else Clean({})
    begun = time.process_time()
    asked = list(ask_all(options.bench / "date", clean))
    print_ways(asked)
    print_reliability(asked)
    print(f"\n{len(asked) / (time.process_time() - begun):.0f} pages a second of processor time")
    if options.wrong:
        print_wrong(asked)


if __name__ == "__main__":
    main()
