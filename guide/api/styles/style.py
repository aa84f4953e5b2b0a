"""One style for one area, built from what the area really has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from guide.api.schemas.styles import MapStyle
from guide.api.styles import ground, labels, slopes, streets
from guide.api.styles.expressions import REGULAR, Layer, by_zoom
from guide.api.styles.theme import Theme
from guide.http.texts import Language

RELIEF: Final = "relief"
TERRAIN: Final = "terrain"
CONTOURS: Final = "contours"


@dataclass(frozen=True, slots=True, kw_only=True)
class StyledTiles:
    """A tileset as a style names it. ``layers`` are those its vector tiles hold; none in a relief."""

    address: str
    bounds: tuple[float, float, float, float]
    min_zoom: int
    max_zoom: int
    layers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleRequest:
    """What a style is made from. ``moment_s`` is when it is looked at (closures come and go)."""

    theme: Theme
    language: Language
    title: str
    tiles: Mapping[str, StyledTiles]
    attribution: str
    sprite: str
    slope_names: Sequence[str] = ()
    moment_s: int = 0


def build_style(request: StyleRequest) -> MapStyle:
    """A style by MapLibre's specification, version 8.

    It has no ``glyphs``: MapLibre draws letters with the reader's own fonts, Japanese ones too, and nothing has to be
    fetched for them. Contours need a plugin, so they stand in the metadata, for whoever has it.
    """
    theme, language = request.theme, request.language
    sources = _sources(request)
    layers = [
        ground.paper(theme),
        *ground.hills(theme),
        *ground.ground(theme),
        *slopes.tours(theme),
        *streets.streets(theme),
        *slopes.lines(theme),
        *streets.stairs(theme),
        *slopes.closures(theme, request.moment_s),
        *streets.arrows(theme),
        *slopes.marks(theme),
        *labels.places(theme, language),
        *labels.street_names(theme, language, request.slope_names),
        *labels.tour_names(theme, language),
        *labels.landmarks(theme, language),
        *slopes.labels(theme, language),
    ]
    present = list(_present(layers, request.tiles))
    return MapStyle(
        version=8,
        name=request.title,
        metadata={
            "hyakusaka:theme": theme.name,
            "hyakusaka:language": language.value,
            "hyakusaka:contours": _contours(theme, present) if RELIEF in sources else None,
        },
        sprite=request.sprite,
        sources=sources,
        layers=present,
        sky={"sky-color": theme.water, "horizon-color": theme.paper, "fog-color": theme.paper},
        transition={"duration": 0, "delay": 0},
    )


def _sources(request: StyleRequest) -> dict[str, Any]:
    sources: dict[str, Any] = {}
    for name, tiles in request.tiles.items():
        common = {
            "tiles": [tiles.address],
            "bounds": list(tiles.bounds),
            "minzoom": tiles.min_zoom,
            "maxzoom": tiles.max_zoom,
            "attribution": request.attribution,
        }
        if name == RELIEF:
            dem = {"type": "raster-dem", "encoding": "mapbox", "tileSize": 512, **common}
            # Twice, because MapLibre wants one for shading and another for the view in three dimensions.
            sources |= {RELIEF: dem, TERRAIN: dem}
        else:
            sources[name] = {"type": "vector", **common}
    return sources


def _present(layers: Iterable[Layer], tiles: Mapping[str, StyledTiles]) -> Iterable[Layer]:
    """The layers that there are tiles for."""
    for layer in layers:
        source, part = layer.get("source"), layer.get("source-layer")
        if source is None or (source in tiles and (part is None or part in tiles[source].layers)):
            yield layer


def _contours(theme: Theme, layers: Sequence[Layer]) -> dict[str, Any]:
    """What maplibre-contour needs to draw contours from the relief, and the layers to draw them with."""
    is_index = [">=", ["get", "level"], 1]
    lines = {
        "id": "contours",
        "type": "line",
        "source": CONTOURS,
        "source-layer": "contours",
        "layout": {"line-join": "round"},
        "paint": {
            "line-color": theme.contour,
            "line-width": ["case", is_index, 1.0, 0.5],
            "line-opacity": by_zoom((11, 0.35), (15, 0.6)),
        },
    }
    heights = {
        "id": "contour-heights",
        "type": "symbol",
        "source": CONTOURS,
        "source-layer": "contours",
        "filter": is_index,
        "minzoom": 13.5,
        "layout": {
            "symbol-placement": "line",
            "symbol-spacing": 360,
            "text-field": ["number-format", ["get", "ele"], {}],
            "text-font": REGULAR,
            "text-size": 9.5,
            "text-padding": 8,
            "text-max-angle": 25,
        },
        "paint": {"text-color": theme.contour, "text-halo-color": theme.paper, "text-halo-width": 1.2},
    }
    above_hills = [layer["id"] for layer in layers if layer["id"] not in {"paper", "hills"}]
    names = [layer["id"] for layer in layers if layer["type"] == "symbol" and "text-field" in layer["layout"]]
    return {
        "dem": RELIEF,
        # From each zoom on: metres between two contours, and between two strong ones.
        "thresholds": {"11": [50, 250], "12": [20, 100], "14": [10, 50], "15": [5, 25]},
        "layers": [{"below": above_hills[0], "layer": lines}, {"below": names[0], "layer": heights}],
    }
