/** What a visitor can do; each action changes the store and nothing else. */
import { ApiError, isAbort, listLandmarks, listSlopes, listTours } from "./api/client";
import type { Direction } from "./api/types";
import { NO_FILTERS } from "./explore/filters";
import { conquest, type Witness, withConquest, withoutConquest } from "./hundred/book";
import type { Picking, Store, Tab } from "./store";
import { changeWalk } from "./walk/draft";
import { MOST_STOPS, pointStop, type Stop } from "./walk/stops";

export interface Actions {
  openArea(id: string): Promise<void>;
  select(id: string | null): void;
  selectLandmark(id: string | null): void;
  addStop(stop: Stop): void;
  addSlope(id: string, direction: Direction): void;
  showTab(tab: Tab): void;
  pick(what: Picking | null): void;
  /** A place on the map, for whatever it was picked. */
  picked(lng: number, lat: number): void;
  conquer(slope: string, by: Witness): void;
  unconquer(slope: string): void;
}

export function actionsOn(store: Store): Actions {
  let opening: AbortController | null = null;

  const addStop = (stop: Stop): void => {
    if (store.now.stops.length < MOST_STOPS) {
      changeWalk(store, { stops: [...store.now.stops, stop] });
    }
  };

  return {
    /** What belongs to a town goes with it; the first opening keeps what the address says. */
    async openArea(id) {
      const area = store.now.areas.find((candidate) => candidate.id === id);
      if (!area) return;
      opening?.abort();
      opening = new AbortController();
      const { signal } = opening;
      const changed = area !== store.now.area;
      store.set({
        area,
        loading: true,
        failure: null,
        slopes: [],
        landmarks: [],
        tours: [],
        picking: null,
        plan: { kind: "none" },
        ...(changed
          ? {
              selected: null,
              landmark: null,
              stops: [],
              past: [],
              offers: null,
              wishes: { ...store.now.wishes, start: null, rest: null },
              query: "",
              filters: NO_FILTERS,
            }
          : {}),
      });
      // The list comes first: the rest may take its time.
      const later = Promise.all([listLandmarks(id, signal), listTours(id, signal)]);
      later.catch(() => {});
      try {
        const slopes = await listSlopes(id, signal);
        if (signal.aborted) return;
        store.set({ slopes, loading: false });
        const [landmarks, tours] = await later;
        if (!signal.aborted) store.set({ landmarks, tours });
      } catch (error) {
        if (isAbort(error) || signal.aborted) return;
        const failure = error instanceof ApiError ? (error.detail ?? "") : "";
        store.set({ loading: false, failure });
      }
    },
    select: (selected) =>
      store.set({ selected, landmark: null, ...(selected ? { tab: "slopes" } : {}) }),
    selectLandmark: (landmark) =>
      store.set({ landmark, selected: null, ...(landmark ? { tab: "slopes" } : {}) }),
    addStop,
    addSlope: (slope, direction) => addStop({ slope, direction }),
    showTab: (tab) => store.set({ tab }),
    pick: (picking) => store.set({ picking }),
    picked(lng, lat) {
      const point = pointStop(lng, lat);
      if (store.now.picking !== "start") addStop(point);
      else if ("lng_lat" in point) {
        const start = { kind: "point" as const, lngLat: point.lng_lat };
        store.set({ wishes: { ...store.now.wishes, start }, picking: null });
      }
    },
    conquer(id, by) {
      const { slopes, area, book } = store.now;
      const slope = slopes.find((each) => each.properties.id === id);
      if (slope) store.set({ book: withConquest(book, conquest(area.id, slope, by, new Date())) });
    },
    unconquer: (id) => store.set({ book: withoutConquest(store.now.book, store.now.area.id, id) }),
  };
}
