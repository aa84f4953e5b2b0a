"""The forms: which fields each kind of entry has, in which order, and what one types into each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from guide.domain.closure import ClosureKind
from guide.domain.entry import EntryKind
from guide.domain.landmark import LandmarkKind
from guide.domain.slope import Theme


class Widget(StrEnum):
    """How a field is typed."""

    LINE = "line"
    STORY = "story"  # several lines
    MANY = "many"  # an entry a line
    NUMBER = "number"
    CHOICE = "choice"  # one of some words
    TICKS = "ticks"  # any of some words
    MOMENT = "moment"  # a day, and a time if one likes
    MAP = "map"  # a point or a line
    STOPS = "stops"  # slopes and landmarks in their order
    SLOPE = "slope"  # another entry
    PHOTO = "photo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field.

    ``words`` are those to choose from, each with a text of its own; ``examples`` are offered, but anything may be
    typed; ``unit`` stands behind a number.
    """

    column: str
    widget: Widget = Widget.LINE
    required: bool = False
    longest: int = 200
    words: tuple[str, ...] = ()
    unit: str = ""
    lang: str | None = None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Fields that belong together; ``open`` ones are seen at once, ``wide`` ones have a column of their own."""

    word: str
    fields: tuple[Field, ...]
    open: bool = True
    wide: bool = False


_LICENCES: Final = ("CC BY 4.0", "CC BY-SA 4.0", "CC0 1.0", "公共データ利用規約（第1.0版）")
_EFFORTS: Final = tuple(map(str, range(1, 6)))

_NAMES: Final = (
    Field(column="name", required=True),
    Field(column="reading"),
    Field(column="name_en", lang="en"),
)
_OTHER_NAMES: Final = (
    Field(column="other_names", widget=Widget.MANY, longest=1_000),
    Field(column="other_readings", widget=Widget.MANY, longest=1_000),
)
_STORIES: Final = (
    Field(column="description_ja", widget=Widget.STORY, longest=4_000, lang="ja"),
    Field(column="description_en", widget=Widget.STORY, longest=4_000, lang="en"),
)
_THEMES: Final = Field(column="themes", widget=Widget.TICKS, words=tuple(theme.value for theme in Theme))
_PHOTO: Final = Section(
    word="photo",
    fields=(
        Field(column="photo", widget=Widget.PHOTO, longest=500),
        Field(column="photo_credit"),
        Field(column="photo_licence", examples=_LICENCES),
        Field(column="photo_source"),
    ),
)
_RIGHTS: Final = Section(
    word="rights",
    fields=(
        Field(column="credit"),
        Field(column="licence", examples=_LICENCES),
        Field(column="sources", widget=Widget.MANY, longest=1_000),
        Field(column="note", widget=Widget.STORY, longest=4_000),
    ),
)
_MAP: Final = Section(word="place", fields=(Field(column="line", widget=Widget.MAP, longest=200_000),), wide=True)

SECTIONS: Final[Mapping[EntryKind, tuple[Section, ...]]] = MappingProxyType(
    {
        EntryKind.SLOPE: (
            Section(word="names", fields=_NAMES),
            _MAP,
            Section(word="story", fields=(*_STORIES, _THEMES)),
            Section(
                word="on-the-spot",
                fields=(
                    Field(column="posted_grade_percent", widget=Widget.NUMBER, unit="%", longest=10),
                    Field(column="steps", widget=Widget.NUMBER, unit="steps", longest=10),
                    Field(column="reported_effort", widget=Widget.CHOICE, words=_EFFORTS),
                ),
            ),
            _PHOTO,
            _RIGHTS,
            Section(word="other-names", fields=_OTHER_NAMES, open=False),
        ),
        EntryKind.LANDMARK: (
            Section(
                word="names",
                fields=(
                    *_NAMES,
                    Field(
                        column="kind",
                        widget=Widget.CHOICE,
                        required=True,
                        words=tuple(kind.value for kind in LandmarkKind),
                    ),
                ),
            ),
            _MAP,
            Section(word="story", fields=(*_STORIES, Field(column="opening_hours"), _THEMES)),
            _PHOTO,
            _RIGHTS,
            Section(
                word="other-names",
                fields=(*_OTHER_NAMES, Field(column="reported_effort", widget=Widget.CHOICE, words=_EFFORTS)),
                open=False,
            ),
        ),
        EntryKind.TOUR: (
            Section(word="names", fields=_NAMES),
            Section(
                word="stops",
                fields=(Field(column="stops", widget=Widget.STOPS, required=True, longest=4_000),),
                wide=True,
            ),
            Section(word="story", fields=_STORIES),
            _RIGHTS,
        ),
        EntryKind.CLOSURE: (
            Section(
                word="what",
                fields=(
                    Field(
                        column="kind",
                        widget=Widget.CHOICE,
                        required=True,
                        words=tuple(kind.value for kind in ClosureKind),
                    ),
                    *_STORIES,
                ),
            ),
            Section(
                word="closed-place",
                fields=(
                    Field(column="slope", widget=Widget.SLOPE),
                    Field(column="line", widget=Widget.MAP, longest=200_000),
                ),
                wide=True,
            ),
            Section(
                word="closed-time",
                fields=(
                    Field(column="starts", widget=Widget.MOMENT),
                    Field(column="ends", widget=Widget.MOMENT),
                    Field(column="note", widget=Widget.STORY, longest=4_000),
                ),
            ),
        ),
    }
)


def list_fields(kind: EntryKind) -> list[Field]:
    """Every field of a form, in order."""
    return [field for section in SECTIONS[kind] for field in section.fields]
