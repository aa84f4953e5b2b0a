"""oEmbed 1.0 (oembed.com), type rich."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from html import escape
from typing import Final
from xml.etree import ElementTree as ET

from guide.api.features import facts
from guide.api.features.collection import Feature
from guide.api.features.descriptions import area_name
from guide.api.links import Links, with_query
from guide.api.schemas.embeds import Oembed
from guide.areas.served import ServedArea

OEMBED_JSON: Final = "application/json"
OEMBED_XML: Final = "text/xml"

WIDTH: Final = 420
HEIGHT: Final = 640
_AN_HOUR: Final = 3600


class OembedFormat(StrEnum):
    """Formats by the standard's own names."""

    JSON = "json"
    XML = "xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The room that a site has, in pixels."""

    width: int | None
    height: int | None


def oembed(area: ServedArea, links: Links, collection: str, feature: Feature, wanted: Wanted) -> Oembed:
    """What a site needs to show the card."""
    name = facts.name_of(feature, links.language)
    width, height = min(WIDTH, wanted.width or WIDTH), min(HEIGHT, wanted.height or HEIGHT)
    address = with_query(links.embed(collection, str(feature["id"])), {"lang": links.language.value})
    return Oembed(
        type="rich",
        version="1.0",
        title=f"{name} ({area_name(area, links)})",
        provider_name="hyakusaka",
        provider_url=links.base_url,
        cache_age=_AN_HOUR,
        html=f'<iframe src="{escape(address)}" width="{width}" height="{height}" title="{escape(name)}" '
        'loading="lazy" style="border:0"></iframe>',
        width=width,
        height=height,
    )


def to_xml(reply: Oembed) -> bytes:
    """The same as XML, as some sites still ask for it."""
    root = ET.Element("oembed")
    for name, value in asdict(reply).items():
        if value is not None:
            ET.SubElement(root, name).text = str(value)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content
