"""Builds into a depot: files that are not there yet, then the manifest, then the word that it is to be served."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from guide.area.changes import read_changes, record_changes
from guide.area.files import CHANGES, MANIFEST, SLOPES
from guide.area.manifest import Manifest, build_id, decode_manifest, read_manifest
from guide.depot.layout import FILES, MANIFESTS, changes_path, current_path, file_path, key_path, manifest_path
from guide.depot.store import Store
from guide.domain.errors import DepotError, NotBuiltError

_BUILDS_KEPT: Final = 2


def push_build(store: Store, directory: Path) -> str:
    """Put a finished build into a depot and have it served; returns its id.

    Whatever happens on the way, what was served stays served, and doing it again mends it.

    Raises:
        NotBuiltError: the directory holds no build.
        DepotError: the store is full, cannot be reached, or refuses.
    """
    manifest = read_manifest(directory)
    area, build = manifest.area.id, build_id(directory)
    for name, file in manifest.files.items():
        there = store.stat(file_path(file.sha256))
        if there is None or there.size != file.bytes:
            store.write(file_path(file.sha256), directory / name)
    store.write(manifest_path(area, build), directory / MANIFEST)
    before = find_current(store, area)
    if before != build:
        _push_changes(store, area, before, directory)
        store.write(current_path(area), build.encode())
    return build


def find_current(store: Store, area: str) -> str | None:
    """The id of the build of an area that is to be served, None if there is none."""
    found = store.find(current_path(area))
    return None if found is None else found.decode().strip()


def read_pushed(store: Store, area: str, build: str) -> Manifest | None:
    """What a build in the depot says of itself; None if nothing that this program understands.

    Raises:
        DepotError: the store cannot be reached, or refuses.
    """
    text = store.find(manifest_path(area, build))
    try:
        return None if text is None else decode_manifest(text, f"{store.url}, {area} {build}")
    except NotBuiltError:
        return None


def read_key(store: Store, area: str) -> str | None:
    """What the last build of an area was made from, in the builder's own words."""
    found = store.find(key_path(area))
    return None if found is None else found.decode()


def write_key(store: Store, area: str, key: str) -> None:
    """Write that down."""
    store.write(key_path(area), key.encode())


def clean(store: Store, least_age: timedelta = timedelta(days=1)) -> int:
    """Remove what no build that is kept holds; returns how many files went.

    Of each area the current build stays and the one before. What is younger than ``least_age`` may belong to a build
    that is just being pushed, and stays too.

    Raises:
        DepotError: the store cannot be reached, or refuses.
    """
    newest_kept = datetime.now(UTC) - least_age
    manifests = store.list_below(MANIFESTS)
    by_area: dict[str, list[str]] = {}
    for path in sorted(manifests, key=lambda path: manifests[path].written, reverse=True):
        by_area.setdefault(path.split("/")[0], []).append(path)
    stays: set[str] = set()
    for area, paths in by_area.items():
        served = f"{area}/{find_current(store, area)}.json"
        others = [path for path in paths if path != served]
        stays |= {served, *others[: _BUILDS_KEPT - 1]}
    gone = [path for path, stored in manifests.items() if path not in stays and stored.written <= newest_kept]
    held = {
        file.sha256
        for path in manifests.keys() - set(gone)
        for file in decode_manifest(store.read(f"{MANIFESTS}/{path}"), path).files.values()
    }
    loose = [
        name for name, stored in store.list_below(FILES).items() if name not in held and stored.written <= newest_kept
    ]
    store.delete([f"{MANIFESTS}/{path}" for path in gone])
    store.delete([file_path(name) for name in loose])
    return len(gone) + len(loose)


def _push_changes(store: Store, area: str, before: str | None, directory: Path) -> None:
    """The area's news with what this build changes; a build never fails over its news."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        known = store.find(changes_path(area))
        if known is not None:
            (root / CHANGES).write_bytes(known)
        after = root / build_id(directory)
        after.mkdir()
        (after / SLOPES).write_bytes((directory / SLOPES).read_bytes())
        old = None if before is None else root / before
        if old is not None:
            old.mkdir()
            try:
                manifest = decode_manifest(store.read(manifest_path(area, str(before))), str(before))
                (old / SLOPES).write_bytes(store.read(file_path(manifest.files[SLOPES].sha256)))
            except (DepotError, KeyError):
                return
        record_changes(root, old, after)
        if read_changes(root):
            store.write(changes_path(area), root / CHANGES)
