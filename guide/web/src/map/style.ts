/** The town's style comes whole from the service; here is added what only a page with a reader has. */

import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import { withContours } from "./contours";
import { selectedSlope } from "./slope-layers";
import { DAY, type Inks } from "./theme";
import { routeLayers, stopLayers, walkSources } from "./walk-layers";

/** Puts layers in before the first of some others that is there, or on top of all. */
function insert(
  layers: LayerSpecification[],
  added: readonly LayerSpecification[],
  before: readonly string[] = [],
): void {
  const at = layers.findIndex((layer) => before.includes(layer.id));
  layers.splice(at < 0 ? layers.length : at, 0, ...added);
}

/** The style with the chosen slope's mark, contours, and room for a walk. */
export function dressStyle(
  town: StyleSpecification,
  selected: string | null,
  inks: Inks = DAY,
): StyleSpecification {
  const style = withContours(town);
  const layers = [...style.layers];
  if (style.sources.guide) insert(layers, selectedSlope(selected, inks), ["slope-halo"]);
  insert(layers, routeLayers(inks), ["landmarks", "slope-names"]);
  insert(layers, stopLayers(inks));
  return { ...style, sources: { ...style.sources, ...walkSources() }, layers };
}
