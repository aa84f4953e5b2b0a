"""Tables in the words of the desk: its names for columns and for what stands in them, as workbooks carry them."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Final

from guide.catalogue.cells import Cells
from guide.catalogue.sheet import Columns, heading_key
from guide.catalogue.tables import TABLES
from guide.domain.closure import ClosureKind
from guide.domain.entry import EntryKind
from guide.domain.landmark import LandmarkKind
from guide.domain.slope import Theme
from guide.domain.texts import LANGUAGES, say

_KINDS: Final[Mapping[EntryKind, tuple[str, ...]]] = MappingProxyType(
    {EntryKind.LANDMARK: tuple(LandmarkKind), EntryKind.CLOSURE: tuple(ClosureKind)}
)
_STATUS_WORDS: Final = ("published", "draft", "retired")
_MANY: Final = "themes"
_BETWEEN: Final = ";"


def heading(column: str, language: str) -> str:
    """What the desk calls a column."""
    return say(language, f"field.{column}")


def title(kind: EntryKind, language: str) -> str:
    """What the desk calls a table."""
    return say(language, f"tab.{kind.value}")


@cache
def columns_as_said(kind: EntryKind) -> Columns:
    """A table's columns, known by the desk's names too."""
    columns = TABLES[kind].columns
    said = {heading(column, language): column for language in LANGUAGES for column in columns.names}
    return replace(columns, aliases={**said, **columns.aliases})


def kind_of_title(text: str) -> EntryKind | None:
    """The table that a sheet or a file is called after."""
    wanted = heading_key(text)
    names = {heading_key(title(kind, language)): kind for kind in EntryKind for language in LANGUAGES}
    names |= {heading_key(table.file.removesuffix(".csv")): kind for kind, table in TABLES.items()}
    return names.get(wanted)


def words_of(kind: EntryKind, column: str, language: str) -> dict[str, str]:
    """What a column's words are called, where it has words of its own."""
    match column:
        case "kind":
            return {word: say(language, f"choice.{kind.value}-{word}") for word in _KINDS.get(kind, ())}
        case "themes":
            return {theme.value: say(language, f"theme.{theme.value}") for theme in Theme}
        case "status":
            return {word: say(language, f"status.{word}") for word in _STATUS_WORDS}
        case _:
            return {}


def in_words(kind: EntryKind, cells: Cells, language: str) -> dict[str, str]:
    """The cells of a row as a person reads them."""
    said = {}
    for column, text in cells.items():
        words = words_of(kind, column, language)
        said[column] = _BETWEEN.join(words.get(part, part) for part in _parts(column, text))
    return said


def from_words(kind: EntryKind, cells: Cells) -> dict[str, str]:
    """The cells of a row that somebody has written, in the catalogue's own words; others stay as they are."""
    known = _known_words(kind)
    written = dict(cells)
    for column in known.keys() & cells.keys():
        words = known[column]
        written[column] = _BETWEEN.join(words.get(heading_key(part), part) for part in _parts(column, cells[column]))
    return written


@cache
def _known_words(kind: EntryKind) -> Mapping[str, Mapping[str, str]]:
    columns = [column for column in ("kind", "themes", "status") if column in TABLES[kind].columns.names]
    return {
        column: {
            heading_key(called): word
            for language in LANGUAGES
            for word, called in words_of(kind, column, language).items()
        }
        for column in columns
    }


def _parts(column: str, text: str) -> list[str]:
    """The words in a cell: one, or several where a column may have several."""
    return [part.strip() for part in text.split(_BETWEEN)] if column == _MANY else [text]
