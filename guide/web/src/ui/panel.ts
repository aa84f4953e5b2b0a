/** The panel at the side (a sheet at the bottom of a phone): slopes in one tab, the walk in one. */
import type { Actions } from "../actions";
import type { MapView } from "../map/view";
import type { State, Store } from "../store";
import { wordsOf } from "../text/i18n";
import { bottomSheet } from "./bottom-sheet";
import { button, h } from "./dom";
import { icon } from "./icons";
import { isPhone } from "./layout";
import { planResult } from "./plan-result";
import { slopeList } from "./slope-list";
import { slopeSheet } from "./slope-sheet";
import { walkPanel } from "./walk-panel";

export function panel(
  store: Store,
  actions: Actions,
  map: MapView,
): { element: HTMLElement; skip: HTMLElement } {
  const tabs = h("div", { class: "tabs", role: "tablist" });
  const body = h("div", { class: "panel-body" });
  const element = h("aside", { class: "panel card" });
  const sheet = bottomSheet(element);
  element.append(sheet.handle, tabs, body);

  const list = slopeList(store, actions);
  const slope = slopeSheet(store, actions, map);
  const slopes = h(
    "div",
    { role: "tabpanel", id: "tabpanel-slopes", "aria-labelledby": "tab-slopes" },
    list,
    slope,
  );
  const walk = h(
    "div",
    { role: "tabpanel", id: "tabpanel-walk", "aria-labelledby": "tab-walk" },
    walkPanel(store, actions, planResult(store, map)),
  );
  body.append(slopes, walk);

  const tab = (name: State["tab"]): HTMLButtonElement =>
    button(
      {
        role: "tab",
        id: `tab-${name}`,
        "data-testid": `tab-${name}`,
        "aria-controls": `tabpanel-${name}`,
      },
      () => {
        // Touching the open tab again leads back to the whole list.
        if (name === "slopes" && store.now.tab === "slopes") actions.select(null);
        actions.showTab(name);
        if (sheet.size === "peek") sheet.resize("half");
      },
    );
  const buttons = { slopes: tab("slopes"), walk: tab("walk") };
  tabs.append(buttons.slopes, buttons.walk);
  tabs.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = store.now.tab === "slopes" ? "walk" : "slopes";
    actions.showTab(other);
    buttons[other].focus();
  });

  const skip = h("a", { class: "skip", href: "#slopes" });
  store.draw(["lang", "stops", "tab"], ({ lang, stops, tab: open }) => {
    const t = wordsOf(lang);
    element.setAttribute("aria-label", t("app.panel"));
    sheet.label(t("app.sheet_size"));
    skip.textContent = t("app.skip");
    const count = stops.length;
    buttons.slopes.replaceChildren(t("tab.slopes"));
    buttons.walk.replaceChildren(
      icon("walk", 18),
      count > 0 ? t("tab.walk_count", { count }) : t("tab.walk"),
    );
    for (const [name, each] of Object.entries(buttons)) {
      each.setAttribute("aria-selected", String(name === open));
      each.tabIndex = name === open ? 0 : -1;
    }
    slopes.hidden = open !== "slopes";
    walk.hidden = open !== "walk";
  });
  store.draw(["selected", "slopes"], ({ selected, slopes: all }) => {
    list.hidden = all.some((each) => each.properties.id === selected);
  });
  store.watch(["tab"], () => body.scrollTo(0, 0));
  // On a phone the map must be seen while a place on it is picked.
  store.watch(["picking"], ({ picking }) => {
    if (isPhone()) sheet.resize(picking ? "peek" : "half");
  });
  store.watch(["selected"], ({ selected }) => {
    if (selected && isPhone()) sheet.resize("half");
  });
  return { element, skip };
}
