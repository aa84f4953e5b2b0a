"""What a suggestion may be about, and what is told of one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

LONGEST_TEXT: Final = 1_000
LONGEST_NAME: Final = 60
LONGEST_REASON: Final = 1_000


class About(StrEnum):
    """What a suggestion is about; the values are stored."""

    NAME = "name"
    READING = "reading"
    NAME_EN = "name_en"
    STORY_JA = "description_ja"
    STORY_EN = "description_en"
    SIGN = "posted_grade_percent"
    STEPS = "steps"
    PLACE = "place"
    CLOSED = "closed"
    OTHER = "other"

    @property
    def column(self) -> str | None:
        """The column of a slope that it would change; None where somebody must read it first."""
        return None if self in {About.PLACE, About.CLOSED, About.OTHER} else self.value


class State(StrEnum):
    """What became of a suggestion; the values are stored."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """What a visitor sends. ``thanks`` is whom to thank by name, if they wish it; ``language`` is what they read."""

    key: str
    name: str
    about: About
    text: str
    thanks: str | None
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A suggestion and what became of it: ``reason`` is what staff said, ``number`` the revision made of it."""

    id: int
    area: str
    suggested: Suggested
    state: State
    made_at: datetime
    reason: str | None = None
    number: int | None = None
    answered_at: datetime | None = None
    answered_by: str | None = None
