/** The head of a sheet: the way back, and what it is about. */
import type { Words } from "../text/i18n";
import { button, h } from "../ui/dom";
import { icon } from "../ui/icons";

/** `other` is the name in the other script, or its reading. */
export function sheetTitle(
  name: string,
  other: string | null,
  leave: () => void,
  t: Words,
): HTMLElement {
  return h(
    "div",
    { class: "sheet-title" },
    button(
      {
        class: "back",
        "data-testid": "back",
        "aria-label": t("slope.back"),
        title: t("slope.back"),
      },
      leave,
      icon("back", 24),
    ),
    h(
      "div",
      { class: "slope-title" },
      h("h2", { tabindex: "-1" }, name),
      other && h("p", { class: "reading", lang: "ja" }, other),
    ),
  );
}
