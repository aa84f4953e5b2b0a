/** Says what is wrong with the visitor's place, and what they can do; silent while all is well. */
import type { Store } from "../store";
import { wordsOf } from "../text/i18n";
import { button, h } from "../ui/dom";
import { icon } from "../ui/icons";
import type { Locator } from "./position";

export function herePlea(store: Store, locator: Locator, until?: AbortSignal): HTMLElement {
  const element = h("div", { class: "plea", role: "status", "data-testid": "here-plea" });
  store.draw(
    ["here", "lang"],
    ({ here, lang }) => {
      const t = wordsOf(lang);
      element.hidden = here.kind === "off" || here.kind === "known";
      if (here.kind === "asking") {
        element.replaceChildren(icon("locate", 18), h("p", {}, t("here.asking")));
      } else if (here.kind === "refused" || here.kind === "unavailable") {
        element.replaceChildren(
          icon("warning", 18),
          h("p", {}, t(`here.${here.kind}`)),
          button({ class: "quiet" }, () => locator.start(), t("app.retry")),
        );
      } else if (here.kind === "unsupported") {
        element.replaceChildren(icon("warning", 18), h("p", {}, t("here.unsupported")));
      } else element.replaceChildren();
    },
    until,
  );
  return element;
}
