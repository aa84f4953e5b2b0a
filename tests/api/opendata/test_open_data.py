"""Open data: files at addresses that stay, described for data portals, holding only what may be passed on."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.catalogue.exchange.incoming import read_all_incoming
from guide.catalogue.exchange.licences import lets_pass_on
from guide.catalogue.exchange.municipal_out import FACILITY_COLUMNS
from guide.catalogue.municipal_csv import Publisher
from guide.domain.area import OpenData
from guide.domain.entry import EntryKind
from guide.service.app import create_app
from guide.settings import Settings
from tests.api.built_area import write_area

TOWN = OpenData(
    publisher_ja="絵の町", publisher_en="Drawn Town", code="012050", prefecture="北海道", municipality="絵の町"
)
SLOPES = (
    "id,name,reading,lng,lat,photo,photo_credit,photo_licence,description_ja,licence,note,sources,status\n"
    "a-01,=一の坂,いちのさか,141.001,42.3,one.jpg,@x,CC-BY-4.0,港が見える。,,内輪の覚え,s,published\n"
    "a-02,二の坂,にのさか,141.002,42.3,two.jpg,@x,CC-BY-NC-4.0,,,,s,published\n"
    "a-03,三の坂,さんのさか,141.003,42.3,,,,,CC-BY-SA-4.0,,s,published\n"
    "a-04,四の坂,よんのさか,141.004,42.3,,,,,,,s,draft\n"
)
LANDMARKS = (
    "id,kind,name,reading,lng,lat,opening_hours,sources\n"
    "a-sight-01,viewpoint,展望台,てんぼうだい,141.001,42.3,9:00–17:00,s\n"
    "a-sight-02,toilets,公衆トイレ,,141.001,42.3,,s\n"
)
ROOT = "/api/town/open-data"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Litestar]]:
    data = tmp_path_factory.mktemp("open")
    write_area(data / "build", "town", open_data=TOWN)
    write_area(data / "build", "closed")
    folder = data / "areas" / "town"
    folder.mkdir(parents=True)
    (folder / "area.toml").write_text("bbox = [140.9, 42.2, 141.1, 42.4]\n", encoding="utf-8")
    (folder / "slopes.csv").write_text(SLOPES, encoding="utf-8")
    (folder / "landmarks.csv").write_text(LANDMARKS, encoding="utf-8")
    settings = Settings(build_root=data / "build", rate_per_s=0, public_url="https://town.example")
    with TestClient(create_app(settings), raise_server_exceptions=False) as made:
        yield made


def table(client: TestClient[Litestar], name: str) -> list[dict[str, str]]:
    reply = client.get(f"{ROOT}/{name}")
    assert reply.status_code == 200, reply.text
    return list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))))


def test_a_table_holds_what_is_published_and_may_be_passed_on(client: TestClient[Litestar]) -> None:
    rows = table(client, "slopes.csv")
    assert [row["id"] for row in rows] == ["a-01", "a-02"]  # the third is under terms that ask for more, the fourth
    assert "note" not in rows[0]  # is a draft
    assert "status" not in rows[0]
    assert rows[0]["description_ja"] == "港が見える。"
    assert (rows[0]["photo"], rows[1]["photo"]) == ("one.jpg", "")  # a picture whose terms forbid it stays at home


def test_no_cell_is_a_formula_for_a_spreadsheet(client: TestClient[Litestar]) -> None:
    assert table(client, "slopes.csv")[0]["name"] == "'=一の坂"
    assert table(client, "tourist-facilities.csv")[0]["名称"] == "'=一の坂"


def test_the_same_as_geojson(client: TestClient[Litestar]) -> None:
    reply = client.get(f"{ROOT}/slopes.geojson")
    assert reply.headers["content-type"] == "application/geo+json"
    assert reply.headers["link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    found = reply.json()
    assert (found["licence"], found["attribution"]) == ("CC-BY-4.0", "絵の町")
    first = found["features"][0]
    assert first["geometry"] == {"type": "Point", "coordinates": [141.001, 42.3]}
    assert first["properties"]["name"] == "=一の坂"
    assert "note" not in first["properties"]


def test_the_municipal_list_is_the_national_format_and_is_read_back(
    client: TestClient[Litestar], tmp_path: Path
) -> None:
    rows = table(client, "tourist-facilities.csv")
    assert list(rows[0]) == list(FACILITY_COLUMNS)
    assert [row["NO"] for row in rows] == ["a-01", "a-02", "a-sight-01"]  # toilets have a list of their own
    first = rows[0]
    assert first["名称_カナ"] == "イチノサカ"
    assert (first["緯度"], first["経度"]) == ("42.3", "141.001")
    assert first["都道府県コード又は市区町村コード"] == "012050"
    assert first["URL"].startswith("https://town.example/api/town/collections/slopes/items/a-01")
    path = tmp_path / "list.csv"
    path.write_bytes(client.get(f"{ROOT}/tourist-facilities.csv").content)
    (read,) = read_all_incoming(path, Publisher(prefix="town", credit="", licence="CC-BY-4.0"))
    assert read.kind is EntryKind.LANDMARK
    assert [row.cells["name"] for row in read.rows] == ["=一の坂", "二の坂", "展望台"]


def test_data_portals_find_every_file(client: TestClient[Litestar]) -> None:
    reply = client.get(ROOT)
    assert reply.headers["content-type"] == "application/ld+json"
    found = reply.json()
    assert found["dct:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert {"@value": "絵の町", "@language": "ja"} in found["dct:publisher"]["foaf:name"]
    assert len(found["dcat:dataset"]) == 5
    kept_back = found["dcat:dataset"][0]["dct:description"]
    assert any("1" in said["@value"] and "2" in said["@value"] for said in kept_back)  # 2 slopes, and 1 more
    addresses = [
        file["dcat:downloadURL"]["@id"] for each in found["dcat:dataset"] for file in each["dcat:distribution"]
    ]
    assert len(addresses) == 9
    for address in addresses:
        assert address.startswith(f"https://town.example{ROOT}/")
        assert client.get(address.removeprefix("https://town.example")).status_code == 200


def test_what_is_not_given_away_is_not_there(client: TestClient[Litestar]) -> None:
    assert client.get("/api/closed/open-data").status_code == 404
    assert client.get("/api/closed/open-data/slopes.csv").status_code == 404
    reply = client.get(f"{ROOT}/secrets.csv")
    assert reply.status_code == 404
    assert "/api/town/open-data" in reply.json()["detail"]
    assert client.get(f"{ROOT}/..%2f..%2fslopes.csv").status_code == 404


@pytest.mark.parametrize(
    ("licence", "passed"),
    [
        (None, True), ("", True), ("CC-BY-4.0", True), ("CC BY 4.0", True), ("CC0-1.0", True),
        ("公共データ利用規約", True),
        ("CC-BY-SA-4.0", False), ("CC-BY-NC-4.0", False), ("ODbL-1.0", False), ("all rights reserved", False),
        ("CC-BY-ND-4.0", False),
    ],
)  # fmt: skip
def test_only_terms_that_ask_to_be_named_let_pass_on(licence: str | None, passed: bool) -> None:  # noqa: FBT001
    assert lets_pass_on(licence) is passed
