/** Contours, drawn on this device from the same relief that shades the hills. */

import contour from "maplibre-contour";
import {
  addProtocol,
  type LayerSpecification,
  type RasterDEMSourceSpecification,
  type StyleSpecification,
} from "maplibre-gl";

/** What the service's style says of its contours. */
interface ContourPlan {
  /** The source of heights. */
  dem: string;
  /** From each zoom on: metres between two contours, and between two strong ones. */
  thresholds: Record<string, number[]>;
  layers: { below: string; layer: LayerSpecification }[];
}

const CLOSEST = 15;
const PATIENCE_MS = 10_000;

/** Whether a tile has any of what lies within bounds (west, south, east, north, in degrees). */
export function holds(bounds: readonly number[], z: number, x: number, y: number): boolean {
  const [west = -180, south = -90, east = 180, north = 90] = bounds;
  const lng = (column: number): number => (column / 2 ** z) * 360 - 180;
  const lat = (row: number): number =>
    (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 2 ** z))) * 180) / Math.PI;
  return lng(x) < east && lng(x + 1) > west && lat(y) > south && lat(y + 1) < north;
}

/** Beyond the last tile of a relief there is none; its neighbours draw on without it. */
class ReliefTiles extends contour.LocalDemManager {
  bounds: readonly number[] = [];

  override async fetchDem(
    ...asked: Parameters<InstanceType<typeof contour.LocalDemManager>["fetchDem"]>
  ) {
    const [z, x, y] = asked;
    // Nobody asks for what is known not to be there: each refusal is an error in the browser's log.
    if (!holds(this.bounds, z, x, y)) return undefined as never;
    try {
      return await super.fetchDem(...asked);
    } catch (error) {
      if (asked[4].signal.aborted) throw error;
      // The library draws without a neighbour, though its types do not say so.
      return undefined as never;
    }
  }
}

const known = new Map<string, InstanceType<typeof contour.DemSource>>();

/** One for each relief: each registers addresses of its own with the map. */
function demOf(
  url: string,
  maxzoom: number,
  bounds: readonly number[],
): InstanceType<typeof contour.DemSource> {
  const old = known.get(url);
  if (old) return old;
  // No worker: it would be made from text, which a strict content security policy forbids.
  const dem = new contour.DemSource({ url, encoding: "mapbox", maxzoom, worker: false });
  const tiles = new ReliefTiles({
    demUrlPattern: url,
    cacheSize: 100,
    encoding: "mapbox",
    maxzoom,
    timeoutMs: PATIENCE_MS,
  });
  tiles.bounds = bounds;
  dem.manager = tiles;
  dem.setupMaplibre({ addProtocol: addProtocol as never });
  known.set(url, dem);
  return dem;
}

/** The style and its contours; as it is where the service has no heights. */
export function withContours(style: StyleSpecification): StyleSpecification {
  const metadata = style.metadata as { "hyakusaka:contours"?: ContourPlan | null } | undefined;
  const plan = metadata?.["hyakusaka:contours"];
  const relief = plan && (style.sources[plan.dem] as RasterDEMSourceSpecification | undefined);
  const url = relief?.tiles?.[0];
  if (!plan || !relief || !url) return style;
  const address = demOf(url, relief.maxzoom ?? CLOSEST, relief.bounds ?? []).contourProtocolUrl({
    thresholds: plan.thresholds,
    elevationKey: "ele",
    levelKey: "level",
    overzoom: 1,
  });
  const layers = [...style.layers];
  for (const { below, layer } of plan.layers) {
    const at = layers.findIndex((each) => each.id === below);
    layers.splice(at < 0 ? layers.length : at, 0, layer);
  }
  const contours = {
    type: "vector" as const,
    tiles: [address],
    maxzoom: CLOSEST,
    ...(relief.bounds ? { bounds: relief.bounds } : {}),
  };
  return { ...style, sources: { ...style.sources, contours }, layers };
}
