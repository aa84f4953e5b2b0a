/** The way in words, a line an instruction. */
import type { Store } from "../store";
import { wordsOf } from "../text/i18n";
import { button, h } from "../ui/dom";

/** `point` shows where an instruction begins. */
export function wayInWords(store: Store, point: (distance: number) => void): HTMLElement {
  const element = h("details", { class: "way-details", "data-testid": "way" });
  store.draw(["plan", "lang"], ({ plan, lang }) => {
    element.hidden = plan.kind !== "done";
    if (plan.kind !== "done") return;
    const t = wordsOf(lang);
    const { instructions } = plan.route;
    element.replaceChildren(
      h("summary", {}, t("plan.instructions_count", { count: instructions.length })),
      h(
        "ol",
        { class: "way" },
        ...instructions.map((each) =>
          // The sentence holds its own distance.
          h(
            "li",
            {},
            button({}, () => point(each.begin_m), h("span", {}, each.text)),
          ),
        ),
      ),
    );
  });
  return element;
}
