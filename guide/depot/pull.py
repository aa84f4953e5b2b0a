"""Builds out of a depot, whole, for who builds on them."""

from pathlib import Path

from guide.area.files import MANIFEST
from guide.area.manifest import decode_manifest
from guide.area.read import current_build
from guide.area.write import build_directory, publish
from guide.depot.layout import file_path, manifest_path
from guide.depot.push import find_current
from guide.depot.store import Store
from guide.domain.errors import NotBuiltError


def pull_build(store: Store, area: str, out: Path) -> None:
    """Make the depot's current build of an area the current one in ``out``; nothing is done where it is already.

    Files that the current one here has are not sent again.

    Raises:
        DepotError: the store cannot be reached, or refuses.
        NotBuiltError: the build there is of another schema.
        BuildError: the disc is full, or a build of the area is running here.
    """
    build = find_current(store, area)
    try:
        here = current_build(out, area)
    except NotBuiltError:
        here = None
    if build is None or (here is not None and here.name == build):
        return
    text = store.read(manifest_path(area, build))
    manifest = decode_manifest(text, f"{store.url}, {area} {build}")
    old = {} if here is None else _files(here)
    with build_directory(out / area) as directory:
        for name, file in manifest.files.items():
            target = directory / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if file.sha256 in old:
                target.hardlink_to(old[file.sha256])
            else:
                store.fetch(file_path(file.sha256), target)
        (directory / MANIFEST).write_bytes(text)
        publish(directory, out / area)


def _files(build: Path) -> dict[str, Path]:
    """A build's files by their hashes."""
    manifest = decode_manifest((build / MANIFEST).read_bytes(), str(build))
    return {file.sha256: build / name for name, file in manifest.files.items()}
