"""Builds into a depot and out of it: whole, once each, and cleared away when there are too many."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from guide.area.lease import Lease
from guide.area.manifest import read_manifest
from guide.area.read import open_area
from guide.area.write import sha256
from guide.depot.builds import BuildCache
from guide.depot.layout import file_path
from guide.depot.parts import PART, PartCache, RemoteFile
from guide.depot.push import clean, find_current, push_build
from guide.depot.store import Store
from guide.domain.errors import DepotError
from tests.api.built_area import drawn_town, slope_along, write_area

PLENTY = 1 << 30


def build(root: Path, name: str = "八幡坂") -> Path:
    return write_area(root, slopes=(slope_along(drawn_town(), "hachiman", name, "BE"),))


def test_a_build_comes_out_as_it_went_in_but_for_its_archives(store: Store, tmp_path: Path) -> None:
    directory = build(tmp_path / "build")
    pushed = push_build(store, directory)
    assert pushed == directory.name == find_current(store, "drawn")
    cache = BuildCache(store, tmp_path / "cache", PLENTY)
    assert cache.read_current("drawn") == pushed
    fetched = cache.fetch("drawn", pushed)
    manifest = read_manifest(directory)
    archives = set(manifest.archives.values())
    for name, file in manifest.files.items():
        if name in archives:
            assert not (fetched / name).exists()
            remote = cache.open_file(fetched, name)
            assert remote is not None
            assert remote[0 : len(remote)] == (directory / name).read_bytes()
        else:
            assert sha256(fetched / name) == file.sha256
    assert [slope.entry.name for slope in open_area(fetched).slopes] == ["八幡坂"]


def test_what_is_there_is_not_pushed_again(store: Store, tmp_path: Path) -> None:
    push_build(store, build(tmp_path / "build", "one"))
    before = store.list_below("files")
    push_build(store, build(tmp_path / "build", "two"))
    after = store.list_below("files")
    assert {name: after[name].written for name in before} == {name: stored.written for name, stored in before.items()}
    assert 0 < len(after) - len(before) < len(before)
    changes = json.loads(store.read("changes/drawn.json"))
    assert "two" in json.dumps(changes, ensure_ascii=False)


def test_a_push_that_dies_leaves_what_was_served(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = push_build(store, build(tmp_path / "build", "one"))
    second = build(tmp_path / "build", "two")
    write, left = Store.write, 2

    def dies(self: Store, path: str, content: bytes | Path) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise DepotError("away")
        write(self, path, content)

    monkeypatch.setattr(Store, "write", dies)
    with pytest.raises(DepotError):
        push_build(store, second)
    monkeypatch.undo()
    assert find_current(store, "drawn") == first
    BuildCache(store, tmp_path / "cache", PLENTY).fetch("drawn", first)
    assert push_build(store, second) == find_current(store, "drawn") == second.name


def test_old_builds_are_cleaned_out_of_a_depot(store: Store, tmp_path: Path) -> None:
    builds = [push_build(store, build(tmp_path / "build", name)) for name in ("one", "two", "three")]
    assert clean(store) == 0  # all of it is young
    assert clean(store, timedelta(seconds=-60)) > 0
    kept = {path.removesuffix(".json") for path in store.list_below("manifests/drawn")}
    assert len(kept) == 2
    assert builds[-1] in kept
    for name in kept:
        BuildCache(store, tmp_path / "cache", PLENTY).fetch("drawn", name)
    assert clean(store, timedelta(seconds=-60)) == 0


def test_a_cache_keeps_within_its_bound_but_for_what_is_open(tmp_path: Path) -> None:
    store = Store(f"file://{tmp_path / 'depot'}")
    builds = [push_build(store, build(tmp_path / "build", name)) for name in ("one", "two", "three")]
    cache = BuildCache(store, tmp_path / "cache", 2)
    first = cache.fetch("drawn", builds[0])
    lease = Lease(first)
    second = cache.fetch("drawn", builds[1])
    cache.fetch("drawn", builds[2])
    assert first.is_dir()
    assert not second.exists()
    lease.close()
    assert open_area(cache.fetch("drawn", builds[1])).slopes  # it comes back when it is asked for
    assert not first.exists()


def test_parts_are_read_once_and_the_oldest_go(tmp_path: Path) -> None:
    store = Store(f"file://{tmp_path / 'depot'}")
    content = bytes(range(256)) * (PART // 64)  # four parts
    store.write(file_path("abc"), content)
    remote = RemoteFile(PartCache(store, tmp_path / "parts", 2 * PART), "abc", len(content))
    assert remote[PART - 3 : PART + 5] == content[PART - 3 : PART + 5]
    store.delete([file_path("abc")])
    assert remote[0 : 2 * PART] == content[: 2 * PART]  # both are here
    store.write(file_path("abc"), content)
    assert remote[0 : len(remote)] == content
    held = sum(path.stat().st_size for path in (tmp_path / "parts").glob("*/*"))
    assert held <= 2 * PART
    assert remote[7:7] == b""


def test_a_part_cache_on_a_disc_that_cannot_be_written_still_reads(tmp_path: Path) -> None:
    store = Store(f"file://{tmp_path / 'depot'}")
    store.write(file_path("abc"), b"content")
    (tmp_path / "parts").write_text("a file where the folder should be")
    remote = RemoteFile(PartCache(store, tmp_path / "parts", PLENTY), "abc", 7)
    assert remote[2:5] == b"nte"
