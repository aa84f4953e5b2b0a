"""What can be found: slopes, landmarks and streets under every name they have."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.areas.served import ServedArea
from guide.domain.landmark import Landmark
from guide.domain.network import Network
from guide.domain.slope import Slope
from guide.http.texts import Language, text

LngLat = tuple[float, float]
Box = tuple[float, float, float, float]


class EntryKind(StrEnum):
    """What sort of thing was found; slopes are what people come for."""

    SLOPE = "slope"
    LANDMARK = "landmark"
    STREET = "street"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that can be found.

    ``names`` are all its names as people write them, the local one in front; ``words`` say what kind of thing it is,
    for those who look for any of its kind. ``id`` is None for a street. ``place`` is in degrees, None if nobody knows.
    """

    kind: EntryKind
    names: tuple[str, ...]
    words: tuple[str, ...] = ()
    id: str | None = None
    name: str | None = None
    name_en: str | None = None
    reading: str | None = None
    landmark_kind: str | None = None
    place: LngLat | None = None
    box: Box | None = None


_MOST_STREETS: Final = 200_000


def list_entries(area: ServedArea) -> list[Entry]:
    """Everything of an area that has a name, or is of a kind that people look for."""
    streets = area.built.streets
    entries = [_of_slope(slope) for slope in area.built.slopes]
    entries += [_of_landmark(landmark) for landmark in area.built.landmarks]
    return entries if streets is None else entries + _of_streets(streets.network)


def _of_slope(slope: Slope) -> Entry:
    entry = slope.entry
    place, box = entry.lng_lat, None
    if slope.line is not None:
        place, box = _middle(slope.line), _box(slope.line)
    return Entry(
        kind=EntryKind.SLOPE,
        names=_names(entry.name, entry.reading, entry.name_en, *entry.other_names, *entry.other_readings, entry.id),
        id=entry.id,
        name=entry.name,
        name_en=entry.name_en,
        reading=entry.reading,
        place=place,
        box=box,
    )


def _of_landmark(landmark: Landmark) -> Entry:
    names = (landmark.name, landmark.reading, landmark.name_en, *landmark.other_names, *landmark.other_readings)
    return Entry(
        kind=EntryKind.LANDMARK,
        names=_names(*names),
        words=tuple(text(f"landmark-kind.{landmark.kind}", language) for language in Language),
        id=landmark.id,
        name=landmark.name,
        name_en=landmark.name_en,
        reading=landmark.reading,
        landmark_kind=landmark.kind.value,
        place=landmark.lng_lat,
    )


def _of_streets(network: Network) -> list[Entry]:
    """A street is all edges of one name; its place is on it, as near to its middle as can be."""
    named = np.flatnonzero(network.edge_name >= 0)
    order = named[np.argsort(network.edge_name[named], kind="stable")]
    names, starts = np.unique(network.edge_name[order], return_index=True)
    middles = network.point_lng_lat[(network.point_start[:-1] + network.point_start[1:]) // 2]
    entries = []
    for index, edges in zip(names.tolist()[:_MOST_STREETS], np.split(order, starts[1:]), strict=False):
        name, places = network.names[index], middles[edges]
        nearest = int(np.argmin(np.abs(places - places.mean(axis=0)).sum(axis=1)))
        entries.append(
            Entry(
                kind=EntryKind.STREET,
                names=_names(name.local, name.ja, name.en, name.reading),
                name=name.ja or name.local,
                name_en=name.en,
                reading=name.reading,
                place=(float(places[nearest][0]), float(places[nearest][1])),
                box=_box(places),
            )
        )
    return entries


def _names(*names: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _middle(line: NDArray[np.float64]) -> LngLat:
    longitude, latitude = line[len(line) // 2].tolist()
    return longitude, latitude


def _box(places: NDArray[np.float64]) -> Box:
    west, south = places.min(axis=0).tolist()
    east, north = places.max(axis=0).tolist()
    return west, south, east, north
