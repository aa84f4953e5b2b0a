import { describe, expect, it } from "vitest";
import type { Area } from "../../src/api/types";
import { addressesOf, expectedBytes } from "../../src/offline/town";
import { slope } from "../helpers";

const LINE = {
  type: "LineString" as const,
  coordinates: [
    [0, 0],
    [0, 1],
  ],
};
const AREA = {
  id: "a b",
  tilesets: ["guide", "streets"],
  counts: { slopes: 3, landmarks: 0, tours: 0, closures: 0, streets_km: 1 },
  build: "0123",
  archives: [
    { tileset: "guide", file: "guide-1.pmtiles", bytes: 1000 },
    { tileset: "streets", file: "streets-2.pmtiles", bytes: 5000 },
  ],
} as unknown as Area;

describe("what is taken along", () => {
  const slopes = [
    slope({ id: "with/slash", photo: "/photos/1.jpg" }, LINE),
    slope({ id: "no-line", photo: "https://elsewhere.example/2.jpg" }),
    ...Array.from({ length: 600 }, (_, i) => slope({ id: `s${i}` })),
  ];
  const addresses = addressesOf(AREA, slopes, []);

  it("is each archive whole, every page of the lists, and a profile for each line", () => {
    expect(addresses).toContain("/api/a%20b/archives/guide-1.pmtiles");
    expect(addresses).toContain("/api/a%20b/collections/slopes/items?limit=500&offset=500");
    expect(addresses).toContain("/api/a%20b/collections/landmarks/items?limit=500&offset=0");
    expect(addresses.filter((address) => address.includes("/profile"))).toEqual([
      "/api/a%20b/slopes/with%2Fslash/profile?f=json",
    ]);
  });
  it("is the map in either language, whichever the visitor reads later", () => {
    expect(addresses).toContain("/api/a%20b/styles/day.json?lang=ja");
    expect(addresses).toContain("/api/a%20b/styles/day.json?lang=en");
    expect(addresses).toContain("/api/a%20b/styles/evening.json?lang=en");
  });
  it("holds our own photos, and asks nobody else", () => {
    expect(addresses).toContain("/photos/1.jpg?size=800");
    expect(addresses.every((address) => address.startsWith("/"))).toBe(true);
  });
  it("is asked for once", () => {
    expect(new Set(addresses).size).toBe(addresses.length);
  });
  it("has a size before it is here", () => {
    expect(expectedBytes(AREA, 10)).toBeGreaterThan(6000);
  });
});
