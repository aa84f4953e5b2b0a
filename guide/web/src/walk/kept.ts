/** Walks that were planned once open again without a connection. */
import type { Route } from "../api/types";

const CACHE = "hyakusaka-walks";
const MOST = 30;

const addressOf = (key: string): string => `/offline/walks/${encodeURIComponent(key)}`;

/** Browsers keep things for encrypted pages only. */
const able = (): boolean => "caches" in window;

export async function keepWalk(key: string, route: Route): Promise<void> {
  if (!able()) return;
  try {
    const cache = await caches.open(CACHE);
    // Anew at the end: the order is that of use.
    await cache.delete(addressOf(key));
    await cache.put(addressOf(key), Response.json(route));
    const keys = await cache.keys();
    await Promise.all(
      keys.slice(0, Math.max(0, keys.length - MOST)).map((each) => cache.delete(each)),
    );
  } catch {
    // A full disc: the walk is on the screen all the same.
  }
}

export async function keptWalk(key: string): Promise<Route | null> {
  if (!able()) return null;
  try {
    const found = await (await caches.open(CACHE)).match(addressOf(key));
    return found ? ((await found.json()) as Route) : null;
  } catch {
    return null;
  }
}
