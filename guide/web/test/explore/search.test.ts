import { describe, expect, it } from "vitest";
import { fold, matches } from "../../src/explore/search";
import { type SortBy, sortSlopes } from "../../src/explore/sort";
import { slope } from "../helpers";

const SLOPES = [
  slope({
    id: "a",
    name: "桜坂",
    reading: "さくらざか",
    name_en: "Cherry Slope",
    other_names: ["花見坂"],
    mean_grade_percent: 9,
    length_m: 300,
    course_constant_up: 0.5,
  }),
  slope({
    id: "b",
    name: "Rua da Bainharia",
    mean_grade_percent: -21,
    length_m: 120,
    course_constant_up: 0.2,
  }),
  slope({ id: "c", name: "名なし坂" }),
];

describe("search", () => {
  const found = (query: string) =>
    SLOPES.filter((each) => matches(each, query)).map((each) => each.properties.id);

  it("finds by kanji, by either kana, by English, whatever the width and case", () => {
    for (const query of [
      "桜",
      "さくら",
      "サクラ",
      "cherry",
      "CHERRY slope",
      "ｃｈｅｒｒｙ",
      "花見",
    ]) {
      expect(found(query), query).toEqual(["a"]);
    }
  });
  it("finds all for nothing, nothing for nonsense", () => {
    expect(found("  ")).toEqual(["a", "b", "c"]);
    expect(found("zzz")).toEqual([]);
  });
  it("looks past accents but not past the marks of kana", () => {
    expect(fold("São João")).toBe("saojoao");
    expect(fold("がき")).not.toBe(fold("かき"));
  });
});

describe("sorting", () => {
  const far: Record<string, number | null> = { a: 700, b: null, c: 20 };
  const order = (by: SortBy) =>
    sortSlopes(SLOPES, {
      by,
      collator: new Intl.Collator("en"),
      label: (each) => each.properties.id,
      distance_m: (each) => far[each.properties.id] ?? null,
    }).map((each) => each.properties.id);

  it("puts the unknown last, whichever way it counts, and counts down as steep as up", () => {
    expect(order("steepest")).toEqual(["b", "a", "c"]);
    expect(order("easiest")).toEqual(["b", "a", "c"]);
    expect(order("longest")).toEqual(["a", "b", "c"]);
    expect(order("name")).toEqual(["a", "b", "c"]);
  });
  it("puts what is near first, and what has no place last", () => {
    expect(order("nearest")).toEqual(["c", "a", "b"]);
  });
});
