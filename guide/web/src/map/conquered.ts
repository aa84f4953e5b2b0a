/** A stamp at the head of each conquered slope. */
import type { Feature, Point } from "geojson";
import type { GeoJSONSource, MapLibreMap } from "maplibre-gl";
import { conquestOf } from "../hundred/book";
import type { Store } from "../store";

const SOURCE = "conquered";

export function showConquered(store: Store, map: MapLibreMap): { restyled(): void } {
  const stamps = (): Feature<Point>[] => {
    const { slopes, book, area } = store.now;
    return slopes.flatMap(({ geometry, properties }): Feature<Point>[] => {
      if (!geometry || !conquestOf(book, area.id, properties.id)) return [];
      const place = geometry.type === "Point" ? geometry.coordinates : geometry.coordinates.at(-1);
      if (!place) return [];
      const { id } = properties;
      return [
        { type: "Feature", properties: { id }, geometry: { type: "Point", coordinates: place } },
      ];
    });
  };
  const draw = (): void => {
    const source = map.getSource<GeoJSONSource>(SOURCE);
    source?.setData({ type: "FeatureCollection", features: stamps() });
  };
  store.watch(["book", "slopes"], draw);
  return {
    restyled() {
      if (!map.getSource(SOURCE)) {
        map.addSource(SOURCE, {
          type: "geojson",
          data: { type: "FeatureCollection", features: [] },
        });
        map.addLayer({
          id: "conquered",
          type: "symbol",
          source: SOURCE,
          layout: {
            "icon-image": "stamp",
            "icon-size": ["interpolate", ["linear"], ["zoom"], 11, 0.55, 16, 1],
            "icon-allow-overlap": true,
            "icon-ignore-placement": true,
            "icon-offset": [0, -12],
          },
        });
      }
      draw();
    },
  };
}
