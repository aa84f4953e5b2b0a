import { describe, expect, it } from "vitest";
import {
  advance,
  aheadOf,
  type Progress,
  passedSlopes,
  stopsAhead,
} from "../../src/follow/progress";
import { trackOf } from "../../src/follow/track";
import { at, fix, leg, route } from "./walks";

/** East 200 m, north 100 m, and the same way back. */
const THERE_AND_BACK = route([
  [0, 0],
  [200, 0],
  [200, 100],
  [200, 0],
  [0, 0],
]);

const walk = (track: ReturnType<typeof trackOf>, steps: ReturnType<typeof fix>[]): Progress[] => {
  const seen: Progress[] = [];
  for (const step of steps) seen.push(advance(track, seen.at(-1) ?? null, step));
  return seen;
};

describe("following a walk", () => {
  const track = trackOf(THERE_AND_BACK);

  it("knows the way there from the way back on the same street", () => {
    const there = [0, 50, 100, 150, 200].map((east, i) => fix(east, 3, i * 30));
    const up = [50, 95].map((north, i) => fix(203, north, 150 + i * 30));
    const back = [50, 0].map((north, i) => fix(197, north, 210 + i * 30));
    const home = [150, 100, 50].map((east, i) => fix(east, -4, 270 + i * 30));
    const along = walk(track, [...there, ...up, ...back, ...home]).map(
      (step) => Math.round(step.along_m / 10) * 10,
    );
    expect(along.slice(0, 5)).toEqual([0, 50, 100, 150, 200]);
    expect(along.slice(5)).toEqual([250, 300, 350, 400, 450, 500, 550]);
  });

  it("arrives only at the end, though the end is where it began", () => {
    expect(advance(track, null, fix(0, 0, 0)).state).toBe("on");
    const last = {
      along_m: 590,
      off_m: 1,
      state: "on",
      offSince: null,
      offFixes: 0,
      at: 0,
    } as const;
    expect(advance(track, last, fix(4, 1, 5)).state).toBe("arrived");
  });

  it("is not thrown off by one wrong fix", () => {
    const seen = walk(track, [fix(50, 0, 0), fix(60, 400, 3), fix(70, 2, 6)]);
    expect(seen.map((step) => step.state)).toEqual(["on", "on", "on"]);
    expect(Math.round(seen[1]?.along_m ?? 0)).toBe(50);
  });

  it("notices a way that was left, and the way back to it", () => {
    const astray = [0, 4, 8, 12].map((s) => fix(60, 80 + s, 10 + s));
    const seen = walk(track, [fix(50, 0, 0), ...astray, fix(60, 5, 40)]);
    expect(seen.map((step) => step.state)).toEqual(["on", "on", "on", "off", "off", "on"]);
    expect(Math.round(seen[4]?.off_m ?? 0)).toBe(92);
  });

  it("allows a device what it is unsure of, within a street's distance", () => {
    expect(advance(track, null, fix(50, 35, 0, 8)).offFixes).toBe(1);
    expect(advance(track, null, fix(50, 35, 0, 30)).offFixes).toBe(0);
    expect(advance(track, null, fix(50, 90, 0, 500)).offFixes).toBe(1);
  });

  it("finds somebody who begins in the middle", () => {
    expect(Math.round(advance(track, null, fix(203, 60, 0)).along_m)).toBe(260);
  });
});

describe("what lies ahead", () => {
  const climb = leg(100, { slope: "a", direction: "up", from_stop: 1, to_stop: 1, ascent_m: 20 });
  const track = trackOf(
    route(
      [
        [0, 0],
        [200, 0],
        [200, 100],
        [260, 100],
      ],
      {
        legs: [leg(200), climb, leg(60, { from_stop: 1, to_stop: 2 })],
        instructions: [
          { text: "along", turn: null, distance_m: 200, duration_s: 200, begin_m: 0 },
          { text: "climb", turn: "left", distance_m: 100, duration_s: 300, begin_m: 200 },
          { text: "on", turn: "right", distance_m: 60, duration_s: 60, begin_m: 300 },
          { text: "there", turn: null, distance_m: 0, duration_s: 0, begin_m: 360 },
        ],
        profile: {
          distances_m: [0, 200, 300, 360],
          elevations_m: [5, 5, 25, 25],
          sigma_m: null,
          bands: [],
        },
        stops: [0, 1, 2].map(() => ({ lng_lat: at(0, 0), name: null, snapped_distance_m: 0 })),
      },
    ),
  );

  it("is the next instruction and how far it is", () => {
    const ahead = aheadOf(track, 150);
    expect([ahead.now, ahead.next, Math.round(ahead.to_m)]).toEqual([0, 1, 50]);
    expect(aheadOf(track, 360).next).toBeNull();
  });
  it("is the next slope, until its end is passed", () => {
    expect(aheadOf(track, 150)).toMatchObject({ onSlope: false, slope: { slope: "a" } });
    expect(aheadOf(track, 250)).toMatchObject({ onSlope: true, slope_m: 0 });
    expect(aheadOf(track, 310).slope).toBeNull();
  });
  it("is what is left to climb and to walk", () => {
    expect(track.climbLeft(0)).toBeCloseTo(20);
    expect(track.climbLeft(320)).toBeCloseTo(0);
    expect(track.secondsLeft(250)).toBeCloseTo(150 + 60, 0);
  });
  it("are the stops that one has not been at", () => {
    expect(stopsAhead(track, 150)).toEqual([1, 2]);
    expect(stopsAhead(track, 320)).toEqual([2]);
  });
  it("counts a slope as climbed when its end is passed, and once", () => {
    expect(passedSlopes(track, 250, 295).map((each) => each.slope)).toEqual(["a"]);
    expect(passedSlopes(track, 295, 330)).toEqual([]);
    expect(passedSlopes(track, 0, 150)).toEqual([]);
  });
});
