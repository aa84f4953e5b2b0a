/** Ground under the streets, drawn where the built area has it. */
import type { LayerSpecification } from "maplibre-gl";
import { BUILDING, GREEN, PAPER, WATER } from "./theme";

export const paper: LayerSpecification = {
  id: "paper",
  type: "background",
  paint: { "background-color": PAPER },
};

const ground = (id: string, colour: string, minzoom: number): LayerSpecification => ({
  id,
  type: "fill",
  source: "streets",
  "source-layer": id,
  minzoom,
  paint: { "fill-color": colour, "fill-antialias": true },
});

export const baseLayers = (present: ReadonlySet<string>): LayerSpecification[] =>
  [ground("green", GREEN, 8), ground("water", WATER, 8), ground("buildings", BUILDING, 14)].filter(
    (layer) => present.has(layer.id),
  );
