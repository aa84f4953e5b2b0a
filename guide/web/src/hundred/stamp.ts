/** A stamp in the book: the hill in a ring, as a station's commemorative stamp. */
import { svg } from "../ui/dom";

/** The hill of a stamp on a 48-unit square; the card draws the same one on its canvas. */
export const HILL = "M10 34H38V17Z";

export function stamp(done: boolean, colour: string): SVGSVGElement {
  const attributes = done ? { class: "stamp-mark done" } : { class: "stamp-mark" };
  const mark = svg(
    "svg",
    { ...attributes, viewBox: "0 0 48 48", width: 52, height: 52, "aria-hidden": "true" },
    svg("circle", { class: "rim", cx: 24, cy: 24, r: 21.5 }),
    svg("circle", { class: "inner", cx: 24, cy: 24, r: 17.5 }),
    svg("path", { class: "hill", d: HILL }),
    done ? svg("path", { class: "tick", d: "M15.5 23L21 28L32 15.5" }) : null,
  );
  // The hue of steepness, where there is one to show.
  if (done) mark.style.setProperty("--stamp", colour);
  return mark;
}
