/** Search as you type over the names of one area: kanji, kana, romaji. */
import type { LandmarkFeature, SlopeFeature } from "../api/types";

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

type Named = SlopeFeature | LandmarkFeature;

/** Folding a thousand names takes longer than comparing them, so it is done once. */
const folded = new WeakMap<Named, string[]>();

function namesOf(thing: Named): string[] {
  const before = folded.get(thing);
  if (before) return before;
  const { name, reading, name_en, other_names, other_readings } = thing.properties;
  const all = [name, reading, name_en, ...(other_names ?? []), ...(other_readings ?? [])];
  const names = all.filter((each) => !!each).map((each) => fold(each as string));
  folded.set(thing, names);
  return names;
}

/** Whether one of the names holds what was typed; `wanted` is folded already. */
export const matchesFolded = (thing: Named, wanted: string): boolean =>
  wanted === "" || namesOf(thing).some((name) => name.includes(wanted));

export const matches = (thing: Named, query: string): boolean => matchesFolded(thing, fold(query));
