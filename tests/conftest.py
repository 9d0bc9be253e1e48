"""What holds for every test, and what it leaves behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

# How fast something is, on a machine that has other work, is for bench/ to say.
settings.register_profile("newsdesk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("newsdesk")


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A request that asks for another language leaves it active in this thread: no test hands it on to the next."""
    yield
    translation.deactivate()
