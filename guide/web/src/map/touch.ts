/** What a click or tap on the map means. */
import { type MapGeoJSONFeature, type MapLibreMap, type MapMouseEvent, Popup } from "maplibre-gl";
import type { Actions } from "../actions";
import type { Store } from "../store";
import { wordsOf } from "../text/i18n";
import { grade } from "../text/numbers";
import { button, h } from "../ui/dom";
import { pointStop, type Stop } from "../walk/stops";

const SLOPES = ["slope-names", "slope-places", "slope-ends", "slope-bands", "slope", "slope-halo"];
const LANDMARKS = ["landmarks"];
const STREETS = [
  "street",
  "street-unknown",
  "street-far",
  "bridge",
  "stairs-edge",
  "street-tunnel",
];

/** A finger is wider than a line. */
const REACH_PX = 9;

const text = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value : null;
const number = (value: unknown): number | null => (typeof value === "number" ? value : null);

export function listenToTouch(store: Store, actions: Actions, map: MapLibreMap): void {
  const popup = new Popup({ maxWidth: "260px", closeButton: false, offset: 10 });

  const under = (
    event: MapMouseEvent,
    layers: readonly string[],
  ): MapGeoJSONFeature | undefined => {
    const { x, y } = event.point;
    const present = layers.filter((layer) => map.getLayer(layer));
    return map.queryRenderedFeatures(
      [
        [x - REACH_PX, y - REACH_PX],
        [x + REACH_PX, y + REACH_PX],
      ],
      { layers: present },
    )[0];
  };

  const offer = (
    event: MapMouseEvent,
    name: string,
    fact: string,
    add: string,
    stop: Stop,
  ): void => {
    const choose = (): void => {
      actions.addStop(stop);
      actions.showTab("walk");
      popup.remove();
    };
    const content = h(
      "div",
      { class: "offer" },
      h("strong", {}, name),
      h("p", {}, fact),
      button({ class: "primary" }, choose, add),
    );
    popup.setLngLat(event.lngLat).setDOMContent(content).addTo(map);
  };

  map.on("click", (event) => {
    popup.remove();
    if (store.now.picking) {
      actions.picked(event.lngLat.lng, event.lngLat.lat);
      return;
    }
    const slope = text(under(event, SLOPES)?.properties.id);
    if (slope) {
      actions.select(slope);
      return;
    }
    const { lang } = store.now;
    const t = wordsOf(lang);
    const landmark = under(event, LANDMARKS)?.properties;
    const id = text(landmark?.id);
    if (landmark && id) {
      actions.selectLandmark(id);
      return;
    }
    const street = under(event, STREETS)?.properties;
    if (!street) return;
    const local = text(lang === "ja" ? street.name_ja : street.name_en);
    const name = local ?? text(street.name) ?? t("map.street_unnamed");
    const percent = number(street.grade_percent);
    const steep = grade(percent === null ? null : Math.abs(percent), null, lang, t);
    const stop = pointStop(event.lngLat.lng, event.lngLat.lat);
    offer(event, name, t("map.grade", { grade: steep }), t("map.add_here"), stop);
  });

  map.on("mousemove", (event) => {
    const over = !store.now.picking && (under(event, SLOPES) ?? under(event, LANDMARKS));
    map.getCanvas().style.cursor = store.now.picking ? "crosshair" : over ? "pointer" : "";
  });
  store.watch(["area", "lang"], () => popup.remove());
}
