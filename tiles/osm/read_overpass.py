"""A reply of the Overpass API, as JSON."""

from pathlib import Path
from typing import Any

import msgspec

from guide.domain.errors import SourceError
from tiles.osm.extract import LANDMARK_KEYS, NODE_KEYS, Extract, TaggedPoint, Way, make_extract


def read_overpass(path: Path) -> Extract:
    """The ways and tagged nodes of a reply with `out body; >; out skel` (nodes beside ways) or `out geom`.

    Raises:
        SourceError: the file is missing, cut short, not an Overpass reply, or a reply that tells of an error.
    """
    if not path.is_file():
        raise SourceError(f"{path}: there is no such file. Fetch the area's sources or name their folder.")
    try:
        reply = msgspec.json.decode(path.read_bytes())
        elements = reply["elements"]
        remark = reply.get("remark", "")
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"{path}: is not a whole reply of the Overpass API ({error}). Fetch it again.") from error
    if "error" in remark.lower():
        raise SourceError(f"{path}: the Overpass API stopped half-way ({remark}). Fetch it again.")
    try:
        return _from_elements(elements)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SourceError(
            f"{path}: an element is not as Overpass writes it (missing or odd {error}). Fetch it again."
        ) from error


def _from_elements(elements: list[dict[str, Any]]) -> Extract:
    ways: list[Way] = []
    points: list[TaggedPoint] = []
    nodes: dict[int, tuple[float, float]] = {}
    for element in elements:
        tags = element.get("tags") or {}
        wanted = any(key in tags for key in (NODE_KEYS if element["type"] == "node" else LANDMARK_KEYS))
        if element["type"] == "node":
            place = (float(element["lon"]), float(element["lat"]))
            nodes[int(element["id"])] = place
            if wanted:
                points.append(TaggedPoint(id=int(element["id"]), lng_lat=place, tags=tags))
        elif element["type"] == "way" and wanted:
            refs = [int(ref) for ref in element["nodes"]]
            ways.append(Way(id=int(element["id"]), refs=refs, tags=tags))
            # `out geom` writes the places into the way; a null stands for a node outside the box.
            for ref, place in zip(refs, element.get("geometry") or (), strict=False):
                if place is not None:
                    nodes[ref] = (float(place["lon"]), float(place["lat"]))
    return make_extract(ways, points, nodes)
