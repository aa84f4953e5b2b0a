import { describe, expect, it } from "vitest";
import { fold, matches, sortSlopes } from "../src/text/search";
import { slope } from "./helpers";

const SLOPES = [
  slope({
    id: "a",
    name: "桜坂",
    reading: "さくらざか",
    name_en: "Cherry Slope",
    mean_grade_percent: 9,
    length_m: 300,
  }),
  slope({ id: "b", name: "Rua da Bainharia", mean_grade_percent: -21, length_m: 120 }),
  slope({ id: "c", name: "名なし坂" }),
];

describe("search", () => {
  const found = (query: string) =>
    SLOPES.filter((each) => matches(each, query)).map((each) => each.properties.id);

  it("finds by kanji, by either kana, by English, whatever the width and case", () => {
    for (const query of ["桜", "さくら", "サクラ", "cherry", "CHERRY slope", "ｃｈｅｒｒｙ"]) {
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
  const order = (by: "steepest" | "longest" | "name") =>
    sortSlopes(SLOPES, by, new Intl.Collator("en"), (each) => each.properties.id).map(
      (each) => each.properties.id,
    );

  it("puts the unknown last, and counts down as steep as up", () => {
    expect(order("steepest")).toEqual(["b", "a", "c"]);
    expect(order("longest")).toEqual(["a", "b", "c"]);
    expect(order("name")).toEqual(["a", "b", "c"]);
  });
});
