/** The wishes one may have of slopes, in one place that opens above the list. */

import { bandLabel } from "../bands";
import type { Locator } from "../here/position";
import type { Store } from "../store";
import type { Words } from "../text/i18n";
import { wordFor, wordsOf } from "../text/i18n";
import { distance } from "../text/numbers";
import { manyOf, oneOf } from "../ui/choices";
import { button, h } from "../ui/dom";
import { rolls } from "../ui/icons";
import {
  DONE,
  EFFORTS,
  type Filters,
  NO_FILTERS,
  RADII_M,
  SEASONS,
  STAIRS,
  themesOf,
  toggled,
} from "./filters";

/** The order in which themes are offered; any other a town may have comes after. */
const THEMES = ["view", "history", "landform", "rare"];
const isSeason = (theme: string): boolean => SEASONS.some((season) => season === theme);

export function filterPanel(store: Store, locator: Locator): HTMLElement {
  const element = h("div", { class: "filters", id: "filters", hidden: true });
  const change = (part: Partial<Filters>): void =>
    store.set({ filters: { ...store.now.filters, ...part } });

  const groups = (t: Words): (HTMLElement | null)[] => {
    const { filters, slopes, legend, lang } = store.now;
    const themes = themesOf(slopes, THEMES).filter((theme) => !isSeason(theme));
    const seasons = themesOf(slopes, SEASONS).filter(isSeason);
    const word = (theme: string) => ({ value: theme, word: wordFor(t, "theme", theme) });
    const swatch = (colour: string, label: string): HTMLElement => {
      const box = h("i", { class: "swatch" });
      box.style.backgroundColor = colour;
      return h("span", { class: "swatched" }, box, label);
    };
    return [
      themes.length > 0
        ? manyOf(
            { name: "theme", legend: t("filter.theme"), choices: themes.map(word) },
            filters.themes,
            (value) => change({ themes: toggled(store.now.filters.themes, value) }),
          )
        : null,
      seasons.length > 0
        ? manyOf(
            { name: "season", legend: t("filter.season"), choices: seasons.map(word) },
            filters.seasons,
            (value) => change({ seasons: toggled(store.now.filters.seasons, value) }),
          )
        : null,
      manyOf(
        {
          name: "effort",
          legend: t("filter.effort"),
          choices: EFFORTS.map((effort) => ({
            value: effort,
            label: t("slope.effort_value", { effort }),
            word: h("span", { class: "effort-chip" }, String(effort), rolls(1)[0] ?? null),
          })),
        },
        filters.efforts,
        (value) => change({ efforts: toggled(store.now.filters.efforts, value) }),
      ),
      manyOf(
        {
          name: "band",
          legend: t("filter.steepness"),
          choices: legend.bands.map((band) => ({
            value: band.band,
            word: swatch(band.colour, bandLabel(band, t)),
          })),
        },
        filters.bands,
        (value) => change({ bands: toggled(store.now.filters.bands, value) }),
      ),
      oneOf(
        {
          name: "stairs",
          legend: t("filter.stairs"),
          choices: STAIRS.map((value) => ({ value, word: t(`filter.stairs_${value}`) })),
        },
        filters.stairs,
        (stairs) => change({ stairs }),
      ),
      oneOf(
        {
          name: "within",
          legend: t("filter.within"),
          choices: [
            { value: null as number | null, word: t("filter.within_any") },
            ...RADII_M.map((metres) => ({ value: metres, word: distance(metres, lang, t) })),
          ],
        },
        filters.within_m,
        (within_m) => {
          if (within_m !== null) locator.start();
          change({ within_m });
        },
      ),
      oneOf(
        {
          name: "done",
          legend: t("filter.done"),
          choices: DONE.map((value) => ({ value, word: t(`filter.done_${value}`) })),
        },
        filters.done,
        (done) => change({ done }),
      ),
    ];
  };

  // Not redrawn on a choice: the inputs themselves show it, and keep the focus.
  const redraw = (): void => {
    const t = wordsOf(store.now.lang);
    element.replaceChildren(
      ...groups(t).filter((group) => group !== null),
      h(
        "div",
        { class: "filters-foot" },
        button(
          { class: "secondary", "data-testid": "clear-filters" },
          () => {
            store.set({ filters: NO_FILTERS });
            redraw();
          },
          t("filter.clear"),
        ),
        button(
          { class: "primary", "data-testid": "close-filters" },
          () => element.dispatchEvent(new Event("close")),
          t("filter.show"),
        ),
      ),
    );
  };
  store.draw(["lang", "slopes", "legend"], redraw);
  // Cleared from elsewhere, or a link opened: the inputs must follow.
  store.watch(["filters"], ({ filters }) => {
    if (filters === NO_FILTERS && !element.contains(document.activeElement)) redraw();
  });
  return element;
}
