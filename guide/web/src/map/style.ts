/** One style for one area, built from what the area really has. */

import type { FeatureCollection } from "geojson";
import type {
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
  VectorSourceSpecification,
} from "maplibre-gl";
import type { Lang, Legend, TileJson } from "../api/types";
import { baseLabels, baseLayers, paper } from "./base-layers";
import { landmarkLayers } from "./landmark-layers";
import { slopeLabels, slopeLines, slopeMarks } from "./slope-layers";
import { stairLayers, streetLabels, streetLayers } from "./street-layers";
import { routeLayers, stopLayers, walkSources } from "./walk-layers";

export interface StyleInput {
  legend: Legend;
  lang: Lang;
  selected: string | null;
  tiles: { streets: TileJson | null; guide: TileJson | null };
  names: FeatureCollection;
  slopeNames: readonly string[];
}

/** The service's TileJSON, with addresses made whole so that a worker can fetch them. */
function vectorSource(tilejson: TileJson): VectorSourceSpecification {
  const { tiles, minzoom, maxzoom, bounds } = tilejson;
  return {
    type: "vector",
    tiles: tiles.map((address) =>
      // URL would escape the braces that MapLibre fills in.
      /^https?:/.test(address) ? address : `${location.origin}/${address.replace(/^\//, "")}`,
    ),
    ...(minzoom === undefined ? {} : { minzoom }),
    ...(maxzoom === undefined ? {} : { maxzoom }),
    ...(bounds === undefined ? {} : { bounds }),
  };
}

export function buildStyle(input: StyleInput): StyleSpecification {
  const { legend, lang, selected, tiles } = input;
  const sources: Record<string, SourceSpecification> = {
    "slope-names": { type: "geojson", data: input.names },
    ...walkSources(),
  };
  if (tiles.streets) sources.streets = vectorSource(tiles.streets);
  if (tiles.guide) sources.guide = vectorSource(tiles.guide);

  const present = new Set(
    [tiles.streets, tiles.guide].flatMap(
      (tilejson) => tilejson?.vector_layers?.map((layer) => layer.id) ?? [],
    ),
  );
  const layers: LayerSpecification[] = [
    paper,
    ...baseLayers(present),
    ...streetLayers(legend),
    ...slopeLines(legend, selected),
    ...stairLayers(legend),
    ...slopeMarks(selected),
    ...baseLabels(present, lang),
    streetLabels(lang, input.slopeNames),
    ...routeLayers,
    ...landmarkLayers(lang),
    slopeLabels,
    ...stopLayers,
  ];
  return {
    version: 8,
    sources,
    // No `glyphs`: text is drawn with local fonts, nothing is fetched from elsewhere.
    layers: layers.filter((layer) => !("source" in layer) || layer.source in sources),
    transition: { duration: 0, delay: 0 },
  };
}
