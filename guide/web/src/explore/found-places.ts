/** Below the slopes: landmarks and streets of the typed name, and what was perhaps meant. */
import type { Actions } from "../actions";
import type { Place } from "../api/types";
import type { MapView } from "../map/view";
import type { Store } from "../store";
import { type Words, wordFor, wordsOf } from "../text/i18n";
import { nameOf } from "../text/names";
import { button, h } from "../ui/dom";
import { kindIcon } from "../ui/icons";

export function foundPlaces(store: Store, actions: Actions, map: MapView): HTMLElement {
  const element = h("section", { class: "found-places", "data-testid": "places", hidden: true });

  const open = (place: Place): void => {
    if (place.kind === "landmark" && place.id) actions.selectLandmark(place.id);
    else if (place.kind === "slope" && place.id) actions.select(place.id);
    else map.show(place.bounds ?? [...place.lngLat, ...place.lngLat]);
  };

  const row = (place: Place, t: Words): HTMLElement => {
    const kind =
      place.kind === "landmark"
        ? wordFor(t, "landmark", place.landmark_kind ?? "sight")
        : t(place.kind === "slope" ? "place.slope" : "place.street");
    const name = nameOf(place, store.now.lang);
    return h(
      "li",
      {},
      button(
        { class: "near-row found-row", "data-testid": "place-row" },
        () => open(place),
        kindIcon(place.kind === "landmark" ? (place.landmark_kind ?? "sight") : place.kind, 20),
        h("span", { class: "near-name" }, name ?? kind, name ? h("small", {}, kind) : null),
      ),
    );
  };

  store.draw(["places", "lang", "found"], ({ places, lang, found }) => {
    const t = wordsOf(lang);
    const listed = new Set(found.map((slope) => slope.properties.id));
    const named = new Set(found.map((slope) => slope.properties.name));
    const others = places.filter((place) =>
      // A slope's own street is no other place.
      place.kind === "street" ? !named.has(place.name ?? "") : !listed.has(place.id ?? ""),
    );
    element.hidden = others.length === 0;
    element.replaceChildren(
      h("h2", {}, t("place.title")),
      h("ul", { class: "near" }, ...others.map((place) => row(place, t))),
    );
  });
  return element;
}
