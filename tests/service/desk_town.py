"""The sample town with a desk, served as people serve it, for tests that publish, break and mend."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.service.colleague import Colleague
from tests.service.serving import PATIENCE_S, ROOT

AREA = "sample"
PAIR = ("mihon-zaka", "seigen-zaka")
"""Two slopes that these tests change together."""


def lay_out(sample: Path, data: Path) -> Path:
    """A folder of data with the sample built in it; gives it back."""
    area = data / "build" / AREA
    shutil.copytree(sample, area / sample.name)
    (area / "current").symlink_to(sample.name)
    return data


@dataclass
class Process:
    """The service and all that it starts, in a session of its own, so that all of it can be killed at once."""

    data: Path
    environment: dict[str, str] = field(default_factory=dict)
    address: str = ""
    _process: "subprocess.Popen[str] | None" = None

    def start(self) -> None:
        """Begin, until it answers."""
        command = [sys.executable, "-m", "guide", "serve", "--port", "0"]
        with (self.data / "service.log").open("a") as log:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, "HYAKUSAKA_DATA": str(self.data), "PYTHONUNBUFFERED": "1", **self.environment},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        found = re.fullmatch(r"hyakusaka is at (\S+)\n", line)
        assert found, line + (self.data / "service.log").read_text()[-3000:]
        self.address = found[1]

    def kill(self) -> None:
        """As a power cut would, as far as a process can tell."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(PATIENCE_S)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process = None

    def builder(self) -> int | None:
        """The process that builds, if there is one."""
        assert self._process is not None
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                if int(status.read_text().rpartition(")")[2].split()[3]) != self._process.pid:
                    continue
                command = (status.parent / "cmdline").read_bytes().split(b"\0")
            except (OSError, IndexError):
                continue
            if b"work" in command and b"tiles" in command:
                return int(status.parent.name)
        return None

    def stop(self) -> None:
        """End, however it stands."""
        if self._process is not None:
            self.kill()


@contextmanager
def running(data: Path, **environment: str) -> Iterator[Process]:
    """The service; whatever is left of it at the end is killed."""
    process = Process(data, {"HYAKUSAKA_RATE_PER_S": "0", **environment})
    process.start()
    try:
        yield process
    finally:
        process.stop()


def import_rows(who: Colleague, rows: Sequence[str]) -> bool:
    """Drop a table and apply all of it; whether the desk said that it was done."""
    reply = who.post("files", {}, files={"file": ("rows.csv", "\n".join(["id,name,lat,lng", *rows]).encode())})
    if reply.status_code != 303:
        return False
    path = reply.headers["location"]
    page = who.get(path).text
    stamp = re.search(r'name="stamp" value="(\w+)"', page)
    assert stamp
    return who.post(path, {"act": "apply", "stamp": stamp[1]}).status_code == 303


def publish_pair(who: Colleague) -> bool:
    """Show visitors the pair as it stands; whether the desk said that it was done."""
    waiting = re.findall(r'name="chosen" value="([^"]+)"', who.get("publish").text)
    chosen = [each for each in waiting if each.partition("@")[0] in PAIR]
    return who.post("publish", {"chosen": chosen}).status_code == 303
