"""The builder beside the service is started, started again, and ended with it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from guide.service.builder import BuilderProcess
from guide.settings import Settings


@pytest.fixture
def builder(tmp_path: Path) -> BuilderProcess:
    made = BuilderProcess(Settings(build_root=tmp_path / "build"))
    made._command = [sys.executable, "-c", "import time; time.sleep(60)"]  # noqa: SLF001
    return made


def pid_of(builder: BuilderProcess) -> int:
    assert builder._process is not None  # noqa: SLF001
    return builder._process.pid  # noqa: SLF001


def test_one_that_dies_is_started_again_after_a_pause(builder: BuilderProcess) -> None:
    now = [100.0]
    builder._clock = lambda: now[0]  # noqa: SLF001
    builder.look()
    first = pid_of(builder)
    builder.look()
    assert pid_of(builder) == first
    pauses = []
    for _ in range(3):
        os.kill(pid_of(builder), signal.SIGKILL)
        builder._process.wait()  # type: ignore[union-attr]  # noqa: SLF001
        builder.look()
        assert builder._process is None  # noqa: SLF001
        began = now[0]
        while builder._process is None:  # noqa: SLF001
            now[0] += 0.5
            builder.look()
        pauses.append(now[0] - began)
    assert pauses == [1.0, 2.0, 4.0]
    builder.stop()
    assert builder._process is None  # noqa: SLF001


def test_the_real_one_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    script = (
        "import time; from pathlib import Path\n"
        "from guide.service.builder import BuilderProcess\n"
        "from guide.settings import Settings\n"
        f"builder = BuilderProcess(Settings(build_root=Path({str(tmp_path / 'build')!r})))\n"
        "builder.look(); print(builder._process.pid, flush=True); time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    lock = tmp_path / "build" / ".worker.lock"
    deadline = time.monotonic() + 30
    while not lock.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert lock.exists()  # it works
    parent.kill()
    parent.wait()
    parent.stdout.close()
    while time.monotonic() < deadline and Path(f"/proc/{child}").exists() and "Z" not in _state(child):
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists() or "Z" in _state(child)


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0]
    except OSError:
        return "Z"
