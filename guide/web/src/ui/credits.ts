/** Every credit of the town's data, always open at the foot of the map. */
import type { Store } from "../store";
import { wordsOf } from "../text/i18n";
import { h, isWebAddress } from "./dom";

export function credits(store: Store): HTMLElement {
  const element = h("footer", { class: "credits", "data-testid": "credits" });
  store.draw(["lang", "area"], ({ lang, area }) => {
    element.setAttribute("aria-label", wordsOf(lang)("map.credits"));
    element.replaceChildren(
      ...area.credits.map((credit) => {
        const text = credit.licence ? `${credit.text} (${credit.licence})` : credit.text;
        return isWebAddress(credit.url)
          ? h("a", { href: credit.url, target: "_blank", rel: "noopener noreferrer" }, text)
          : h("span", {}, text);
      }),
    );
  });
  return element;
}
