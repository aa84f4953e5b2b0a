/** All slopes of the town: search as you type, filter, sort, choose. */
import type { SlopeFeature } from "../api/types";
import { herePlea } from "../here/plea";
import { fixOf } from "../here/position";
import { conquestOf } from "../hundred/book";
import { counted, wordsOf } from "../text/i18n";
import { distance } from "../text/numbers";
import { button, h } from "../ui/dom";
import { icon } from "../ui/icons";
import type { PageParts } from "../ui/panel";
import { filterPanel } from "./filter-panel";
import { countOf, NO_FILTERS } from "./filters";
import { distancesFrom } from "./find";
import { foundPlaces } from "./found-places";
import { type Row, slopeRow } from "./row";
import { SORTS } from "./sort";

export function slopeList({ store, actions, locator, map }: PageParts): HTMLElement {
  const search = h("input", {
    type: "search",
    "data-testid": "search",
    autocomplete: "off",
    enterkeyhint: "search",
    value: store.now.query,
  });
  const opener = h("button", {
    type: "button",
    class: "filter-button",
    "data-testid": "open-filters",
    "aria-controls": "filters",
    "aria-expanded": "false",
  });
  const order = h("select", { class: "order", "data-testid": "sort" });
  const count = h("p", { class: "count", role: "status", "data-testid": "count" });
  const list = h("ul", { class: "rows" });
  const empty = h("div", { class: "empty", hidden: true });
  const filters = filterPanel(store, locator);
  const plea = herePlea(store, locator);
  const element = h(
    "section",
    { class: "slope-list", "data-testid": "slope-list", id: "slopes", tabindex: "-1" },
    h("div", { class: "tools" }, h("div", { class: "search" }, icon("search", 18), search), opener),
    filters,
    h("div", { class: "count-line" }, count, order),
    plea,
    list,
    empty,
    foundPlaces(store, actions, map),
  );

  // --- words and controls -------------------------------------------------------------------
  const openFilters = (open: boolean): void => {
    filters.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
  };
  opener.addEventListener("click", () => openFilters(filters.hidden === true));
  filters.addEventListener("close", () => {
    openFilters(false);
    element.closest(".panel-body")?.scrollTo(0, 0);
    opener.focus({ preventScroll: true });
  });
  search.addEventListener("input", () => store.set({ query: search.value }));
  order.addEventListener("change", () => {
    const sort = SORTS.find((by) => by === order.value);
    if (sort === "nearest") locator.start();
    if (sort) store.set({ sort });
  });
  store.draw(["lang", "sort"], ({ lang, sort }) => {
    const t = wordsOf(lang);
    search.placeholder = t("list.search_hint");
    search.setAttribute("aria-label", t("list.search"));
    order.setAttribute("aria-label", t("list.sort"));
    order.replaceChildren(
      ...SORTS.map((by) => h("option", { value: by, selected: by === sort }, t(`list.${by}`))),
    );
    order.value = sort;
  });
  store.draw(["lang", "filters"], ({ lang, filters: wishes }) => {
    const t = wordsOf(lang);
    const set = countOf(wishes);
    opener.replaceChildren(
      icon("filter", 18),
      h("span", {}, t("filter.open")),
      set > 0 ? h("span", { class: "bubble" }, String(set)) : "",
    );
    opener.classList.toggle("on", set > 0);
  });
  // A query that something else has set: another town, a link.
  store.watch(["query"], ({ query }) => {
    if (search.value !== query) search.value = query;
  });

  // --- rows -------------------------------------------------------------------------------------
  const rows = new Map<SlopeFeature, Row>();
  const rowOf = (slope: SlopeFeature): Row => {
    const known = rows.get(slope);
    if (known) return known;
    const { legend, lang } = store.now;
    const row = slopeRow(slope, legend, lang, wordsOf(lang), () =>
      actions.select(slope.properties.id),
    );
    rows.set(slope, row);
    return row;
  };

  const update = (): void => {
    const { found, book, area, selected, here, lang } = store.now;
    const t = wordsOf(lang);
    const distance_m = distancesFrom(fixOf(here)?.lngLat ?? null);
    for (const slope of found) {
      const { id } = slope.properties;
      const metres = distance_m(slope);
      rowOf(slope).update({
        done: conquestOf(book, area.id, id) !== null,
        far: metres === null ? null : t("list.away", { distance: distance(metres, lang, t) }),
        current: id === selected,
      });
    }
  };

  const render = (): void => {
    const { found, slopes, lang, loading, places } = store.now;
    const t = wordsOf(lang);
    update();
    list.replaceChildren(...found.map((slope) => rowOf(slope).element));
    const all = found.length === slopes.length;
    count.textContent = loading
      ? t("app.loading")
      : all
        ? counted(t, "list.count", found.length)
        : t("list.count_of", { count: found.length, all: slopes.length });
    element.toggleAttribute("data-loading", loading);
    // Where no slope is called so, a place may be.
    empty.hidden = loading || found.length > 0 || places.length > 0;
    if (!empty.hidden) empty.replaceChildren(...whyEmpty());
  };

  /** Nothing to show is nobody's fault, and there is always a way on. */
  const whyEmpty = (): HTMLElement[] => {
    const { slopes, filters: wishes, lang } = store.now;
    const t = wordsOf(lang);
    if (slopes.length === 0) return [h("p", {}, t("list.empty"))];
    const filtered = countOf(wishes) > 0;
    return [
      h("p", {}, t(filtered ? "list.none_filtered" : "list.none")),
      button(
        { class: "secondary" },
        () => store.set({ query: "", filters: NO_FILTERS }),
        t("list.show_all"),
      ),
    ];
  };

  store.watch(["lang", "legend", "slopes"], () => rows.clear());
  store.draw(["lang", "legend", "found", "loading", "places"], render);
  store.watch(["book", "here", "selected"], update);

  list.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    const buttons = [...list.querySelectorAll<HTMLButtonElement>(".slope-row")];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    event.preventDefault();
    buttons[at + step]?.focus();
  });
  return element;
}
