/** What a visitor wishes of a walk that is to be planned for them. No DOM. */
import type { LandmarkFeature, LngLat, LoopRequest, PlanRequest, WireStop } from "../api/types";
import { medianPlace, metresBetween } from "../geo";
import { fixOf } from "../here/position";
import type { State } from "../store";

export type Start =
  | { kind: "here" }
  | { kind: "landmark"; id: string }
  | { kind: "point"; lngLat: LngLat };

export type Rest = "food" | "viewpoint";

export interface Wishes {
  kind: "tour" | "loop";
  minutes: number;
  /** Null until somebody chooses: then the town's best place to begin. */
  start: Start | null;
  themes: readonly string[];
  max_ascent_m: number | null;
  /** Where to rest, if at all: where one eats, or where one sees far. */
  rest: Rest | null;
}

export const NO_WISHES: Wishes = {
  kind: "tour",
  minutes: 120,
  start: null,
  themes: [],
  max_ascent_m: null,
  rest: null,
};

/** An hour, two, three, half a day, a day. */
export const TOUR_MINUTES = [60, 120, 180, 240, 360] as const;
export const LOOP_MINUTES = [20, 40, 60, 90, 120] as const;
export const ASCENTS_M = [50, 100, 200, 300] as const;

export const REST_MINUTES: Record<Rest, number> = { food: 45, viewpoint: 20 };
const REST_BETWEEN: Record<Rest, [string, string]> = {
  food: ["11:30", "14:00"],
  viewpoint: ["06:00", "20:00"],
};

/** The kinds of rest that the town has a place for. */
export const restsIn = (landmarks: readonly LandmarkFeature[]): Rest[] =>
  (["food", "viewpoint"] as const).filter((kind) =>
    landmarks.some((each) => each.properties.kind === kind),
  );

/** Where walks begin: by train, by bus where there is no train, else where one is told the way. */
const ARRIVALS: readonly string[] = ["station", "bus_stop", "information"];
const MOST_ARRIVALS = 4;

type Known = Pick<State, "slopes" | "landmarks" | "here" | "area">;

/** The places where a visitor may arrive, the one nearest to the slopes first. */
export function arrivals({ slopes, landmarks }: Known): LandmarkFeature[] {
  const feet = slopes.flatMap(({ geometry }) =>
    geometry?.type === "LineString" ? [geometry.coordinates[0] ?? []] : [],
  );
  const middle = medianPlace(feet);
  if (!middle) return [];
  const away = (landmark: LandmarkFeature): number =>
    metresBetween(landmark.geometry.coordinates, middle);
  const kind = ARRIVALS.find((each) => landmarks.some((one) => one.properties.kind === each));
  const names = new Set<string>();
  return landmarks
    .filter((each) => each.properties.kind === kind)
    .sort((a, b) => away(a) - away(b))
    .filter(({ properties: { name, id } }) => !names.has(name ?? id) && names.add(name ?? id))
    .slice(0, MOST_ARRIVALS);
}

/** Where the walk begins if nobody says: here, if one is in the town; where one arrives; a slope. */
export function startOf(wishes: Wishes, known: Known): Start | null {
  if (wishes.start) return wishes.start;
  const fix = fixOf(known.here);
  const [west, south, east, north] = known.area.bbox;
  if (fix) {
    const [lng, lat] = fix.lngLat;
    if (lng >= west && lng <= east && lat >= south && lat <= north) return { kind: "here" };
  }
  const [arrival] = arrivals(known);
  if (arrival) return { kind: "landmark", id: arrival.properties.id };
  const foot = known.slopes.flatMap(({ geometry }) =>
    geometry?.type === "LineString" ? [geometry.coordinates[0] as LngLat] : [],
  )[0];
  return foot ? { kind: "point", lngLat: foot } : null;
}

/** Null where one's own place is asked for but not known. */
export function stopOfStart(start: Start, known: Known): WireStop | null {
  if (start.kind === "landmark") return { landmark: start.id };
  if (start.kind === "point") return { lng_lat: start.lngLat };
  const fix = fixOf(known.here);
  return fix ? { lng_lat: fix.lngLat } : null;
}

type Asking = Pick<State, "wishes" | "preset" | "steps" | "lang">;

export function planRequest({ wishes, preset, steps, lang }: Asking, start: WireStop): PlanRequest {
  return {
    start,
    time_budget_min: wishes.minutes,
    walker: { preset, steps },
    language: lang,
    ...(wishes.themes.length > 0 ? { themes: [...wishes.themes] } : {}),
    ...(wishes.max_ascent_m === null ? {} : { max_ascent_m: wishes.max_ascent_m }),
    ...(wishes.rest === null ? {} : { pause: pauseAt(wishes.rest) }),
  };
}

const pauseAt = (kind: Rest) => ({
  kind,
  minutes: REST_MINUTES[kind],
  between: REST_BETWEEN[kind],
});

export function loopRequest({ wishes, preset, steps, lang }: Asking, start: WireStop): LoopRequest {
  return {
    start,
    duration_min: wishes.minutes,
    walker: { preset, steps },
    language: lang,
    ...(wishes.themes.length > 0 ? { themes: [...wishes.themes] } : {}),
  };
}
