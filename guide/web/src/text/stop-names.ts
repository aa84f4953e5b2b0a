/** What to call a stop of a walk. */
import type { State } from "../store";
import type { Stop } from "../walk/stops";
import { type Words, wordFor } from "./i18n";
import { nameOf } from "./names";

type Known = Pick<State, "slopes" | "landmarks" | "lang" | "loading">;

export function stopName(stop: Stop, known: Known, t: Words): string {
  if ("lng_lat" in stop) {
    const [lng, lat] = stop.lng_lat;
    return `${t("walk.point")} (${lat.toFixed(4)}, ${lng.toFixed(4)})`;
  }
  const absent = known.loading ? t("app.loading") : t("walk.missing_stop");
  if ("slope" in stop) {
    const slope = known.slopes.find((each) => each.properties.id === stop.slope);
    return slope ? (nameOf(slope.properties, known.lang) ?? stop.slope) : absent;
  }
  const landmark = known.landmarks.find((each) => each.properties.id === stop.landmark)?.properties;
  if (!landmark) return absent;
  return nameOf(landmark, known.lang) ?? wordFor(t, "landmark", landmark.kind);
}

export const stopDirection = (stop: Stop, t: Words): string | null =>
  "slope" in stop ? t(`walk.${stop.direction}`) : null;
