"""Builds of a depot on the local disc: all but their large archives, in a folder that one can open as a build."""

import fcntl
import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Final

from guide.area.files import BUILDER, CHANGES, MANIFEST
from guide.area.lease import remove_unless_leased
from guide.area.manifest import Manifest, decode_manifest, read_manifest
from guide.area.progress import BuildProgress, decode_progress
from guide.depot.layout import CURRENT, changes_path, current_path, file_path, manifest_path, progress_path
from guide.depot.parts import PartCache, RemoteFile
from guide.depot.store import Store
from guide.domain.errors import DepotError
from guide.files import write_whole

_AT_ONCE: Final = 8
_ASIDE: Final = ".fetching-"


class BuildCache:
    """Builds fetched from a depot into a folder, one for all of a machine's processes.

    What two builds share lies there once. When ``most_bytes`` are exceeded, builds that nobody has open are cleared
    away, those opened longest ago first; archives are not fetched but read by range, and have half of the bound.
    """

    def __init__(self, store: Store, folder: Path, most_bytes: int) -> None:
        self._store = store
        self._folder = folder
        self._most = most_bytes // 2
        self._parts = PartCache(store, folder / "parts", most_bytes // 2)

    def list_current(self) -> dict[str, str]:
        """What is to be served now: the tag of each area's word about it, by area. One question for all areas.

        Raises:
            DepotError: the store cannot be reached, or refuses.
        """
        return {area: stored.tag for area, stored in self._store.list_below(CURRENT).items() if "/" not in area}

    def fetch(self, area: str, build: str) -> Path:
        """The folder of a build, fetched if it is not here yet.

        Raises:
            DepotError: it is not here, and the store cannot be reached, or the disc is full.
            NotBuiltError: its manifest is damaged, or of another schema.
        """
        target = self._folder / "builds" / area / build
        if not (target / MANIFEST).is_file():
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                self._fetch(area, build, target)
            except OSError as error:
                raise DepotError(
                    f"The build {build} of {area} cannot be kept in {self._folder} ({error.strerror}). Make room there."
                ) from error
            self._fetch_changes(area)
        os.utime(target)  # when it was last opened
        return target

    def _fetch(self, area: str, build: str, target: Path) -> None:
        """Fetch a build; of a machine's processes one at a time, so that none clears away what another fetches."""
        with (self._folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (target / MANIFEST).is_file():
                return
            text = self._store.read(manifest_path(area, build))
            manifest = decode_manifest(text, f"{self._store.url}, {area} {build}")
            (self._folder / "files").mkdir(exist_ok=True)
            self._clear()
            for left_over in target.parent.glob(f"{_ASIDE}*"):
                shutil.rmtree(left_over, ignore_errors=True)
            aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=target.parent))
            try:
                wanted = _wanted(manifest)
                with ThreadPoolExecutor(_AT_ONCE) as pool:
                    # Each content once: a file cannot be linked while another thread puts its twin in its place.
                    for done in [pool.submit(self._keep, sha256) for sha256 in {sha256 for _, sha256 in wanted}]:
                        done.result()
                for name, sha256 in wanted:
                    self._link(aside, name, sha256)
                (aside / MANIFEST).write_bytes(text)
                aside.chmod(0o755)
                aside.rename(target)
            finally:
                shutil.rmtree(aside, ignore_errors=True)

    def read_current(self, area: str) -> str:
        """The id of the build of an area that is to be served.

        Raises:
            DepotError: the store cannot be reached, or refuses.
        """
        return self._store.read(current_path(area)).decode().strip()

    def read_progress(self, area: str) -> BuildProgress | None:
        """How the build of what the area's desk published goes, None if nobody says.

        Raises:
            DepotError: the store cannot be reached, or refuses.
        """
        found = self._store.find(progress_path(area))
        return None if found is None else decode_progress(found)

    def read_manifest(self, area: str, build: str) -> Manifest:
        """What a build says of itself; kept here, for a listing of all areas.

        Raises:
            DepotError: it is not here, and the store cannot be reached.
            NotBuiltError: it is damaged, or of another schema.
        """
        kept = self._folder / "manifests" / area / f"{build}.json"
        try:
            text = kept.read_bytes()
        except OSError:
            text = self._store.read(manifest_path(area, build))
            with suppress(OSError):  # a full disc only makes it slower
                shutil.rmtree(kept.parent, ignore_errors=True)  # those of older builds
                kept.parent.mkdir(parents=True, exist_ok=True)
                write_whole(kept, text)
        return decode_manifest(text, f"{self._store.url}, {area} {build}")

    def open_file(self, directory: Path, name: str) -> RemoteFile | None:
        """A file of a fetched build, to be read by range; None if the build has none of that name."""
        file = read_manifest(directory).files.get(name)
        return None if file is None else RemoteFile(self._parts, file.sha256, file.bytes)

    def _keep(self, sha256: str) -> None:
        kept = self._folder / "files" / sha256
        if not kept.is_file():
            self._store.fetch(file_path(sha256), kept)

    def _link(self, directory: Path, name: str, sha256: str) -> None:
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        os.link(self._folder / "files" / sha256, path)

    def _fetch_changes(self, area: str) -> None:
        """The area's news beside its builds; old ones are better than none."""
        root = self._folder / "builds" / area
        try:
            self._store.fetch(changes_path(area), root / CHANGES)
        except DepotError:
            return

    def _clear(self) -> None:
        """Clear away builds that nobody has open, and files that no build is left of, if there is too much of them."""
        files = self._folder / "files"
        held = sum(path.stat().st_size for path in files.iterdir())
        if held <= self._most:
            return
        builds = [path for path in (self._folder / "builds").glob("*/*") if (path / MANIFEST).is_file()]
        for build in sorted(builds, key=lambda path: path.stat().st_mtime):
            remove_unless_leased(build)
            for path in [path for path in files.iterdir() if path.stat().st_nlink == 1]:
                held -= path.stat().st_size
                path.unlink(missing_ok=True)
            if held <= self._most:
                break


def _wanted(manifest: Manifest) -> list[tuple[str, str]]:
    """Names and hashes of the files to fetch: neither archives, nor what only a builder needs."""
    left_out = {*manifest.archives.values(), BUILDER}
    return [(name, file.sha256) for name, file in manifest.files.items() if name not in left_out]
