/** A route made ready to be followed: where along its line everything comes. No DOM. */
import type { Instruction, Route } from "../api/types";
import { reachedOf } from "../geo";

export interface SlopeAhead {
  slope: string;
  direction: "up" | "down";
  begin_m: number;
  end_m: number;
  ascent_m: number | null;
}

export interface Track {
  route: Route;
  line: readonly (readonly number[])[];
  /** Metres from the start to each vertex of the line. */
  reached: readonly number[];
  total_m: number;
  instructions: readonly Instruction[];
  slopes: readonly SlopeAhead[];
  /** Metres from the start to each stop; a slope is reached at its end. */
  stops_m: readonly number[];
  /** What is still to climb and the seconds still to walk, by metres from the start. */
  climbLeft(along_m: number): number | null;
  secondsLeft(along_m: number): number;
}

export function trackOf(route: Route): Track {
  const line = route.geometry.coordinates;
  const reached = reachedOf(line);
  const total_m = reached.at(-1) ?? 0;
  // The service measures along its own line; a rounded corner makes a metre of difference.
  const scale = route.distance_m > 0 ? total_m / route.distance_m : 1;
  const slopes: SlopeAhead[] = [];
  const stops_m: number[] = route.stops.map(() => 0);
  let at = 0;
  for (const leg of route.legs) {
    const begin_m = at;
    at += leg.distance_m * scale;
    stops_m[leg.to_stop] = at;
    if (leg.slope && leg.direction) {
      const { slope, direction, ascent_m } = leg;
      slopes.push({ slope, direction, begin_m, end_m: at, ascent_m });
    }
  }
  const instructions = route.instructions.map((each) => ({
    ...each,
    begin_m: each.begin_m * scale,
    distance_m: each.distance_m * scale,
  }));
  return {
    route,
    line,
    reached,
    total_m,
    instructions,
    slopes,
    stops_m,
    climbLeft: climbLeftOn(route, scale),
    secondsLeft: (along_m) => secondsLeft(instructions, along_m),
  };
}

/** The profile's own climbs, so scaled that all of them are what the route says. */
function climbLeftOn({ profile, ascent_m }: Route, scale: number): Track["climbLeft"] {
  if (!profile || ascent_m === null) return () => null;
  const { distances_m, elevations_m } = profile;
  const left: number[] = new Array(distances_m.length).fill(0);
  for (let i = distances_m.length - 2; i >= 0; i--) {
    const [here, next] = [elevations_m[i], elevations_m[i + 1]];
    const up = typeof here === "number" && typeof next === "number" ? Math.max(0, next - here) : 0;
    left[i] = (left[i + 1] ?? 0) + up;
  }
  const all = left[0] ?? 0;
  return (along_m) => {
    const index = distances_m.findIndex((metres) => metres * scale >= along_m);
    const rest = index === -1 ? 0 : (left[index] ?? 0);
    return all > 0 ? (rest / all) * ascent_m : 0;
  };
}

function secondsLeft(instructions: readonly Instruction[], along_m: number): number {
  return instructions.reduce((sum, { begin_m, distance_m, duration_s }) => {
    if (along_m <= begin_m) return sum + duration_s;
    const part = distance_m > 0 ? (along_m - begin_m) / distance_m : 1;
    return sum + duration_s * Math.max(0, 1 - part);
  }, 0);
}
