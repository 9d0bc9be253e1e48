"""How often annotations find their passage again in a text that was edited: python -m bench.anchors

Over the demonstration corpus, cleaned by the pipeline, edits of known kind are made, so that it is known where each passage
then stands, or that it is gone. A table by kind of edit: of the passages whose words survive, how many are placed rightly
(surely, or to be checked), orphaned, or placed wrongly; then the same for those that were edited themselves, and how many
of those that were deleted are orphaned. Exit status 1 below the floor, or if one is placed wrongly. `--wrong` shows those that fail.
"""

from __future__ import annotations

import argparse
import random
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from newsdesk.annotations.anchors import Outcome, Placement, anchor_at, place
from newsdesk.pipeline.cleaning.sentences import split_sentences
from newsdesk.pipeline.document import Document, RawDocument
from newsdesk.pipeline.run import Pipeline
from newsdesk.pipeline.vocabulary import Vocabulary

FIXTURES = Path(__file__).parents[1] / "fixtures"
FLOOR = 0.995  # of those whose words survive, the share that is to be placed rightly
AMBIGUOUS = "swapped and repeated at once"
NEARLY = 0.9  # of an edited passage: how much of what stands there now, and of what is marked, must be the same
LONGEST_WORD = 12


@dataclass(frozen=True, slots=True)
class Text:
    """A text in which the passage stands from ``start`` to ``end``; None where it was deleted."""

    text: str
    start: int | None
    end: int | None

    def with_insertion(self, at: int, words: str) -> Text:
        """Not inside the passage."""
        assert self.start is not None
        assert self.end is not None
        shift = len(words) if at <= self.start else 0
        return Text(self.text[:at] + words + self.text[at:], self.start + shift, self.end + shift)

    def without(self, start: int, end: int) -> Text:
        """Without a stretch that holds all of the passage or nothing of it."""
        assert self.start is not None
        assert self.end is not None
        rest = self.text[:start] + self.text[end:]
        if start <= self.start and self.end <= end:
            return Text(rest, None, None)
        shift = end - start if end <= self.start else 0
        return Text(rest, self.start - shift, self.end - shift)

    @property
    def quote(self) -> str:
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Case:
    """A passage of ``old``, and where it stands in ``new``. ``survives``: in the same words."""

    kind: str
    old: Text
    new: Text

    @property
    def fate(self) -> str:
        if self.new.start is None:
            return "deleted"
        if self.kind == AMBIGUOUS:
            return "ambiguous"
        return "survives" if _words(self.old.quote) == _words(self.new.quote) else "edited"


Edit = Callable[[Text, random.Random], tuple[Text, Text] | None]


def _words(text: str) -> str:
    """What makes two passages the same: spaces, accents and the shape of quotation marks do not."""
    plain = unicodedata.normalize("NFKC", text).translate({ord(c): '"' for c in "«»“”„"} | {0xAD: None})
    return " ".join(plain.split())


@cache
def bodies() -> list[tuple[str, str, tuple[tuple[int, int], ...]]]:
    """Raw text, body and cuts of each article of the demonstration."""
    import json

    pipeline = Pipeline(Vocabulary.from_fixtures(FIXTURES))
    rows = json.loads((FIXTURES / "articles.json").read_text("utf-8"))
    found = []
    for row in rows:
        if row["model"] == "articles.articletext":
            document = pipeline(RawDocument(row["fields"]["raw_text"]))
            if isinstance(document, Document):
                cuts = tuple((cut.start, cut.end) for cut in document.cuts)
                found.append((document.raw.text, document.body, cuts))
    return found


# Passages to annotate


def choose(text: str, rng: random.Random) -> Text:
    """A few words, a clause, a sentence or some sentences, as people mark them."""
    sentences = list(split_sentences(text))
    first = rng.randrange(len(sentences))
    start, end = sentences[first]
    kind = rng.random()
    if kind < 0.15:
        return Text(text, start, sentences[min(len(sentences) - 1, first + rng.randint(1, 2))][1])
    if kind < 0.5:
        return Text(text, start, end)
    places = [at for at in range(start, end) if (at == start or text[at - 1] == " ") and text[at] != " "]
    at = rng.randrange(len(places))
    words = rng.randint(1, 3) if kind < 0.75 else rng.randint(4, 9)
    begin = places[at]
    finish = places[at + words] - 1 if at + words < len(places) else end
    return Text(text, begin, finish) if finish - begin > 3 else Text(text, start, end)


# Edits: each gives the text before and after, or None where it cannot be made


def insert_before(old: Text, rng: random.Random) -> tuple[Text, Text] | None:
    """Sentences of another article, somewhere before the passage or right before its sentence."""
    places = [start for start, _ in split_sentences(old.text) if start <= (old.start or 0)]
    return old, old.with_insertion(
        rng.choice([places[-1], *places]), _foreign(rng, old.text) + rng.choice([" ", "\n\n"])
    )


def remove_paragraphs(old: Text, rng: random.Random) -> tuple[Text, Text] | None:
    """One to three sentences beside it or elsewhere."""
    new = old
    for _ in range(rng.randint(1, 3)):
        apart = _apart(new)
        if not apart:
            break
        new = new.without(*rng.choice(apart))
    return (old, new) if new != old else None


def cut_chrome(old: Text, rng: random.Random) -> tuple[Text, Text] | None:
    """The same article before and after it was cleaned, or the other way round."""
    raw, body, cuts = next(one for one in bodies() if one[1] == old.text)
    if raw == body or old.start is None or old.end is None:
        return None
    before = Text(raw, _to_raw(old.start, cuts), _to_raw(old.end - 1, cuts) + 1)
    if _words(before.quote) != _words(old.quote):
        return None
    return (before, old) if rng.random() < 0.7 else (old, before)


def fix_typos_around(new: Text, rng: random.Random) -> tuple[Text, Text] | None:
    """Letters set right everywhere but in the passage: a typo in every eight words."""
    assert new.start is not None
    assert new.end is not None
    before, after = _misspell(new.text[: new.start], rng, 8), _misspell(new.text[new.end :], rng, 8)
    return Text(before + new.quote + after, len(before), len(before) + len(new.quote)), new


def fix_typos_inside(new: Text, rng: random.Random) -> tuple[Text, Text] | None:
    assert new.start is not None
    quote = _misspell(new.quote, rng, 5)
    return _with_quote(new, quote), new


def repeat_elsewhere(old: Text, rng: random.Random) -> tuple[Text, Text] | None:
    """The words come again in the lead or the end, alone or within a sentence of their own."""
    words = rng.choice(["{}", "Коротко: {}", "As we reported, {} – more below."]).format(old.quote)
    places = [one for one in {0, len(old.text)} if not (old.start or 0) < one < (old.end or 0)]
    at = rng.choice(places)
    return old, old.with_insertion(at, f"{words}\n\n" if at == 0 else f"\n\n{words}")


def delete(old: Text, _rng: random.Random) -> tuple[Text, Text] | None:
    """With the sentences that it stands in."""
    touched = [one for one in split_sentences(old.text) if one[0] < (old.end or 0) and one[1] > (old.start or 0)]
    if len(touched) == len(list(split_sentences(old.text))):
        return None
    end = touched[-1][1]
    return old, old.without(min(touched[0][0], old.start or 0), end + (old.text[end : end + 1] == " "))


def delete_words(old: Text, _rng: random.Random) -> tuple[Text, Text] | None:
    """The passage alone: its sentence stays."""
    return old, old.without(old.start or 0, old.end or 0)


def delete_after_a_copy(old: Text, rng: random.Random) -> tuple[Text, Text] | None:
    """The text had it twice, apart from each other, and loses the one that was annotated."""
    assert old.start is not None
    assert old.end is not None
    sentences = list(split_sentences(old.text))
    if old.start < sentences[0][1] or old.end > sentences[-1][0]:
        return None
    copied = repeat_elsewhere(old, rng)
    return delete(copied[1], rng) if copied else None


def edit(old: Text, rng: random.Random) -> tuple[Text, Text] | None:
    """Some of its words are replaced, left out, or others put in: at most a quarter."""
    words = old.quote.split(" ")
    if len(words) < 3:
        return None
    for _ in range(rng.randint(1, max(1, len(words) // 6))):
        at = rng.randrange(1, len(words))
        how = rng.random()
        if how < 0.4:
            words[at] = _foreign(rng, old.text).split(" ")[0]
        elif how < 0.7:
            words.insert(at, _foreign(rng, old.text).split(" ")[-1])
        elif len(words) > 3:
            del words[at]
    return old, _with_quote(old, " ".join(words))


def rewrite(old: Text, rng: random.Random) -> tuple[Text, Text] | None:
    """The sentence of the passage is another one: what stands there now is not what was annotated."""
    touched = [one for one in split_sentences(old.text) if one[0] < (old.end or 0) and one[1] > (old.start or 0)]
    start, end = min(touched[0][0], old.start or 0), max(touched[-1][1], old.end or 0)
    return old, Text(old.text[:start] + _foreign(rng, old.text) + old.text[end:], None, None)


def swap(old: Text, rng: random.Random) -> tuple[Text, Text] | None:
    """The sentence of the passage changes places with another one."""
    assert old.start is not None
    assert old.end is not None
    own = [one for one in split_sentences(old.text) if one[0] <= old.start and old.end <= one[1]]
    others = _apart(old)
    if not own or not others:
        return None
    (start, end), (first, last) = own[0], rng.choice(others)
    last = first + len(old.text[first:last].rstrip())
    if first < end and start < last:
        return None
    inside = old.start - start, old.end - start
    one, other = old.text[start:end], old.text[first:last]
    if first < start:
        text = old.text[:first] + one + old.text[last:start] + other + old.text[end:]
        begin = first
    else:
        text = old.text[:start] + other + old.text[end:first] + one + old.text[last:]
        begin = start + len(other) + first - end
    return old, Text(text, begin + inside[0], begin + inside[1])


def repair_spaces(new: Text, rng: random.Random) -> tuple[Text, Text] | None:
    """Spaces that do not break, doubled ones, typographic quotation marks, accents in two parts."""
    ways: list[Callable[[str], str]] = [
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace("«", '"').replace("»", '"').replace("–", "-").replace("—", "-"),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("ст", "с\u00adт").replace("th", "t\u00adh"),
        lambda text: text.replace("\n\n", "\n"),
    ]
    return _through(rng.choice(ways), new), new


def repair_encoding(new: Text, _rng: random.Random) -> tuple[Text, Text] | None:
    """The text had been read in a wrong encoding."""
    try:
        return _through(lambda text: text.encode("utf-8").decode("cp1251"), new), new
    except UnicodeDecodeError:
        return None


def several(old: Text, rng: random.Random) -> tuple[Text, Text] | None:
    """Two edits, one after the other."""
    new = old
    for one in rng.sample([insert_before, remove_paragraphs, rng.choice([repeat_elsewhere, swap])], 2):
        if done := one(new, rng):
            new = done[1]
    return (old, new) if new != old else None


def swap_after_a_copy(old: Text, rng: random.Random) -> tuple[Text, Text] | None:
    """Nothing may tell the words that moved from those that were repeated: they may be orphaned."""
    swapped = swap(old, rng)
    copied = repeat_elsewhere(swapped[1], rng) if swapped else None
    return (old, copied[1]) if copied else None


EDITS: dict[str, Edit] = {
    "sentences inserted before": insert_before,
    "sentences removed": remove_paragraphs,
    "chrome cut or restored": cut_chrome,
    "typos around it fixed": fix_typos_around,
    "words repeated elsewhere": repeat_elsewhere,
    "sentences swapped": swap,
    "spaces and marks repaired": repair_spaces,
    "encoding repaired": repair_encoding,
    "two of these": several,
    AMBIGUOUS: swap_after_a_copy,
    "typos in it fixed": fix_typos_inside,
    "words of it edited": edit,
    "deleted with its sentence": delete,
    "deleted from its sentence": delete_words,
    "deleted, but for a copy": delete_after_a_copy,
    "sentence rewritten": rewrite,
}


def _foreign(rng: random.Random, text: str) -> str:
    """A sentence of some article that does not stand in this text: put beside itself, nobody could tell which one was meant."""
    while True:
        other = rng.choice(bodies())[1]
        start, end = rng.choice(list(split_sentences(other)))
        if other[start:end] not in text:
            return other[start:end]


def _apart(text: Text) -> list[tuple[int, int]]:
    """Sentences that have nothing of the passage, each up to the next one."""
    found = list(split_sentences(text.text))
    ends = [start for start, _ in found[1:]] + [len(text.text)]
    spans = [(start, end) for (start, _), end in zip(found, ends, strict=True)]
    return [one for one in spans if one[1] <= (text.start or 0) or one[0] >= (text.end or 0)]


def _misspell(text: str, rng: random.Random, every: int) -> str:
    words = text.split(" ")
    for at, word in enumerate(words):
        if len(word) > 3 and rng.randrange(every) == 0:
            place_ = rng.randrange(1, len(word) - 1)
            words[at] = word[:place_] + rng.choice(["", word[place_] * 2, "о"]) + word[place_ + 1 :]
    return " ".join(words)


def _with_quote(text: Text, quote: str) -> Text:
    assert text.start is not None
    return Text(text.text[: text.start] + quote + text.text[text.end :], text.start, text.start + len(quote))


def _through(change: Callable[[str], str], text: Text) -> Text:
    before, quote, after = text.text[: text.start], text.quote, text.text[text.end :]
    before, quote, after = change(before), change(quote), change(after)
    return Text(before + quote + after, len(before), len(before) + len(quote))


def _to_raw(offset: int, cuts: Sequence[tuple[int, int]]) -> int:
    for start, end in cuts:
        if start > offset:
            break
        offset += end - start
    return offset


# Measuring


def make_cases(count: int, seed: int = 7) -> Iterator[Case]:
    """``count`` of them, as many of each kind of edit as of any other."""
    rng = random.Random(seed)
    made = 0
    while made < count:
        kind = list(EDITS)[made % len(EDITS)]
        _, body, _ = rng.choice(bodies())
        if len(list(split_sentences(body))) < 4:
            continue
        if done := EDITS[kind](choose(body, rng), rng):
            made += 1
            yield Case(kind, *done)


def anchored(case: Case) -> Placement:
    assert case.old.start is not None
    assert case.old.end is not None
    return place(case.new.text, anchor_at(case.old.text, case.old.start, case.old.end))


def judge(case: Case, found: Placement) -> str:
    """sure, to check, orphaned or wrong."""
    if found.start is None or found.end is None:
        return "orphaned"
    if case.new.start is None or case.new.end is None:
        return "wrong"
    if case.fate == "ambiguous":
        right = _words(case.new.text[found.start : found.end]) == _words(case.old.quote)
    elif case.fate == "survives":
        right = _words(case.new.text[found.start : found.end]) == _words(case.new.quote) and _overlap(case, found) > 0.9
    else:
        right = _overlap(case, found) >= NEARLY or (
            _overlap(case, found) > 0
            and abs(found.start - case.new.start) + abs(found.end - case.new.end) <= LONGEST_WORD
        )
    if not right:
        return "wrong"
    return "to check" if found.outcome is Outcome.UNCERTAIN else "sure"


def _overlap(case: Case, found: Placement) -> float:
    assert found.start is not None and found.end is not None  # noqa: PT018  (one condition: it is placed)
    assert case.new.start is not None and case.new.end is not None  # noqa: PT018  (the same)
    both = min(found.end, case.new.end) - max(found.start, case.new.start)
    return max(0, both) / (max(found.end, case.new.end) - min(found.start, case.new.start))


def measure(cases: Iterator[Case]) -> tuple[dict[tuple[str, str], Counter[str]], list[tuple[Case, Placement]]]:
    """Verdicts by kind and fate; and the cases that were placed wrongly or, though their words survive, not at all."""
    table: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    failed = []
    for case in cases:
        found = anchored(case)
        verdict = judge(case, found)
        table[case.kind, case.fate][verdict] += 1
        if verdict == "wrong" or (verdict == "orphaned" and case.fate == "survives"):
            failed.append((case, found))
    return table, failed


def share_placed(table: dict[tuple[str, str], Counter[str]]) -> float:
    """Of those whose words survive."""
    total = sum((counts for (_, fate), counts in table.items() if fate == "survives"), Counter[str]())
    return (total["sure"] + total["to check"]) / total.total()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--annotations", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--wrong", action="store_true", help="show those that are placed wrongly, or not at all")
    options = parser.parse_args()
    table, failed = measure(make_cases(options.annotations, options.seed))
    verdicts = ("sure", "to check", "orphaned", "wrong")
    print(f"{'edit':30}{'passage':10}{'all':>6}" + "".join(f"{verdict:>10}" for verdict in verdicts))
    for kind in EDITS:
        for fate in ("survives", "ambiguous", "edited", "deleted"):
            if counts := table.get((kind, fate)):
                print(f"{kind:30}{fate:10}{counts.total():6}" + "".join(f"{counts[one]:10}" for one in verdicts))
    wrong = sum(counts["wrong"] for counts in table.values())
    share = share_placed(table)
    print(
        f"\nOf those whose words survive {share:.2%} are placed rightly (floor {FLOOR:.1%}); {wrong} of all are placed wrongly."
    )
    if options.wrong:
        for case, found in failed:
            print(f"\n{case.kind}, {case.fate}: {case.old.quote!r}")
            print(f"  {found.outcome} {found.score} {case.new.text[found.start or 0 : found.end or 0]!r}")
            print(f"  should be {case.new.quote!r} at {case.new.start}, found at {found.start}")
    return int(wrong > 0 or share < FLOOR)


if __name__ == "__main__":
    sys.exit(main())
