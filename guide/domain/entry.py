"""An entry of the catalogue: a slope, a landmark, a tour or a closure, as staff keep it."""

from enum import StrEnum

from guide.domain.closure import CatalogueClosure
from guide.domain.landmark import Landmark
from guide.domain.slope import CatalogueSlope
from guide.domain.tour import CatalogueTour

Entry = CatalogueSlope | Landmark | CatalogueTour | CatalogueClosure


class EntryKind(StrEnum):
    """What an entry is; the values are stored."""

    SLOPE = "slope"
    LANDMARK = "landmark"
    TOUR = "tour"
    CLOSURE = "closure"


def kind_of(entry: Entry) -> EntryKind:
    """What an entry is."""
    match entry:
        case CatalogueSlope():
            return EntryKind.SLOPE
        case Landmark():
            return EntryKind.LANDMARK
        case CatalogueTour():
            return EntryKind.TOUR
        case CatalogueClosure():
            return EntryKind.CLOSURE


def called(entry: Entry) -> str:
    """What people call it; a closure has no name, so its id stands for it."""
    name = None if isinstance(entry, CatalogueClosure) else entry.name
    return name or entry.id
