"""The query language, as a table to be shown beside the search box. Each example is one that `parse` reads."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """Explanations and examples, by language of the interface."""

    en: str
    ru: str
    examples_en: tuple[str, ...]
    examples_ru: tuple[str, ...]

    def explain(self, language: str) -> str:
        return self.ru if language == "ru" else self.en

    def examples(self, language: str) -> tuple[str, ...]:
        return self.examples_ru if language == "ru" else self.examples_en


HELP = (
    Entry(
        "All of the words, in any form",
        "Все слова, в любой форме",
        ("peacekeepers withdrawal",),
        ("миротворцы вывод",),
    ),
    Entry(
        "Words next to each other, in this order",
        "Слова рядом, в этом порядке",
        ('"alliance declaration"',),
        ('"союзническая декларация"',),
    ),
    Entry(
        "Words within 5 words of each other, in any order",
        "Слова не дальше 5 слов друг от друга, в любом порядке",
        ('"Putin Aliyev"~5',),
        ('"Путин Алиев"~5',),
    ),
    Entry(
        "One or the other; both; the first without the second",
        "Одно или другое; оба; первое без второго",
        ("Shusha OR Lachin", "Baku AND Yerevan", "Baku -football", "Baku NOT football"),
        ("Шуша ИЛИ Лачин", "Баку И Ереван", "Баку -футбол", "Баку НЕ футбол"),
    ),
    Entry(
        "Parentheses say what belongs together",
        "Скобки показывают, что относится к чему",
        ("(Shusha OR Lachin) corridor",),
        ("(Шуша OR Лачин) коридор",),
    ),
    Entry(
        "Exactly this form",
        "Ровно эта форма",
        ("=pipelines", '="foreign ministers"'),
        ("=Баку", '="министры иностранных дел"'),
    ),
    Entry(
        "All words that begin so",
        "Все слова, которые так начинаются",
        ("azerbaijan*",),
        ("карабах*",),
    ),
    Entry(
        "At least so many times",
        "Не меньше стольких раз",
        ("Karabakh^3", "(Karabakh OR Artsakh)^3", "title:Karabakh OR Karabakh^3"),
        ("карабах*^3", "(карабах* OR арцах*)^3", "title:карабах* OR карабах*^3"),
    ),
    Entry(
        "Only in the title; only in the body",
        "Только в заголовке; только в тексте",
        ("title:AZAL", "body:(crash OR shot)"),
        ("title:AZAL", "body:(крушение OR сбит)"),
    ),
    Entry(
        "Country, as ISO code: about or mentioned; only about",
        "Страна, код ISO: о ней или упомянута; только о ней",
        ("country:az", "about:az", "country:(az OR am)", "country:az,am"),
        ("country:az", "about:az", "country:(az OR am)", "country:az,am"),
    ),
    Entry(
        "Topic, language, source, story, as in the filters",
        "Тема, язык, источник, сюжет, как в фильтрах",
        ("topic:karabakh", "language:ru", "source:northern-wire", "story:12"),
        ("topic:karabakh", "language:ru", "source:northern-wire", "story:12"),
    ),
    Entry(
        "Published from a day on; up to a day; a month or a year will do",
        "Опубликовано начиная с дня; по день включительно; можно месяц или год",
        ("after:2022-02-22", "before:2022-02", "after:2020 before:2021"),
        ("after:22.02.2022", "before:02.2022", "after:2020 before:2021"),
    ),
    Entry(
        "With a known date; without one; without a topic; without a country",
        "С известной датой; без неё; без темы; без страны",
        ("has:date", "-has:date", "-has:topic", "-has:country"),
        ("has:date", "-has:date", "-has:topic", "-has:country"),
    ),
    Entry(
        "With notes that you see; without; with notes of yours. Not in rules of topics, which are the same for everyone",
        "С пометками, которые вам видны; без них; с вашими. Не в правилах тем: те для всех одни",
        ("annotated:yes", "annotated:no", "annotated:mine"),
        ("annotated:да", "annotated:нет", "annotated:мои"),
    ),
)
