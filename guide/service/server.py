"""The server process: workers on one port, and a word on stdout once they really listen."""

import gc
import itertools
import multiprocessing
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from dataclasses import replace
from threading import Thread
from typing import Final

from granian import Granian
from granian.constants import Interfaces

from guide.domain.errors import UsageError
from guide.http.tracing import load_opentelemetry
from guide.service.run_folder import run_folder
from guide.settings import Settings

_PATIENCE_S: Final = 60.0
_PAUSE_S: Final = 0.05


def serve(settings: Settings) -> None:
    """Serve until the process is told to end.

    Raises:
        UsageError: the port is taken, or not ours to open, or the host is none of this machine's.
        NotInstalledError: traces are asked for, and OpenTelemetry is not here.
    """
    if settings.otlp_url is not None:
        load_opentelemetry()
    port = _free_port(settings.host, settings.port)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    with run_folder(settings.workers) as folder:
        # The workers are processes of their own, and read their settings there.
        planners = settings.planners if settings.planners is not None else _share_of_cores(settings.workers)
        os.environ.update(replace(settings, run_folder=folder, planners=planners).to_environment())
        _share_with_workers()
        _announce_after_forks(f"http://{host}:{port}", settings.workers)
        Granian(
            "guide.service.app:create_from_environment",
            address=settings.host,
            port=port,
            interface=Interfaces.ASGI,
            workers=settings.workers,
            factory=True,
            websockets=False,
            log_enabled=False,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
            process_name=None,
        ).serve()


def _share_of_cores(workers: int) -> int:
    """How many planner processes each worker has: all of them together one a core, and none without any."""
    return max(len(os.sched_getaffinity(0)) // workers, 1)


def _share_with_workers() -> None:
    """Load the program once, before the workers are forked off: they start at once and share its memory."""
    if multiprocessing.get_start_method() == "fork":
        import guide.service.app  # noqa: F401, PLC0415 (only here)

        gc.collect()
        gc.freeze()  # what is never looked at by the collector is never copied


def _free_port(host: str, port: int) -> int:
    """The port, proven free (the server itself would share one that another server holds); 0 finds one."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)  # two may bind a port, only one may listen
            return int(probe.getsockname()[1])
    except OSError as error:
        raise UsageError(
            f"Cannot listen on {host}:{port} ({error.strerror}). Choose another with --port, or end what uses it."
        ) from error


def _announce_after_forks(address: str, workers: int) -> None:
    """Start announcing when the last worker has been forked off: a fork must meet no other thread of ours."""

    def announce() -> None:
        Thread(target=_announce, args=(address,), daemon=True).start()

    if multiprocessing.get_start_method() != "fork":
        announce()
        return
    forks = itertools.count(1)
    os.register_at_fork(after_in_parent=lambda: announce() if next(forks) == workers else None)


def _announce(address: str) -> None:
    """Say where the service is, once it answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    local = address.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        try:
            with opener.open(f"{local}/healthz", timeout=1):
                break
        except (OSError, urllib.error.URLError):
            time.sleep(_PAUSE_S)
    else:
        return
    sys.stdout.write(f"hyakusaka is at {local}\n")
    sys.stdout.flush()
