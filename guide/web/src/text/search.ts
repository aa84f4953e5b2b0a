/** Search as you type over the slopes of one area: kanji, kana, romaji. */
import type { SlopeFeature } from "../api/types";

export type SortBy = "steepest" | "longest" | "name";

/** One spelling for comparing: width, case, accents, kind of kana and blanks do not count. */
export function fold(text: string): string {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
      .normalize("NFD")
      // Latin accents only: the marks of kana (が, ぱ) make another sound and must stay.
      .replace(/[\u0300-\u036f]/g, "")
      .normalize("NFC")
      .replace(/[\s'’ʼ・\-‐–]+/g, "")
  );
}

export function matches(slope: SlopeFeature, query: string): boolean {
  const wanted = fold(query);
  if (wanted === "") return true;
  const { name, reading, name_en } = slope.properties;
  return [name, reading, name_en].some((text) => text && fold(text).includes(wanted));
}

/** Slopes whose measure is unknown come last: they are neither flat nor short. */
const descending = (a: number | null, b: number | null): number =>
  (b ?? Number.NEGATIVE_INFINITY) - (a ?? Number.NEGATIVE_INFINITY) || 0;

const gradeOf = (slope: SlopeFeature): number | null => {
  const { mean_abs_grade_percent, mean_grade_percent } = slope.properties;
  const value = mean_grade_percent ?? mean_abs_grade_percent;
  return value === null || value === undefined ? null : Math.abs(value);
};

export function sortSlopes(
  slopes: readonly SlopeFeature[],
  by: SortBy,
  collator: Intl.Collator,
  nameOf: (slope: SlopeFeature) => string,
): SlopeFeature[] {
  const byName = (a: SlopeFeature, b: SlopeFeature) => collator.compare(nameOf(a), nameOf(b));
  const compare = {
    steepest: (a: SlopeFeature, b: SlopeFeature) =>
      descending(gradeOf(a), gradeOf(b)) || byName(a, b),
    longest: (a: SlopeFeature, b: SlopeFeature) =>
      descending(a.properties.length_m, b.properties.length_m) || byName(a, b),
    name: byName,
  }[by];
  return [...slopes].sort(compare);
}
