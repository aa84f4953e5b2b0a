/** Follows the pointer along one line of the map. */
import type { MapLibreMap, MapMouseEvent } from "maplibre-gl";
import { nearestOnLine, reachedOf } from "../geo";

/** A finger is wider than a line. */
const REACH_PX = 14;

const EQUATOR_M = 40_075_016.7;
const TILE_PX = 512;

export function followPointer(
  map: MapLibreMap,
  line: readonly (readonly number[])[],
  signal: AbortSignal,
  tell: (along_m: number | null) => void,
): void {
  const reached = reachedOf(line);
  let on = false;
  const listen = ({ lngLat }: MapMouseEvent): void => {
    const { along_m, off_m } = nearestOnLine([lngLat.lng, lngLat.lat], line, reached);
    const across = EQUATOR_M * Math.cos((lngLat.lat * Math.PI) / 180);
    const metresPerPixel = across / (TILE_PX * 2 ** map.getZoom());
    const near = off_m <= REACH_PX * metresPerPixel;
    if (near) tell(along_m);
    else if (on) tell(null);
    on = near;
  };
  // A mouse moves over the line; a finger taps on it.
  map.on("mousemove", listen);
  map.on("click", listen);
  signal.addEventListener("abort", () => {
    map.off("mousemove", listen);
    map.off("click", listen);
  });
}
