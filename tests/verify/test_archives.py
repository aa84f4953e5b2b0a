"""Archives that were tampered with: each broken rule is found, and nothing that is read makes the check fall over."""

import gzip
import json
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mapbox_vector_tile.Mapbox import vector_tile_pb2
from pmtiles.tile import Compression, TileType
from pmtiles.writer import Writer

from guide.area.read import BuiltArea
from tiles.__main__ import main
from tiles.verify.archive import verify_archive
from tiles.verify.pmtiles import HEADER_BYTES

TILE_ID = 20  # of zoom 2
Edit = Callable[[Any], None]


def tile(edit: Edit = lambda _: None) -> bytes:
    """A sound tile with a point, a line and a polygon, or one that ``edit`` has spoilt."""
    message = vector_tile_pb2.tile()
    layer = message.layers.add(name="things", version=2, extent=4096, keys=["kind", "steps"])
    layer.values.add(string_value="stairs")
    layer.values.add(int_value=57)
    layer.features.add(id=1, type=message.Point, tags=[0, 0, 1, 1], geometry=[9, 50, 34])
    layer.features.add(id=2, type=message.LineString, tags=[0, 0], geometry=[9, 4, 4, 18, 0, 16, 16, 0])
    square = [9, 0, 0, 26, 200, 0, 0, 200, 199, 0, 15]
    layer.features.add(id=3, type=message.Polygon, tags=[0, 0], geometry=square)
    edit(message)
    return message.SerializeToString()


FIELDS = {"kind": "String", "steps": "Number"}


def archive(path: Path, tiles: dict[int, bytes], metadata: dict[str, Any] | None = None) -> Path:
    with path.open("wb") as file:
        writer = Writer(file)
        for tile_id, data in tiles.items():
            writer.write_tile(tile_id, gzip.compress(data, mtime=0))
        header = {
            "tile_type": TileType.MVT, "tile_compression": Compression.GZIP,
            "min_lon_e7": -1_000_000_000, "min_lat_e7": -500_000_000,
            "max_lon_e7": 1_000_000_000, "max_lat_e7": 500_000_000,
        }  # fmt: skip
        layers = [{"id": "things", "fields": FIELDS, "minzoom": 0, "maxzoom": 3}]
        writer.finalize(header, {"vector_layers": layers} if metadata is None else metadata)
    return path


def rules(path: Path) -> set[str]:
    return verify_archive(path).rules()


def test_a_sound_archive_is_sound(tmp_path: Path) -> None:
    assert verify_archive(archive(tmp_path / "a.pmtiles", {1: tile(), 2: tile(), TILE_ID: tile()})).problems == []


@pytest.mark.parametrize("name", ["guide", "streets", "relief"])
def test_what_we_build_is_sound(sample: BuiltArea, name: str) -> None:
    path = sample.find_archive(name)
    assert path is not None
    assert verify_archive(path).problems == []


@pytest.mark.area
@pytest.mark.parametrize("name", ["guide", "streets", "relief"])
def test_a_real_town_is_sound(portland: BuiltArea, name: str) -> None:
    path = portland.find_archive(name)
    assert path is not None
    assert verify_archive(path).problems == []


def spoil_feature(number: int, **values: object) -> Edit:
    def edit(message: vector_tile_pb2.tile) -> None:
        feature = message.layers[0].features[number]
        for name, value in values.items():
            feature.ClearField(name)
            if isinstance(value, list):
                getattr(feature, name).extend(value)
            else:
                setattr(feature, name, value)

    return edit


def on_layer(**values: object) -> Edit:
    def edit(message: vector_tile_pb2.tile) -> None:
        for name, value in values.items():
            setattr(message.layers[0], name, value)

    return edit


def no_features(message: vector_tile_pb2.tile) -> None:
    del message.layers[0].features[:]


def other_type(message: vector_tile_pb2.tile) -> None:
    message.layers[0].values[1].ClearField("int_value")
    message.layers[0].values[1].string_value = "57"


TILES: dict[str, tuple[str, Edit]] = {
    "a square wound the wrong way": (
        "winding", spoil_feature(2, geometry=[9, 0, 0, 26, 0, 200, 200, 0, 0, 199, 15])),
    "a ring closed by hand": (
        "ring-closed-twice", spoil_feature(2, geometry=[9, 0, 0, 34, 200, 0, 0, 200, 199, 0, 0, 199, 15])),
    "a ring without area": ("ring-without-area", spoil_feature(2, geometry=[9, 0, 0, 26, 200, 0, 200, 0, 199, 0, 15])),
    "a ring left open": ("command-order", spoil_feature(2, geometry=[9, 0, 0, 26, 200, 0, 0, 200, 199, 0])),
    "a line that stands still": ("zero-length", spoil_feature(1, geometry=[9, 4, 4, 10, 0, 0])),
    "a line that is closed": ("command-order", spoil_feature(1, geometry=[9, 4, 4, 18, 0, 16, 16, 0, 15])),
    "a line of one point": ("command-order", spoil_feature(1, geometry=[9, 4, 4])),
    "half a pair": ("geometry", spoil_feature(1, geometry=[9, 4, 4, 18, 0, 16, 16])),
    "an unknown command": ("geometry", spoil_feature(1, geometry=[11, 4, 4])),
    "a feature without a type": ("unknown-type", spoil_feature(0, type=0)),
    "fewer points than said": ("too-few-points", spoil_feature(0, geometry=[8 * 1000 + 1, 50, 34])),
    "a line to the next town": ("buffer", spoil_feature(1, geometry=[9, 4, 4, 10, 20_000, 0])),
    "the same id twice": ("feature-id", spoil_feature(1, id=1)),
    "a key without a value": ("tags", spoil_feature(0, tags=[0])),
    "a key that there is not": ("tags", spoil_feature(0, tags=[7, 0])),
    "a key twice": ("tags", spoil_feature(0, tags=[0, 0, 0, 1])),
    "an attribute of two types": ("attribute-type", spoil_feature(1, tags=[1, 0])),
    "an attribute of another type": ("attribute-type", other_type),
    "version 1": ("layer-version", on_layer(version=1)),
    "version 3": ("layer-version", on_layer(version=3)),
    "an extent of nothing": ("layer-extent", on_layer(extent=0)),
    "a layer without features": ("empty-layer", no_features),
    "a layer that nobody told of": ("vector-layers", on_layer(name="others")),
    "one of our layers without its key": ("attribute-missing", on_layer(name="slopes")),
}  # fmt: skip


@pytest.mark.parametrize("case", TILES)
def test_a_bad_tile_is_found(case: str, tmp_path: Path) -> None:
    rule, edit = TILES[case]
    assert rule in rules(archive(tmp_path / "a.pmtiles", {1: tile(), TILE_ID: tile(edit)}))


def test_a_tile_without_layers_is_found(tmp_path: Path) -> None:
    assert "empty-tile" in rules(archive(tmp_path / "a.pmtiles", {1: tile(), 2: b""}))


METADATA: dict[str, tuple[str, dict[str, Any]]] = {
    "no layers": ("vector-layers", {}),
    "a layer in no tile": ("vector-layers", {"vector_layers": [{"id": "things", "fields": FIELDS}, {"id": "ghosts"}]}),
    "an attribute on nothing": (
        "attributes",
        {"vector_layers": [{"id": "things", "fields": FIELDS | {"x": "String"}}]},
    ),
    "an attribute untold": ("attributes", {"vector_layers": [{"id": "things", "fields": {"kind": "String"}}]}),
    "another type": ("attribute-type", {"vector_layers": [{"id": "things", "fields": FIELDS | {"steps": "String"}}]}),
    "other zooms": ("vector-layers", {"vector_layers": [{"id": "things", "fields": FIELDS, "maxzoom": 1}]}),
}


@pytest.mark.parametrize("case", METADATA)
def test_metadata_that_does_not_fit_is_found(case: str, tmp_path: Path) -> None:
    rule, metadata = METADATA[case]
    assert rule in rules(archive(tmp_path / "a.pmtiles", {1: tile(), TILE_ID: tile()}, metadata))


HEADERS: dict[str, tuple[str, int, bytes]] = {
    "other magic": ("magic", 0, b"Q"),
    "version 2": ("version", 7, b"\x02"),
    "a root beyond the file": ("sections", 8, struct.pack("<Q", 10**9)),
    "tiles beyond the file": ("sections", 64, struct.pack("<Q", 10**9)),
    "sections over each other": ("sections", 24, struct.pack("<Q", 128)),
    "too many tiles": ("counts", 72, struct.pack("<Q", 77)),
    "too many entries": ("counts", 80, struct.pack("<Q", 77)),
    "too many contents": ("counts", 88, struct.pack("<Q", 77)),
    "another order": ("clustered", 96, b"\x02"),
    "brotli": ("compression", 97, b"\x03"),
    "tiles not compressed": ("protobuf", 98, b"\x01"),
    "tiles of an unknown kind": ("tile-type", 99, b"\x00"),
    "pictures": ("picture", 99, b"\x02"),
    "another least zoom": ("zooms", 100, b"\x00"),
    "another most zoom": ("zooms", 101, b"\x09"),
    "bounds that end before they begin": ("bounds", 102, struct.pack("<i", 1_700_000_000)),
    "a centre elsewhere": ("center", 119, struct.pack("<i", 1_700_000_000)),
    "a centre too near": ("center", 118, b"\x14"),
}


@pytest.mark.parametrize("case", HEADERS)
def test_a_header_that_does_not_fit_is_found(case: str, tmp_path: Path) -> None:
    rule, at, value = HEADERS[case]
    path = archive(tmp_path / "a.pmtiles", {1: tile(), 2: tile(), TILE_ID: tile()})
    content = bytearray(path.read_bytes())
    content[at : at + len(value)] = value
    path.write_bytes(content)
    assert rule in rules(path)


def test_tiles_out_of_order_are_not_clustered(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.pmtiles", {TILE_ID: tile(), 1: tile(on_layer(name="things"))})
    other = tile(spoil_feature(0, tags=[0, 0]))
    path = archive(tmp_path / "b.pmtiles", {TILE_ID: tile(), 1: other})
    content = bytearray(path.read_bytes())
    content[96] = 1  # the writer had said 0
    path.write_bytes(content)
    assert "clustered" in rules(path)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.99])
def test_half_a_file_is_found(share: float, sample: BuiltArea, tmp_path: Path) -> None:
    path = sample.find_archive("guide")
    assert path is not None
    content = path.read_bytes()
    (tmp_path / "cut.pmtiles").write_bytes(content[: int(share * len(content))])
    assert verify_archive(tmp_path / "cut.pmtiles").count > 0


@given(
    changes=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8),
    in_front=st.booleans(),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_in_the_bytes_the_check_says_something(
    tmp_path: Path, *, changes: list[tuple[float, int]], in_front: bool
) -> None:
    path = archive(tmp_path / "a.pmtiles", {1: tile(), 2: tile(spoil_feature(0, tags=[])), TILE_ID: tile()})
    content = bytearray(path.read_bytes())
    for place, value in changes:
        content[int(place * (HEADER_BYTES if in_front else len(content)))] = value
    path.write_bytes(content)
    verify_archive(path)  # no traceback


@given(st.binary(max_size=300))
def test_random_bytes_are_no_traceback(content: bytes) -> None:
    from tiles.verify.mvt import check_tile  # noqa: PLC0415
    from tiles.verify.problems import Report  # noqa: PLC0415

    check_tile(content, "random", Report())


def test_the_command_speaks_by_its_exit_code(
    sample: BuiltArea, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = sample.find_archive("guide"), tmp_path / "bad.pmtiles"
    assert good is not None
    shutil.copy(good, bad)
    bad.write_bytes(bad.read_bytes()[:-100])
    assert main(["verify", str(good)]) == 0
    assert "sound" in capsys.readouterr().out
    assert main(["verify", str(bad), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["valid"] is False
    assert told["problems"][0]["rule"] == "sections"
    assert main(["verify", str(tmp_path / "none.pmtiles")]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert "none.pmtiles" in lines[0]
    assert "Traceback" not in lines[0]


def test_pictures_that_are_none_are_found(tmp_path: Path) -> None:
    path = tmp_path / "a.pmtiles"
    with path.open("wb") as file:
        writer = Writer(file)
        writer.write_tile(1, np.zeros(300, dtype=np.uint8).tobytes())
        writer.finalize({"tile_type": TileType.WEBP, "tile_compression": Compression.NONE}, {})
    assert "picture" in rules(path)
