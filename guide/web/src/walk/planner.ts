/** Keeps the plan in step with the stops: asks the service, and forgets answers come too late. */
import { ApiError, isAbort, postRoute, postTour } from "../api/client";
import type { Route } from "../api/types";
import type { State, Store } from "../store";
import { keyOf } from "./draft";
import { keepWalk, keptWalk } from "./kept";
import { makesWalk } from "./stops";

/** Long enough for two quick taps on "later" to become one request. */
const WAIT_MS = 180;

/** A tour tells when one is where, and has a link; one slope alone is a route and no more. */
function ask({ area, stops, preset, steps, lang }: Readonly<State>, signal: AbortSignal) {
  const walker = { preset, steps };
  return stops.length > 1
    ? postTour(area.id, { halts: stops, walker, language: lang }, signal)
    : postRoute(area.id, { stops, walker, language: lang }, signal);
}

export function keepPlanned(store: Store): void {
  let running: AbortController | null = null;
  let timer = 0;

  const plan = async (): Promise<void> => {
    running = new AbortController();
    const { signal } = running;
    const key = keyOf(store.now);
    const done = (route: Route): void => {
      if (!signal.aborted) store.set({ plan: { kind: "done", route, key } });
    };
    try {
      const route = await ask(store.now, signal);
      done(route);
      void keepWalk(key, route);
    } catch (error) {
      if (isAbort(error) || signal.aborted) return;
      const failure = error instanceof ApiError ? error : new ApiError(null, null);
      // No answer at all is no refusal: what was planned before still holds.
      const kept = failure.status === null ? await keptWalk(key) : null;
      if (kept) done(kept);
      else if (!signal.aborted) store.set({ plan: { kind: "failed", failure } });
    }
  };

  store.draw(["area", "stops", "preset", "steps", "lang"], (state) => {
    running?.abort();
    clearTimeout(timer);
    if (!makesWalk(state.stops)) {
      store.set({ plan: { kind: "none" } });
      return;
    }
    const { plan: before } = store.now;
    if (before.kind === "done" && before.key === keyOf(state)) {
      // It came with its numbers: one of several to choose from.
      void keepWalk(before.key, before.route);
      return;
    }
    const last =
      before.kind === "done" ? before.route : before.kind === "loading" ? before.last : null;
    store.set({ plan: { kind: "loading", last } });
    timer = window.setTimeout(() => void plan(), WAIT_MS);
  });
}

/** Asks once more, after a failure. */
export const replan = (store: Store): void => store.set({ stops: [...store.now.stops] });
