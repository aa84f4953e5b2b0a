/** Keeps what was seen lately, and no more than a phone can spare. */
import { RECENT } from "../offline/names";

const MOST = 800;
/** Counting at every reply would take longer than it saves. */
const COUNT_EVERY = 50;

let added = 0;

export async function remember(request: Request, response: Response): Promise<void> {
  const cache = await caches.open(RECENT);
  await cache.put(request, response);
  added += 1;
  if (added % COUNT_EVERY !== 0) return;
  const keys = await cache.keys();
  // In the order in which they came: the first are the oldest.
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST)).map((key) => cache.delete(key)));
}
