"""MapLibre's own validator reads our styles."""

import json
from pathlib import Path

import httpx

from guide.api.styles.theme import THEMES
from tests.clients.conftest import run_node
from tests.conftest import ROOT

USE = """
import { readFileSync } from "node:fs";
import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";

const styles = JSON.parse(readFileSync("styles.json", "utf-8"));
console.log(JSON.stringify(styles.map((style) => validateStyleMin(style).map(String))));
"""


def test_styles_are_valid_with_and_without_their_contours(client: httpx.Client, tmp_path: Path) -> None:
    styles = [
        client.get(f"/api/sample/styles/{theme}.json", params={"lang": lang}).json()
        for theme in THEMES
        for lang in ("ja", "en")
    ]
    for style in list(styles):
        plan = style["metadata"]["hyakusaka:contours"]
        contours = {"type": "vector", "tiles": ["contours://{z}/{x}/{y}"]}
        with_contours = [*style["layers"], *(each["layer"] for each in plan["layers"])]
        styles.append({**style, "sources": {**style["sources"], "contours": contours}, "layers": with_contours})
    (tmp_path / "node_modules").symlink_to(ROOT / "guide" / "web" / "node_modules")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "use.js").write_text(USE)
    (tmp_path / "styles.json").write_text(json.dumps(styles))
    assert json.loads(run_node("node", "use.js", cwd=tmp_path)) == [[]] * len(styles)
