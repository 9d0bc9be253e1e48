"""Which countries an article is about, and which others it mentions, with the words that say so.

Names, demonyms, capitals, regions and cities are found by their forms in title and body (places/gazetteer.py). What
only looks like one is left out (places/guards.py), and a name that several countries share goes to the one that is
meant (places/meaning.py). A country's weight is its salience (places/salience.py).
"""

from __future__ import annotations

from dataclasses import replace

from newsdesk.pipeline.document import Document
from newsdesk.pipeline.places.gazetteer import EVERYWHERE, Gazetteer
from newsdesk.pipeline.places.meaning import Place, find_places
from newsdesk.pipeline.places.salience import weigh
from newsdesk.pipeline.vocabulary import Country

SURE_LANGUAGE = 0.6  # a headline of names alone is easily taken for another language


class FindCountries:
    """Built once: the gazetteers are what takes time. That of a language is built for its first text."""

    def __init__(self, countries: tuple[Country, ...]) -> None:
        self.countries = countries
        self.gazetteer = Gazetteer.from_countries(countries)
        self.claimants = {country.code: country.claimants for country in countries if country.claimants}
        self.languages = {language for country in countries for language in country.names} - set(EVERYWHERE)
        self.of_language: dict[str, Gazetteer] = {}

    def __call__(self, document: Document) -> Document:
        return replace(document, countries=weigh(self.find_places(document), document.body, self.claimants))

    def find_places(self, document: Document) -> list[Place]:
        language = document.language
        sure = language.confidence >= SURE_LANGUAGE
        gazetteer = self._of(language.value) if sure else self.gazetteer
        return find_places(gazetteer, document.title.value, document.body)

    def _of(self, language: str) -> Gazetteer:
        if language not in self.languages:
            return self.gazetteer
        if language not in self.of_language:
            self.of_language[language] = Gazetteer.from_countries(self.countries, language)
        return self.of_language[language]
