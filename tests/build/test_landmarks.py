"""Landmarks of several sources: read, merged without doubles, and linked to the slopes they lie beside."""

import json
import zipfile
from pathlib import Path

import pytest

from guide.area.features import (
    landmark_from_feature,
    landmark_to_feature,
    slope_from_feature,
    slope_to_detail,
    slope_to_feature,
)
from guide.area.files import MANIFEST
from guide.area.read import current_build, open_area
from guide.domain.errors import SourceError
from guide.domain.landmark import Landmark, LandmarkKind
from guide.domain.slope import CatalogueSlope, Slope, Theme
from tiles.__main__ import main
from tiles.areas import LandmarkSpec
from tiles.landmark_sources.read import read_landmark_source
from tiles.landmarks import link_to_slopes, merge_landmarks
from tiles.osm.landmarks import landmark_kind

METRE = 1 / 111_100  # of latitude, in degrees, near enough
FEED = {
    "stops.txt": "\ufeffstop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n"
    "A,坂下,42.3,140.9,1,\nA1,坂下,42.3001,140.9,0,A\nB,坂上,42.31,140.9,,\nC,,42.3,140.9,0,\nD,入口,42.3,140.9,2,A\n",
    "translations.txt": "trans_id,lang,translation\n坂下,en,Sakashita\n坂下,ja-Hrkt,さかした\n",
}
NEW_TRANSLATIONS = (
    "table_name,field_name,language,translation,record_id,field_value\n"
    "stops,stop_name,en,Sakashita,A,\nstops,stop_name,ja-Hrkt,さかした,,坂下\nroutes,route_long_name,en,No,A,\n"
)


def mark(name: str | None, north_m: float = 0.0, kind: LandmarkKind = LandmarkKind.SIGHT, **more: object) -> Landmark:
    landmark_id = str(more.pop("id", f"{name}-{north_m}"))
    return Landmark(id=landmark_id, kind=kind, lng_lat=(140.9, 42.3 + north_m * METRE), name=name, **more)  # type: ignore[arg-type]


def spec(kind: str, file: str) -> LandmarkSpec:
    return LandmarkSpec(id="town", kind=kind, file=file, origin="file", licence="CC0", credit="someone")


def test_stops_are_read_once_each_with_their_other_names(tmp_path: Path) -> None:
    folder = tmp_path / "gtfs"
    folder.mkdir()
    for name, text in FEED.items():
        (folder / name).write_text(text, encoding="utf-8")
    stops, findings = read_landmark_source(spec("gtfs_stops", "gtfs"), folder)
    assert [(stop.id, stop.name_en, stop.reading) for stop in stops] == [
        ("town-A", "Sakashita", "さかした"),
        ("town-B", None, None),
    ]
    assert {stop.kind for stop in stops} == {LandmarkKind.BUS_STOP}
    assert [finding.code for finding in findings] == ["landmark.left-out"]


def test_a_feed_may_be_a_zip_and_its_translations_of_the_newer_form(tmp_path: Path) -> None:
    path = tmp_path / "gtfs.zip"
    with zipfile.ZipFile(path, "w") as feed:
        feed.writestr("stops.txt", FEED["stops.txt"])
        feed.writestr("translations.txt", NEW_TRANSLATIONS)
    stops, _ = read_landmark_source(spec("gtfs_stops", "gtfs.zip"), path)
    assert (stops[0].name_en, stops[0].reading) == ("Sakashita", "さかした")


def shelter(number: str, name: str = "山の公園", **properties: str) -> dict[str, object]:
    geometry = {"type": "Point", "coordinates": [140.9, 42.3]}
    return {
        "type": "Feature",
        "geometry": geometry,
        "properties": {"共通ID": number, "施設・場所名": name, **properties},
    }


def test_shelters_say_against_what_they_help(tmp_path: Path) -> None:
    path = tmp_path / "sites.geojson"
    features = [
        shelter("E1", 津波="1", 洪水=""),
        shelter("E2"),
        shelter("E1"),
        shelter("", "名なし"),
        {"type": "Feature"},
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    places, findings = read_landmark_source(spec("geojson_shelters", "sites.geojson"), path)
    assert [place.id for place in places] == ["town-E1", "town-E2"]
    assert places[0].kind is LandmarkKind.EVACUATION_SITE
    assert places[0].description_ja == "災害のときの指定緊急避難場所。対象: 津波。"
    assert places[1].description_en == "Designated evacuation shelter."
    assert findings[0].values == {"count": 3}


@pytest.mark.parametrize("kind", ["geojson_shelters", "gtfs_stops", "municipal_csv"])
@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff\xfe\x00", b'{"features": [1]}', b"PK\x03\x04"])
def test_a_broken_file_is_a_finding_and_gives_nothing(tmp_path: Path, kind: str, content: bytes) -> None:
    path = tmp_path / "broken"
    path.write_bytes(content)
    places, (finding,) = read_landmark_source(spec(kind, "broken"), path)
    assert places == []
    assert finding.code in {"landmark.wrong-file", "landmark.left-out"}
    assert str(tmp_path) not in finding.line("ja")


def test_a_kind_that_nobody_reads_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="geojson_shelters, gtfs_stops, municipal_csv"):
        read_landmark_source(spec("kml", "x"), tmp_path)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        (mark("展望台", kind=LandmarkKind.VIEWPOINT), mark("見晴台", 15, LandmarkKind.VIEWPOINT), 1),
        (mark("展望台", kind=LandmarkKind.VIEWPOINT), mark("見晴台", 30, LandmarkKind.VIEWPOINT), 2),
        (mark("地球岬"), mark("地球岬", 90), 1),
        (mark("地球岬"), mark("地球岬", 110), 2),
        (mark("地球岬"), mark("ﾁｷｭｳ ﾐｻｷ", 90), 2),
        (mark("ｶﾌｪ・坂"), mark("カフェ 坂", 90), 1),
        (mark("地球岬", kind=LandmarkKind.VIEWPOINT), mark("地球岬", 90), 1),
        (mark("甲", other_names=("地球岬",)), mark("地球岬", 90), 1),
        (mark("地球岬"), mark("地球岬", 5, LandmarkKind.BUS_STOP), 2),  # a stop named after a sight is still a stop
        (mark(None, kind=LandmarkKind.BENCH), mark(None, 50, LandmarkKind.BENCH), 2),
        (mark("甲", id="x"), mark("乙", 5000, id="x"), 1),
    ],
)
def test_one_place_in_two_sources_is_one_landmark_and_the_first_is_believed(
    one: Landmark, other: Landmark, count: int
) -> None:
    merged = merge_landmarks([[one], [], [other]])
    assert len(merged) == count
    assert merged[0] is one


def test_within_a_source_nothing_is_merged() -> None:
    benches = [mark(None, metres, LandmarkKind.BENCH) for metres in (0, 1)]
    assert merge_landmarks([benches]) == benches
    assert len(merge_landmarks([[mark("甲", 900)], benches])) == 3


def test_slopes_and_landmarks_within_150_m_name_each_other_nearest_first() -> None:
    line = ((140.9, 42.3), (140.9, 42.3 + 100 * METRE))
    drawn = Slope(entry=CatalogueSlope(id="drawn", name="坂", line=line))
    point = Slope(entry=CatalogueSlope(id="point", name="坂", lng_lat=line[0]))
    lost = Slope(entry=CatalogueSlope(id="lost", name="坂"))
    marks = [mark("遠", 240), mark("近", 180), mark("外", 260)]
    slopes, landmarks = link_to_slopes([lost, drawn, point], marks)
    assert [slope.landmark_ids for slope in slopes] == [(), ("近-180", "遠-240"), ()]
    assert [each.slope_ids for each in landmarks] == [("drawn",), ("drawn",), ()]
    assert link_to_slopes([lost], marks) == ([lost], marks)
    assert link_to_slopes([drawn], []) == ([drawn], [])


def test_what_is_built_comes_back_as_it_was() -> None:
    entry = CatalogueSlope(
        id="a", name="坂", other_names=("段",), lng_lat=(140.9, 42.3), line=((140.9, 42.3), (140.91, 42.3)),
        themes=(Theme.VIEW,), reported_steps=57, credit="us", photo_source="album",
    )  # fmt: skip
    slope = Slope(entry=entry, landmark_ids=("m",))
    assert slope_from_feature(slope_to_feature(slope), slope_to_detail(slope)) == slope
    landmark = mark("甲", themes=(Theme.VIEW,), opening_hours="24/7", slope_ids=("a",))
    feature = landmark_to_feature(landmark)
    assert landmark_from_feature(feature) == landmark
    assert (feature["properties"]["icon"], feature["properties"]["slopes"]) == ("attraction", ["a"])
    assert "note" not in feature["properties"]


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"amenity": "place_of_worship", "religion": "shinto"}, LandmarkKind.SHRINE),
        ({"amenity": "place_of_worship", "religion": "buddhist"}, LandmarkKind.SHRINE),
        ({"amenity": "place_of_worship", "religion": "christian"}, LandmarkKind.PLACE_OF_WORSHIP),
        ({"tourism": "museum"}, LandmarkKind.MUSEUM),
        ({"amenity": "fast_food"}, LandmarkKind.FOOD),
        ({"railway": "tram_stop"}, LandmarkKind.STATION),
        ({"amenity": "shelter"}, LandmarkKind.SHELTER),
        ({"amenity": "shelter", "shelter_type": "public_transport", "highway": "bus_stop"}, LandmarkKind.BUS_STOP),
        ({"amenity": "shelter", "shelter_type": "public_transport"}, None),
        ({"emergency": "assembly_point"}, LandmarkKind.EVACUATION_SITE),
    ],
)
def test_tags_mark_a_kind(tags: dict[str, str], kind: LandmarkKind | None) -> None:
    assert landmark_kind(tags) is kind


def test_muroran_alone_serves_its_catalogue_and_joins_the_files_that_are_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYAKUSAKA_DATA", str(tmp_path))
    sources = tmp_path / "sources"
    (sources / "muroran" / "gtfs").mkdir(parents=True)
    (sources / "muroran" / "gtfs" / "stops.txt").write_text(FEED["stops.txt"], encoding="utf-8")
    monkeypatch.setenv("HYAKUSAKA_SOURCES", str(sources))
    assert main(["build", "muroran", "--only", "catalogue", "--offline"]) == 0
    directory = current_build(tmp_path / "build", "muroran")
    manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    assert {each["source"] for each in manifest["missing"]} >= {"emergency-sites", "evacuation-shelters"}
    assert "bus-stops" in {each["id"] for each in manifest["inputs"]}
    assert any("道南バス" in credit["text"] for credit in manifest["credits"])
    built = open_area(directory)
    assert (len(built.slopes), len(built.landmarks)) == (28, 38 + 2)
    ids = {landmark.id for landmark in built.landmarks}
    assert {"muroran-16", "muroran-sight-12", "bus-stops-A"} <= ids
    steps = {slope.entry.id: slope.entry.reported_steps for slope in built.slopes}
    assert steps["muroran-06"] == 57
    assert next(slope for slope in built.slopes if slope.entry.id == "muroran-12").entry.lng_lat is None
