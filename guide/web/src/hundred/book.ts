/** The book of conquered slopes: pure values, no storage and no DOM. */
import type { SlopeFeature } from "../api/types";

/** How it is known that somebody was there. */
export const WITNESSES = ["gps", "walk", "hand"] as const;
export type Witness = (typeof WITNESSES)[number];

/** One conquered slope, with enough to be told of where its town's data is not at hand. */
export interface Conquest {
  area: string;
  slope: string;
  /** When, as ISO 8601 in UTC. */
  at: string;
  by: Witness;
  name: string;
  name_en: string | null;
  rise_m: number | null;
  grade_percent: number | null;
}

/** In the order of conquest. */
export type Book = readonly Conquest[];

const same = (a: Pick<Conquest, "area" | "slope">, b: Pick<Conquest, "area" | "slope">): boolean =>
  a.area === b.area && a.slope === b.slope;

export const conquestOf = (book: Book, area: string, slope: string): Conquest | null =>
  book.find((each) => same(each, { area, slope })) ?? null;

export function conquest(area: string, slope: SlopeFeature, by: Witness, at: Date): Conquest {
  const { id, name, name_en, rise_m, mean_grade_percent } = slope.properties;
  return {
    area,
    slope: id,
    at: at.toISOString(),
    by,
    name,
    name_en,
    rise_m,
    grade_percent: mean_grade_percent,
  };
}

/** A slope is conquered once: the first time stays. */
export const withConquest = (book: Book, made: Conquest): Book =>
  book.some((each) => same(each, made)) ? book : [...book, made];

export const withoutConquest = (book: Book, area: string, slope: string): Book =>
  book.filter((each) => !same(each, { area, slope }));

/** Two books as one: of what both have, the earlier conquest stays. */
export function merged(one: Book, other: Book): Book {
  const earliest = new Map<string, Conquest>();
  for (const each of [...one, ...other]) {
    const key = JSON.stringify([each.area, each.slope]);
    const before = earliest.get(key);
    if (!before || each.at < before.at) earliest.set(key, each);
  }
  return [...earliest.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** What all climbs of a book add up to, as far as it is known. */
export const climbedM = (book: Book): number =>
  book.reduce((sum, each) => sum + Math.max(0, each.rise_m ?? 0), 0);
