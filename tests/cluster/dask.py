"""A Dask cluster as operators run one: a scheduler and workers, each a process of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT

PATIENCE_S = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """Its processes; whoever is ended is ended by its number."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        self._environment = {**os.environ, **environment, "DASK_DISTRIBUTED__COMM__RETRY__COUNT": "0"}
        self.port = free_port()
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self.start_scheduler()

    def start_scheduler(self) -> "subprocess.Popen[bytes]":
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard")
        return self.scheduler

    def start_worker(self, **environment: str) -> "subprocess.Popen[bytes]":
        """Without a nanny: a worker that dies is not started again."""
        folder = self._folder / f"worker-{len(self.processes)}"
        return self._start(
            "worker", self.address, "--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1",
            "--local-directory", str(folder), "--death-timeout", "60", **environment,
        )  # fmt: skip

    def _start(self, *arguments: str, **environment: str) -> "subprocess.Popen[bytes]":
        log = (self._folder / f"log-{len(self.processes)}").open("wb")
        with log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments],
                cwd=ROOT,
                env={**self._environment, **environment},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.processes.append(process)
        return process

    def said(self) -> str:
        return "\n".join(path.read_text(errors="replace")[-3000:] for path in sorted(self._folder.glob("log-*")))


@contextmanager
def run_cluster(folder: Path, workers: int, **environment: str) -> Iterator[Cluster]:
    folder.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(folder, environment)
    try:
        for _ in range(workers):
            cluster.start_worker()
        yield cluster
    finally:
        for process in reversed(cluster.processes):
            process.send_signal(signal.SIGKILL)
        for process in cluster.processes:
            process.wait(PATIENCE_S)
