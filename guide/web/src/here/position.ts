/** Where the visitor is, as far as they allow and the device knows. Nothing of it leaves the page. */
import type { LngLat } from "../api/types";
import type { Store } from "../store";

export interface Fix {
  lngLat: LngLat;
  /** Radius in metres within which the device is fairly (95 %) sure to be. */
  accuracy_m: number;
  /** Degrees clockwise from north, or null while standing. */
  heading_deg: number | null;
  /** Milliseconds since 1970. */
  at: number;
}

export type Here =
  | { kind: "off" }
  | { kind: "asking"; last: Fix | null }
  | { kind: "known"; fix: Fix }
  /** The visitor or the browser said no. */
  | { kind: "refused" }
  /** Allowed, but there is no signal (yet). */
  | { kind: "unavailable" }
  /** No such thing here: an old browser, or a page that is not encrypted. */
  | { kind: "unsupported" };

export const fixOf = (here: Here): Fix | null =>
  here.kind === "known" ? here.fix : here.kind === "asking" ? here.last : null;

const fixFrom = ({ coords, timestamp }: GeolocationPosition): Fix => ({
  lngLat: [coords.longitude, coords.latitude],
  accuracy_m: coords.accuracy,
  heading_deg: coords.heading === null || Number.isNaN(coords.heading) ? null : coords.heading,
  at: timestamp,
});

const WATCH: PositionOptions = { enableHighAccuracy: true, maximumAge: 2000, timeout: 20_000 };

export interface Locator {
  /** Asks for the place and keeps following it; asking again after a refusal asks anew. */
  start(): void;
  stop(): void;
  /** One fresh fix, or null; `here` then says why. */
  once(): Promise<Fix | null>;
}

export function locatorOn(store: Store): Locator {
  let watch: number | null = null;

  const known = (position: GeolocationPosition): Fix => {
    const fix = fixFrom(position);
    store.set({ here: { kind: "known", fix } });
    return fix;
  };
  const failed = (error: GeolocationPositionError): null => {
    // A lost signal comes back by itself; a watch goes on after it.
    const refused = error.code === error.PERMISSION_DENIED;
    if (refused) forget();
    store.set({ here: { kind: refused ? "refused" : "unavailable" } });
    return null;
  };
  const forget = (): void => {
    if (watch !== null) navigator.geolocation.clearWatch(watch);
    watch = null;
  };
  /** Browsers tell the place to encrypted pages only. */
  const able = (): boolean => {
    const can = "geolocation" in navigator && window.isSecureContext;
    if (!can) store.set({ here: { kind: "unsupported" } });
    return can;
  };
  const ask = (): void => store.set({ here: { kind: "asking", last: fixOf(store.now.here) } });

  return {
    start() {
      if (!able() || watch !== null) return;
      ask();
      watch = navigator.geolocation.watchPosition(known, failed, WATCH);
    },
    stop() {
      forget();
      store.set({ here: { kind: "off" } });
    },
    once() {
      if (!able()) return Promise.resolve(null);
      if (store.now.here.kind !== "known") ask();
      return new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          (position) => resolve(known(position)),
          (error) => resolve(failed(error)),
          { ...WATCH, maximumAge: 5000 },
        ),
      );
    },
  };
}
