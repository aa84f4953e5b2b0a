/** Whether somebody stands on a slope, as exactly as their device can tell. */
import type { SlopeFeature } from "../api/types";
import { metresTo } from "../geo";
import type { Fix } from "../here/position";

/** A pavement, a map's own error, and a step aside for the view. */
const REACH_M = 25;
/** A device less sure of its place than this could be in the next street. */
const LARGEST_ERROR_M = 100;

export type Standing =
  | { kind: "there" }
  /** Perhaps: the device is not sure enough. */
  | { kind: "vague"; accuracy_m: number }
  | { kind: "away"; distance_m: number; accuracy_m: number };

export function standingOn(
  slope: SlopeFeature,
  { lngLat, accuracy_m }: Pick<Fix, "lngLat" | "accuracy_m">,
): Standing {
  const distance_m = metresTo(lngLat, slope.geometry) ?? Number.POSITIVE_INFINITY;
  if (distance_m > Math.max(REACH_M, accuracy_m)) return { kind: "away", distance_m, accuracy_m };
  return accuracy_m <= LARGEST_ERROR_M ? { kind: "there" } : { kind: "vague", accuracy_m };
}
