/** Lists of what lies near, each row a way to it. */
import type { Actions } from "../actions";
import type { SlopeFeature } from "../api/types";
import { gradeOf } from "../explore/grade";
import { gradeChip } from "../explore/row";
import type { State } from "../store";
import { type Words, wordFor } from "../text/i18n";
import { nameOf } from "../text/names";
import { distance } from "../text/numbers";
import { button, h } from "../ui/dom";
import { kindIcon } from "../ui/icons";
import { type Near, nearSlope, type Stop, slopesNear, stopsNear } from "./near";

type Known = Pick<State, "lang" | "landmarks" | "slopes" | "legend">;

const section = (title: string, testid: string, rows: HTMLElement[]): HTMLElement | null =>
  rows.length === 0
    ? null
    : h(
        "section",
        { "data-testid": testid },
        h("h3", {}, title),
        h("ul", { class: "near" }, ...rows.map((row) => h("li", {}, row))),
      );

function landmarkRow(near: Near, fact: string, known: Known, actions: Actions, t: Words) {
  const { properties } = near.landmark;
  const kind = wordFor(t, "landmark", properties.kind);
  const name = nameOf(properties, known.lang);
  return button(
    { class: "near-row", "data-testid": "near-row" },
    () => actions.selectLandmark(properties.id),
    kindIcon(properties.kind, 20),
    h("span", { class: "near-name" }, name ?? kind, name ? h("small", {}, kind) : null),
    h("span", { class: "near-far" }, fact),
  );
}

/** What one sees and needs on the slope. */
export function nearby(
  slope: SlopeFeature,
  known: Known,
  actions: Actions,
  t: Words,
): HTMLElement | null {
  const rows = nearSlope(slope, known.landmarks).map((near) =>
    landmarkRow(near, distance(near.distance_m, known.lang, t), known, actions, t),
  );
  return section(t("near.title"), "near", rows);
}

/** Where one gets off, and how far it is from there. */
export function gettingThere(
  slope: SlopeFeature,
  known: Known,
  actions: Actions,
  t: Words,
): HTMLElement | null {
  const fact = (stop: Stop): string => {
    const metres = distance(stop.distance_m, known.lang, t);
    return stop.end === null
      ? t("near.to_place", { distance: metres })
      : t(`near.to_${stop.end}`, { distance: metres });
  };
  const rows = stopsNear(slope, known.landmarks).map((stop) =>
    landmarkRow(stop, fact(stop), known, actions, t),
  );
  return section(t("near.getting_there"), "getting-there", rows);
}

/** The slopes beside a landmark. */
export function slopesBeside(
  landmark: Parameters<typeof slopesNear>[0],
  known: Known,
  actions: Actions,
  t: Words,
): HTMLElement | null {
  const { lang, legend } = known;
  const rows = slopesNear(landmark, known.slopes).map((slope) =>
    button(
      { class: "near-row" },
      () => actions.select(slope.properties.id),
      h("span", { class: "near-name" }, nameOf(slope.properties, lang) ?? slope.properties.id),
      gradeChip(gradeOf(slope), legend, lang, t),
    ),
  );
  return section(t("near.slopes"), "near-slopes", rows);
}
