/** The stops in order, with when one is there; moved, turned round and taken out one by one. */
import type { HaltTimes, Tour } from "../api/types";
import type { Store } from "../store";
import { type Words, wordsOf } from "../text/i18n";
import { duration } from "../text/numbers";
import { stopName } from "../text/stop-names";
import { button, h } from "../ui/dom";
import { type IconName, icon } from "../ui/icons";
import type { Toasts } from "../ui/toast";
import { changeWalk, tourOf, undoWalk } from "./draft";
import { moveStop, removeStop, type Stop, turnStop } from "./stops";

const WAYS: Record<"up" | "down" | "any", IconName> = { up: "up", down: "down", any: "either" };

export function stopList(store: Store, toasts: Toasts): HTMLElement {
  const list = h("ol", { class: "stops", "data-testid": "stops" });

  /** The numbers of the plan, if they are those of these very stops. */
  const timesOf = (): readonly HaltTimes[] => {
    const { plan, stops } = store.now;
    const tour: Tour | null = plan.kind === "done" ? tourOf(plan.route) : null;
    return tour && tour.halts.length === stops.length ? tour.halts : [];
  };

  const focusAfter = (index: number, action: string): void => {
    const row = list.children[index];
    const again = row?.querySelector<HTMLButtonElement>(`[data-act="${action}"]:not(:disabled)`);
    (again ?? row?.querySelector<HTMLButtonElement>("button:not(:disabled)"))?.focus();
  };

  const tiny = (
    action: string,
    name: IconName,
    label: string,
    act: () => void,
    disabled = false,
  ): HTMLButtonElement =>
    button(
      { class: "tiny", "data-act": action, "aria-label": label, disabled },
      act,
      icon(name, 18),
    );

  const row = (stop: Stop, index: number, times: HaltTimes | undefined, t: Words): HTMLElement => {
    const { stops } = store.now;
    const name = stopName(stop, store.now, t);
    const move = (by: number): void => {
      changeWalk(store, { stops: moveStop(store.now.stops, index, by) });
      focusAfter(index + by, by < 0 ? "earlier" : "later");
    };
    const remove = (): void => {
      changeWalk(store, { stops: removeStop(store.now.stops, index) });
      toasts.say(t("walk.removed", { name }), { word: t("undo"), act: () => undoWalk(store) });
      focusAfter(Math.min(index, store.now.stops.length - 1), "remove");
    };
    const turn = (): void => {
      changeWalk(store, { stops: turnStop(store.now.stops, index) });
      focusAfter(index, "turn");
    };
    return h(
      "li",
      { "data-testid": "stop" },
      h("span", { class: "number", "aria-hidden": "true" }, String(index + 1)),
      h("span", { class: "stop-name" }, name, h("small", {}, whenText(stop, index, times, t))),
      "slope" in stop
        ? button(
            {
              class: "tiny way-button",
              "data-act": "turn",
              "aria-label": t("walk.turn", { name, way: t(`walk.${stop.direction}`) }),
            },
            turn,
            icon(WAYS[stop.direction], 18),
          )
        : null,
      tiny("earlier", "chevron-up", t("walk.earlier", { name }), () => move(-1), index === 0),
      tiny(
        "later",
        "chevron-down",
        t("walk.later", { name }),
        () => move(1),
        index === stops.length - 1,
      ),
      tiny("remove", "close", t("walk.remove", { name }), remove),
    );
  };

  const whenText = (stop: Stop, index: number, times: HaltTimes | undefined, t: Words): string => {
    const parts = [
      "slope" in stop ? t(`walk.${times?.direction ?? stop.direction}`) : null,
      times && index > 0
        ? (times.arrives ?? t("walk.after", { time: duration(times.arrives_s, t) }))
        : null,
      stop.stay_min ? t("walk.stay", { time: duration(stop.stay_min * 60, t) }) : null,
    ];
    return parts.filter(Boolean).join(" · ");
  };

  store.draw(["lang", "stops", "slopes", "landmarks", "plan"], ({ lang, stops, plan }) => {
    const t = wordsOf(lang);
    list.setAttribute("aria-label", t("walk.stops"));
    const times = timesOf();
    // While a plan comes and goes the stops are the same; drawing them anew would lose the focus.
    const names = stops.map((stop) => stopName(stop, store.now, t));
    const key = JSON.stringify([lang, stops, names]);
    const focused = list.contains(document.activeElement);
    if (list.dataset.key === key && plan.kind === "loading") return;
    const act = (document.activeElement as HTMLElement | null)?.dataset?.act;
    const at = [...list.children].findIndex((each) => each.contains(document.activeElement));
    list.dataset.key = key;
    list.replaceChildren(...stops.map((stop, index) => row(stop, index, times[index], t)));
    if (focused && act && at >= 0) focusAfter(Math.min(at, stops.length - 1), act);
  });
  return list;
}
