/** A feature on the map leads to its own page. */
import type { MapLibreMap } from "maplibre-gl";
import { SHOWN } from "./style";

export function linkToItems(map: MapLibreMap, items: string): void {
  for (const layer of SHOWN) {
    map.on("click", layer, (event) => {
      const id: unknown = event.features?.[0]?.properties.id;
      if (typeof id === "string") location.assign(`${items}/${encodeURIComponent(id)}`);
    });
    map.on("mouseenter", layer, () => {
      map.getCanvas().style.cursor = "pointer";
    });
    map.on("mouseleave", layer, () => {
      map.getCanvas().style.cursor = "";
    });
  }
}
