/** Takes a whole town along: everything the page asks for there, in one go, onto this device. */
import { getStyle } from "../api/client";
import type { Area, LandmarkFeature, Lang, SlopeFeature } from "../api/types";
import { pictureAddress } from "../sheet/photo";
import { NOTE, TOWN, townCache } from "./names";

/** What is on this device of a town. */
export interface Taken {
  area: string;
  build: string;
  bytes: number;
  /** When, as ISO 8601 in UTC. */
  at: string;
}

export interface Progress {
  bytes: number;
  /** As far as it is known before all is there. */
  total: number;
}

export type TakeError = "full" | "connection" | "unsupported";

export class TakeFailed extends Error {
  constructor(readonly why: TakeError) {
    super(why);
  }
}

export const canTake = (): boolean => "caches" in window && "serviceWorker" in navigator;

/** At once, so that a slow line is used well and a slow service is not overrun. */
const AT_ONCE = 6;
const PAGE = 500;
const LANGUAGES: readonly Lang[] = ["ja", "en"];
const STYLES = ["day", "evening"] as const;
/** What a town has besides its archives: measured on the towns at hand, for the progress only. */
const OTHER_BYTES_PER_SLOPE = 4000;

const part = encodeURIComponent;

/** Every address that the page asks for in a town; the large files first. */
export function addressesOf(
  area: Area,
  slopes: readonly SlopeFeature[],
  landmarks: readonly LandmarkFeature[],
): string[] {
  const api = `/api/${part(area.id)}`;
  const pages = (collection: string, count: number): string[] =>
    Array.from(
      { length: Math.max(1, Math.ceil(count / PAGE)) },
      (_, i) => `${api}/collections/${collection}/items?limit=${PAGE}&offset=${i * PAGE}`,
    );
  const photos = [...slopes, ...landmarks]
    .map(({ properties: { photo } }) => pictureAddress(photo))
    .filter((address) => address !== null);
  return [
    ...(area.archives ?? []).map(({ file }) => `${api}/archives/${part(file)}`),
    ...STYLES.flatMap((style) =>
      LANGUAGES.map((lang) => `${api}/styles/${style}.json?lang=${lang}`),
    ),
    "/api",
    "/api/legend",
    ...pages("slopes", slopes.length),
    ...pages("landmarks", landmarks.length),
    ...pages("tours", area.counts.tours ?? 0),
    ...pages("closures", area.counts.closures ?? 0),
    ...slopes
      .filter(({ geometry }) => geometry?.type === "LineString")
      .map(({ properties }) => `${api}/slopes/${part(properties.id)}/profile?f=json`),
    ...photos,
  ];
}

/** The maps' pictures, which only the styles know the addresses of. */
async function picturesOf(area: Area, signal: AbortSignal): Promise<string[]> {
  const styles = await Promise.all(STYLES.map((style) => getStyle(area.id, style, "ja", signal)));
  return styles.flatMap(({ sprite }) => {
    if (typeof sprite !== "string") return [];
    const { pathname } = new URL(sprite, location.origin);
    return [".json", ".png", "@2x.json", "@2x.png"].map((ending) => `${pathname}${ending}`);
  });
}

export const expectedBytes = (area: Area, slopes: number): number =>
  (area.archives ?? []).reduce((sum, { bytes }) => sum + bytes, 0) + slopes * OTHER_BYTES_PER_SLOPE;

/** The towns on this device, the note of each being the proof that all of it is there. */
export async function takenTowns(): Promise<Taken[]> {
  if (!canTake()) return [];
  const names = (await caches.keys()).filter((name) => name.startsWith(TOWN));
  const notes = await Promise.all(names.map(async (name) => (await caches.open(name)).match(NOTE)));
  const read = notes.map(async (note) => (note ? ((await note.json()) as Taken) : null));
  return (await Promise.all(read)).filter((taken) => taken !== null);
}

export async function forgetTown(area: string, except: string | null = null): Promise<void> {
  const prefix = `${TOWN}${area}-`;
  const names = (await caches.keys()).filter(
    (name) =>
      name.startsWith(prefix) && name !== except && !name.slice(prefix.length).includes("-"),
  );
  await Promise.all(names.map((name) => caches.delete(name)));
}

/**
 * Fetches what is not here yet; after a break the next try goes on where this one ended. An older
 * build of the town goes only when the newer one is whole.
 */
export async function takeTown(
  area: Area,
  slopes: readonly SlopeFeature[],
  landmarks: readonly LandmarkFeature[],
  tell: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Taken> {
  if (!canTake() || !area.build) throw new TakeFailed("unsupported");
  const name = townCache(area.id, area.build);
  const cache = await caches.open(name);
  const pictures = await picturesOf(area, signal).catch((error: unknown) => {
    throw whyOf(error, signal);
  });
  const left = [...addressesOf(area, slopes, landmarks), ...pictures];
  const progress: Progress = { bytes: 0, total: expectedBytes(area, slopes.length) };
  const count = (bytes: number): void => {
    progress.bytes += bytes;
    progress.total = Math.max(progress.total, progress.bytes);
    tell({ ...progress });
  };
  await makeRoom(progress.total);

  const fetchNext = async (): Promise<void> => {
    for (let address = left.shift(); address !== undefined; address = left.shift()) {
      const known = await cache.match(address);
      if (known) count((await known.blob()).size);
      else await store(cache, address, count, signal);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, fetchNext));
    const taken: Taken = {
      area: area.id,
      build: area.build,
      bytes: progress.bytes,
      at: new Date().toISOString(),
    };
    await cache.put(NOTE, Response.json(taken));
    await forgetTown(area.id, name);
    return taken;
  } catch (error) {
    throw whyOf(error, signal);
  }
}

/** Asks the browser not to clear it, and whether there is room at all. */
async function makeRoom(bytes: number): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false);
  const estimate = await navigator.storage?.estimate?.().catch(() => null);
  if (!estimate?.quota) return;
  if (bytes > estimate.quota - (estimate.usage ?? 0)) throw new TakeFailed("full");
}

async function store(
  cache: Cache,
  address: string,
  count: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const headers = { accept: "application/json, */*" };
  const response = await fetch(address, { signal, headers, cache: "no-cache" });
  if (!response.ok) throw new TakeFailed("connection");
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, out) {
      count(piece.byteLength);
      out.enqueue(piece);
    },
  });
  const body = response.body?.pipeThrough(counting) ?? null;
  const { status, headers: given } = response;
  await cache.put(address, new Response(body, { status, headers: plain(given) }));
}

/** The body is stored unpacked, so what told of its packing must go. */
function plain(given: Headers): Headers {
  const headers = new Headers(given);
  for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name);
  return headers;
}

function whyOf(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof TakeFailed || signal.aborted) return error;
  const full = error instanceof DOMException && error.name === "QuotaExceededError";
  return new TakeFailed(full ? "full" : "connection");
}
