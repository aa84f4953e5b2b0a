"""Where builds come from: a folder on this machine, or a depot that many machines share."""

from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final, Protocol

import msgspec
import structlog

from guide.area.files import CURRENT, MANIFEST
from guide.area.manifest import Manifest, read_manifest
from guide.area.progress import BuildProgress, read_progress
from guide.area.read import current_build, list_built_areas
from guide.areas.archive import Content, open_local
from guide.depot.builds import BuildCache
from guide.domain.errors import DepotError
from guide.files import write_whole

POLL_EVERY_S: Final = 1.0
_SNAPSHOT: Final = "current.json"


class Origin(Protocol):
    """What a registry of areas asks of the place where builds lie. A target is a build's id."""

    def list_areas(self) -> list[str]:
        """The ids of all areas that have something to serve, in order."""
        ...

    def find_target(self, area: str) -> str | None:
        """The build of an area that is to be served, None if there is none; never waits for a network."""
        ...

    def fetch(self, area: str, target: str) -> Path:
        """The folder of a build, which may take a while."""
        ...

    def read_manifest(self, area: str, target: str) -> Manifest:
        """What a build says of itself."""
        ...

    def open_file(self, directory: Path, name: str) -> Content | None:
        """A large file of a build, None if it has none of that name."""
        ...

    def read_progress(self, area: str) -> BuildProgress | None:
        """How the build of what the area's desk published goes, None if nobody says."""
        ...


class FolderOrigin:
    """Builds in a folder, each area's current one behind a link."""

    def __init__(self, build_root: Path) -> None:
        self._root = build_root

    def list_areas(self) -> list[str]:
        """The ids of all areas that have something to serve, in order."""
        return list_built_areas(self._root)

    def find_target(self, area: str) -> str | None:
        """Where the link points; one cheap call."""
        try:
            return (self._root / area / CURRENT).readlink().name
        except OSError:
            return None

    def fetch(self, area: str, target: str) -> Path:
        """The folder of a build, or of a newer one if it was cleared away at this very moment.

        Raises:
            NotBuiltError: there is none.
        """
        directory = self._root / area / target
        return directory if (directory / MANIFEST).is_file() else current_build(self._root, area)

    def read_manifest(self, area: str, target: str) -> Manifest:
        """What a build says of itself.

        Raises:
            NotBuiltError: it is damaged, or of another schema.
        """
        return read_manifest(self._root / area / target)

    def open_file(self, directory: Path, name: str) -> Content | None:
        """A file of a build, mapped into memory."""
        return open_local(directory, name)

    def read_progress(self, area: str) -> BuildProgress | None:
        """How the build of what the area's desk published goes, None if nobody says."""
        return read_progress(self._root / area)


class DepotOrigin:
    """Builds of a depot: asked every second what is to be served, by one question for all areas.

    While the depot is away, what was to be served before still is, even after a start.
    """

    def __init__(self, cache: BuildCache, folder: Path) -> None:
        self._cache = cache
        self._snapshot = folder / _SNAPSHOT
        self._current: dict[str, tuple[str, str]] = {}  # area: the tag of its word, and the build that it names
        self._first = Lock()
        self._known = Event()
        self._away = False

    def list_areas(self) -> list[str]:
        """The ids of all areas that have something to serve, in order."""
        self._start()
        return sorted(self._current)

    def find_target(self, area: str) -> str | None:
        """The build that was to be served when the depot was last asked."""
        self._start()
        found = self._current.get(area)
        return None if found is None else found[1]

    def fetch(self, area: str, target: str) -> Path:
        """The folder of a build, fetched if it is not here yet; of it, that which is not read by range.

        Raises:
            DepotError: it is not here, and the depot cannot be reached.
            NotBuiltError: its manifest is damaged, or of another schema.
        """
        return self._cache.fetch(area, target)

    def read_manifest(self, area: str, target: str) -> Manifest:
        """What a build says of itself.

        Raises:
            DepotError: it is not here, and the depot cannot be reached.
            NotBuiltError: it is damaged, or of another schema.
        """
        return self._cache.read_manifest(area, target)

    def open_file(self, directory: Path, name: str) -> Content | None:
        """A file of a build, read by range."""
        return self._cache.open_file(directory, name)

    def read_progress(self, area: str) -> BuildProgress | None:
        """How the build of what the area's desk published goes, None if nobody says or the depot is away."""
        try:
            return self._cache.read_progress(area)
        except DepotError:
            return None

    def _start(self) -> None:
        """Ask for the first time, and go on asking in the background."""
        if self._known.is_set():
            return
        with self._first:
            if not self._known.is_set():
                self._look()
                self._known.set()
                Thread(target=self._poll, daemon=True, name="depot").start()

    def _poll(self) -> None:
        rest = Event()
        while not rest.wait(POLL_EVERY_S):
            self._look()

    def _look(self) -> None:
        try:
            tags = self._cache.list_current()
            current = {
                area: (tag, self._current[area][1])
                if area in self._current and self._current[area][0] == tag
                else (tag, self._cache.read_current(area))
                for area, tag in tags.items()
            }
        except DepotError as error:
            if not self._away:  # said once, not every second
                structlog.get_logger().error("the depot is away, what is here is still served", error=error.message)
            self._away = True
            if not self._current:
                self._current = self._remembered()
            return
        if self._away:
            structlog.get_logger().info("the depot is back")
        self._away = False
        if current != self._current:
            self._current = current
            self._remember(current)

    def _remember(self, current: dict[str, tuple[str, str]]) -> None:
        """Write down what is to be served, for a start while the depot is away."""
        try:
            self._snapshot.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._snapshot, msgspec.json.encode(current))
        except OSError:
            return

    def _remembered(self) -> dict[str, tuple[str, str]]:
        try:
            return msgspec.json.decode(self._snapshot.read_bytes(), type=dict[str, tuple[str, str]])
        except (OSError, msgspec.MsgspecError):
            return {}
