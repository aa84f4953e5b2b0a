/** How a drawing looks: the line that was found along the streets, what the hand drew, and its handles. */
import type { Feature, FeatureCollection } from "geojson";
import type { GeoJSONSource, MapLibreMap } from "maplibre-gl";
import type { LngLat } from "../../api/types";
import { DAY } from "../../map/theme";

const { accent: ACCENT, halo: HALO, route: ROUTE } = DAY;

import { middles, type Shape } from "./shape";

const DRAWN = "desk-drawn";
const FOUND = "desk-found";
export const HANDLES = "desk-handles";
export const BETWEEN = "desk-between";

const nothing: FeatureCollection = { type: "FeatureCollection", features: [] };
const round = { "line-cap": "round", "line-join": "round" } as const;

export function addLayers(map: MapLibreMap): void {
  map.addSource(FOUND, { type: "geojson", data: nothing });
  map.addSource(DRAWN, { type: "geojson", data: nothing });
  map.addLayer({
    id: "desk-found-edge",
    type: "line",
    source: FOUND,
    layout: round,
    paint: { "line-color": HALO, "line-width": 11 },
  });
  map.addLayer({
    id: "desk-found-line",
    type: "line",
    source: FOUND,
    layout: round,
    paint: { "line-color": ROUTE, "line-width": 6 },
  });
  map.addLayer({
    id: "desk-found-arrows",
    type: "symbol",
    source: FOUND,
    filter: ["==", ["get", "uphill"], true],
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 60,
      "icon-image": `chevron ${HALO}`,
      "icon-allow-overlap": true,
    },
  });
  map.addLayer({
    id: "desk-drawn-line",
    type: "line",
    source: DRAWN,
    filter: ["==", ["geometry-type"], "LineString"],
    layout: round,
    paint: { "line-color": ACCENT, "line-width": 2, "line-dasharray": [1.5, 1.5] },
  });
  map.addLayer({
    id: BETWEEN,
    type: "circle",
    source: DRAWN,
    filter: ["==", ["get", "role"], "between"],
    paint: {
      "circle-color": HALO,
      "circle-radius": 5,
      "circle-opacity": 0.9,
      "circle-stroke-color": ACCENT,
      "circle-stroke-width": 1.5,
    },
  });
  map.addLayer({
    id: HANDLES,
    type: "circle",
    source: DRAWN,
    filter: ["in", ["get", "role"], ["literal", ["place", "foot", "head", "way"]]],
    paint: {
      "circle-color": ["match", ["get", "role"], "foot", HALO, ACCENT],
      "circle-radius": ["match", ["get", "role"], "way", 6, 9],
      "circle-stroke-color": ["match", ["get", "role"], "foot", ACCENT, HALO],
      "circle-stroke-width": 3,
    },
  });
}

export function showFound(
  map: MapLibreMap,
  lines: readonly (readonly LngLat[])[],
  uphill: boolean,
): void {
  setData(map, FOUND, {
    type: "FeatureCollection",
    features: lines.map((line) => ({
      type: "Feature",
      properties: { uphill },
      geometry: { type: "LineString", coordinates: line.map((place) => [...place]) },
    })),
  });
}

export function showDrawn(map: MapLibreMap, shape: Shape): void {
  setData(map, DRAWN, { type: "FeatureCollection", features: drawnFeatures(shape) });
}

function drawnFeatures({ point, line }: Shape): Feature[] {
  const features: Feature[] = [];
  if (line.length > 1) {
    features.push({
      type: "Feature",
      properties: {},
      geometry: { type: "LineString", coordinates: line },
    });
    features.push(...middles(line).map((place, at) => handle(place, "between", at)));
  }
  features.push(
    ...line.map((place, at) =>
      handle(place, at === 0 ? "foot" : at === line.length - 1 ? "head" : "way", at),
    ),
  );
  if (point && line.length === 0) features.push(handle(point, "place", -1));
  return features;
}

const handle = (place: LngLat, role: string, at: number): Feature => ({
  type: "Feature",
  properties: { role, at },
  geometry: { type: "Point", coordinates: place },
});

function setData(map: MapLibreMap, source: string, data: FeatureCollection): void {
  map.getSource<GeoJSONSource>(source)?.setData(data);
}
