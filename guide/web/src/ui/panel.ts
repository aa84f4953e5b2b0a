/** The panel at the side (a sheet at the bottom of a phone): one room a tab. */
import type { Actions } from "../actions";
import { slopeList } from "../explore/list";
import type { Follow } from "../follow/follow";
import type { Locator } from "../here/position";
import type { MapView } from "../map/view";
import { landmarkSheet } from "../sheet/landmark-sheet";
import { slopeSheet } from "../sheet/slope-sheet";
import { type Store, TABS, type Tab } from "../store";
import { wordsOf } from "../text/i18n";
import { bottomSheet } from "./bottom-sheet";
import { h } from "./dom";
import { later } from "./later";
import { isPhone } from "./layout";
import { tabs } from "./tabs";
import type { Toasts } from "./toast";

export interface PageParts {
  store: Store;
  actions: Actions;
  map: MapView;
  locator: Locator;
  toasts: Toasts;
  follow: Follow;
}

export function panel(parts: PageParts): { element: HTMLElement; skip: HTMLElement } {
  const { store, actions, toasts } = parts;
  const body = h("div", { class: "panel-body" });
  const element = h("aside", { class: "panel card" });
  const sheet = bottomSheet(element);

  const bar = tabs(store, actions, (tab) => {
    // Touching the open tab again leads back to the whole list.
    if (tab === "slopes") actions.select(null);
    body.scrollTo(0, 0);
    if (sheet.size === "peek") sheet.resize("half");
  });
  element.append(sheet.handle, bar, body);

  const list = slopeList(parts);
  const rooms: Record<Exclude<Tab, "slopes">, ReturnType<typeof later>> = {
    walk: later(store, async () => (await import("../walk/room")).walkRoom(parts)),
    hundred: later(store, async () => (await import("../hundred/room")).hundredRoom(parts)),
    town: later(store, async () => (await import("../town/room")).townRoom(parts)),
  };
  const slopes = h("div", {}, list, slopeSheet(parts), landmarkSheet(store, actions, toasts));
  const panels = new Map<Tab, HTMLElement>(
    TABS.map((name) => [
      name,
      h(
        "div",
        { role: "tabpanel", id: `tabpanel-${name}`, "aria-labelledby": `tab-${name}` },
        name === "slopes" ? slopes : rooms[name].element,
      ),
    ]),
  );
  body.append(...panels.values());

  const skip = h("a", { class: "skip", href: "#slopes" });
  skip.addEventListener("click", () => {
    actions.select(null);
    actions.showTab("slopes");
    list.focus();
  });
  store.draw(["lang"], ({ lang }) => {
    const t = wordsOf(lang);
    element.setAttribute("aria-label", t("app.panel"));
    sheet.label(t("app.sheet_size"));
    skip.textContent = t("app.skip");
  });
  store.draw(["tab"], ({ tab }) => {
    for (const [name, each] of panels) each.hidden = name !== tab;
    if (tab !== "slopes") rooms[tab].enter();
  });
  store.draw(["selected", "landmark", "slopes", "landmarks"], (state) => {
    const has = (things: { properties: { id: string } }[], id: string | null): boolean =>
      id !== null && things.some((each) => each.properties.id === id);
    list.hidden = has(state.slopes, state.selected) || has(state.landmarks, state.landmark);
  });

  store.watch(["tab"], () => {
    body.scrollTo(0, 0);
    if (sheet.size === "peek") sheet.resize("half");
  });
  // On a phone the map must be seen while a place on it is picked.
  store.watch(["picking"], ({ picking }) => {
    if (isPhone()) sheet.resize(picking === null ? "half" : "peek");
  });
  // And so that the hills have the room they need.
  store.watch(["hills"], ({ hills }) => {
    if (isPhone() && hills) sheet.resize("peek");
  });
  store.watch(["selected", "landmark"], ({ selected, landmark }) => {
    if ((selected || landmark) && isPhone()) sheet.resize("half");
  });
  return { element, skip };
}
