/** The profile of a slope in its sheet: asked for, drawn, and bound to the map's cursor. */
import { ApiError, getProfile, isAbort } from "../api/client";
import type { SlopeFeature } from "../api/types";
import { placeAlong, reachedOf } from "../geo";
import type { MapView } from "../map/view";
import { profileView } from "../profile/view";
import type { Store } from "../store";
import { wordsOf } from "../text/i18n";
import { button, h } from "../ui/dom";

/** `signal` ends the asking, and the listening to the map, when the sheet shows something else. */
export function slopeProfile(
  slope: SlopeFeature,
  store: Store,
  map: MapView,
  signal: AbortSignal,
): HTMLElement {
  const { area, legend, lang } = store.now;
  const t = wordsOf(lang);
  const place = h("div", { class: "profile-place" });
  const line = slope.geometry?.type === "LineString" ? slope.geometry.coordinates : [];
  const along = placeAlong(line);
  const length = reachedOf(line).at(-1) ?? 0;

  const ask = async (): Promise<void> => {
    place.replaceChildren(h("p", { class: "hint skeleton" }, t("profile.loading")));
    try {
      const profile = await getProfile(area.id, slope.properties.id, signal);
      if (signal.aborted) return;
      const view = profileView({
        profile,
        legend,
        lang,
        t,
        onCursor: (at) => map.showCursor(at && { lngLat: along(at.fraction), label: at.label }),
      });
      place.replaceChildren(view.element);
      const measured = profile.distances_m.at(-1) ?? length;
      // A finger on the slope's line is the same as a finger on its profile.
      map.onLine(line, signal, (along_m) => {
        if (along_m === null) view.leave();
        else view.point(length > 0 ? (along_m / length) * measured : 0);
      });
    } catch (error) {
      if (isAbort(error) || signal.aborted) return;
      const detail = error instanceof ApiError ? error.detail : null;
      place.replaceChildren(
        h("p", { class: "hint", role: "alert" }, detail ?? t("profile.failed")),
        button({ class: "quiet" }, () => void ask(), t("app.retry")),
      );
    }
  };
  void ask();
  return place;
}
