/** The map while somebody walks: it moves along, and pales what is behind them. */
import type { GeoJSONSource, MapLibreMap } from "maplibre-gl";
import { placeAlong, reachedOf } from "../geo";
import { fixOf } from "../here/position";
import type { Store } from "../store";
import { inksOf } from "./theme";

const SOURCE = "walked";
const ZOOM = 17;

export interface FollowingView {
  restyled(): void;
  /** Moves with the walker again, after they looked elsewhere. */
  centre(on: boolean): void;
}

export function showFollowing(store: Store, map: MapLibreMap): FollowingView {
  let centred = true;

  /** The line up to where one is. */
  const walked = (): number[][] => {
    const following = store.now.following;
    const along_m = following?.progress?.along_m ?? 0;
    if (!following || along_m <= 0) return [];
    const line = following.route.geometry.coordinates;
    const reached = reachedOf(line);
    const total = reached.at(-1) ?? 0;
    const behind = line.filter((_, i) => (reached[i] ?? 0) < along_m);
    return total > 0 ? [...behind, placeAlong(line)(along_m / total)] : [];
  };

  const draw = (): void => {
    const coordinates = walked();
    map.getSource<GeoJSONSource>(SOURCE)?.setData({
      type: "FeatureCollection",
      features:
        coordinates.length > 1
          ? [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } }]
          : [],
    });
  };

  const moveAlong = (): void => {
    const fix = fixOf(store.now.here);
    if (!store.now.following || !fix || !centred) return;
    map.easeTo({ center: fix.lngLat, zoom: Math.max(ZOOM, map.getZoom()), duration: 400 });
  };

  map.on("dragstart", () => {
    if (store.now.following) centred = false;
  });
  let was = false;
  store.watch(["following"], ({ following }) => {
    draw();
    if (following !== null && !was) {
      centred = true;
      moveAlong();
    }
    was = following !== null;
  });
  store.watch(["here"], moveAlong);
  return {
    restyled() {
      if (!map.getSource(SOURCE)) {
        map.addSource(SOURCE, {
          type: "geojson",
          data: { type: "FeatureCollection", features: [] },
        });
        const before = map.getLayer("route-direction") ? "route-direction" : undefined;
        map.addLayer(
          {
            id: "walked",
            type: "line",
            source: SOURCE,
            layout: { "line-cap": "round", "line-join": "round" },
            paint: {
              "line-color": inksOf(store.now.evening).halo,
              "line-opacity": 0.72,
              "line-width": ["interpolate", ["linear"], ["zoom"], 11, 2.4, 18, 6.5],
            },
          },
          before,
        );
      }
      draw();
    },
    centre(on) {
      centred = on;
      moveAlong();
    },
  };
}
