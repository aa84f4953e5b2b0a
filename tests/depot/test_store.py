"""Files by path, in a shared folder and in a bucket, by the same words."""

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from guide.depot.store import Store
from guide.domain.errors import DepotError, UsageError
from tests.object_store import ObjectStore, line_to, used


def test_what_is_written_is_read(store: Store, tmp_path: Path) -> None:
    store.write("a/one", b"0123456789")
    (tmp_path / "two").write_bytes(b"two")
    store.write("a/b/two", tmp_path / "two")
    assert store.read("a/one") == b"0123456789"
    assert store.read_part("a/one", 3, 5) == b"34"
    assert {name: stored.size for name, stored in store.list_below("a").items()} == {"b/two": 3, "one": 10}
    store.fetch("a/one", tmp_path / "fetched")
    assert (tmp_path / "fetched").read_bytes() == b"0123456789"


def test_what_is_not_there_is_said(store: Store, tmp_path: Path) -> None:
    assert store.find("none") is None
    assert store.stat("none") is None
    assert store.list_below("none") == {}
    store.delete(["none"])
    for ask in (
        lambda: store.read("none"),
        lambda: store.read_part("none", 0, 1),
        lambda: store.fetch("none", tmp_path / "none"),
    ):
        with pytest.raises(DepotError, match="has no none"):
            ask()
    assert list(tmp_path.glob("*none*")) == []


def test_another_content_has_another_tag(store: Store) -> None:
    store.write("current/a", b"one")
    before = store.list_below("current")["a"].tag
    assert store.list_below("current")["a"].tag == before
    store.write("current/a", b"two")
    assert store.list_below("current")["a"].tag != before


def test_what_is_removed_is_gone(store: Store) -> None:
    for name in ("one", "two"):
        store.write(f"x/{name}", b"")
    store.delete(["x/one", "x/none"])
    assert list(store.list_below("x")) == ["two"]


@pytest.mark.parametrize("url", ["", "depot", "http://x", "file://relative", "s3://", "ftp://x/y"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="no store"):
        Store(url)


def test_a_store_that_is_away_is_said_and_comes_back(object_store: ObjectStore) -> None:
    with line_to(int(object_store.address.rpartition(":")[2])) as line, used(object_store.environment(line.address)):
        store = Store(object_store.bucket())
        store.write("here", b"content")
        line.cut()
        with pytest.raises(DepotError, match="cannot be reached now"):
            store.read("here")
        line.restore()
        assert store.read("here") == b"content"


def test_a_bucket_that_is_not_ours_is_said(object_store: ObjectStore) -> None:
    with used(object_store.environment()), pytest.raises(DepotError):
        Store("s3://somebody-elses/depot").write("x", b"")


def test_a_full_disc_is_said_and_nothing_is_half(tmp_path: Path) -> None:
    """A process that may write no file beyond 64 KB, as on a disc with a quota."""
    code = (
        "import resource, signal, sys\n"
        "from guide.depot.store import Store\n"
        "from guide.domain.errors import DepotError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "store = Store(sys.argv[1])\n"
        "store.write('small', b'x' * 1000)\n"
        "try:\n"
        "    store.write('small', b'y' * 100_000)\n"
        "except DepotError as error:\n"
        "    print(error.message)\n"
        "print(store.read('small') == b'x' * 1000, sorted(store.list_below('')))\n"
    )
    url = f"file://{tmp_path / 'depot'}"
    done = subprocess.run(
        [sys.executable, "-c", code, url], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    said, after = done.stdout.splitlines()
    assert "is full" in said
    assert after.startswith("True")
    assert os.strerror(errno.EFBIG) not in done.stderr
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
