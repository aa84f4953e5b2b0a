"""The registry of areas: opened when first asked for, and again when a new build has been published."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import Final

import structlog

from guide.area.files import CURRENT
from guide.area.manifest import Manifest
from guide.area.read import current_build, list_built_areas
from guide.areas.served import ServedArea
from guide.domain.errors import NotBuiltError, UnknownAreaError

_LOOK_EVERY_S: Final = 0.25
_FIRST: Final = "muroran"
"""The place that all this is for opens first, once it is fully built."""


@dataclass(slots=True)
class _Entry:
    """What is known of one area. ``target`` is the build that is served, or the damaged one that is not."""

    served: ServedArea
    target: str
    looked_at: float
    opening: bool = False


class AreaRegistry:
    """All areas under a build root; safe for many threads.

    A new build is opened aside, while the old one still answers; a damaged one is logged and never served.
    """

    def __init__(
        self,
        build_root: Path,
        only: tuple[str, ...] = (),
        clock: Callable[[], float] = time.monotonic,
        prepare: Callable[[ServedArea], object] = lambda _: None,
    ) -> None:
        """``prepare`` makes ready what other rooms need of an area before its first visitor comes."""
        self._root = build_root
        self._only = only
        self._clock = clock
        self._prepare = prepare
        self._entries: dict[str, _Entry] = {}
        self._lock = Lock()

    def list_ids(self) -> list[str]:
        """The areas that can be served: in the order they were asked for, else by name."""
        built = list_built_areas(self._root)
        return [area for area in self._only if area in built] if self._only else built

    def find_open(self, area: str) -> ServedArea | None:
        """The area if it is open already; never waits for a disc."""
        entry = self._entries.get(area)
        if entry is None:
            return None
        if self._clock() - entry.looked_at >= _LOOK_EVERY_S:
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
            self._entries[area] = _Entry(served=served, target=served.build_id, looked_at=self._clock())
            return served

    def _open_current(self, area: str) -> ServedArea:
        directory = current_build(self._root, area)
        try:
            return ServedArea(directory)
        except NotBuiltError:
            newer = current_build(self._root, area)
            if newer == directory:
                raise
            return ServedArea(newer)  # it was published, and the other cleared away, at this very moment

    def list_open(self) -> list[ServedArea]:
        """Every area that opens, the one to show first in front; the others are logged."""
        found = []
        for area in self.list_ids():
            try:
                found.append(self.get(area))
            except NotBuiltError as error:
                structlog.get_logger().error("area not served", area=area, error=error.message)
        return found if self._only else sorted(found, key=lambda served: _rank(served.manifest))

    def warm(self, served: ServedArea) -> None:
        """Make ready what the first visitor would otherwise wait for."""
        served.warm()
        self._prepare(served)

    def _look(self, area: str, entry: _Entry) -> None:
        """Whether the link has moved: one cheap call; opening what it points to happens in the background."""
        entry.looked_at = self._clock()
        try:
            target = (self._root / area / CURRENT).readlink().name
        except OSError:
            return  # the area was removed, or is being moved: what is open stays open
        if target == entry.target or entry.opening:
            return
        entry.opening = True
        Thread(target=self._reopen, args=(area, entry, target), daemon=True, name=f"open {area}").start()

    def _reopen(self, area: str, entry: _Entry, target: str) -> None:
        log = structlog.get_logger().bind(area=area, build=target)
        try:
            served = ServedArea(self._root / area / target)
            self.warm(served)
        except Exception as error:  # noqa: BLE001 (whatever is wrong with the new build, the old one is not)
            log.error("the new build is damaged, the old one is still served", error=str(error))  # noqa: TRY400 (one line says it)
        else:
            entry.served = served
            log.info("serving a new build")
        finally:
            entry.target, entry.opening = target, False


def _rank(manifest: Manifest) -> tuple[bool, bool, bool, float]:
    """Muroran if it is complete, then real areas, the finest heights first, then incomplete ones."""
    return (
        not (manifest.area.id == _FIRST and manifest.complete),
        not (manifest.complete and not manifest.area.sample),
        not manifest.complete,
        min((model.resolution_m for model in manifest.elevation), default=math.inf),
    )
