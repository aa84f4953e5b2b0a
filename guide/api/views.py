"""Domain to wire: the shapes that the API promises, percent and rounded numbers included."""

import math
from typing import Any

from guide.area.features import bands_to_wire, measures_to_wire, profile_to_wire
from guide.areas.registry import KnownArea
from guide.areas.served import ServedArea
from guide.domain.area import Credit
from guide.domain.bands import BANDS, UNKNOWN_COLOUR, UNKNOWN_EVENING_COLOUR
from guide.domain.profile import Profile
from guide.domain.slope import Slope


def area_view(served: ServedArea | KnownArea) -> dict[str, Any]:
    """An area as the page and other clients first meet it."""
    manifest = served.manifest
    area, counts = manifest.area, manifest.counts
    return {
        "id": area.id,
        "name_ja": area.name_ja,
        "name_en": area.name_en,
        "bbox": list(manifest.extent or area.bbox),
        "time_zone": area.time_zone,
        "sample": area.sample,
        "complete": manifest.complete,
        "missing": [
            {"source": missing.source, "message_ja": missing.message_ja, "message_en": missing.message_en}
            for missing in manifest.missing
        ],
        "counts": {
            "slopes": counts.slopes,
            "landmarks": counts.landmarks,
            "tours": counts.tours,
            "closures": counts.closures,
            "streets_km": round(counts.streets_km, 1),
        },
        "credits": credits_view(manifest.credits),
        "tilesets": sorted(manifest.archives),
        "build": served.build_id,
        "archives": [
            {"tileset": tileset, "file": file, "bytes": manifest.files[file].bytes}
            for tileset, file in sorted(manifest.archives.items())
        ],
    }


def credits_view(credits_: tuple[Credit, ...]) -> list[dict[str, str | None]]:
    """Whose data it is."""
    return [{"text": credit.text, "url": credit.url, "licence": credit.licence} for credit in credits_]


def legend_view() -> dict[str, Any]:
    """The bands of grade and their colours: by day and in print, and in the evening."""
    return {
        "bands": [
            {
                "band": band.index,
                "from_percent": round(100 * band.low, 2),
                "to_percent": round(100 * band.high, 2) if math.isfinite(band.high) else None,
                "colour": band.colour,
                "evening_colour": band.evening_colour,
            }
            for band in BANDS
        ],
        "unknown_colour": UNKNOWN_COLOUR,
        "unknown_evening_colour": UNKNOWN_EVENING_COLOUR,
    }


def slope_profile_view(slope: Slope, profile: Profile) -> dict[str, Any]:
    """A slope's profile with its bands and measures."""
    return {
        "id": slope.entry.id,
        **profile_to_wire(profile),
        "bands": bands_to_wire(profile),
        "measures": measures_to_wire(slope.measures),
    }
