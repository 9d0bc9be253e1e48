"""Days in words."""

from __future__ import annotations

import calendar
import datetime as dt

from django.utils.formats import date_format


def span_of_days(first: dt.date, last: dt.date) -> str:
    """“25–26 December 2024”: month and year once where they are the same."""
    if first == last:
        return date_format(last, "j E Y")
    begin = "j" if (first.year, first.month) == (last.year, last.month) else "j E" if first.year == last.year else ""
    dash = "–" if begin == "j" else " – "
    return f"{date_format(first, begin or 'j E Y')}{dash}{date_format(last, 'j E Y')}"


def end_of(month: dt.date) -> dt.date:
    """The last day of the month of a day."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])
