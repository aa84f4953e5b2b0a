/** All slopes of the town: search as you type, sort, choose. */
import type { Actions } from "../actions";
import type { Lang, Legend, SlopeFeature } from "../api/types";
import { colourOfGrade, inkOn } from "../bands";
import type { Store } from "../store";
import { type Words, wordsOf } from "../text/i18n";
import { nameOf, otherNameOf } from "../text/names";
import { distance, grade } from "../text/numbers";
import { matches, type SortBy, sortSlopes } from "../text/search";
import { button, h } from "./dom";
import { icon } from "./icons";

const SORTS: readonly SortBy[] = ["steepest", "longest", "name"];

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

export function slopeList(store: Store, actions: Actions): HTMLElement {
  let sort: SortBy = "steepest";
  const search = h("input", {
    type: "search",
    "data-testid": "search",
    autocomplete: "off",
    enterkeyhint: "search",
  });
  const order = h("select", { class: "order" });
  const count = h("p", { class: "count", role: "status" });
  const list = h("ul", { class: "rows" });
  const element = h(
    "section",
    { class: "slope-list", "data-testid": "slope-list", id: "slopes" },
    h("div", { class: "tools" }, h("div", { class: "search" }, icon("search", 18), search), order),
    count,
    list,
  );

  const row = (slope: SlopeFeature, t: Words): HTMLElement => {
    const { lang, legend, selected } = store.now;
    const p = slope.properties;
    const other = otherNameOf(p, lang);
    const place = slope.geometry ? null : h("span", { class: "badge" }, t("list.no_place"));
    const stairs = p.steps
      ? h("span", { class: "badge" }, icon("stairs", 14), t("list.stairs", { steps: p.steps }))
      : null;
    const item = button(
      {
        class: "slope-row",
        "data-testid": "slope-row",
        "data-slope-id": p.id,
        "aria-current": p.id === selected ? "true" : null,
      },
      () => actions.select(p.id),
      h(
        "span",
        { class: "row-name" },
        h("strong", {}, nameOf(p, lang) ?? p.id),
        other && h("small", { lang: "ja" }, other),
      ),
      h(
        "span",
        { class: "row-facts" },
        gradeChip(p.mean_grade_percent ?? p.mean_abs_grade_percent, legend, lang, t),
        h(
          "span",
          { class: "row-length" },
          p.length_m === null ? null : distance(p.length_m, lang, t),
          stairs,
          place,
        ),
      ),
    );
    return h("li", {}, item);
  };

  const render = (): void => {
    const { lang, slopes, loading } = store.now;
    const t = wordsOf(lang);
    search.placeholder = t("list.search_hint");
    search.setAttribute("aria-label", t("list.search"));
    order.setAttribute("aria-label", t("list.sort"));
    order.replaceChildren(
      ...SORTS.map((by) => h("option", { value: by, selected: by === sort }, t(`list.${by}`))),
    );
    const label = (slope: SlopeFeature): string =>
      // Japanese names sort by their reading, as in a dictionary.
      (lang === "ja" ? slope.properties.reading : null) ?? nameOf(slope.properties, lang) ?? "";
    const found = sortSlopes(
      slopes.filter((slope) => matches(slope, search.value)),
      sort,
      new Intl.Collator(lang),
      label,
    );
    const said =
      found.length === 1 ? t("list.count_one") : t("list.count", { count: found.length });
    count.textContent = loading
      ? t("app.loading")
      : found.length > 0
        ? said
        : t(slopes.length > 0 ? "list.none" : "list.empty");
    list.replaceChildren(...found.map((slope) => row(slope, t)));
  };

  search.addEventListener("input", render);
  order.addEventListener("change", () => {
    sort = SORTS.find((by) => by === order.value) ?? "steepest";
    render();
  });
  list.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    const rows = [...list.querySelectorAll<HTMLButtonElement>(".slope-row")];
    const at = rows.indexOf(document.activeElement as HTMLButtonElement);
    event.preventDefault();
    rows[at + step]?.focus();
  });
  store.watch(["area"], () => {
    search.value = "";
  });
  store.draw(["lang", "slopes", "loading", "legend", "selected"], render);
  return element;
}
