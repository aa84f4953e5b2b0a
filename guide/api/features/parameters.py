"""Parameters that are written as lists: boxes, times, words."""

from datetime import datetime, timedelta, tzinfo
from typing import Final

from guide.api.features.places import Frame, frame_of
from guide.api.features.question import Interval
from guide.domain.errors import UsageError

CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def parse_bbox(text: str) -> Frame:
    """West, south, east, north.

    Raises:
        UsageError: these are not four (or six) numbers on the globe.
    """
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    return frame_of(numbers, "bbox")


def parse_interval(text: str, zone: tzinfo) -> Interval:
    """A moment or an interval (OGC 17-069r4, requirement 25); a date alone is a day on the clocks of ``zone``.

    Raises:
        UsageError: it is neither.
    """
    begin, slash, end = text.partition("/")
    if not slash:
        return Interval(begins=_moment(begin, text, zone), ends=_moment(begin, text, zone, end_of_day=True))
    if begin in {"", ".."} and end in {"", ".."}:
        raise UsageError(f"datetime: {text!r} has no end at all.")
    interval = Interval(
        begins=None if begin in {"", ".."} else _moment(begin, text, zone),
        ends=None if end in {"", ".."} else _moment(end, text, zone, end_of_day=True),
    )
    if interval.begins and interval.ends and interval.begins > interval.ends:
        raise UsageError(f"datetime: {text!r} ends before it begins.")
    return interval


def _moment(part: str, text: str, zone: tzinfo, *, end_of_day: bool = False) -> datetime:
    """A date and time with its zone; of a date alone its beginning or its end."""
    try:
        if len(part) == len("2026-12-01"):
            day = datetime.fromisoformat(f"{part}T00:00:00").replace(tzinfo=zone)
            return day + timedelta(days=1, microseconds=-1) if end_of_day else day
        moment = datetime.fromisoformat(part)
    except (ValueError, OverflowError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise UsageError(
            f"datetime: {text!r} is not understood. Write 2026-12-01T09:00:00+09:00, or two of them with / between."
        )
    return moment


def parse_words(text: str, known: frozenset[str], name: str) -> frozenset[str]:
    """Words of a list.

    Raises:
        UsageError: one of them is not known.
    """
    words = frozenset(word.strip() for word in text.split(","))
    if not words <= known:
        wrong = ", ".join(sorted(repr(word) for word in words - known))
        raise UsageError(f"{name}: {wrong} is not known. Known: {', '.join(sorted(known))}.")
    return words


def parse_efforts(text: str) -> frozenset[int]:
    """Efforts 1 to 5.

    Raises:
        UsageError: one of them is none.
    """
    words = parse_words(text, frozenset("12345"), "effort")
    return frozenset(int(word) for word in words)
