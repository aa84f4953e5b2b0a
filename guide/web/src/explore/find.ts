/** Keeps `found` true: the slopes that pass search and filters, in order. */
import type { LngLat, SlopeFeature } from "../api/types";
import { metresTo } from "../geo";
import { fixOf } from "../here/position";
import { conquestOf } from "../hundred/book";
import type { State, Store } from "../store";
import { nameOf } from "../text/names";
import { passes } from "./filters";
import { fold, matchesFolded } from "./search";
import { sortSlopes } from "./sort";

/** Metres from the visitor to each slope; asked often, and the same until they move. */
export function distancesFrom(at: LngLat | null): (slope: SlopeFeature) => number | null {
  const known = new Map<SlopeFeature, number | null>();
  return (slope) => {
    if (at === null) return null;
    let metres = known.get(slope);
    if (metres === undefined) {
      metres = metresTo(at, slope.geometry);
      known.set(slope, metres);
    }
    return metres;
  };
}

export function findSlopes(state: Readonly<State>): SlopeFeature[] {
  const { slopes, filters, lang, legend, sort, book, area, here, query } = state;
  const distance_m = distancesFrom(fixOf(here)?.lngLat ?? null);
  const around = {
    legend,
    distance_m,
    isDone: (id: string) => conquestOf(book, area.id, id) !== null,
  };
  const wanted = fold(query);
  return sortSlopes(
    slopes.filter((slope) => matchesFolded(slope, wanted) && passes(slope, filters, around)),
    {
      by: sort,
      collator: collatorOf(lang),
      label: ({ properties: p }) => (lang === "ja" ? p.reading : null) ?? nameOf(p, lang) ?? "",
      distance_m,
    },
  );
}

/** Making a collator takes longer than sorting with it. */
const collators = new Map<string, Intl.Collator>();
function collatorOf(lang: string): Intl.Collator {
  let collator = collators.get(lang);
  if (!collator) {
    collator = new Intl.Collator(lang);
    collators.set(lang, collator);
  }
  return collator;
}

export function keepFound(store: Store): void {
  const find = (): void => store.set({ found: findSlopes(store.now) });
  store.draw(["slopes", "query", "filters", "sort", "lang", "area"], find);
  // Where nobody asked for what is near or new, moving and conquering change nothing.
  store.watch(["here"], ({ filters, sort }) => {
    if (filters.within_m !== null || sort === "nearest") find();
  });
  store.watch(["book"], ({ filters }) => {
    if (filters.done !== "any") find();
  });
}
