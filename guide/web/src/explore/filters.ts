/** Which slopes a visitor wants to see. No DOM: the list and the map both ask here. */
import type { Legend, SlopeFeature } from "../api/types";
import { bandOf } from "../bands";
import { gradeOf } from "./grade";

export const SEASONS = ["spring", "summer", "autumn", "winter"] as const;
export const EFFORTS = [1, 2, 3, 4, 5] as const;
/** How far from here, in metres; a quarter of an hour's walk is about a kilometre. */
export const RADII_M = [300, 500, 1000, 2000] as const;
export const STAIRS = ["any", "without", "with"] as const;
export const DONE = ["any", "open", "done"] as const;

export type Stairs = (typeof STAIRS)[number];
export type Done = (typeof DONE)[number];

/** An empty list asks for nothing; several of one kind mean "one of these". */
export interface Filters {
  themes: readonly string[];
  seasons: readonly string[];
  efforts: readonly number[];
  bands: readonly number[];
  stairs: Stairs;
  within_m: number | null;
  done: Done;
}

export const NO_FILTERS: Filters = {
  themes: [],
  seasons: [],
  efforts: [],
  bands: [],
  stairs: "any",
  within_m: null,
  done: "any",
};

/** What a filter needs to know besides the slope. */
export interface Surroundings {
  legend: Legend;
  /** Metres from the visitor to the slope, or null while either place is unknown. */
  distance_m(slope: SlopeFeature): number | null;
  isDone(id: string): boolean;
}

export const hasStairs = (slope: SlopeFeature): boolean =>
  (slope.properties.steps ?? 0) > 0 || (slope.properties.stairs_m ?? 0) > 0;

const meets = <T>(wanted: readonly T[], has: readonly T[]): boolean =>
  wanted.length === 0 || has.some((each) => wanted.includes(each));

export function passes(slope: SlopeFeature, filters: Filters, around: Surroundings): boolean {
  const p = slope.properties;
  const themes = p.themes ?? [];
  if (!meets(filters.themes, themes) || !meets(filters.seasons, themes)) return false;
  if (!meets(filters.efforts, p.effort === null ? [] : [p.effort])) return false;
  if (filters.bands.length > 0) {
    const band = bandOf(around.legend, gradeOf(slope));
    if (band === null || !filters.bands.includes(band)) return false;
  }
  if (filters.stairs !== "any" && hasStairs(slope) !== (filters.stairs === "with")) return false;
  if (filters.within_m !== null) {
    const distance = around.distance_m(slope);
    // Until one's own place is known this wish cannot be granted, and nothing is hidden for it.
    if (distance !== null && distance > filters.within_m) return false;
  }
  if (filters.done !== "any" && around.isDone(p.id) !== (filters.done === "done")) return false;
  return true;
}

/** How many wishes are set, for the button that opens them. */
export function countOf(filters: Filters): number {
  const lists = [filters.themes, filters.seasons, filters.efforts, filters.bands];
  const singles = [filters.stairs !== "any", filters.within_m !== null, filters.done !== "any"];
  return lists.filter((list) => list.length > 0).length + singles.filter((single) => single).length;
}

export const toggled = <T>(list: readonly T[], value: T): T[] =>
  list.includes(value) ? list.filter((each) => each !== value) : [...list, value];

/** The themes that this town's slopes really have, seasons apart, in the order of the words. */
export function themesOf(slopes: readonly SlopeFeature[], order: readonly string[]): string[] {
  const found = new Set(slopes.flatMap((slope) => slope.properties.themes ?? []));
  const known = order.filter((theme) => found.has(theme));
  return [...known, ...[...found].filter((theme) => !order.includes(theme)).sort()];
}
