"""Chrome inside a line of the article: a date or a whole header before the first sentence, "Read also: …" between two,
"Подробнее…", invitations, key words, buttons behind the last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsdesk.pipeline.cleaning.cues import CUES, compile_lines, without_time, words_in, words_of
from newsdesk.pipeline.cleaning.lines import Line, Removal

WORD_END = r"(?![^\W\d_])"
MONTHS = (
    r"(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|янв|фев|мар|апр|июн|июл|авг|сен|"
    r"сент|окт|ноя|нояб|дек|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)" + WORD_END + r"\.?"
)
# With its year, and without.
FULL_DAY = (
    r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d\d)|\d{1,2}\s[./]\s\d{1,2}\s[./]\s\d{4}"
    rf"|\d{{1,2}}\s+{MONTHS},?\s+\d{{4}}(?:\s*г(?:ода)?{WORD_END}\.?)?|{MONTHS}\s+\d{{1,2}},?\s+\d{{4}}"
)
SHORT_DAY = rf"\d{{1,2}}\s+{MONTHS}|{MONTHS}\s+\d{{1,2}},?"
DAY = rf"(?:{FULL_DAY}|{SHORT_DAY})"
CLOCK = rf"(?:\d{{1,2}}:\d\d(?::\d\d)?(?:\s*(?:[ap]\.?m|мск|msk|gmt|utc|est|edt){WORD_END}\.?)?)"
LABEL = (
    r"(?:date|дата(?:\s+публикации)?|published(?:\s+(?:on|at))?|posted(?:\s+on)?|updated(?:\s+(?:on|at))?|last\s+updated|"
    r"опубликован[оа]?|обновлен[оа]?|создан[оа]?|размещен[оа]?|добавлен[оа]?)"
)

# What stands before the first words of the article: a label with a date, or a full date, with its clock time or in figures.
PREFIX = re.compile(
    rf"(?:{LABEL}\s*:?\s*{DAY}(?:[\s,|в—–-]*(?:at\s+)?{CLOCK})?|{DAY}[\s,|в—–-]*{CLOCK}|{CLOCK}[\s,|—–-]*{DAY}"
    r"|(?P<bare>\d{4}-\d\d-\d\d(?![^\W\d])|\d\d\.\d\d\.\d{4}(?!\s*[—–-]\s*\d)))"
    r"\s*(?P<mark>[|•·:—–-]+\s*)?(?!at\b|в\s+\d)(?=[^\W\d_]|[«“\"'(])",
    re.IGNORECASE,
)
LONGEST_ENDING, LONGEST_MARK = 220, 12
LONGEST_PREFIX = 200  # characters in which a date before the first words stands, and the first of these
BLANKS = 20  # at most, before what is looked for
LEAST_WITH_ENDING = 12  # characters of a sentence and an ending
LONGEST_SENTENCE = 600  # characters behind a teaser
LONGEST_HEADER, LONGEST_DATELINE = 400, 80  # characters
LONG = 600  # characters of a line that holds an article
LEAST_BUTTONS, BUTTON_SHARE = 3, 0.5  # words of buttons behind the last sentence, and their share
LONGEST_INVITATION, PROSE_WORDS = 25, 6  # words: at most, and at least of a sentence

LEAST_HEADLINE, LONGEST_HEADLINE = 3, 160  # words; characters
TITLE_CASE = 0.5  # share of words with a capital from which a headline does not show where it ends

_TEASER = re.compile(
    r"(?:(?:читайте|смотрите)\s+(?:также|ещ[её]|по\s+теме)|read\s+(?:also|more)|also\s+read|see\s+also)\s*[:—]\s*",
    re.IGNORECASE,
)
_TEASED = ("читайте", "смотрите", "also", "more:")  # a cheap look before the expression
# The header of an article in one line: a day with its year and its clock, and behind it place and day or agency.
_STAMP = re.compile(
    rf"(?<![\w.,:/-])(?:(?:{FULL_DAY})[\s,|—–-]*{CLOCK}|{CLOCK}[\s,|—–-]*(?:{FULL_DAY}))", re.IGNORECASE
)
_UPPER = "[A-ZА-ЯЁƏİÖÜÇŞĞ]"
_DATELINE = re.compile(
    rf"(?<![\w-]){_UPPER}{{2,}}(?:[ -]{_UPPER}{{2,}})*(?:,\s{_UPPER}[\w-]+(?:\s{_UPPER}[\w-]+)?)?"
    rf"(?:\s*/[^/\n]{{2,30}}/\s*[.:—–-]|,\s*(?i:{SHORT_DAY}|{FULL_DAY})\s*[.,:/(—–-]"
    r"|\s+\((?:[A-ZА-ЯЁ]{2,8}|Reuters)\)\s*[—–-])"
)
_NEXT_SMALL = re.compile(rf"\W*(?!(?i:{LABEL}))[a-zа-яё]")
_SENTENCE_BETWEEN = re.compile(r"(?<=[a-zа-яё]{3})[.!?…]\s")
# By which a site asks to be followed.
CHANNEL = (
    r"telegram|телеграм|t\.me|whats\s?app|youtube|viber|facebook|фейсбук|instagram|инстаграм|twitter|вконтакте|дзен|канал|рассылк|"
    r"соцсет|социальн\w+\s+сет|channel|newsletter|e-?mail|podcast|google\s+news|social\s+media"
)
_TAILS = {
    "subscribe": re.compile(
        r"(?:подписывайтесь|подпишитесь|следите\s+за\s+(?:нами|наши|новостями|обновлениями)|читайте\s+нас|присоединяйтесь|"
        rf"follow\s+(?:us|our)|subscribe\s+to|sign\s+up\s+(?:for|to)|join\s+(?:us|our))(?:\w*\s[^.!?…]{{0,80}}?)\b(?:{CHANNEL})",
        re.IGNORECASE,
    ),
    "tags": re.compile(r"(?:т[эе]ги|ключевые\s+слова|tags|key\s?words)\s*:", re.IGNORECASE),
}
_TAIL_SIGNS = (
    "подпи", "следите", "читайте нас", "присоед", "follow", "subscribe", "sign up", "join", "тэги", "теги", "ключевые", "tags", "key",
)  # fmt: skip  # several to a line
_IMPRINT = re.compile(
    r"©|\(c\)|copyright|rights reserved|права защищены|перепечатк|использовани\w{1,3}\s+(?:\w+\s+)?материалов",
    re.IGNORECASE,
)
_BUTTONS = re.compile(
    rf"\b(?:(?:{CHANNEL})\w*|share|tweet|print|subscribe|tags|back to top|minutes? read|also available in|поделиться|печать|версия для печати|"
    r"подписаться|т[эе]ги|комментари[ийяев]+)\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<=[a-zа-яё\d»”\"')])\s+(?=[«“\"']?[A-ZА-ЯЁ](?![A-ZА-ЯЁ]))")
_SMALL = words_in("small")
_SECOND_WORD = re.compile(r"\S+\s+([^\W\d_]+)")
_STOP = words_in("stop")
_SENTENCE_END = re.compile(r"[.!?…][»”\"')\]]*(?=\s|$)")
_AFTER_SENTENCE = re.compile(r"[.!?…][»”\"')\]]*\s+(?=\S)")
TOLD = re.compile(rf"\b(?:{'|'.join(words_in('told'))})\b", re.IGNORECASE)
_DASHES = "–—-"
_END_MARK = re.compile(rf"(?<=[.!?…»”\")])\s*[{_DASHES}]{{1,2}}\s?(?:0|\d\d[A-ZА-ЯЁ]{{1,2}})\s?[{_DASHES}]{{1,2}}$")
_ENDINGS = [(reason, compile_lines(patterns)) for reason, patterns in CUES["endings"].items()]
_ANY_ENDING = compile_lines("\n".join(pattern.pattern for _, pattern in _ENDINGS))


def split_prefix(line: Line) -> tuple[Removal | None, Line]:
    """The date before the first words of a line, and the line without it. A sentence may begin with one: then a small
    letter goes on from it."""
    match = PREFIX.match(line.text, 0, LONGEST_PREFIX)
    if not match or not without_time(words_of(line.text[match.end() :])):
        return None, line
    if line.text[match.end()].islower() and not match["mark"]:
        return None, line
    start = line.start + match.end()
    rest = line._replace(start=start, text=line.text[match.end() :])
    return _removal(line, match.start(), match.end(), "date line", "date prefix"), rest


def begins_with_bare_day(line: Line) -> bool:
    """Whether a day in figures stands before its first words."""
    match = PREFIX.match(line.text, 0, LONGEST_PREFIX)
    return match is not None and match["bare"] is not None


def split_end_mark(line: Line) -> tuple[Removal | None, Line]:
    """The mark with which an agency ends its news ("… on Monday.-0-", «… не удалось. —06Д—»), and the line without it."""
    match = _END_MARK.search(line.text, max(0, len(line.text) - LONGEST_MARK)) if line.text[-1] in _DASHES else None
    if not match:
        return None, line
    rest = line._replace(end=line.start + match.start(), text=line.text[: match.start()])
    return _removal(line, match.start(), len(line.text), "author box", "end mark"), rest


def find_within(line: Line, first: bool = False) -> list[Removal]:
    """All chrome inside a line that is kept, in order; ``first``: it begins the text."""
    if len(line.text) < LEAST_WITH_ENDING:
        return []
    header = find_header(line) if first else None
    line = _behind(line, header)
    tails = find_tails(line)
    if tails and tails[-1].end == line.start + len(line.text):
        line = line._replace(end=tails[-1].start, text=line.text[: tails[-1].start - line.start])
    found = sorted([*find_teasers(line), *tails], key=lambda one: one.start)
    rest = _behind(line, found[-1] if found else None)
    return _apart([one for one in (header, *found, find_rest(rest) or find_ending(rest)) if one])


def find_header(line: Line) -> Removal | None:
    """Headline, section, date, author and buttons before the place and agency with which an article in one line begins."""
    text = line.text
    stamp = _STAMP.search(text, 0, LONGEST_HEADER)
    dateline = _DATELINE.search(text, stamp.end(), LONGEST_HEADER + LONGEST_DATELINE) if stamp else None
    if not stamp or not dateline or dateline.start() > LONGEST_HEADER or _NEXT_SMALL.match(text, stamp.end()):
        return None
    before, between = text[: stamp.start()].split(), text[stamp.end() : dateline.start()]
    if (before and before[-1].lower() in _STOP) or _SENTENCE_BETWEEN.search(between + " "):
        return None
    alone = dateline[0].rstrip(" —–-")[-1] == ")"  # an agency: only right behind the date is it a dateline
    if (alone and between.strip()) or sum(word[0].islower() for word in between.split()) > 1:
        return None
    return _removal(line, 0, dateline.start(), "date line", "header before a dateline")


def find_tails(line: Line) -> list[Removal]:
    """Invitations to follow the site, and key words, each behind a sentence: with all that comes behind it, or, where
    sentences go on, up to its own full stop."""
    if not any(map(line.text.lower().__contains__, _TAIL_SIGNS)):
        return []
    text = line.text
    starts = [
        (sentence.end(), reason)
        for sentence in _AFTER_SENTENCE.finditer(text)
        for reason, pattern in _TAILS.items()
        if text[sentence.end()].isupper() and pattern.match(text, sentence.end()) and not _is_told(text, sentence.end())
    ]
    found = []
    for number, (start, reason) in enumerate(starts, 1):
        following = starts[number][0] if number < len(starts) else len(text)
        if end := _end_of_tail(text, start, following):
            found.append(_removal(line, start, end, reason, "line tail"))
    return found


def _is_told(text: str, start: int) -> bool:
    """Whether somebody says or writes this sentence."""
    end = _SENTENCE_END.search(text, start)
    return TOLD.search(text, start, end.start() if end else len(text)) is not None


def _end_of_tail(text: str, start: int, end: int) -> int | None:
    """None where it ends a quotation, or runs into sentences that cannot be told from it."""
    own = _SENTENCE_END.search(text, start, end)
    if not own:
        return end
    if own.group()[1:]:
        return None  # the end of a quotation
    short = len(text[start : own.end()].split()) <= LONGEST_INVITATION
    if _has_prose(text[own.end() : end]):
        return own.end() if short else None
    return end if short or text[max(0, end - BLANKS) : end].rstrip()[-1:] not in tuple(".!?…") else None


def _has_prose(text: str) -> bool:
    """Whether a sentence ends in it, before the imprint."""
    imprint = _IMPRINT.search(text)
    last = 0
    for sentence in _SENTENCE_END.finditer(text, 0, imprint.start() if imprint else len(text)):
        if len(words_of(text[last : sentence.end()])) >= PROSE_WORDS:
            return True
        last = sentence.end()
    return False


def find_rest(line: Line) -> Removal | None:
    """Behind the last sentence of an article in one line: buttons, key words, the imprint."""
    text = line.text
    if len(text) < LONG:
        return None
    imprint = _IMPRINT.search(text, len(text) - LONGEST_ENDING)
    end = imprint.start() if imprint else len(text)
    start = max((one.end() for one in _AFTER_SENTENCE.finditer(text, max(0, end - LONG), end)), default=end)
    said = text[start:end].rstrip()
    if not said or said[-1] in '.!?…;,»”"':
        return None
    buttons = sum(len(one.split()) for one in _BUTTONS.findall(said)) + LEAST_BUTTONS * bool(imprint)
    if buttons < max(LEAST_BUTTONS, BUTTON_SHARE * len(said.split())):
        return None
    return _removal(line, start, len(text), "share", "line tail")


def find_teasers(line: Line) -> list[Removal]:
    """Other articles that are advertised between two sentences of a paragraph."""
    if not any(map(line.text.lower().__contains__, _TEASED)):
        return []
    found, last = [], 0
    for match in _TEASER.finditer(line.text):
        before = match.start()
        while before and line.text[before - 1].isspace():
            before -= 1
        end = _end_of_headline(line.text, match.end())
        if end and (line.text[before - 1 : before] in tuple('.!?…»”")') or before == last):
            found.append(_removal(line, match.start(), end, "teaser", "teaser within"))
            last = end
    return found


def _end_of_headline(text: str, start: int) -> int | None:
    """Where a sentence begins behind a headline: at its full stop, or, where it has none, at a capital that is neither a
    name's, as far as the word before tells, nor one of a headline in which all words have them: there, what follows goes on
    with a word that no headline writes small."""
    stop = _SENTENCE_END.search(text, start, start + LONGEST_HEADLINE)
    for match in _CAPITAL.finditer(text, start, stop.start() if stop else start + LONGEST_HEADLINE):
        words = text[start : match.start()].split()
        if len(words) < LEAST_HEADLINE or words[-1].lower() in _STOP:
            continue
        if sum(word[0].isupper() for word in words[1:]) > TITLE_CASE * len(words[1:]):
            following = _SECOND_WORD.match(text, match.end())
            if not following or not following[1][0].islower() or following[1] in _SMALL:
                continue
        return match.start() if _SENTENCE_END.search(text, match.end(), match.end() + LONGEST_SENTENCE) else None
    return stop.end() if stop and text[stop.end() :].strip() else None


def _behind(line: Line, removal: Removal | None) -> Line:
    """The line behind what is removed from it."""
    return line._replace(start=removal.end, text=line.text[removal.end - line.start :]) if removal else line


def find_ending(line: Line) -> Removal | None:
    """What is tacked on behind the last sentence of a paragraph."""
    if len(line.text) < LEAST_WITH_ENDING:
        return None
    base = max(0, len(line.text) - LONGEST_ENDING)
    tail = line.text[base:].replace("\xa0", " ")
    for sentence in _AFTER_SENTENCE.finditer(tail):
        start = sentence.end()
        if _ANY_ENDING.match(tail, start):
            reason = next(reason for reason, pattern in _ENDINGS if pattern.match(tail, start))
            return _removal(line, base + start, len(line.text), reason, "line ending")
    return None


def _apart(removals: Sequence[Removal]) -> list[Removal]:
    """Without those that overlap with one before."""
    apart: list[Removal] = []
    for one in removals:
        if not apart or apart[-1].end <= one.start:
            apart.append(one)
    return apart


def _removal(line: Line, start: int, end: int, reason: str, rule: str) -> Removal:
    """Without the white space at its ends, which belongs to nothing."""
    text = line.text[start:end]
    start += len(text) - len(text.lstrip())
    return Removal(line.start + start, line.start + start + len(text.strip()), reason, 0.95, rule)
