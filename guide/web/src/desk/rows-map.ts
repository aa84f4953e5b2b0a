/** The rows of a dropped file on the map: what is new, what changes and from where, what should be looked at. */
import type { FeatureCollection } from "geojson";
import type { MapLayerMouseEvent } from "maplibre-gl";
import type { Lang, LngLat } from "../api/types";
import { look, openTown } from "./map/town";
import { ask } from "./server";

interface Row {
  id: string;
  name: string;
  outcome: "new" | "changed" | "same" | "refused";
  odd: boolean;
  at: LngLat;
  was?: LngLat;
}

const NEW = "#2f6b4f";
const CHANGED = "#24487a";
const SAME = "#8d8270";
const ODD = "#a3201d";
const HALO = "#fffaf0";

/** What should be seen lies on top. */
const rank = (row: Row): number => (row.odd ? 3 : row.outcome === "same" ? 0 : 2);

export async function rowsMap(root: HTMLElement): Promise<void> {
  const canvas = root.querySelector<HTMLElement>("[data-map]");
  if (!canvas) return;
  const { area = "", lang = "ja", places = "" } = root.dataset;
  const rows = await ask<Row[]>(places);
  rows.sort((one, other) => rank(one) - rank(other));
  const { map } = await openTown(
    canvas,
    area,
    lang as Lang,
    rows.flatMap((row) => (row.was ? [row.at, row.was] : [row.at])),
  );
  map.addSource("rows", { type: "geojson", data: features(rows) });
  map.addLayer({
    id: "rows-moves",
    type: "line",
    source: "rows",
    filter: ["==", ["geometry-type"], "LineString"],
    paint: { "line-color": CHANGED, "line-width": 2, "line-dasharray": [2, 1.5] },
  });
  map.addLayer({
    id: "rows-points",
    type: "circle",
    source: "rows",
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-color": [
        "case",
        ["get", "odd"],
        ODD,
        ["match", ["get", "outcome"], "new", NEW, "changed", CHANGED, SAME],
      ],
      "circle-radius": ["match", ["get", "outcome"], "same", 4, 7],
      "circle-stroke-color": HALO,
      "circle-stroke-width": 2,
    },
  });
  map.on("mouseenter", "rows-points", () => {
    map.getCanvas().style.cursor = "pointer";
  });
  map.on("mouseleave", "rows-points", () => {
    map.getCanvas().style.cursor = "";
  });
  map.on("click", "rows-points", (event: MapLayerMouseEvent) => {
    const id: unknown = event.features?.at(-1)?.properties.id;
    if (typeof id === "string") show(id);
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const row = byId.get(target.closest<HTMLElement>("[data-row]")?.dataset.row ?? "");
    if (row && !target.closest("a, input, button, label")) look(map, [row.at]);
  });
  root.dataset.ready = "yes";
}

/** A row of the table, if it is on this page. */
function show(id: string): void {
  const row = document.getElementById(id);
  if (!row) return;
  row.scrollIntoView({ block: "center" });
  row.classList.add("pointed");
  setTimeout(() => row.classList.remove("pointed"), 2_000);
}

function features(rows: readonly Row[]): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: rows.flatMap(({ id, outcome, odd, at, was }) => [
      ...(was
        ? [
            {
              type: "Feature" as const,
              properties: { id },
              geometry: { type: "LineString" as const, coordinates: [was, at] },
            },
          ]
        : []),
      {
        type: "Feature" as const,
        properties: { id, outcome, odd },
        geometry: { type: "Point" as const, coordinates: at },
      },
    ]),
  };
}
