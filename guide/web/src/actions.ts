/** What a visitor can do; each action changes the store and nothing else. */
import { ApiError, isAbort, listLandmarks, listSlopes } from "./api/client";
import type { Direction } from "./api/types";
import type { Store } from "./store";
import type { Stop } from "./walk/stops";

export interface Actions {
  openArea(id: string): Promise<void>;
  select(id: string | null): void;
  addStop(stop: Stop): void;
  addSlope(id: string, direction: Direction): void;
  showTab(tab: "slopes" | "walk"): void;
  pick(on: boolean): void;
}

export function actionsOn(store: Store): Actions {
  let opening: AbortController | null = null;

  const addStop = (stop: Stop): void =>
    store.set({ stops: [...store.now.stops, stop], picking: false });

  return {
    /** Stops belong to a town, so those of another one are dropped; the first opening keeps them. */
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
        picking: false,
        plan: { kind: "none" },
        ...(changed ? { selected: null, stops: [] } : {}),
      });
      try {
        const [slopes, landmarks] = await Promise.all([
          listSlopes(id, signal),
          listLandmarks(id, signal),
        ]);
        if (!signal.aborted) store.set({ slopes, landmarks, loading: false });
      } catch (error) {
        if (isAbort(error) || signal.aborted) return;
        store.set({
          loading: false,
          failure: error instanceof ApiError ? (error.detail ?? "") : "",
        });
      }
    },
    select: (selected) => store.set({ selected, ...(selected ? { tab: "slopes" } : {}) }),
    addStop,
    addSlope: (slope, direction) => addStop({ slope, direction }),
    showTab: (tab) => store.set({ tab }),
    pick: (picking) => store.set({ picking }),
  };
}
