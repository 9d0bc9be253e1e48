"""The stages of the pipeline, and their order, once."""

from __future__ import annotations

from collections.abc import Callable

from newsdesk.pipeline.document import Document
from newsdesk.pipeline.stages.clean import Clean
from newsdesk.pipeline.stages.countries import FindCountries
from newsdesk.pipeline.stages.date import find_date
from newsdesk.pipeline.stages.fingerprint import take_fingerprint
from newsdesk.pipeline.stages.language import find_language
from newsdesk.pipeline.stages.section import find_section
from newsdesk.pipeline.stages.title import find_title
from newsdesk.pipeline.stages.topics import FindTopics
from newsdesk.pipeline.vocabulary import Vocabulary

Stage = Callable[[Document], Document]


def make_stages(vocabulary: Vocabulary) -> list[tuple[str, Stage]]:
    """Each stage with its name, in the order in which a document passes them."""
    return [
        ("clean", Clean(vocabulary.sources)),
        ("title", find_title),
        ("section", find_section),
        ("date", find_date),
        ("language", find_language),
        ("countries", FindCountries(vocabulary.countries)),
        ("topics", FindTopics(vocabulary.topics)),
        ("fingerprint", take_fingerprint),
    ]
