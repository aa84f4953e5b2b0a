"""Files by path in one place that many machines reach; the only room that knows what kind of place it is."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import obstore
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import LocalStore, from_url

from guide.domain.errors import DepotError, UsageError
from guide.files import aside

if TYPE_CHECKING:
    from obstore import ObjectMeta
    from obstore.store import ClientConfig, ObjectStore, RetryConfig

_CLIENT: Final["ClientConfig"] = {"timeout": "20s", "connect_timeout": "2s"}
RETRY: Final["RetryConfig"] = {"max_retries": 2}
_FULL: Final = ("No space left", "File too large", "Disk quota exceeded", "QuotaExceeded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file that lies there; ``tag`` changes whenever its content does."""

    size: int
    tag: str
    written: datetime


def is_address(place: str) -> bool:
    """Whether a place is the address of a store, and not the name of a folder."""
    return "://" in place


class Store:
    """A bucket or a folder by its address.

    ``s3://bucket/prefix`` takes its endpoint, region and keys from the environment, as every S3 client does
    (``AWS_ENDPOINT_URL``, which may be one without TLS, ``AWS_REGION``, ``AWS_ACCESS_KEY_ID``,
    ``AWS_SECRET_ACCESS_KEY``); ``gs://``, ``az://`` likewise; ``file:///folder`` is a folder that all machines mount.
    A write is seen whole or not at all.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._store = _open(self.url)

    def find(self, path: str) -> bytes | None:
        """What a file holds, None if there is none.

        Raises:
            DepotError: the store cannot be reached, or refuses.
        """
        with self._told():
            try:
                return obstore.get(self._store, path).bytes().to_bytes()
            except FileNotFoundError:
                return None

    def read(self, path: str) -> bytes:
        """What a file holds.

        Raises:
            DepotError: there is none, or the store cannot be reached, or refuses.
        """
        content = self.find(path)
        if content is None:
            raise DepotError(f"{self.url} has no {path}. Push the build again, or look for who removes files there.")
        return content

    def read_part(self, path: str, start: int, stop: int) -> bytes:
        """The bytes from ``start`` up to ``stop`` of a file.

        Raises:
            DepotError: there is none, or the store cannot be reached, or refuses.
        """
        with self._told():
            try:
                return obstore.get_range(self._store, path, start=start, end=stop).to_bytes()
            except FileNotFoundError as error:
                raise DepotError(f"{self.url} has no {path}. Push the build again.") from error

    def fetch(self, path: str, target: Path) -> None:
        """Copy a file to a local one, written aside and then renamed; it is never in memory whole.

        Raises:
            DepotError: there is none, or the store cannot be reached, or refuses.
        """
        with self._told(), aside(target) as place, place.open("wb") as file:
            try:
                found = obstore.get(self._store, path)
            except FileNotFoundError as error:
                raise DepotError(f"{self.url} has no {path}. Push the build again.") from error
            for part in found.stream():
                file.write(part)

    def write(self, path: str, content: bytes | Path) -> None:
        """Put a file there, in the place of what was there.

        Raises:
            DepotError: the store is full, cannot be reached, or refuses.
        """
        with self._told():
            obstore.put(self._store, path, content)

    def stat(self, path: str) -> Stored | None:
        """What is known of a file, None if there is none."""
        with self._told():
            try:
                return _stored(obstore.head(self._store, path))
            except FileNotFoundError:
                return None

    def list_below(self, prefix: str) -> dict[str, Stored]:
        """Every file below a folder, by its path within that folder, in order."""
        with self._told():
            found = [each for part in obstore.list(self._store, prefix=prefix) for each in part]
        cut = len(prefix) + 1
        return {each["path"][cut:]: _stored(each) for each in sorted(found, key=lambda each: each["path"])}

    def delete(self, paths: list[str]) -> None:
        """Remove files; one that is gone already is no mistake."""
        with self._told():
            for path in paths:
                try:
                    obstore.delete(self._store, path)
                except FileNotFoundError:
                    continue

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what a store can do to a reader or writer into one sentence."""
        try:
            yield
        except (PermissionDeniedError, UnauthenticatedError) as error:
            raise DepotError(f"{self.url} refuses: check the keys, and what they are allowed.") from error
        except (BaseError, OSError) as error:
            if any(word in str(error) for word in _FULL):
                raise DepotError(f"{self.url} is full. What was there before is untouched; make room.") from error
            raise DepotError(f"{self.url} cannot be reached now. What is here already is still served.") from error


def _stored(meta: "ObjectMeta") -> Stored:
    return Stored(size=meta["size"], tag=meta["e_tag"] or "", written=meta["last_modified"])


def _open(url: str) -> "ObjectStore":
    scheme, _, rest = url.partition("://")
    try:
        if scheme == "file" and rest.startswith("/"):
            return LocalStore(prefix=rest, mkdir=True)
        if rest and scheme in {"s3", "s3a", "gs", "az", "abfs", "abfss"}:
            plain = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
            return from_url(url, client_options={**_CLIENT, "allow_http": plain}, retry_config=RETRY)
    except (BaseError, OSError, ValueError) as error:
        raise UsageError(f"{url} cannot be opened as a store: {str(error).splitlines()[0]}.") from error
    raise UsageError(f"{url!r} is no store. Write it as s3://bucket/prefix, or file:///folder for a shared folder.")
