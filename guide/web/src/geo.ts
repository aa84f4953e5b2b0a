/** Small geometry on (longitude, latitude) lines. */
import type { LngLat } from "./api/types";

type Position = readonly number[];

const EARTH_M = 6371008.8;
const RAD = Math.PI / 180;

/** Great-circle distance in metres (haversine). */
export function metresBetween(a: Position, b: Position): number {
  const [lonA = 0, latA = 0] = a;
  const [lonB = 0, latB = 0] = b;
  const sinLat = Math.sin(((latB - latA) * RAD) / 2);
  const sinLon = Math.sin(((lonB - lonA) * RAD) / 2);
  const chord = sinLat ** 2 + Math.cos(latA * RAD) * Math.cos(latB * RAD) * sinLon ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Degrees clockwise from north, 0 to 360, on the plane that touches the globe here. */
export function bearing(a: Position, b: Position): number {
  const [lonA = 0, latA = 0] = a;
  const [lonB = 0, latB = 0] = b;
  const east = (lonB - lonA) * Math.cos(((latA + latB) / 2) * RAD);
  return (Math.atan2(east, latB - latA) / RAD + 360) % 360;
}

/** How far each vertex of a line lies along it, in metres. */
export function reachedOf(line: readonly Position[]): number[] {
  const reached: number[] = [0];
  for (let i = 1; i < line.length; i++) {
    reached.push((reached[i - 1] ?? 0) + metresBetween(line[i - 1] ?? [], line[i] ?? []));
  }
  return reached;
}

export type Along = (fraction: number) => LngLat;

/** A function from a fraction of a line's length, 0 to 1, to the place there. */
export function placeAlong(line: readonly Position[]): Along {
  const reached = reachedOf(line);
  const total = reached.at(-1) ?? 0;
  return (fraction) => {
    const wanted = Math.min(1, Math.max(0, fraction)) * total;
    let i = reached.findIndex((metres) => metres >= wanted);
    if (i < 1) i = Math.min(1, line.length - 1);
    const [a, b] = [line[Math.max(0, i - 1)] ?? [0, 0], line[i] ?? [0, 0]];
    const from = reached[Math.max(0, i - 1)] ?? 0;
    const span = (reached[i] ?? 0) - from;
    const part = span > 0 ? (wanted - from) / span : 0;
    const between = (at: 0 | 1) => (a[at] ?? 0) + ((b[at] ?? 0) - (a[at] ?? 0)) * part;
    return [between(0), between(1)];
  };
}

export interface Nearest {
  /** Metres along the line to its nearest place. */
  along_m: number;
  /** Metres from the point to that place. */
  off_m: number;
  /** The index of the vertex that begins the segment. */
  segment: number;
}

/**
 * The place of a line nearest to a point, between two of its segments. A plane at the point is
 * exact enough: lines here are walks, not flights.
 */
export function nearestOnLine(
  point: Position,
  line: readonly Position[],
  reached: readonly number[] = reachedOf(line),
  from = 0,
  to = line.length - 1,
): Nearest {
  const [lon = 0, lat = 0] = point;
  const east = EARTH_M * RAD * Math.cos(lat * RAD);
  const north = EARTH_M * RAD;
  const flat = (position: Position): [number, number] => [
    ((position[0] ?? 0) - lon) * east,
    ((position[1] ?? 0) - lat) * north,
  ];
  let best: Nearest = {
    along_m: reached[from] ?? 0,
    off_m: Number.POSITIVE_INFINITY,
    segment: from,
  };
  if (line.length === 1) return { ...best, off_m: Math.hypot(...flat(line[0] ?? [])) };
  for (let i = Math.max(0, from); i < Math.min(to, line.length - 1); i++) {
    const [x0, y0] = flat(line[i] ?? []);
    const [x1, y1] = flat(line[i + 1] ?? []);
    const [dx, dy] = [x1 - x0, y1 - y0];
    const square = dx * dx + dy * dy;
    const part = square > 0 ? Math.min(1, Math.max(0, -(x0 * dx + y0 * dy) / square)) : 0;
    const off_m = Math.hypot(x0 + part * dx, y0 + part * dy);
    if (off_m >= best.off_m) continue;
    const span = (reached[i + 1] ?? 0) - (reached[i] ?? 0);
    best = { along_m: (reached[i] ?? 0) + part * span, off_m, segment: i };
  }
  return best;
}

/** Metres from a point to a line, a point or nothing (null). */
export function metresTo(
  point: Position,
  geometry: { type: string; coordinates: unknown } | null,
): number | null {
  if (geometry?.type === "Point") return metresBetween(point, geometry.coordinates as Position);
  if (geometry?.type !== "LineString") return null;
  return nearestOnLine(point, geometry.coordinates as Position[]).off_m;
}

export type Bounds = [number, number, number, number];

export function boundsOf(points: readonly Position[]): Bounds | null {
  if (points.length === 0) return null;
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lon = 0, lat = 0] of points) {
    west = Math.min(west, lon);
    south = Math.min(south, lat);
    east = Math.max(east, lon);
    north = Math.max(north, lat);
  }
  return [west, south, east, north];
}

/** The middle of many places, which a few far ones cannot pull away: the median of each axis. */
export function medianPlace(points: readonly Position[]): LngLat | null {
  if (points.length === 0) return null;
  const middle = (axis: 0 | 1): number => {
    const sorted = points.map((point) => point[axis] ?? 0).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  return [middle(0), middle(1)];
}
