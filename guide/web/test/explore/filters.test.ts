import { describe, expect, it } from "vitest";
import {
  countOf,
  type Filters,
  NO_FILTERS,
  passes,
  themesOf,
  toggled,
} from "../../src/explore/filters";
import { LEGEND, slope } from "../helpers";

const VIEW = slope({
  id: "view",
  themes: ["view", "spring"],
  effort: 2,
  mean_grade_percent: 5,
  steps: 40,
});
const OLD = slope({ id: "old", themes: ["history"], effort: 5, mean_grade_percent: -20 });
const BARE = slope({ id: "bare" });
const far: Record<string, number> = { view: 100, old: 900 };

const found = (wishes: Partial<Filters>): string[] =>
  [VIEW, OLD, BARE]
    .filter((each) =>
      passes(
        each,
        { ...NO_FILTERS, ...wishes },
        {
          legend: LEGEND,
          distance_m: (one) => far[one.properties.id] ?? null,
          isDone: (id) => id === "old",
        },
      ),
    )
    .map((each) => each.properties.id);

describe("filters", () => {
  it("ask for nothing at first", () => {
    expect(found({})).toEqual(["view", "old", "bare"]);
    expect(countOf(NO_FILTERS)).toBe(0);
  });
  it("take one of several of a kind, but each kind", () => {
    expect(found({ themes: ["view", "history"] })).toEqual(["view", "old"]);
    expect(found({ themes: ["view", "history"], seasons: ["spring"] })).toEqual(["view"]);
    expect(found({ efforts: [1, 5] })).toEqual(["old"]);
  });
  it("know steepness by its band, downhill as well, and the unknown as none", () => {
    expect(found({ bands: [1] })).toEqual(["view"]);
    expect(found({ bands: [2] })).toEqual(["old"]);
    expect(found({ bands: [0] })).toEqual([]);
  });
  it("tell stairs by steps", () => {
    expect(found({ stairs: "with" })).toEqual(["view"]);
    expect(found({ stairs: "without" })).toEqual(["old", "bare"]);
  });
  it("hide what is far, never what has no known distance", () => {
    expect(found({ within_m: 500 })).toEqual(["view", "bare"]);
  });
  it("know what is conquered", () => {
    expect(found({ done: "done" })).toEqual(["old"]);
    expect(found({ done: "open" })).toEqual(["view", "bare"]);
  });
  it("are counted by kind", () => {
    expect(countOf({ ...NO_FILTERS, themes: ["view", "rare"], within_m: 300 })).toBe(2);
  });
});

describe("the choices of a town", () => {
  it("are those its slopes have, known ones first", () => {
    expect(themesOf([OLD, VIEW, BARE], ["view", "rare", "history"])).toEqual([
      "view",
      "history",
      "spring",
    ]);
  });
  it("go in and out", () => {
    expect(toggled([1, 2], 2)).toEqual([1]);
    expect(toggled([1], 2)).toEqual([1, 2]);
  });
});
