/** "A walk for my afternoon": time, walker, go. */
import { ApiError, isAbort, postLoops, postPlan } from "../api/client";
import type { Change, Preset } from "../api/types";
import { themesOf, toggled } from "../explore/filters";
import { herePlea } from "../here/plea";
import { fixOf } from "../here/position";
import { type Words, wordFor, wordsOf } from "../text/i18n";
import { nameOf } from "../text/names";
import { duration, height } from "../text/numbers";
import { manyOf, oneOf } from "../ui/choices";
import { button, h } from "../ui/dom";
import { icon } from "../ui/icons";
import type { PageParts } from "../ui/panel";
import { chooseOffer, offersFrom } from "./draft";
import { problemText } from "./problem";
import { PRESETS, STEPS_OF } from "./stops";
import {
  ASCENTS_M,
  arrivals,
  LOOP_MINUTES,
  loopRequest,
  planRequest,
  REST_MINUTES,
  type Rest,
  restsIn,
  type Start,
  startOf,
  stopOfStart,
  TOUR_MINUTES,
  type Wishes,
} from "./wishes";

const THEMES = ["view", "spring", "summer", "autumn", "winter", "history", "landform", "rare"];

export function wishForm({ store, actions, locator }: PageParts): HTMLElement {
  const fields = h("div", { class: "wish-fields" });
  const more = h("details", { class: "wish-more" });
  const go = button({ class: "primary go", "data-testid": "plan-go" }, () => void plan());
  const said = h("div", { role: "status", "data-testid": "plan-said" });
  const element = h(
    "section",
    { class: "wish-form", "data-testid": "wish-form" },
    fields,
    more,
    herePlea(store, locator),
    h("div", { class: "bar-place" }, h("div", { class: "action-bar" }, said, go)),
  );
  let running: AbortController | null = null;

  const wish = (change: Partial<Wishes>): void =>
    store.set({ wishes: { ...store.now.wishes, ...change } });

  const plan = async (): Promise<void> => {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    const { area, wishes, lang } = store.now;
    const t = wordsOf(lang);
    said.replaceChildren();
    const start = startOf(wishes, store.now);
    if (start?.kind === "here" && !fixOf(store.now.here)) await locator.once();
    const stop = start && stopOfStart(start, store.now);
    if (!stop) return;
    go.disabled = true;
    go.replaceChildren(t(wishes.kind === "tour" ? "wish.thinking_tour" : "wish.thinking_loop"));
    try {
      const reply =
        wishes.kind === "tour"
          ? await postPlan(area.id, planRequest(store.now, stop), signal)
          : await postLoops(area.id, loopRequest(store.now, stop), signal);
      if (!signal.aborted) chooseOffer(store, offersFrom(wishes.kind, reply), 0);
    } catch (error) {
      if (isAbort(error) || signal.aborted) return;
      const failure = error instanceof ApiError ? error : new ApiError(null, null);
      said.replaceChildren(
        h(
          "div",
          { class: "error", role: "alert" },
          icon("warning", 18),
          h("div", {}, h("p", {}, problemText(failure, lang, t)), ...helps(failure.changes)),
        ),
      );
    } finally {
      go.disabled = false;
      drawGo();
    }
  };

  /** What would have to give: said, and done on a touch where this form can. */
  const helps = (changes: readonly Change[]): HTMLElement[] =>
    changes.map((change) => {
      const text = store.now.lang === "ja" ? change.message_ja : change.message_en;
      const act = changed(change);
      return act
        ? button(
            { class: "secondary help" },
            () => {
              wish(act);
              drawFields();
              void plan();
            },
            text,
          )
        : h("p", {}, text);
    });

  const changed = ({ field, value }: Change): Partial<Wishes> | null => {
    if (field === "time_budget_min" && typeof value === "number") return { minutes: value };
    if (field === "max_ascent_m") return { max_ascent_m: typeof value === "number" ? value : null };
    if (field === "pause") return { rest: null };
    return null;
  };

  const drawGo = (): void => {
    const { wishes, lang, loading } = store.now;
    const t = wordsOf(lang);
    go.disabled = loading;
    go.replaceChildren(
      icon(wishes.kind === "tour" ? "walk" : "loop", 20),
      t(wishes.kind === "tour" ? "wish.go_tour" : "wish.go_loop"),
    );
  };

  // Drawn anew where the choices themselves change; a choice keeps the focus on its own input.
  const drawFields = (): void => {
    const { wishes, lang, preset } = store.now;
    const t = wordsOf(lang);
    const usual: readonly number[] = wishes.kind === "tour" ? TOUR_MINUTES : LOOP_MINUTES;
    const minutes = usual.includes(wishes.minutes)
      ? usual
      : [...usual, wishes.minutes].sort((a, b) => a - b);
    fields.replaceChildren(
      oneOf<Wishes["kind"]>(
        {
          name: "wish-kind",
          legend: t("wish.kind"),
          choices: [
            { value: "tour", word: t("wish.tour") },
            { value: "loop", word: t("wish.loop") },
          ],
        },
        wishes.kind,
        (kind) => {
          wish({ kind, minutes: kind === "tour" ? 120 : 40 });
          drawFields();
          fields.querySelector<HTMLInputElement>("input:checked")?.focus();
        },
        "segments",
      ),
      oneOf(
        {
          name: "wish-minutes",
          legend: t("wish.time"),
          choices: minutes.map((value) => ({ value, word: duration(value * 60, t) })),
        },
        wishes.minutes,
        (value) => wish({ minutes: value }),
      ),
      oneOf<Preset>(
        {
          name: "wish-preset",
          legend: t("walk.walker"),
          choices: PRESETS.map((value) => ({ value, word: t(`preset.${value}`) })),
        },
        preset,
        (value) => store.set({ preset: value, steps: STEPS_OF[value] }),
      ),
      startField(t),
    );
    drawMore(t);
    drawGo();
  };

  const startField = (t: Words): HTMLElement => {
    const { lang, wishes } = store.now;
    const now = startOf(wishes, store.now);
    const value = (start: Start): string =>
      start.kind === "landmark" ? `landmark:${start.id}` : start.kind;
    const select = h("select", { "data-testid": "wish-start" });
    const option = (text: string, of: string): HTMLOptionElement =>
      h("option", { value: of }, text);
    select.append(
      option(t("wish.from_here"), "here"),
      ...arrivals(store.now).map(({ properties: p }) =>
        option(nameOf(p, lang) ?? wordFor(t, "landmark", p.kind), `landmark:${p.id}`),
      ),
      option(t(now?.kind === "point" ? "wish.from_point" : "wish.from_map"), "point"),
    );
    if (
      now?.kind === "landmark" &&
      ![...select.options].some((each) => each.value === value(now))
    ) {
      const known = store.now.landmarks.find((each) => each.properties.id === now.id);
      if (known) select.append(option(nameOf(known.properties, lang) ?? now.id, value(now)));
    }
    if (now) select.value = value(now);
    select.addEventListener("change", () => {
      if (select.value === "here") {
        wish({ start: { kind: "here" } });
        locator.start();
      } else if (select.value === "point") actions.pick("start");
      else wish({ start: { kind: "landmark", id: select.value.slice("landmark:".length) } });
    });
    return h("label", { class: "field" }, h("span", {}, t("wish.start")), select);
  };

  const drawMore = (t: Words): void => {
    const { wishes, lang, slopes } = store.now;
    const tour = wishes.kind === "tour";
    const rests = restsIn(store.now.landmarks);
    const parts = [
      manyOf(
        {
          name: "wish-theme",
          legend: t("filter.theme"),
          choices: themesOf(slopes, THEMES).map((theme) => ({
            value: theme,
            word: wordFor(t, "theme", theme),
          })),
        },
        wishes.themes,
        (theme) => wish({ themes: toggled(store.now.wishes.themes, theme) }),
      ),
      tour
        ? oneOf(
            {
              name: "wish-ascent",
              legend: t("wish.ascent"),
              choices: [
                { value: null as number | null, word: t("wish.ascent_any") },
                ...ascents(wishes.max_ascent_m).map((value) => ({
                  value,
                  word: t("wish.at_most", { value: height(value, lang, t) }),
                })),
              ],
            },
            wishes.max_ascent_m,
            (max_ascent_m) => wish({ max_ascent_m }),
          )
        : null,
      tour && rests.length > 0
        ? oneOf<Rest | null>(
            {
              name: "wish-rest",
              legend: t("wish.rest"),
              choices: [
                { value: null, word: t("wish.rest_none") },
                ...rests.map((kind) => ({
                  value: kind,
                  word: t(`wish.rest_${kind}`, { time: duration(REST_MINUTES[kind] * 60, t) }),
                })),
              ],
            },
            wishes.rest,
            (rest) => wish({ rest }),
          )
        : null,
    ];
    more.replaceChildren(
      h("summary", {}, t("wish.more")),
      h("div", { class: "wish-fields" }, ...parts.filter((part) => part !== null)),
    );
  };

  const ascents = (own: number | null): number[] => {
    const usual: number[] = [...ASCENTS_M];
    return own === null || usual.includes(own) ? usual : [...usual, own].sort((a, b) => a - b);
  };

  store.draw(["lang", "slopes", "landmarks", "area"], drawFields);
  store.watch(["loading"], drawGo);
  // The start may come from the map, or from the device finding itself.
  let began = JSON.stringify(store.now.wishes.start);
  store.watch(["wishes", "here"], (state) => {
    const begins = JSON.stringify(startOf(state.wishes, state));
    if (begins === began) return;
    began = begins;
    const field = fields.querySelector(".field");
    if (field && !field.contains(document.activeElement))
      field.replaceWith(startField(wordsOf(state.lang)));
  });
  return element;
}
