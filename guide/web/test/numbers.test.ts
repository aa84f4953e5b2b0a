import { describe, expect, it } from "vitest";
import { wordsOf } from "../src/text/i18n";
import { decimal, distance, duration, grade, gradeSentence, height } from "../src/text/numbers";

const en = wordsOf("en");
const ja = wordsOf("ja");

describe("grades", () => {
  it("carry their error", () => {
    expect(grade(14.23, 1.28, "en", en)).toBe("14.2 ± 1.3 %");
  });
  it("stand alone where no error is known", () => {
    expect(grade(14.23, null, "en", en)).toBe("14.2 %");
  });
  it("say so when they are not known", () => {
    expect(grade(null, 1, "en", en)).toBe("not known");
    expect(grade(null, null, "ja", ja)).toBe("不明");
  });
  it("show zero as a number, not as unknown", () => {
    expect(grade(0, 0, "en", en)).toBe("0.0 ± 0.0 %");
  });
  it("go downhill with a true minus sign, and never as minus nothing", () => {
    expect(grade(-8.04, null, "en", en)).toBe("−8.0 %");
    expect(decimal(-0.01, 1, "en")).toBe("0.0");
  });
});

describe("sentences about a grade", () => {
  it("tell the rise on a hundred metres", () => {
    expect(gradeSentence(14.2, "en", en)).toContain("14 m in every 100 m");
    expect(gradeSentence(24.6, "ja", ja)).toContain("25 m");
  });
  it("call the flat flat and the unknown unknown", () => {
    expect(gradeSentence(1.2, "en", en)).toBe("Nearly flat (1.2 %).");
    expect(gradeSentence(null, "en", en)).toContain("nobody has measured");
  });
  it("change their words at the bands of effort", () => {
    const said = [7.9, 8, 17.9, 18].map((percent) => gradeSentence(percent, "en", en));
    expect(said[0]).toContain("easy");
    expect(said[1]).toContain("feel it");
    expect(said[2]).toContain("feel it");
    expect(said[3]).toContain("breath");
  });
});

describe("lengths and times", () => {
  it("turn to kilometres at a thousand metres as shown", () => {
    expect(distance(999.4, "en", en)).toBe("999 m");
    expect(distance(999.6, "en", en)).toBe("1.00 km");
    expect(distance(12345, "en", en)).toBe("12.3 km");
  });
  it("give heights a decimal only where it tells", () => {
    expect(height(9.64, "en", en)).toBe("9.6 m");
    expect(height(103.4, "en", en)).toBe("103 m");
  });
  it("are never zero minutes, and round over the hour", () => {
    expect(duration(5, en)).toBe("1 min");
    expect(duration(3599, en)).toBe("1 h");
    expect(duration(3900, ja)).toBe("1 時間 5 分");
  });
});
