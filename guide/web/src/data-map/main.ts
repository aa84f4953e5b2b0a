/** The maps of the data pages and of what other sites put into a frame: features over the town. */
import "../map/library.css";
import { getArea, getFeatures, getLegend, getTileJson } from "../api/client";
import type { Area, Lang, TileJson } from "../api/types";
import { boundsOf } from "../geo";
import { createMap, nameControls } from "../map/create";
import { loadWords, wordsOf } from "../text/i18n";
import { linkToItems } from "./links";
import { positionsOf, showFeatures, townStyle } from "./style";

const CLOSEST = 17;

/** A town without tiles still shows its features, on plain paper. */
const tiles = (area: Area, tileset: string): Promise<TileJson | null> =>
  area.tilesets.includes(tileset)
    ? getTileJson(area.id, tileset).catch(() => null)
    : Promise.resolve(null);

async function show(element: HTMLElement): Promise<void> {
  const { area: id = "", features: address = "", items, lang: wanted } = element.dataset;
  const lang: Lang = wanted === "en" ? "en" : "ja";
  const [area, legend, features] = await Promise.all([
    getArea(id),
    getLegend(),
    getFeatures(address),
    loadWords(lang),
  ]);
  const [streets, guide] = await Promise.all([tiles(area, "streets"), tiles(area, "guide")]);
  const t = wordsOf(lang);
  const places = features.features.flatMap((feature) => positionsOf(feature.geometry));
  const map = createMap(element, boundsOf(places) ?? area.bbox, t);
  nameControls(map, t);
  // A slope alone keeps the colours of its grade: the town's own layers only mark it.
  const [only, another] = features.features;
  const selected =
    guide && !another && only?.geometry?.type === "LineString" && "rank" in (only.properties ?? {})
      ? String(only.id)
      : null;
  map.setStyle(townStyle({ legend, lang, selected, tiles: { streets, guide } }), { diff: false });
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
