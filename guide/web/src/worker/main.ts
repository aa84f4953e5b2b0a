/** The service worker: the page opens, and towns that were taken along work, without the service. */
import { NOTE, SHELL } from "../offline/names";
import { freshOrKept, kept, keptOrFresh } from "./answers";
import { remember } from "./recent";
import { type TileAddress, tileAddress, tileFromArchive } from "./tiles";

declare const self: ServiceWorkerGlobalScope;
/** The build puts in what belongs to this version of the page. */
declare const PAGE_VERSION: string;
declare const PAGE_FILES: readonly string[];

const PAGE = `${SHELL}${PAGE_VERSION}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(PAGE)
      .then((cache) => cache.addAll(PAGE_FILES))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldPages().then(() => self.clients.claim()));
});

/** The page before this one stays: a window that is still open may yet ask for its parts. */
async function forgetOldPages(): Promise<void> {
  const pages = (await caches.keys()).filter((name) => name.startsWith(SHELL) && name !== PAGE);
  await Promise.all(pages.slice(0, -1).map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (url.pathname === "/") event.respondWith(freshOrKept(new Request("/"), async () => {}));
    return;
  }
  const answer = answerFor(request, url);
  if (answer) event.respondWith(answer);
});

function answerFor(request: Request, url: URL): Promise<Response> | null {
  const keep = (response: Response): Promise<void> => remember(request, response);
  if (url.pathname === NOTE || request.headers.has("range")) return null;
  const tile = tileAddress(url);
  if (tile) return tileFor(tile, request, keep);
  if (url.pathname.startsWith("/assets/")) return keptOrFresh(request, async () => {});
  if (url.pathname.startsWith("/api")) return dataFor(request, url, keep);
  if (url.pathname.includes("/", 1)) return null;
  // Icons and the like, beside the page itself.
  return freshOrKept(request, async () => {});
}

type Keep = (response: Response) => Promise<void>;

/** Archives are fetched whole by whoever takes them along; a search is of the moment. */
function dataFor(request: Request, url: URL, keep: Keep): Promise<Response> | null {
  if (/^\/api\/[^/]+\/(archives|search)\b/.test(url.pathname)) return null;
  return freshOrKept(request, keep);
}

async function tileFor(address: TileAddress, request: Request, keep: Keep): Promise<Response> {
  const exact = await tileFromArchive(address, address.version);
  if (exact) return exact;
  try {
    return await keptOrFresh(request, keep);
  } catch (error) {
    // Without a connection the tile of an older build is better than a hole.
    const old = (await tileFromArchive(address, null)) ?? (await kept(request));
    if (old) return old;
    throw error;
  }
}
