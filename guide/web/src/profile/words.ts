/** A profile in words, for whoever cannot or would rather not see it drawn. */
import type { Lang, Profile } from "../api/types";
import type { Words } from "../text/i18n";
import { decimal, distance, grade, height } from "../text/numbers";
import { h } from "../ui/dom";
import { heightAt, mergedBands } from "./scale";

/** One row a stretch: from where to where, how steep, and how high one then is. */
export function profileWords(profile: Profile, lang: Lang, t: Words): HTMLElement {
  const rows = mergedBands(profile.bands).map((band) =>
    h(
      "tr",
      {},
      h(
        "th",
        { scope: "row" },
        t("profile.stretch", {
          from: decimal(band.from_m, 0, lang),
          to: distance(band.to_m, lang, t),
        }),
      ),
      h("td", {}, grade(band.grade_percent, null, lang, t)),
      h("td", {}, height(heightAt(profile, band.to_m), lang, t)),
    ),
  );
  return h(
    "details",
    { class: "in-words", "data-testid": "profile-words" },
    h("summary", {}, t("profile.in_words")),
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, t("profile.from_to")),
          h("th", { scope: "col" }, t("profile.steepness")),
          h("th", { scope: "col" }, t("profile.height_there")),
        ),
      ),
      h("tbody", {}, ...rows),
    ),
  );
}
