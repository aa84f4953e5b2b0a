/** Everything about one slope. */
import type { Actions } from "../actions";
import { ApiError, getProfile, isAbort } from "../api/client";
import type { Direction, SlopeFeature } from "../api/types";
import { placeAlong } from "../geo";
import type { MapView } from "../map/view";
import { profileView } from "../profile/view";
import type { Store } from "../store";
import { type Words, wordFor, wordsOf } from "../text/i18n";
import { nameOf, otherNameOf } from "../text/names";
import { gradeSentence } from "../text/numbers";
import { button, h } from "./dom";
import { icon } from "./icons";
import { measures, signs } from "./slope-measures";

const WAYS = { up: "up", down: "down", any: "either" } as const;

export function slopeSheet(store: Store, actions: Actions, map: MapView): HTMLElement {
  const element = h("section", {
    class: "slope-sheet",
    "data-testid": "slope-sheet",
    hidden: true,
  });
  let loading: AbortController | null = null;
  let shown: string | null = null;

  const profileOf = (slope: SlopeFeature, t: Words): HTMLElement => {
    const place = h(
      "div",
      { class: "profile-place" },
      h("p", { class: "hint" }, t("profile.loading")),
    );
    const { geometry } = slope;
    if (geometry?.type !== "LineString") return place;
    loading = new AbortController();
    const { signal } = loading;
    const { area, legend, lang } = store.now;
    const along = placeAlong(geometry.coordinates);
    getProfile(area.id, slope.properties.id, signal).then(
      (profile) => {
        if (signal.aborted) return;
        const onCursor: Parameters<typeof profileView>[0]["onCursor"] = (at) =>
          map.showCursor(at && { lngLat: along(at.fraction), label: at.label });
        place.replaceChildren(profileView({ profile, legend, lang, t, onCursor }).element);
      },
      (error: unknown) => {
        if (isAbort(error) || signal.aborted) return;
        const detail = error instanceof ApiError ? error.detail : null;
        place.replaceChildren(
          h("p", { class: "hint", role: "alert" }, detail ?? t("profile.failed")),
        );
      },
    );
    return place;
  };

  const addButtons = (id: string, t: Words): HTMLElement => {
    const said = h("p", { class: "hint", role: "status" });
    const add = (direction: Direction): HTMLButtonElement =>
      button(
        {
          class: direction === "up" ? "primary" : "secondary",
          "data-testid": `add-${direction}`,
          "aria-label": t(`slope.add_${direction}_label`),
        },
        () => {
          actions.addSlope(id, direction);
          said.textContent = t("slope.added");
        },
        icon(WAYS[direction], 18),
        t(`slope.add_${direction}`),
      );
    return h(
      "div",
      { class: "add-to-walk", role: "group", "aria-label": t("slope.add") },
      h("p", { class: "group-name" }, t("slope.add")),
      h("div", { class: "buttons" }, add("up"), add("down"), add("any")),
      said,
    );
  };

  const photo = (slope: SlopeFeature, t: Words): HTMLElement | null => {
    const { photo: address, photo_credit, name } = slope.properties;
    // Only pictures from our own server: a visit here is nobody else's business.
    if (!address?.startsWith("/") || address.startsWith("//")) return null;
    return h(
      "figure",
      { class: "photo" },
      h("img", { src: address, alt: name, loading: "lazy" }),
      photo_credit ? h("figcaption", {}, t("slope.photo", { credit: photo_credit })) : null,
    );
  };

  const render = (): void => {
    const { lang, selected, slopes } = store.now;
    loading?.abort();
    map.showCursor(null);
    const slope = slopes.find((each) => each.properties.id === selected);
    element.hidden = !slope;
    if (!slope) {
      element.replaceChildren();
      shown = null;
      return;
    }
    const t = wordsOf(lang);
    const p = slope.properties;
    const line = slope.geometry?.type === "LineString";
    const story = lang === "ja" ? p.description_ja : (p.description_en ?? null);
    const other = otherNameOf(p, lang);
    const heading = h("h2", { tabindex: "-1" }, nameOf(p, lang) ?? p.id);
    element.replaceChildren(
      button({ class: "back" }, () => leave(), icon("back", 18), t("slope.back")),
      h(
        "div",
        { class: "slope-title" },
        heading,
        other && h("p", { class: "reading", lang: "ja" }, other),
      ),
      ...(line
        ? [
            signs(p, lang, t),
            profileOf(slope, t),
            h("p", { class: "sentence" }, gradeSentence(p.mean_grade_percent, lang, t)),
            addButtons(p.id, t),
          ]
        : [h("p", { class: "sentence" }, t("slope.no_line"))]),
      ...(story
        ? [h("section", {}, h("h3", {}, t("slope.story")), h("p", { class: "story" }, story))]
        : []),
      ...(p.themes?.length
        ? [
            h(
              "ul",
              { class: "themes" },
              ...p.themes.map((theme) => h("li", {}, wordFor(t, "theme", theme))),
            ),
          ]
        : []),
      ...[photo(slope, t)].filter((each) => each !== null),
      measures(p, lang, t),
    );
    if (shown !== p.id) {
      shown = p.id;
      element.closest(".panel-body")?.scrollTo(0, 0);
      // Keyboard visitors land on what they opened; others see no change.
      if (document.activeElement?.classList.contains("slope-row"))
        heading.focus({ preventScroll: true });
    }
  };

  const leave = (): void => {
    const id = store.now.selected;
    actions.select(null);
    const row = [...document.querySelectorAll<HTMLElement>(".slope-row")];
    row.find((each) => each.dataset.slopeId === id)?.focus();
  };

  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
  });
  store.draw(["lang", "selected", "slopes", "legend"], render);
  return element;
}
