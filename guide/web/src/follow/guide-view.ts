/** What is on the screen while one walks: two cards, large, for one hand in the rain. */

import type { Turn } from "../api/types";
import { gradeOf } from "../explore/grade";
import { gradeChip } from "../explore/row";
import { herePlea } from "../here/plea";
import type { State } from "../store";
import { type Words, wordsOf } from "../text/i18n";
import { nameOf } from "../text/names";
import { distance, duration, height } from "../text/numbers";
import { button, h, svg } from "../ui/dom";
import { icon } from "../ui/icons";
import type { PageParts } from "../ui/panel";
import { wayBack } from "./guide";
import { type Ahead, aheadOf } from "./progress";
import { type Strip, strip } from "./strip";
import type { Track } from "./track";
import { canSpeak } from "./voice";

/** So near the start one is still told which way to set out. */
const SETTING_OUT_M = 12;

const POINTS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"] as const;

/** Each turn as a path on a 48-unit square, coming from below. */
const ARROWS: Record<Turn | "arrive", string> = {
  straight: "M24 42V8M12 19L24 7L36 19",
  "slight-left": "M30 42V28L14 11M14 25V10H29",
  left: "M32 42V22H9M20 10L8 22L20 34",
  "sharp-left": "M34 42V12L13 34M13 20V35H28",
  "slight-right": "M18 42V28L34 11M34 25V10H19",
  right: "M16 42V22H39M28 10L40 22L28 34",
  "sharp-right": "M14 42V12L35 34M35 20V35H20",
  "u-turn": "M34 42V18A10 10 0 0 0 14 18V36M4 26L14 37L24 26",
  arrive: "M14 44V6H38L31 15L38 24H14",
};

export interface GuideView {
  element: HTMLElement;
  newTrack(track: Track): void;
  tell(text: string): void;
  focus(): void;
}

interface Acts {
  end(): void;
  replan(): void;
  setVoice(on: boolean): void;
}

export function guideView(
  parts: PageParts,
  first: Track,
  until: AbortSignal,
  acts: Acts,
): GuideView {
  const { store, map } = parts;
  let track = first;
  let heights: Strip | null = null;
  let voice = false;

  const arrow = h("div", { class: "turn", "aria-hidden": "true" });
  const far = h("p", { class: "turn-far", "data-testid": "turn-far" });
  const next = h("p", { class: "turn-next", "data-testid": "turn-next" });
  const then = h("p", { class: "turn-then", "data-testid": "turn-then" });
  // Said aloud by screen readers when the instruction changes, not at every step.
  const said = h("p", { class: "unseen", "aria-live": "assertive" });
  const top = h("div", { class: "guide-top" }, arrow, h("div", {}, far, next, then));
  const off = h("div", {
    class: "guide-off",
    role: "alert",
    "data-testid": "guide-off",
    hidden: true,
  });
  const slope = h("div", { class: "guide-slope", "data-testid": "guide-slope" });
  const hills = h("div", {});
  const left = h("dl", { class: "guide-left", "data-testid": "guide-left" });
  const hint = h("p", { class: "hint", role: "status" });
  const tools = h("div", { class: "actions" });
  const foot = h("div", { class: "guide-card guide-foot" }, slope, hills, left, hint, tools);
  const element = h(
    "div",
    { class: "guide", role: "region", tabindex: "-1", "data-testid": "guide" },
    h("div", { class: "guide-card" }, top, said, off, herePlea(store, parts.locator, until)),
    foot,
  );
  const size = new ResizeObserver(() =>
    document.documentElement.style.setProperty("--guide-foot", `${foot.offsetHeight}px`),
  );
  size.observe(foot);
  until.addEventListener("abort", () => size.disconnect());

  const turnPicture = (turn: Turn | "arrive"): SVGSVGElement =>
    svg("svg", { viewBox: "0 0 48 48", width: 56, height: 56 }, svg("path", { d: ARROWS[turn] }));

  const drawTop = (state: Readonly<State>, ahead: Ahead | null, t: Words): void => {
    const { lang, following } = state;
    // While one is elsewhere, what the way says holds only once one is back on it.
    top.classList.toggle("in-doubt", following?.progress?.state === "off");
    const { instructions } = track;
    if (!ahead) {
      arrow.replaceChildren(icon("locate", 48));
      far.textContent = "";
      next.textContent = instructions[0]?.text ?? "";
      then.textContent = "";
      return;
    }
    if (following?.progress?.state === "arrived") {
      arrow.replaceChildren(turnPicture("arrive"));
      far.textContent = "";
      next.textContent = t("follow.arrived");
      then.textContent = "";
      speakSoftly(t("follow.arrived"));
      return;
    }
    // Who has not set out yet is told which way; who walks, what comes.
    const begins = ahead.now === 0 && track.total_m - ahead.left_m < SETTING_OUT_M;
    const main = begins ? 0 : ahead.next;
    const coming = main === null ? null : instructions[main];
    const after = main === null ? null : instructions[main + 1];
    const stops = main === null || (main > 0 && coming?.turn === null);
    arrow.replaceChildren(turnPicture(stops ? "arrive" : (coming?.turn ?? "straight")));
    far.textContent = begins ? "" : t("follow.in", { distance: distance(ahead.to_m, lang, t) });
    next.textContent = coming?.text ?? t("follow.end_ahead");
    then.textContent = after ? t("follow.then", { text: after.text }) : "";
    speakSoftly(instructions[ahead.now]?.text ?? "");
  };

  const speakSoftly = (text: string): void => {
    if (said.textContent !== text) said.textContent = text;
  };

  const drawOff = (state: Readonly<State>, t: Words): void => {
    const { following, lang } = state;
    const lost = following?.progress?.state === "off";
    off.hidden = !lost;
    if (!following || !lost) return;
    const back = wayBack(track, state);
    const point = back ? (POINTS[Math.round(back.degrees / 45) % 8] ?? "n") : "n";
    const metres = distance(back?.metres ?? null, lang, t);
    const asking = following.replanning === "asking";
    const sentence = asking
      ? t("follow.replanning")
      : t("follow.off", { distance: metres, point: t(`point.${point}`) });
    const retry =
      following.replanning === "failed"
        ? button({ class: "secondary", "data-testid": "replan" }, acts.replan, t("follow.replan"))
        : "";
    off.replaceChildren(icon("warning", 22), h("p", {}, sentence), retry);
  };

  const drawSlope = (state: Readonly<State>, ahead: Ahead | null, t: Words): void => {
    const coming = ahead?.slope ?? track.slopes[0];
    slope.hidden = !coming;
    if (!coming) return;
    const { slopes, lang, legend } = state;
    const known = slopes.find((each) => each.properties.id === coming.slope);
    const name = known ? (nameOf(known.properties, lang) ?? coming.slope) : coming.slope;
    const where = ahead?.onSlope
      ? t("follow.on_slope")
      : t("follow.slope_in", { distance: distance(ahead?.slope_m ?? coming.begin_m, lang, t) });
    slope.replaceChildren(
      icon(coming.direction, 24),
      h("span", { class: "near-name" }, name, h("small", {}, where)),
      known ? gradeChip(gradeOf(known), legend, lang, t) : "",
    );
  };

  const drawLeft = (state: Readonly<State>, ahead: Ahead | null, t: Words): void => {
    const { lang } = state;
    const along = ahead ? track.total_m - ahead.left_m : 0;
    const fact = (name: string, value: string, testid: string): HTMLElement =>
      h("div", {}, h("dt", {}, name), h("dd", { "data-testid": testid }, value));
    left.replaceChildren(
      fact(t("follow.left_time"), duration(track.secondsLeft(along), t), "left-time"),
      fact(t("follow.left_way"), distance(track.total_m - along, lang, t), "left-way"),
      fact(t("follow.left_climb"), height(track.climbLeft(along), lang, t), "left-climb"),
    );
    heights?.show(track.total_m > 0 ? along / track.total_m : 0);
  };

  const drawTools = (): void => {
    const t = wordsOf(store.now.lang);
    element.setAttribute("aria-label", t("follow.label"));
    const press = (): void => {
      voice = !voice;
      acts.setVoice(voice);
      drawTools();
    };
    tools.replaceChildren(
      button({ class: "secondary", "data-testid": "end-walk" }, acts.end, t("follow.end")),
      button(
        { class: "icon-button", "aria-label": t("follow.centre"), "data-testid": "centre" },
        () => map.centre(true),
        icon("locate", 22),
      ),
      canSpeak()
        ? button(
            {
              class: "icon-button",
              "aria-label": t("follow.voice"),
              "aria-pressed": String(voice),
              "data-testid": "voice",
            },
            press,
            icon(voice ? "voice" : "mute", 22),
          )
        : "",
    );
  };

  const draw = (state: Readonly<State>): void => {
    if (!state.following) return;
    const t = wordsOf(state.lang);
    const { progress } = state.following;
    const ahead = progress ? aheadOf(track, progress.along_m) : null;
    drawTop(state, ahead, t);
    drawOff(state, t);
    drawSlope(state, ahead, t);
    drawLeft(state, ahead, t);
  };

  const newTrack = (of: Track): void => {
    track = of;
    heights = of.route.profile ? strip(of.route.profile) : null;
    hills.replaceChildren(...(heights ? [heights.element] : []));
    draw(store.now);
  };

  store.draw(["lang"], drawTools, until);
  store.watch(["following", "here", "lang"], draw, until);
  newTrack(first);
  return {
    element,
    newTrack,
    tell: (text) => {
      hint.textContent = text;
    },
    focus: () => element.focus({ preventScroll: true }),
  };
}
