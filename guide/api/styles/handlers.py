"""Styles and their pictures over HTTP."""

import time
from typing import Any, Final

from litestar import Request, Response, get
from litestar.params import FromPath

from guide.api.areas.inputs import Area, Reader
from guide.api.credits import attribution
from guide.api.links import links_of
from guide.api.schemas.styles import MapStyle, SpritePlace, StyleItem, StyleList
from guide.api.styles.sprites import Sprite, make_sprite, sprite_version
from guide.api.styles.style import RELIEF, StyledTiles, StyleRequest, build_style
from guide.api.styles.theme import THEMES, Theme
from guide.domain.errors import NotFoundError
from guide.http.described import gives
from guide.http.replies import A_MINUTE, A_YEAR, JSON, bytes_reply, json_reply
from guide.http.texts import Language

_AN_HOUR_S: Final = 3600
_PNG: Final = "image/png"
_Request = Request[Any, Any, Any]


@get(
    "/api/{area_id:str}/styles",
    summary="Styles for maps of an area / 地図の様式の一覧",
    sync_to_thread=False,
    opt=gives({JSON: StyleList}),
)
def list_styles(request: _Request, area: Area, reader: Reader) -> Response[bytes]:
    """Every style of the map, the one to begin with in front."""
    links = links_of(request, area, reader)
    here = f"{links.root}/styles"
    styles = [
        StyleItem(
            id=theme.name,
            title_ja=theme.title_ja,
            title_en=theme.title_en,
            links=[links.to(f"{here}/{theme.name}.json", "stylesheet")],
        )
        for theme in THEMES.values()
    ]
    return json_reply(StyleList(default=styles[0].id, styles=styles, links=[links.to(here, "self")]))


@get(
    "/api/{area_id:str}/styles/{style:str}",
    summary="A style for MapLibre / 地図の様式",
    sync_to_thread=False,
    opt=gives({JSON: MapStyle}),
)
def get_style(request: _Request, area: Area, style: FromPath[str], reader: Reader) -> Response[bytes]:
    """A whole style, at ``{name}.json``: sources, pictures and layers, with names in the reader's language."""
    name, _, ending = style.rpartition(".")
    if ending != "json" or name not in THEMES:
        known = ", ".join(f"{theme}.json" for theme in THEMES)
        raise NotFoundError(f"There is no style {style[:60]!r}. There are: {known}.")
    theme, links = THEMES[name], links_of(request, area, reader)
    town, of_theme = (
        (area.manifest.area.name_ja, theme.title_ja)
        if reader is Language.JA
        else (area.manifest.area.name_en, theme.title_en)
    )
    style_of_area = build_style(
        StyleRequest(
            theme=theme,
            language=reader,
            title=f"{town} · {of_theme}",
            tiles={tileset: _tiles(area, tileset, links.root) for tileset in sorted(area.manifest.archives)},
            attribution=attribution(area),
            sprite=f"{links.base_url}/api/sprites/{_versioned(theme)}",
            slope_names=[slope.entry.name for slope in area.slopes.values()],
            moment_s=int(time.time()) // _AN_HOUR_S * _AN_HOUR_S,
        )
    )
    return json_reply(style_of_area, max_age_s=A_MINUTE)


@get(
    "/api/sprites/{sheet:str}",
    summary="The map's pictures on one sheet / 地図の絵記号",
    sync_to_thread=True,
    opt=gives({JSON: dict[str, SpritePlace], _PNG: None}, errors=(404,), chosen=False),
)
def get_sprite(sheet: FromPath[str]) -> Response[bytes]:
    """Index (``.json``) and sheet (``.png``) of a style's pictures, ``@2x`` for fine screens; a style names its own."""
    name, _, ending = sheet.rpartition(".")
    name, at, ratio = name.partition("@")
    theme = next((theme for theme in THEMES.values() if name in {theme.name, _versioned(theme)}), None)
    if theme is None or at + ratio not in {"", "@2x"} or ending not in {"json", "png"}:
        raise NotFoundError(f"There is no sprite {sheet[:60]!r}. A style names its own.")
    sprite: Sprite = make_sprite(theme, 2 if ratio else 1)
    max_age_s = A_YEAR if name == _versioned(theme) else A_MINUTE
    if ending == "json":
        return bytes_reply(sprite.index, media_type=JSON, max_age_s=max_age_s)
    return bytes_reply(sprite.sheet, media_type=_PNG, max_age_s=max_age_s)


def _versioned(theme: Theme) -> str:
    return f"{theme.name}-{sprite_version(theme)}"


def _tiles(area: Area, tileset: str, root: str) -> StyledTiles:
    archive = area.get_archive(tileset)
    low, high = archive.zooms
    layers = archive.metadata.get("vector_layers", [])
    return StyledTiles(
        address=f"{root}/tiles/{tileset}/WebMercatorQuad/{{z}}/{{y}}/{{x}}?v={archive.version}",
        bounds=archive.bounds,
        min_zoom=low,
        max_zoom=high,
        layers=frozenset() if tileset == RELIEF else frozenset(layer["id"] for layer in layers),
    )
