/** What lies under and around the streets, drawn where the built area has it. */
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { Lang } from "../api/types";
import {
  BOLD,
  BUILDING,
  GREEN,
  HALO,
  PAPER,
  RAILWAY,
  SOFT_INK,
  WATER,
  WATER_INK,
  WOOD,
} from "./theme";

export const paper: LayerSpecification = {
  id: "paper",
  type: "background",
  paint: { "background-color": PAPER },
};

const KIND: ExpressionSpecification = ["get", "kind"];

const GROUND: readonly LayerSpecification[] = [
  {
    id: "green",
    type: "fill",
    source: "streets",
    "source-layer": "green",
    paint: { "fill-color": ["match", KIND, "wood", WOOD, "beach", PAPER, GREEN] },
  },
  {
    id: "water",
    type: "fill",
    source: "streets",
    "source-layer": "water",
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": WATER },
  },
  {
    id: "waterways",
    type: "line",
    source: "streets",
    "source-layer": "water",
    filter: ["==", ["geometry-type"], "LineString"],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": WATER,
      "line-width": ["interpolate", ["exponential", 1.5], ["zoom"], 10, 0.8, 14, 2, 18, 8],
    },
  },
  {
    id: "buildings",
    type: "fill",
    source: "streets",
    "source-layer": "buildings",
    minzoom: 14,
    paint: { "fill-color": BUILDING, "fill-antialias": true },
  },
  {
    id: "railways",
    type: "line",
    source: "streets",
    "source-layer": "railways",
    paint: {
      "line-color": RAILWAY,
      "line-width": ["interpolate", ["linear"], ["zoom"], 11, 0.6, 16, 2],
      "line-dasharray": [4, 2],
    },
  },
];

const name = (lang: Lang): ExpressionSpecification => [
  "coalesce",
  ["get", lang === "ja" ? "name_ja" : "name_en"],
  ["get", "name"],
];

/** Names of towns, quarters, peaks and capes; streets and slopes win where there is no room. */
export const placeLabels = (lang: Lang): LayerSpecification => ({
  id: "place-labels",
  type: "symbol",
  source: "streets",
  "source-layer": "labels",
  maxzoom: 17,
  layout: {
    "text-field": name(lang),
    "text-font": BOLD,
    "text-size": ["match", KIND, "town", 16, 13],
    "text-letter-spacing": 0.06,
    "text-max-width": 8,
  },
  paint: {
    "text-color": ["match", KIND, ["cape", "island"], WATER_INK, SOFT_INK],
    "text-halo-color": HALO,
    "text-halo-width": 1.5,
  },
});

const isPresent =
  (present: ReadonlySet<string>) =>
  (layer: LayerSpecification): boolean =>
    "source-layer" in layer && present.has(layer["source-layer"] ?? "");

/** The ground's layers that the tiles hold. */
export const baseLayers = (present: ReadonlySet<string>): LayerSpecification[] =>
  GROUND.filter(isPresent(present));

/** The names of places, if the tiles hold any. */
export const baseLabels = (present: ReadonlySet<string>, lang: Lang): LayerSpecification[] =>
  [placeLabels(lang)].filter(isPresent(present));
