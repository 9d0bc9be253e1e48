"""Stories: which articles tell of one event, across outlets and languages, and why.

Not a stage, since it needs the corpus. In this order, from sure to doubtful:

1. an exact copy, by the hash of all words;
2. a reprint, also with chrome around it or only a part of it, by shared shingles;
3. the same event in the same language, within a window of days, by terms, names, numbers, dates and quotations;
4. the same event in another language, by what survives translation: names, numbers, dates, countries and the words
   of `newsdesk.language.lexicon`.

`group` does it for a whole corpus, `StoryIndex` article by article; both by the same scores. What runs through the
whole dossier weighs little, what few articles share weighs much.
"""

from newsdesk.pipeline.stories.grouping import group
from newsdesk.pipeline.stories.index import StoryIndex
from newsdesk.pipeline.stories.items import Because, Grouping, Kind, Link, Placement, StoryItem

__all__ = ["Because", "Grouping", "Kind", "Link", "Placement", "StoryIndex", "StoryItem", "group"]
