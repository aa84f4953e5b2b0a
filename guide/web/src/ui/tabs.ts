/** The four rooms of the page; under the thumb on a phone, on top of the panel on a desk. */
import type { Actions } from "../actions";
import { type Store, TABS, type Tab } from "../store";
import { wordsOf } from "../text/i18n";
import { button, h } from "./dom";
import { type IconName, icon } from "./icons";

const ICONS: Record<Tab, IconName> = {
  slopes: "slope",
  walk: "walk",
  hundred: "book",
  town: "town",
};

/** `again` is what a touch on the open tab does. */
export function tabs(store: Store, actions: Actions, again: (tab: Tab) => void): HTMLElement {
  const buttons = new Map(
    TABS.map((name) => [
      name,
      button(
        {
          role: "tab",
          id: `tab-${name}`,
          "data-testid": `tab-${name}`,
          "aria-controls": `tabpanel-${name}`,
        },
        () => {
          if (store.now.tab === name) again(name);
          else actions.showTab(name);
        },
      ),
    ]),
  );
  const element = h("div", { class: "tabs", role: "tablist" }, ...buttons.values());

  element.addEventListener("keydown", (event) => {
    const at = TABS.indexOf(store.now.tab);
    const next: Record<string, number> = {
      ArrowRight: (at + 1) % TABS.length,
      ArrowLeft: (at + TABS.length - 1) % TABS.length,
      Home: 0,
      End: TABS.length - 1,
    };
    const target = next[event.key];
    const name = target === undefined ? undefined : TABS[target];
    if (name === undefined) return;
    event.preventDefault();
    actions.showTab(name);
    buttons.get(name)?.focus();
  });

  store.draw(["lang", "tab", "stops", "book", "area"], (state) => {
    const t = wordsOf(state.lang);
    const done = state.book.filter((each) => each.area === state.area.id).length;
    const counts: Partial<Record<Tab, number>> = { walk: state.stops.length, hundred: done };
    for (const [name, each] of buttons) {
      const count = counts[name] ?? 0;
      each.replaceChildren(
        icon(ICONS[name], 22),
        h("span", { class: "tab-name" }, t(`tab.${name}`)),
        count > 0 ? h("span", { class: "bubble" }, String(count)) : "",
      );
      each.setAttribute("aria-selected", String(name === state.tab));
      each.tabIndex = name === state.tab ? 0 : -1;
    }
    element.setAttribute("aria-label", t("app.panel"));
  });
  return element;
}
