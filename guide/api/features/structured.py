"""What search engines and shared links read of a feature: schema.org as JSON-LD, and Open Graph."""

from typing import Any, Final

from guide.api.features import facts
from guide.api.features.collection import CLOSURES, SLOPES, TOURS, Feature, positions_of
from guide.api.features.descriptions import area_name
from guide.api.links import Links
from guide.areas.served import ServedArea

_TYPES: Final = {SLOPES: "TouristAttraction", TOURS: "TouristTrip", CLOSURES: "SpecialAnnouncement"}
_PLACE: Final = "Place"


def structured_data(
    area: ServedArea, links: Links, collection: str, feature: Feature, profile: str | None
) -> dict[str, Any]:
    """A feature in the words of schema.org (version 28); what is not known is left out."""
    properties = feature["properties"]
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(collection, _PLACE),
        "@id": links.item(collection, str(feature["id"])),
        "url": links.item(collection, str(feature["id"])),
        "name": facts.name_of(feature, links.language),
        "alternateName": _other_names(feature, links),
        "description": facts.description_of(feature, links.language),
        "image": links.photo(properties.get("photo")) or (f"{profile}?f=png&width=1200" if profile else None),
        "geo": _geo(feature),
        "containedInPlace": {"@type": _PLACE, "name": area_name(area, links)},
        "additionalProperty": [
            {"@type": "PropertyValue", "propertyID": name, "name": name, "value": properties[name], "unitCode": unit}
            for name, unit in (("length_m", "MTR"), ("rise_m", "MTR"), ("mean_grade_percent", "P1"))
            if properties.get(name) is not None
        ],
        "license": properties.get("licence"),
    }
    if collection in {TOURS, CLOSURES}:  # these are no places
        for name in ("containedInPlace", "additionalProperty", "geo"):
            data.pop(name)
    if collection == CLOSURES:
        data |= {"datePosted": properties["starts"], "expires": properties["ends"]}
    return {name: value for name, value in data.items() if value not in (None, [])}


def _other_names(feature: Feature, links: Links) -> list[str]:
    properties, name = feature["properties"], facts.name_of(feature, links.language)
    others = [properties.get(key) for key in ("name", "name_en", "reading")]
    return [
        str(other)
        for other in dict.fromkeys([*others, *properties.get("other_names", [])])
        if other not in {None, name}
    ]


def _geo(feature: Feature) -> dict[str, Any] | None:
    """A point as coordinates, a line as a shape: latitude first, as schema.org wants it."""
    if feature["geometry"] is None:
        return None
    positions = positions_of(feature["geometry"]).tolist()
    if len(positions) == 1:
        longitude, latitude = positions[0]
        return {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return {"@type": "GeoShape", "line": " ".join(f"{latitude},{longitude}" for longitude, latitude in positions)}
