"""Leaflets as PDF: typst sets the page, and marks it up so that a screen reader reads it too."""

import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import msgspec
import segno
import typst

from guide.domain.bands import BANDS
from guide.domain.texts import say
from guide.leaflet.frame import frame_around
from guide.leaflet.labels import width_mm as text_width
from guide.leaflet.map_svg import draw_map
from guide.leaflet.profile_svg import draw_profile
from guide.leaflet.words import Leaflet, Paper, Station, Tiles

_MAP_MM: Final = {Paper.A4: (186.0, 192.0), Paper.A3: (264.0, 226.0)}
_ONE_SIDE_MM: Final = (186.0, 118.0)
"""The map of an A4 whose words are few enough to stand on the same side."""

_FEW_WORDS: Final = 420
"""Characters, a Latin one counted as half a Japanese one; each place counts as forty for its own line."""

_PHOTO_WORDS: Final = 160
"""A photo takes the room of so many characters."""

_PROFILE_MM: Final = {Paper.A4: 30.0, Paper.A3: 34.0}
_TEMPLATE: Final = files("guide.leaflet").joinpath("leaflet.typ").read_bytes()


def print_leaflet(
    leaflet: Leaflet,
    paper: Paper,
    streets: Tiles | None,
    relief: Tiles | None,
    fonts: tuple[str, Sequence[Path]],
    made: date,
) -> bytes:
    """The PDF of a leaflet, the same bytes for the same values.

    Args:
        leaflet: what it says.
        paper: on what it is printed.
        streets: the street archive, if the area has one.
        relief: the relief archive, if the area has one.
        fonts: a family that can write all of it, and its files.
        made: the day it was made, which it says.
    """
    family, font_files = fonts
    one_side = paper is Paper.A4 and _amount(leaflet) <= _FEW_WORDS
    width_mm, height_mm = _ONE_SIDE_MM if one_side else _MAP_MM[paper]
    frame = frame_around(leaflet.line, width_mm, height_mm)
    page: dict[str, Any] = {
        "paper": paper.value,
        "one_side": one_side,
        "language": leaflet.language,
        "fonts": [family],
        "title": leaflet.title,
        "subtitle": leaflet.subtitle,
        "area_name": leaflet.area_name,
        "story": leaflet.story,
        "summary": leaflet.summary,
        "stations": [_station(each) for each in leaflet.stations],
        "warnings": leaflet.warnings,
        "link": leaflet.link,
        "credits": leaflet.credits,
        "sample": leaflet.sample,
        "made": say(leaflet.language, "leaflet.made", date=made.isoformat()),
        "words": {
            word: say(leaflet.language, f"leaflet.{word}")
            for word in ("sample", "grade", "stairs", "mind", "code", "map", "profile")
        },
        "bands": [{"colour": band.colour, "range": _range(band.low, band.high, leaflet.language)} for band in BANDS],
        "map": draw_map(frame, streets, relief, leaflet, family),
        "map_mm": (width_mm, height_mm),
        "profile": draw_profile(leaflet.profile, leaflet.stations, width_mm, _PROFILE_MM[paper]),
        "code": _code(leaflet.link),
    }
    compiler = typst.Compiler(
        font_paths=[str(folder) for folder in sorted({file.parent for file in font_files})],
        ignore_system_fonts=True,
        sys_inputs={"leaflet": msgspec.json.encode(page).decode()},
    )
    made_at = datetime.combine(made, time(), tzinfo=UTC)
    with tempfile.TemporaryDirectory(prefix="leaflet-") as root:  # typst takes pictures from files alone
        for station in leaflet.stations:
            if station.photo:
                (Path(root) / _picture_file(station)).write_bytes(station.photo.jpeg)
        pdf = compiler.compile(input=_TEMPLATE, format="pdf", pdf_standards=["ua-1"], timestamp=made_at, root=root)
    return pdf if isinstance(pdf, bytes) else b""  # a PDF is one file; a list would be pages as pictures


def _amount(leaflet: Leaflet) -> float:
    """How much there is to read."""
    texts = [leaflet.story, *leaflet.warnings]
    for station in leaflet.stations:
        texts += [station.facts, station.story]
    full = sum(text_width(text, 1.0) for text in texts if text)
    photos = sum(station.photo is not None for station in leaflet.stations)
    return full + 40 * len(leaflet.stations) + _PHOTO_WORDS * photos


def _station(station: Station) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(station, name) for name in ("number", "name", "reading", "facts", "story")}
    photo = station.photo
    values["photo"] = photo and {"file": _picture_file(station), "alt": photo.alt, "credit": photo.credit}
    return values


def _picture_file(station: Station) -> str:
    return f"photo-{station.number}.jpg"


def _range(low: float, high: float, language: str) -> str:
    if high == float("inf"):
        return say(language, "leaflet.band-last", low=f"{100 * low:.0f}")
    return say(language, "leaflet.band", low=f"{100 * low:.0f}", high=f"{100 * high:.0f}")


def _code(link: str) -> str:
    """The link as a QR code, as SVG."""
    buffer = BytesIO()
    segno.make(link, error="m", micro=False).save(buffer, kind="svg", border=2, xmldecl=False, dark="#1d2733")
    return buffer.getvalue().decode()
