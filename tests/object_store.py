"""A server that speaks S3 for real, and a line to it that can be cut or made slow."""

import selectors
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Event, Lock, Thread

import httpx
import pytest
from moto.server import ThreadedMotoServer

_PART = 65_536


@dataclass
class ObjectStore:
    """A running server; ``environment`` is what a client needs to reach it."""

    address: str
    numbers: Iterator[int]

    def bucket(self) -> str:
        """The address of a new bucket."""
        name = f"bucket-{next(self.numbers)}"
        assert httpx.put(f"{self.address}/{name}").status_code == 200
        return f"s3://{name}/depot"

    def environment(self, endpoint: str | None = None) -> dict[str, str]:
        return {
            "AWS_ENDPOINT_URL": endpoint or self.address,
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
        }


@contextmanager
def run_object_store() -> Iterator[ObjectStore]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        _, port = server.get_host_and_port()
        yield ObjectStore(f"http://127.0.0.1:{port}", count())
    finally:
        server.stop()


@contextmanager
def used(environment: dict[str, str]) -> Iterator[None]:
    """Clients of this process reach the store."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        yield


class Line:
    """A line to a server on this machine: it can be cut, so that nobody answers, and each reply can be made slow.

    ``target`` and where it listens are TCP ports, or the paths of Unix sockets.
    """

    def __init__(self, target: int | str, at: str | None = None) -> None:
        self._target = target
        self._family = socket.AF_INET if at is None else socket.AF_UNIX
        self._at: tuple[str, int] | str = ("127.0.0.1", 0) if at is None else at
        self._listener: socket.socket | None = None
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        self._ended = Event()
        self.delay_s = 0.0
        self.restore()

    @property
    def port(self) -> int:
        assert isinstance(self._at, tuple)
        return self._at[1]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def restore(self) -> None:
        """Let it be whole again."""
        listener = socket.socket(self._family)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if isinstance(self._at, str):
            with suppress(FileNotFoundError):
                Path(self._at).unlink()
        listener.bind(self._at)
        if isinstance(self._at, str):
            Path(self._at).chmod(0o666)
        else:
            self._at = listener.getsockname()
        listener.listen(128)
        self._listener = listener
        Thread(target=self._accept, args=(listener,), daemon=True).start()

    def cut(self) -> None:
        """Whoever has called is hung up on, and nobody answers any more."""
        assert self._listener is not None
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            ends, self._open = self._open, set()
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with suppress(OSError, AssertionError):
            self.cut()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        far = socket.socket(socket.AF_UNIX if isinstance(self._target, str) else socket.AF_INET)
        try:
            far.connect(self._target if isinstance(self._target, str) else ("127.0.0.1", self._target))
            with self._lock:
                self._open |= {near, far}
            with selectors.DefaultSelector() as selector:
                selector.register(near, selectors.EVENT_READ, far)
                selector.register(far, selectors.EVENT_READ, near)
                while True:
                    for key, _ in selector.select():
                        part = key.fileobj.recv(_PART)  # type: ignore[union-attr]
                        if not part:
                            return
                        if key.fileobj is far and self.delay_s:
                            time.sleep(self.delay_s)
                        key.data.sendall(part)
        except OSError:
            return
        finally:
            with self._lock:
                self._open -= {near, far}
            near.close()
            far.close()


@contextmanager
def line_to(target: int | str, at: str | None = None) -> Iterator[Line]:
    line = Line(target, at)
    try:
        yield line
    finally:
        line.close()
