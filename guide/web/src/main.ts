/** Starts the page: asks what there is, lays out the views, and wires them to one store. */
// MapLibre's own rules first, so that ours can override them.
import "maplibre-gl/dist/maplibre-gl.css";
import "./styles/page.css";
import "./styles/panel.css";
import "./styles/slope.css";
import "./styles/walk.css";
import "./styles/map.css";
import { actionsOn } from "./actions";
import { getAreas, getLegend } from "./api/client";
import type { Area, AreaList, Lang, Legend } from "./api/types";
import { createMap, nameControls } from "./map/create";
import { listenToTouch } from "./map/touch";
import { type MapView, mapView, noMap } from "./map/view";
import { Store } from "./store";
import { initialLang, keepLang, wordsOf } from "./text/i18n";
import { areaName } from "./text/names";
import { credits } from "./ui/credits";
import { button, h } from "./ui/dom";
import { header } from "./ui/header";
import { mapPadding } from "./ui/layout";
import { legend as legendView } from "./ui/legend";
import { notice } from "./ui/notice";
import { panel } from "./ui/panel";
import { pickBanner } from "./ui/pick-banner";
import { readUrl, type UrlState, writeUrl } from "./url";
import { keepPlanned } from "./walk/planner";

const app = document.querySelector<HTMLElement>("#app") ?? document.body;

function say(...parts: (Node | string)[]): void {
  app.replaceChildren(h("div", { class: "splash", role: "status" }, ...parts));
}

function show(url: UrlState, lang: Lang, list: AreaList, legend: Legend, first: Area): void {
  const here = url.area === null || url.area === first.id;
  const store = new Store({
    lang,
    legend,
    areas: list.areas,
    area: first,
    slopes: [],
    landmarks: [],
    loading: true,
    failure: null,
    selected: here ? url.slope : null,
    tab: here && url.stops.length > 0 && !url.slope ? "walk" : "slopes",
    stops: here ? url.stops : [],
    preset: url.preset,
    steps: url.steps,
    plan: { kind: "none" },
    picking: false,
  });
  const actions = actionsOn(store);

  const canvas = h("div", { id: "map", class: "map" });
  const head = h("div", { class: "head" }, header(store, actions), notice(store, actions));
  followHeight(head);
  // The map comes last, for it may fail without WebGL; the views get it through this.
  let view: MapView = noMap;
  const late: MapView = { showCursor: (at) => view.showCursor(at) };
  const { element: side, skip } = panel(store, actions, late);
  const key = legendView(store);
  const foot = h("div", { class: "foot" }, key, credits(store));
  const column = h("div", { class: "side" }, head, side);
  app.replaceChildren(skip, column, h("main", {}, canvas, foot, pickBanner(store, actions)));

  const t = wordsOf(lang);
  try {
    const map = createMap(canvas, first.bbox, t);
    view = mapView(store, map, () => mapPadding(head, side, key));
    listenToTouch(store, actions, map);
    store.watch(["lang"], (state) => nameControls(map, wordsOf(state.lang)));
    // Browser tests look at what the map really drew.
    Object.assign(window, { hyakusaka: { map } });
  } catch {
    canvas.replaceChildren(h("p", { class: "no-map" }, t("map.no_webgl")));
  }

  store.draw(["lang", "area"], (state) => {
    document.documentElement.lang = state.lang;
    const words = wordsOf(state.lang);
    document.title = `${areaName(state.area, state.lang, words)} · ${words("app.title")}`;
    keepLang(state.lang);
  });
  store.draw(["lang", "area", "selected", "stops", "preset", "steps", "tab"], (state) => {
    const { area, lang: language, stops, preset, steps } = state;
    // A link sent from the walk should open on the walk.
    const slope = state.tab === "slopes" ? state.selected : null;
    const address = writeUrl({ area: area.id, lang: language, slope, stops, preset, steps });
    history.replaceState(null, "", `${location.pathname}${address}`);
  });
  keepPlanned(store);
  void actions.openArea(first.id);
}

/** On a phone the map's buttons stand below the head, however tall its notice makes it. */
function followHeight(head: HTMLElement): void {
  new ResizeObserver(() =>
    document.documentElement.style.setProperty("--head-height", `${head.offsetHeight}px`),
  ).observe(head);
}

async function start(): Promise<void> {
  const url = readUrl(location.search);
  const lang = initialLang(url.lang);
  const t = wordsOf(lang);
  document.documentElement.lang = lang;
  document.title = t("app.title");
  say(t("app.loading"));
  try {
    const [list, legend] = await Promise.all([getAreas(), getLegend()]);
    const named = (id: string | null) => list.areas.find((area) => area.id === id);
    const first = named(url.area) ?? named(list.default) ?? list.areas[0];
    if (first) show(url, lang, list, legend, first);
    else say(t("app.no_areas"));
  } catch (error) {
    console.error(error);
    say(
      h("p", {}, t("app.failed")),
      button({ class: "primary" }, () => void start(), t("app.retry")),
    );
  }
}

void start();
