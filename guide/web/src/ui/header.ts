/** The top line: whose page this is, which town, which language. */
import type { Actions } from "../actions";
import type { Lang } from "../api/types";
import type { Store } from "../store";
import { loadWords, wordsOf } from "../text/i18n";
import { areaName } from "../text/names";
import { button, h } from "./dom";
import { brandMark } from "./icons";

export function header(store: Store, actions: Actions): HTMLElement {
  const title = h("span", { class: "brand-name" });
  const tagline = h("span", { class: "brand-tagline" });
  const choose = h("select", { "data-testid": "area-select", class: "area-select" });
  choose.addEventListener("change", () => void actions.openArea(choose.value));
  const language = button(
    { "data-testid": "language-toggle", class: "language" },
    () => void speak(store.now.lang === "ja" ? "en" : "ja"),
  );
  const speak = async (lang: Lang): Promise<void> => {
    await loadWords(lang);
    store.set({ lang });
  };

  store.draw(["lang", "area", "areas"], ({ lang, area, areas }) => {
    const t = wordsOf(lang);
    title.textContent = t("app.brand");
    tagline.textContent = t("app.tagline");
    choose.setAttribute("aria-label", t("area.choose"));
    choose.replaceChildren(
      ...areas.map((each) =>
        h("option", { value: each.id, selected: each === area }, areaName(each, lang, t)),
      ),
    );
    choose.value = area.id;
    language.textContent = t("language.other");
    language.setAttribute("aria-label", t("language.switch"));
    // The button speaks the language it leads to.
    language.lang = lang === "ja" ? "en" : "ja";
  });

  return h(
    "header",
    { class: "top card" },
    h("h1", { class: "brand" }, brandMark(), h("span", { class: "brand-words" }, title, tagline)),
    choose,
    language,
  );
}
