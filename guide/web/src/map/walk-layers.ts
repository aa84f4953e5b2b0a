/** The planned walk: its line, its numbered stops, and the cursor of a profile. */
import type { FeatureCollection } from "geojson";
import type { GeoJSONSourceSpecification, LayerSpecification } from "maplibre-gl";
import { BOLD, type Inks } from "./theme";

const nothing: FeatureCollection = { type: "FeatureCollection", features: [] };
const drawn = (): GeoJSONSourceSpecification => ({ type: "geojson", data: nothing });

export const walkSources = (): Record<string, GeoJSONSourceSpecification> => ({
  route: drawn(),
  stops: drawn(),
});

const round = { "line-cap": "round", "line-join": "round" } as const;
const grow = (far: number, near: number) =>
  ["interpolate", ["linear"], ["zoom"], 11, far, 18, near] as [
    "interpolate",
    ["linear"],
    ["zoom"],
    number,
    number,
    number,
    number,
  ];

export const routeLayers = ({ halo, route }: Inks): LayerSpecification[] => [
  {
    id: "route-edge",
    type: "line",
    source: "route",
    layout: round,
    paint: { "line-color": halo, "line-width": grow(7, 15) },
  },
  {
    id: "route",
    type: "line",
    source: "route",
    layout: round,
    paint: { "line-color": route, "line-width": grow(4, 9), "line-opacity": 0.92 },
  },
  {
    id: "route-direction",
    type: "symbol",
    source: "route",
    minzoom: 14,
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 70,
      "icon-image": `chevron ${halo}`,
      "icon-size": ["interpolate", ["linear"], ["zoom"], 14, 0.6, 18, 1],
      "icon-rotation-alignment": "map",
      "icon-allow-overlap": true,
      "icon-ignore-placement": true,
    },
  },
];

export const stopLayers = ({ halo, route }: Inks): LayerSpecification[] => [
  {
    id: "stops",
    type: "circle",
    source: "stops",
    paint: {
      "circle-radius": 12,
      "circle-color": route,
      "circle-stroke-color": halo,
      "circle-stroke-width": 2.5,
    },
  },
  {
    id: "stop-numbers",
    type: "symbol",
    source: "stops",
    layout: {
      "text-field": ["get", "number"],
      "text-font": BOLD,
      "text-size": 13,
      "text-allow-overlap": true,
      "text-ignore-placement": true,
    },
    paint: { "text-color": halo },
  },
];
