"""A tiny built area, written with the project's own writers: a drawn town with slopes, landmarks and tiles."""

import gzip
import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import msgspec
import numpy as np
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from guide.area.arrays import Streets, write_streets
from guide.area.closure_features import closure_to_feature
from guide.area.features import encode_collection, landmark_to_feature, slope_to_detail, slope_to_feature
from guide.area.files import CLOSURES, LANDMARKS, NETWORK, PROFILES, SCHEMA_VERSION, SLOPES, TOURS
from guide.area.manifest import Code, Counts, ElevationModel, Manifest, write_manifest
from guide.area.tour_features import tour_to_feature
from guide.area.write import build_directory, hash_files, publish
from guide.domain.area import AreaInfo, Credit, Missing, OpenData
from guide.domain.closure import CatalogueClosure, Closure, ClosureKind
from guide.domain.landmark import Landmark, LandmarkKind
from guide.domain.network import Kind
from guide.domain.route import Direction
from guide.domain.slope import CatalogueSlope, Confidence, Measures, Slope, Theme
from guide.domain.tour import CatalogueTour, Tour, TourStop, TourWalk
from guide.domain.walk import Walk, whole_arcs
from guide.routing.search.order import compute_node_order
from tests.routing.ascii_maps import Town, town
from tests.routing.helpers import geometry_of, prepared_of

JST = timezone(timedelta(hours=9))
TILE = (14, 14609, 6059)  # zoom, column, row
TILE_BYTES = gzip.compress(b"a tile " * 300, mtime=0)

# 八幡 is a stair of 57 steps from B up to E; "x" is an island that nothing is joined to.
DRAWING = """
A--B--C
|  |  |       x--y
D--E--F
"""
READINGS = {"hachiman": "はちまんざか", "hama": "はまざか", "island": "しまざか"}
HEIGHTS = {"A": 0.0, "B": 0.0, "C": 0.0, "D": 20.0, "E": 20.0, "F": 20.0, "x": 0.0, "y": 0.0}


def drawn_town() -> Town:
    return town(
        DRAWING,
        elevation_m=HEIGHTS,
        kinds={"BE": Kind.STEPS},
        step_counts={"BE": 57},
        names={"AB": "浜町通り", "BC": "浜町通り", "DE": "山手通り", "EF": "山手通り", "BE": "八幡坂"},
    )


def slope_along(place: Town, slope_id: str, name: str, nodes: str, name_en: str | None = None) -> Slope:
    arcs = tuple(place.arc(nodes[i : i + 2]) for i in range(len(nodes) - 1))
    profile = geometry_of(place.network, place.heights).profile(Walk(arcs))
    rise = float(profile.elevation_m[-1] - profile.elevation_m[0])
    measures = Measures(
        length_m=profile.length_m, rise_m=rise, ascent_m=max(rise, 0), descent_m=max(-rise, 0),
        mean_grade=rise / profile.length_m, mean_abs_grade=abs(rise) / profile.length_m, mean_grade_sigma=0.001,
        max_grade_20m=0.2, max_grade_20m_sigma=0.01, max_grade_50m=None, max_grade_50m_sigma=None, steps=57,
        effort=3, course_constant_up=1.0, course_constant_down=0.5, rank="C", elevation_source="drawn",
        confidence=Confidence.HIGH,
    )  # fmt: skip
    entry = CatalogueSlope(
        id=slope_id, name=name, reading=READINGS.get(slope_id), name_en=name_en, themes=(Theme.VIEW,)
    )
    line = np.array([place.place(node) for node in nodes])
    return Slope(entry=entry, line=line, stretches=whole_arcs(arcs), profile=profile, measures=measures)


def write_area(  # noqa: PLR0913 (a test names what it wants otherwise)
    build_root: Path,
    area: str = "drawn",
    *,
    sample: bool = False,
    complete: bool = True,
    slopes: Iterable[Slope] | None = None,
    closures: Iterable[Closure] = (),
    tile: bytes = TILE_BYTES,
    open_data: OpenData | None = None,
) -> Path:
    """Write and publish a build; returns its directory."""
    place = drawn_town()
    if slopes is None:
        slopes = (
            slope_along(place, "hachiman", "八幡坂", "BE", "Hachiman-zaka"),
            slope_along(place, "hama", "浜坂", "CF"),
            slope_along(place, "island", "島坂", "xy"),
            Slope(entry=CatalogueSlope(id="lost", name="迷坂", lng_lat=place.place("A"))),
            Slope(entry=CatalogueSlope(id="nowhere", name="無坂")),
        )
    slopes = tuple(slopes)
    landmarks = (
        Landmark(id="n1", kind=LandmarkKind.VIEWPOINT, lng_lat=place.place("D"), name="展望台", name_en="Lookout"),
        Landmark(id="n2", kind=LandmarkKind.TOILETS, lng_lat=place.place("C")),
    )
    with build_directory(build_root / area) as directory:
        (directory / SLOPES).write_bytes(encode_collection([slope_to_feature(slope) for slope in slopes]))
        details = {slope.entry.id: detail for slope in slopes if (detail := slope_to_detail(slope))}
        (directory / PROFILES).write_bytes(msgspec.json.encode(details))
        (directory / LANDMARKS).write_bytes(encode_collection([landmark_to_feature(mark) for mark in landmarks]))
        ids = {slope.entry.id for slope in slopes}
        tours = [tour_to_feature(_tour(place))] if "hachiman" in ids else []
        told = [*([_notice(place)] if "hachiman" in ids else []), *closures]
        (directory / TOURS).write_bytes(encode_collection(tours))
        (directory / CLOSURES).write_bytes(encode_collection([closure_to_feature(each) for each in told]))
        archives = {}
        if complete:
            streets = Streets(
                network=place.network,
                heights=place.heights,
                node_order=compute_node_order(place.network),
                prepared=prepared_of(place.network, place.heights),
            )
            write_streets(directory / NETWORK, streets)
            archives = {"guide": _write_archive(directory, tile)}
        write_manifest(directory / "manifest.json", _manifest(area, directory, archives, sample, complete, open_data))
        return publish(directory, build_root / area)


def _tour(place: Town) -> Tour:
    """Up the stairs to the lookout, as staff recommend it."""
    entry = CatalogueTour(
        id="to-the-lookout", name="展望台へ", name_en="To the lookout", description_en="Up the stairs.",
        stops=(TourStop(id="hachiman", direction=Direction.UP), TourStop(id="n1")),
    )  # fmt: skip
    line = np.array([place.place(node) for node in "BED"])
    walk = TourWalk(
        line=line, distance_m=250.0, duration_s=400.0, ascent_m=20.0, descent_m=0.0, max_grade_20m=0.2, steps=57
    )
    return Tour(entry=entry, walk=walk)


def _notice(place: Town) -> Closure:
    """A word of warning for one winter, which changes no route."""
    begins, ends = (datetime(2026, 12, 1, tzinfo=JST), datetime(2027, 4, 1, tzinfo=JST))
    entry = CatalogueClosure(
        id="handrail", kind=ClosureKind.NOTICE, slope_id="hachiman", description_ja="手すりをご利用ください。",
        description_en="Please hold on to the handrail.",
    )  # fmt: skip
    line = np.array([place.place(node) for node in "BE"])
    return Closure(entry=entry, starts=begins, ends=ends, lines=(line,), edges=())


def _manifest(
    area: str,
    directory: Path,
    archives: dict[str, str],
    sample: bool,  # noqa: FBT001
    complete: bool,  # noqa: FBT001
    open_data: OpenData | None,
) -> Manifest:
    return Manifest(
        schema_version=SCHEMA_VERSION,
        area=AreaInfo(id=area, name_ja="絵の町", name_en="Drawn Town", bbox=(140.9, 42.2, 141.1, 42.4),
                      time_zone="Asia/Tokyo", sample=sample, open_data=open_data),
        code=Code(version="0", sha256="0"),
        complete=complete,
        missing=() if complete else (Missing(source="osm", message_ja="道がありません。", message_en="No streets."),),
        inputs=(),
        credits=(Credit(text="© the drawer", licence="CC0", url="https://example.org"),),
        elevation=(ElevationModel(id="drawn", resolution_m=1.0, sigma_m=0.1),),
        extent=(141.0, 42.29, 141.01, 42.3) if complete else None,
        counts=Counts(slopes=5, slopes_measured=3, landmarks=2, tours=1, closures=1, streets_km=1.2345,
                      streets_unknown_km=0.0),
        archives=archives,
        files=hash_files(directory),
        findings=(),
    )  # fmt: skip


def _write_archive(directory: Path, tile: bytes) -> str:
    name = f"guide-{hashlib.sha256(tile).hexdigest()[:12]}.pmtiles"
    with (directory / name).open("wb") as file:
        writer = Writer(file)
        writer.write_tile(zxy_to_tileid(*TILE), tile)
        writer.finalize(
            {
                "tile_type": TileType.MVT, "tile_compression": Compression.GZIP,
                "min_lon_e7": 1410000000, "min_lat_e7": 422000000, "max_lon_e7": 1410100000, "max_lat_e7": 423000000,
                "center_zoom": 14, "center_lon_e7": 1410000000, "center_lat_e7": 422000000,
            },
            {"vector_layers": [{"id": "slopes", "fields": {"id": "String"}}]},
        )  # fmt: skip
    return name
