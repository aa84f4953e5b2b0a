"""The builder beside the service: a process of its own, started once there is a desk, started again if it dies."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Final

import structlog

from guide.settings import Settings

_LOOK_EVERY_S: Final = 0.5
_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 60.0
_PATIENCE_S: Final = 20.0


class BuilderProcess:
    """Keeps ``python -m tiles work`` running while ``wanted`` says so."""

    def __init__(self, settings: Settings, wanted: Callable[[], bool]) -> None:
        self._command = [sys.executable, "-m", "tiles", "work", "--out", str(settings.build_root)]
        self._environment = {**os.environ, **settings.to_environment()}
        self._wanted = wanted
        self._stop = Event()
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Start it, watch it, start it again; ends when told to stop."""
        pause_s = _FIRST_PAUSE_S
        while not self._stop.wait(_LOOK_EVERY_S):
            if self._process is None:
                if self._wanted():
                    self._process = subprocess.Popen(self._command, env=self._environment, stdin=subprocess.DEVNULL)  # noqa: S603
            elif (code := self._process.poll()) is not None:
                structlog.get_logger().error("the builder has ended; it is started again", code=code, after_s=pause_s)
                self._process = None
                self._stop.wait(pause_s)
                pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

    def stop(self) -> None:
        """End it; what it had begun leaves the old build as it was."""
        self._stop.set()
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def builder_beside(settings: Settings, wanted: Callable[[], bool]) -> Iterator[None]:
    """A builder for as long as the service runs."""
    builder = BuilderProcess(settings, wanted)
    thread = Thread(target=builder.run, daemon=True, name="builder")
    thread.start()
    try:
        yield
    finally:
        builder.stop()
        thread.join(timeout=5)
