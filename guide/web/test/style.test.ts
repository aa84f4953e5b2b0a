import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { TileJson } from "../src/api/types";
import { slopeNames } from "../src/map/slope-layers";
import { buildStyle } from "../src/map/style";
import { LEGEND } from "./helpers";

const tiles = (...ids: string[]): TileJson => ({
  tiles: ["/api/sample/tiles/x/WebMercatorQuad/{z}/{y}/{x}"],
  vector_layers: ids.map((id) => ({ id })),
});

describe("the map's style", () => {
  beforeAll(() => {
    vi.stubGlobal("location", { origin: "http://127.0.0.1:8000" });
  });

  const style = (streets: TileJson | null, guide: TileJson | null) =>
    buildStyle({
      legend: LEGEND,
      lang: "ja",
      selected: "it's",
      tiles: { streets, guide },
      names: slopeNames([], "ja", String),
      slopeNames: ["桜坂"],
    });

  it("is valid with everything and with nothing", () => {
    const full = style(
      tiles("streets", "water", "green", "buildings"),
      tiles("slopes", "slope_points", "landmarks"),
    );
    expect(validateStyleMin(full)).toEqual([]);
    expect(validateStyleMin(style(null, null))).toEqual([]);
    expect(full.layers.map((layer) => layer.id)).toContain("water");
  });

  it("asks only our own server, and for no fonts or sprites", () => {
    const full = style(tiles("streets"), tiles("slopes"));
    expect(full.glyphs).toBeUndefined();
    expect(full.sprite).toBeUndefined();
    const addresses = JSON.stringify(full).match(/https?:[^"]+/g) ?? [];
    expect(addresses.length).toBe(2);
    for (const address of addresses) expect(address).toMatch(/^http:\/\/127\.0\.0\.1:8000\/api\//);
  });

  it("leaves out the layers of tiles an area does not have", () => {
    const catalogueOnly = style(null, tiles("slopes"));
    expect(catalogueOnly.layers.map((layer) => layer.id)).not.toContain("street");
  });
});
