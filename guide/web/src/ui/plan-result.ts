/** The walk that came of the stops: numbers first, then warnings, profile, and the way. */
import type { Route } from "../api/types";
import { placeAlong } from "../geo";
import type { MapView } from "../map/view";
import { type ProfileView, profileView } from "../profile/view";
import type { Store } from "../store";
import { type Words, wordsOf } from "../text/i18n";
import { distance, duration, grade, height } from "../text/numbers";
import { button, h } from "./dom";
import { icon } from "./icons";

export function planResult(store: Store, map: MapView): HTMLElement {
  // Said aloud by screen readers: all of the result at once would be too much.
  const said = h("p", { class: "unseen", role: "status" });
  const element = h("section", { class: "plan", "data-testid": "plan-result" });

  const numbers = (route: Route, t: Words): HTMLElement => {
    const { lang } = store.now;
    const fact = (name: string, value: string, testid?: string): HTMLElement =>
      h("div", {}, h("dt", {}, name), h("dd", { "data-testid": testid ?? null }, value));
    return h(
      "dl",
      { class: "facts" },
      fact(t("plan.time"), duration(route.duration_s, t), "route-duration"),
      fact(t("plan.distance"), distance(route.distance_m, lang, t), "route-distance"),
      fact(t("plan.ascent"), height(route.ascent_m, lang, t), "route-ascent"),
      fact(t("plan.descent"), height(route.descent_m, lang, t), "route-descent"),
      fact(t("plan.steepest"), grade(route.max_grade_20m_percent, null, lang, t)),
      fact(
        t("plan.steps"),
        route.steps === null ? t("unknown") : t("unit.steps", { value: route.steps }),
      ),
    );
  };

  const warnings = (route: Route, t: Words): HTMLElement | null =>
    route.warnings.length === 0
      ? null
      : h(
          "ul",
          { class: "warnings", "aria-label": t("plan.warnings") },
          ...route.warnings.map((each) =>
            h("li", {}, icon("warning", 18), h("span", {}, each.message)),
          ),
        );

  const picture = (route: Route, t: Words): ProfileView | null => {
    if (!route.profile) return null;
    const { legend, lang } = store.now;
    const along = placeAlong(route.geometry.coordinates);
    return profileView({
      profile: route.profile,
      legend,
      lang,
      t,
      onCursor: (at) => map.showCursor(at && { lngLat: along(at.fraction), label: at.label }),
    });
  };

  const instructions = (route: Route, profile: ProfileView | null, t: Words): HTMLElement =>
    h(
      "section",
      {},
      h("h3", {}, t("plan.instructions")),
      h(
        "ol",
        { class: "way" },
        ...route.instructions.map((each) =>
          h(
            "li",
            {},
            // The sentence holds its own distance; a touch shows where it begins.
            button({}, () => profile?.point(each.begin_m), h("span", {}, each.text)),
          ),
        ),
      ),
    );

  store.draw(["plan", "lang", "legend"], ({ plan, lang }) => {
    const t = wordsOf(lang);
    const route = plan.kind === "done" ? plan.route : plan.kind === "loading" ? plan.last : null;
    element.dataset.state = plan.kind;
    element.hidden = plan.kind === "none";
    map.showCursor(null);
    if (plan.kind === "failed") {
      const sentence = plan.detail ?? t("plan.failed");
      element.replaceChildren(
        h("p", { class: "error", role: "alert" }, icon("warning", 18), h("span", {}, sentence)),
      );
      return;
    }
    if (!route) {
      element.replaceChildren(h("p", { class: "hint" }, t("plan.loading")));
      return;
    }
    // A new answer is on its way: the old one stays, paler, so that the sheet does not jump.
    if (plan.kind === "loading" && element.querySelector(".facts")) return;
    const profile = picture(route, t);
    const parts = [
      h("h2", {}, t("plan.title")),
      numbers(route, t),
      warnings(route, t),
      profile?.element ?? null,
      instructions(route, profile, t),
    ];
    element.replaceChildren(...parts.filter((part) => part !== null));
    said.textContent = `${t("plan.title")}: ${duration(route.duration_s, t)}, ${distance(route.distance_m, lang, t)}`;
  });
  return h("div", {}, said, element);
}
