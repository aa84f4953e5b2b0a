"""Maps as nobody should draw them: each builds to sound archives, or is refused in a sentence."""

import html
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely

from guide.area.read import current_build
from tests.build.test_build import AREA_TOML
from tiles.__main__ import main
from tiles.sample.write import write_sample
from tiles.verify.archive import verify_archive

MOST_M = 60_000
"""The area is 22 km high and 17 km wide, and its map goes on a little."""

Places = Iterable[tuple[float, float]]
STREET = {"highway": "residential", "name": "海岸通り"}
STREET_AT = [(145.0, 41.0), (145.004, 41.0), (145.008, 41.002)]
WATER = {"natural": "water"}


class Drawn:
    """An OpenStreetMap extract being drawn: ways by the places of their nodes, one street always among them."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[float, float], int] = {}
        self._parts: list[str] = []
        self._ways = 0
        self.way(STREET_AT, STREET)

    def way(self, places: Places, tags: dict[str, str]) -> None:
        self._ways += 1
        refs = "".join(f'<nd ref="{self._node(place)}"/>' for place in places)
        self._parts.append(f'<way id="{self._ways}" version="1">{refs}{_tags(tags)}</way>')

    def node(self, place: tuple[float, float], tags: dict[str, str]) -> None:
        self._nodes[place] = len(self._nodes) + 1
        lon, lat = place
        self._parts.insert(0, f'<node id="{len(self._nodes)}" version="1" lon="{lon}" lat="{lat}">{_tags(tags)}</node>')

    def _node(self, place: tuple[float, float]) -> int:
        if place not in self._nodes:
            self.node(place, {})
        return self._nodes[place]

    def xml(self) -> str:
        return f'<?xml version="1.0" encoding="UTF-8"?><osm version="0.6">{"".join(self._parts)}</osm>'


def _tags(tags: dict[str, str]) -> str:
    return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())


def square(lon: float, lat: float, side: float) -> list[tuple[float, float]]:
    return [(lon, lat), (lon + side, lat), (lon + side, lat + side), (lon, lat + side), (lon, lat)]


Build = Callable[..., Path]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    """Builds an area from such an extract, on the sample's heights; gives the folder of what was built."""
    root = tmp_path_factory.mktemp("hostile")
    sources = root / "sources" / "hill"
    sources.mkdir(parents=True)
    write_sample(sources)
    folder = root / "data" / "areas" / "hill"
    folder.mkdir(parents=True)
    numbers = count()

    def build(extract: str, toml: str = AREA_TOML) -> Path:
        (folder / "area.toml").write_text(toml.replace("sample.osm.pbf", "drawn.osm"), encoding="utf-8")
        (sources / "drawn.osm").write_text(extract, encoding="utf-8")
        out = root / f"build-{next(numbers)}"  # one each: a build clears away those before it
        assert main(["build", "hill", "--out", str(out)]) == 0
        directory = current_build(out, "hill")
        for archive in directory.glob("*.pmtiles"):
            assert verify_archive(archive).problems == []
        return directory

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HYAKUSAKA_DATA", str(root / "data"))
        patch.setenv("HYAKUSAKA_SOURCES", str(root / "sources"))
        yield build


def layer_of(directory: Path, layer: str, zoom: int = 14) -> list[tuple[Any, dict[str, Any]]]:
    """What GDAL reads of a layer: geometries in metres of the web's projection, attributes by name."""
    meta, _, shapes, columns = pyogrio.raw.read(directory / "streets.pmtiles", layer=layer, ZOOM_LEVEL=zoom)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    fields = [dict(zip(meta["fields"].tolist(), row, strict=True)) for row in rows]
    return list(zip(shapely.from_wkb(shapes), fields, strict=True))


def layers_of(directory: Path) -> set[str]:
    return {str(name) for name, _ in pyogrio.list_layers(directory / "streets.pmtiles")}


def streets_named(directory: Path, name: str) -> list[tuple[Any, dict[str, Any]]]:
    return [each for each in layer_of(directory, "streets") if each[1]["name"] == name]


NAMES = ["شارع المنحدر", "רחוב המעלות", "🐻坂🍁", "é" * 255, "&lt;b&gt;&amp;&quot;"]


@pytest.fixture(scope="module")
def hostile(build: Build) -> Path:
    """All of it on one map."""
    drawn = Drawn()
    drawn.way([(145.0, 41.0), (145.01, 41.01), (145.01, 41.0), (145.0, 41.01), (145.0, 41.0)], WATER)
    drawn.way(square(100, 10, 60), {"landuse": "forest", "name": "Everywhere"})
    drawn.way([(144.95, 40.95), (144.96, 41.0), (144.97, 40.98)], {"natural": "coastline"})
    many = {f"note:{number}": "x" * 200 for number in range(2000)}
    drawn.way([(145.0, 41.001), (145.004, 41.001)], {**STREET, "name": "多札坂", **many})
    for number, name in enumerate(NAMES):
        lat = 41.002 + number / 1000
        drawn.way([(145.0, lat), (145.004, lat)], {**STREET, "name": name})
    return build(drawn.xml())


def test_a_polygon_that_crosses_itself_is_two_triangles(hostile: Path) -> None:
    shapes = [shape for shape, fields in layer_of(hostile, "water") if fields["kind"] == "water"]
    assert shapes
    assert all(shape.is_valid and shape.geom_type in {"Polygon", "MultiPolygon"} for shape in shapes)


def test_a_polygon_of_half_a_continent_is_cut_to_the_area(hostile: Path) -> None:
    west, south, east, north = shapely.union_all([shape for shape, _ in layer_of(hostile, "green")]).bounds
    assert east - west < MOST_M
    assert north - south < MOST_M


def test_a_coast_that_never_closes_leaves_closed_rings_and_the_streets(hostile: Path) -> None:
    sea = [shape for shape, fields in layer_of(hostile, "water") if fields["kind"] == "sea"]
    assert all(shape.is_valid for shape in sea)
    assert streets_named(hostile, STREET["name"])


def test_of_two_thousand_tags_only_ours_are_kept(hostile: Path) -> None:
    ((_, fields), *_) = streets_named(hostile, "多札坂")
    assert len(fields) < 40
    assert not any(name.startswith("note") for name in fields)
    assert (hostile / "streets.pmtiles").stat().st_size < 2_000_000


@pytest.mark.parametrize("name", NAMES)
def test_names_in_any_script_come_through(hostile: Path, name: str) -> None:
    assert streets_named(hostile, html.unescape(name))


def test_a_map_of_one_street_has_no_water(build: Build) -> None:
    directory = build(Drawn().xml())
    assert "water" not in layers_of(directory)
    assert streets_named(directory, STREET["name"])


def test_a_way_across_the_date_line_does_not_go_around_the_world(build: Build) -> None:
    toml = AREA_TOML.replace("[144.9, 40.9, 145.1, 41.1]", "[179.9, 40.9, 180.0, 41.1]")
    drawn = Drawn()
    drawn.way([(179.98, 41.0), (179.99, 41.0), (-179.99, 41.0)], {**STREET, "name": "Across"})
    drawn.way([*square(179.97, 41.0, 0.01)[:2], (-179.98, 41.01), (179.97, 41.01), (179.97, 41.0)], WATER)
    directory = build(drawn.xml(), toml)
    parts = streets_named(directory, "Across")
    assert parts
    for layer in layers_of(directory) - {"unknown"}:
        for shape, fields in layer_of(directory, layer):
            assert shape.bounds[2] - shape.bounds[0] < MOST_M, (layer, fields)


def test_a_map_of_nothing_builds_or_says_why_not(build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        directory = build('<?xml version="1.0"?><osm version="0.6"/>')
    except AssertionError:
        assert "hill" in capsys.readouterr().err
    else:
        assert "streets" not in layers_of(directory)
