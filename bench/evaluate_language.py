"""How often the language is right: python -m bench.evaluate_language BENCH

Reads BENCH/language/languages.jsonl (`text`, `lang`, `kind` title or doc) and prints the share of right answers
by kind, beside the best peer's on the other half.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

from newsdesk.language.detect import detect_language

PEERS = {"title": "lingua over 20 languages .997", "doc": "lingua over 20 languages .997"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", type=Path, help="the folder of labelled data")
    right: dict[str, list[bool]] = defaultdict(list)
    for line in (parser.parse_args().bench / "language" / "languages.jsonl").open(encoding="utf-8"):
        record = json.loads(line)
        right[record["kind"]].append(detect_language(record["text"]).code == record["lang"])
    for kind, answers in sorted(right.items()):
        print(f"language {kind:6} {len(answers):5} texts {sum(answers) / len(answers):.4f}   peer: {PEERS[kind]}")


if __name__ == "__main__":
    main()
