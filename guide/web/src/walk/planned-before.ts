/** The walks that were planned before on this device. */
import { type Words, wordsOf } from "../text/i18n";
import { distance, duration, height } from "../text/numbers";
import { button, h } from "../ui/dom";
import { icon } from "../ui/icons";
import type { PageParts } from "../ui/panel";
import { changeWalk } from "./draft";
import { type PlannedWalk, walkName, withoutWalk } from "./history";

/** As many as one looks through. */
const SHOWN = 6;

export function plannedBefore({ store }: PageParts): HTMLElement {
  const element = h("section", { class: "recommended", "data-testid": "planned-before" });

  const card = (walk: PlannedWalk, t: Words): HTMLElement => {
    const { lang } = store.now;
    const name = walkName(walk.stops, store.now, t);
    const facts = [
      duration(walk.duration_s, t),
      distance(walk.distance_m, lang, t),
      t("plan.up", { height: height(walk.ascent_m, lang, t) }),
    ];
    const { stops, preset, steps } = walk;
    return h(
      "li",
      { class: "planned" },
      button(
        { class: "tour-card", "data-testid": "planned-walk" },
        () => changeWalk(store, { stops: [...stops], preset, steps }),
        h("span", { class: "near-name" }, name, h("small", {}, facts.join(" · "))),
        icon("forward", 20),
      ),
      button(
        { class: "icon-button bare", "aria-label": t("walk.forget", { name }) },
        () => store.set({ history: withoutWalk(store.now.history, walk) }),
        icon("close", 16),
      ),
    );
  };

  store.draw(["lang", "history", "area", "slopes", "landmarks"], (state) => {
    const t = wordsOf(state.lang);
    const here = state.history.filter((walk) => walk.area === state.area.id).slice(0, SHOWN);
    element.hidden = here.length === 0;
    element.replaceChildren(
      h("h3", {}, t("walk.before")),
      h("ul", { class: "towns" }, ...here.map((walk) => card(walk, t))),
    );
  });
  return element;
}
