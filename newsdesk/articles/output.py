"""Where a command writes: a file, or standard output, which whoever reads it may close (``| head``)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.core.management.base import CommandError


@contextmanager
def open_output(name: str) -> Iterator[TextIO]:
    """The file ``name``, or standard output for ``-``. A pipe that is closed ends the command without a word."""
    if name == "-":
        try:
            yield sys.stdout
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python's last flush complains
            sys.exit(1)
        return
    try:
        file = Path(name).open("w", encoding="utf-8")  # noqa: SIM115  (only the opening is guarded)
    except OSError as error:
        raise CommandError(f"{name} cannot be written: {error.strerror}.") from error
    with file:
        yield file
