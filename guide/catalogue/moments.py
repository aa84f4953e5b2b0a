"""Dates and times as staff write them."""

import re
import unicodedata
from datetime import datetime, timedelta
from typing import Final

_DATE: Final = re.compile(
    r"(?:(?P<era>令和|平成|[RrHh])\.?\s*)?(?P<year>\d{1,4}|元)\s*(?:[-/.]|年)\s*(?P<month>\d{1,2})\s*(?:[-/.]|月)\s*"
    r"(?P<day>\d{1,2})\s*日?(?:\s*[(（][^)）]*[)）])?"
    r"(?:[\sT]*(?P<hour>\d{1,2})\s*(?::|時)\s*(?:(?P<minute>\d{1,2})\s*分?)?(?::\d{2}(?:\.\d+)?)?)?"
)
_ERAS: Final = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988}
_FIRST_WHOLE_YEAR: Final = 1000
_END_OF_DAY: Final = 24


def read_moment(text: str, *, end: bool = False) -> datetime:
    """A date, or a date and a time, on the clock of the place: year first, in Western years or Japanese eras.

    ``2026-12-01``, ``2026/12/1 9:00``, ``2026年12月1日（火）9時30分``, ``令和8年12月1日``, ``R8.12.1 24:00``.
    A date without a time begins that day; as an ``end`` it is the day's last moment, that is the next day's first.

    Raises:
        ValueError: it is none of these, or there is no such day.
    """
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise ValueError(f"no date: {text!r}")
    year = 1 if found["year"] == "元" else int(found["year"])
    if found["era"]:
        year += _ERAS[found["era"].upper()]
    elif year < _FIRST_WHOLE_YEAR:
        raise ValueError(f"no date: {text!r}")  # "1/12/26" may mean any of three days
    try:
        day = datetime(year, int(found["month"]), int(found["day"]))  # noqa: DTZ001 (the clock of the place)
    except ValueError as error:
        raise ValueError(f"no date: {text!r}") from error
    if found["hour"] is None:
        return day + timedelta(days=1) if end else day
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if hour > _END_OF_DAY or minute > 59 or (hour == _END_OF_DAY and minute):  # noqa: PLR2004 (minutes)
        raise ValueError(f"no date: {text!r}")
    return day + timedelta(hours=hour, minutes=minute)
