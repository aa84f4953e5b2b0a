/** The map's button that shows where one is: first touch finds, next one centres, last one ends. */
import type { IControl, MapLibreMap } from "maplibre-gl";
import { metresBetween } from "../geo";
import { fixOf, type Locator } from "../here/position";
import type { Store } from "../store";
import { wordsOf } from "../text/i18n";
import { button, h } from "../ui/dom";
import { icon } from "../ui/icons";
import type { Toasts } from "../ui/toast";

const ZOOM = 16;
/** The map counts as centred on the visitor if this near, in metres. */
const CENTRED_M = 30;

export class LocateControl implements IControl {
  readonly #store: Store;
  readonly #locator: Locator;
  readonly #toasts: Toasts;
  #element: HTMLElement | null = null;

  constructor(store: Store, locator: Locator, toasts: Toasts) {
    this.#store = store;
    this.#locator = locator;
    this.#toasts = toasts;
  }

  onAdd(map: MapLibreMap): HTMLElement {
    const store = this.#store;
    let wanted = false;
    const centre = (): void => {
      const fix = fixOf(store.now.here);
      if (!fix) return;
      wanted = false;
      map.easeTo({ center: fix.lngLat, zoom: Math.max(ZOOM, map.getZoom()) });
    };
    const press = (): void => {
      const fix = fixOf(store.now.here);
      if (!fix) {
        wanted = true;
        this.#locator.start();
        return;
      }
      const { lng, lat } = map.getCenter();
      if (metresBetween([lng, lat], fix.lngLat) < CENTRED_M) this.#locator.stop();
      else centre();
    };
    const control = button({ class: "locate", "data-testid": "locate" }, press, icon("locate", 22));
    store.draw(["here", "lang"], ({ here, lang }) => {
      const t = wordsOf(lang);
      control.dataset.state = here.kind;
      control.setAttribute("aria-pressed", String(here.kind === "known" || here.kind === "asking"));
      control.setAttribute("aria-label", t("map.locate"));
      control.title = t("map.locate");
      if (here.kind === "known" && wanted) centre();
      const failed =
        here.kind === "refused" || here.kind === "unavailable" || here.kind === "unsupported";
      if (failed && wanted) {
        wanted = false;
        this.#toasts.say(t(`here.${here.kind}`));
      }
    });
    this.#element = h("div", { class: "maplibregl-ctrl maplibregl-ctrl-group" }, control);
    return this.#element;
  }

  onRemove(): void {
    this.#element?.remove();
  }
}
