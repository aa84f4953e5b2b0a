/** The hills in three dimensions, the streets with their grades on them; seen from above otherwise. */
import type { IControl, MapLibreMap } from "maplibre-gl";
import type { Store } from "../store";
import { wordsOf } from "../text/i18n";
import { button, h } from "../ui/dom";

/** The service's styles name their heights so. */
const SOURCE = "terrain";
/** Hills look lower from the air than they are to one's legs. */
const EXAGGERATION = 1.5;
const PITCH_DEG = 58;
const STEEPEST_PITCH_DEG = 75;
const MOVE_MS = 900;

export function showHills(store: Store, map: MapLibreMap): { restyled(): void } {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const duration = (): number => (still.matches ? 0 : MOVE_MS);

  const raise = (): void => {
    map.setMaxPitch(STEEPEST_PITCH_DEG);
    map.dragRotate.enable();
    map.touchZoomRotate.enableRotation();
    map.touchPitch.enable();
    map.keyboard.enableRotation();
    map.setTerrain({ source: SOURCE, exaggeration: EXAGGERATION });
    map.easeTo({ pitch: PITCH_DEG, duration: duration() });
  };

  const lower = (): void => {
    map.dragRotate.disable();
    map.touchZoomRotate.disableRotation();
    map.touchPitch.disable();
    map.keyboard.disableRotation();
    map.setTerrain(null);
    map.easeTo({ pitch: 0, bearing: 0, duration: duration() });
    if (duration() === 0) map.setMaxPitch(0);
    else map.once("moveend", () => store.now.hills || map.setMaxPitch(0));
  };

  store.watch(["hills"], ({ hills }) => {
    if (!map.getSource(SOURCE)) return;
    if (hills) raise();
    else lower();
  });
  return {
    /** Another town may have no heights at all. */
    restyled() {
      const able = map.getSource(SOURCE) !== undefined;
      store.set({ hillsKnown: able, hills: able && store.now.hills });
      if (able && store.now.hills) raise();
    },
  };
}

/** The map's button for it; only where the town has heights. */
export class HillsControl implements IControl {
  readonly #store: Store;
  #element: HTMLElement | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  onAdd(): HTMLElement {
    const store = this.#store;
    const press = (): void => store.set({ hills: !store.now.hills });
    const control = button({ class: "hills", "data-testid": "hills" }, press, "3D");
    const element = h("div", { class: "maplibregl-ctrl maplibregl-ctrl-group" }, control);
    store.draw(["lang", "hills", "hillsKnown"], ({ lang, hills, hillsKnown }) => {
      const t = wordsOf(lang);
      element.hidden = !hillsKnown;
      control.setAttribute("aria-pressed", String(hills));
      control.setAttribute("aria-label", t("map.hills"));
      control.title = t("map.hills");
    });
    this.#element = element;
    return element;
  }

  onRemove(): void {
    this.#element?.remove();
  }
}
