"""Days, months and years as they are written: 2022-02-22 or 22.02.2022, 2022-02 or 02.2022, 2022."""

from __future__ import annotations

import calendar
import datetime as dt
import re

FORMS = (
    re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?)?"),
    re.compile(r"(?:(?P<day>[0-9]{1,2})\.)?(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})"),
)


def read_parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day; 0 for what is not written. None where it is no date by its form."""
    match = next(filter(None, (form.fullmatch(text.strip()) for form in FORMS)), None)
    if match is None:
        return None
    year, month, day = (int(number) if number else 0 for number in match.group("year", "month", "day"))
    return year, month, day


def read_days(text: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of what is written. Raises ValueError where there is no such day."""
    parts = read_parts(text)
    if parts is None:
        raise ValueError(text)
    year, month, day = parts
    last = day or calendar.monthrange(year, month or 12)[1]
    return dt.date(year, month or 1, day or 1), dt.date(year, month or 12, last)


def to_iso(text: str) -> str:
    """22.02.2022 and 02.2022 as 2022-02-22 and 2022-02; what is no date as it is."""
    parts = read_parts(text)
    return f"{parts[0]:04}" + "".join(f"-{part:02}" for part in parts[1:] if part) if parts else text
