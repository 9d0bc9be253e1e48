"""The query language: text to tree, and a tree against one text."""

from newsdesk.query.errors import QueryError
from newsdesk.query.parser import parse
from newsdesk.query.tree import Node, Query

__all__ = ["Node", "Query", "QueryError", "parse"]
