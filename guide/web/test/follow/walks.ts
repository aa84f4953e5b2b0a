/** Small routes on a plane near 42 N, where 0.001 degrees of longitude are about 82.6 m. */
import type { Leg, Route } from "../../src/api/types";
import { reachedOf } from "../../src/geo";
import type { Fix } from "../../src/here/position";

export const EAST = 1 / (111_194.9 * Math.cos((42 * Math.PI) / 180));
export const NORTH = 1 / 111_194.9;

/** Degrees of a place so many metres east and north of where all walks begin. */
export const at = (east_m: number, north_m: number): [number, number] => [
  141 + east_m * EAST,
  42 + north_m * NORTH,
];

export const leg = (distance_m: number, part: Partial<Leg> = {}): Leg => ({
  from_stop: 0,
  to_stop: 1,
  slope: null,
  direction: null,
  distance_m,
  duration_s: distance_m,
  ascent_m: 0,
  descent_m: 0,
  ...part,
});

export function route(points: readonly [number, number][], part: Partial<Route> = {}): Route {
  const coordinates = points.map(([east, north]) => at(east, north));
  const distance_m = reachedOf(coordinates).at(-1) ?? 0;
  return {
    distance_m,
    duration_s: distance_m,
    ascent_m: 20,
    descent_m: 0,
    max_grade_20m_percent: null,
    steps: 0,
    legs: [leg(distance_m)],
    geometry: { type: "LineString", coordinates },
    profile: null,
    instructions: [],
    warnings: [],
    stops: [
      { lng_lat: coordinates[0] as [number, number], name: null, snapped_distance_m: 0 },
      { lng_lat: coordinates.at(-1) as [number, number], name: null, snapped_distance_m: 0 },
    ],
    ...part,
  };
}

export const fix = (east_m: number, north_m: number, at_s: number, accuracy_m = 8): Fix => ({
  lngLat: at(east_m, north_m),
  accuracy_m,
  heading_deg: null,
  at: at_s * 1000,
});
