/** Walking along: the next instruction large, what comes, what is left; and the way back to it. */
import { postRoute, postTour } from "../api/client";
import { bearing, placeAlong } from "../geo";
import { fixOf } from "../here/position";
import type { State } from "../store";
import { wordsOf } from "../text/i18n";
import type { PageParts } from "../ui/panel";
import type { Stop } from "../walk/stops";
import type { Following } from "./follow";
import { guideView } from "./guide-view";
import { advance, aheadOf, passedSlopes, stopsAhead } from "./progress";
import { type Track, trackOf } from "./track";
import { hush, speak } from "./voice";
import { stayAwake, type Waking } from "./wake";

/** An instruction is said once when it is this near. */
const SAY_M = 30;
/** After a failed try to plan anew, some time for the connection to come back. */
const PATIENCE_MS = 20_000;

export function beginWalk(parts: PageParts): void {
  const { store, actions, locator, toasts } = parts;
  const { plan } = store.now;
  if (plan.kind !== "done" || store.now.following) return;

  let track = trackOf(plan.route);
  let stops: readonly Stop[] = store.now.stops;
  let awake: Waking | null = null;
  let saidUpTo = -1;
  let triedAt = 0;
  let voice = false;
  const walking = new AbortController();
  const wasLocating = store.now.here.kind === "known" || store.now.here.kind === "asking";
  store.set({ following: { route: plan.route, progress: null, replanning: "no" } });

  const change = (part: Partial<Following>): void => {
    const { following } = store.now;
    if (following) store.set({ following: { ...following, ...part } });
  };

  const end = (): void => {
    walking.abort();
    awake?.release();
    hush();
    if (!wasLocating) locator.stop();
    store.set({ following: null });
    view.element.remove();
    delete document.documentElement.dataset.following;
    document.querySelector<HTMLElement>("[data-testid=follow]")?.focus();
  };

  const say = (text: string): void => {
    if (voice) speak(text, store.now.lang);
  };

  // --- the way was left ---------------------------------------------------------------------
  const planAnew = async (): Promise<void> => {
    const fix = fixOf(store.now.here);
    const { following, area, preset, steps, lang } = store.now;
    if (!fix || !following?.progress) return;
    const left = stopsAhead(track, following.progress.along_m).flatMap((n) => stops[n] ?? []);
    const next: Stop[] = [{ lng_lat: fix.lngLat }, ...left];
    triedAt = Date.now();
    change({ replanning: "asking" });
    try {
      const walker = { preset, steps };
      const route =
        next.length > 1
          ? await postTour(area.id, { halts: next, walker, language: lang }, walking.signal)
          : await postRoute(area.id, { stops: next, walker, language: lang }, walking.signal);
      track = trackOf(route);
      stops = next;
      saidUpTo = -1;
      const t = wordsOf(lang);
      store.set({ following: { route, progress: advance(track, null, fix), replanning: "no" } });
      view.newTrack(track);
      say(t("follow.replanned"));
    } catch {
      if (!walking.signal.aborted) change({ replanning: "failed" });
    }
  };

  // --- from fix to fix ------------------------------------------------------------------------
  const moved = ({ here, following, lang }: Readonly<State>): void => {
    if (!following || here.kind !== "known" || here.fix.at === following.progress?.at) return;
    const before = following.progress;
    const progress = advance(track, before, here.fix);
    change({ progress });
    const t = wordsOf(lang);
    if (progress.state === "off") {
      const due = following.replanning === "no" || Date.now() - triedAt > PATIENCE_MS;
      if (before?.state !== "off") {
        navigator.vibrate?.([200, 100, 200]);
        say(t("follow.off_said"));
      }
      if (due && following.replanning !== "asking") void planAnew();
      return;
    }
    if (following.replanning !== "no") change({ replanning: "no" });
    for (const { slope } of passedSlopes(
      track,
      before?.along_m ?? progress.along_m,
      progress.along_m,
    )) {
      actions.conquer(slope, "walk");
      toasts.say(t("conquer.said"));
    }
    const ahead = aheadOf(track, progress.along_m);
    const near = ahead.next !== null && ahead.to_m <= SAY_M ? ahead.next : ahead.now;
    if (near > saidUpTo) {
      saidUpTo = near;
      say(track.instructions[near]?.text ?? "");
    }
    if (progress.state === "arrived" && before?.state !== "arrived") say(t("follow.arrived"));
  };

  const view = guideView(parts, track, walking.signal, {
    end,
    replan: () => void planAnew(),
    setVoice(on) {
      voice = on;
      if (!on) hush();
      else if (store.now.following?.progress) {
        const { now } = aheadOf(track, store.now.following.progress.along_m);
        say(track.instructions[now]?.text ?? "");
      }
    },
  });
  document.documentElement.dataset.following = "true";
  document.body.append(view.element);
  view.focus();

  awake = stayAwake();
  if (!awake) view.tell(wordsOf(store.now.lang)("follow.no_wake"));
  store.watch(["here"], moved, walking.signal);
  locator.start();
  moved(store.now);
}

/** Which way, and how far, back to the line: what can be said without any service. */
export function wayBack(
  track: Track,
  state: Readonly<State>,
): { metres: number; degrees: number } | null {
  const fix = fixOf(state.here);
  const progress = state.following?.progress;
  if (!fix || !progress) return null;
  const place = placeAlong(track.line)(progress.along_m / (track.total_m || 1));
  return { metres: progress.off_m, degrees: bearing(fix.lngLat, place) };
}
