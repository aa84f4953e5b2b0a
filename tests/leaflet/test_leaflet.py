"""A tour on paper: read back from the PDF, and looked at as a picture."""

import gzip
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from pypdf import PdfReader

from guide.api.profiles.fonts import find_fonts
from guide.area.read import BuiltArea
from guide.areas.archive import Archive, open_local
from guide.domain.bands import BANDS
from guide.domain.profile import Profile
from guide.domain.walk import Walk
from guide.leaflet.frame import frame_around
from guide.leaflet.hillshade import draw_hills
from guide.leaflet.labels import Labels
from guide.leaflet.map_svg import draw_map
from guide.leaflet.printing import print_leaflet
from guide.leaflet.profile_svg import draw_profile
from guide.leaflet.words import Leaflet, Paper, Station, Tiles
from guide.routing.course.geometry import Geometry

DAY = date(2026, 11, 24)
Print = Callable[..., PdfReader]


def tiles_of(area: BuiltArea, name: str) -> Tiles:
    path = area.find_archive(name)
    assert path is not None
    content = open_local(path.parent, path.name)
    assert content is not None
    archive = Archive(path.name, content)

    def find(z: int, x: int, y: int) -> bytes | None:
        tile = archive.find_tile(z, x, y)
        return None if tile is None else gzip.decompress(tile) if archive.gzipped else tile

    return Tiles(find=find, most_zoom=archive.zooms[1])


@pytest.fixture(scope="module")
def leaflet(sample: BuiltArea) -> Leaflet:
    """The Limit Slope of the sample, walked alone."""
    assert sample.streets is not None
    slope = next(each for each in sample.slopes if each.entry.id == "kyokugen-zaka")
    assert slope.line is not None
    geometry = Geometry(sample.streets.network, sample.streets.heights, sample.streets.prepared)
    return Leaflet(
        language="ja",
        title="極限坂の散歩 <b> #強い[字] $数$",
        subtitle="ためしの一枚",
        area_name="見本町",
        story="見本町でいちばん急な坂を登る。",
        summary=("0.1 km", "3 分"),
        line=slope.line,
        profile=geometry.profile(Walk.of(slope.stretches)),
        stations=(
            Station(
                number=1, name="極限坂", reading="きょくげんざか", lng_lat=tuple(slope.line[0].tolist()), along_m=0.0,
                is_slope=True, facts="長さ 128 m、平均 23 %", story="車で登れる限りの急さ。",
            ),
            Station(number=2, name="南の展望台", lng_lat=tuple(slope.line[-1].tolist()), along_m=128.0, is_slope=False),
        ),
        warnings=("冬は凍ることがあります。",),
        link="https://example.org/?area=sample&tour=a",
        credits=("hyakusaka sample town (made up)",),
        sample=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def printed(sample: BuiltArea) -> Print:
    def on(paper: Paper, leaflet: Leaflet) -> PdfReader:
        return PdfReader(io.BytesIO(pdf_of(sample, paper, leaflet)))

    return on


def pdf_of(sample: BuiltArea, paper: Paper, leaflet: Leaflet) -> bytes:
    fonts = find_fonts("極限坂のABC±%～")
    return print_leaflet(leaflet, paper, tiles_of(sample, "streets"), tiles_of(sample, "relief"), fonts, DAY)


@pytest.mark.parametrize(("paper", "size_mm"), [(Paper.A4, (210, 297)), (Paper.A3, (420, 297))])
def test_all_that_it_says_can_be_read(printed: Print, leaflet: Leaflet, paper: Paper, size_mm: tuple[int, int]) -> None:
    pdf = printed(paper, leaflet)
    box = pdf.pages[0].mediabox
    assert (float(box.width) * 25.4 / 72, float(box.height) * 25.4 / 72) == pytest.approx(size_mm, abs=0.5)
    words = re.sub(r"\s", "", "".join(page.extract_text() for page in pdf.pages))
    for text in (
        leaflet.title, leaflet.subtitle, leaflet.story, *leaflet.warnings, *leaflet.credits, leaflet.link,
        "きょくげんざか", "南の展望台", "長さ128m、平均23%", "35%以上", "階段", "2026-11-24作成", "実在しません",
    ):  # fmt: skip
        assert re.sub(r"\s", "", text or "") in words
    assert pdf.metadata is not None
    assert pdf.metadata.title == leaflet.title


def test_screen_readers_find_its_language_and_what_its_pictures_show(printed: Print, leaflet: Leaflet) -> None:
    root = printed(Paper.A4, leaflet).root_object
    assert str(root["/Lang"]).startswith("ja")
    assert root["/MarkInfo"]["/Marked"]
    assert b"/Alt" in bytes(str(root["/StructTreeRoot"].get_object()), "utf-8") or _has_alt(root["/StructTreeRoot"])


def _has_alt(element: object) -> bool:
    node = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(node, dict):
        return "/Alt" in node or ("/K" in node and _has_alt(node["/K"]))
    return isinstance(node, list) and any(_has_alt(each) for each in node)


def test_a_short_tour_takes_one_side_and_a_long_one_two(printed: Print, leaflet: Leaflet) -> None:
    assert len(printed(Paper.A4, leaflet).pages) == 1
    first = leaflet.stations[0]
    many = tuple(replace(first, number=number, story="長い話。" * 12) for number in range(1, 10))
    assert len(printed(Paper.A4, replace(leaflet, stations=many)).pages) == 2
    assert len(printed(Paper.A3, replace(leaflet, stations=many)).pages) == 1


def test_the_same_tour_gives_the_same_bytes(sample: BuiltArea, leaflet: Leaflet) -> None:
    assert pdf_of(sample, Paper.A4, leaflet) == pdf_of(sample, Paper.A4, leaflet)


def test_a_walk_without_heights_is_printed_in_grey(sample: BuiltArea, leaflet: Leaflet) -> None:
    unknown = np.full_like(leaflet.profile.elevation_m, np.nan)
    flat = Profile(distance_m=leaflet.profile.distance_m, elevation_m=unknown, sigma_m=unknown)
    strip = draw_profile(flat, leaflet.stations, 180, 30)
    assert "#a3a3a3" in strip
    assert "nan" not in strip
    assert pdf_of(sample, Paper.A4, replace(leaflet, profile=flat)).startswith(b"%PDF")


def test_the_map_shows_the_walk_in_its_bands_and_every_number(sample: BuiltArea, leaflet: Leaflet) -> None:
    frame = frame_around(leaflet.line, 180, 120)
    drawn = draw_map(frame, tiles_of(sample, "streets"), tiles_of(sample, "relief"), leaflet, "sans-serif")
    assert BANDS[5].colour in drawn  # 18 to 25 %: the slope itself, not faded
    assert ">1</text>" in drawn
    assert ">2</text>" in drawn
    assert "200 m</text>" in drawn or "100 m</text>" in drawn
    assert "nan" not in drawn
    corners = frame.place(leaflet.line)
    assert (corners > 0).all()
    assert (corners < (180, 120)).all()


def test_a_frame_is_true_to_scale_and_never_tighter_than_a_neighbourhood() -> None:
    line = np.array([[140.97, 42.32], [140.97, 42.32 + 1000 / 111_080]])  # a kilometre north
    frame = frame_around(line, 100, 100)
    (_, top), (_, bottom) = frame.place(line[::-1]).tolist()
    assert (bottom - top) * frame.ground / frame.mm_per_m == pytest.approx(1000, rel=0.005)
    tiny = frame_around(np.array([[140.97, 42.32], [140.97, 42.32001]]), 100, 100)
    assert 100 / tiny.mm_per_m * tiny.ground >= 400


def test_hills_are_dark_on_the_side_away_from_the_sun() -> None:
    """A ridge that runs south to north: with the sun in the north-west its east side lies in the shade."""
    import base64  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415

    def find(_z: int, _x: int, _y: int) -> bytes:
        height = 3000.0 - np.abs(np.arange(64) - 32)[None, :] * 100.0 + np.zeros((64, 1))
        code = np.round((height + 10_000) * 10).astype(np.int64)
        rgb = np.stack((code >> 16, code >> 8 & 255, code & 255), axis=-1).astype(np.uint8)
        buffer = io.BytesIO()
        Image.fromarray(rgb).save(buffer, "PNG")
        return buffer.getvalue()

    frame = frame_around(np.array([[140.9, 42.3], [140.99, 42.39]]), 60, 60)
    (data,) = re.findall(r"base64,([^\"]+)", draw_hills(frame, Tiles(find=find, most_zoom=10)))
    alpha = np.asarray(Image.open(io.BytesIO(base64.b64decode(data))))[..., 3].astype(float)
    row = alpha[len(alpha) // 2]
    slopes = np.unique(row)
    assert len(slopes) >= 2
    assert alpha.min() == 0  # the lit side


def test_names_never_cover_each_other() -> None:
    labels = Labels(100, 100, "sans-serif")
    for number in range(30):
        labels.at(f"Quarter {number}", np.array([50.0, 50.0 + number / 10]))
    assert labels.svg("#000000", "#ffffff").count("<text") == 2  # one name, twice painted
    labels.at("Outside", np.array([99.0, 50.0]))
    assert "Outside" not in labels.svg("#000000", "#ffffff")
