"""Landmarks from OSM: which tags mark one, as a table."""

from typing import Final

import numpy as np

from guide.domain.landmark import Landmark, LandmarkKind
from tiles.osm.extract import Extract, Tags

SHRINES: Final = frozenset({"shinto", "buddhist"})
"""Religions whose places the map draws as shrines; the houses of others are places of worship."""

KIND_OF_TAG: Final = {
    ("tourism", "viewpoint"): LandmarkKind.VIEWPOINT,
    ("tourism", "museum"): LandmarkKind.MUSEUM,
    ("tourism", "gallery"): LandmarkKind.MUSEUM,
    ("tourism", "attraction"): LandmarkKind.SIGHT,
    ("tourism", "information"): LandmarkKind.INFORMATION,
    ("historic", "monument"): LandmarkKind.SIGHT,
    ("historic", "memorial"): LandmarkKind.SIGHT,
    ("historic", "castle"): LandmarkKind.SIGHT,
    ("historic", "wayside_shrine"): LandmarkKind.SHRINE,
    ("man_made", "lighthouse"): LandmarkKind.SIGHT,
    ("amenity", "toilets"): LandmarkKind.TOILETS,
    ("amenity", "drinking_water"): LandmarkKind.DRINKING_WATER,
    ("amenity", "bench"): LandmarkKind.BENCH,
    ("amenity", "shelter"): LandmarkKind.SHELTER,
    ("amenity", "place_of_worship"): LandmarkKind.PLACE_OF_WORSHIP,
    ("amenity", "cafe"): LandmarkKind.FOOD,
    ("amenity", "restaurant"): LandmarkKind.FOOD,
    ("amenity", "fast_food"): LandmarkKind.FOOD,
    ("amenity", "food_court"): LandmarkKind.FOOD,
    ("amenity", "pub"): LandmarkKind.FOOD,
    ("amenity", "ice_cream"): LandmarkKind.FOOD,
    ("shop", "bakery"): LandmarkKind.FOOD,
    ("amenity", "bus_station"): LandmarkKind.STATION,
    ("amenity", "ferry_terminal"): LandmarkKind.STATION,
    ("aerialway", "station"): LandmarkKind.STATION,
    ("railway", "station"): LandmarkKind.STATION,
    ("railway", "halt"): LandmarkKind.STATION,
    ("railway", "tram_stop"): LandmarkKind.STATION,
    ("highway", "bus_stop"): LandmarkKind.BUS_STOP,
    ("highway", "elevator"): LandmarkKind.ELEVATOR,
}


def landmark_kind(tags: Tags) -> LandmarkKind | None:
    """The kind of landmark that tags mark, None for none."""
    if tags.get("amenity") == "shelter" and tags.get("shelter_type") == "public_transport":
        tags = {key: value for key, value in tags.items() if key != "amenity"}  # the roof of a stop, not a shelter
    if tags.get("emergency") == "assembly_point":
        return LandmarkKind.EVACUATION_SITE
    kind = next((kind for (key, value), kind in KIND_OF_TAG.items() if tags.get(key) == value), None)
    if kind is LandmarkKind.PLACE_OF_WORSHIP and tags.get("religion") in SHRINES:
        return LandmarkKind.SHRINE
    return kind


def find_landmarks(extract: Extract) -> list[Landmark]:
    """The landmarks of an extract in the order of their ids; those drawn as ways stand at the mean of their nodes."""
    landmarks = [
        _landmark(kind, f"node-{point.id}", point.lng_lat, point.tags)
        for point in extract.points
        if (kind := landmark_kind(point.tags)) is not None
    ]
    for way in extract.ways:
        kind = landmark_kind(way.tags)
        if kind is None:
            continue
        index = np.searchsorted(extract.node_ids, np.unique(way.refs))
        index = index[index < len(extract.node_ids)]
        index = index[np.isin(extract.node_ids[index], way.refs)]
        if len(index):
            lng, lat = extract.node_lng_lat[index].mean(axis=0)
            landmarks.append(_landmark(kind, f"way-{way.id}", (float(lng), float(lat)), way.tags))
    return sorted(landmarks, key=lambda landmark: landmark.id)


def _landmark(kind: LandmarkKind, landmark_id: str, lng_lat: tuple[float, float], tags: Tags) -> Landmark:
    name = tags.get("name")
    return Landmark(
        id=landmark_id,
        kind=kind,
        lng_lat=lng_lat,
        name=tags.get("name:ja") or name,
        name_en=tags.get("name:en") or (name if name and name.isascii() else None),
        reading=tags.get("name:ja-Hira") or tags.get("name:ja_kana"),
        opening_hours=tags.get("opening_hours"),
    )
