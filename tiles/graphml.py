"""``--only graphml``: the network of the current build as GraphML, beside its other files."""

from pathlib import Path

import msgspec

from guide.area.arrays import read_streets
from guide.area.files import GRAPHML, MANIFEST, NETWORK
from guide.area.manifest import read_manifest, write_manifest
from guide.area.read import current_build
from guide.area.write import build_directory, hash_files, link_build, publish
from guide.domain.errors import NotBuiltError


def add_graphml(out: Path, area: str) -> Path:
    """Make the current build again with ``network.graphml`` added; returns its directory.

    The other files are linked, not copied, so they stay the same bytes.

    Raises:
        NotBuiltError: the area has no build, or one without streets.
    """
    from tiles.osm.graph import save_graphml  # noqa: PLC0415 (osmnx takes seconds to import)

    current = current_build(out, area)
    manifest = read_manifest(current)
    if not manifest.complete:
        raise NotBuiltError(f"The area {area!r} has no streets yet. Run: python -m tiles build {area}")
    streets = read_streets(current / NETWORK)
    with build_directory(out / area) as directory:
        link_build(current, directory, lambda path: path.name in {MANIFEST, GRAPHML})
        known = {name: file for name, file in manifest.files.items() if name != GRAPHML}
        save_graphml(streets.network, streets.heights, directory / GRAPHML)
        write_manifest(directory / MANIFEST, msgspec.structs.replace(manifest, files=hash_files(directory, known)))
        return publish(directory, out / area)
