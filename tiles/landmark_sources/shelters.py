"""Emergency sites and shelters: the GeoJSON that the Geospatial Information Authority of Japan publishes by town.

A site (指定緊急避難場所) is safe from named hazards; a shelter (指定避難所) is where people stay afterwards.
"""

from pathlib import Path
from typing import Annotated, Any, Final

import msgspec

from guide.catalogue.municipal_csv import Publisher
from guide.domain.errors import SourceError
from guide.domain.findings import Finding
from guide.domain.landmark import Landmark, LandmarkKind
from guide.domain.texts import say

_NAME: Final = "施設・場所名"
_ID: Final = "共通ID"
_HAZARDS: Final = {
    "洪水": "flood",
    "崖崩れ、土石流及び地滑り": "landslide",
    "高潮": "storm-surge",
    "地震": "earthquake",
    "津波": "tsunami",
    "大規模な火事": "fire",
    "内水氾濫": "inland-flood",
    "火山現象": "volcano",
}
_SEPARATOR: Final = {"ja": "、", "en": ", "}

_Longitude = Annotated[float, msgspec.Meta(ge=-180, le=180)]
_Latitude = Annotated[float, msgspec.Meta(ge=-90, le=90)]


class _Point(msgspec.Struct, frozen=True):
    type: str
    coordinates: tuple[_Longitude, _Latitude]


class _Feature(msgspec.Struct, frozen=True):
    geometry: _Point
    properties: dict[str, Any]


class _Collection(msgspec.Struct, frozen=True):
    features: tuple[msgspec.Raw, ...]


def read_shelters(path: Path, publisher: Publisher) -> tuple[list[Landmark], list[Finding]]:
    """Every place of a file; those without name, number or point are counted and left out.

    Raises:
        SourceError: the file is missing or no GeoJSON.
    """
    try:
        collection = msgspec.json.decode(path.read_bytes(), type=_Collection)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: is no GeoJSON of shelters ({error}).") from error
    places: dict[str, Landmark] = {}
    for raw in collection.features:
        place = _place(raw, publisher)
        if place is not None:
            places.setdefault(place.id, place)
    lost = len(collection.features) - len(places)
    findings = [Finding(code="landmark.left-out", where=path.name, values={"count": lost})] if lost else []
    return list(places.values()), findings


def _place(raw: msgspec.Raw, publisher: Publisher) -> Landmark | None:
    try:
        feature = msgspec.json.decode(raw, type=_Feature)
    except msgspec.MsgspecError:
        return None
    name, number = str(feature.properties.get(_NAME) or ""), str(feature.properties.get(_ID) or "")
    if feature.geometry.type != "Point" or not name or not number.isalnum():
        return None
    return Landmark(
        id=f"{publisher.prefix}-{number}",
        kind=LandmarkKind.EVACUATION_SITE,
        lng_lat=feature.geometry.coordinates,
        name=name,
        description_ja=_description(feature.properties, "ja"),
        description_en=_description(feature.properties, "en"),
        source=publisher.credit,
        licence=publisher.licence,
        credit=publisher.credit,
    )


def _description(properties: dict[str, Any], language: str) -> str | None:
    """Against what it helps: nothing matters more to somebody who runs from a wave."""
    if not _HAZARDS.keys() & properties.keys():
        return say(language, "landmark.evacuation-shelter")
    hazards = [say(language, f"hazard.{word}") for name, word in _HAZARDS.items() if str(properties.get(name)) == "1"]
    return say(language, "landmark.emergency-site", hazards=_SEPARATOR[language].join(hazards)) if hazards else None
