/** One slope in the list: its name, how steep, how long, and whether one has been there. */
import type { Lang, Legend, SlopeFeature } from "../api/types";
import { colourOfGrade, inkOn } from "../bands";
import type { Words } from "../text/i18n";
import { nameOf, otherNameOf } from "../text/names";
import { distance, grade } from "../text/numbers";
import { button, h } from "../ui/dom";
import { icon } from "../ui/icons";
import { gradeOf } from "./grade";

export function gradeChip(
  percent: number | null,
  legend: Legend,
  lang: Lang,
  t: Words,
): HTMLElement {
  const chip = h("span", { class: "chip" }, grade(percent, null, lang, t));
  if (percent !== null) {
    const colour = colourOfGrade(legend, percent);
    chip.style.backgroundColor = colour;
    chip.style.color = inkOn(colour);
  }
  return chip;
}

export interface Row {
  element: HTMLLIElement;
  button: HTMLButtonElement;
  /** What changes without the slope changing. */
  update(now: { done: boolean; far: string | null; current: boolean }): void;
}

export function slopeRow(
  slope: SlopeFeature,
  legend: Legend,
  lang: Lang,
  t: Words,
  open: () => void,
): Row {
  const p = slope.properties;
  const other = otherNameOf(p, lang);
  const stamp = h("span", { class: "row-done", hidden: true }, icon("done", 18));
  stamp.append(h("span", { class: "unseen" }, t("list.done")));
  const far = h("span", { class: "row-far", hidden: true });
  const stairs = p.steps
    ? t("list.stairs", { steps: p.steps })
    : (p.stairs_m ?? 0) > 0
      ? t("list.has_stairs")
      : null;
  const element = button(
    { class: "slope-row", "data-testid": "slope-row", "data-slope-id": p.id },
    open,
    h(
      "span",
      { class: "row-name" },
      h("strong", {}, nameOf(p, lang) ?? p.id, stamp),
      other && h("small", { lang: "ja" }, other),
    ),
    h(
      "span",
      { class: "row-facts" },
      gradeChip(gradeOf(slope), legend, lang, t),
      h(
        "span",
        { class: "row-length" },
        far,
        p.length_m === null ? null : h("span", {}, distance(p.length_m, lang, t)),
        stairs ? h("span", { class: "badge" }, icon("stairs", 14), stairs) : null,
        slope.geometry ? null : h("span", { class: "badge" }, t("list.no_place")),
      ),
    ),
  );
  return {
    element: h("li", {}, element),
    button: element,
    update({ done, far: metres, current }) {
      stamp.hidden = !done;
      far.hidden = metres === null;
      far.textContent = metres ?? "";
      if (current) element.setAttribute("aria-current", "true");
      else element.removeAttribute("aria-current");
    },
  };
}
