/** What a visitor must know before trusting the map: made-up towns, missing data, failures. */
import type { Actions } from "../actions";
import type { Area } from "../api/types";
import type { Store } from "../store";
import { wordsOf } from "../text/i18n";
import { button, h } from "./dom";
import { icon } from "./icons";

export function notice(store: Store, actions: Actions): HTMLElement {
  const element = h("div", { class: "notice", "data-testid": "notice", role: "status" });
  // What was read may go; the sample stays labelled by its name. A failure stays until mended.
  let dismissed: Area | null = null;
  store.draw(["lang", "area", "failure", "away", "vanished"], (state) => {
    const { lang, area, failure, away, vanished } = state;
    const t = wordsOf(lang);
    const parts: HTMLElement[] = [];
    if (failure !== null) {
      parts.push(
        h("p", {}, `${t("area.failed")} ${failure}`),
        button({ class: "quiet" }, () => void actions.openArea(area.id), t("app.retry")),
      );
    }
    if (away && failure === null) parts.push(h("p", {}, t("offline.away")));
    if (vanished.length > 0) {
      parts.push(h("p", {}, t("walk.vanished", { count: vanished.length })));
    }
    if (area.sample) parts.push(h("p", {}, t("area.sample_notice")));
    if (!area.complete) {
      const messages = area.missing.map((each) =>
        lang === "ja" ? each.message_ja : each.message_en,
      );
      parts.push(
        h("p", {}, h("strong", {}, t("area.incomplete"))),
        h("ul", {}, ...messages.map((message) => h("li", {}, message))),
      );
    }
    element.hidden = parts.length === 0 || (dismissed === area && failure === null && !away);
    const dismiss = button(
      { class: "dismiss", "aria-label": t("area.dismiss") },
      () => {
        dismissed = area;
        element.hidden = true;
      },
      icon("close", 16),
    );
    element.replaceChildren(
      icon(away ? "offline" : "warning", 18),
      h("div", {}, ...parts),
      failure === null ? dismiss : "",
    );
  });
  return element;
}
