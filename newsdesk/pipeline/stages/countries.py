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
    """Built once: the gazetteers are what takes time."""

    def __init__(self, countries: tuple[Country, ...]) -> None:
        self.gazetteer = Gazetteer.from_countries(countries)
        languages = {language for country in countries for language in country.names} - set(EVERYWHERE)
        self.of_language = {language: Gazetteer.from_countries(countries, language) for language in sorted(languages)}

    def __call__(self, document: Document) -> Document:
        return replace(document, countries=weigh(self.find_places(document), document.body))

    def find_places(self, document: Document) -> list[Place]:
        language = document.language
        sure = language.confidence >= SURE_LANGUAGE
        gazetteer = self.of_language.get(language.value, self.gazetteer) if sure else self.gazetteer
        return find_places(gazetteer, document.title.value, document.body)
