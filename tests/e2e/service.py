"""The real service in a process of its own, on a free port."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_S = 120.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    """A running service: its address, and a way to stop it before its time."""

    def __init__(self, address: str, process: "subprocess.Popen[bytes]") -> None:
        self.address = address
        self._process = process

    def stop(self) -> None:
        """End it; what has ended stays so."""
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@contextmanager
def serve(build_root: Path, *, cwd: Path = ROOT, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve the builds under ``build_root`` (named ``build``); gives the address, ends the process afterwards."""
    with run_service(build_root, cwd=cwd, environment=environment) as service:
        yield service.address


@contextmanager
def run_service(
    build_root: Path, *, cwd: Path = ROOT, environment: Mapping[str, str] | None = None
) -> Iterator[Service]:
    """Serve the builds under ``build_root`` (named ``build``); ends the process afterwards."""
    data = build_root.parent / f"{build_root.name}-data"
    data.mkdir(exist_ok=True)
    link = data / "build"
    if not link.exists():
        link.symlink_to(build_root)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = data / "service.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "guide", "serve", "--port", str(port)],
            cwd=cwd,
            env={**os.environ, "HYAKUSAKA_DATA": str(data), **(environment or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        service = Service(address, process)
        try:
            _wait_until_ready(address, process, log)
            yield service
        finally:
            service.stop()


def _wait_until_ready(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=10):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the service did not come up:\n{log.read_text(errors='replace')}")
