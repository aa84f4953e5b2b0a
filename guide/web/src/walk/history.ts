/** Walks that were planned on this device, to find them again: the walks alone, kept nowhere else. */
import type { Lang, Preset, Route, StepsChoice } from "../api/types";
import type { State, Store } from "../store";
import type { Words } from "../text/i18n";
import { stopName } from "../text/stop-names";
import { keyOf, tourOf } from "./draft";
import { makesWalk, PRESETS, STEPS, type Stop, stopToText } from "./stops";

export interface PlannedWalk {
  area: string;
  stops: readonly Stop[];
  preset: Preset;
  steps: StepsChoice;
  duration_s: number;
  distance_m: number;
  ascent_m: number | null;
}

export type History = readonly PlannedWalk[];

const STORED = "hyakusaka.walks";
const MOST = 20;

const sameWalk = (a: PlannedWalk, b: PlannedWalk): boolean =>
  a.area === b.area &&
  a.preset === b.preset &&
  a.steps === b.steps &&
  a.stops.map(stopToText).join() === b.stops.map(stopToText).join();

/** The latest first, each walk once. */
export const withWalk = (history: History, walk: PlannedWalk): History =>
  [walk, ...history.filter((each) => !sameWalk(each, walk))].slice(0, MOST);

export const withoutWalk = (history: History, walk: PlannedWalk): History =>
  history.filter((each) => !sameWalk(each, walk));

export function plannedWalk(
  { area, stops, preset, steps }: Pick<State, "area" | "stops" | "preset" | "steps">,
  route: Route,
): PlannedWalk {
  const { distance_m, ascent_m } = route;
  const duration_s = tourOf(route)?.total_duration_s ?? route.duration_s;
  return { area: area.id, stops, preset, steps, duration_s, distance_m, ascent_m };
}

/** "Limit Slope, Mihon Slope and 3 more": the slopes are what one remembers a walk by. */
export function walkName(
  stops: readonly Stop[],
  known: Pick<State, "slopes" | "landmarks" | "loading"> & { lang: Lang },
  t: Words,
): string {
  const slopes = stops.filter((stop) => "slope" in stop);
  const told = slopes.length > 0 ? slopes : stops;
  const names = [...new Set(told.map((stop) => stopName(stop, known, t)))];
  const first = names.slice(0, 2).join(t("walk.and"));
  return names.length > 2 ? t("walk.and_more", { names: first, count: names.length - 2 }) : first;
}

function isStop(value: unknown): value is Stop {
  if (value === null || typeof value !== "object") return false;
  const { slope, landmark, direction, lng_lat } = value as Record<string, unknown>;
  if (typeof slope === "string") return ["up", "down", "any"].includes(String(direction));
  if (typeof landmark === "string") return true;
  return Array.isArray(lng_lat) && lng_lat.length === 2 && lng_lat.every(Number.isFinite);
}

/** What is not understood is left out: an older page, or a newer, may have written it. */
export function historyFromText(text: string | null): History {
  try {
    const read: unknown = JSON.parse(text ?? "[]");
    return (Array.isArray(read) ? read : []).filter(
      (each): each is PlannedWalk =>
        each !== null &&
        typeof each === "object" &&
        typeof each.area === "string" &&
        Array.isArray(each.stops) &&
        each.stops.every(isStop) &&
        PRESETS.includes(each.preset) &&
        STEPS.includes(each.steps) &&
        Number.isFinite(each.duration_s) &&
        Number.isFinite(each.distance_m) &&
        (each.ascent_m === null || Number.isFinite(each.ascent_m)),
    );
  } catch {
    return [];
  }
}

export function storedHistory(): History {
  try {
    return historyFromText(localStorage.getItem(STORED));
  } catch {
    return [];
  }
}

/**
 * A walk is noted when it is left as it is: put away, walked, or the page closed. Each change on
 * the way to it is not worth a line.
 */
export function keepHistory(store: Store): void {
  let last: PlannedWalk | null = null;
  const note = (): void => {
    if (last) store.set({ history: withWalk(store.now.history, last) });
    last = null;
  };
  store.draw(["plan", "stops", "following"], (state) => {
    const { plan, stops, following } = state;
    if (!makesWalk(stops)) note();
    // A plan of other stops is of the walk before, whose answer is still on the way.
    else if (plan.kind === "done" && plan.key === keyOf(state)) {
      last = plannedWalk(state, plan.route);
      if (following) note();
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") note();
  });
  store.watch(["history"], ({ history }) => {
    try {
      localStorage.setItem(STORED, JSON.stringify(history));
    } catch {
      // A private window, or a full disc: the list lasts as long as the page.
    }
  });
}
