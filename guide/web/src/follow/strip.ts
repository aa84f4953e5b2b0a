/** The heights of the whole walk in a strip, with where one is. */
import type { Profile } from "../api/types";
import { heightAt, heightRange, knownRuns, linear } from "../profile/scale";
import { h, svg } from "../ui/dom";

const SIZE = { wide: 320, high: 46 };

export interface Strip {
  element: HTMLElement;
  show(fraction: number): void;
}

export function strip(profile: Profile): Strip {
  const length = profile.distances_m.at(-1) ?? 0;
  const runs = knownRuns(profile);
  const x = linear([0, length], [4, SIZE.wide - 4]);
  const y = linear(heightRange(runs, length), [SIZE.high - 3, 5]);
  const point = (d: number, e: number): string => `${x(d).toFixed(1)},${y(e).toFixed(1)}`;
  const ground = runs.map((run) => {
    const top = run.map((s) => point(s.distance, s.elevation));
    const [first, last] = [run[0], run.at(-1)];
    const feet = [
      `${x(last?.distance ?? 0)},${SIZE.high}`,
      `${x(first?.distance ?? 0)},${SIZE.high}`,
    ];
    return svg("polygon", { points: [...top, ...feet].join(" ") });
  });
  const done = svg("clipPath", { id: "strip-done" }, svg("rect", { height: SIZE.high, width: 0 }));
  const walked = svg("g", { class: "strip-done", "clip-path": "url(#strip-done)" });
  walked.append(...ground.map((each) => each.cloneNode()));
  const dot = svg("circle", { r: 5, cx: 4, cy: SIZE.high });
  const picture = svg(
    "svg",
    {
      viewBox: `0 0 ${SIZE.wide} ${SIZE.high}`,
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    },
    svg("defs", {}, done),
    svg("g", { class: "strip-ground" }, ...ground),
    walked,
    dot,
  );
  return {
    element: h("div", { class: "strip" }, picture),
    show(fraction) {
      const at = Math.min(1, Math.max(0, fraction)) * length;
      done.firstElementChild?.setAttribute("width", String(x(at)));
      dot.setAttribute("cx", String(x(at)));
      dot.setAttribute("cy", String(y(heightAt(profile, at) ?? 0)));
    },
  };
}
