"""One Overpass reply, saved as it came once it is whole."""

import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from guide.domain.errors import SourceError
from tests.fetch import misbehaving_server as replies
from tests.fetch.misbehaving_server import Script
from tiles.fetch.http import Fetcher
from tiles.fetch.overpass import fetch_overpass, overpass_query

BOX = (140.90, 42.29, 141.08, 42.43)
ELEMENTS = [
    {"type": "node", "id": 1, "lat": 42.3, "lon": 140.9},
    {"type": "node", "id": 2, "lat": 42.31, "lon": 140.9},
    {"type": "way", "id": 3, "nodes": [1, 2], "tags": {"highway": "steps", "name": "八幡坂"}},
]
REPLY = json.dumps({"version": 0.6, "elements": ELEMENTS}, ensure_ascii=False).encode()
REMARK = json.dumps({"elements": ELEMENTS, "remark": "runtime error: Query timed out after 181 seconds."}).encode()
PATH = "/api/interpreter"


def fetch(server: Script, fetcher: Fetcher, path: Path) -> None:
    fetch_overpass(fetcher, BOX, path, base_url=f"{server.base_url}/api")


def test_the_reply_is_saved_as_it_came(server: Script, fetcher: Fetcher, tmp_path: Path) -> None:
    server.say(PATH, replies.body(REPLY, "application/json"))
    fetch(server, fetcher, tmp_path / "cache/overpass.json")
    assert (tmp_path / "cache/overpass.json").read_bytes() == REPLY
    assert server.seen[0].method == "POST"
    assert parse_qs(server.seen[0].body.decode()) == {"data": [overpass_query(BOX)]}


def test_a_reply_that_is_here_is_not_asked_for_again(server: Script, fetcher: Fetcher, tmp_path: Path) -> None:
    server.say(PATH, replies.body(REPLY))
    fetch(server, fetcher, tmp_path / "overpass.json")
    fetch(server, fetcher, tmp_path / "overpass.json")
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (replies.status(429), "429"),
        (replies.status(504), "504"),
        (replies.body(b"<html>The server is probably too busy</html>", "text/html"), "web page"),
        (replies.body(REMARK, "application/json"), "timed out after 181"),
        (replies.body(REPLY[:-30], "application/json"), "no whole Overpass reply"),
        (replies.cut(REPLY, 100), "half-way"),
        (replies.body(b'{"elements": []}', "application/json"), "nothing in this box"),
        (replies.body(b'{"elements": 7}', "application/json"), "no whole Overpass reply"),
        (replies.reset, "broke the connection"),
        (replies.stall(0.6), "no answer"),
    ],
    ids=["429", "504", "html", "remark", "half", "cut", "empty", "other", "reset", "stall"],
)
def test_trouble_passes_or_is_said(
    server: Script, fetcher: Fetcher, tmp_path: Path, trouble: replies.Reply, reason: str
) -> None:
    server.say(PATH, trouble, replies.body(REPLY, "application/json"))
    fetch(server, fetcher, tmp_path / "overpass.json")
    assert (tmp_path / "overpass.json").read_bytes() == REPLY
    server.say(PATH, trouble)
    with pytest.raises(SourceError, match=reason):
        fetch(server, fetcher, tmp_path / "never.json")
    assert sorted(file.name for file in tmp_path.glob("*.json")) == ["overpass.json"]


def test_the_query_asks_for_streets_and_landmarks_in_the_box_south_first() -> None:
    query = overpass_query(BOX)
    assert query.startswith("[out:json][timeout:")
    assert 'way["highway"](42.2900000,140.9000000,42.4300000,141.0800000);' in query
    assert "viewpoint" in query
    assert query.endswith("out body;>;out skel qt;")
