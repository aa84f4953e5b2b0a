/** Keeps the plan in step with the stops: asks the service, and forgets answers come too late. */
import { ApiError, isAbort, postRoute } from "../api/client";
import type { Store } from "../store";
import { makesWalk } from "./stops";

/** Long enough for two quick taps on "later" to become one request. */
const WAIT_MS = 180;

export function keepPlanned(store: Store): void {
  let running: AbortController | null = null;
  let timer = 0;

  const ask = async (): Promise<void> => {
    const { area, stops, preset, steps, lang } = store.now;
    running = new AbortController();
    const { signal } = running;
    try {
      const route = await postRoute(
        area.id,
        { stops, walker: { preset, steps }, language: lang },
        signal,
      );
      if (!signal.aborted) store.set({ plan: { kind: "done", route } });
    } catch (error) {
      if (isAbort(error) || signal.aborted) return;
      const detail = error instanceof ApiError ? error.detail : null;
      store.set({ plan: { kind: "failed", detail } });
    }
  };

  store.draw(["area", "stops", "preset", "steps", "lang"], ({ stops, plan }) => {
    running?.abort();
    clearTimeout(timer);
    if (!makesWalk(stops)) {
      store.set({ plan: { kind: "none" } });
      return;
    }
    const last = plan.kind === "done" ? plan.route : plan.kind === "loading" ? plan.last : null;
    store.set({ plan: { kind: "loading", last } });
    timer = window.setTimeout(() => void ask(), WAIT_MS);
  });
}
