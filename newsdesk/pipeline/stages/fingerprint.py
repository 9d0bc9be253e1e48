"""What an article shares with others that tell of the same event: shingles, terms, names, numbers, dates, quotes.

Nothing here is compared; `newsdesk.pipeline.stories` does that. Everything is made from the title and the body, needs no
model and no corpus, and is the same on every machine.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import Stemmer

from newsdesk.pipeline.document import Document, Fingerprint

SHINGLE = 3  # words in a shingle of the body
QUOTED_RUN = 4  # words in a run of quoted speech
LEAST_HASHES = 64
MOST_TERMS, MOST_NAMES, MOST_NUMBERS, MOST_DATES, MOST_QUOTES = 48, 32, 24, 8, 16
TITLE_BONUS = 2  # a word of the title counts as so many more in the body

# Numbers in words that scale the figure before them, by stem-like beginnings.
SCALES = {"тыс": 3, "thousand": 3, "млн": 6, "миллион": 6, "million": 6, "млрд": 9, "миллиард": 9, "billion": 9,
          "трлн": 12, "триллион": 12, "trillion": 12}  # fmt: skip

MONTHS = {
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "мая": 5, "май": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9, "окт": 10,
    "ноя": 11, "дек": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip

STOP_WORDS = frozenset(
    "и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня еще нет о "
    "из ему теперь когда даже ну вдруг ли если уже или ни быть был него до вас нибудь опять уж вам ведь там потом себя "
    "ничего ей может они тут где есть надо ней для мы тебя их чем была сам чтоб без будто чего раз тоже себе под будет ж "
    "тогда кто этот того потому этого какой совсем ним здесь этом один почти мой тем чтобы нее были куда зачем всех никогда "
    "можно при наконец два об другой хоть после над больше тот через эти нас про всего них какая много разве три эту моя "
    "впрочем хорошо свою этой перед иногда лучше чуть том нельзя такой им более всегда конечно всю между это также который "
    "которая которое которые которых которой которого однако поэтому ранее сообщает сообщил сообщила сообщили заявил "
    "the a an and or but if then of at by for with about against between into through during before after above below to "
    "from up down in out on off over under again further once here there when where why how all any both each few more "
    "most other some such no nor not only own same so than too very s t can will just don should now is are was were be been "
    "being have has had having do does did doing i me my we our you your he him his she her it its they them their what which "
    "who whom this that these those am as until while would could also said says say".split()
)

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f,]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?")
QUOTED = re.compile(r"«([^»]{20,600})»|“([^”]{20,600})”|„([^“”]{20,600})[“”]|\"([^\"]{20,600})\"")
SENTENCE_END = re.compile(r"[.!?…:\n]\s*[«“\"(—–-]*\s*$")
STEMMERS = {language: Stemmer.Stemmer(language) for language in ("russian", "english")}

CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўәғқңөұүһ",
        "a b v g d e e zh z i i k l m n o p r s t u f h c ch sh sh  i  e u a i i e g u a g k n o u u h".split(
            " "
        ),
        strict=True,
    )
)
LATIN_FOLD = str.maketrans(
    "əışğçöüéèáàäêñóôúíâãåëïîøžščćřýűőłńśźżđ", "aisgcoueeaaaenoouiaaaeiiozsccryuolnszzd"
)
# Spellings of one sound, applied in order to what is in Latin letters.
SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch|shch|tch", "sh"), (r"kh", "h"), (r"ph", "f"), (r"th", "t"), (r"ck|q", "k"), (r"x", "ks"), (r"w", "v"),
        (r"y(?=[aeou])|(?<=[aeiou])y", ""), (r"y", "i"), (r"j", "zh"), (r"c(?=[eiy])", "s"), (r"c(?!h)", "k"), (r"dzh", "zh"),
        (r"i(?=[aeou])", ""), (r"(.)\1+", r"\1"), (r"[aeiou]+$", ""),
    )
)  # fmt: skip


class Word(NamedTuple):
    start: int
    end: int
    form: str
    stem: str


def take_fingerprint(document: Document) -> Document:
    return replace(document, fingerprint=fingerprint_of(document.title.value, document.body))


def fingerprint_of(title: str, body: str) -> Fingerprint:
    body_words, title_words = list(_words(body)), list(_words(title))
    forms = [word.form for word in (body_words or title_words)]
    return Fingerprint(
        digest=_digest(forms),
        minhash=_least_hashes(forms, SHINGLE, LEAST_HASHES),
        terms=_terms(title_words, body_words),
        names=_names(title, title_words, body, body_words),
        numbers=_numbers(title + "\n" + body),
        dates=_dates(title + "\n" + body),
        quotes=_quotes(body or title),
    )


def _words(text: str) -> Iterator[Word]:
    for match in WORD.finditer(text):
        form = match[0].lower().replace("ё", "е")
        yield Word(match.start(), match.end(), form, _stem(form))


@lru_cache(maxsize=200_000)
def _stem(form: str) -> str:
    form = form.removesuffix("'s").removesuffix("’s")
    return str(STEMMERS["russian" if re.search(r"[а-я]", form) else "english"].stemWord(form))


def _digest(forms: Sequence[str]) -> str:
    return hashlib.blake2b(" ".join(forms).encode(), digest_size=8).hexdigest() if forms else ""


@lru_cache(maxsize=200_000)
def _crc(form: str) -> int:
    return zlib.crc32(form.encode())


def _least_hashes(forms: Sequence[str], run: int, most: int) -> tuple[int, ...]:
    """The least hashes of the runs of so many words, in order. A text shorter than a run is one run.

    The hash of a word is its CRC-32. A run is hashed as a polynomial over the words, then passed through the finaliser of
    SplitMix64, a fixed permutation of 64 bits, of which the upper 32 are kept.
    """
    if not forms:
        return ()
    words = np.fromiter(map(_crc, forms), np.uint64, len(forms))
    run = min(run, len(forms))
    mixed = np.zeros(len(forms) - run + 1, np.uint64)
    for at in range(run):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words[at : len(words) - run + 1 + at]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed = (mixed ^ (mixed >> np.uint64(31))) >> np.uint64(32)
    return tuple(np.unique(mixed)[:most].tolist())


def _terms(title: Sequence[Word], body: Sequence[Word]) -> tuple[tuple[str, int], ...]:
    counts = Counter(word.stem for word in body if _is_term(word))
    counts.update({word.stem: TITLE_BONUS for word in title if _is_term(word)})
    heaviest = sorted(counts.items(), key=lambda item: -item[1])[:MOST_TERMS]
    return tuple((to_latin(stem), count) for stem, count in heaviest)


def _is_term(word: Word) -> bool:
    return len(word.form) > 2 and word.form not in STOP_WORDS


def _names(title: str, title_words: Sequence[Word], body: str, body_words: Sequence[Word]) -> tuple[str, ...]:
    """Keys of capitalised words. One that opens a sentence counts where it is never written small."""
    small = {
        word.stem
        for text, words in ((title, title_words), (body, body_words))
        for word in words
        if text[word.start].islower()
    }
    counts: Counter[str] = Counter()
    for text, words in ((title, title_words), (body, body_words)):
        for word in words:
            if not text[word.start].isupper() or word.form in STOP_WORDS or len(word.form) < 3:
                continue
            opens = (
                word.start == 0 or SENTENCE_END.search(text[max(0, word.start - 6) : word.start]) is not None
            )
            if not (opens and word.stem in small):
                counts[name_key(word.form)] += 1
    counts.pop("", None)
    return tuple(name for name, _ in counts.most_common(MOST_NAMES))


@lru_cache(maxsize=200_000)
def to_latin(word: str) -> str:
    return "".join(CYRILLIC.get(letter, letter) for letter in word.lower()).translate(LATIN_FOLD)


@lru_cache(maxsize=200_000)
def name_key(word: str) -> str:
    """One key for a name in Cyrillic and in Latin letters, in any case form: Алиевым, Aliyev, Əliyev."""
    key = to_latin(
        _stem(word.lower().replace("ё", "е")) if re.search("[а-яА-Я]", word) else re.sub(r"['’]s$", "", word)
    )
    for pattern, sound in SOUNDS:
        key = pattern.sub(sound, key)
    return key


def _numbers(text: str) -> tuple[str, ...]:
    found: Counter[str] = Counter()
    for match in NUMBER.finditer(text):
        number = _normalise_number(match[0], text[match.end() : match.end() + 12])
        if number and not _is_year(number):
            found[number] += 1
    return tuple(number for number, _ in found.most_common(MOST_NUMBERS))


def _normalise_number(figure: str, after: str) -> str:
    digits = re.sub(r"[ \u00a0\u202f]", "", figure)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        digits = digits.replace(",", "")
    value = float(
        digits.replace(",", ".")
        if digits.count(",") + digits.count(".") == 1
        else re.sub(r"[.,]", "", digits)
    )
    word = after.strip().lower()
    scale = next((power for begin, power in SCALES.items() if word.startswith(begin)), 0)
    return f"{value * 10**scale:.10g}"


def _is_year(number: str) -> bool:
    return len(number) == 4 and number.isdigit() and 1900 <= int(number) <= 2100


MONTH_NAME = r"(янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-zа-я]*"
DAY_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH_NAME}", re.IGNORECASE)
MONTH_DAY = re.compile(rf"\b{MONTH_NAME}\.?\s+(\d{{1,2}})(?!\d)", re.IGNORECASE)
YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d)")


def _dates(text: str) -> tuple[str, ...]:
    found: Counter[str] = Counter()
    days = [(month, day) for day, month in DAY_MONTH.findall(text)] + MONTH_DAY.findall(text)
    for month, day in days:
        if 1 <= int(day) <= 31:
            found[f"--{MONTHS[month.lower()[:3]]:02}-{int(day):02}"] += 1
    found.update(YEAR.findall(text))
    return tuple(date for date, _ in found.most_common(MOST_DATES))


def _quotes(text: str) -> tuple[str, ...]:
    """Hashes of runs of words inside quotation marks: two for each quotation, so that a part of it still matches."""
    found: dict[str, None] = {}
    for match in QUOTED.finditer(text):
        forms = [word.form for word in _words(next(filter(None, match.groups())))]
        if len(forms) >= QUOTED_RUN:
            found.update(dict.fromkeys(f"{number:08x}" for number in _least_hashes(forms, QUOTED_RUN, 2)))
    return tuple(found)[:MOST_QUOTES]
