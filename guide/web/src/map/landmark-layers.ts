/** Landmarks: quiet until one is near. */
import type { LayerSpecification } from "maplibre-gl";
import type { Lang } from "../api/types";
import { HALO, REGULAR, SOFT_INK } from "./theme";

/** What helps to find one's way or is worth it comes first; cafés and benches come when near. */
const EARLY = ["viewpoint", "station", "museum", "shrine", "sight", "toilets", "drinking_water"];

export const landmarkLayers = (lang: Lang): LayerSpecification[] => [
  {
    id: "landmarks",
    type: "symbol",
    source: "guide",
    "source-layer": "landmarks",
    minzoom: 14.5,
    filter: ["any", [">=", ["zoom"], 16], ["in", ["get", "kind"], ["literal", EARLY]]],
    layout: {
      "icon-image": ["concat", "landmark-", ["get", "kind"]],
      "icon-size": ["interpolate", ["linear"], ["zoom"], 14.5, 0.72, 18, 1],
      "icon-padding": 1,
      "text-field": [
        "step",
        ["zoom"],
        "",
        15,
        lang === "ja"
          ? ["coalesce", ["get", "name"], ["get", "name_en"], ""]
          : ["coalesce", ["get", "name_en"], ["get", "name"], ""],
      ],
      "text-font": REGULAR,
      "text-size": 11.5,
      "text-anchor": "top",
      "text-offset": [0, 1],
      "text-max-width": 8,
      // A name without room may go, its mark should not.
      "text-optional": true,
    },
    paint: { "text-color": SOFT_INK, "text-halo-color": HALO, "text-halo-width": 1.6 },
  },
];
