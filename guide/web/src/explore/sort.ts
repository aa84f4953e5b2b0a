/** In which order slopes are listed. */
import type { SlopeFeature } from "../api/types";
import { gradeOf } from "./grade";

export const SORTS = ["steepest", "easiest", "longest", "highest", "nearest", "name"] as const;
export type SortBy = (typeof SORTS)[number];

export interface Order {
  by: SortBy;
  collator: Intl.Collator;
  /** The name as it is sorted: Japanese ones by their reading, as in a dictionary. */
  label(slope: SlopeFeature): string;
  distance_m(slope: SlopeFeature): number | null;
}

/** Slopes whose measure is unknown come last: they are neither flat nor short. */
const ascending = (a: number | null, b: number | null): number =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : a - b;
const descending = (a: number | null, b: number | null): number =>
  a === null || b === null ? ascending(a, b) : b - a;

type Measure = (slope: SlopeFeature) => number | null;

export function sortSlopes(slopes: readonly SlopeFeature[], order: Order): SlopeFeature[] {
  const measure: Record<Exclude<SortBy, "name">, [Measure, typeof ascending]> = {
    steepest: [gradeOf, descending],
    easiest: [(slope) => slope.properties.course_constant_up, ascending],
    longest: [(slope) => slope.properties.length_m, descending],
    highest: [(slope) => slope.properties.rise_m, descending],
    nearest: [order.distance_m, ascending],
  };
  // Each slope's keys once, not at every comparison.
  const by = order.by === "name" ? null : measure[order.by];
  const keyed = slopes.map((slope) => ({
    slope,
    key: by ? by[0](slope) : null,
    label: order.label(slope),
  }));
  keyed.sort((a, b) => (by ? by[1](a.key, b.key) : 0) || order.collator.compare(a.label, b.label));
  return keyed.map(({ slope }) => slope);
}
