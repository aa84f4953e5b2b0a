import { describe, expect, it } from "vitest";
import {
  climbedM,
  conquest,
  conquestOf,
  merged,
  withConquest,
  withoutConquest,
} from "../../src/hundred/book";
import { bookFromText, bookToText } from "../../src/hundred/file";
import { standingOn } from "../../src/hundred/standing";
import { slope } from "../helpers";

const at = (day: number) => new Date(Date.UTC(2026, 9, day));
const A = conquest("muroran", slope({ id: "a", rise_m: 20 }), "gps", at(2));
const B = conquest("muroran", slope({ id: "b", rise_m: null }), "hand", at(3));

describe("the book", () => {
  it("keeps the first time of a slope, and each town's apart", () => {
    const again = conquest("muroran", slope({ id: "a" }), "hand", at(9));
    const other = conquest("porto", slope({ id: "a" }), "hand", at(9));
    expect(withConquest([A], again)).toEqual([A]);
    expect(withConquest([A], other)).toEqual([A, other]);
    expect(conquestOf([A], "porto", "a")).toBeNull();
  });
  it("gives a slope back", () => {
    expect(withoutConquest([A, B], "muroran", "a")).toEqual([B]);
  });
  it("adds up what is known of the climbs", () => {
    expect(climbedM([A, B])).toBe(20);
  });
  it("merges with another by the earlier time, in the order of time, whichever is first", () => {
    const earlier = conquest("muroran", slope({ id: "a" }), "hand", at(1));
    expect(merged([B, A], [earlier])).toEqual([earlier, B]);
    expect(merged([earlier], [B, A])).toEqual([earlier, B]);
  });
});

describe("the file", () => {
  it("comes back as it went", () => {
    expect(bookFromText(bookToText([A, B]))).toEqual({ kind: "read", book: [A, B], refused: 0 });
  });
  it("says what is wrong with it", () => {
    expect(bookFromText("not json").kind).toBe("unreadable");
    for (const text of ["[]", "null", "7", '{"format":"x","version":1}']) {
      expect(bookFromText(text).kind, text).toBe("foreign");
    }
    expect(bookFromText('{"format":"hyakusaka-book","version":2,"conquests":[]}').kind).toBe(
      "newer",
    );
  });
  it("counts the rows it cannot read, and keeps the others", () => {
    const rows = [A, { ...A, at: "yesterday" }, { ...A, by: "car" }, null, 3, { ...A, slope: "" }];
    const text = JSON.stringify({ format: "hyakusaka-book", version: 1, conquests: rows });
    expect(bookFromText(text)).toEqual({ kind: "read", book: [A], refused: 5 });
  });
});

describe("standing on a slope", () => {
  const line = slope(
    { id: "line" },
    {
      type: "LineString",
      coordinates: [
        [140, 42],
        [140, 42.001],
      ],
    },
  );
  const fix = (lon: number, accuracy_m: number) => ({
    lngLat: [lon, 42.0005] as [number, number],
    accuracy_m,
  });
  it("is within reach of its line, or within the device's own error", () => {
    expect(standingOn(line, fix(140.0002, 5)).kind).toBe("there");
    expect(standingOn(line, fix(140.0006, 60)).kind).toBe("there");
  });
  it("is not known by a device that is too unsure", () => {
    expect(standingOn(line, fix(140, 400))).toEqual({ kind: "vague", accuracy_m: 400 });
  });
  it("is told with the distance when away", () => {
    const told = standingOn(line, fix(140.01, 8));
    expect(told.kind === "away" && Math.round(told.distance_m)).toBe(826);
  });
});
