"""Newsdesk. The version stands in pyproject.toml too; a test holds them together."""

__version__ = "0.1.0"
