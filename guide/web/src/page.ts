/** Lays out the views and wires them to one store; the map comes when the list is there. */
import { actionsOn } from "./actions";
import { keepAddress } from "./address";
import { onReply } from "./api/client";
import type { Area, Lang, Legend } from "./api/types";
import { NO_FILTERS } from "./explore/filters";
import { keepFound } from "./explore/find";
import { keepPlaces } from "./explore/places";
import { locatorOn } from "./here/position";
import { keepBook, storedBook } from "./hundred/keep";
import { isEvening, keepLook, legendIn, storedLook } from "./look";
import { lateMap } from "./map/late";
import { hearInstallPrompt } from "./offline/install";
import { registerWorker } from "./offline/register";
import { Store } from "./store";
import { keepLang, wordsOf } from "./text/i18n";
import { areaName } from "./text/names";
import { credits } from "./ui/credits";
import { h } from "./ui/dom";
import { header } from "./ui/header";
import { mapPadding } from "./ui/layout";
import { legend as legendView } from "./ui/legend";
import { notice } from "./ui/notice";
import { type PageParts, panel } from "./ui/panel";
import { pickBanner } from "./ui/pick-banner";
import { toasts as toastsOn } from "./ui/toast";
import { DEFAULT_SORT, type UrlState } from "./url";
import { keepHistory, storedHistory } from "./walk/history";
import { keepPlanned } from "./walk/planner";
import { NO_WISHES } from "./walk/wishes";

export interface Opening {
  url: UrlState;
  lang: Lang;
  areas: Area[];
  legend: Legend;
  first: Area;
}

export function showPage(app: HTMLElement, opening: Opening): void {
  const store = storeFor(opening);
  const actions = actionsOn(store);
  const locator = locatorOn(store);
  const toasts = toastsOn();
  keepFound(store);
  keepPlaces(store);
  hearInstallPrompt();
  keepBook(store);

  const canvas = h("div", { id: "map", class: "map" });
  const map = lateMap();
  const head = h("div", { class: "head" }, header(store, actions), notice(store, actions));
  followHeight(head);
  const follow = {
    start: async () => (await import("./follow/guide")).beginWalk(parts),
  };
  const parts: PageParts = { store, actions, map, locator, toasts, follow };
  const { element: side, skip } = panel(parts);
  const key = legendView(store);
  const foot = h("div", { class: "foot" }, key, credits(store));
  const column = h("div", { class: "side" }, head, side);
  app.replaceChildren(
    skip,
    column,
    h("main", {}, canvas, foot, pickBanner(store, actions)),
    toasts.element,
  );

  store.draw(["lang", "area"], (state) => {
    document.documentElement.lang = state.lang;
    const words = wordsOf(state.lang);
    document.title = `${areaName(state.area, state.lang, words)} · ${words("app.title")}`;
    keepLang(state.lang);
    const manifest = document.querySelector('link[rel="manifest"]');
    manifest?.setAttribute("href", `/app-${state.lang}.webmanifest`);
  });
  onReply((kept) => store.set({ away: kept }));
  keepAddress(store);
  keepPlanned(store);
  keepHistory(store);
  keepLook(store, opening.legend);
  void actions.openArea(opening.first.id);
  // The list is what one can use at once; the map's code is large and may wait for it.
  let asked = false;
  store.draw(["loading"], ({ loading }) => {
    if (loading || asked) return;
    asked = true;
    const padding = () => mapPadding(head, side, key);
    // The list is on the screen before the map's code takes the processor.
    const open = () => map.open({ store, actions, locator, toasts, canvas, padding });
    requestAnimationFrame(() => setTimeout(() => void open().then(registerWorker)));
  });
}

function storeFor({ url, lang, areas, legend, first }: Opening): Store {
  const look = storedLook();
  const here = url.area === null || url.area === first.id;
  const walking = here && url.stops.length > 0 && !url.slope && !url.landmark;
  return new Store({
    lang,
    legend: legendIn(legend, isEvening(look)),
    look,
    evening: isEvening(look),
    hills: false,
    hillsKnown: false,
    tab: url.tab ?? (walking ? "walk" : "slopes"),
    areas,
    area: first,
    slopes: [],
    landmarks: [],
    loading: true,
    failure: null,
    away: false,
    query: url.query,
    filters: here ? url.filters : NO_FILTERS,
    sort: url.sort ?? DEFAULT_SORT,
    found: [],
    places: [],
    selected: here ? url.slope : null,
    landmark: here ? url.landmark : null,
    here: { kind: "off" },
    book: storedBook(),
    bookKept: true,
    stops: here ? url.stops : [],
    preset: url.preset,
    steps: url.steps,
    vanished: here ? url.vanished : [],
    plan: { kind: "none" },
    past: [],
    history: storedHistory(),
    wishes: NO_WISHES,
    offers: null,
    tours: [],
    picking: null,
    following: null,
  });
}

/** On a phone the map's buttons stand below the head, however tall its notice makes it. */
function followHeight(head: HTMLElement): void {
  new ResizeObserver(() =>
    document.documentElement.style.setProperty("--head-height", `${head.offsetHeight}px`),
  ).observe(head);
}
