"""The real service as a process of its own, started as people start it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_S = 120


@dataclass(frozen=True, slots=True)
class Serving:
    """A running service: its address, its process, and the file that its log goes to."""

    address: str
    process: "subprocess.Popen[str]"
    log: Path

    def get(self, path: str) -> httpx.Response:
        """A reply over a connection of its own."""
        return httpx.get(f"{self.address}{path}", timeout=PATIENCE_S)

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def workers(self) -> list[int]:
        """The ids of its worker processes."""
        found = []
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text().split()]
        return found


@contextmanager
def serving(data: Path, *arguments: str, **environment: str) -> Iterator[Serving]:
    """The service over ``data``; it must end well when it is told to."""
    command = [sys.executable, "-m", "guide", "serve", "--port", "0", *arguments]
    log = data / "service.log"
    with (
        log.open("w") as output,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "HYAKUSAKA_DATA": str(data), "PYTHONUNBUFFERED": "1", **environment},
            stdout=subprocess.PIPE,
            stderr=output,
            text=True,
        ) as process,
    ):
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.fullmatch(r"hyakusaka is at (http://127\.0\.0\.1:\d+)\n", line)
            assert found, line + log.read_text()
            yield Serving(found[1], process, log)
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE_S) in {0, -signal.SIGKILL}  # a test may kill it
        finally:
            process.kill()
