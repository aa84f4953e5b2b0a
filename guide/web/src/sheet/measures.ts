/** A slope's numbers, each with its error, its source and how far to trust it. */
import type { Lang, SlopeProperties } from "../api/types";
import { type Words, wordFor } from "../text/i18n";
import { distance, grade, height } from "../text/numbers";
import { h, svg } from "../ui/dom";
import { rolls } from "../ui/icons";

const pair = (name: string, value: string | Node): HTMLElement =>
  h("div", {}, h("dt", {}, name), h("dd", {}, value));

export function effort(value: number | null, t: Words): HTMLElement {
  if (value === null) return h("span", {}, t("unknown"));
  return h(
    "span",
    { class: "rolls", role: "img", "aria-label": t("slope.effort_value", { effort: value }) },
    ...rolls(value),
  );
}

/** The sign at the roadside next to our own number: visitors may see both and wonder. */
export function signs(p: SlopeProperties, lang: Lang, t: Words): HTMLElement {
  const posted = p.posted_grade_percent;
  const sign = svg(
    "svg",
    { class: "road-sign", viewBox: "0 0 44 44", width: 40, height: 40, "aria-hidden": "true" },
    svg("rect", { x: 8, y: 8, width: 28, height: 28, rx: 3, transform: "rotate(45 22 22)" }),
    svg("path", { d: "M13 28L31 28L31 17Z" }),
  );
  return h(
    "dl",
    { class: "compare" },
    h(
      "div",
      {},
      h("dt", {}, t("slope.measured")),
      h("dd", { class: "big" }, grade(p.mean_grade_percent, p.grade_sigma_percent, lang, t)),
    ),
    h(
      "div",
      { class: posted === null ? "posted none" : "posted" },
      posted === null ? null : sign,
      h("dt", {}, t("slope.posted")),
      h(
        "dd",
        { class: posted === null ? null : "big" },
        posted === null ? t("slope.posted_none") : grade(posted, null, lang, t),
      ),
    ),
  );
}

/** Steps where somebody counted them, else how long the stairs are, and whether a hand finds hold. */
function stairsOf(p: SlopeProperties, lang: Lang, t: Words): string {
  const stairs = p.steps
    ? t("unit.steps", { value: p.steps })
    : (p.stairs_m ?? 0) > 0
      ? t("slope.stairs_m", { length: distance(p.stairs_m, lang, t) })
      : t("slope.no_steps");
  return p.handrail ? t("slope.with_handrail", { stairs }) : stairs;
}

export function measures(p: SlopeProperties, lang: Lang, t: Words): HTMLElement {
  const confidence = p.confidence ? wordFor(t, "confidence", p.confidence) : t("unknown");
  const rows = [
    pair(t("slope.effort"), effort(p.effort, t)),
    pair(t("slope.length"), distance(p.length_m, lang, t)),
    pair(t("slope.rise"), height(p.rise_m, lang, t)),
    pair(t("slope.mean"), grade(p.mean_grade_percent, p.grade_sigma_percent, lang, t)),
    pair(t("slope.max_20"), grade(p.max_grade_20m_percent, p.max_grade_20m_sigma_percent, lang, t)),
    pair(t("slope.max_50"), grade(p.max_grade_50m_percent, p.max_grade_50m_sigma_percent, lang, t)),
    pair(t("slope.steps"), stairsOf(p, lang, t)),
    pair(t("slope.rank"), p.rank ?? t("unknown")),
    pair(t("slope.source"), p.elevation_source ?? t("unknown")),
    pair(t("slope.confidence"), confidence),
  ];
  if (p.reported_effort !== null && p.reported_effort !== undefined) {
    rows.splice(1, 0, pair(t("slope.reported_effort"), effort(p.reported_effort, t)));
  }
  return h(
    "section",
    {},
    h("h3", {}, t("slope.measures")),
    h("dl", { class: "measures" }, ...rows),
    h("p", { class: "hint" }, t("slope.error_note")),
    p.credit ? h("p", { class: "hint" }, t("slope.text_credit", { credit: creditOf(p) })) : null,
  );
}

const creditOf = ({ credit, licence }: SlopeProperties): string =>
  [credit, licence].filter(Boolean).join(", ");
