/** Small geometry on (longitude, latitude) lines. */
import type { LngLat } from "./api/types";

const EARTH_M = 6371008.8;
const RAD = Math.PI / 180;

/** Great-circle distance in metres (haversine). */
export function metresBetween(a: readonly number[], b: readonly number[]): number {
  const [lonA = 0, latA = 0] = a;
  const [lonB = 0, latB = 0] = b;
  const sinLat = Math.sin(((latB - latA) * RAD) / 2);
  const sinLon = Math.sin(((lonB - lonA) * RAD) / 2);
  const chord = sinLat ** 2 + Math.cos(latA * RAD) * Math.cos(latB * RAD) * sinLon ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}

export type Along = (fraction: number) => LngLat;

/** A function from a fraction of a line's length, 0 to 1, to the place there. */
export function placeAlong(line: readonly (readonly number[])[]): Along {
  const reached: number[] = [0];
  for (let i = 1; i < line.length; i++) {
    reached.push((reached[i - 1] ?? 0) + metresBetween(line[i - 1] ?? [], line[i] ?? []));
  }
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

export type Bounds = [number, number, number, number];

export function boundsOf(points: readonly (readonly number[])[]): Bounds | null {
  if (points.length === 0) return null;
  const lons = points.map((point) => point[0] ?? 0);
  const lats = points.map((point) => point[1] ?? 0);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/** The middle of many places, which a few far ones cannot pull away: the median of each axis. */
export function medianPlace(points: readonly (readonly number[])[]): LngLat | null {
  if (points.length === 0) return null;
  const middle = (axis: 0 | 1): number => {
    const sorted = points.map((point) => point[axis] ?? 0).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  return [middle(0), middle(1)];
}
