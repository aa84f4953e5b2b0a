"""Files of OSM data: every kind gives the same network, every broken file one sentence."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import osmium
import osmnx
import pytest

from guide.area.read import BuiltArea
from guide.domain.errors import GuideError, SourceError, UsageError
from guide.domain.network import Flag
from tiles.osm.assemble import assemble_network
from tiles.osm.graph import network_of_graph, save_graphml, to_graph
from tiles.osm.read import read_osm

XML = """<?xml version="1.0"?>
<osm version="0.6">
  <node id="1" lat="42.30" lon="140.90" version="1"/>
  <node id="2" lat="42.31" lon="140.91" version="1"/>
  <node id="-3" lat="42.32" lon="140.92" version="1"><tag k="tourism" v="viewpoint"/></node>
  <way id="7" version="1"><nd ref="1"/><nd ref="2"/><nd ref="-3"/><nd ref="4"/>
    <tag k="highway" v="steps"/><tag k="name" v="見本坂"/></way>
</osm>
"""


def test_xml_and_pbf_give_the_same(tmp_path: Path) -> None:
    xml, pbf = tmp_path / "hill.osm", tmp_path / "hill.osm.pbf"
    xml.write_text(XML, encoding="utf-8")
    with osmium.SimpleWriter(str(pbf)) as writer:
        for thing in osmium.FileProcessor(str(xml)):
            writer.add(thing)
    from_xml, from_pbf = read_osm(xml), read_osm(pbf)
    assert from_xml.ways == from_pbf.ways
    assert from_xml.node_ids.tolist() == from_pbf.node_ids.tolist() == [-3, 1, 2]
    assert [point.id for point in from_xml.points] == [-3]
    network, findings = assemble_network(from_pbf, "hill.osm.pbf")
    assert network.edge_count == 1
    assert [finding.code for finding in findings] == ["osm.missing-nodes"]


def test_an_overpass_reply_is_read_in_both_its_forms(tmp_path: Path) -> None:
    nodes = [{"type": "node", "id": number, "lat": 42.3, "lon": 140.9 + number / 100} for number in (1, 2)]
    way = {"type": "way", "id": 7, "nodes": [1, 2], "tags": {"highway": "path"}}
    beside = {"elements": [*nodes, way]}
    inside = {"elements": [{**way, "geometry": [{"lat": node["lat"], "lon": node["lon"]} for node in nodes]}]}
    lengths = []
    for number, reply in enumerate((beside, inside)):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(reply))
        lengths.append(assemble_network(read_osm(path), "test")[0].edge_length_m.tolist())
    assert lengths[0] == lengths[1]


@pytest.mark.parametrize("ending", [".osm.pbf", ".osm", ".json", ".graphml"])
@pytest.mark.parametrize(
    "content", [b"", b"<html>not here</html>", b"\x00\x01\x02" * 50, b'{"elements": [{"type": "way"}]}']
)
def test_a_broken_file_is_one_sentence_with_its_name(tmp_path: Path, ending: str, content: bytes) -> None:
    path = tmp_path / f"broken{ending}"
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        assemble_network(read_osm(path), path.name)
    assert "broken" in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("ending", [".osm.pbf", ".osm", ".json", ".graphml"])
def test_a_missing_file_is_one_sentence(tmp_path: Path, ending: str) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        read_osm(tmp_path / f"nowhere{ending}")


def test_another_kind_of_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.pbf"):
        read_osm(tmp_path / "streets.shp")


def test_an_overpass_reply_that_broke_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "overpass.json"
    path.write_text(json.dumps({"elements": [], "remark": "runtime error: Query timed out"}))
    with pytest.raises(SourceError, match="timed out"):
        read_osm(path)


@pytest.mark.area
@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_real_file_cut_short_is_refused(sources: Path, tmp_path: Path, share: float) -> None:
    whole = (sources / "portland" / "portland.osm.pbf").read_bytes()
    path = tmp_path / "cut.osm.pbf"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(GuideError, match=r"cut\.osm\.pbf"):
        assemble_network(read_osm(path), path.name)


def test_the_network_goes_through_graphml_and_osmnx_and_back(sample: BuiltArea, tmp_path: Path) -> None:
    assert sample.streets is not None
    network, heights = sample.streets.network, sample.streets.heights
    path = tmp_path / "network.graphml"
    save_graphml(network, heights, path)
    graph = osmnx.load_graphml(path)
    assert len(graph) == network.node_count
    assert graph.number_of_edges() == 2 * network.edge_count
    lengths = sorted(data["length"] for _, _, data in graph.edges(data=True))
    assert lengths == pytest.approx(sorted(np.repeat(network.edge_length_m, 2)))
    assert {"x", "y", "elevation"} <= set(next(iter(graph.nodes(data=True)))[1])

    back, _ = assemble_network(read_osm(path), path.name)
    assert back.edge_count == network.edge_count
    assert sorted(back.node_osm_id) == sorted(network.node_osm_id)
    assert sorted(back.edge_kind) == sorted(network.edge_kind)
    assert sorted(back.edge_flags) == sorted(network.edge_flags)
    assert back.edge_length_m.sum() == pytest.approx(network.edge_length_m.sum())
    assert {name.local for name in back.names} == {name.local for name in network.names}


def test_uphill_grades_in_the_graph_are_positive_one_way_and_negative_the_other(sample: BuiltArea) -> None:
    assert sample.streets is not None
    graph = to_graph(sample.streets.network, sample.streets.heights)
    grades = [data["grade"] for _, _, data in graph.edges(data=True) if "grade" in data]
    assert sum(grades) == pytest.approx(0, abs=1e-6)
    assert max(grades) > 0.2
    assert network_of_graph(graph, "graph").edge_count == sample.streets.network.edge_count


def test_what_wheels_must_know_goes_through_the_graph_and_back(sample: BuiltArea) -> None:
    assert sample.streets is not None
    network = sample.streets.network
    count = network.edge_count
    told = replace(
        network,
        edge_width_m=np.linspace(0.5, 4, count).round(1).astype(np.float32),
        edge_kerb_m=np.where(np.arange(count) % 2, 0.03, np.nan).astype(np.float32),
        edge_access=(np.arange(count) % 4).astype(np.uint8),
        edge_smoothness=(np.arange(count) % 9).astype(np.uint8),
        edge_flags=network.edge_flags | np.uint16(Flag.CROSSING),
    )
    back = network_of_graph(to_graph(told, sample.streets.heights), "graph")
    assert sorted(back.edge_width_m) == sorted(told.edge_width_m)
    assert np.count_nonzero(np.isnan(back.edge_kerb_m)) == (count + 1) // 2
    for name in ("edge_access", "edge_smoothness", "edge_flags"):
        assert sorted(getattr(back, name)) == sorted(getattr(told, name))
