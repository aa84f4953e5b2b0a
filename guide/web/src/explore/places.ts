/** What else a typed name may mean: landmarks, streets, and slopes that were mistyped. */
import { searchPlaces } from "../api/client";
import type { Place } from "../api/types";
import { fixOf } from "../here/position";
import type { Store } from "../store";
import { fold, matchesFolded } from "./search";

/** Long enough that a word typed in one go is asked for once. */
const WAIT_MS = 180;
/** One letter means everything. */
const FEWEST = 2;
const MOST = 12;

/** What the device itself knows, for when the service does not answer. */
function knownPlaces({ landmarks, query }: Store["now"]): Place[] {
  const wanted = fold(query);
  return landmarks
    .filter((landmark) => matchesFolded(landmark, wanted))
    .slice(0, MOST)
    .map(({ geometry, properties }) => ({
      kind: "landmark",
      id: properties.id,
      name: properties.name,
      name_en: properties.name_en,
      landmark_kind: properties.kind,
      lngLat: geometry.coordinates as [number, number],
      bounds: null,
    }));
}

export function keepPlaces(store: Store): void {
  let asked: AbortController | null = null;
  let timer = 0;

  const ask = async (): Promise<void> => {
    const { area, query, lang, here } = store.now;
    asked = new AbortController();
    const { signal } = asked;
    try {
      const near = fixOf(here)?.lngLat ?? null;
      const places = await searchPlaces(area.id, query.trim(), lang, near, MOST, signal);
      if (!signal.aborted) store.set({ places });
    } catch {
      if (!signal.aborted) store.set({ places: knownPlaces(store.now) });
    }
  };

  store.watch(["query", "area", "lang"], ({ query }) => {
    asked?.abort();
    clearTimeout(timer);
    if (fold(query).length < FEWEST) store.set({ places: [] });
    else timer = window.setTimeout(() => void ask(), WAIT_MS);
  });
}
