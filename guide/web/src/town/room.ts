/** The town: which one, what is known of it, whose data it is. */
import type { Area } from "../api/types";
import { installButton } from "../offline/install";
import { offlineSection } from "../offline/section";
import { wordsOf } from "../text/i18n";
import { areaName } from "../text/names";
import { button, h, isWebAddress } from "../ui/dom";
import { icon } from "../ui/icons";
import type { PageParts } from "../ui/panel";
import { lookChoice } from "./look-choice";

export function townRoom(parts: PageParts): HTMLElement {
  const { store, actions } = parts;
  const towns = h("section", {});
  const about = h("section", {});
  const element = h(
    "section",
    { class: "town", "data-testid": "town" },
    towns,
    offlineSection(parts),
    lookChoice(store),
    installButton(store),
    about,
  );

  const card = (area: Area, open: boolean): HTMLElement => {
    const { lang } = store.now;
    const t = wordsOf(lang);
    return button(
      {
        class: "town-card",
        "data-testid": "town-card",
        "data-area": area.id,
        "aria-current": open ? "true" : null,
      },
      () => {
        if (!open) void actions.openArea(area.id);
        actions.showTab("slopes");
      },
      h(
        "span",
        { class: "near-name" },
        areaName(area, lang, t),
        h(
          "small",
          {},
          area.complete
            ? t("town.slopes", { count: area.counts.slopes ?? 0 })
            : t("town.incomplete"),
        ),
      ),
      open ? icon("done", 20) : null,
    );
  };

  store.draw(["lang", "areas", "area"], ({ lang, areas, area }) => {
    const t = wordsOf(lang);
    towns.replaceChildren(
      h("h2", {}, t("town.title")),
      h("ul", { class: "towns" }, ...areas.map((each) => h("li", {}, card(each, each === area)))),
    );
    about.replaceChildren(
      h("h3", {}, t("town.about")),
      h("p", { class: "story" }, t("town.about_grades")),
      h("p", { class: "story" }, t("town.about_privacy")),
      h("h3", {}, t("map.credits")),
      h(
        "ul",
        { class: "credit-list" },
        ...area.credits.map((credit) => {
          const text = credit.licence ? `${credit.text} (${credit.licence})` : credit.text;
          return h(
            "li",
            {},
            isWebAddress(credit.url)
              ? h("a", { href: credit.url, target: "_blank", rel: "noopener noreferrer" }, text)
              : text,
          );
        }),
      ),
    );
  });
  return element;
}
