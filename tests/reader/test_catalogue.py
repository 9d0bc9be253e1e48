"""The Russian catalogue: complete, and compiled as it stands."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "newsdesk" / "locale" / "ru" / "LC_MESSAGES"


@pytest.fixture(scope="module")
def source() -> Catalog:
    with (FOLDER / "django.po").open("rb") as file:
        return read_po(file, locale="ru")


def forms(text: object) -> tuple[str, ...]:
    """A message in all of its plural forms."""
    return tuple(str(form) for form in text) if isinstance(text, tuple | list) else (str(text or ""),)


def strings(catalogue: Catalog) -> dict[tuple[str, tuple[str, ...]], tuple[str, ...]]:
    """Contexts come as bytes from a compiled catalogue."""
    found = {}
    for message in catalogue:
        context: object = message.context or ""
        text = context.decode() if isinstance(context, bytes) else str(context)
        if message.id:
            found[text, forms(message.id)] = forms(message.string)
    return found


def test_every_message_is_translated(source: Catalog) -> None:
    untranslated = [
        message.id for message in source if message.id and (message.fuzzy or not all(forms(message.string)))
    ]

    assert untranslated == []


def test_translations_keep_what_is_filled_in(source: Catalog) -> None:
    assert [(message.id, str(error)) for message, errors in source.check() for error in errors] == []


def test_the_compiled_catalogue_is_that_of_the_source(source: Catalog) -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = read_mo(file)

    assert strings(compiled) == strings(source)
