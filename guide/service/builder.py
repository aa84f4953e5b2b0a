"""The builder beside the service: a process of its own, started once there is a desk, started again if it dies."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Final

import structlog

from guide.settings import Settings

_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 60.0
_STEADY_S: Final = 60.0
"""A builder that has run for so long did not die of its start."""

_PATIENCE_S: Final = 20.0


class BuilderProcess:
    """Keeps ``python -m tiles work`` running, as long as somebody looks after it.

    The process ends by itself when the one that started it does, however that ends.
    """

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._command = [sys.executable, "-m", "tiles", "work", "--out", str(settings.build_root)]
        if settings.depot is not None:
            self._command += ["--depot", settings.depot]
        self._environment = {**os.environ, **settings.to_environment()}
        self._clock = clock
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._pause_s = _FIRST_PAUSE_S
        self._again_at = 0.0

    def look(self) -> None:
        """Start it if it does not run; one that dies at once is given longer and longer pauses."""
        now = self._clock()
        if self._process is not None:
            code = self._process.poll()
            if code is None:
                return
            if now - self._started_at >= _STEADY_S:
                self._pause_s = _FIRST_PAUSE_S
            structlog.get_logger().error("the builder has ended", code=code, started_again_in_s=self._pause_s)
            self._process, self._again_at = None, now + self._pause_s
            self._pause_s = min(2 * self._pause_s, _LONGEST_PAUSE_S)
        if now >= self._again_at:
            self._process = subprocess.Popen(self._command, env=self._environment, stdin=subprocess.DEVNULL)  # noqa: S603
            self._started_at = now

    def stop(self) -> None:
        """End it; what it had begun leaves the old build as it was."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None
