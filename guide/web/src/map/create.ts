/** The bare map: one WebGL canvas and its worker, both from our own server. */

import workerUrl from "virtual:map-worker";
import { MapLibreMap, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import type { Bounds } from "../geo";
import type { Words } from "../text/i18n";
import { drawMissingImages } from "./images";
import { inksOf } from "./theme";

export function createMap(
  container: HTMLElement,
  bounds: Bounds,
  t: Words,
  evening = false,
): MapLibreMap {
  setWorkerUrl(workerUrl);
  // Until the town's style is here.
  const paper = {
    id: "paper",
    type: "background" as const,
    paint: { "background-color": inksOf(evening).paper },
  };
  const map = new MapLibreMap({
    container,
    bounds,
    style: { version: 8, sources: {}, layers: [paper] },
    // Our own line at the bottom: every credit, always open.
    attributionControl: false,
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    minZoom: 8,
    maxZoom: 19,
    locale: {
      "Map.Title": t("map.label"),
      "NavigationControl.ZoomIn": t("map.zoom_in"),
      "NavigationControl.ZoomOut": t("map.zoom_out"),
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ maxWidth: 90 }), "bottom-left");
  drawMissingImages(map);
  return map;
}

/** MapLibre takes its words once, at the start; a change of language has to go after them. */
export function nameControls(map: MapLibreMap, t: Words): void {
  map.getCanvas().setAttribute("aria-label", t("map.label"));
  const names = {
    ".maplibregl-ctrl-zoom-in": t("map.zoom_in"),
    ".maplibregl-ctrl-zoom-out": t("map.zoom_out"),
  };
  for (const [selector, name] of Object.entries(names)) {
    const control = map.getContainer().querySelector<HTMLButtonElement>(selector);
    control?.setAttribute("aria-label", name);
    if (control) control.title = name;
  }
}
