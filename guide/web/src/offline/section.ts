/** "Take this town along": how much it is, how far it is, whether it is out of date. */
import type { Area } from "../api/types";
import { type Words, wordsOf } from "../text/i18n";
import { calendarDay, megabytes } from "../text/numbers";
import { button, h } from "../ui/dom";
import { icon } from "../ui/icons";
import type { PageParts } from "../ui/panel";
import {
  canTake,
  expectedBytes,
  forgetTown,
  type Progress,
  TakeFailed,
  type Taken,
  takenTowns,
  takeTown,
} from "./town";

type Doing =
  | { kind: "nothing" }
  | { kind: "taking"; progress: Progress }
  | { kind: "failed"; why: TakeFailed["why"] };

export function offlineSection({ store, toasts }: PageParts): HTMLElement {
  const element = h("section", { class: "offline", "data-testid": "offline" });
  let taken: Taken[] = [];
  let doing: Doing = { kind: "nothing" };
  let running: AbortController | null = null;

  const bar = h("progress", { "data-testid": "take-progress", max: "1", value: "0" });
  const said = h("p", { class: "hint", role: "status" });

  const refresh = async (): Promise<void> => {
    taken = await takenTowns();
    draw();
  };

  const take = async (): Promise<void> => {
    const { area, slopes, landmarks, lang } = store.now;
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    doing = { kind: "taking", progress: { bytes: 0, total: expectedBytes(area, slopes.length) } };
    draw();
    try {
      await takeTown(area, slopes, landmarks, tell, signal);
      doing = { kind: "nothing" };
      toasts.say(wordsOf(lang)("offline.taken_now"));
    } catch (error) {
      if (signal.aborted) doing = { kind: "nothing" };
      else doing = { kind: "failed", why: error instanceof TakeFailed ? error.why : "connection" };
    }
    await refresh();
  };

  const tell = (progress: Progress): void => {
    const { lang } = store.now;
    const t = wordsOf(lang);
    bar.value = progress.total > 0 ? progress.bytes / progress.total : 0;
    const values = {
      done: megabytes(progress.bytes, lang),
      total: megabytes(progress.total, lang),
    };
    said.textContent = t("offline.progress", values);
  };

  const forget = async (area: string): Promise<void> => {
    await forgetTown(area);
    await refresh();
  };

  const state = (area: Area, t: Words): (HTMLElement | null)[] => {
    const { lang } = store.now;
    const here = taken.find((each) => each.area === area.id);
    const size = megabytes(expectedBytes(area, store.now.slopes.length), lang);
    if (doing.kind === "taking") {
      return [bar, said, button({ class: "secondary" }, () => running?.abort(), t("offline.stop"))];
    }
    const failed =
      doing.kind === "failed"
        ? h("p", { class: "error", role: "alert" }, icon("warning", 18), t(`offline.${doing.why}`))
        : null;
    if (!here) {
      return [
        failed,
        h("p", { class: "hint" }, t("offline.offer")),
        button(
          { class: "primary", "data-testid": "take", disabled: store.now.loading },
          () => void take(),
          icon("take", 20),
          t("offline.take", { size }),
        ),
      ];
    }
    const day = calendarDay(here.at, undefined, lang);
    const stale = area.build !== undefined && here.build !== area.build;
    return [
      failed,
      h(
        "p",
        { class: stale ? "stale" : "fresh", "data-testid": "taken" },
        icon(stale ? "warning" : "done", 20),
        h(
          "span",
          {},
          t(stale ? "offline.stale" : "offline.fresh", { day, size: megabytes(here.bytes, lang) }),
        ),
      ),
      stale
        ? button(
            { class: "primary", "data-testid": "take" },
            () => void take(),
            t("offline.renew", { size }),
          )
        : null,
      button(
        { class: "quiet", "data-testid": "forget" },
        () => void forget(area.id),
        t("offline.forget"),
      ),
    ];
  };

  const draw = (): void => {
    const { lang, area } = store.now;
    const t = wordsOf(lang);
    const parts = canTake()
      ? state(area, t)
      : [h("p", { class: "hint" }, t("offline.unsupported"))];
    element.replaceChildren(
      h("h3", {}, t("offline.title")),
      ...parts.filter((each) => each !== null),
    );
  };

  store.watch(["area"], () => {
    running?.abort();
    doing = { kind: "nothing" };
  });
  store.draw(["lang", "area", "areas", "slopes", "loading"], draw);
  void refresh();
  return element;
}
