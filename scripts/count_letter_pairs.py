"""Writes newsdesk/pipeline/letter_pairs.txt from the Russian articles of the demonstration: python -m scripts.count_letter_pairs

One line a letter, and in it one digit a letter that may follow: the bits that this pair costs, 9 at most.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from pathlib import Path

from newsdesk.pipeline.likelihood import ALPHABET, PAIRS_FILE

ARTICLES = Path(__file__).parents[1] / "fixtures" / "articles.json"
SMOOTHING = 0.2  # occurrences that every pair is given
MOST = 9


def count_pairs(texts: list[str]) -> Counter[str]:
    pairs: Counter[str] = Counter()
    for text in texts:
        for word in re.findall("[а-я]+", text.lower().replace("ё", "е")):
            pairs.update(map("".join, zip(f" {word}", f"{word} ", strict=True)))
    return pairs


def cost(pairs: Counter[str], first: str, second: str) -> int:
    total = sum(pairs[first + letter] for letter in ALPHABET) + SMOOTHING * len(ALPHABET)
    return min(MOST, round(-math.log2((pairs[first + second] + SMOOTHING) / total)))


def main() -> None:
    rows = json.loads(ARTICLES.read_text("utf-8"))
    pairs = count_pairs([row["fields"]["raw_text"] for row in rows if "raw_text" in row["fields"]])
    lines = ["".join(str(cost(pairs, first, second)) for second in ALPHABET) for first in ALPHABET]
    PAIRS_FILE.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{pairs.total()} pairs counted")


if __name__ == "__main__":
    main()
