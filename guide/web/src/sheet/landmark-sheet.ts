/** Everything about one landmark, and the slopes beside it. */
import type { Actions } from "../actions";
import type { LandmarkFeature } from "../api/types";
import { metresBetween } from "../geo";
import { fixOf } from "../here/position";
import type { State, Store } from "../store";
import { type Words, wordFor, wordsOf } from "../text/i18n";
import { nameOf, otherNameOf } from "../text/names";
import { distance } from "../text/numbers";
import { button, h } from "../ui/dom";
import { icon, kindIcon } from "../ui/icons";
import type { Toasts } from "../ui/toast";
import { actionBar } from "./action-bar";
import { slopesBeside } from "./near-lists";
import { photo } from "./photo";
import { shareButton } from "./share-button";
import { sheetTitle } from "./sheet-title";

const selectedOf = ({ landmarks, landmark }: Readonly<State>): LandmarkFeature | null =>
  landmarks.find((each) => each.properties.id === landmark) ?? null;

export function landmarkSheet(store: Store, actions: Actions, toasts: Toasts): HTMLElement {
  const element = h("section", {
    class: "slope-sheet",
    "data-testid": "landmark-sheet",
    hidden: true,
  });
  let shown: string | null = null;

  const facts = (landmark: LandmarkFeature, t: Words): HTMLElement | null => {
    const { opening_hours: hours } = landmark.properties;
    const { here, lang } = store.now;
    const fix = fixOf(here);
    const away = fix && metresBetween(fix.lngLat, landmark.geometry.coordinates);
    const rows = [
      hours ? h("div", {}, h("dt", {}, t("landmark.hours")), h("dd", {}, hours)) : null,
      away === null
        ? null
        : h("div", {}, h("dt", {}, t("landmark.away")), h("dd", {}, distance(away, lang, t))),
    ].filter((row) => row !== null);
    return rows.length > 0 ? h("dl", { class: "measures" }, ...rows) : null;
  };

  const bar = (landmark: LandmarkFeature, name: string, t: Words): HTMLElement => {
    const add = button(
      { class: "primary", "data-testid": "add-landmark" },
      () => {
        actions.addStop({ landmark: landmark.properties.id });
        toasts.say(t("slope.added"), {
          word: t("slope.see_walk"),
          act: () => actions.showTab("walk"),
        });
      },
      icon("walk", 20),
      t("map.add_landmark"),
    );
    return actionBar([
      { opener: add, drawer: null },
      { opener: shareButton(() => name, t, toasts), drawer: null },
    ]);
  };

  const draw = (): void => {
    const landmark = selectedOf(store.now);
    element.hidden = !landmark;
    if (!landmark) {
      element.replaceChildren();
      shown = null;
      return;
    }
    const { lang } = store.now;
    const t = wordsOf(lang);
    const p = landmark.properties;
    const kind = wordFor(t, "landmark", p.kind);
    const name = nameOf(p, lang) ?? kind;
    const other = p.name ? otherNameOf({ ...p, name: p.name }, lang) : null;
    const text = lang === "ja" ? p.description_ja : p.description_en;
    const parts = [
      sheetTitle(name, other, () => actions.selectLandmark(null), t),
      h("p", { class: "kind" }, kindIcon(p.kind, 20), kind),
      photo(p, name, t),
      text ? h("p", { class: "story" }, text) : null,
      facts(landmark, t),
      slopesBeside(landmark, store.now, actions, t),
      h("p", { class: "hint" }, [p.credit, p.source].filter(Boolean).join(" · ")),
    ];
    element.replaceChildren(
      h("div", { class: "sheet-content" }, ...parts),
      h("div", { class: "bar-place" }, bar(landmark, name, t)),
    );
    if (shown === p.id) return;
    shown = p.id;
    element.closest(".panel-body")?.scrollTo(0, 0);
    if (document.activeElement?.matches(".near-row, .found-row")) {
      element.querySelector("h2")?.focus({ preventScroll: true });
    }
  };

  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") actions.selectLandmark(null);
  });
  store.draw(["lang", "landmark", "landmarks", "slopes", "legend"], draw);
  return element;
}
