/** A room whose code comes when it is first entered. */
import type { Store } from "../store";
import { wordsOf } from "../text/i18n";
import { button, h } from "./dom";

export function later(
  store: Store,
  load: () => Promise<HTMLElement>,
): { enter(): void; element: HTMLElement } {
  const element = h("div", { class: "room" });
  let entered = false;

  const enter = async (): Promise<void> => {
    if (entered) return;
    entered = true;
    const t = wordsOf(store.now.lang);
    element.replaceChildren(
      h("p", { class: "hint room-loading", role: "status" }, t("app.loading")),
    );
    try {
      element.replaceChildren(await load());
    } catch (error) {
      console.warn(error);
      entered = false;
      element.replaceChildren(
        h(
          "div",
          { class: "empty", role: "alert" },
          h("p", {}, t("app.part_failed")),
          button({ class: "secondary" }, () => void enter(), t("app.retry")),
        ),
      );
    }
  };
  return { enter: () => void enter(), element };
}
