"""The topics of the list, and where on a form each finding is mended."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Topic(StrEnum):
    """What a finding is about, in the order of the list."""

    SIGNS = "signs"
    STREETS = "streets"
    PLACES = "places"
    READINGS = "readings"
    STORIES = "stories"
    CREDITS = "credits"
    OTHER = "other"


_FIELD_OF_CODE: Final[Mapping[str, str]] = {
    "slope.sign-disagrees": "posted_grade_percent",
    "slope.steps-disagree": "steps",
    "slope.incline-disagrees": "line",
    "todo.no-story": "description_ja",
}
_TOPIC_OF_CODE: Final[Mapping[str, Topic]] = {
    "slope.sign-disagrees": Topic.SIGNS,
    "slope.steps-disagree": Topic.SIGNS,
    "slope.incline-disagrees": Topic.SIGNS,
    "todo.street-changed": Topic.STREETS,
    "todo.no-story": Topic.STORIES,
}
_TOPIC_OF_FIELD: Final[Mapping[str, Topic]] = {
    "line": Topic.PLACES,
    "reading": Topic.READINGS,
    "other_readings": Topic.READINGS,
    **dict.fromkeys(("licence", "credit", "sources"), Topic.CREDITS),
    **dict.fromkeys(("photo", "photo_credit", "photo_licence"), Topic.CREDITS),
}


def field_of(code: str, column: str | None) -> str:
    """The field of the form on which a finding is mended; that of the place for what no column is named for."""
    if code in _FIELD_OF_CODE:
        return _FIELD_OF_CODE[code]
    first = (column or "").partition(", ")[0]
    return "line" if first in {"", "lng", "lat"} else first


def topic_of(code: str, field: str) -> Topic:
    """What a finding is about."""
    return _TOPIC_OF_CODE.get(code) or _TOPIC_OF_FIELD.get(field, Topic.OTHER)
