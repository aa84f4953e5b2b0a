"""Streets in the colour of their steepness; stairs, tunnels and bridges by how they are drawn."""

from typing import Any, Final

from guide.api.styles.expressions import KIND, Expression, Layer, by_zoom, is_true, match, number
from guide.api.styles.theme import Theme

_LAYER = {"source": "streets", "source-layer": "streets"}

_BREADTH: Expression = match(
    KIND,
    [
        ("major", 1.7),
        ("minor", 1.3),
        ("pedestrian", 0.9),
        ("service", 0.65),
        ("steps", 0.8),
        (["path", "footway", "track", "cycleway"], 0.55),
    ],
    1,
)
"""How wide a kind is beside a residential street."""

EDGES_FROM_ZOOM: Final = 13
_FIRST_STEEP_BAND: Final = 2

_IS_STEPS: Expression = ["==", KIND, "steps"]
_IS_TUNNEL = is_true("tunnel")
_IS_BRIDGE = is_true("bridge")
_IS_KNOWN: Expression = ["has", "band"]
_STEEPEST_LAST = {"line-sort-key": number("abs_grade_percent")}
"""Where streets meet, the steep one is the one to see."""

_ROUND_CAP = {"line-cap": "round", "line-join": "round", **_STEEPEST_LAST}
_BUTT = {"line-cap": "butt", "line-join": "round", **_STEEPEST_LAST}


def band_colour(theme: Theme) -> Expression:
    """The colour of a feature's own band; without one its height is not known."""
    cases: list[tuple[Any, Any]] = list(enumerate(theme.bands))
    return match(number("band", -1), cases, theme.unknown_band)


def _steep_cases(theme: Theme) -> list[tuple[Any, Any]]:
    return [(band, colour) for band, colour in enumerate(theme.bands) if band >= _FIRST_STEEP_BAND]


def _width(edge: float) -> Expression:
    """A street's breadth on the screen, and ``edge`` pixels more on both sides together."""

    def breadth(extra: float, pixels: float) -> Expression:
        return ["+", round(extra, 2), ["*", _BREADTH, pixels]]

    stops = ((11, 0.3, 0.5), (14, 0.75, 2.2), (16, 1, 5.6), (19, 1.3, 21))
    return by_zoom(*((zoom, breadth(edge * share, pixels)) for zoom, share, pixels in stops), base=1.6)


def streets(theme: Theme) -> list[Layer]:
    """All that can be walked but stairs: threads far out, streets with their edges from zoom 13 on."""
    near = [{**layer, "minzoom": EDGES_FROM_ZOOM} for layer in _near(theme)]
    return [{**_thread(theme), "maxzoom": EDGES_FROM_ZOOM}, *near]


def _thread(theme: Theme) -> Layer:
    """Gentle streets keep quiet, steep ones speak already."""
    steep = [(band, colour) for band, colour in enumerate(theme.bands) if band >= _FIRST_STEEP_BAND]
    condition: Expression = ["all", ["!", _IS_STEPS], ["!", _IS_TUNNEL]]
    return _line("street-far", condition, _ROUND_CAP, {
        "line-color": match(number("band", -1), steep, theme.street_far),
        "line-width": by_zoom((10, 0.4), (11, ["*", _BREADTH, 0.5]), (13, ["*", _BREADTH, 1.5])),
    })  # fmt: skip


def _near(theme: Theme) -> list[Layer]:
    colour = band_colour(theme)
    open_air: Expression = ["all", ["!", _IS_STEPS], ["!", _IS_TUNNEL], ["!", _IS_BRIDGE]]
    bridge: Expression = ["all", ["!", _IS_STEPS], _IS_BRIDGE]
    return [
        _line("street-tunnel-edge", _IS_TUNNEL, _BUTT, {
            "line-color": theme.street_edge, "line-width": _width(1.6), "line-opacity": 0.55,
            "line-dasharray": [1.6, 0.9],
        }),
        _line("street-tunnel", _IS_TUNNEL, _BUTT, {
            "line-color": colour, "line-width": _width(0), "line-opacity": 0.55,
        }),
        _line("street-edge", open_air, _ROUND_CAP, {"line-color": theme.street_edge, "line-width": _width(1.6)}),
        _line("street", ["all", open_air, _IS_KNOWN], _ROUND_CAP, {"line-color": colour, "line-width": _width(0)}),
        _line("street-unknown", ["all", open_air, ["!", _IS_KNOWN]], _BUTT, {
            "line-color": theme.paper, "line-width": _width(0),
        }),
        _line("street-unknown-dots", ["all", open_air, ["!", _IS_KNOWN]], {"line-cap": "round"}, {
            "line-color": theme.unknown_band, "line-width": by_zoom((13, 0.6), (19, 3)), "line-dasharray": [0, 3],
        }),
        _line("bridge-edge", bridge, _BUTT, {"line-color": theme.soft_ink, "line-width": _width(3.6)}),
        _line("bridge-gap", bridge, _BUTT, {"line-color": theme.halo, "line-width": _width(1.8)}),
        _line("bridge", bridge, _ROUND_CAP, {"line-color": colour, "line-width": _width(0)}),
    ]  # fmt: skip


def stairs(theme: Theme) -> list[Layer]:
    """A ladder: two rails and rungs, on paper so that it stands off from the streets beside it.

    Drawn above the slopes, for a slope of stairs should look like stairs.
    """
    in_open: Expression = ["all", _IS_STEPS, ["!", _IS_TUNNEL]]

    def size(*pixels: float) -> Expression:
        return by_zoom(*zip((12, 14, 16, 19), pixels, strict=True), base=1.6)

    return [
        _line("stairs-edge", in_open, _BUTT, {"line-color": theme.slope_edge, "line-width": size(1.4, 3.4, 8, 23)}),
        _line("stairs-paper", in_open, _BUTT, {"line-color": theme.halo, "line-width": size(0.8, 2, 5.8, 19)}),
        _line("stairs", in_open, _BUTT, {
            "line-color": band_colour(theme), "line-width": size(0.8, 2, 5.8, 19), "line-dasharray": [0.36, 0.3],
        }),
    ]  # fmt: skip


def arrows(theme: Theme) -> list[Layer]:  # noqa: ARG001 (the pictures know the theme)
    """Always pointing uphill: a street's grade is signed along its line, so downhill turns them."""
    return [
        {
            "id": "street-arrows",
            "type": "symbol",
            **_LAYER,
            "minzoom": 15,
            "filter": ["all", ["!", _IS_TUNNEL], ["!", _IS_STEPS], [">=", number("abs_grade_percent"), 5]],
            "layout": {
                "symbol-placement": "line",
                "symbol-spacing": 110,
                "symbol-sort-key": ["-", 0, number("abs_grade_percent")],
                "icon-image": "arrow",
                "icon-size": by_zoom((15, 0.5), (18, 0.95)),
                "icon-rotate": ["case", ["<", number("grade_percent"), 0], 180, 0],
                "icon-rotation-alignment": "map",
                "icon-padding": 5,
            },
            "paint": {"icon-opacity": 0.8},
        }
    ]


def _line(layer_id: str, condition: Expression, layout: dict[str, Any], paint: dict[str, Any]) -> Layer:
    return {"id": layer_id, "type": "line", **_LAYER, "filter": condition, "layout": layout, "paint": paint}
