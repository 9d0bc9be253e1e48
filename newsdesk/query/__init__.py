"""The query language: text to tree, and a tree against one text."""

from newsdesk.query.errors import QueryError
from newsdesk.query.match import Found, IndexedText, find_words
from newsdesk.query.parser import parse
from newsdesk.query.tree import Node, Query

__all__ = ["Found", "IndexedText", "Node", "Query", "QueryError", "find_words", "parse"]
