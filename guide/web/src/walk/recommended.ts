/** Walks that the town's staff recommend. */
import type { TourFeature } from "../api/types";
import { type Words, wordsOf } from "../text/i18n";
import { nameOf } from "../text/names";
import { distance, duration, height } from "../text/numbers";
import { button, h } from "../ui/dom";
import { icon } from "../ui/icons";
import type { PageParts } from "../ui/panel";
import { changeWalk } from "./draft";
import type { Stop } from "./stops";

export function recommendedTours({ store }: PageParts): HTMLElement {
  const element = h("section", { class: "recommended", "data-testid": "recommended" });

  /** A tour names its stops by id; which are slopes, the town's list knows. */
  const stopsOf = ({ properties }: TourFeature): Stop[] => {
    const slopes = new Set(store.now.slopes.map((slope) => slope.properties.id));
    return properties.stops.map(({ id, direction }) =>
      slopes.has(id) ? { slope: id, direction } : { landmark: id },
    );
  };

  const card = (tour: TourFeature, t: Words): HTMLElement => {
    const { lang } = store.now;
    const p = tour.properties;
    const story = lang === "ja" ? p.description_ja : p.description_en;
    const facts = [
      p.duration_s === null ? null : duration(p.duration_s, t),
      p.distance_m === null ? null : distance(p.distance_m, lang, t),
      p.ascent_m === null ? null : t("plan.up", { height: height(p.ascent_m, lang, t) }),
    ].filter((fact) => fact !== null);
    return button(
      { class: "tour-card", "data-testid": "tour-card", disabled: !p.walkable },
      () => changeWalk(store, { stops: stopsOf(tour) }),
      h(
        "span",
        { class: "near-name" },
        nameOf(p, lang) ?? p.id,
        h("small", {}, facts.join(" · ")),
        story ? h("span", { class: "tour-story" }, story) : null,
      ),
      icon("forward", 20),
    );
  };

  store.draw(["lang", "tours", "slopes"], ({ lang, tours }) => {
    const t = wordsOf(lang);
    element.hidden = tours.length === 0;
    element.replaceChildren(
      h("h3", {}, t("walk.recommended")),
      h("ul", { class: "towns" }, ...tours.map((tour) => h("li", {}, card(tour, t)))),
    );
  });
  return element;
}
