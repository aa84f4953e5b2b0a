/** The maps of the data pages and of what other sites put into a frame: features over the town. */
import "../map/library.css";
import { getArea, getFeatures, getStyle } from "../api/client";
import type { Lang } from "../api/types";
import { boundsOf } from "../geo";
import { createMap, nameControls } from "../map/create";
import { dressStyle } from "../map/style";
import { loadWords, wordsOf } from "../text/i18n";
import { linkToItems } from "./links";
import { positionsOf, showFeatures } from "./style";

const CLOSEST = 17;

async function show(element: HTMLElement): Promise<void> {
  const { area: id = "", features: address = "", items, lang: wanted } = element.dataset;
  const lang: Lang = wanted === "en" ? "en" : "ja";
  const [area, style, features] = await Promise.all([
    getArea(id),
    getStyle(id, "day", lang),
    getFeatures(address),
    loadWords(lang),
  ]);
  const t = wordsOf(lang);
  const places = features.features.flatMap((feature) => positionsOf(feature.geometry));
  const map = createMap(element, boundsOf(places) ?? area.bbox, t);
  nameControls(map, t);
  // A slope alone keeps the colours of its grade: the town's own layers only mark it.
  const [only, another] = features.features;
  const selected =
    style.sources.guide &&
    !another &&
    only?.geometry?.type === "LineString" &&
    "rank" in (only.properties ?? {})
      ? String(only.id)
      : null;
  map.setStyle(dressStyle(style, selected), { diff: false });
  map.once("style.load", () => {
    if (selected === null) showFeatures(map, features);
    map.fitBounds(boundsOf(places) ?? area.bbox, {
      padding: 40,
      maxZoom: CLOSEST,
      duration: 0,
    });
    if (items) linkToItems(map, items);
    map.once("idle", () => {
      element.dataset.ready = "yes";
    });
  });
}

for (const element of document.querySelectorAll<HTMLElement>("[data-features]")) {
  // Without a map the page is still whole: everything on it stands in words, too.
  show(element).catch(() => {
    element.hidden = true;
  });
}
