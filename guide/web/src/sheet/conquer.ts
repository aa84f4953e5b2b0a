/** "Conquered!": by the device's word that one stands there, or by the visitor's own. */
import type { Actions } from "../actions";
import type { SlopeFeature } from "../api/types";
import type { Locator } from "../here/position";
import { conquestOf } from "../hundred/book";
import { standingOn } from "../hundred/standing";
import type { Store } from "../store";
import { type Words, wordsOf } from "../text/i18n";
import { calendarDay, distance } from "../text/numbers";
import { button, h } from "../ui/dom";
import { icon } from "../ui/icons";
import type { Toasts } from "../ui/toast";

export interface Conquering {
  /** The button for the sheet's bar. */
  opener: HTMLButtonElement;
  /** What opens above the bar. */
  drawer: HTMLElement;
}

export function conquering(
  slope: SlopeFeature,
  store: Store,
  actions: Actions,
  locator: Locator,
  toasts: Toasts,
): Conquering {
  const { id } = slope.properties;
  const { lang, area } = store.now;
  const t = wordsOf(lang);
  const done = conquestOf(store.now.book, area.id, id);
  const drawer = h("div", { class: "drawer", hidden: true, "data-testid": "conquer-drawer" });
  const said = h("p", { role: "status" });
  const opener = h(
    "button",
    {
      type: "button",
      class: done ? "stamp-button on" : "primary stamp-button",
      "data-testid": "conquer",
      "aria-expanded": "false",
    },
    icon("done", 20),
    t(done ? "conquer.done" : "conquer.do"),
  );

  const finish = (by: "gps" | "hand"): void => {
    actions.conquer(id, by);
    const kept = store.now.bookKept ? "conquer.said" : "conquer.said_unkept";
    toasts.say(t(kept), { word: t("undo"), act: () => actions.unconquer(id) });
  };

  const byGps = async (): Promise<void> => {
    said.textContent = t("conquer.looking");
    const fix = await locator.once();
    if (!fix) {
      said.textContent = whyNot(t);
      return;
    }
    const standing = standingOn(slope, fix);
    if (standing.kind === "there") {
      finish("gps");
      return;
    }
    const accuracy = distance(standing.accuracy_m, lang, t);
    said.textContent =
      standing.kind === "vague"
        ? t("conquer.vague", { accuracy })
        : t("conquer.away", { distance: distance(standing.distance_m, lang, t), accuracy });
  };

  const whyNot = (words: Words): string => {
    const { kind } = store.now.here;
    return words(
      kind === "refused" || kind === "unsupported" ? `here.${kind}` : "here.unavailable",
    );
  };

  if (done) {
    const day = calendarDay(done.at, area.time_zone, lang);
    drawer.append(
      h("p", {}, t(`conquer.was_${done.by}`, { day })),
      button(
        { class: "quiet", "data-testid": "unconquer" },
        () => actions.unconquer(id),
        t("conquer.remove"),
      ),
    );
  } else {
    drawer.append(
      said,
      h(
        "div",
        { class: "buttons" },
        slope.geometry
          ? button(
              { class: "primary", "data-testid": "conquer-gps" },
              () => void byGps(),
              icon("locate", 18),
              t("conquer.by_gps"),
            )
          : null,
        button(
          { class: "secondary", "data-testid": "conquer-hand" },
          () => finish("hand"),
          icon("hand", 18),
          t("conquer.by_hand"),
        ),
      ),
    );
  }
  return { opener, drawer };
}
