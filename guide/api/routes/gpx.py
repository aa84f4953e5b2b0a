"""A walk as GPX 1.1 (topografix.com/GPX/1/1): stops as waypoints, the way as a track with heights."""

from collections.abc import Mapping
from typing import Any, Final
from xml.etree import ElementTree as ET

from guide.api.routes.words import positions, stop_names, summary, title, xml_text
from guide.area.manifest import Manifest
from guide.http.texts import Language

NAMESPACE: Final = "http://www.topografix.com/GPX/1/1"
_SCHEMA: Final = f"{NAMESPACE} http://www.topografix.com/GPX/1/1/gpx.xsd"


def to_gpx(view: Mapping[str, Any], manifest: Manifest, language: Language) -> bytes:
    """The file. The order of elements is the schema's."""
    gpx = ET.Element(
        "gpx",
        {
            "xmlns": NAMESPACE,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": _SCHEMA,
            "version": "1.1",
            "creator": "hyakusaka",
        },
    )
    metadata = ET.SubElement(gpx, "metadata")
    _text(metadata, "name", title(view, manifest, language))
    _text(metadata, "desc", summary(view, language))
    if manifest.credits:
        # The schema has room for one holder: all credits stand in it, as they must be shown.
        credit = " · ".join(credit.text for credit in manifest.credits)
        ET.SubElement(metadata, "copyright", {"author": xml_text(credit)})
    for stop, name in zip(view["stops"], stop_names(view, language), strict=True):
        _text(_point(gpx, "wpt", stop["lng_lat"]), "name", name)
    for way in (view, *view.get("alternatives", ())):
        _track(gpx, way, manifest, language)
    content: bytes = ET.tostring(gpx, encoding="utf-8", xml_declaration=True)
    return content


def _track(gpx: ET.Element, way: Mapping[str, Any], manifest: Manifest, language: Language) -> None:
    track = ET.SubElement(gpx, "trk")
    _text(track, "name", title(way, manifest, language))
    _text(track, "desc", summary(way, language))
    _text(track, "type", "walking")
    segment = ET.SubElement(track, "trkseg")
    for position in positions(way):
        _point(segment, "trkpt", position)


def _point(parent: ET.Element, tag: str, position: list[float]) -> ET.Element:
    point = ET.SubElement(parent, tag, {"lat": f"{position[1]:.6f}", "lon": f"{position[0]:.6f}"})
    if len(position) > 2:  # noqa: PLR2004 (a position with a height)
        _text(point, "ele", f"{position[2]:.1f}")
    return point


def _text(parent: ET.Element, tag: str, value: str) -> None:
    ET.SubElement(parent, tag).text = value
