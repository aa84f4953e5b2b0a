/** The picture of a climb: heights, their error, steepness in colour, and a cursor to move. */

import type { Lang, Legend, Profile, ProfileBand } from "../api/types";
import { colourOfBand, inkOn } from "../bands";
import type { Words } from "../text/i18n";
import { decimal, distance as distanceText, grade, height } from "../text/numbers";
import { h, svg } from "../ui/dom";
import {
  gradeAt,
  heightAt,
  heightRange,
  knownRuns,
  linear,
  mergedBands,
  type Scale,
  ticks,
} from "./scale";
import { profileWords } from "./words";

export interface ProfileView {
  element: HTMLElement;
  /** Puts the cursor at a distance, as if the visitor had touched it there. */
  point(distance: number): void;
  leave(): void;
}

export interface ProfileOptions {
  profile: Profile;
  legend: Legend;
  lang: Lang;
  t: Words;
  /** Fraction of the length the cursor is at and what to say there; null when it leaves. */
  onCursor(at: { fraction: number; label: string } | null): void;
}

const HEIGHT = 168;
const PAD = { left: 46, right: 14, top: 10, bottom: 26 };
const LEAST_WIDTH = 220;
/** The least room, in pixels, that a number inside a band needs. */
const NUMBER_ROOM = { wide: 38, high: 20 };

export function profileView(options: ProfileOptions): ProfileView {
  const { profile, lang, t } = options;
  const length = profile.distances_m.at(-1) ?? 0;
  const readout = h("p", { class: "profile-readout", "aria-hidden": "true" }, t("profile.hint"));
  const frame = h("div", {
    class: "profile-frame",
    role: "slider",
    tabindex: "0",
    "aria-label": t("profile.label"),
    "aria-valuemin": "0",
    "aria-valuemax": String(Math.round(length)),
    "aria-valuenow": "0",
  });
  const element = h(
    "figure",
    { class: "profile", "data-testid": "profile" },
    frame,
    readout,
    profileWords(profile, lang, t),
  );

  let width = 0;
  let x: Scale = (value) => value;
  let y: Scale = (value) => value;
  let cursor: SVGGElement | null = null;
  let at = 0;

  const draw = (): void => {
    const runs = knownRuns(profile);
    const range = heightRange(runs, length);
    x = linear([0, length], [PAD.left, width - PAD.right]);
    y = linear(range, [HEIGHT - PAD.bottom, PAD.top]);
    cursor = svg("g", { class: "profile-cursor", visibility: "hidden" });
    const picture = svg(
      "svg",
      { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, "aria-hidden": "true" },
      ...gridLines(range),
      ...bandAreas(),
      ...runs.map((run) => errorBand(run)),
      ...runs.map((run) =>
        svg("path", {
          class: "profile-line",
          d: `M${run.map((s) => xy(s.distance, s.elevation)).join("L")}`,
        }),
      ),
      cursor,
    );
    if (runs.length === 0) readout.textContent = t("profile.no_heights");
    frame.replaceChildren(picture);
  };

  const xy = (d: number, e: number): string => `${x(d).toFixed(1)},${y(e).toFixed(1)}`;

  const gridLines = (range: [number, number]): SVGElement[] => {
    const up = ticks(range[0], range[1], 4);
    const label = (value: number, anchor: string): SVGElement =>
      svg(
        "text",
        { class: "tick", x: x(value), y: HEIGHT - 8, "text-anchor": anchor },
        distanceText(value, lang, t),
      );
    // The length itself stands at the end; a round value too close to it would overlap.
    const across = ticks(0, length, Math.max(2, Math.floor(width / 90)));
    const inner = across.filter((value) => value > 0 && x(value) < x(length) - 70);
    return [
      ...up.flatMap((value) => [
        svg("line", {
          class: "grid",
          x1: PAD.left,
          x2: width - PAD.right,
          y1: y(value),
          y2: y(value),
        }),
        svg(
          "text",
          { class: "tick", x: PAD.left - 6, y: y(value) + 4, "text-anchor": "end" },
          t("unit.m", { value: decimal(value, 0, lang) }),
        ),
      ]),
      label(0, "start"),
      ...inner.map((value) => label(value, "middle")),
      label(length, "end"),
    ];
  };

  /** Below the line, one filled piece per band, following the ground between its ends. */
  const bandAreas = (): SVGElement[] =>
    mergedBands(profile.bands).flatMap((band) => {
      const inside = profile.distances_m.filter((d) => d > band.from_m && d < band.to_m);
      const top = [band.from_m, ...inside, band.to_m].flatMap((d) => {
        const e = heightAt(profile, d);
        return e === null ? [] : [xy(d, e)];
      });
      if (top.length < 2) return [];
      const floor = HEIGHT - PAD.bottom;
      const points = [
        `${x(band.from_m).toFixed(1)},${floor}`,
        ...top,
        `${x(band.to_m).toFixed(1)},${floor}`,
      ];
      const fill = colourOfBand(options.legend, band.band);
      // A hair of stroke in the same colour hides the seams between neighbours.
      return [
        svg("polygon", { points: points.join(" "), fill, stroke: fill, "stroke-width": 0.6 }),
        ...bandNumber(band, fill),
      ];
    });

  /** The colour says it once more, so that it never says it alone. */
  const bandNumber = (band: ProfileBand, fill: string): SVGElement[] => {
    const [from, to] = [x(band.from_m), x(band.to_m)];
    const middle = heightAt(profile, (band.from_m + band.to_m) / 2);
    const floor = HEIGHT - PAD.bottom;
    if (band.grade_percent === null || middle === null) return [];
    if (to - from < NUMBER_ROOM.wide || floor - y(middle) < NUMBER_ROOM.high) return [];
    const text = t("unit.percent", { value: decimal(Math.abs(band.grade_percent), 0, lang) });
    return [
      svg(
        "text",
        {
          class: "band-number",
          x: (from + to) / 2,
          y: floor - 7,
          "text-anchor": "middle",
          fill: inkOn(fill),
        },
        text,
      ),
    ];
  };

  const errorBand = (run: ReturnType<typeof knownRuns>[number]): SVGElement => {
    const above = run.map((s) => xy(s.distance, s.elevation + (s.sigma ?? 0)));
    const below = run.map((s) => xy(s.distance, s.elevation - (s.sigma ?? 0))).reverse();
    return svg("polygon", { class: "profile-error", points: [...above, ...below].join(" ") });
  };

  const point = (wanted: number): void => {
    at = Math.min(length, Math.max(0, wanted));
    const e = heightAt(profile, at);
    const label = t("profile.here", {
      height: height(e, lang, t),
      grade: grade(gradeAt(profile, at), null, lang, t),
    });
    const spoken = t("profile.here_at", { distance: distanceText(at, lang, t), here: label });
    readout.textContent = spoken;
    frame.setAttribute("aria-valuenow", String(Math.round(at)));
    frame.setAttribute("aria-valuetext", spoken);
    if (cursor) {
      cursor.setAttribute("visibility", "visible");
      const line = svg("line", { x1: x(at), x2: x(at), y1: PAD.top, y2: HEIGHT - PAD.bottom });
      const dot = e === null ? [] : [svg("circle", { cx: x(at), cy: y(e), r: 5 })];
      cursor.replaceChildren(line, ...dot);
    }
    options.onCursor({ fraction: length > 0 ? at / length : 0, label });
  };

  const leave = (): void => {
    cursor?.setAttribute("visibility", "hidden");
    options.onCursor(null);
  };

  const fromPointer = (event: PointerEvent): void => {
    const left = frame.getBoundingClientRect().left;
    point(linear([PAD.left, width - PAD.right], [0, length])(event.clientX - left));
  };
  frame.addEventListener("pointerdown", fromPointer);
  frame.addEventListener("pointermove", fromPointer);
  frame.addEventListener("pointerleave", leave);
  frame.addEventListener("blur", leave);
  frame.addEventListener("keydown", (event) => {
    const step = length / (event.shiftKey ? 10 : 50);
    const moves: Record<string, number> = {
      ArrowRight: at + step,
      ArrowUp: at + step,
      ArrowLeft: at - step,
      ArrowDown: at - step,
      Home: 0,
      End: length,
    };
    const target = moves[event.key];
    if (target === undefined) return;
    event.preventDefault();
    point(target);
  });

  new ResizeObserver(([entry]) => {
    const measured = Math.max(LEAST_WIDTH, Math.round(entry?.contentRect.width ?? 0));
    if (measured === width) return;
    width = measured;
    draw();
  }).observe(frame);

  return { element, point, leave };
}
