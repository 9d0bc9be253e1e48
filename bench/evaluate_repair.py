"""How often broken texts are put right, and whether healthy ones are left alone: python -m bench.evaluate_repair BENCH

Reads BENCH/cleaning/articles_full.jsonl (`raw_text`, `gold_body`, `lang`), BENCH/language/languages.jsonl and the
demonstration. First come the healthy texts that a repair changes; then, for each way to break a text, the share of articles and
of whole pages that come back to the letter, and for one that loses letters the share that comes back but for those.
`--wrong` shows the first line of each that does not.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from html import escape
from html.entities import codepoint2name
from itertools import product
from pathlib import Path

from newsdesk.pipeline.repair import repair

CYRILLIC = ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5")
WESTERN = ("cp1252", "latin-1")
LEAST_LETTERS = 20  # beyond ASCII: with fewer, a text can hardly be broken
MOST = 40  # texts of a language

Break = Callable[[str], str]


def misread(written: str, read: str) -> Break:
    """What its encoding lacks is taken out first; a byte that means nothing is read as its own number, as browsers do."""

    def apply(text: str) -> str:
        data = text.encode(written, "ignore")
        return "".join(_decode(byte, read) for byte in data)

    return apply


def _decode(byte: int, encoding: str) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


def lossy(written: str, read: str) -> Break:
    return lambda text: text.encode(written, "ignore").decode(read, "replace")


def in_turn(*breaks: Break) -> Break:
    def apply(text: str) -> str:
        for one in breaks:
            text = one(text)
        return text

    return apply


def every_second(one: Break) -> Break:
    """Only every second paragraph that has letters beyond ASCII."""

    def apply(text: str) -> str:
        lines = text.split("\n")
        broken = [at for at, line in enumerate(lines) if not line.isascii()][::2]
        for at in broken:
            lines[at] = one(lines[at])
        return "\n".join(lines)

    return apply


def named_entities(text: str) -> str:
    return "".join(
        f"&{codepoint2name[ord(letter)]};" if letter > "\x7f" and ord(letter) in codepoint2name else letter
        for letter in escape(text)
    )


def numbered_entities(text: str) -> str:
    return "".join(f"&#{ord(letter)};" if letter > "\x7f" else letter for letter in escape(text))


UTF8_AS_1252 = misread("utf-8", "cp1252")
RUSSIAN: dict[str, tuple[list[Break], str]] = {
    **{f"UTF-8 read as {read}": ([misread("utf-8", read)], "utf-8") for read in (*WESTERN, *CYRILLIC)},
    **{
        f"{written} read as {read}": ([misread(written, read)], written)
        for written, read in product(CYRILLIC, (*WESTERN, *CYRILLIC))
        if written != read
    },
    "UTF-8 read as cp1252, twice": ([UTF8_AS_1252, UTF8_AS_1252], "utf-8"),
    "UTF-8 read as cp1251, twice": ([misread("utf-8", "cp1251")] * 2, "utf-8"),
    "cp1251 as cp1252, UTF-8 as cp1251": ([misread("cp1251", "cp1252"), misread("utf-8", "cp1251")], "cp1251"),
    "half UTF-8 read as cp1251": ([every_second(misread("utf-8", "cp1251"))], ""),
    "half UTF-8 read as cp1252": ([every_second(UTF8_AS_1252)], ""),
    "half cp1251 read as cp1252": ([every_second(misread("cp1251", "cp1252"))], "cp1251"),
    "half koi8-r read as cp1251": ([every_second(misread("koi8-r", "cp1251"))], "koi8-r"),
}
LOSSY: dict[str, tuple[list[Break], str]] = {
    "UTF-8 read as cp1251, lossy": ([lossy("utf-8", "cp1251")], "utf-8"),
    "UTF-8 read as cp1252, lossy": ([lossy("utf-8", "cp1252")], "utf-8"),
    "cp866 read as cp1251, lossy": ([lossy("cp866", "cp1251")], "cp866"),
}
ANY: dict[str, tuple[list[Break], str]] = {
    "UTF-8 read as cp1252": ([UTF8_AS_1252], ""),
    "UTF-8 read as cp1252, twice": ([UTF8_AS_1252, UTF8_AS_1252], ""),
    "half UTF-8 read as cp1252": ([every_second(UTF8_AS_1252)], ""),
    "named entities": ([named_entities], ""),
    "numbered entities": ([numbered_entities], ""),
    "entities, escaped twice": ([named_entities, escape], ""),
}


def read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def count_changed(texts: list[str], show: bool) -> tuple[int, int]:
    """Texts whose letters a repair changes, and those that it only tidies."""
    encoding = tidied = 0
    for text in texts:
        repaired = repair(text)
        changed = any("passages" in one for one in repaired.repairs)
        encoding += changed
        tidied += bool(repaired.repairs) and not changed
        if changed and show:
            print("   ", repaired.repairs, _first_difference(text, repaired.text))
    return encoding, tidied


def _first_difference(text: str, other: str) -> str:
    for one, two in zip(text.split("\n"), other.split("\n"), strict=False):
        if one != two:
            at = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), 0)
            return f"{one[max(0, at - 20) : at + 40]!r} {two[max(0, at - 20) : at + 40]!r}"
    return "more lines"


def print_kind(name: str, breaks: list[Break], encoding: str, sets: list[list[str]], show: bool) -> None:
    shares = []
    for texts in sets:
        healthy = [text.encode(encoding, "ignore").decode(encoding) if encoding else text for text in texts]
        healthy = [repair(text).text for text in healthy]  # without soft hyphens and the like
        restored = [repair(in_turn(*breaks)(text)).text for text in healthy]
        shares.append(sum(map(_is_same, healthy, restored)) / len(texts))
        for text, other in zip(healthy, restored, strict=True):
            if show and not _is_same(text, other):
                print("   ", _first_difference(text, other))
    print(f"{name:38}{shares[0]:9.3f}{shares[1]:13.3f}")


def _is_same(text: str, restored: str) -> bool:
    if text == restored:
        return True
    return (
        "\ufffd" in restored
        and len(text) == len(restored)
        and all(one in {other, "\ufffd"} for one, other in zip(restored, text, strict=True))
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    pages = list(read(options.bench / "cleaning" / "articles_full.jsonl"))
    demonstration = json.loads((Path(__file__).parents[1] / "fixtures" / "articles.json").read_text("utf-8"))
    healthy = {
        "pages": [page["raw_text"] for page in pages],
        "texts of 34 languages": [one["text"] for one in read(options.bench / "language" / "languages.jsonl")],
        "demonstration": [row["fields"]["raw_text"] for row in demonstration if "raw_text" in row["fields"]],
    }
    print(f"{'healthy':38}{'texts':>9}{'changed':>13}{'only tidied':>13}")
    for name, texts in healthy.items():
        changed, tidied = count_changed(texts, options.wrong)
        print(f"{name:38}{len(texts):9}{changed:13}{tidied:13}")
    for title, language, kinds in (
        ("broken Russian, restored", "ru", RUSSIAN | LOSSY),
        ("broken English, restored", "en", ANY),
        ("broken Polish, restored", "pl", ANY),
    ):
        of_language = [page for page in pages if page["lang"] == language]
        sets = [
            [page[field] for page in of_language if sum(letter > "\x7f" for letter in page[field]) >= LEAST_LETTERS][
                :MOST
            ]
            for field in ("gold_body", "raw_text")
        ]
        print(f"\n{title:38}{'articles':>9}{'whole pages':>13}   of {len(sets[0])} and {len(sets[1])}")
        for name, (breaks, encoding) in kinds.items():
            print_kind(name, breaks, encoding, sets, options.wrong)


if __name__ == "__main__":
    main()
