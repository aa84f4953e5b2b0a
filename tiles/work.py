"""The builder as a process beside the service: what the desk has published is built, one area after the other.

It needs no queue that could be lost. The published catalogue names itself, the current build names the files that it
was made from; where the two differ there is something to do, however often anything died in between.
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Final

import structlog

from guide.area.files import CURRENT
from guide.area.manifest import read_manifest
from guide.area.progress import BuildProgress, BuildState, FailedFor, read_progress, write_progress
from guide.area.read import current_build
from guide.catalogue.folders import find_published
from guide.catalogue.published import PublishedRecord, read_record
from guide.domain.errors import BuildError, BuildRunningError, DepotError, GuideError, NotBuiltError, SourceError
from guide.files import hold_alone
from tiles.areas import data_folder
from tiles.depot import Depot
from tiles.progress import Stage, untold
from tiles.rebuild import CatalogueBuilder, has_streets

_LOOK_EVERY_S: Final = 0.1
_TRY_AGAIN_AFTER: Final = timedelta(seconds=30)
"""What failed once may do so again: a full disc is tried again at leisure, anything else that is published at once."""

_LOCK: Final = ".worker.lock"


class CatalogueWorker:
    """Builds what was published. ``now`` tells the time; services of many machines serve from a ``depot``."""

    def __init__(
        self,
        out: Path,
        stage: Callable[[str], Stage] = untold,
        now: Callable[[], datetime] | None = None,
        depot: Depot | None = None,
    ) -> None:
        self._out = out
        self._depot = depot
        self._stage = stage
        self._now = now or (lambda: datetime.now(UTC))
        self._builders: dict[str, CatalogueBuilder] = {}
        self._lock: IO[str] | None = None
        self._seen: dict[str, tuple[Path, str]] = {}
        self._away = ""

    def run(self, goes_on: Callable[[], bool]) -> None:
        """Look, and build, for as long as it is told to."""
        try:
            while goes_on():
                if not self._is_alone() or not self.look():
                    time.sleep(_LOOK_EVERY_S)
        finally:
            if self._lock is not None:
                self._lock.close()
                self._lock = None

    def look(self) -> bool:
        """Build one area whose catalogue was published since its last build; whether there was one."""
        for area in self._areas():
            folder = find_published(data_folder(), area)
            if folder is None or self._seen.get(area) == (folder, self._current(area)):
                continue
            record = read_record(folder)
            if record is None or not self._is_here(area):
                continue
            if self._is_built(area, record):
                self._seen[area] = (folder, self._current(area))
            elif self._is_wanted(area, record):
                self._build(area, record)
                return True
        return False

    def _areas(self) -> list[str]:
        """The areas that anything was published of."""
        root = data_folder() / "catalogue"
        return sorted(path.name for path in root.iterdir() if path.is_dir()) if root.is_dir() else []

    def _current(self, area: str) -> str:
        """The name of the build that is served; empty if there is none."""
        if self._depot is not None:
            return self._depot.find_current(area)
        try:
            return (self._out / area / CURRENT).readlink().name
        except OSError:
            return ""

    def _is_here(self, area: str) -> bool:
        """Whether the build that is served lies here, fetched if it does not."""
        if self._depot is None:
            return True
        try:
            self._depot.pull(area)
        except (GuideError, OSError) as error:
            message = str(error)
            if message != self._away:  # said once
                structlog.get_logger().error("a published catalogue must wait", area=area, error=message)
            self._away = message
            time.sleep(_LOOK_EVERY_S)
            return False
        self._away = ""
        return True

    def _is_built(self, area: str, record: PublishedRecord) -> bool:
        """Whether the current build was made from these very files; an area that nobody has built has no desk."""
        try:
            manifest = read_manifest(current_build(self._out, area))
        except NotBuiltError:
            return True
        built = {each.file: each.sha256 for each in manifest.inputs}
        if any(built.get(name) != sha256 for name, sha256 in record.files.items()):
            return False
        self._tell(area, record, BuildState.DONE)
        return True

    def _is_wanted(self, area: str, record: PublishedRecord) -> bool:
        """Whether it is time to build: at once, but what failed waits a while."""
        last = read_progress(self._out / area)
        if last is None or last.publication != record.publication or last.state is not BuildState.FAILED:
            return True
        waited = self._now() - last.at
        return not timedelta() <= waited < _TRY_AGAIN_AFTER  # a clock that was put back is no reason to wait for it

    def _build(self, area: str, record: PublishedRecord) -> None:
        """Build an area, and say how it went."""
        self._tell(area, record, BuildState.BUILDING)
        log = structlog.get_logger().bind(area=area, publication=record.publication)
        begun = time.perf_counter()
        try:
            self._make(area)
            if self._depot is not None:
                self._depot.push(area)
        except BuildRunningError:
            time.sleep(_LOOK_EVERY_S)  # somebody builds the whole area; ours comes after theirs
            return
        except Exception as error:  # noqa: BLE001 (whatever it is, the desk says it and the old build stays)
            self._builders.pop(area, None)
            detail = error.message if isinstance(error, GuideError) else f"{type(error).__name__}: {error}"
            self._tell(area, record, BuildState.FAILED, _reason(error), detail)
            log.error("a published catalogue could not be built", error=detail)  # noqa: TRY400 (one line says it)
            return
        self._tell(area, record, BuildState.DONE)
        log.info("a published catalogue is built", seconds=round(time.perf_counter() - begun, 3))

    def _make(self, area: str) -> None:
        if has_streets(self._out, area):
            if area not in self._builders:
                self._builders[area] = CatalogueBuilder(area, self._out, self._stage(area))
            self._builders[area].build()
            return
        from tiles.build import build_catalogue  # noqa: PLC0415 (a town without streets is rare, and its parts are large)
        from tiles.download import Network  # noqa: PLC0415
        from tiles.jobs import prepare  # noqa: PLC0415

        build_catalogue(prepare(area, out=self._out, network=Network(allowed=False)))

    def _tell(
        self, area: str, record: PublishedRecord, state: BuildState, reason: FailedFor | None = None, detail: str = ""
    ) -> None:
        last = read_progress(self._out / area)
        if last is not None and (last.publication, last.state) == (record.publication, state) == (
            record.publication, BuildState.DONE,
        ):  # fmt: skip
            return
        progress = BuildProgress(
            publication=record.publication, state=state, at=self._now(), reason=reason, detail=detail[:500]
        )
        try:
            write_progress(self._out / area, progress)
            if self._depot is not None:
                self._depot.tell(area, progress)
        except (OSError, DepotError) as error:  # a full disc: what was built is still there
            structlog.get_logger().error("cannot say how a build goes", error=str(error))

    def _is_alone(self) -> bool:
        """Whether no other worker builds here; one that does may end, and this one takes over."""
        if self._lock is None:
            self._lock = hold_alone(self._out / _LOCK)
        return self._lock is not None


def while_parent_lives() -> Callable[[], bool]:
    """Tells whether the process that started this one is still there."""
    parent = os.getppid()
    return lambda: os.getppid() == parent


def _reason(error: Exception) -> FailedFor:
    match error:
        case SourceError():
            return FailedFor.SOURCE
        case BuildError() | OSError():
            return FailedFor.DISC
        case NotBuiltError():
            return FailedFor.STREETS
        case _:
            return FailedFor.OTHER
