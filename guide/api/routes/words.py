"""What the files of a walk share: its title, a summary, its positions, and what its stops are called."""

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from guide.area.manifest import Manifest
from guide.http.texts import Language, distance_text, text

_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(value: str) -> str:
    """Text without the characters that XML 1.0 cannot hold (section 2.2)."""
    return _NO_XML.sub("", value)


def title(view: Mapping[str, Any], manifest: Manifest, language: Language) -> str:
    """What the walk is called."""
    area = manifest.area.name_en if language is Language.EN else manifest.area.name_ja
    return xml_text(text("route-file.title", language, area=area, km=distance_text(view["distance_m"])))


def summary(view: Mapping[str, Any], language: Language) -> str:
    """The walk in one line, its warnings after it."""
    climb = {name: "?" if view[f"{name}_m"] is None else f"{view[f'{name}_m']:.0f} m" for name in ("ascent", "descent")}
    line = text(
        "route-file.summary",
        language,
        km=distance_text(view["distance_m"]),
        minutes=round(view["duration_s"] / 60),
        **climb,
    )
    return xml_text("\n".join([line, *(warning["message"] for warning in view["warnings"])]))


def positions(view: Mapping[str, Any]) -> list[list[float]]:
    """The positions of the walk's line, out of the text that a reply carries."""
    line: dict[str, Any] = msgspec.json.decode(view["geometry"])
    found: list[list[float]] = line["coordinates"]
    return found


def stop_names(view: Mapping[str, Any], language: Language) -> list[str]:
    """A name for each stop: its own, or its place in the walk."""
    last = len(view["stops"]) - 1
    names = []
    for number, stop in enumerate(view["stops"]):
        key = {0: "start", last: "end"}.get(number, "stop")
        names.append(xml_text(stop["name"] or text(f"route-file.{key}", language, number=number + 1)))
    return names
