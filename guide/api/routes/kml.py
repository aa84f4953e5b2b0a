"""A walk as KML 2.2 (OGC 07-147r2): the way as a line on the ground, its stops as points."""

from collections.abc import Mapping
from typing import Any, Final
from xml.etree import ElementTree as ET

from guide.api.routes.words import positions, stop_names, summary, title, xml_text
from guide.area.manifest import Manifest
from guide.http.texts import Language

NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
_LINE_COLOUR: Final = "ff2b62e2"  # aabbggrr: the band colour #e2622b, opaque


def to_kml(view: Mapping[str, Any], manifest: Manifest, language: Language) -> bytes:
    """The file. The order of elements is the schema's."""
    kml = ET.Element("kml", {"xmlns": NAMESPACE})
    document = ET.SubElement(kml, "Document")
    _text(document, "name", title(view, manifest, language))
    credit = " · ".join(credit.text for credit in manifest.credits)
    _text(document, "description", xml_text(f"{summary(view, language)}\n{credit}"))
    style = ET.SubElement(ET.SubElement(document, "Style", {"id": "walk"}), "LineStyle")
    _text(style, "color", _LINE_COLOUR)
    _text(style, "width", "4")
    for way in (view, *view.get("alternatives", ())):
        placemark = ET.SubElement(document, "Placemark")
        _text(placemark, "name", title(way, manifest, language))
        _text(placemark, "description", summary(way, language))
        _text(placemark, "styleUrl", "#walk")
        line = ET.SubElement(placemark, "LineString")
        # On the ground: heights of an elevation model would let the line dive below a viewer's own terrain.
        _text(line, "tessellate", "1")
        _text(line, "altitudeMode", "clampToGround")
        _text(line, "coordinates", " ".join(_position(position) for position in positions(way)))
    for stop, name in zip(view["stops"], stop_names(view, language), strict=True):
        placemark = ET.SubElement(document, "Placemark")
        _text(placemark, "name", name)
        _text(ET.SubElement(placemark, "Point"), "coordinates", _position(stop["lng_lat"]))
    content: bytes = ET.tostring(kml, encoding="utf-8", xml_declaration=True)
    return content


def _position(position: list[float]) -> str:
    return ",".join(f"{value:.6f}" if place < 2 else f"{value:.1f}" for place, value in enumerate(position))  # noqa: PLR2004 (degrees, then metres)


def _text(parent: ET.Element, tag: str, value: str) -> None:
    ET.SubElement(parent, tag).text = value
