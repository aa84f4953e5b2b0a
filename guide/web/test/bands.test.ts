import { describe, expect, it } from "vitest";
import { bandLabel, bandOf, colourOfBand, colourOfGrade, inkOn } from "../src/bands";
import { wordsOf } from "../src/text/i18n";
import { LEGEND } from "./helpers";

describe("grade bands", () => {
  it("begin at their lower edge and take both directions", () => {
    expect([0, 1.99, 2, -11.9, 12, 80].map((percent) => bandOf(LEGEND, percent))).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
  });
  it("leave the unknown unknown", () => {
    expect(bandOf(LEGEND, null)).toBeNull();
    expect(colourOfGrade(LEGEND, null)).toBe(LEGEND.unknown_colour);
    expect(colourOfBand(LEGEND, -1)).toBe(LEGEND.unknown_colour);
  });
  it("have labels with open ends", () => {
    const labels = LEGEND.bands.map((band) => bandLabel(band, wordsOf("en")));
    expect(labels).toEqual(["<2", "2–12", "12+"]);
  });
  it("let nothing but a colour through to the style", () => {
    const bad = { ...LEGEND, unknown_colour: "url(https://example.org)" };
    expect(colourOfBand(bad, null)).toMatch(/^#[0-9a-f]{6}$/);
  });
  it("put dark ink on pale colours and white on dark ones", () => {
    expect(inkOn("#e2cf6c")).toBe("#0f0c08");
    expect(inkOn("#5e1f6b")).toBe("#ffffff");
  });
});
