/** For whose legs the walk is. */
import type { Preset, StepsChoice } from "../api/types";
import type { Store } from "../store";
import { wordsOf } from "../text/i18n";
import { oneOf } from "../ui/choices";
import { h } from "../ui/dom";
import { changeWalk } from "./draft";
import { PRESETS, STEPS, STEPS_OF } from "./stops";

export function walkOptions(store: Store): HTMLElement {
  const element = h("details", { class: "walk-options", "data-testid": "walk-options" });
  const summary = h("summary", {});
  const body = h("div", { class: "wish-fields" });
  element.append(summary, body);

  store.draw(["lang", "preset", "steps"], ({ lang, preset, steps }) => {
    const t = wordsOf(lang);
    summary.textContent = t("walk.options", {
      walker: t(`preset.${preset}`),
      steps: t(`steps.${steps}`),
    });
    // A choice made here keeps its focus; the other choice may have to follow it.
    if (body.contains(document.activeElement) && body.dataset.lang === lang) {
      for (const input of body.querySelectorAll("input")) {
        input.checked = input.value === (input.name === "steps" ? steps : preset);
      }
      return;
    }
    body.dataset.lang = lang;
    body.replaceChildren(
      oneOf<Preset>(
        {
          name: "preset",
          legend: t("walk.walker"),
          choices: PRESETS.map((value) => ({ value, word: t(`preset.${value}`) })),
        },
        preset,
        (value) => changeWalk(store, { preset: value, steps: STEPS_OF[value] }),
      ),
      oneOf<StepsChoice>(
        {
          name: "steps",
          legend: t("walk.steps"),
          choices: STEPS.map((value) => ({ value, word: t(`steps.${value}`) })),
        },
        steps,
        (value) => changeWalk(store, { steps: value }),
      ),
    );
  });
  return element;
}
