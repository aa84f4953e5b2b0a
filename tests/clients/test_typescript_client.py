"""A typed TypeScript client, made from the description, meets the service."""

from pathlib import Path

from tests.clients.conftest import MODULES, run_node

USE = """
import createClient from "openapi-fetch";
import type { paths, components } from "./schema.d.ts";

const baseUrl = process.argv[2] ?? "";
const client = createClient<paths, "application/json" | "application/problem+json">({ baseUrl });
const geojson = createClient<paths, "application/geo+json" | "application/problem+json">({ baseUrl });
const must = (fine: boolean, what: string): void => {
  if (!fine) throw new Error(what);
};

const areas = await client.GET("/api");
const area: string = areas.data?.areas[0]?.id ?? "";

const page = await geojson.GET("/api/{area_id}/collections/slopes/items", {
  params: { path: { area_id: area }, query: { themes: ["view"], limit: 3, lang: "en" } },
});
const slopes: components["schemas"]["SlopeFeature"][] = page.data?.features ?? [];
must(slopes.length > 0, `no slopes: ${JSON.stringify(page.error)}`);
for (const slope of slopes) {
  const grade: number | null = slope.properties.mean_grade_percent;
  must(grade === null || Math.abs(grade) < 100, "odd grade");
  must(slope.properties.themes.includes("view"), "wrong theme");
}

const id = slopes[0]?.id ?? "";
const route = await client.POST("/api/{area_id}/routes", {
  params: { path: { area_id: area } },
  body: { stops: [{ slope: id, direction: "up" }], walker: { preset: "tourist" }, alternatives: false, language: "en" },
});
must((route.data?.distance_m ?? 0) > 0, "no way");
must(route.data?.legs[0]?.slope === id, "another slope");

// @ts-expect-error: the description knows no such direction, so neither does the client
const wrong: components["schemas"]["StopRequest"]["direction"] = "sideways";

const missing = await geojson.GET("/api/{area_id}/collections/slopes/items/{item_id}", {
  params: { path: { area_id: area, item_id: "no-such-slope" } },
});
const problem: components["schemas"]["Problem"] | undefined = missing.error;
must(problem?.status === 404 && missing.data === undefined, `no problem: ${wrong}`);
console.log("met");
"""


def test_a_client_made_from_the_description_is_typed_and_works(service: str, description: Path, tmp_path: Path) -> None:
    binaries = MODULES / ".bin"
    (tmp_path / "node_modules").symlink_to(MODULES)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "use.ts").write_text(USE)
    (tmp_path / "globals.d.ts").write_text("declare const process: { argv: string[] };\n")
    types = [str(binaries / "openapi-typescript"), str(description), "-o", "schema.d.ts"]
    run_node(*types, "--default-non-nullable", "false", cwd=tmp_path)
    run_node(
        str(binaries / "tsc"), "--strict", "--target", "es2022", "--module", "nodenext", "--skipLibCheck", "--lib",
        "es2022,dom", "--noEmitOnError", "--outDir", "out", "use.ts", "globals.d.ts", cwd=tmp_path,
    )  # fmt: skip
    assert run_node("node", "out/use.js", service, cwd=tmp_path) == "met\n"
