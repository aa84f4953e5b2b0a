import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import en from "../src/strings/en.json";
import ja from "../src/strings/ja.json";

const holes = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe("the two languages", () => {
  it("have the same keys", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(ja).sort());
  });

  it("fill in the same values, and say something everywhere", () => {
    for (const [key, text] of Object.entries(ja)) {
      const other = en[key as keyof typeof en];
      expect(holes(other), key).toEqual(holes(text));
      expect(text.trim() && other.trim(), key).not.toBe("");
    }
  });

  it("hold every word the page shows: no Japanese is written in the code", () => {
    const files = readdirSync("src", { recursive: true, encoding: "utf8" });
    for (const file of files.filter((name) => name.endsWith(".ts"))) {
      const code = readFileSync(`src/${file}`, "utf8")
        .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")
        .replace(/\[ァ-ヶ\]|・/g, "");
      expect(code, file).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
    }
  });
});
