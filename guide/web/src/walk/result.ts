/** The walk that came of the stops: numbers, warnings, profile, and the way. */
import type { Route } from "../api/types";
import { placeAlong, reachedOf } from "../geo";
import type { MapView } from "../map/view";
import { type ProfileView, profileView } from "../profile/view";
import type { Store } from "../store";
import { type Words, wordsOf } from "../text/i18n";
import { distance, duration, grade, height } from "../text/numbers";
import { button, h } from "../ui/dom";
import { icon } from "../ui/icons";
import { tourOf } from "./draft";
import { replan } from "./planner";
import { problemText } from "./problem";

export interface PlanResult {
  element: HTMLElement;
  /** Puts the profile's cursor, and the map's, at so many metres from the start. */
  point(distance: number): void;
}

export function planResult(store: Store, map: MapView): PlanResult {
  // Said aloud by screen readers: all of the result at once would be too much.
  const said = h("p", { class: "unseen", role: "status" });
  const element = h("section", { class: "plan", "data-testid": "plan-result" });
  let leaving = new AbortController();
  let point: ProfileView["point"] | null = null;

  const numbers = (route: Route, t: Words): HTMLElement => {
    const { lang } = store.now;
    const fact = (name: string, value: string, testid?: string): HTMLElement =>
      h("div", {}, h("dt", {}, name), h("dd", { "data-testid": testid ?? null }, value));
    const steepest = route.max_grade_20m_percent;
    const steep = grade(steepest === null ? null : Math.abs(steepest), null, lang, t);
    const seconds = tourOf(route)?.total_duration_s ?? route.duration_s;
    return h(
      "dl",
      { class: "facts" },
      fact(t("plan.time"), duration(seconds, t), "route-duration"),
      fact(t("plan.distance"), distance(route.distance_m, lang, t), "route-distance"),
      fact(t("plan.ascent"), height(route.ascent_m, lang, t), "route-ascent"),
      fact(t("plan.descent"), height(route.descent_m, lang, t), "route-descent"),
      fact(t((steepest ?? 0) < 0 ? "plan.steepest_down" : "plan.steepest"), steep),
      fact(
        t("plan.steps"),
        route.steps === null ? t("unknown") : t("unit.steps", { value: route.steps }),
      ),
    );
  };

  const warnings = (route: Route, t: Words): HTMLElement | null => {
    const messages = [
      ...route.warnings.map((each) => each.message),
      ...((tourOf(route)?.missed_halts.length ?? 0) > 0 ? [t("plan.missed_halts")] : []),
    ];
    return messages.length === 0
      ? null
      : h(
          "ul",
          { class: "warnings", "aria-label": t("plan.warnings"), "data-testid": "warnings" },
          ...messages.map((message) => h("li", {}, icon("warning", 18), h("span", {}, message))),
        );
  };

  const picture = (route: Route, t: Words): ProfileView | null => {
    if (!route.profile) return null;
    const { legend, lang } = store.now;
    const line = route.geometry.coordinates;
    const along = placeAlong(line);
    const view = profileView({
      profile: route.profile,
      legend,
      lang,
      t,
      onCursor: (at) => map.showCursor(at && { lngLat: along(at.fraction), label: at.label }),
    });
    const length = reachedOf(line).at(-1) ?? 0;
    const measured = route.profile.distances_m.at(-1) ?? length;
    map.onLine(line, leaving.signal, (along_m) => {
      if (store.now.tab !== "walk") return;
      if (along_m === null) view.leave();
      else view.point(length > 0 ? (along_m / length) * measured : 0);
    });
    return view;
  };

  store.draw(["plan", "lang", "legend"], ({ plan, lang }) => {
    const t = wordsOf(lang);
    const route = plan.kind === "done" ? plan.route : plan.kind === "loading" ? plan.last : null;
    element.dataset.state = plan.kind;
    element.hidden = plan.kind === "none";
    if (plan.kind === "failed") {
      element.replaceChildren(
        h(
          "div",
          { class: "error", role: "alert" },
          icon("warning", 18),
          h("p", {}, problemText(plan.failure, lang, t)),
        ),
        button({ class: "secondary" }, () => replan(store), t("app.retry")),
      );
      return;
    }
    if (!route) {
      element.replaceChildren(h("p", { class: "hint" }, t("plan.loading")));
      return;
    }
    // A new answer is on its way: the old one stays, paler, so that the sheet does not jump.
    if (plan.kind === "loading" && element.querySelector(".facts")) return;
    leaving.abort();
    leaving = new AbortController();
    map.showCursor(null);
    const profile = picture(route, t);
    const parts = [
      h("h2", { class: "unseen" }, t("plan.title")),
      numbers(route, t),
      warnings(route, t),
      profile?.element ?? null,
    ];
    point = profile?.point ?? null;
    element.replaceChildren(...parts.filter((part) => part !== null));
    said.textContent = `${t("plan.title")}: ${duration(route.duration_s, t)}, ${distance(route.distance_m, lang, t)}`;
  });
  return { element: h("div", {}, said, element), point: (distance) => point?.(distance) };
}
