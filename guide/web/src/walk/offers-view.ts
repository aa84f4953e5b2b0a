/** The walks that were found, to choose one from; and what was left out, and why. */
import type { Tour } from "../api/types";
import { type Words, wordsOf } from "../text/i18n";
import { distance, duration, height } from "../text/numbers";
import { h } from "../ui/dom";
import type { PageParts } from "../ui/panel";
import { chooseOffer, type Offers } from "./draft";

export function offersView({ store, actions }: PageParts): HTMLElement {
  const element = h("section", { class: "offers", "data-testid": "offers", hidden: true });

  const name = (tour: Tour, index: number, t: Words): string =>
    tour.aim_text
      ? tour.aim_text.charAt(0).toUpperCase() + tour.aim_text.slice(1)
      : t(index === 0 ? "offer.loop_best" : "offer.loop", { number: index + 1 });

  const card = (offers: Offers, tour: Tour, index: number, t: Words): HTMLElement => {
    const { lang } = store.now;
    const slopes = tour.halts.filter((halt) => halt.slope !== null).length;
    const input = h("input", {
      type: "radio",
      name: "offer",
      value: String(index),
      checked: index === offers.chosen,
    });
    input.addEventListener("change", () => chooseOffer(store, offers, index));
    return h(
      "label",
      { class: "offer-card", "data-testid": "offer" },
      input,
      h(
        "span",
        { class: "near-name" },
        name(tour, index, t),
        h(
          "small",
          {},
          [
            duration(tour.total_duration_s, t),
            distance(tour.distance_m, lang, t),
            t("plan.up", { height: height(tour.ascent_m, lang, t) }),
            t("offer.slopes", { count: slopes }),
          ].join(" · "),
        ),
      ),
    );
  };

  const leftOut = ({ leftOut: all }: Offers, t: Words): HTMLElement | null =>
    all.length === 0
      ? null
      : h(
          "details",
          { class: "in-words", "data-testid": "left-out" },
          h("summary", {}, t("offer.left_out", { count: all.length })),
          h(
            "ul",
            { class: "left-out" },
            ...all.map(({ slope, name: title, message }) => {
              const link = h("button", { type: "button", class: "link" }, title);
              link.addEventListener("click", () => actions.select(slope));
              return h("li", {}, link, h("span", {}, message));
            }),
          ),
        );

  let shown: readonly Tour[] | null = null;
  store.draw(["offers", "lang"], ({ offers, lang }) => {
    const t = wordsOf(lang);
    element.hidden = offers === null;
    if (!offers) {
      shown = null;
      element.replaceChildren();
      return;
    }
    // Choosing among the same offers leaves the inputs, and the focus, where they are.
    if (shown === offers.tours && element.contains(document.activeElement)) return;
    shown = offers.tours;
    const parts = [
      h(
        "fieldset",
        {},
        h("legend", { class: "unseen" }, t("offer.choose")),
        ...offers.tours.map((tour, index) => card(offers, tour, index, t)),
      ),
      ...offers.notes.map((note) => h("p", { class: "hint" }, note)),
      leftOut(offers, t),
    ];
    element.replaceChildren(...parts.filter((part) => part !== null));
  });
  return element;
}
