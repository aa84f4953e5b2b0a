import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import type { StyleSpecification } from "maplibre-gl";
import { describe, expect, it } from "vitest";
import { holds } from "../src/map/contours";
import { dressStyle } from "../src/map/style";

const AT = "http://127.0.0.1:8000/api/sample/tiles";
const tiles = (name: string) => [`${AT}/${name}/WebMercatorQuad/{z}/{y}/{x}`];
const line = { type: "line", source: "guide", "source-layer": "slopes" } as const;

const TOWN: StyleSpecification = {
  version: 8,
  metadata: {
    "hyakusaka:contours": {
      dem: "relief",
      thresholds: { "11": [50, 250], "14": [10, 50] },
      layers: [
        {
          below: "slope-halo",
          layer: { id: "contours", type: "line", source: "contours", "source-layer": "contours" },
        },
      ],
    },
  },
  sources: {
    guide: { type: "vector", tiles: tiles("guide") },
    relief: { type: "raster-dem", tiles: tiles("relief"), maxzoom: 13, bounds: [1, 2, 3, 4] },
  },
  layers: [
    { id: "paper", type: "background" },
    { id: "slope-halo", ...line },
    { id: "slope", ...line },
    { id: "landmarks", ...line },
  ],
};
const PAPER_ONLY: StyleSpecification = { version: 8, sources: {}, layers: TOWN.layers.slice(0, 1) };
const idsOf = ({ layers }: StyleSpecification): string[] => layers.map((layer) => layer.id);

describe("the town's style, as this page wears it", () => {
  const full = dressStyle(TOWN, "it's");

  it("is valid with everything and with nothing", () => {
    expect(validateStyleMin(full)).toEqual([]);
    expect(validateStyleMin(dressStyle(PAPER_ONLY, null))).toEqual([]);
  });

  it("has the mark of a chosen slope under the slopes, the walk over them, its stops on top", () => {
    const ids = idsOf(full);
    const before = (a: string, b: string): void =>
      expect(ids.indexOf(a), `${a} before ${b}`).toBeLessThan(ids.indexOf(b));
    before("slope-selected", "slope-halo");
    before("slope", "route");
    before("route", "landmarks");
    expect(ids.at(-1)).toBe("stop-numbers");
  });

  it("draws contours from the relief, where the service says", () => {
    const ids = idsOf(full);
    expect(ids.indexOf("contours")).toBe(ids.indexOf("paper") + 1);
    const { contours } = full.sources;
    expect(contours).toMatchObject({ type: "vector", bounds: [1, 2, 3, 4] });
    // The same relief keeps its address, so that a change of language loads nothing anew.
    expect(dressStyle(TOWN, null).sources.contours).toEqual(contours);
  });

  it("leaves out contours and marks where there is nothing to draw them from", () => {
    const bare = dressStyle(PAPER_ONLY, "x");
    expect(bare.sources.contours).toBeUndefined();
    expect(idsOf(bare)).not.toContain("slope-selected");
  });

  it("leaves the service's style as it was", () => {
    expect(idsOf(TOWN)).toHaveLength(4);
  });
});

describe("relief tiles", () => {
  it("are asked for only where there are any", () => {
    const bounds = [144.98, 40.99, 145.02, 41.02];
    expect(holds(bounds, 11, 1848, 767)).toBe(true);
    expect(holds(bounds, 11, 1848, 768)).toBe(false);
    expect(holds(bounds, 0, 0, 0)).toBe(true);
    expect(holds([], 11, 1, 1)).toBe(true);
  });
});
