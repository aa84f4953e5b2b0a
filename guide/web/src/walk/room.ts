/** The walk: planned for one, recommended, or put together; then its numbers and the way. */
import { wordsOf } from "../text/i18n";
import { button, h } from "../ui/dom";
import { icon } from "../ui/icons";
import type { PageParts } from "../ui/panel";
import { changeWalk, undoWalk } from "./draft";
import { offersView } from "./offers-view";
import { walkOptions } from "./options";
import { plannedBefore } from "./planned-before";
import { recommendedTours } from "./recommended";
import { planResult } from "./result";
import { stopList } from "./stop-list";
import { makesWalk, reversed } from "./stops";
import { takeOut } from "./take-out";
import { wayInWords } from "./way";
import { wishForm } from "./wish-form";

export function walkRoom(parts: PageParts): HTMLElement {
  const { store, actions, map, toasts, follow } = parts;

  // --- before there is a walk ---------------------------------------------------------------
  const own = h("div", { class: "own-walk" });
  const title = h("h2", { class: "unseen" });
  const before = h(
    "div",
    { class: "walk" },
    title,
    wishForm(parts),
    plannedBefore(parts),
    recommendedTours(parts),
    own,
  );

  // --- the walk ---------------------------------------------------------------------------------
  const top = h("div", { class: "walk-top" });
  const intro = h("p", { class: "intro" });
  const tools = h("div", { class: "walk-tools" });
  const bar = h("div", { class: "bar-place walk-bar" });
  const result = planResult(store, map);
  const body = h(
    "div",
    { class: "walk-body" },
    result.element,
    intro,
    h("section", { class: "stops-section" }, stopList(store, toasts), tools, walkOptions(store)),
    takeOut(store, toasts),
    wayInWords(store, result.point),
  );
  const walk = h("div", { class: "walk" }, top, offersView(parts), body, bar);
  const element = h("section", { class: "walk-room", "data-testid": "walk-room" }, before, walk);

  const clear = (): void => {
    const t = wordsOf(store.now.lang);
    changeWalk(store, { stops: [] });
    toasts.say(t("walk.cleared"), { word: t("undo"), act: () => undoWalk(store) });
  };

  store.draw(["lang", "past"], ({ lang, past }) => {
    const t = wordsOf(lang);
    top.replaceChildren(
      button({ class: "quiet", "data-testid": "walk-new" }, clear, icon("back", 18), t("walk.new")),
      button(
        { class: "quiet", "data-testid": "walk-undo", disabled: past.length === 0 },
        () => undoWalk(store),
        icon("undo", 18),
        t("undo"),
      ),
    );
    title.textContent = t("tab.walk");
    own.replaceChildren(
      h("h3", {}, t("walk.own")),
      h("p", { class: "hint" }, t("walk.intro")),
      button(
        { class: "secondary", "data-testid": "pick-first" },
        () => actions.pick("stop"),
        icon("pin", 18),
        t("walk.pick"),
      ),
    );
  });

  store.draw(["lang", "stops", "picking"], ({ lang, stops, picking }) => {
    const t = wordsOf(lang);
    // A walk that has just come is read from its beginning.
    if (before.hidden !== stops.length > 0) element.closest(".panel-body")?.scrollTo(0, 0);
    before.hidden = stops.length > 0;
    walk.hidden = stops.length === 0;
    intro.textContent = t("walk.one_more");
    intro.hidden = makesWalk(stops);
    tools.replaceChildren(
      button(
        {
          class: picking === "stop" ? "secondary on" : "secondary",
          "data-testid": "pick",
          "aria-pressed": String(picking === "stop"),
        },
        () => actions.pick(picking === "stop" ? null : "stop"),
        icon("pin", 18),
        t(picking === "stop" ? "walk.cancel" : "walk.pick"),
      ),
      button(
        { class: "quiet", "data-testid": "reverse", disabled: stops.length < 2 },
        () => changeWalk(store, { stops: reversed(store.now.stops) }),
        icon("either", 18),
        t("walk.reverse"),
      ),
    );
  });

  store.draw(["lang", "plan"], ({ lang, plan }) => {
    const t = wordsOf(lang);
    bar.hidden = plan.kind !== "done";
    bar.replaceChildren(
      h(
        "div",
        { class: "action-bar" },
        h(
          "div",
          { class: "actions" },
          button(
            { class: "primary", "data-testid": "follow" },
            () => void follow.start(),
            icon("walk", 22),
            t("follow.start"),
          ),
        ),
      ),
    );
  });

  document.addEventListener("keydown", (event) => {
    const typing =
      event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (typing || store.now.tab !== "walk" || !(event.ctrlKey || event.metaKey)) return;
    if (event.key.toLowerCase() === "z" && !event.shiftKey) {
      event.preventDefault();
      undoWalk(store);
    }
  });
  return element;
}
