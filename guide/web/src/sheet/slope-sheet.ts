/** Everything about one slope. */
import type { Actions } from "../actions";
import type { SlopeFeature, SlopeProperties } from "../api/types";
import type { Locator } from "../here/position";
import type { MapView } from "../map/view";
import type { State, Store } from "../store";
import { type Words, wordFor, wordsOf } from "../text/i18n";
import { nameOf, otherNameOf } from "../text/names";
import { gradeSentence } from "../text/numbers";
import { h } from "../ui/dom";
import type { Toasts } from "../ui/toast";
import { actionBar } from "./action-bar";
import { addToWalk } from "./add-to-walk";
import { conquering } from "./conquer";
import { measures, signs } from "./measures";
import { gettingThere, nearby } from "./near-lists";
import { photo } from "./photo";
import { shareButton } from "./share-button";
import { sheetTitle } from "./sheet-title";
import { slopeProfile } from "./slope-profile";

interface Needs {
  store: Store;
  actions: Actions;
  map: MapView;
  locator: Locator;
  toasts: Toasts;
}

const selectedOf = ({ slopes, selected }: Readonly<State>): SlopeFeature | null =>
  slopes.find((each) => each.properties.id === selected) ?? null;

/** Where a visitor says what would be better: a page of the service, which needs no account. */
const suggestLink = (area: string, id: string, lang: string, t: Words): HTMLElement => {
  const [town, slope] = [area, id].map(encodeURIComponent);
  return h(
    "p",
    { class: "suggest" },
    h("a", { href: `/suggest/${town}/${slope}?lang=${lang}` }, t("slope.suggest")),
  );
};

export function slopeSheet({ store, actions, map, locator, toasts }: Needs): HTMLElement {
  const content = h("div", { class: "sheet-content" });
  const lists = h("div", { class: "sheet-content" });
  const figures = h("div", { class: "sheet-content" });
  const bar = h("div", { class: "bar-place" });
  const element = h(
    "section",
    { class: "slope-sheet", "data-testid": "slope-sheet", hidden: true },
    content,
    lists,
    figures,
    bar,
  );
  let shown: string | null = null;
  let leaving = new AbortController();

  const leave = (): void => {
    const id = store.now.selected;
    actions.select(null);
    const row = [...document.querySelectorAll<HTMLElement>(".slope-row")];
    row.find((each) => each.dataset.slopeId === id)?.focus();
  };

  const title = (p: SlopeProperties, t: Words): HTMLElement => {
    const { lang } = store.now;
    return sheetTitle(nameOf(p, lang) ?? p.id, otherNameOf(p, lang), leave, t);
  };

  const story = (p: SlopeProperties, t: Words): (HTMLElement | null)[] => {
    const { lang } = store.now;
    const text = lang === "ja" ? p.description_ja : p.description_en;
    return [
      photo(p, nameOf(p, lang) ?? p.id, t),
      text
        ? h("section", {}, h("h3", {}, t("slope.story")), h("p", { class: "story" }, text))
        : null,
      p.themes?.length
        ? h(
            "ul",
            { class: "themes", "aria-label": t("filter.theme") },
            ...p.themes.map((theme) => h("li", {}, wordFor(t, "theme", theme))),
          )
        : null,
    ];
  };

  const drawContent = (): void => {
    const { lang, loading, selected } = store.now;
    leaving.abort();
    leaving = new AbortController();
    map.showCursor(null);
    const slope = selectedOf(store.now);
    element.hidden = !slope;
    if (!slope) {
      for (const part of [content, lists, figures, bar]) part.replaceChildren();
      shown = null;
      // A link may name a slope that is no more; the list says what there is instead.
      if (selected && !loading && store.now.slopes.length > 0) {
        toasts.say(wordsOf(lang)("slope.gone"));
        actions.select(null);
      }
      return;
    }
    const t = wordsOf(lang);
    const p = slope.properties;
    const sentence = lang === "ja" ? p.sentence_ja : p.sentence_en;
    const measured =
      slope.geometry?.type === "LineString"
        ? [
            h("p", { class: "sentence", "data-testid": "sentence" }, sentence ?? ""),
            signs(p, lang, t),
            slopeProfile(slope, store, map, leaving.signal),
            h("p", { class: "plainly" }, gradeSentence(p.mean_grade_percent, lang, t)),
          ]
        : [h("p", { class: "sentence" }, t("slope.no_line"))];
    content.replaceChildren(
      ...[title(p, t), ...measured, ...story(p, t)].filter((part) => part !== null),
    );
    figures.replaceChildren(measures(p, lang, t), suggestLink(store.now.area.id, p.id, lang, t));
    if (shown === p.id) return;
    shown = p.id;
    element.closest(".panel-body")?.scrollTo(0, 0);
    // Keyboard visitors land on what they opened; others see no change.
    if (document.activeElement?.matches(".slope-row, .near-row, .found-row")) {
      content.querySelector("h2")?.focus({ preventScroll: true });
    }
  };

  const drawLists = (): void => {
    const slope = selectedOf(store.now);
    if (!slope) return;
    const t = wordsOf(store.now.lang);
    const parts = [nearby, gettingThere].map((list) => list(slope, store.now, actions, t));
    lists.replaceChildren(...parts.filter((part) => part !== null));
  };

  const drawBar = (): void => {
    const slope = selectedOf(store.now);
    if (!slope) return;
    const { lang } = store.now;
    const t = wordsOf(lang);
    const { id } = slope.properties;
    const focused = bar.contains(document.activeElement);
    bar.replaceChildren(
      actionBar([
        conquering(slope, store, actions, locator, toasts),
        ...(slope.geometry?.type === "LineString" ? [addToWalk(id, t, actions, toasts)] : []),
        {
          opener: shareButton(() => nameOf(slope.properties, lang) ?? id, t, toasts),
          drawer: null,
        },
      ]),
    );
    // The button that was pressed is gone; the keyboard stays where it was.
    if (focused) bar.querySelector<HTMLElement>("[data-testid=conquer]")?.focus();
  };

  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
  });
  store.draw(["lang", "selected", "slopes", "legend"], drawContent);
  store.draw(["lang", "selected", "slopes", "landmarks", "legend"], drawLists);
  store.draw(["lang", "selected", "slopes", "book"], drawBar);
  return element;
}
