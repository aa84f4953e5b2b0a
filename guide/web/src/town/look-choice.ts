/** Day or evening, as one likes. */
import { LOOKS, type Look } from "../look";
import type { Store } from "../store";
import { wordsOf } from "../text/i18n";
import { oneOf } from "../ui/choices";
import { h } from "../ui/dom";

export function lookChoice(store: Store): HTMLElement {
  const element = h("section", { "data-testid": "look" });
  store.draw(["lang"], ({ lang, look }) => {
    const t = wordsOf(lang);
    const choices = LOOKS.map((value) => ({ value, word: t(`look.${value}`) }));
    element.replaceChildren(
      oneOf<Look>(
        { name: "look", legend: t("look.title"), choices },
        look,
        (chosen) => store.set({ look: chosen }),
        "segments",
      ),
    );
  });
  return element;
}
