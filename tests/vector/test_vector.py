"""Features to tiles: all there, clipped, the same bytes each time."""

import gzip

import mapbox_vector_tile
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mapbox_vector_tile.Mapbox import vector_tile_pb2

from tiles.layers.feature import Attributes, Feature, stable_id
from tiles.mercator import TileAddress
from tiles.vector import BUFFER, EXTENT, Reach, encode_tiles

PLACES = st.tuples(st.floats(-179.9, 179.9), st.floats(-84, 84))


def line(*places: tuple[float, float], layer: str = "slopes", min_zoom: int = 0, key: str | None = None) -> Feature:
    attributes: Attributes = {"id": "a", "length_m": 1.5}
    return Feature(
        layer=layer, key=key or str(places), lng_lat=np.array(places), attributes=attributes, min_zoom=min_zoom
    )


def decoded(features: list[Feature], low: int, high: int) -> dict[TileAddress, dict[str, dict[str, object]]]:
    return {
        address: mapbox_vector_tile.decode(gzip.decompress(data))
        for address, data in encode_tiles(features, Reach(min_zoom=low, max_zoom=high))
    }


def test_a_point_lies_in_its_tile_where_it_should() -> None:
    # The centre of the world is the corner of four tiles of zoom 1; this place is the middle of one of zoom 2.
    tiles = decoded([line((45.0, 40.97989806962013))], 2, 2)
    (only,) = [address for address, tile in tiles.items() if tile["slopes"]]
    assert only == TileAddress(2, 2, 1)
    geometry = tiles[only]["slopes"]["features"][0]["geometry"]
    assert geometry == {"type": "Point", "coordinates": [EXTENT // 2, EXTENT // 2]}


def test_north_is_up() -> None:
    tiles = decoded([line((10.0, 10.0), (10.0, 60.0))], 0, 0)
    south, north = tiles[TileAddress(0, 0, 0)]["slopes"]["features"][0]["geometry"]["coordinates"]
    assert north[1] > south[1]  # the decoder turns tile rows into heights


@given(st.lists(PLACES, min_size=2, max_size=6), st.integers(0, 6))
@settings(max_examples=60)
def test_no_line_leaves_its_tile_and_buffer(places: list[tuple[float, float]], zoom: int) -> None:
    for tile in decoded([line(*places)], zoom, zoom).values():
        for feature in tile["slopes"]["features"]:
            geometry = feature["geometry"]
            parts = [geometry["coordinates"]] if geometry["type"] == "LineString" else geometry["coordinates"]
            assert np.concatenate(parts).min() >= -BUFFER - 1
            assert np.concatenate(parts).max() <= EXTENT + BUFFER + 1


@given(st.lists(PLACES, min_size=1, max_size=20))
@settings(max_examples=60)
def test_every_point_is_in_some_tile_of_every_zoom(places: list[tuple[float, float]]) -> None:
    features = [line(place, key=str(number)) for number, place in enumerate(places)]
    for zoom in (0, 3, 9):
        found = {
            feature["id"] for tile in decoded(features, zoom, zoom).values() for feature in tile["slopes"]["features"]
        }
        assert found == {stable_id(str(number)) for number in range(len(places))}


def test_a_feature_is_absent_below_its_zoom() -> None:
    zooms = {address.z for address in decoded([line((10.0, 10.0), min_zoom=5)], 3, 7)}
    assert zooms == {5, 6, 7}


def test_a_line_smaller_than_a_pixel_is_left_out_far_away_and_there_near_by() -> None:
    short = line((10.0, 10.0), (10.0001, 10.0))  # about 11 m; a unit is 2.4 m at zoom 12, 153 m at zoom 6
    zooms = {address.z for address in decoded([short], 0, 15)}
    assert zooms >= {12, 13, 14, 15}
    assert not zooms & set(range(7))


def test_layers_and_attributes_stand_as_given() -> None:
    tiles = decoded([line((1.0, 1.0), layer="slopes"), line((1.0, 1.0), layer="landmarks")], 12, 12)
    ((_, tile),) = tiles.items()
    assert set(tile) == {"slopes", "landmarks"}
    assert tile["slopes"]["features"][0]["properties"] == {"id": "a", "length_m": pytest.approx(1.5)}


def test_far_out_a_feature_carries_less() -> None:
    ((_, tile),) = decoded([line((1.0, 1.0), layer="slopes")], 8, 8).items()
    assert tile["slopes"]["features"][0]["properties"] == {"id": "a"}


def test_a_whole_number_and_a_measure_of_the_same_size_keep_their_types() -> None:
    feature = Feature(
        layer="landmarks", key="a", lng_lat=np.array([(1.0, 1.0)]), attributes={"steps": 5, "rise_m": 5.0}, min_zoom=0
    )
    ((_, data),) = encode_tiles([feature], Reach(min_zoom=3, max_zoom=3))
    message = vector_tile_pb2.tile()
    message.ParseFromString(gzip.decompress(data))
    assert [value.HasField("int_value") for value in message.layers[0].values] == [True, False]
    assert [value.HasField("double_value") for value in message.layers[0].values] == [False, True]


@given(st.lists(st.tuples(st.floats(-89, 89), st.floats(-84, 84)), min_size=2, max_size=6), st.integers(0, 4))
@settings(max_examples=60)
def test_a_line_keeps_its_direction(places: list[tuple[float, float]], zoom: int) -> None:
    """What says uphill must not turn round where a tile cuts it."""
    whole = line(*sorted(places))  # from west to east
    for tile in decoded([whole], zoom, zoom).values():
        for feature in tile["slopes"]["features"]:
            for part in parts_of(feature["geometry"]):
                assert (np.diff(part[:, 0]) >= 0).all()


def parts_of(geometry: dict[str, object]) -> "list[np.ndarray[tuple[int, int], np.dtype[np.float64]]]":
    lines = [geometry["coordinates"]] if geometry["type"] == "LineString" else geometry["coordinates"]
    return [np.array(part, dtype=np.float64) for part in lines]  # type: ignore[union-attr]


def test_the_same_features_give_the_same_bytes() -> None:
    features = [line((1.0, 1.0), (2.0, 2.0)), line((3.0, 3.0))]
    assert list(encode_tiles(features, Reach(min_zoom=0, max_zoom=8))) == list(
        encode_tiles(features, Reach(min_zoom=0, max_zoom=8))
    )


def test_nothing_gives_no_tiles() -> None:
    assert list(encode_tiles([], Reach(min_zoom=0, max_zoom=3))) == []


def test_a_mistaken_line_across_half_the_world_stays_within_the_area() -> None:
    astray = line((140.97, 42.32), (12.48, 41.9))
    reach = Reach(min_zoom=8, max_zoom=15, bounds=(140.90, 42.29, 141.08, 42.43))
    tiles = list(encode_tiles([astray], reach))
    assert 8 <= len(tiles) < 100
