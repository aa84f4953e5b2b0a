/** The map as the rest of the page sees it while its code is still on the way. */
import type { PaddingOptions } from "maplibre-gl";
import type { Actions } from "../actions";
import type { Locator } from "../here/position";
import type { Store } from "../store";
import type { Toasts } from "../ui/toast";
import { stillPicture } from "./still";
import type { MapView } from "./view";

export interface MapNeeds {
  store: Store;
  actions: Actions;
  locator: Locator;
  toasts: Toasts;
  canvas: HTMLElement;
  padding(): PaddingOptions;
}

export interface LateMap extends MapView {
  open(needs: MapNeeds): Promise<void>;
}

export function lateMap(): LateMap {
  let view: MapView | null = null;
  // What was asked of the map before it was there, in order.
  const waiting: ((there: MapView) => void)[] = [];
  return {
    show: (bounds) => view?.show(bounds),
    centre: (on) => view?.centre(on),
    showCursor: (at) => view?.showCursor(at),
    onLine(line, signal, tell) {
      if (view) view.onLine(line, signal, tell);
      else waiting.push((there) => signal.aborted || there.onLine(line, signal, tell));
    },
    async open(needs) {
      try {
        const { startMap } = await import("./start");
        view = startMap(needs);
        for (const act of waiting.splice(0)) act(view);
      } catch (error) {
        console.info("There is no map:", error);
        // For a browser without WebGL: the list and the numbers work, and the hills hold still.
        stillPicture(needs.store, needs.canvas);
        document.documentElement.dataset.ready = "true";
      }
    },
  };
}
