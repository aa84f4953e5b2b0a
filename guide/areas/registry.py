"""The registry of areas: opened when first asked for, and again when a new build has been published."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Final

import structlog

from guide.area.manifest import Manifest
from guide.area.progress import BuildProgress
from guide.areas.origin import Origin
from guide.areas.served import ServedArea
from guide.domain.errors import DepotError, NotBuiltError, UnknownAreaError

_LOOK_EVERY_S: Final = 0.25
MOST_OPEN: Final = 64
"""Areas that a process keeps open; one takes from some megabytes to some dozens."""

_FIRST: Final = "muroran"
"""The place that all this is for opens first, once it is fully built."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArea:
    """An area that can be served: its build, and what that says of itself."""

    build_id: str
    manifest: Manifest

    @property
    def id(self) -> str:
        """The area's id."""
        return self.manifest.area.id


@dataclass(slots=True)
class _Entry:
    """What is known of one area. ``target`` is the build that is served, or the damaged one that is not."""

    served: ServedArea
    target: str
    looked_at: float
    used_at: float
    opening: bool = False


class AreaRegistry:
    """All areas of an origin; safe for many threads.

    A new build is opened aside, while the old one still answers; a damaged one is logged and never served. At most
    ``most_open`` areas are kept open, those asked for last.
    """

    def __init__(
        self,
        origin: Origin,
        only: tuple[str, ...] = (),
        clock: Callable[[], float] = time.monotonic,
        prepare: Callable[[ServedArea], object] = lambda _: None,
        most_open: int = MOST_OPEN,
    ) -> None:
        """``prepare`` makes ready what other rooms need of an area before its first visitor comes."""
        self._origin = origin
        self._only = only
        self._clock = clock
        self._prepare = prepare
        self._most_open = most_open
        self._entries: dict[str, _Entry] = {}
        self._known: dict[str, tuple[str, KnownArea | None]] = {}
        self._lock = Lock()

    def list_ids(self) -> list[str]:
        """The areas that can be served: in the order they were asked for, else by name."""
        built = self._origin.list_areas()
        return [area for area in self._only if area in built] if self._only else built

    def list_known(self) -> list[KnownArea]:
        """Every area, the one to show first in front; damaged ones are logged and left out.

        None is opened for it: there may be thousands.

        Raises:
            DepotError: nothing is known of any, and the depot cannot be reached.
        """
        found: list[KnownArea] = []
        away: DepotError | None = None
        for area in self.list_ids():
            try:
                known = self._find_known(area)
            except DepotError as error:
                away = error
                known = self._known.get(area, ("", None))[1]  # as it was before
            if known is not None:
                found.append(known)
        if away is not None and not found:
            raise away
        return found if self._only else sorted(found, key=lambda known: _rank(known.manifest))

    def find_open(self, area: str) -> ServedArea | None:
        """The area if it is open already; never waits for a disc."""
        entry = self._entries.get(area)
        if entry is None:
            return None
        entry.used_at = self._clock()
        if entry.used_at - entry.looked_at >= _LOOK_EVERY_S:
            self._look(area, entry)
        return entry.served

    def serves(self, area: str, build_id: str) -> bool:
        """Whether this very build of an area is the one that is served; never waits for a disc."""
        served = self.find_open(area)
        return served is not None and served.build_id == build_id

    def get(self, area: str) -> ServedArea:
        """The area, opened if it is not yet.

        Raises:
            UnknownAreaError: there is no such area here.
            NotBuiltError: its build is damaged.
            DepotError: it must be fetched, and cannot be now.
        """
        if (served := self.find_open(area)) is not None:
            return served
        with self._lock:
            if area in self._entries:
                return self._entries[area].served
            ids = self.list_ids()
            if area not in ids:  # also keeps names such as ".." away from the disc
                raise UnknownAreaError(f"There is no area {area!r} here. Areas: {', '.join(ids) or 'none built yet'}.")
            served = self._open_current(area)
            now = self._clock()
            self._entries[area] = _Entry(served=served, target=served.build_id, looked_at=now, used_at=now)
            if len(self._entries) > self._most_open:
                del self._entries[min(self._entries, key=lambda each: self._entries[each].used_at)]
            return served

    def read_progress(self, area: str) -> BuildProgress | None:
        """How the build of what the area's desk published goes, None if nobody says."""
        return self._origin.read_progress(area)

    def warm(self, served: ServedArea) -> None:
        """Make ready what the first visitor would otherwise wait for."""
        served.warm()
        self._prepare(served)

    def _find_known(self, area: str) -> KnownArea | None:
        """What the build of an area says of itself, None if it is damaged."""
        target = self._origin.find_target(area)
        if target is None:
            return None
        build, known = self._known.get(area, ("", None))
        if build != target:
            try:
                known = KnownArea(build_id=target, manifest=self._origin.read_manifest(area, target))
            except NotBuiltError as error:
                known = None
                structlog.get_logger().error("area not served", area=area, error=error.message)
            self._known[area] = (target, known)
        return known

    def _open_current(self, area: str) -> ServedArea:
        target = self._origin.find_target(area)
        try:
            return self._open(area, target or "")
        except NotBuiltError:
            newer = self._origin.find_target(area)
            if newer == target:
                raise
            return self._open(area, newer or "")  # it was published, and the other cleared away, at this very moment

    def _open(self, area: str, target: str) -> ServedArea:
        return ServedArea(self._origin.fetch(area, target), self._origin.open_file)

    def _look(self, area: str, entry: _Entry) -> None:
        """Whether another build is to be served: one cheap call; opening it happens in the background."""
        entry.looked_at = self._clock()
        target = self._origin.find_target(area)
        if target is None:
            return  # the area was removed, or is being moved: what is open stays open
        if target == entry.target or entry.opening:
            return
        entry.opening = True
        Thread(target=self._reopen, args=(area, entry, target), daemon=True, name=f"open {area}").start()

    def _reopen(self, area: str, entry: _Entry, target: str) -> None:
        log = structlog.get_logger().bind(area=area, build=target)
        try:
            served = self._open(area, target)
            self.warm(served)
        except DepotError as error:
            log.error("the new build cannot be fetched now, the old one is still served", error=error.message)  # noqa: TRY400 (one line says it)
        except Exception as error:  # noqa: BLE001 (whatever is wrong with the new build, the old one is not)
            entry.target = target
            log.error("the new build is damaged, the old one is still served", error=str(error))  # noqa: TRY400 (as above)
        else:
            entry.target, entry.served = target, served
            log.info("serving a new build")
        finally:
            entry.opening = False


def _rank(manifest: Manifest) -> tuple[bool, bool, bool, float]:
    """Muroran if it is complete, then real areas, the finest heights first, then incomplete ones."""
    return (
        not (manifest.area.id == _FIRST and manifest.complete),
        not (manifest.complete and not manifest.area.sample),
        not manifest.complete,
        min((model.resolution_m for model in manifest.elevation), default=math.inf),
    )
