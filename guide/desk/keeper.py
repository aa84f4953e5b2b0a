"""The keeper: does at its time what was scheduled, writes what was published as files, and sees that they are built.

One of the service's workers does this for all; if it dies, another one takes over. Where services on many machines
share a database, one of them has the schedule and the builder, and each writes the files that its own desk compares
with. Whatever dies between an act and its files, the next look mends.
"""

import time
from threading import Event, Thread
from typing import IO, TYPE_CHECKING, Final, Protocol

import structlog

from guide.desk.opening import OpenOffice
from guide.domain.errors import GuideError
from guide.files import hold_alone

if TYPE_CHECKING:
    from guide.catalogue.store.database import Claim

_EVERY_S: Final = 0.5
_TIDY_EVERY_S: Final = 24 * 3600.0
_LOCK: Final = "desk/keeper.lock"


class Builder(Protocol):
    """Whatever builds what was published."""

    def look(self) -> None:
        """See that it runs."""

    def stop(self) -> None:
        """End it."""


class Keeper:
    """A thread that looks twice a second; the first worker to have the lock does the work."""

    def __init__(self, offices: OpenOffice, builder: Builder | None = None) -> None:
        self._offices = offices
        self._builder = builder
        self._stop = Event()
        self._tidy_at = 0.0
        self._lock: IO[str] | None = None
        self._thread: Thread | None = None
        self._claim: Claim | None = None

    def start(self) -> None:
        """Begin."""
        self._thread = Thread(target=self._run, daemon=True, name="keeper")
        self._thread.start()

    def stop(self) -> None:
        """End, once what is under way is done."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=10)
        self._stop_builder()
        if self._claim is not None:
            self._claim.give_back()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def look(self) -> None:
        """Do what is due."""
        office = self._offices.get()
        office.publishing.publish_due()
        office.write_published()
        if time.monotonic() >= self._tidy_at:
            self._tidy_at = time.monotonic() + _TIDY_EVERY_S
            office.album.forget_unused()
            office.suggestions.forget_senders()

    def _turn(self) -> None:
        """Do what is due if it is ours to do, and see that the builder runs; else see that it does not."""
        office = self._offices.get()
        office.write_published()  # first of all: a builder of ours must not build what was published long ago
        self._claim = self._claim or office.database.claim("keeper")
        if not self._claim.is_held():
            self._stop_builder()
            return
        self.look()
        if self._builder is not None:
            self._builder.look()

    def _stop_builder(self) -> None:
        if self._builder is not None:
            self._builder.stop()

    def _run(self) -> None:
        failing = ""
        while not self._stop.wait(_EVERY_S):
            if not self._offices.is_in_use() or not self._is_mine():
                continue
            try:
                self._turn()
                failing = ""
            except (GuideError, OSError) as error:
                if str(error) != failing:  # said once, not twice a second
                    structlog.get_logger().error("the desk's keeper cannot work", error=str(error))
                failing = str(error)
                if self._claim is not None and not self._claim.was_held:
                    self._stop_builder()  # another one's may run by now
            except Exception as error:  # noqa: BLE001 (the next look may fare better)
                structlog.get_logger().error("the desk's keeper failed", exc_info=error)

    def _is_mine(self) -> bool:
        """Whether this worker is the one that does the work."""
        if self._lock is None:
            self._lock = hold_alone(self._offices.data / _LOCK)
        return self._lock is not None
