/** Puts a slope into the walk: up, down, or whichever way suits. */
import type { Actions } from "../actions";
import type { Direction } from "../api/types";
import type { Words } from "../text/i18n";
import { button, h } from "../ui/dom";
import { icon } from "../ui/icons";
import type { Toasts } from "../ui/toast";

const WAYS = { up: "up", down: "down", any: "either" } as const;

export function addToWalk(id: string, t: Words, actions: Actions, toasts: Toasts) {
  const opener = h(
    "button",
    { type: "button", class: "secondary", "data-testid": "add", "aria-expanded": "false" },
    icon("walk", 20),
    t("slope.add"),
  );
  const add = (direction: Direction): HTMLButtonElement =>
    button(
      {
        class: direction === "up" ? "primary" : "secondary",
        "data-testid": `add-${direction}`,
        "aria-label": t(`slope.add_${direction}_label`),
      },
      () => {
        actions.addSlope(id, direction);
        toasts.say(t("slope.added"), {
          word: t("slope.see_walk"),
          act: () => actions.showTab("walk"),
        });
      },
      icon(WAYS[direction], 18),
      t(`slope.add_${direction}`),
    );
  const drawer = h(
    "div",
    { class: "drawer", role: "group", "aria-label": t("slope.add"), hidden: true },
    h("div", { class: "buttons" }, add("up"), add("down"), add("any")),
  );
  return { opener, drawer };
}
