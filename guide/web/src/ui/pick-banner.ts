/** While a place is being picked, the map says so, with a way out. */
import type { Actions } from "../actions";
import type { Store } from "../store";
import { wordsOf } from "../text/i18n";
import { button, h } from "./dom";

export function pickBanner(store: Store, actions: Actions): HTMLElement {
  const element = h("div", { class: "pick-banner card", role: "status" });
  store.draw(["lang", "picking"], ({ lang, picking }) => {
    const t = wordsOf(lang);
    element.hidden = picking === null;
    element.replaceChildren(
      h("span", {}, t(picking === "start" ? "walk.picking_start" : "walk.picking")),
      button({ class: "quiet" }, () => actions.pick(null), t("walk.cancel")),
    );
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && store.now.picking) actions.pick(null);
  });
  return element;
}
