"""What every test leaves behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A request that asks for another language leaves it active in this thread: no test hands it on to the next."""
    yield
    translation.deactivate()
