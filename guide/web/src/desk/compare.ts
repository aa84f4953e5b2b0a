/** Two versions on the map: what visitors see, and what the draft would make of it. */
import type { Geometry } from "geojson";
import type { Lang } from "../api/types";
import { positionsOf } from "../data-map/style";
import { openTown } from "./map/town";

const OLD = "#8a6d5a";
const NEW = "#24487a";
const HALO = "#fffaf0";

function read(text: string | undefined): Geometry | null {
  return text ? (JSON.parse(text) as Geometry) : null;
}

export async function compare(root: HTMLElement): Promise<void> {
  const canvas = root.querySelector<HTMLElement>("[data-map]");
  if (!canvas) return;
  const shapes = [
    { id: "old", geometry: read(root.dataset.before), colour: OLD, width: 9 },
    { id: "new", geometry: read(root.dataset.after), colour: NEW, width: 4 },
  ];
  const places = shapes.flatMap(({ geometry }) => positionsOf(geometry));
  const { area = "", lang = "ja" } = root.dataset;
  const { map } = await openTown(canvas, area, lang as Lang, places);
  for (const { id, geometry, colour, width } of shapes) {
    if (!geometry) continue;
    map.addSource(id, {
      type: "geojson",
      data: { type: "Feature", properties: {}, geometry },
    });
    map.addLayer({
      id: `${id}-line`,
      type: "line",
      source: id,
      filter: ["==", ["geometry-type"], "LineString"],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": colour, "line-width": width, "line-opacity": 0.85 },
    });
    map.addLayer({
      id: `${id}-point`,
      type: "circle",
      source: id,
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-color": colour,
        "circle-radius": width + 3,
        "circle-stroke-color": HALO,
        "circle-stroke-width": 2,
      },
    });
  }
  root.dataset.ready = "yes";
}
