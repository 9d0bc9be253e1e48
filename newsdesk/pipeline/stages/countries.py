"""Which countries an article is about, and which others it mentions, with the words that say so.

Names, demonyms, capitals, regions and cities are found by their forms in title and body (places/gazetteer.py). What
only looks like one is left out (places/guards.py), and a name that several countries share goes to the one that is
meant (places/meaning.py). A country's weight is its salience (places/salience.py).
"""

from __future__ import annotations

from dataclasses import replace

from newsdesk.pipeline.document import Document
from newsdesk.pipeline.places.gazetteer import Gazetteer
from newsdesk.pipeline.places.meaning import Place, find_places
from newsdesk.pipeline.places.salience import weigh
from newsdesk.pipeline.vocabulary import Country


class FindCountries:
    """Built once: the gazetteer is what takes time."""

    def __init__(self, countries: tuple[Country, ...]) -> None:
        self.gazetteer = Gazetteer.from_countries(countries)

    def __call__(self, document: Document) -> Document:
        return replace(document, countries=weigh(self.find_places(document), document.body))

    def find_places(self, document: Document) -> list[Place]:
        return find_places(self.gazetteer, document.title.value, document.body)
