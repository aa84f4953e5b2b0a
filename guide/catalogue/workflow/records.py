"""What the desk tells of an entry: values, detached from the database."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from guide.domain.entry import Entry, EntryKind


class Stage(StrEnum):
    """Where the latest revision of an entry stands; the values are stored."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Origin(StrEnum):
    """How a revision came about; the values are stored."""

    DESK = "desk"  # typed into the form
    FILE = "file"  # from a spreadsheet
    SEED = "seed"  # from the files that the area came with
    RESTORED = "restored"  # an earlier revision again
    SUGGESTED = "suggested"  # after a visitor's suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRecord:
    """An entry as lists show it. ``head`` and ``published`` are numbers of revisions; ``version`` counts changes."""

    area: str
    kind: EntryKind
    key: str
    stage: Stage
    head: int
    published: int | None
    version: int
    name: str
    reading: str | None
    has_place: bool
    has_story: bool
    has_photo: bool
    changed_at: datetime
    changed_by: str
    publish_at: datetime | None = None
    publish_number: int | None = None
    publish_by: str | None = None

    @property
    def is_public(self) -> bool:
        """Whether visitors see something of it."""
        return self.published is not None

    @property
    def has_changes(self) -> bool:
        """Whether the latest revision is another than the one that visitors see."""
        return self.published is not None and self.published != self.head


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRecord:
    """One revision."""

    number: int
    entry: Entry
    origin: Origin
    note: str | None
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody said of a revision. ``act`` is what they did with it: comment, submitted, returned, approved."""

    number: int
    act: str
    text: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a publication did to an entry: from one revision to another, None where visitors saw or see nothing."""

    key: str
    kind: EntryKind
    name: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One act of publishing."""

    id: str
    area: str
    made_at: datetime
    made_by: str
    changes: tuple[Change, ...] = field(default=())
