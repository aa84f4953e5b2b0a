/** The walk planner: stops in order, who walks, and what comes of it. */
import type { Actions } from "../actions";
import type { Preset, StepsChoice } from "../api/types";
import type { Store } from "../store";
import { type Words, wordsOf } from "../text/i18n";
import { stopDirection, stopName } from "../text/stop-names";
import { makesWalk, moveStop, PRESETS, removeStop, STEPS } from "../walk/stops";
import { button, h } from "./dom";
import { icon } from "./icons";
import type { PageParts } from "./panel";
import { planResult } from "./plan-result";

export const walkRoom = ({ store, actions, map }: PageParts): HTMLElement =>
  walkPanel(store, actions, planResult(store, map));

function walkPanel(store: Store, actions: Actions, result: HTMLElement): HTMLElement {
  const intro = h("p", { class: "intro" });
  const list = h("ol", { class: "stops", "data-testid": "stops" });
  const tools = h("div", { class: "walk-tools" });
  const choices = h("div", { class: "choices" });
  const element = h("section", { class: "walk" }, intro, list, tools, choices, result);

  const stopRow = (index: number, t: Words): HTMLElement => {
    const state = store.now;
    const stop = state.stops[index];
    if (!stop) return h("li", {});
    const name = stopName(stop, state, t);
    const direction = stopDirection(stop, t);
    const move = (by: number): void => {
      store.set({ stops: moveStop(store.now.stops, index, by) });
      // The list was drawn anew: keep the keyboard on the stop that moved.
      const same = by < 0 ? "earlier" : "later";
      const moved = list.children[index + by];
      const again = moved?.querySelector<HTMLButtonElement>(`[data-move="${same}"]:not(:disabled)`);
      (again ?? moved?.querySelector<HTMLButtonElement>("[data-move]:not(:disabled)"))?.focus();
    };
    const last = state.stops.length - 1;
    return h(
      "li",
      {},
      h("span", { class: "number", "aria-hidden": "true" }, String(index + 1)),
      h("span", { class: "stop-name" }, name, direction && h("small", {}, direction)),
      button(
        {
          class: "tiny",
          "data-move": "earlier",
          "aria-label": t("walk.earlier", { name }),
          disabled: index === 0,
        },
        () => move(-1),
        icon("up", 18),
      ),
      button(
        {
          class: "tiny",
          "data-move": "later",
          "aria-label": t("walk.later", { name }),
          disabled: index === last,
        },
        () => move(1),
        icon("down", 18),
      ),
      button(
        { class: "tiny", "aria-label": t("walk.remove", { name }) },
        () => store.set({ stops: removeStop(store.now.stops, index) }),
        icon("close", 18),
      ),
    );
  };

  store.draw(["lang", "stops", "slopes", "landmarks", "plan"], ({ lang, stops }) => {
    const t = wordsOf(lang);
    intro.textContent = t(stops.length === 0 ? "walk.intro" : "walk.one_more");
    intro.hidden = makesWalk(stops);
    list.setAttribute("aria-label", t("walk.stops"));
    const focused = list.contains(document.activeElement);
    // While a plan comes and goes the stops are the same; drawing them anew would lose the focus.
    const key = JSON.stringify([lang, stops, stops.map((stop) => stopName(stop, store.now, t))]);
    if (focused && list.dataset.key === key) return;
    list.dataset.key = key;
    list.replaceChildren(...stops.map((_, index) => stopRow(index, t)));
  });

  store.draw(["lang", "stops", "picking"], ({ lang, stops, picking }) => {
    const t = wordsOf(lang);
    const status = h("span", { class: "hint", role: "status" });
    const share = (): void => {
      const done = navigator.clipboard?.writeText(location.href) ?? Promise.reject();
      done.then(
        () => status.replaceChildren(t("walk.shared")),
        () => status.replaceChildren(t("walk.share_failed")),
      );
    };
    tools.replaceChildren(
      button(
        {
          class: picking ? "secondary on" : "secondary",
          "data-testid": "pick",
          "aria-pressed": String(picking),
        },
        () => actions.pick(!picking),
        icon("pin", 18),
        t(picking ? "walk.cancel" : "walk.pick"),
      ),
      ...(stops.length > 0
        ? [
            button({ class: "quiet" }, share, icon("share", 18), t("walk.share")),
            button({ class: "quiet" }, () => store.set({ stops: [] }), t("walk.clear")),
          ]
        : []),
      status,
    );
  });

  const radios = <T extends string>(
    name: string,
    legend: string,
    values: readonly T[],
    chosen: T,
    word: (value: T) => string,
    choose: (value: T) => void,
  ): HTMLElement =>
    h(
      "fieldset",
      {},
      h("legend", {}, legend),
      h(
        "div",
        { class: "segments" },
        ...values.map((value) => {
          const input = h("input", { type: "radio", name, value, checked: value === chosen });
          input.addEventListener("change", () => choose(value));
          return h("label", {}, input, h("span", {}, word(value)));
        }),
      ),
    );

  // Not redrawn on a choice: the radio buttons themselves show it, and keep the focus.
  store.draw(["lang"], ({ lang, preset, steps }) => {
    const t = wordsOf(lang);
    choices.replaceChildren(
      radios<Preset>(
        "preset",
        t("walk.walker"),
        PRESETS,
        preset,
        (value) => t(`preset.${value}`),
        (value) => store.set({ preset: value }),
      ),
      radios<StepsChoice>(
        "steps",
        t("walk.steps"),
        STEPS,
        steps,
        (value) => t(`steps.${value}`),
        (value) => store.set({ steps: value }),
      ),
    );
  });
  return element;
}
