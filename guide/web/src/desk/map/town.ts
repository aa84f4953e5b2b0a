/** The town under whatever is drawn: the visitors' own map, without their controls for walking. */
import "../../map/library.css";
import type { MapLibreMap } from "maplibre-gl";
import { getArea, getLegend, getStyle } from "../../api/client";
import type { Area, Lang, Legend } from "../../api/types";
import { type Bounds, boundsOf } from "../../geo";
import { createMap, nameControls } from "../../map/create";
import { dressStyle } from "../../map/style";
import { loadWords, type Words, wordsOf } from "../../text/i18n";

export interface Town {
  map: MapLibreMap;
  area: Area;
  legend: Legend;
  lang: Lang;
  t: Words;
}

const CLOSEST = 17;

/** The map of an area in an element, looking at some places if there are any. */
export async function openTown(
  element: HTMLElement,
  areaId: string,
  lang: Lang,
  places: readonly (readonly number[])[],
): Promise<Town> {
  const [area, legend, style] = await Promise.all([
    getArea(areaId),
    getLegend(),
    getStyle(areaId, "day", lang),
    loadWords(lang),
  ]);
  const t = wordsOf(lang);
  const bounds: Bounds = boundsOf(places) ?? area.bbox;
  const map = createMap(element, bounds, t);
  nameControls(map, t);
  map.setStyle(dressStyle(style, null), { diff: false });
  await new Promise<void>((done) => {
    map.once("style.load", () => done());
  });
  look(map, places, area.bbox);
  return { map, area, legend, lang, t };
}

/** Moves the map so that places are seen, not closer than a street's neighbourhood. */
export function look(
  map: MapLibreMap,
  places: readonly (readonly number[])[],
  otherwise?: Bounds,
): void {
  const bounds = boundsOf(places) ?? otherwise;
  if (bounds) map.fitBounds(bounds, { padding: 60, maxZoom: CLOSEST, duration: 0 });
}
