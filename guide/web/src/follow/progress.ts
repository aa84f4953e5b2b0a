/** How far along a walk somebody is, from one fix of their device to the next. No DOM. */
import { nearestOnLine } from "../geo";
import type { Fix } from "../here/position";
import type { SlopeAhead, Track } from "./track";

export interface Progress {
  along_m: number;
  /** Metres from the line. */
  off_m: number;
  state: "on" | "off" | "arrived";
  /** Since when, in milliseconds, and for how many fixes the line has not been near. */
  offSince: number | null;
  offFixes: number;
  at: number;
}

/** Nearer than this to the line one is on it: a street's breadth, and the map's own error. */
const NEAR_M = 25;
/** However unsure the device is, this far away is another street. */
const FAR_M = 70;
/** One wrong fix is no wrong turn. */
const OFF_FIXES = 3;
const OFF_MS = 5000;
const ARRIVED_M = 20;

/** Backwards, for a device that wavers, and forwards, for somebody who runs. */
const BACK_M = 40;
const AHEAD_M = 120;
const RUN_M_PER_S = 5;
/** A metre back is as unlikely as a third of a metre aside. */
const BACK_COST = 0.3;

const tolerance = ({ accuracy_m }: Fix): number =>
  Math.min(FAR_M, Math.max(NEAR_M, 1.5 * accuracy_m));

/** The segments of a line between two distances along it. */
function segmentsBetween({ reached }: Track, from_m: number, to_m: number): [number, number] {
  const last = reached.length - 1;
  let from = reached.findIndex((metres) => metres > from_m) - 1;
  if (from < 0) from = from_m <= 0 ? 0 : Math.max(0, last - 1);
  const after = reached.findIndex((metres) => metres >= to_m);
  return [from, after === -1 ? last : Math.max(from + 1, after)];
}

export function advance(track: Track, before: Progress | null, fix: Fix): Progress {
  const near_m = tolerance(fix);
  const found = place(track, before, fix, near_m);
  if (found.off_m <= near_m) {
    const left = track.total_m - found.along_m;
    const state = left <= Math.max(ARRIVED_M, Math.min(fix.accuracy_m, NEAR_M)) ? "arrived" : "on";
    return { ...found, state, offSince: null, offFixes: 0, at: fix.at };
  }
  const offSince = before?.offSince ?? fix.at;
  const offFixes = (before?.offFixes ?? 0) + 1;
  const lost = offFixes >= OFF_FIXES && fix.at - offSince >= OFF_MS;
  return {
    // Until it is sure that the way was left, the last sure place is the best guess.
    along_m: before?.along_m ?? found.along_m,
    off_m: found.off_m,
    state: lost ? "off" : (before?.state ?? "on"),
    offSince,
    offFixes,
    at: fix.at,
  };
}

/**
 * Where on the line a fix belongs. A walk may use a street twice: near where one was before comes
 * first, onwards rather than back, and only if that is too far away the rest of the line.
 */
function place(
  track: Track,
  before: Progress | null,
  fix: Fix,
  near_m: number,
): { along_m: number; off_m: number } {
  const { line, reached } = track;
  const was_m = before?.along_m ?? 0;
  const ran_m = before ? (Math.max(0, fix.at - before.at) / 1000) * RUN_M_PER_S : 0;
  const [from, to] = segmentsBetween(track, was_m - BACK_M, was_m + Math.max(AHEAD_M, ran_m));
  let best: { along_m: number; off_m: number } | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let i = from; i < to; i++) {
    const found = nearestOnLine(fix.lngLat, line, reached, i, i + 1);
    const cost = found.off_m + BACK_COST * Math.max(0, was_m - found.along_m);
    if (cost < least) [best, least] = [found, cost];
  }
  return best && best.off_m <= near_m ? best : nearestOnLine(fix.lngLat, line, reached);
}

export interface Ahead {
  /** Index of the instruction that holds now, and of the next one, if there is one. */
  now: number;
  next: number | null;
  /** Metres to the next instruction, or to the end. */
  to_m: number;
  left_m: number;
  slope: SlopeAhead | null;
  /** Whether one is on that slope already. */
  onSlope: boolean;
  slope_m: number;
}

export function aheadOf(track: Track, along_m: number): Ahead {
  const { instructions, slopes, total_m } = track;
  let now = instructions.findLastIndex((each) => each.begin_m <= along_m + 1);
  if (now === -1) now = 0;
  const next = now + 1 < instructions.length ? now + 1 : null;
  const begins = next === null ? total_m : (instructions[next]?.begin_m ?? total_m);
  const slope = slopes.find((each) => each.end_m > along_m + 2) ?? null;
  return {
    now,
    next,
    to_m: Math.max(0, begins - along_m),
    left_m: Math.max(0, total_m - along_m),
    slope,
    onSlope: slope !== null && along_m >= slope.begin_m,
    slope_m: slope ? Math.max(0, slope.begin_m - along_m) : 0,
  };
}

/** The slopes whose end was passed between two moments of the walk. */
export const passedSlopes = (track: Track, from_m: number, to_m: number): SlopeAhead[] =>
  track.slopes.filter(({ begin_m, end_m }) => {
    const end = end_m - Math.min(10, (end_m - begin_m) / 4);
    return from_m < end && to_m >= end;
  });

/** The stops that are still to come, by their numbers. */
export const stopsAhead = (track: Track, along_m: number): number[] =>
  track.stops_m.flatMap((metres, index) => (metres > along_m + 5 ? [index] : []));
