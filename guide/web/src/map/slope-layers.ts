/** The mark around the slope that is being read; all else of the slopes is in the town's style. */

import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { Inks } from "./theme";

const LINES = { source: "guide", "source-layer": "slopes" } as const;
const POINTS = { source: "guide", "source-layer": "slope_points" } as const;

/** Matches no slope until one is chosen. */
export const selectedFilter = (id: string | null): ExpressionSpecification => [
  "==",
  ["get", "id"],
  id ?? "",
];

export const selectedPlaceFilter = (id: string | null): ExpressionSpecification => [
  "all",
  selectedFilter(id),
  ["==", ["get", "role"], "place"],
];

export const selectedSlope = (selected: string | null, { accent }: Inks): LayerSpecification[] => [
  {
    id: "slope-selected",
    type: "line",
    ...LINES,
    filter: selectedFilter(selected),
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": accent,
      "line-width": ["interpolate", ["exponential", 1.5], ["zoom"], 10, 9, 15, 20, 19, 44],
      "line-opacity": 0.9,
    },
  },
  {
    id: "slope-selected-point",
    type: "circle",
    ...POINTS,
    filter: selectedPlaceFilter(selected),
    paint: {
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 9, 9, 15, 16],
      "circle-color": accent,
      "circle-opacity": 0.45,
    },
  },
];
