/** A ring that closes with the last slope. */
import type { Words } from "../text/i18n";
import { h, svg } from "../ui/dom";

const RADIUS = 34;
const AROUND = 2 * Math.PI * RADIUS;

export function ring(done: number, all: number, t: Words): HTMLElement {
  const part = all > 0 ? Math.min(1, done / all) : 0;
  const circle = (name: string, length: number): SVGElement =>
    svg("circle", {
      class: name,
      cx: 42,
      cy: 42,
      r: RADIUS,
      "stroke-dasharray": `${length.toFixed(1)} ${AROUND.toFixed(1)}`,
      transform: "rotate(-90 42 42)",
    });
  return h(
    "div",
    { class: "ring", role: "img", "aria-label": t("hundred.ring", { done, all }) },
    svg(
      "svg",
      { viewBox: "0 0 84 84", width: 84, height: 84, "aria-hidden": "true" },
      circle("ring-all", AROUND),
      part > 0 ? circle("ring-done", AROUND * part) : null,
    ),
    h("span", { "aria-hidden": "true" }, String(done)),
  );
}
