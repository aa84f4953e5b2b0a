/** Shows on the map the slopes that the list shows, and no others. */
import type { FilterSpecification, MapLibreMap } from "maplibre-gl";
import type { State, Store } from "../store";

/** Layers that draw slopes; the mark around the chosen one is not among them. */
function slopeLayersOf(map: MapLibreMap): string[] {
  return map
    .getStyle()
    .layers.filter((layer) => {
      if (!("source" in layer) || layer.id.includes("selected")) return false;
      return layer.source === "guide" && !!layer["source-layer"]?.startsWith("slope");
    })
    .map((layer) => layer.id);
}

export function showFound(store: Store, map: MapLibreMap): { restyled(): void } {
  /** What each layer leaves out by itself. */
  const own = new Map<string, FilterSpecification | null>();
  let shown: string | null = null;

  const apply = ({ found, slopes, selected }: Readonly<State>): void => {
    if (own.size === 0) return;
    const ids = found.map((slope) => slope.properties.id);
    // What is being read stays on the map, even if it passes no filter.
    if (selected !== null && !ids.includes(selected)) ids.push(selected);
    const all = ids.length >= slopes.length;
    const key = all ? "all" : [...ids].sort().join(" ");
    if (key === shown) return;
    shown = key;
    // A match is a table look-up; a list would be searched for every slope of every tile.
    const wanted: FilterSpecification =
      ids.length === 0 ? false : ["match", ["get", "id"], ids, true, false];
    for (const [layer, filter] of own) {
      if (!map.getLayer(layer)) continue;
      const both: FilterSpecification = filter
        ? (["all", filter, wanted] as FilterSpecification)
        : wanted;
      map.setFilter(layer, all ? filter : both);
    }
  };
  store.watch(["found", "selected"], apply);
  return {
    /** A new style has layers of its own. */
    restyled() {
      own.clear();
      shown = null;
      for (const layer of slopeLayersOf(map)) {
        own.set(layer, (map.getFilter(layer) as FilterSpecification | undefined) ?? null);
      }
      apply(store.now);
    },
  };
}
