/** The town as a still picture, where the device draws no map: hills, streets by grade, slopes. */
import type { Store } from "../store";
import { wordsOf } from "../text/i18n";
import { areaName } from "../text/names";
import { h } from "../ui/dom";

export function stillPicture(store: Store, canvas: HTMLElement): void {
  store.draw(["lang", "area"], ({ lang, area }) => {
    const t = wordsOf(lang);
    const name = areaName(area, lang, t);
    const image = h("img", {
      src: `/api/${encodeURIComponent(area.id)}/picture?lang=${lang}`,
      alt: t("map.still", { name }),
    });
    const figure = h(
      "figure",
      { class: "still", "data-testid": "still" },
      h("figcaption", {}, t("map.no_webgl")),
      image,
    );
    // A town whose slopes have no lines yet has no picture; the words stay.
    image.addEventListener("error", () => image.remove());
    canvas.replaceChildren(figure);
  });
}
