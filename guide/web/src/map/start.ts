/** The map itself; nothing outside of this folder imports it but by way of `late`. */
import "./library.css";
import { wordsOf } from "../text/i18n";
import { createMap, nameControls } from "./create";
import { HillsControl } from "./hills";
import type { MapNeeds } from "./late";
import { LocateControl } from "./locate-control";
import { listenToTouch } from "./touch";
import { type MapView, mapView } from "./view";

export function startMap(needs: MapNeeds): MapView {
  const { store, actions, locator, toasts, canvas, padding } = needs;
  const map = createMap(canvas, store.now.area.bbox, wordsOf(store.now.lang), store.now.evening);
  map.addControl(new LocateControl(store, locator, toasts), "top-right");
  map.addControl(new HillsControl(store), "top-right");
  const view = mapView(store, map, padding);
  listenToTouch(store, actions, map);
  store.watch(["lang"], (state) => nameControls(map, wordsOf(state.lang)));
  // Browser tests look at what the map really drew.
  Object.assign(window, { hyakusaka: { map } });
  return view;
}
