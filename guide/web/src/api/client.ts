/** All talk with the service goes through here, and every failure becomes one `ApiError`. */

import type { Feature, FeatureCollection } from "geojson";
import type { StyleSpecification } from "maplibre-gl";
import { KEPT_HEADER } from "../offline/names";
import type {
  Area,
  AreaList,
  Change,
  LandmarkFeature,
  Lang,
  Legend,
  LngLat,
  LoopRequest,
  Place,
  PlannedTour,
  PlanRequest,
  Profile,
  Route,
  RouteRequest,
  SlopeCollection,
  SlopeFeature,
  Tour,
  TourFeature,
  TourRequest,
} from "./types";

/**
 * `detail` is the service's own sentence, in English, or null when there is none; `kind` is what
 * sort of problem it is (the last word of its type), `changes` what would help.
 */
export class ApiError extends Error {
  constructor(
    readonly status: number | null,
    readonly detail: string | null,
    readonly kind: string | null = null,
    readonly changes: readonly Change[] = [],
  ) {
    super(detail ?? `request failed (${status ?? "no answer"})`);
  }
}

type Listener = (kept: boolean) => void;
let wasKept = false;
let listener: Listener = () => {};

/** Hears of the last reply, and each to come, if it is an old one, kept for want of a connection. */
export function onReply(hear: Listener): void {
  listener = hear;
  hear(wasKept);
}

function noteReply(response: Response): void {
  wasKept = response.headers.has(KEPT_HEADER);
  listener(wasKept);
}

export const isAbort = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "AbortError";

async function problemOf(response: Response): Promise<ApiError> {
  try {
    const body: unknown = await response.json();
    if (body !== null && typeof body === "object") {
      const { detail, title, type, changes } = body as Record<string, unknown>;
      const said = [detail, title].find((each) => typeof each === "string" && each !== "");
      return new ApiError(
        response.status,
        (said as string | undefined) ?? null,
        typeof type === "string" ? (type.split("/").at(-1) ?? null) : null,
        Array.isArray(changes) ? (changes as Change[]) : [],
      );
    }
  } catch {
    // A proxy may answer with HTML; the status is then all there is to tell.
  }
  return new ApiError(response.status, null);
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ApiError(null, null);
  }
  noteReply(response);
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as T;
}

const getJson = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  request<T>(path, { headers: { accept: "application/json" }, ...(signal ? { signal } : {}) });

const part = encodeURIComponent;

export const getAreas = (): Promise<AreaList> => getJson("/api");
export const getArea = (area: string): Promise<Area> => getJson(`/api/${part(area)}`);
export const getLegend = (): Promise<Legend> => getJson("/api/legend");

/** The whole map of an area, in the reader's language. */
export const getStyle = (
  area: string,
  style: string,
  lang: Lang,
  signal?: AbortSignal,
): Promise<StyleSpecification> =>
  getJson(`/api/${part(area)}/styles/${part(style)}.json?lang=${lang}`, signal);

export const getProfile = (area: string, slope: string, signal?: AbortSignal): Promise<Profile> =>
  getJson(`/api/${part(area)}/slopes/${part(slope)}/profile?f=json`, signal);

const PAGE = 500;

/** Every item of a collection, page after page; a service may give fewer at once than we ask. */
async function listAll<F>(path: string, signal?: AbortSignal): Promise<F[]> {
  const all: F[] = [];
  for (;;) {
    const page = await getJson<{ features: F[]; numberMatched?: number }>(
      `${path}?limit=${PAGE}&offset=${all.length}`,
      signal,
    );
    all.push(...page.features);
    if (page.features.length === 0 || all.length >= (page.numberMatched ?? 0)) return all;
  }
}

export const listSlopes = (area: string, signal?: AbortSignal): Promise<SlopeFeature[]> =>
  listAll<SlopeCollection["features"][number]>(
    `/api/${part(area)}/collections/slopes/items`,
    signal,
  );

export const listLandmarks = (area: string, signal?: AbortSignal): Promise<LandmarkFeature[]> =>
  listAll<LandmarkFeature>(`/api/${part(area)}/collections/landmarks/items`, signal);

export const listTours = (area: string, signal?: AbortSignal): Promise<TourFeature[]> =>
  listAll<TourFeature>(`/api/${part(area)}/collections/tours/items`, signal);

const post = <T>(path: string, body: { language: Lang }, signal: AbortSignal): Promise<T> =>
  request<T>(path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      "accept-language": body.language,
    },
    body: JSON.stringify(body),
    signal,
  });

export const postRoute = (area: string, body: RouteRequest, signal: AbortSignal): Promise<Route> =>
  post(`/api/${part(area)}/routes`, body, signal);

export const postTour = (area: string, body: TourRequest, signal: AbortSignal): Promise<Tour> =>
  post(`/api/${part(area)}/tours`, body, signal);

export const postPlan = (
  area: string,
  body: PlanRequest,
  signal: AbortSignal,
): Promise<PlannedTour> => post(`/api/${part(area)}/tours/plan`, body, signal);

export const postLoops = (
  area: string,
  body: LoopRequest,
  signal: AbortSignal,
): Promise<PlannedTour> => post(`/api/${part(area)}/loops`, body, signal);

/** Whatever an address of features gives, one or many. */
export const getFeatures = async (address: string): Promise<FeatureCollection> => {
  const found = await getJson<Feature | FeatureCollection>(address);
  return found.type === "Feature" ? { type: "FeatureCollection", features: [found] } : found;
};

interface FoundFeature {
  geometry: { coordinates: LngLat } | null;
  bbox?: Place["bounds"];
  properties: Pick<Place, "kind" | "id" | "landmark_kind" | "name_en"> & { name_ja: string | null };
}

/** Slopes, landmarks and streets of a name, best first, in any script and slightly mistyped. */
export async function searchPlaces(
  area: string,
  query: string,
  lang: Lang,
  near: LngLat | null,
  most: number,
  signal: AbortSignal,
): Promise<Place[]> {
  const asked = new URLSearchParams({ q: query, lang, limit: String(most) });
  if (near) asked.set("near", near.map((degrees) => degrees.toFixed(4)).join(","));
  const found = await getJson<{ features: FoundFeature[] }>(
    `/api/${part(area)}/search?${asked}`,
    signal,
  );
  // What has no place cannot be shown on a map; such slopes stand in the list.
  return found.features.flatMap(({ geometry, bbox, properties: p }) =>
    geometry
      ? [
          {
            kind: p.kind,
            id: p.id,
            name: p.name_ja,
            name_en: p.name_en,
            landmark_kind: p.landmark_kind,
            lngLat: geometry.coordinates,
            bounds: bbox ?? null,
          },
        ]
      : [],
  );
}
