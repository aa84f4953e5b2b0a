"""Fundamental Geospatial Data: XML of heights, alone, zipped, in folders, and forged."""

import zipfile
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from guide.domain.elevation import Elevation, ElevationSource
from guide.domain.errors import SourceError
from guide.terrain.open import open_elevation

FGD = ElevationSource(id="fgd", resolution_m=0, sigma_m=3)
SOUTH, WEST = 42.3, 140.95


def xml(  # noqa: PLR0913 - a file has that many parts
    heights: list[str],
    *,
    rows: int = 3,
    cols: int = 4,
    start: str = "0 0",
    south: float = SOUTH,
    west: float = WEST,
    per_degree: int = 18000,
    head: str = "",
    order: str = "+x-y",
    datum: str = "jgd2011",
) -> str:
    cells = "\n".join(f"地表面,{height}" for height in heights)
    return f"""<?xml version="1.0" encoding="UTF-8"?>{head}
<Dataset xmlns:gml="http://www.opengis.net/gml/3.2" xmlns="http://fgd.gsi.go.jp/spec/2008/FGD_GMLSchema"><DEM>
<type>5mメッシュ（標高）</type><mesh>63403756</mesh><coverage><gml:boundedBy>
<gml:Envelope srsName="fguuid:{datum}.bl"><gml:lowerCorner>{south:.9f} {west:.9f}</gml:lowerCorner>
<gml:upperCorner>{south + rows / per_degree:.9f} {west + cols / per_degree:.9f}</gml:upperCorner></gml:Envelope>
</gml:boundedBy><gml:gridDomain><gml:Grid><gml:limits><gml:GridEnvelope><gml:low>0 0</gml:low>
<gml:high>{cols - 1} {rows - 1}</gml:high></gml:GridEnvelope></gml:limits><gml:axisLabels>x y</gml:axisLabels>
</gml:Grid></gml:gridDomain><gml:rangeSet><gml:DataBlock><gml:tupleList>
{cells}
</gml:tupleList></gml:DataBlock></gml:rangeSet><gml:coverageFunction><gml:GridFunction>
<gml:sequenceRule order="{order}">Linear</gml:sequenceRule><gml:startPoint>{start}</gml:startPoint>
</gml:GridFunction></gml:coverageFunction></coverage></DEM></Dataset>"""


def fgd(path: Path) -> Elevation:
    return open_elevation("fgd", path, source=FGD)


def cells(elevation: Elevation, *, rows: int = 3, cols: int = 4, per_degree: int = 18000) -> NDArray[np.float64]:
    """Heights at the centres of the cells, northernmost row first."""
    row, col = np.indices((rows, cols)) + 0.5
    points = np.column_stack([(WEST + col / per_degree).ravel(), (SOUTH + (rows - row) / per_degree).ravel()])
    return elevation.sample(points).elevation_m.reshape(rows, cols)


TWELVE = [f"{value}.50" for value in range(12)]


def test_cells_run_from_the_north_west_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "FG-GML-6340-37-56-DEM5A-20201224.xml"
    path.write_text(xml(TWELVE), encoding="utf-8")
    elevation = fgd(path)
    np.testing.assert_allclose(cells(elevation), np.arange(12).reshape(3, 4) + 0.5, atol=1e-4)
    (source,) = elevation.sources
    assert (source.id, source.sigma_m) == ("fgd-dem5a", 0.3)
    assert source.resolution_m == pytest.approx(6.2, abs=0.1)


def test_cells_left_out_at_either_end_and_nodata_are_unknown(tmp_path: Path) -> None:
    path = tmp_path / "FG-GML-6340-37-56-DEM5A.xml"
    path.write_text(xml(["1.00", "-9999.", "-2.30", "+4"], start="2 1"), encoding="utf-8")
    nan = np.nan
    expected = [[nan] * 4, [nan, nan, 1, nan], [-2.3, 4, nan, nan]]
    np.testing.assert_allclose(cells(fgd(path)), expected, atol=1e-6)


@pytest.mark.parametrize(
    ("name", "per_degree", "sigma_m"),
    [
        ("DEM1A", 90000, 0.3),
        ("DEM5A", 18000, 0.3),
        ("DEM5B", 18000, 0.7),
        ("DEM5C", 18000, 1.4),
        ("DEM10A", 9000, 2.5),
        ("dem10b", 9000, 5.0),
        ("other", 18000, 3.0),
    ],
)
def test_the_file_name_tells_the_survey_and_its_error(
    tmp_path: Path, name: str, per_degree: int, sigma_m: float
) -> None:
    path = tmp_path / f"FG-GML-6340-37-{name}.xml"
    path.write_text(xml(TWELVE, per_degree=per_degree), encoding="utf-8")
    elevation = fgd(path)
    assert elevation.sources[0].sigma_m == sigma_m
    assert elevation.sources[0].resolution_m == pytest.approx(111_320 / per_degree)
    assert np.isfinite(cells(elevation, per_degree=per_degree)).all()


def test_a_folder_of_zips_is_one_model_a_survey_without_seams(tmp_path: Path) -> None:
    east = WEST + 4 / 18000
    with zipfile.ZipFile(tmp_path / "FG-GML-6340-37-DEM5A.zip", "w") as archive:
        archive.writestr("FG-GML-6340-37-56-DEM5A.xml", xml([str(col) for _ in range(3) for col in range(4)]))
        archive.writestr(
            "FG-GML-6340-37-57-DEM5A.xml", xml([str(4 + col) for _ in range(3) for col in range(4)], west=east)
        )
        archive.writestr("fmdid20-5.xml", "<MD_Metadata/>")
    (tmp_path / "more").mkdir()
    wide = xml(["70"] * 400, rows=20, cols=20, per_degree=9000, south=SOUTH - 10 / 9000, west=WEST - 5 / 9000)
    (tmp_path / "more" / "FG-GML-6340-37-DEM10B.xml").write_text(wide, encoding="utf-8")
    elevation = fgd(tmp_path)
    assert [source.id for source in elevation.sources] == ["fgd-dem5a", "fgd-dem10b"]
    col = np.linspace(0, 7, 50)
    found = elevation.sample(np.column_stack([WEST + (col + 0.5) / 18000, np.full(50, SOUTH + 1.5 / 18000)]))
    np.testing.assert_allclose(found.elevation_m, col, atol=1e-4)
    beyond = elevation.sample(np.array([[WEST - 2 / 18000, SOUTH + 1.5 / 18000]]))
    assert (beyond.elevation_m[0], beyond.source[0]) == (pytest.approx(70), 1)


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not xml",
        "<Dataset/>",
        xml(TWELVE)[:200],
        xml(TWELVE, head=BOMB),
        xml(TWELVE, head=FILE),
        xml(TWELVE, datum="tokyo"),
        xml(TWELVE).replace("<gml:high>3 2<", "<gml:high>9 2<"),
        xml(TWELVE).replace("<gml:high>3 2<", "<gml:high>99999999 99999999<"),
        xml(TWELVE).replace("<gml:high>3 2<", "<gml:high>-5 -5<"),
        xml(TWELVE, south=float("nan")),
    ],
)
def test_a_file_that_is_no_such_thing_is_refused_at_once(tmp_path: Path, text: str) -> None:
    path = tmp_path / "FG-GML-DEM5A.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"FG-GML-DEM5A\.xml"):
        fgd(path)


@pytest.mark.parametrize(
    "text",
    [
        xml(TWELVE)[:-150],
        xml([*TWELVE, "1"]),
        xml(TWELVE, start="1 0"),
        xml(TWELVE, start="-1 0"),
        xml(TWELVE, start="one"),
        xml(TWELVE, order="+x+y"),
        xml(["1.2.3"] * 12),
    ],
)
def test_a_file_whose_heights_are_damaged_is_refused_when_they_are_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "FG-GML-DEM5A.xml"
    path.write_text(text, encoding="utf-8")
    elevation = fgd(path)
    with pytest.raises(SourceError, match=r"FG-GML-DEM5A\.xml"):
        cells(elevation)


def test_zips_that_are_damaged_empty_or_far_too_large_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "FG-GML-DEM5A.zip"
    path.write_bytes(b"PK\5\6" + bytes(18))
    with pytest.raises(SourceError, match="no elevation files"):
        fgd(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("DEM5A.xml", "w") as member:
        for _ in range(105):
            member.write(bytes(1 << 20))
    with pytest.raises(SourceError, match="unpacks to more"):
        fgd(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("DEM5A.xml", xml(TWELVE))
    data = bytearray(path.read_bytes())
    data[60:90] = bytes(30)
    path.write_bytes(data)
    with pytest.raises(SourceError, match="damaged"):
        fgd(path)


def test_a_folder_without_files_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no elevation files"):
        fgd(tmp_path)
