"""Names of places, waters, streets and landmarks; who comes first where there is no room for all."""

from collections.abc import Sequence
from typing import Final

from guide.api.styles.expressions import (
    BOLD,
    KIND,
    REGULAR,
    Expression,
    Layer,
    among,
    by_zoom,
    from_zoom,
    match,
    name_in,
    number,
    slope_name_in,
)
from guide.api.styles.theme import Theme
from guide.http.texts import Language

_LABELS = {"source": "streets", "source-layer": "labels"}
_WATERS: Final = ("sea", "bay", "water", "cape", "island")

EARLY: Final = ("viewpoint", "station", "museum", "shrine", "sight", "toilets", "drinking_water")
"""Landmarks that help to find one's way or are worth it; cafés and benches come when one is near."""


def places(theme: Theme, language: Language) -> list[Layer]:
    """Towns and quarters, waters, parks and peaks."""
    return [
        {
            "id": "water-names",
            "type": "symbol",
            **_LABELS,
            "filter": among(KIND, _WATERS),
            "layout": {
                "text-field": name_in(language),
                "text-font": REGULAR,
                "text-size": match(KIND, [("sea", 15), ("bay", 14)], 12),
                "text-letter-spacing": match(KIND, [(["sea", "bay"], 0.18)], 0.05),
                "text-max-width": 7,
                "text-padding": 6,
            },
            "paint": _text(theme.water_ink, theme, 1.2),
        },
        {
            "id": "waterway-names",
            "type": "symbol",
            "source": "streets",
            "source-layer": "water",
            "filter": ["all", ["==", ["geometry-type"], "LineString"], ["has", "name"]],
            "minzoom": 13,
            "layout": {
                "symbol-placement": "line",
                "symbol-spacing": 420,
                "text-field": name_in(language),
                "text-font": REGULAR,
                "text-size": 11.5,
                "text-letter-spacing": 0.08,
                "text-max-angle": 35,
            },
            "paint": _text(theme.water_ink, theme, 1.2),
        },
        {
            "id": "park-names",
            "type": "symbol",
            **_LABELS,
            "filter": ["==", KIND, "park"],
            "minzoom": 13,
            "layout": {
                "text-field": name_in(language),
                "text-font": REGULAR,
                "text-size": by_zoom((13, 10.5), (17, 13)),
                "text-max-width": 7,
                "text-padding": 8,
            },
            "paint": _text(theme.green_ink, theme, 1.4),
        },
        {
            "id": "place-labels",
            "type": "symbol",
            **_LABELS,
            "filter": among(KIND, ("town", "quarter", "village")),
            "maxzoom": 17,
            "layout": {
                "text-field": name_in(language),
                "text-font": BOLD,
                "text-size": match(KIND, [("town", 16)], 12.5),
                "text-letter-spacing": match(KIND, [("town", 0.06)], 0.12),
                "text-max-width": 8,
                "text-padding": 10,
                "symbol-sort-key": match(KIND, [("town", 0), ("village", 1)], 2),
            },
            "paint": {**_text(theme.soft_ink, theme, 1.6), "text-opacity": from_zoom(1, (15, 0.8))},
        },
        {
            "id": "peaks",
            "type": "symbol",
            **_LABELS,
            "filter": ["==", KIND, "peak"],
            "layout": {
                "icon-image": "peak",
                "icon-size": by_zoom((12, 0.6), (17, 0.9)),
                "text-field": [
                    "format",
                    name_in(language),
                    {},
                    ["case", ["has", "ele_m"], ["concat", "\n", ["number-format", number("ele_m"), {}], " m"], ""],
                    {"font-scale": 0.86},
                ],
                "text-font": REGULAR,
                "text-size": 11.5,
                "text-anchor": "top",
                "text-offset": [0, 0.55],
                "text-max-width": 8,
                "text-optional": True,
                "symbol-sort-key": ["-", 0, number("ele_m")],
            },
            "paint": _text(theme.ink, theme, 1.6),
        },
    ]


def street_names(theme: Theme, language: Language, slope_names: Sequence[str]) -> list[Layer]:
    """Along the streets. A slope's name is written by its own layer, larger; the street must not say it again."""
    own: Expression = ["!", ["match", ["coalesce", ["get", "name"], ""], sorted(set(slope_names)), True, False]]
    layer: Layer = {
        "id": "street-names",
        "type": "symbol",
        "source": "streets",
        "source-layer": "streets",
        "minzoom": 14,
        "layout": {
            "symbol-placement": "line",
            "symbol-spacing": 340,
            "text-field": name_in(language),
            "text-font": REGULAR,
            "text-size": by_zoom((14, 10), (16, 11.5), (19, 14)),
            "text-padding": 6,
            "text-max-angle": 35,
            "symbol-sort-key": match(KIND, [("major", 0), ("minor", 1), (["residential", "steps"], 2)], 3),
        },
        "paint": _text(theme.soft_ink, theme, 1.6),
    }
    return [{**layer, "filter": own} if slope_names else layer]


def tour_names(theme: Theme, language: Language) -> list[Layer]:
    """Along the tours."""
    return [
        {
            "id": "tour-names",
            "type": "symbol",
            "source": "guide",
            "source-layer": "tours",
            "minzoom": 13,
            "layout": {
                "symbol-placement": "line",
                "symbol-spacing": 500,
                "text-field": slope_name_in(language),
                "text-font": REGULAR,
                "text-size": 11.5,
                "text-offset": [0, 0.9],
                "text-max-angle": 30,
                "text-padding": 8,
            },
            "paint": _text(theme.tour, theme, 1.6),
        }
    ]


def landmarks(theme: Theme, language: Language) -> list[Layer]:
    """Quiet until one is near."""
    return [
        {
            "id": "landmarks",
            "type": "symbol",
            "source": "guide",
            "source-layer": "landmarks",
            "minzoom": 14.5,
            "filter": ["any", [">=", ["zoom"], 16], among(KIND, EARLY)],
            "layout": {
                "icon-image": ["concat", "landmark-", KIND],
                "icon-size": by_zoom((14.5, 0.72), (18, 1)),
                "icon-padding": 1,
                "text-field": from_zoom("", (15, _landmark_name(language))),
                "text-font": REGULAR,
                "text-size": 11.5,
                "text-anchor": "top",
                "text-offset": [0, 1],
                "text-max-width": 8,
                # A name without room may go, its mark should not.
                "text-optional": True,
                "symbol-sort-key": match(KIND, [(word, rank) for rank, word in enumerate(EARLY)], len(EARLY)),
            },
            "paint": _text(theme.soft_ink, theme, 1.6),
        }
    ]


def _landmark_name(language: Language) -> Expression:
    """A landmark's name; many have none."""
    first, second = ("name", "name_en") if language is Language.JA else ("name_en", "name")
    return ["coalesce", ["get", first], ["get", second], ""]


def _text(colour: str, theme: Theme, halo: float) -> dict[str, object]:
    return {"text-color": colour, "text-halo-color": theme.halo, "text-halo-width": halo}
