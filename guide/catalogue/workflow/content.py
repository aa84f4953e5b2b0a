"""An entry as the database keeps it, and what its row says of it for lists."""

import unicodedata
from dataclasses import MISSING, fields, replace
from typing import Any, Final

import msgspec

from guide.catalogue.tables import TABLES
from guide.domain.closure import CatalogueClosure
from guide.domain.entry import Entry, EntryKind, called

Json = dict[str, Any]

_KATAKANA: Final = range(ord("ァ"), ord("ヶ") + 1)
_TO_HIRAGANA: Final = {code: code - 0x60 for code in _KATAKANA}
_PUBLISHED: Final = "published"


def to_stored(entry: Entry) -> Json:
    """The fields that say something. Whether an entry is published is not for its content to say."""
    given = {
        field.name: value
        for field in fields(entry)
        if (value := getattr(entry, field.name)) != (None if field.default is MISSING else field.default)
        and field.name != "status"
    }
    stored: Json = msgspec.to_builtins(given)
    return stored


def from_stored(kind: EntryKind, stored: Json) -> Entry:
    """The entry back; a field that a newer program has added keeps its default."""
    entry: Entry = msgspec.convert(stored, TABLES[kind].entry)
    return entry


def unpublished(entry: Entry) -> Entry:
    """The same without what a file says of its status."""
    return replace(entry, status=_PUBLISHED)


def row_values(entry: Entry) -> dict[str, Any]:
    """What lists show and search for."""
    reading = None if isinstance(entry, CatalogueClosure) else entry.reading
    name = called(entry)
    if isinstance(entry, CatalogueClosure):
        name = (entry.description_ja or entry.description_en or entry.id).partition("\n")[0]
    return {
        "name": name,
        "reading": reading,
        "sort_key": searchable(reading or name),
        "search": searchable(" ".join([entry.id, name, *_words(entry)])),
        "has_place": any(getattr(entry, column, None) for column in ("lng_lat", "line", "stops", "slope_id")),
        "has_story": bool(entry.description_ja or entry.description_en),
        "has_photo": bool(getattr(entry, "photo", None)),
    }


def searchable(text: str) -> str:
    """A text as it is compared: width, case and the two kinds of kana do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_TO_HIRAGANA).split())


def _words(entry: Entry) -> list[str]:
    if isinstance(entry, CatalogueClosure):
        return [entry.kind.value, entry.slope_id or "", entry.description_en or ""]
    words = [entry.reading or "", entry.name_en or ""]
    return [*words, *getattr(entry, "other_names", ()), *getattr(entry, "other_readings", ())]
