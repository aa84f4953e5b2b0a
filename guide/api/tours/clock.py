"""Times of day as people write them."""

from typing import Annotated

import msgspec

from guide.domain.errors import UsageError

TimeOfDay = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""``HH:MM`` on the area's own clock."""


def seconds_of(text: str) -> float:
    """The seconds from midnight of a time that fits ``TimeOfDay``."""
    hours, minutes = text.split(":")
    return 3600.0 * int(hours) + 60.0 * int(minutes)


def time_text(seconds: float) -> str:
    """A time of day to the minute, past midnight too ("25:10" is ten past one of the next day)."""
    minutes = round(seconds / 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def checked_time(text: str | None) -> str | None:
    """A time of an address.

    Raises:
        UsageError: it does not fit ``TimeOfDay``.
    """
    if text is not None:
        try:
            msgspec.convert(text, TimeOfDay)
        except msgspec.ValidationError:
            raise UsageError(f"{text[:20]!r} is not a time of day. Write HH:MM, such as 09:30.") from None
    return text
