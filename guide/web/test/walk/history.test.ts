import { describe, expect, it } from "vitest";
import {
  historyFromText,
  type PlannedWalk,
  walkName,
  withoutWalk,
  withWalk,
} from "../../src/walk/history";
import type { Stop } from "../../src/walk/stops";
import { slope } from "../helpers";

const walk = (...stops: Stop[]): PlannedWalk => ({
  area: "a",
  stops,
  preset: "tourist",
  steps: "allow",
  duration_s: 600,
  distance_m: 900,
  ascent_m: null,
});

const up = (id: string): Stop => ({ slope: id, direction: "up" });

describe("walks planned before", () => {
  it("stand once each, the latest first, and not for ever", () => {
    const [a, b] = [walk(up("a")), walk(up("b"))];
    expect(withWalk(withWalk(withWalk([], a), b), a)).toEqual([a, b]);
    expect(withoutWalk([a, b], walk(up("a")))).toEqual([b]);
    const many = Array.from({ length: 50 }, (_, i) => walk(up(`s${i}`)));
    expect(many.reduce(withWalk, [] as readonly PlannedWalk[])).toHaveLength(20);
  });

  it("are read back, and what is spoilt is left out", () => {
    const good = walk({ landmark: "x" }, up("a"), { lng_lat: [1, 2] });
    const text = JSON.stringify([good, { area: "a" }, walk({ slope: 3 } as unknown as Stop), null]);
    expect(historyFromText(text)).toEqual([good]);
    for (const spoilt of [null, "", "{", "3", '{"a":1}']) {
      expect(historyFromText(spoilt)).toEqual([]);
    }
  });

  it("are called after their slopes", () => {
    const known = {
      slopes: ["a", "b", "c"].map((id) => slope({ id })),
      landmarks: [],
      loading: false,
      lang: "en" as const,
    };
    const t = (key: string, values: Record<string, string | number> = {}): string =>
      key === "walk.and" ? "+" : `${values.names ?? key}..${values.count ?? ""}`;
    expect(walkName([{ landmark: "x" }, up("a"), up("b"), up("c")], known, t)).toBe("a+b..1");
    expect(walkName([{ landmark: "x" }, up("a")], known, t)).toBe("a");
  });
});
