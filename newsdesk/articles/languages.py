"""Which languages there are names for."""

from __future__ import annotations

from django.conf.locale import LANG_INFO

from newsdesk.language.detect import LANGUAGES


def is_named(code: str) -> bool:
    """Whether Django, whose names are shown, has one."""
    return "name" in LANG_INFO.get(code, {})


def is_known(code: str) -> bool:
    """What is named, and what the machine finds."""
    return is_named(code) or code in LANGUAGES.split()
