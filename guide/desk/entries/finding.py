"""The entry that an address means, and what a form says of the one that somebody has seen."""

import re
from typing import Final

from guide.catalogue.workflow.records import EntryRecord
from guide.desk.entries.cells import TypedEntry
from guide.desk.forms import Form
from guide.desk.place import PATH_OF_KIND, PlaceDesk
from guide.domain.entry import Entry, EntryKind
from guide.domain.errors import DeskError, UnknownEntryError

_VERSION: Final = re.compile(r"(\d{1,9})(?:-\w+)?")
"""A version, or the tag of a page that shows it, in whichever coding it came."""


def find_entry(place: PlaceDesk, kind: EntryKind, key: str) -> tuple[EntryRecord, Entry]:
    """An entry of a kind and what its latest revision says.

    Raises:
        UnknownEntryError: there is none of that id, or it is of another kind.
    """
    record, revision = place.office.drafts.find(place.id, key)
    if record.kind is not kind:
        raise UnknownEntryError("desk.unknown-entry", id=key)
    return record, revision.entry


def seen_version(place: PlaceDesk, form: Form) -> int:
    """The version of an entry that somebody has seen before changing it: If-Match, or a field of the form."""
    given = place.at.exchange.header(b"if-match").strip('"') or form.text("version")
    found = _VERSION.fullmatch(given)
    return int(found[1]) if found else 0


def entry_path(place: PlaceDesk, record: EntryRecord, *more: str) -> str:
    """The address of an entry."""
    return place.path(PATH_OF_KIND[record.kind], record.key, *more)


def savable(typed: TypedEntry) -> Entry:
    """What a form says, if nothing of it would be lost.

    Raises:
        DeskError: a field cannot be read, or what an entry cannot be without is missing.
    """
    if typed.unreadable or typed.entry is None:
        raise DeskError("entry.unreadable")
    return typed.entry
