"""The named slopes: what this map is about, so nothing is drawn louder. Tours and closures beside them."""

from typing import Any, Final

from guide.api.styles.expressions import (
    BOLD,
    KIND,
    REGULAR,
    ROUND,
    Expression,
    Layer,
    among,
    by_zoom,
    from_zoom,
    is_true,
    match,
    number,
    slope_name_in,
)
from guide.api.styles.streets import band_colour
from guide.api.styles.theme import Theme
from guide.http.texts import Language

_SLOPES = {"source": "guide", "source-layer": "slopes"}
_BANDS = {"source": "guide", "source-layer": "slope_bands"}
_POINTS = {"source": "guide", "source-layer": "slope_points"}

BANDS_FROM_ZOOM: Final = 13
"""From here on a slope shows its bands along the line; before, its mean."""

_LONG: Final = 26
"""Letters; a longer name is written only where there is room for it."""

_STEEPNESS: Expression = ["abs", number("mean_grade_percent")]


def _grow(far: float, middle: float, near: float) -> Expression:
    return by_zoom((10, far), (15, middle), (19, near), base=1.5)


def _role(*roles: str) -> Expression:
    return among(["get", "role"], roles)


def lines(theme: Theme) -> list[Layer]:
    """Slopes from foot to head: halo, edge, colour; the steepest on top."""
    layout = {**ROUND, "line-sort-key": _STEEPNESS}
    colour = band_colour(theme)
    return [
        _line("slope-halo", _SLOPES, layout, theme.halo, _grow(5, 13.5, 34)),
        _line("slope-edge", _SLOPES, layout, theme.slope_edge, _grow(3.4, 10.4, 28)),
        {**_line("slope", _SLOPES, layout, colour, _grow(2, 7.4, 23)), "maxzoom": BANDS_FROM_ZOOM},
        {**_line("slope-bands", _BANDS, ROUND, colour, _grow(2, 7.4, 23)), "minzoom": BANDS_FROM_ZOOM},
    ]


def _line(layer_id: str, source: dict[str, str], layout: dict[str, Any], colour: object, width: Expression) -> Layer:
    paint = {"line-color": colour, "line-width": width}
    return {"id": layer_id, "type": "line", **source, "layout": layout, "paint": paint}


def marks(theme: Theme) -> list[Layer]:
    """Which way is up, where a slope begins and ends, and the places of slopes without a line."""
    is_head: Expression = ["==", ["get", "role"], "head"]
    return [
        {
            "id": "slope-arrows",
            "type": "symbol",
            **_BANDS,
            "minzoom": 14.5,
            "layout": {
                "symbol-placement": "line",
                "symbol-spacing": 90,
                "icon-image": "arrow",
                "icon-size": by_zoom((14.5, 0.6), (18, 1.15)),
                "icon-rotate": ["case", ["<", number("grade_percent"), 0], 180, 0],
                "icon-rotation-alignment": "map",
                "icon-allow-overlap": True,
                "icon-ignore-placement": True,
            },
        },
        {
            "id": "slope-ends",
            "type": "circle",
            **_POINTS,
            "minzoom": 14,
            "filter": _role("foot", "head"),
            "paint": {
                "circle-radius": by_zoom((14, 1.5), (17, 5)),
                # The head is filled, the foot open, like the two ends of a thermometer.
                "circle-color": ["case", is_head, theme.ink, theme.halo],
                "circle-stroke-color": ["case", is_head, theme.halo, theme.ink],
                "circle-stroke-width": by_zoom((14, 0.8), (17, 2)),
            },
        },
        {
            "id": "slope-places",
            "type": "circle",
            **_POINTS,
            "filter": _role("place"),
            "paint": {
                "circle-radius": by_zoom((9, 4), (15, 8)),
                "circle-color": theme.accent,
                "circle-stroke-color": theme.halo,
                "circle-stroke-width": 2,
            },
        },
    ]


def labels(theme: Theme, language: Language) -> list[Layer]:
    """Names stand at the middle of their slope; the steepest win where there is no room for all."""
    name = slope_name_in(language)
    digits = {"min-fraction-digits": 1, "max-fraction-digits": 1, "locale": language.value}
    grade: Expression = ["concat", "\n", ["number-format", _STEEPNESS, digits], "\N{NO-BREAK SPACE}%"]
    with_grade: Expression = ["case", ["has", "mean_grade_percent"], grade, ""]
    return [
        {
            "id": "slope-names",
            "type": "symbol",
            **_POINTS,
            "filter": ["all", _role("middle", "place"), ["any", [">=", ["zoom"], 15], ["<=", ["length", name], _LONG]]],
            "minzoom": 11,
            "layout": {
                "text-field": from_zoom(
                    ["format", name, {}],
                    (14.2, ["format", name, {}, with_grade, {"font-scale": 0.84, "text-font": ["literal", REGULAR]}]),
                ),
                "text-font": BOLD,
                "text-size": by_zoom((11, 10), (14, 11.5), (16, 13.5), (18, 16)),
                "text-variable-anchor": ["left", "right", "top", "bottom"],
                "text-radial-offset": by_zoom((11, 0.5), (15, 0.9), (18, 1.2)),
                "text-justify": "auto",
                "text-max-width": 10,
                "text-padding": by_zoom((12, 10), (15, 4)),
                "symbol-sort-key": ["-", 0, _STEEPNESS],
            },
            "paint": {"text-color": theme.ink, "text-halo-color": theme.halo, "text-halo-width": 2},
        }
    ]


def tours(theme: Theme) -> list[Layer]:
    """Recommended walks, as beads beside the streets."""
    return [
        {
            "id": "tours",
            "type": "line",
            "source": "guide",
            "source-layer": "tours",
            "minzoom": 11,
            "layout": ROUND,
            "paint": {
                "line-color": theme.tour,
                "line-width": by_zoom((11, 2), (15, 3.2), (18, 5)),
                "line-dasharray": [0, 2.4],
                "line-opacity": 0.85,
            },
        }
    ]


def closures(theme: Theme, moment_s: int) -> list[Layer]:
    """What is closed, icy or under works at a moment (seconds since 1970), within the hour."""
    now: Expression = [
        "all",
        ["<=", number("starts_s"), moment_s + 3600],
        [">", number("ends_s", 1e12), moment_s],
    ]
    colour: Expression = [
        "case", is_true("closes"), theme.closed, match(KIND, [("ice", theme.icy), ("works", theme.works)], theme.works),
    ]  # fmt: skip
    common = {"source": "guide", "source-layer": "closures"}
    return [
        {
            "id": "closures-halo",
            "type": "line",
            **common,
            "filter": now,
            "layout": ROUND,
            "paint": {"line-color": theme.halo, "line-width": _grow(5, 9, 22), "line-opacity": 0.8},
        },
        {
            "id": "closures",
            "type": "line",
            **common,
            "filter": now,
            "paint": {"line-color": colour, "line-width": _grow(3, 5.5, 15), "line-dasharray": [1.1, 0.7]},
        },
        _closure_mark("closure-marks", ["all", now, ["==", ["geometry-type"], "LineString"]], "line-center"),
        _closure_mark("closure-places", ["all", now, ["==", ["geometry-type"], "Point"]], "point"),
    ]


def _closure_mark(layer_id: str, condition: Expression, placement: str) -> Layer:
    return {
        "id": layer_id,
        "type": "symbol",
        "source": "guide",
        "source-layer": "closures",
        "filter": condition,
        "minzoom": 12,
        "layout": {
            "symbol-placement": placement,
            "icon-image": ["concat", "closure-", KIND],
            "icon-size": by_zoom((12, 0.6), (17, 1)),
            "icon-rotation-alignment": "viewport",
            "icon-allow-overlap": True,
            "icon-ignore-placement": True,
        },
    }
