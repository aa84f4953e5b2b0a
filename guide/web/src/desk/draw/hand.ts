/** The hand on the map: presses put places, handles are dragged, a press between two of them adds one. */
import type { MapLayerMouseEvent, MapLayerTouchEvent, MapLibreMap, PointLike } from "maplibre-gl";
import type { LngLat } from "../../api/types";
import { BETWEEN, HANDLES } from "./layers";

export type Tool = "point" | "line" | null;

export interface Hand {
  tool(): Tool;
  press(place: LngLat): void;
  end(): void;
  /** A place is taken hold of: handle `at`, or a new one after `at` where `isNew`. */
  hold(at: number, isNew: boolean, place: LngLat): number;
  drag(at: number, place: LngLat): void;
  drop(): void;
}

const REACH_PX = 12;

export function listen(map: MapLibreMap, hand: Hand): void {
  let held: number | null = null;
  let moved = false;

  const under = (at: PointLike): { at: number; isNew: boolean } | null => {
    const [x, y] = at as [number, number];
    const box: [PointLike, PointLike] = [
      [x - REACH_PX, y - REACH_PX],
      [x + REACH_PX, y + REACH_PX],
    ];
    const [first] = map.queryRenderedFeatures(box, { layers: [HANDLES] });
    if (first) return { at: Number(first.properties.at), isNew: false };
    const [between] = map.queryRenderedFeatures(box, { layers: [BETWEEN] });
    return between ? { at: Number(between.properties.at), isNew: true } : null;
  };

  const begin = (event: MapLayerMouseEvent | MapLayerTouchEvent): void => {
    const found = under([event.point.x, event.point.y]);
    if (found === null) return;
    event.preventDefault();
    held = hand.hold(found.at, found.isNew, event.lngLat.toArray());
    moved = false;
    map.getCanvas().style.cursor = "grabbing";
  };
  const go = (event: MapLayerMouseEvent | MapLayerTouchEvent): void => {
    if (held === null) {
      const over = under([event.point.x, event.point.y]) !== null;
      map.getCanvas().style.cursor = over ? "grab" : hand.tool() ? "crosshair" : "";
      return;
    }
    moved = true;
    hand.drag(held, event.lngLat.toArray());
  };
  const end = (): void => {
    if (held === null) return;
    held = null;
    map.getCanvas().style.cursor = "";
    hand.drop();
  };

  map.on("mousedown", begin);
  map.on("touchstart", (event) => {
    if (event.points.length === 1) begin(event);
  });
  map.on("mousemove", go);
  map.on("touchmove", go);
  map.on("mouseup", end);
  map.on("touchend", end);
  map.on("click", (event) => {
    if (moved) {
      moved = false;
      return;
    }
    if (hand.tool() !== null && under([event.point.x, event.point.y]) === null) {
      hand.press(event.lngLat.toArray());
    }
  });
  map.on("dblclick", (event) => {
    if (hand.tool() !== "line") return;
    event.preventDefault();
    hand.end();
  });
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "Escape") hand.end();
  });
}
