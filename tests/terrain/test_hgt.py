"""SRTM tiles: where their corner is, and which files are none."""

import zipfile
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from guide.domain.elevation import ElevationSource
from guide.domain.errors import SourceError
from guide.terrain.hgt import Hgt

DEM = ElevationSource(id="srtm", resolution_m=0, sigma_m=6)


def plane(side: int) -> NDArray[np.int16]:
    """Rising by 1 m a sample eastwards and 2 m southwards, in whole metres."""
    rows, cols = np.indices((side, side))
    return (cols // 2 + rows // 2 * 2).astype(">i2")


def sloped(side: int) -> NDArray[np.int16]:
    rows, cols = np.indices((side, side))
    return (cols + 2 * rows - 500).astype(">i2")


@pytest.mark.parametrize(("side", "resolution"), [(1201, 92.8), (3601, 30.9)])
@pytest.mark.parametrize(
    ("name", "south", "west"), [("N43E007", 43, 7), ("n42e140", 42, 140), ("S23W044", -23, -44), ("N00E000", 0, 0)]
)
def test_the_name_is_the_south_west_corner(
    tmp_path: Path, name: str, south: int, west: int, side: int, resolution: float
) -> None:
    values = (sloped(1201) if side == 1201 else plane(3601)).astype(">i2")
    path = tmp_path / f"{name}.hgt"
    values.tofile(path)
    reader = Hgt(path, source=DEM)
    step = 1 / (side - 1)
    rows, cols = np.array([0, side - 1, 10, 600]), np.array([0, side - 1, 20, 700])
    points = np.column_stack([west + cols * step, south + 1 - rows * step])
    np.testing.assert_allclose(reader.sample(points).elevation_m, values[rows, cols], atol=1e-6)
    assert reader.sources[0].resolution_m == pytest.approx(resolution, rel=0.01)


def test_between_samples_a_plane_is_exact(tmp_path: Path) -> None:
    sloped(1201).tofile(tmp_path / "N43E007.hgt")
    rng = np.random.default_rng(2)
    col, row = rng.uniform(0, 1200, 300), rng.uniform(0, 1200, 300)
    found = Hgt(tmp_path / "N43E007.hgt", source=DEM).sample(np.column_stack([7 + col / 1200, 44 - row / 1200]))
    np.testing.assert_allclose(found.elevation_m, col + 2 * row - 500, atol=1e-6)
    assert (found.sigma_m == 6).all()


def test_voids_and_impossible_heights_are_unknown(tmp_path: Path) -> None:
    values = sloped(1201)
    values[100, 100] = -32768
    values[200, 200] = 32767
    values.tofile(tmp_path / "N43E007.hgt")
    reader = Hgt(tmp_path / "N43E007.hgt", source=DEM)
    assert np.isnan(reader.sample(np.array([[7 + 100 / 1200, 44 - 100 / 1200]])).elevation_m).all()
    assert reader.findings == ()
    assert np.isnan(reader.sample(np.array([[7 + 200 / 1200, 44 - 200 / 1200]])).elevation_m).all()
    assert [finding.code for finding in reader.findings] == ["elevation.implausible"]


def test_a_zip_is_read_like_the_tile_in_it(tmp_path: Path) -> None:
    sloped(1201).tofile(tmp_path / "N43E007.hgt")
    with zipfile.ZipFile(tmp_path / "N43E007.hgt.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "N43E007.hgt", "some/folder/N43E007.hgt")
    points = np.array([[7.2, 43.3], [7.9, 43.99], [9.0, 43.0]])
    plain, zipped = (Hgt(tmp_path / f"N43E007.hgt{end}", source=DEM).sample(points) for end in ("", ".zip"))
    np.testing.assert_array_equal(plain.elevation_m, zipped.elevation_m)
    assert np.isnan(plain.elevation_m).tolist() == [False, False, True]


def zip_of(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


WHOLE = bytes(1201 * 1201 * 2)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("N43E007.hgt", None),
        ("N43E007.hgt", b""),
        ("N43E007.hgt", b"PK\3\4 half a zip"),
        ("N43E007.hgt", WHOLE[:-2]),
        ("N43E007.hgt", WHOLE + b"\0"),
        ("monaco.hgt", WHOLE),
        ("N43E007.zip", {}),
        ("N43E007.zip", {"readme.txt": b""}),
        ("N43E007.zip", {"N43E007.hgt": WHOLE, "N43E008.hgt": WHOLE}),
        ("N43E007.zip", {"N43E007.hgt": bytes(80_000_000)}),
        ("N43E007.zip", {"N43E007.hgt": b""}),
        ("tile.zip", {"tile.hgt": WHOLE}),
    ],
)
def test_what_is_no_tile_is_said(tmp_path: Path, name: str, content: bytes | dict[str, bytes] | None) -> None:
    path = tmp_path / name
    if isinstance(content, dict):
        zip_of(path, content)
    elif content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceError) as error:
        Hgt(path, source=DEM)
    assert "\n" not in error.value.message
    assert "hgt" in error.value.message.lower() or "zip" in error.value.message


def test_a_zip_with_a_broken_member_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "N43E007.hgt.zip"
    zip_of(path, {"N43E007.hgt": np.random.default_rng(0).bytes(1201 * 1201 * 2)})
    data = bytearray(path.read_bytes())
    data[1000:2000] = bytes(1000)
    path.write_bytes(data)
    with pytest.raises(SourceError, match="damaged"):
        Hgt(path, source=DEM)
