import { describe, expect, it } from "vitest";
import { NO_FILTERS } from "../src/explore/filters";
import { readUrl, writeUrl } from "../src/url";
import {
  makesWalk,
  moveStop,
  pointStop,
  type Stop,
  stopFromText,
  stopToText,
} from "../src/walk/stops";

const STOPS: Stop[] = [
  { slope: "nw-culpepper", direction: "up" },
  { landmark: "node/12" },
  { lng_lat: [139.70123, 35.6] },
];

describe("stops as text", () => {
  it("come back as they went", () => {
    for (const stop of STOPS) expect(stopFromText(stopToText(stop))).toEqual(stop);
  });
  it("allow colons inside an id, and a slope without a direction", () => {
    expect(stopFromText("slope:osm:way:7:down")).toEqual({ slope: "osm:way:7", direction: "down" });
    expect(stopFromText("slope:abc")).toEqual({ slope: "abc", direction: "any" });
    expect(stopFromText("slope:osm:7")).toEqual({ slope: "osm:7", direction: "any" });
  });
  it("refuse what is no stop", () => {
    const bad = ["", "slope:", "landmark:", "1", "1,2,3", ",", "abc,1", "200,10", "10,91", "NaN,1"];
    expect(bad.map(stopFromText)).toEqual(bad.map(() => null));
  });
  it("keep no more digits than a finger can point", () => {
    expect(stopToText(pointStop(139.700123456, 35.60000001))).toBe("139.70012,35.6");
  });
});

describe("the order of stops", () => {
  it("moves one stop and stays put at the ends", () => {
    expect(moveStop(STOPS, 0, 1)).toEqual([STOPS[1], STOPS[0], STOPS[2]]);
    expect(moveStop(STOPS, 0, -1)).toEqual(STOPS);
    expect(moveStop(STOPS, 2, 1)).toEqual(STOPS);
  });
});

describe("a walk", () => {
  it("needs two stops, or one slope", () => {
    expect(makesWalk([])).toBe(false);
    expect(makesWalk([{ lng_lat: [1, 2] }])).toBe(false);
    expect(makesWalk([{ slope: "a", direction: "up" }])).toBe(true);
    expect(makesWalk([{ lng_lat: [1, 2] }, { landmark: "b" }])).toBe(true);
  });
});

describe("the address", () => {
  it("says a whole walk, readably", () => {
    const state = {
      area: "portland",
      lang: "ja" as const,
      tab: "walk" as const,
      slope: null,
      landmark: null,
      query: "",
      filters: NO_FILTERS,
      sort: "steepest" as const,
      stops: STOPS,
      preset: "family" as const,
      steps: "never" as const,
    };
    const text = writeUrl(state);
    expect(text).toContain("stop=slope:nw-culpepper:up");
    expect(readUrl(text)).toEqual({ ...state, vanished: [] });
  });
  it("says what one looks for", () => {
    const filters = {
      ...NO_FILTERS,
      themes: ["view", "history"],
      efforts: [1, 2],
      bands: [7],
      stairs: "without" as const,
      within_m: 500,
    };
    const text = writeUrl({ ...readUrl("?area=muroran"), filters, query: " 坂 ", sort: "nearest" });
    expect(text).toContain("theme=view,history");
    const read = readUrl(text);
    expect([read.filters, read.query, read.sort]).toEqual([filters, "坂", "nearest"]);
  });
  it("drops what it cannot understand instead of failing", () => {
    const state = readUrl(
      "?lang=fr&tab=desk&sort=&within=-3&effort=x&stairs=lift&stop=nonsense&stop=1,2&preset=runner&steps=",
    );
    expect(state).toEqual({
      area: null,
      lang: null,
      tab: null,
      slope: null,
      landmark: null,
      query: "",
      filters: NO_FILTERS,
      sort: "steepest",
      stops: [{ lng_lat: [1, 2] }],
      preset: "tourist",
      steps: "allow",
      vanished: [],
    });
  });
  it("hears which stops of an old link are gone, and does not pass it on", () => {
    const read = readUrl("?area=muroran&stop=1,2&vanished=2&vanished=5");
    expect(read.vanished).toEqual([2, 5]);
    expect(writeUrl(read)).not.toContain("vanished");
  });
});
