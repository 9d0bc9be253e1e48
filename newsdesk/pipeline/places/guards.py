"""Words that only look like places: what surrounds a name tells."""

from __future__ import annotations

# Phrases that hold a place's name and speak of no country. Small letters; all case forms are matched.
NOT_PLACES = (
    "Indian Ocean",
    "Gulf of Mexico",
    "English Channel",
    "South China Sea",
    "East China Sea",
    "Sea of Japan",
    "Persian Gulf",
    "Latin America",
    "South America",
    "North America",
    "Central America",
    "Native American",
    "Indian summer",
    "Индийский океан",
    "Мексиканский залив",
    "Южно-Китайское море",
    "Японское море",
    "Персидский залив",
    "Латинская Америка",
    "Южная Америка",
    "Северная Америка",
    "Центральная Америка",
    "Ближний Восток",
)
