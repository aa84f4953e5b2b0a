import { describe, expect, it } from "vitest";
import { medianPlace, placeAlong } from "../src/geo";
import {
  gradeAt,
  heightAt,
  heightRange,
  knownRuns,
  linear,
  mergedBands,
  ticks,
} from "../src/profile/scale";

const PROFILE = {
  distances_m: [0, 10, 20, 30, 40],
  elevations_m: [5, 6, null, 8, 10],
  sigma_m: [0.5, 0.5, null, null, 1],
  bands: [
    { from_m: 0, to_m: 10, grade_percent: 10, band: 3 },
    { from_m: 30, to_m: 40, grade_percent: 20, band: 5 },
  ],
};

describe("a profile", () => {
  it("breaks where heights are unknown", () => {
    expect(knownRuns(PROFILE).map((run) => run.map((s) => s.distance))).toEqual([
      [0, 10],
      [30, 40],
    ]);
  });
  it("reads heights between samples, and none across a gap", () => {
    expect(heightAt(PROFILE, 5)).toBe(5.5);
    expect(heightAt(PROFILE, 10)).toBe(6);
    expect(heightAt(PROFILE, 15)).toBeNull();
    expect(heightAt(PROFILE, 35)).toBe(9);
    expect(heightAt(PROFILE, 99)).toBe(10);
  });
  it("knows the grade only inside a band", () => {
    expect(gradeAt(PROFILE, 35)).toBe(20);
    expect(gradeAt(PROFILE, 20)).toBeNull();
  });
  it("does not blow a flat street up to a mountain", () => {
    const flat = [[0, 1000].map((distance) => ({ distance, elevation: 3, sigma: null }))];
    const [low, high] = heightRange(flat, 1000);
    expect(high - low).toBeCloseTo(50);
  });
  it("joins touching pieces of one band only", () => {
    const piece = (from_m: number, to_m: number, band: number) => ({
      from_m,
      to_m,
      grade_percent: 1,
      band,
    });
    const joined = mergedBands([piece(0, 5, 1), piece(5, 9, 1), piece(9, 12, 2), piece(20, 25, 2)]);
    expect(joined.map(({ from_m, to_m }) => [from_m, to_m])).toEqual([
      [0, 9],
      [9, 12],
      [20, 25],
    ]);
  });
});

describe("axes", () => {
  it("have round ticks inside their ends", () => {
    expect(ticks(33, 69, 4)).toEqual([40, 50, 60]);
    expect(ticks(0, 325, 3)).toEqual([0, 200]);
    expect(ticks(5, 5, 4)).toEqual([5]);
  });
  it("map their ends to the ends of the picture, either way round", () => {
    expect(linear([0, 10], [100, 0])(2.5)).toBe(75);
  });
});

describe("a place along a line", () => {
  const along = placeAlong([
    [0, 0],
    [0.001, 0],
    [0.001, 0.001],
  ]);
  it("is found by its share of the length, and stays on the line", () => {
    expect(along(0)).toEqual([0, 0]);
    expect(along(0.25)[0]).toBeCloseTo(0.0005, 9);
    expect(along(0.5)).toEqual([0.001, expect.closeTo(0, 9)]);
    expect(along(2)[1]).toBeCloseTo(0.001, 12);
  });
  it("is the only point of a line of one point", () => {
    expect(placeAlong([[3, 4]])(0.5)).toEqual([3, 4]);
  });
});

describe("the middle of many places", () => {
  it("is not pulled away by one far place", () => {
    const places = [
      [1, 1],
      [2, 3],
      [90, 80],
    ];
    expect(medianPlace(places)).toEqual([2, 3]);
    expect(medianPlace([])).toBeNull();
  });
});
