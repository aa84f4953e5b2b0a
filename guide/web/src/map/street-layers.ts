/** Streets in the colour of their steepness; stairs, tunnels and bridges by how they are drawn. */
import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  LineLayerSpecification,
} from "maplibre-gl";
import type { Lang, Legend } from "../api/types";
import { colourOfBand, unknownColour } from "../bands";
import { HALO, REGULAR, SOFT_INK, STREET_EDGE } from "./theme";

type Width = DataDrivenPropertyValueSpecification<number>;

const LAYER = { source: "streets", "source-layer": "streets" } as const;

/** How wide a kind is beside a residential street. */
const BREADTH: ExpressionSpecification = [
  "match",
  ["get", "kind"],
  "major",
  1.7,
  "minor",
  1.3,
  "pedestrian",
  0.9,
  "service",
  0.7,
  "steps",
  0.8,
  ["path", "footway", "track", "cycleway"],
  0.55,
  1,
];

const plus = (edge: number, width: number): ExpressionSpecification => [
  "+",
  edge,
  ["*", BREADTH, width],
];

const width = (edge: number): Width => [
  "interpolate",
  ["exponential", 1.6],
  ["zoom"],
  11,
  plus(edge * 0.3, 0.5),
  14,
  plus(edge * 0.7, 2),
  16,
  plus(edge, 5.2),
  19,
  plus(edge * 1.3, 20),
];

/** A match on the tile's own band; without one the height is unknown. */
export function bandColour(legend: Legend): ExpressionSpecification {
  const pairs = legend.bands.flatMap((entry) => [entry.band, colourOfBand(legend, entry.band)]);
  return [
    "match",
    ["coalesce", ["get", "band"], -1],
    ...pairs,
    unknownColour(legend),
  ] as unknown as ExpressionSpecification;
}

const IS_STEPS: ExpressionSpecification = ["==", ["get", "kind"], "steps"];
const IS_TUNNEL: ExpressionSpecification = ["==", ["coalesce", ["get", "tunnel"], false], true];
const IS_BRIDGE: ExpressionSpecification = ["==", ["coalesce", ["get", "bridge"], false], true];

const line = (
  id: string,
  filter: FilterSpecification,
  paint: NonNullable<LineLayerSpecification["paint"]>,
  cap: "round" | "butt" = "round",
): LineLayerSpecification => ({
  id,
  type: "line",
  ...LAYER,
  filter,
  layout: { "line-cap": cap, "line-join": cap === "butt" ? "miter" : "round" },
  paint,
});

export function streetLayers(legend: Legend): LayerSpecification[] {
  const colour = bandColour(legend);
  const open: FilterSpecification = ["all", ["!", IS_STEPS], ["!", IS_TUNNEL], ["!", IS_BRIDGE]];
  const bridge: FilterSpecification = ["all", ["!", IS_STEPS], IS_BRIDGE];
  return [
    line(
      "street-tunnel",
      IS_TUNNEL,
      {
        "line-color": colour,
        "line-width": width(0),
        "line-opacity": 0.45,
        "line-dasharray": [1.4, 0.9],
      },
      "butt",
    ),
    line("street-edge", open, { "line-color": STREET_EDGE, "line-width": width(1.6) }),
    line("street", open, { "line-color": colour, "line-width": width(0) }),
    line("bridge-edge", bridge, { "line-color": SOFT_INK, "line-width": width(3.4) }, "butt"),
    line("bridge-gap", bridge, { "line-color": HALO, "line-width": width(1.4) }, "butt"),
    line("bridge", bridge, { "line-color": colour, "line-width": width(0) }),
    streetArrows,
  ];
}

/**
 * A ladder: two rails and rungs, on paper so that it stands off from the streets beside it. Drawn
 * above the slopes, for a slope of stairs should look like stairs.
 */
export function stairLayers(legend: Legend): LayerSpecification[] {
  const colour = bandColour(legend);
  const filter: FilterSpecification = ["all", IS_STEPS, ["!", IS_TUNNEL]];
  const size = (small: number, middle: number, large: number): Width => [
    "interpolate",
    ["exponential", 1.6],
    ["zoom"],
    12,
    small,
    16,
    middle,
    19,
    large,
  ];
  return [
    line("stairs-edge", filter, { "line-color": SOFT_INK, "line-width": size(1.2, 8, 22) }, "butt"),
    line("stairs-paper", filter, { "line-color": HALO, "line-width": size(0.6, 6, 19) }, "butt"),
    line(
      "stairs",
      filter,
      { "line-color": colour, "line-width": size(1, 6, 19), "line-dasharray": [0.34, 0.26] },
      "butt",
    ),
  ];
}

/** Always pointing uphill: `grade_percent` is signed along the line, so downhill turns them. */
const streetArrows: LayerSpecification = {
  id: "street-arrows",
  type: "symbol",
  ...LAYER,
  minzoom: 15,
  filter: ["all", ["!", IS_TUNNEL], [">=", ["abs", ["coalesce", ["get", "grade_percent"], 0]], 5]],
  layout: {
    "symbol-placement": "line",
    "symbol-spacing": 90,
    "icon-image": "arrow",
    "icon-size": ["interpolate", ["linear"], ["zoom"], 15, 0.55, 18, 1],
    "icon-rotate": ["case", ["<", ["get", "grade_percent"], 0], 180, 0],
    "icon-rotation-alignment": "map",
    // Short pieces of street would otherwise crowd their arrows onto each other.
    "icon-padding": 5,
  },
  paint: { "icon-opacity": 0.85 },
};

export const streetName = (lang: Lang): ExpressionSpecification =>
  lang === "ja"
    ? ["coalesce", ["get", "name_ja"], ["get", "name"], ""]
    : ["coalesce", ["get", "name_en"], ["get", "name"], ""];

/** A slope's name is written by its own layer, larger; the street must not say it again. */
export const streetNameFilter = (slopeNames: readonly string[]): ExpressionSpecification => [
  "!",
  ["in", ["coalesce", ["get", "name"], ""], ["literal", [...slopeNames]]],
];

export const streetLabels = (lang: Lang, slopeNames: readonly string[]): LayerSpecification => ({
  id: "street-names",
  type: "symbol",
  ...LAYER,
  minzoom: 14,
  filter: streetNameFilter(slopeNames),
  layout: {
    "symbol-placement": "line",
    "symbol-spacing": 320,
    "text-field": streetName(lang),
    "text-font": REGULAR,
    "text-size": ["interpolate", ["linear"], ["zoom"], 14, 10.5, 18, 13.5],
    "text-padding": 6,
    "text-max-angle": 35,
  },
  paint: { "text-color": SOFT_INK, "text-halo-color": HALO, "text-halo-width": 1.6 },
});
