/** What lies near a slope: what one sees and needs there, and how one gets there. No DOM. */
import type { LandmarkFeature, SlopeFeature } from "../api/types";
import { metresBetween, metresTo } from "../geo";

export interface Near {
  landmark: LandmarkFeature;
  distance_m: number;
}

const STOPS: readonly string[] = ["station", "bus_stop"];
/** Farther than this nobody would call it the slope's stop: a quarter of an hour on foot. */
const FARTHEST_STOP_M = 1200;
/** A town may have hundreds of benches; beside a slope the first ones matter. */
const MOST_OF_A_KIND = 3;
const MOST_STOPS = 3;

const nearestFirst = (a: Near, b: Near): number => a.distance_m - b.distance_m;

/** The builder's list of what lies beside the slope, nearest first, a few of each kind. */
export function nearSlope(slope: SlopeFeature, landmarks: readonly LandmarkFeature[]): Near[] {
  const ids = new Set(slope.properties.landmarks ?? []);
  const taken = new Map<string, number>();
  return landmarks
    .filter((each) => ids.has(each.properties.id) && !STOPS.includes(each.properties.kind))
    .map((landmark) => ({
      landmark,
      distance_m: metresTo(landmark.geometry.coordinates, slope.geometry) ?? 0,
    }))
    .sort(nearestFirst)
    .filter(({ landmark }) => {
      const { kind } = landmark.properties;
      taken.set(kind, (taken.get(kind) ?? 0) + 1);
      return (taken.get(kind) ?? 0) <= MOST_OF_A_KIND;
    });
}

export interface Stop extends Near {
  /** Which end of the slope it is nearer to; null for a slope without a line. */
  end: "foot" | "head" | null;
}

/** Stations and bus stops from which one walks to the slope, nearest first, one for each name. */
export function stopsNear(slope: SlopeFeature, landmarks: readonly LandmarkFeature[]): Stop[] {
  const { geometry } = slope;
  if (!geometry) return [];
  const [foot, head] =
    geometry.type === "Point"
      ? [geometry.coordinates, null]
      : [geometry.coordinates[0] ?? [], geometry.coordinates.at(-1) ?? []];
  const names = new Set<string>();
  return landmarks
    .filter((each) => STOPS.includes(each.properties.kind))
    .map((landmark): Stop => {
      const place = landmark.geometry.coordinates;
      const toFoot = metresBetween(place, foot);
      const toHead = head ? metresBetween(place, head) : Number.POSITIVE_INFINITY;
      const end = head === null ? null : toHead < toFoot ? "head" : "foot";
      return { landmark, distance_m: Math.min(toFoot, toHead), end };
    })
    .filter(({ distance_m }) => distance_m <= FARTHEST_STOP_M)
    .sort(nearestFirst)
    .filter(({ landmark }) => {
      // A stop has a pole on either side of the street; a visitor looks for its name.
      const name = landmark.properties.name ?? landmark.properties.id;
      return !names.has(name) && names.add(name);
    })
    .slice(0, MOST_STOPS);
}

/** The slopes that a landmark lies beside, as the builder lists them. */
export const slopesNear = (
  landmark: LandmarkFeature,
  slopes: readonly SlopeFeature[],
): SlopeFeature[] =>
  (landmark.properties.slopes ?? []).flatMap(
    (id) => slopes.find((each) => each.properties.id === id) ?? [],
  );
