/** Where the visitor is: a dot, and how sure the device is of it. */
import type { Feature, Polygon } from "geojson";
import { type GeoJSONSource, type MapLibreMap, Marker } from "maplibre-gl";
import type { Fix } from "../here/position";
import { fixOf } from "../here/position";
import type { Store } from "../store";
import { h } from "../ui/dom";
import { inksOf } from "./theme";

const SOURCE = "here";
const CORNERS = 48;
const EARTH_M = 6371008.8;

/** The circle of a fix's accuracy, as a polygon, for MapLibre draws circles in pixels only. */
function accuracyCircle({ lngLat: [lon, lat], accuracy_m }: Fix): Feature<Polygon> {
  const north = ((accuracy_m / EARTH_M) * 180) / Math.PI;
  const east = north / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  const ring = Array.from({ length: CORNERS + 1 }, (_, i) => {
    const angle = (2 * Math.PI * i) / CORNERS;
    return [lon + east * Math.cos(angle), lat + north * Math.sin(angle)];
  });
  return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
}

export function showHere(store: Store, map: MapLibreMap): { restyled(): void } {
  const dot = h("div", { class: "here-dot", "data-testid": "here-dot" });
  const marker = new Marker({ element: dot, anchor: "center", rotationAlignment: "map" });

  const draw = (): void => {
    const fix = fixOf(store.now.here);
    const source = map.getSource<GeoJSONSource>(SOURCE);
    source?.setData(fix ? accuracyCircle(fix) : { type: "FeatureCollection", features: [] });
    if (!fix) {
      marker.remove();
      return;
    }
    dot.toggleAttribute("data-heading", fix.heading_deg !== null);
    marker.setRotation(fix.heading_deg ?? 0);
    marker.setLngLat(fix.lngLat).addTo(map);
  };

  store.watch(["here"], draw);
  return {
    restyled() {
      if (!map.getSource(SOURCE)) {
        map.addSource(SOURCE, {
          type: "geojson",
          data: { type: "FeatureCollection", features: [] },
        });
        const paint = { "fill-color": inksOf(store.now.evening).route, "fill-opacity": 0.13 };
        map.addLayer({ id: "here-accuracy", type: "fill", source: SOURCE, paint });
      }
      draw();
    },
  };
}
