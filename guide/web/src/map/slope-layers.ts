/** The named slopes: what this map is about, so nothing is drawn louder. */

import type { Feature, FeatureCollection, Point } from "geojson";
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { Lang, Legend, SlopeFeature } from "../api/types";
import { placeAlong } from "../geo";
import { nameOf } from "../text/names";
import { decimal } from "../text/numbers";
import { bandColour } from "./street-layers";
import { ACCENT, BOLD, HALO, INK } from "./theme";

const LINES = { source: "guide", "source-layer": "slopes" } as const;
const POINTS = { source: "guide", "source-layer": "slope_points" } as const;

const grow = (far: number, middle: number, near: number): ExpressionSpecification => [
  "interpolate",
  ["exponential", 1.5],
  ["zoom"],
  10,
  far,
  15,
  middle,
  19,
  near,
];

const role = (...roles: string[]): ExpressionSpecification => [
  "in",
  ["get", "role"],
  ["literal", roles],
];

const round = { "line-cap": "round", "line-join": "round" } as const;

/** Matches no slope until one is chosen. */
export const selectedFilter = (id: string | null): ExpressionSpecification => [
  "==",
  ["get", "id"],
  id ?? "",
];

export const selectedPlaceFilter = (id: string | null): ExpressionSpecification => [
  "all",
  selectedFilter(id),
  role("place"),
];

export function slopeLines(legend: Legend, selected: string | null): LayerSpecification[] {
  const filter = selectedFilter(selected);
  return [
    {
      id: "slope-selected",
      type: "line",
      ...LINES,
      filter,
      layout: round,
      paint: { "line-color": ACCENT, "line-width": grow(9, 20, 44), "line-opacity": 0.9 },
    },
    {
      id: "slope-halo",
      type: "line",
      ...LINES,
      layout: round,
      paint: { "line-color": HALO, "line-width": grow(6, 15, 36) },
    },
    {
      id: "slope-edge",
      type: "line",
      ...LINES,
      layout: round,
      paint: { "line-color": INK, "line-width": grow(4.2, 11, 29) },
    },
    {
      id: "slope",
      type: "line",
      ...LINES,
      layout: round,
      paint: { "line-color": bandColour(legend), "line-width": grow(2.6, 7.6, 23) },
    },
  ];
}

/** Marks on the lines: which way is up, where a slope starts and ends, places without a line. */
export function slopeMarks(selected: string | null): LayerSpecification[] {
  return [
    {
      id: "slope-arrows",
      type: "symbol",
      ...LINES,
      minzoom: 14,
      layout: {
        "symbol-placement": "line",
        "symbol-spacing": 60,
        "icon-image": "arrow",
        "icon-size": ["interpolate", ["linear"], ["zoom"], 14, 0.6, 18, 1.2],
        "icon-rotation-alignment": "map",
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
    },
    {
      id: "slope-selected-point",
      type: "circle",
      ...POINTS,
      filter: selectedPlaceFilter(selected),
      paint: {
        "circle-radius": 13,
        "circle-color": HALO,
        "circle-stroke-color": ACCENT,
        "circle-stroke-width": 4,
      },
    },
    {
      id: "slope-ends",
      type: "circle",
      ...POINTS,
      minzoom: 13.5,
      filter: role("foot", "head"),
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 13.5, 2.5, 17, 6],
        // The head is filled, the foot open, like the two ends of a thermometer.
        "circle-color": ["case", ["==", ["get", "role"], "head"], INK, HALO],
        "circle-stroke-color": ["case", ["==", ["get", "role"], "head"], HALO, INK],
        "circle-stroke-width": 2,
      },
    },
    {
      id: "slope-places",
      type: "circle",
      ...POINTS,
      filter: role("place"),
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 9, 4, 15, 8],
        "circle-color": ACCENT,
        "circle-stroke-color": HALO,
        "circle-stroke-width": 2,
      },
    },
  ];
}

/** Names stand at the middle of their slope; the steepest win where there is no room for all. */
export const slopeLabels: LayerSpecification = {
  id: "slope-names",
  type: "symbol",
  source: "slope-names",
  layout: {
    "text-field": [
      "step",
      ["zoom"],
      ["get", "label"],
      14,
      ["format", ["get", "label"], {}, ["get", "grade_text"], { "font-scale": 0.82 }],
    ],
    "text-font": BOLD,
    "text-size": ["interpolate", ["linear"], ["zoom"], 10, 10, 13, 11.5, 14.5, 13.5, 18, 17],
    "text-variable-anchor": ["left", "right", "top", "bottom"],
    "text-radial-offset": 1,
    "text-justify": "auto",
    "text-padding": 3,
    "symbol-sort-key": ["-", 0, ["get", "weight"]],
  },
  paint: { "text-color": INK, "text-halo-color": HALO, "text-halo-width": 2.2 },
};

export function slopeNames(
  slopes: readonly SlopeFeature[],
  lang: Lang,
  gradeText: (value: string) => string,
): FeatureCollection<Point> {
  const features = slopes.flatMap((slope): Feature<Point>[] => {
    const { geometry, properties } = slope;
    if (!geometry) return [];
    const coordinates =
      geometry.type === "Point" ? geometry.coordinates : placeAlong(geometry.coordinates)(0.5);
    const grade = properties.mean_grade_percent;
    return [
      {
        type: "Feature",
        geometry: { type: "Point", coordinates },
        properties: {
          id: properties.id,
          label: nameOf(properties, lang),
          grade_text: grade === null ? "" : `\n${gradeText(decimal(grade, 1, lang))}`,
          weight: Math.abs(grade ?? 0),
        },
      },
    ];
  });
  return { type: "FeatureCollection", features };
}
