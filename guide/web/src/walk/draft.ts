/** The walk being made, its changes, and the way back from each. */
import type { PlannedTour, Route, Tour } from "../api/types";
import type { State, Store } from "../store";
import { type Stop, stopFromHalt, stopToText } from "./stops";

/** What of the state makes a walk what it is. */
export type Draft = Pick<State, "stops" | "preset" | "steps">;

/** Several walks to choose one from; the chosen one is the walk. */
export interface Offers {
  kind: "tour" | "loop";
  tours: readonly Tour[];
  chosen: number;
  leftOut: NonNullable<PlannedTour["left_out"]>;
  notes: readonly string[];
}

const MOST_STEPS_BACK = 50;

export const draftOf = ({ stops, preset, steps }: Readonly<State>): Draft => ({
  stops,
  preset,
  steps,
});

/** Two drafts with the same key are the same walk, in the same words. */
export const keyOf = (state: Pick<State, "area" | "stops" | "preset" | "steps" | "lang">): string =>
  JSON.stringify([
    state.area.id,
    state.lang,
    state.preset,
    state.steps,
    ...state.stops.map((stop) => [stopToText(stop), stop.stay_min ?? 0, stop.between ?? null]),
  ]);

/** Changes the walk, and remembers what it was. Offers are of the walk as it was planned. */
export function changeWalk(store: Store, change: Partial<Draft>): void {
  const { past } = store.now;
  store.set({
    ...change,
    offers: null,
    picking: null,
    past: [...past.slice(1 - MOST_STEPS_BACK), draftOf(store.now)],
  });
}

export function undoWalk(store: Store): void {
  const { past } = store.now;
  const before = past.at(-1);
  if (before) store.set({ ...before, offers: null, past: past.slice(0, -1) });
}

const isTour = (route: Route): route is Tour => "request" in route;

/** Takes one of the offers as the walk; its numbers are here already. */
export function chooseOffer(store: Store, offers: Offers, chosen: number): void {
  const tour = offers.tours[chosen];
  if (!tour) return;
  const stops: Stop[] = tour.request.halts.map(stopFromHalt);
  const { past, offers: before } = store.now;
  const next = { ...store.now, stops };
  store.set({
    stops,
    offers: { ...offers, chosen },
    plan: { kind: "done", route: tour, key: keyOf(next) },
    // Looking from one offer to the next is no change of the walk.
    past: before === null ? [...past, draftOf(store.now)] : past,
    picking: null,
  });
}

export function offersFrom(kind: Offers["kind"], reply: PlannedTour): Offers {
  return {
    kind,
    tours: [reply, ...reply.alternatives],
    chosen: 0,
    leftOut: reply.left_out ?? [],
    notes: [...(reply.notes ?? []), ...(reply.alternatives_left_out ?? [])].map(
      (note) => note.message,
    ),
  };
}

/** The links that keep a tour, where the walk has them. */
export const tourOf = (route: Route): Tour | null => (isTour(route) ? route : null);
