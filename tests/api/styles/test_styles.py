"""Styles over HTTP: whole, for every reader, and of nothing that the area does not have."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from PIL import Image

from guide.api.styles.theme import THEMES
from guide.area.read import BuiltArea
from guide.service.app import create_app
from guide.settings import Settings

EVERY_STYLE = pytest.mark.parametrize("style", THEMES)


@pytest.fixture(scope="module")
def town(sample: BuiltArea) -> Iterator[TestClient[Litestar]]:
    """The service over the sample as it is really built."""
    root = sample.directory.parent.parent
    with TestClient(create_app(Settings(build_root=root)), raise_server_exceptions=False) as client:
        yield client


def style_of(client: TestClient[Litestar], style: str, lang: str = "en", area: str = "sample") -> Any:  # noqa: ANN401
    reply = client.get(f"/api/{area}/styles/{style}.json", params={"lang": lang})
    assert reply.status_code == 200, reply.text
    return reply.json()


def layer_of(style: Any, layer_id: str) -> Any:  # noqa: ANN401
    return next(layer for layer in style["layers"] if layer["id"] == layer_id)


def test_the_list_links_to_every_style(town: TestClient[Litestar]) -> None:
    found = town.get("/api/sample/styles").json()
    assert found["default"] == "day"
    assert [style["id"] for style in found["styles"]] == list(THEMES)
    for style in found["styles"]:
        (link,) = style["links"]
        assert town.get(link["href"]).json()["version"] == 8


@EVERY_STYLE
def test_tiles_and_pictures_come_from_the_service_and_no_glyphs_from_anywhere(
    town: TestClient[Litestar], style: str
) -> None:
    found = style_of(town, style)
    assert "glyphs" not in found
    base = str(town.base_url).rstrip("/")
    for source in found["sources"].values():
        (address,) = source["tiles"]
        assert address.startswith(f"{base}/api/sample/tiles/")
        assert source["attribution"]
    assert found["sprite"].startswith(f"{base}/api/sprites/")


@EVERY_STYLE
def test_every_layer_has_its_tiles_and_no_tiles_are_built_in_vain(town: TestClient[Litestar], style: str) -> None:
    drawn: dict[str, set[str]] = {"guide": set(), "streets": set()}
    for layer in style_of(town, style)["layers"]:
        if "source-layer" in layer:
            drawn[layer["source"]].add(layer["source-layer"])
    for tileset, layers in drawn.items():
        held = town.get(f"/api/sample/tiles/{tileset}.json").json()["vector_layers"]
        assert {layer["id"] for layer in held} == layers


def test_an_area_of_a_catalogue_alone_has_a_style_of_a_catalogue_alone(client: TestClient[Litestar]) -> None:
    found = style_of(client, "day", area="bare")
    assert all(layer.get("source", "guide") == "guide" for layer in found["layers"])
    assert found["metadata"]["hyakusaka:contours"] is None


def test_names_are_in_the_readers_language(town: TestClient[Litestar]) -> None:
    japanese, english = (
        json.dumps(layer_of(style_of(town, "day", lang), "street-names")["layout"]["text-field"])
        for lang in ("ja", "en")
    )
    assert "name_ja" in japanese
    assert "name_en" not in japanese
    assert "name_en" in english
    assert style_of(town, "day", "ja")["name"] != style_of(town, "day", "en")["name"]


@EVERY_STYLE
@pytest.mark.parametrize("ratio", ["", "@2x"])
def test_every_picture_that_a_style_names_is_on_its_sheet(town: TestClient[Litestar], style: str, ratio: str) -> None:
    found = style_of(town, style)
    index = town.get(f"{found['sprite']}{ratio}.json").json()
    sheet = Image.open(io.BytesIO(town.get(f"{found['sprite']}{ratio}.png").content))
    for place in index.values():
        box = (place["x"], place["y"], place["x"] + place["width"], place["y"] + place["height"])
        assert box[2] <= sheet.width
        assert box[3] <= sheet.height
        assert sheet.crop(box).getbbox(), "nothing drawn"
    wanted = {
        layer["layout"]["icon-image"]
        for layer in found["layers"]
        if isinstance(layer.get("layout", {}).get("icon-image"), str)
    }
    assert wanted <= set(index)


@pytest.mark.parametrize("name", ["night.json", "day", "day.xml", "../day.json"])
def test_other_styles_are_not_found(town: TestClient[Litestar], name: str) -> None:
    reply = town.get(f"/api/sample/styles/{name}")
    assert reply.status_code == 404


@pytest.mark.parametrize("name", ["night.png", "day@3x.png", "day.svg"])
def test_other_pictures_are_not_found(town: TestClient[Litestar], name: str) -> None:
    assert town.get(f"/api/sprites/{name}").status_code == 404
