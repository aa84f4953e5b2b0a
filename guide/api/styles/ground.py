"""What lies under the streets: paper, hills, green, water, buildings, railways."""

from guide.api.styles.expressions import KIND, ROUND, Expression, Layer, by_zoom, match
from guide.api.styles.theme import Theme

_BASE = {"source": "streets"}


def paper(theme: Theme) -> Layer:
    """The sheet itself."""
    return {"id": "paper", "type": "background", "paint": {"background-color": theme.paper}}


def hills(theme: Theme) -> list[Layer]:
    """The relief behind everything: light from the north-west, as every map reader expects it."""
    return [
        {
            "id": "hills",
            "type": "hillshade",
            "source": "relief",
            "paint": {
                "hillshade-method": "igor",
                "hillshade-illumination-direction": 315,
                "hillshade-exaggeration": by_zoom((10, theme.relief * 1.3), (15, theme.relief)),
                "hillshade-shadow-color": theme.shadow,
                "hillshade-highlight-color": theme.light,
                "hillshade-accent-color": theme.shadow,
            },
        }
    ]


def ground(theme: Theme) -> list[Layer]:
    """Land and water, the unknown left blank: hill shading there would be made up."""
    polygon = ["==", ["geometry-type"], "Polygon"]
    line = ["==", ["geometry-type"], "LineString"]
    return [
        {
            "id": "unknown",
            "type": "fill",
            **_BASE,
            "source-layer": "unknown",
            "paint": {"fill-color": theme.paper},
        },
        {
            "id": "land",
            "type": "fill",
            **_BASE,
            "source-layer": "land",
            "filter": ["all", polygon, ["!=", KIND, "pier"]],
            "paint": {
                "fill-color": match(KIND, [("sand", theme.sand), ("rock", theme.rock)], theme.built),
                "fill-opacity": 0.75,
            },
        },
        {
            "id": "green",
            "type": "fill",
            **_BASE,
            "source-layer": "green",
            "filter": polygon,
            "paint": {
                "fill-color": match(KIND, [("wood", theme.wood), ("beach", theme.sand)], theme.green),
                "fill-opacity": by_zoom((10, 0.65), (15, 0.8)),
            },
        },
        {
            "id": "trees",
            "type": "circle",
            **_BASE,
            "source-layer": "green",
            "filter": ["==", KIND, "tree"],
            "minzoom": 15.5,
            "paint": {
                "circle-color": theme.wood,
                "circle-radius": by_zoom((15.5, 1.2), (19, 7), base=1.6),
                "circle-opacity": 0.9,
            },
        },
        {
            "id": "water",
            "type": "fill",
            **_BASE,
            "source-layer": "water",
            "filter": polygon,
            "paint": {"fill-color": theme.water},
        },
        {
            "id": "waterways",
            "type": "line",
            **_BASE,
            "source-layer": "water",
            "filter": line,
            "layout": ROUND,
            "paint": {
                "line-color": theme.water,
                "line-width": by_zoom((10, 0.8), (14, 2), (18, 8), base=1.5),
            },
        },
        {
            "id": "piers",
            "type": "fill",
            **_BASE,
            "source-layer": "land",
            "filter": ["all", polygon, ["==", KIND, "pier"]],
            "paint": {"fill-color": theme.pier, "fill-outline-color": theme.water_edge},
        },
        {
            "id": "pier-lines",
            "type": "line",
            **_BASE,
            "source-layer": "land",
            "filter": ["all", line, ["==", KIND, "pier"]],
            "paint": {"line-color": theme.pier, "line-width": by_zoom((12, 1), (18, 9), base=1.5)},
        },
        {
            "id": "cliffs",
            "type": "line",
            **_BASE,
            "source-layer": "land",
            "filter": ["all", line, ["==", KIND, "cliff"]],
            "minzoom": 14,
            "layout": {"line-join": "round"},
            "paint": {
                "line-color": theme.contour,
                "line-width": by_zoom((14, 0.8), (18, 2.4)),
            },
        },
        {
            "id": "buildings",
            "type": "fill",
            **_BASE,
            "source-layer": "buildings",
            "minzoom": 14,
            "paint": {
                "fill-color": theme.building,
                "fill-outline-color": theme.building_edge,
                "fill-opacity": by_zoom((14, 0), (14.6, 0.85)),
            },
        },
        *railways(theme),
    ]


def railways(theme: Theme) -> list[Layer]:
    """Tracks with their sleepers; ropeways as beads on a line."""
    rail: Expression = ["!=", KIND, "aerialway"]
    common = {"type": "line", **_BASE, "source-layer": "railways"}
    return [
        {
            "id": "railways",
            **common,
            "filter": rail,
            "paint": {
                "line-color": theme.railway,
                "line-width": by_zoom((11, 0.7), (16, 1.8), (19, 3)),
            },
        },
        {
            "id": "sleepers",
            **common,
            "filter": rail,
            "minzoom": 14,
            "paint": {
                "line-color": theme.railway,
                "line-width": by_zoom((14, 3), (16, 6), (19, 11)),
                "line-dasharray": [0.18, 2.2],
            },
        },
        {
            "id": "ropeways",
            **common,
            "filter": ["!", rail],
            "layout": {"line-cap": "round"},
            "paint": {
                "line-color": theme.soft_ink,
                "line-width": by_zoom((12, 0.8), (17, 1.6)),
                "line-dasharray": [0, 6],
            },
        },
    ]
