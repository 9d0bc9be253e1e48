"""Sets of article ids, out of the database in one value instead of a row an id."""

from __future__ import annotations

import array
from collections.abc import Iterable, Sequence

import numpy as np
from django.db import connection
from pyroaring import BitMap


def select_ids(sql: str, parameters: Sequence[str | int | None] = ()) -> BitMap:
    """What ``sql`` selects as ``id``. A row an id would cost two to three times as much."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"SELECT group_concat(id) FROM ({sql})", parameters)  # noqa: S608
            found = cursor.fetchone()[0]
            numbers = np.fromstring(found or "", dtype=np.uint32, sep=",")
        else:
            cursor.execute(f"SELECT string_agg(int4send(id::int), '') FROM ({sql}) AS found", parameters)  # noqa: S608
            numbers = np.frombuffer(cursor.fetchone()[0] or b"", dtype=">u4").astype(np.uint32)
    return bitmap_of(numbers)


def bitmap_of(numbers: np.ndarray[tuple[int], np.dtype[np.uint32]]) -> BitMap:
    """By way of an `array`, which pyroaring reads in place; seven times faster than from numpy itself."""
    return BitMap(array.array("I", numbers.tobytes()))


def in_list(ids: Iterable[int]) -> str:
    """For ``IN (…)``: numbers of our own need no parameters, of which a database takes only so many."""
    return ",".join(str(int(id_)) for id_ in ids)
