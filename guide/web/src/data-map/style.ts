/** What the data maps draw: the town as on the visitors' map, and the features over it. */
import type { FeatureCollection, Geometry } from "geojson";
import type { MapLibreMap } from "maplibre-gl";
import { DAY } from "../map/theme";

const { accent: ACCENT, halo: HALO } = DAY;

const SOURCE = "shown";

/** The layers that answer to a click. */
export const SHOWN = ["shown-lines", "shown-points"] as const;

export function positionsOf(geometry: Geometry | null): number[][] {
  switch (geometry?.type) {
    case "Point":
      return [geometry.coordinates];
    case "LineString":
      return geometry.coordinates;
    case "MultiLineString":
      return geometry.coordinates.flat();
    default:
      return [];
  }
}

export function showFeatures(map: MapLibreMap, features: FeatureCollection): void {
  map.addSource(SOURCE, { type: "geojson", data: features });
  const round = { "line-cap": "round", "line-join": "round" } as const;
  map.addLayer({
    id: "shown-edge",
    type: "line",
    source: SOURCE,
    layout: round,
    paint: { "line-color": HALO, "line-width": 7 },
  });
  map.addLayer({
    id: SHOWN[0],
    type: "line",
    source: SOURCE,
    layout: round,
    paint: { "line-color": ACCENT, "line-width": 4 },
  });
  map.addLayer({
    id: SHOWN[1],
    type: "circle",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-color": ACCENT,
      "circle-radius": 7,
      "circle-stroke-color": HALO,
      "circle-stroke-width": 2,
    },
  });
}
