"""One small HTTP client: few connections, pauses, patience, and nothing kept that was not checked."""

import math
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as RequestsConnectionError
from urllib3.exceptions import HTTPError

from guide.domain.errors import SourceError
from guide.version import __version__
from tiles.fetch.bounded import within
from tiles.fetch.checks import looks_like_html
from tiles.fetch.retry import RETRIED, Gate, Limits, RetryError, backoff_s, retry_after_s

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Told (done, total); the total is 0 while nobody knows it."""

_CHUNK: Final = 1 << 16
_OK: Final = 200
_PARTIAL: Final = 206
_GONE: Final = frozenset({404, 410})
_RANGE_OUTSIDE: Final = 416
_LARGEST_IN_MEMORY: Final = 16 << 20
_WEB_PAGE: Final = "it sent a web page instead of data"
_GRACE_S: Final = 0.2
"""So that a try which notices the deadline itself can say more."""

_BROKEN: Final = (requests.RequestException, HTTPError, OSError)


def silent(done: int, total: int) -> None:
    """Progress that nobody watches."""


def user_agent(contact: str | None) -> str:
    """How we introduce ourselves: operators of public servers ask for a way to reach who asks too much."""
    return f"hyakusaka/{__version__} (+{contact})" if contact else f"hyakusaka/{__version__}"


class Fetcher:
    """Asks servers politely. Use it in a ``with`` block, from as many threads as you like.

    Args:
        limits: how hard servers are asked.
        deadline_s: total time, from the first request, after which everything is given up; None for no end.
        contact: a mail or web address for the User-Agent; the environment's ``HYAKUSAKA_CONTACT`` if not given.
    """

    def __init__(
        self, *, limits: Limits | None = None, deadline_s: float | None = None, contact: str | None = None
    ) -> None:
        self.limits = limits or Limits()
        self._gate = Gate(pause_s=self.limits.pause_s, deadline_s=deadline_s)
        self._slots = threading.BoundedSemaphore(self.limits.connections)
        self._session = requests.Session()
        self._session.headers["User-Agent"] = user_agent(contact or os.environ.get("HYAKUSAKA_CONTACT"))
        adapter = HTTPAdapter(pool_maxsize=self.limits.connections, pool_block=True)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def fetch_bytes(self, url: str, *, check: Callable[[bytes], None]) -> bytes | None:
        """A small body, checked; None where the server says that there is none (404).

        Raises:
            SourceError: it could not be had.
        """

        def once() -> bytes | None:
            with self._answer(url, headers={}, form=None) as answer:
                if answer.status_code in _GONE:
                    return None
                body = bytearray()
                for chunk in self._chunks(answer):
                    body += chunk
                    if len(body) > _LARGEST_IN_MEMORY:
                        raise SourceError(f"{url} is far larger than expected; it was not fetched.")
            checked = bytes(body)
            _checked(lambda: check(checked))
            return checked

        return self._patiently(url, once)

    def fetch_file(
        self,
        url: str,
        path: Path,
        *,
        check: Callable[[Path], None],
        progress: Progress = silent,
        form: Mapping[str, str] | None = None,
    ) -> None:
        """A body into a file, which appears at ``path`` whole and checked, or not at all.

        What arrived before a break is kept beside it and gone on with, now or next time, if the server can.

        Args:
            url: where to ask.
            path: the file; its folder must exist.
            check: raises a SourceError, its message a clause, if the file is not what it should be.
            progress: told bytes.
            form: sent by POST if given; such a reply is never resumed.

        Raises:
            SourceError: it could not be had.
        """
        part = _Part(path, resumable=form is None)

        def once() -> None:
            with self._answer(url, headers=part.headers(), form=form) as answer:
                if answer.status_code in _GONE:
                    raise SourceError(f"{url} does not exist (status {answer.status_code}): check the address.")
                done, total = part.begin(answer)
                with part.path.open("ab" if done else "wb") as file:
                    for chunk in self._chunks(answer):
                        file.write(chunk)
                        done += len(chunk)
                        progress(done, total)
            try:
                _checked(lambda: check(part.path))
            except RetryError:
                part.drop()
                raise
            part.finish()

        self._patiently(url, once)

    def _patiently(self, url: str, once: Callable[[], T]) -> T:
        """Try, and try again after a while, a bounded number of times."""
        host = urlsplit(url).netloc
        reason = f"{host} is slow"
        for failures in range(1, self.limits.tries + 1):
            self._gate.enter(reason)
            try:
                with self._slots:
                    return self._in_time(once)
            except RetryError as error:
                reason = f"{host}: {error.reason}"
                wait_s = error.wait_s if error.wait_s is not None else backoff_s(self.limits, failures)
                if wait_s > self.limits.longest_wait_s:
                    raise SourceError(
                        f"{url} could not be fetched: the server asks to wait {wait_s:.0f} s. Try again later."
                    ) from error
                self._gate.hold(wait_s)
            except OSError as error:  # those of the network are RetryErrors by now
                raise SourceError(f"{url} could not be saved: {error.strerror or error}.") from error
        raise SourceError(f"{url} could not be fetched: {reason}. Tried {self.limits.tries} times; try again later.")

    def _in_time(self, once: Callable[[], T]) -> T:
        """One try, which ends with the deadline if there is one."""
        left_s = self._gate.left_s(math.inf)
        if left_s == math.inf:
            return once()
        try:
            return within(left_s + _GRACE_S, once)
        except TimeoutError as error:
            raise RetryError("it does not answer") from error

    @contextmanager
    def _answer(
        self, url: str, *, headers: Mapping[str, str], form: Mapping[str, str] | None
    ) -> Iterator[requests.Response]:
        """An answer whose body can be read, or one that says there is none; all others raise."""
        timeout = self._gate.left_s(self.limits.stall_s)
        try:
            with self._session.request(
                "GET" if form is None else "POST", url, headers=headers, data=form, stream=True, timeout=timeout
            ) as answer:
                status = answer.status_code
                if status in RETRIED:
                    wait_s = retry_after_s(answer.headers.get("Retry-After"))
                    raise RetryError(f"the server answered {status} {answer.reason}", wait_s)
                if status not in {_OK, _PARTIAL, _RANGE_OUTSIDE, *_GONE}:
                    raise SourceError(f"{url} could not be fetched: the server answered {status} {answer.reason}.")
                yield answer
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, requests.TooManyRedirects) as error:
            raise SourceError(f"{url} is not an address that can be fetched.") from error
        except requests.exceptions.MissingSchema as error:
            raise SourceError(f"{url} is not an address: it must begin with https://.") from error
        except requests.Timeout as error:
            raise RetryError(f"no answer for {timeout:.0f} s") from error
        except RequestsConnectionError as error:
            raise RetryError("it cannot be reached, or it broke the connection") from error

    def _chunks(self, answer: requests.Response) -> Iterator[bytes]:
        """The body as it comes in; a page of HTML is refused, since nothing here asks for one."""
        if "html" in answer.headers.get("Content-Type", "").lower():
            raise RetryError(_WEB_PAGE)
        at_start = True
        while True:
            self._gate.check(f"{urlsplit(answer.url).netloc} is slow")
            try:
                # What is there, not a whole chunk: a server that dribbles must not outlast the deadline.
                chunk = answer.raw.read1(_CHUNK, decode_content=True)
            except _BROKEN as error:
                raise RetryError("the connection broke or stalled half-way") from error
            if not chunk:
                return
            if at_start and looks_like_html(chunk):
                raise RetryError(_WEB_PAGE)
            at_start = False
            yield chunk


class _Part:
    """A file on its way: its bytes so far, and the version of the original that they belong to."""

    def __init__(self, path: Path, *, resumable: bool) -> None:
        self._final = path
        self.path = path.with_name(f"{path.name}.part")
        self._version = path.with_name(f"{path.name}.part.version")
        if not resumable:
            self.drop()

    def headers(self) -> dict[str, str]:
        """Ask for the rest only, and only of the same version (RFC 9110, If-Range)."""
        plain = {"Accept-Encoding": "identity"}  # sizes and ranges are those of the file, not of its packing
        try:
            size, version = self.path.stat().st_size, self._version.read_text()
        except FileNotFoundError:
            return plain
        return plain | {"Range": f"bytes={size}-", "If-Range": version} if size and version else plain

    def begin(self, answer: requests.Response) -> tuple[int, int]:
        """How many bytes are here already, and how many there will be (0: unknown)."""
        if answer.status_code == _RANGE_OUTSIDE:
            self.drop()
            raise RetryError("it has no more of the file than is here already")
        said = answer.headers.get("Content-Length", "")
        length = int(said) if said.isdecimal() else 0
        if answer.status_code == _PARTIAL:
            size = self.path.stat().st_size
            if not answer.headers.get("Content-Range", "").startswith(f"bytes {size}-"):
                self.drop()
                raise RetryError("it sent another part of the file than the one asked for")
            return size, size + length if length else 0
        version = answer.headers.get("ETag", "")
        if not version or version.startswith("W/"):  # a weak one does not promise the same bytes
            version = answer.headers.get("Last-Modified", "")
        self._version.write_text(version)
        return 0, length

    def drop(self) -> None:
        """Forget what is here."""
        for file in (self.path, self._version):
            with suppress(FileNotFoundError):
                file.unlink()

    def finish(self) -> None:
        """Put the file in its place."""
        self.path.replace(self._final)
        self.drop()


def _checked(check: Callable[[], None]) -> None:
    try:
        check()
    except SourceError as error:
        # A bad copy may be a good one next time, so this counts as a failure that may pass.
        raise RetryError(error.message) from error
