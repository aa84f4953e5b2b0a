"""The reader of PMTiles that web maps use reads our archives over HTTP."""

import json
from pathlib import Path

from tests.clients.conftest import MODULES, run_node

USE = """
import { PMTiles } from "pmtiles";

const archive = new PMTiles(process.argv[2]);
const header = await archive.getHeader();
const metadata = await archive.getMetadata();
const tile = await archive.getZxy(14, 14791, 6142);
const nothing = await archive.getZxy(14, 0, 0);
console.log(
  JSON.stringify({
    version: header.specVersion,
    type: header.tileType,
    zooms: [header.minZoom, header.maxZoom],
    layers: metadata.vector_layers.map((layer) => layer.id),
    bytes: tile.data.byteLength,
    etag: header.etag,
    nothing: nothing === undefined,
  }),
);
"""


def test_an_archive_is_read_by_ranges(service: str, tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(MODULES)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "use.js").write_text(USE)
    found = json.loads(run_node("node", "use.js", f"{service}/api/sample/archives/guide.pmtiles", cwd=tmp_path))
    assert found["version"] == 3
    assert found["type"] == 1
    assert "slopes" in found["layers"]
    assert found["bytes"] > 0
    assert found["nothing"]
    assert found["etag"].startswith('"guide-')
