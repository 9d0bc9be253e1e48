"""What every test leaves behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from newsdesk.reader.names import read_names


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A request that asks for another language leaves it active in this thread: no test hands it on to the next."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def own_names() -> None:
    """What a test writes is taken back, with the history that tells a process that names have changed."""
    read_names.cache_clear()
