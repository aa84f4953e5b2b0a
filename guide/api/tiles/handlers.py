"""OGC API - Tiles, TileJSON, and whole archives by range."""

import asyncio
from typing import Any, Final

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery
from litestar.types import ASGIApp

from guide.api.areas.inputs import Area, Reader
from guide.api.links import links_of
from guide.api.schemas.tiles import TileJson, TileMatrixSet, TileMatrixSetItem, TileMatrixSetList, TileSet, TileSetList
from guide.api.tiles.matrices import NAME, URI, covers, web_mercator_quad
from guide.api.tiles.tilesets import MVT, PMTILES, tilejson, tileset_list
from guide.api.tiles.tilesets import tileset as tileset_view
from guide.areas.archive import Archive
from guide.domain.errors import NotFoundError
from guide.http.described import gives
from guide.http.exchange import exchange_of
from guide.http.ranges import RangeReply
from guide.http.replies import A_MINUTE, A_YEAR, JSON, bytes_reply, json_reply

_JSON_ENDING: Final = ".json"
_Request = Request[Any, Any, Any]


@get(
    "/api/{area_id:str}/tiles",
    summary="All tilesets / タイルセット一覧",
    sync_to_thread=True,
    opt=gives({JSON: TileSetList}),
)
def list_tilesets(request: _Request, area: Area, reader: Reader) -> Response[bytes]:
    """The tilesets of an area (OGC API - Tiles)."""
    return json_reply(tileset_list(area, links_of(request, area, reader)))


@get(
    "/api/{area_id:str}/tiles/{tileset:str}",
    summary="A tileset, or its TileJSON / タイルセット",
    opt=gives({JSON: TileSet}, endings={_JSON_ENDING: TileJson}),
)
async def get_tileset(request: _Request, area: Area, tileset: FromPath[str], reader: Reader) -> Response[bytes]:
    """A tileset as OGC describes it; at ``{tileset}.json`` as TileJSON 3.0, as map libraries read it."""
    links = links_of(request, area, reader)
    name = tileset.removesuffix(_JSON_ENDING)
    archive = await _open(area, name)
    if tileset.endswith(_JSON_ENDING):
        return json_reply(tilejson(area, name, archive, links))
    return json_reply(tileset_view(area, name, archive, links))


@get(
    "/api/{area_id:str}/tileMatrixSets",
    summary="The grids of tiles / タイル行列セット一覧",
    sync_to_thread=False,
    opt=gives({JSON: TileMatrixSetList}),
)
def list_matrix_sets(request: _Request, area: Area, reader: Reader) -> Response[bytes]:
    """All grids that tiles lie in: there is one."""
    here = f"{links_of(request, area, reader).root}/tileMatrixSets/{NAME}"
    links = [links_of(request, area, reader).to(here, "self")]
    item = TileMatrixSetItem(id=NAME, title=web_mercator_quad().title, uri=URI, links=links)
    return json_reply(TileMatrixSetList(matrix_sets=[item]))


@get(
    "/api/{area_id:str}/tileMatrixSets/{matrix_set:str}",
    summary="A grid of tiles / タイル行列セット",
    sync_to_thread=False,
    opt=gives({JSON: TileMatrixSet}),
)
def get_matrix_set(area: Area, matrix_set: FromPath[str]) -> Response[bytes]:
    """The grid WebMercatorQuad, zoom by zoom."""
    if matrix_set != NAME:
        raise NotFoundError(f"{area.id} has no tile matrix set {matrix_set!r}; its tiles lie in {NAME}.")
    return json_reply(web_mercator_quad())


@get(
    "/api/{area_id:str}/tiles/{tileset:str}/WebMercatorQuad/{z:int}/{row:int}/{col:int}",
    summary="One tile / タイル",
    opt=gives(
        {MVT: None, "image/png": None, "image/webp": None}, also={204: "There is nothing on this tile."}, chosen=False
    ),
)
async def get_tile(
    area: Area,
    tileset: FromPath[str],
    z: FromPath[int],
    row: FromPath[int],
    col: FromPath[int],
    v: FromQuery[str | None] = None,
) -> Response[bytes]:
    """A tile as it is stored; 204 where the tileset has nothing to draw, 404 beyond the limits that it names."""
    archive = await _open(area, tileset)
    where = (z, col, row)
    tile = archive.find_tile(*where) if archive.is_near else await asyncio.to_thread(archive.find_tile, *where)
    # An address that names the version never changes its meaning.
    max_age_s = A_YEAR if v == archive.version else A_MINUTE
    if tile is None:
        if not covers(archive.bounds, archive.zooms, z, row, col):
            raise NotFoundError(
                f"{tileset} has no tile {z}/{row}/{col} (zoom, row, column); its limits are in tiles/{tileset}."
            )
        reply = bytes_reply(b"", media_type=archive.media_type, max_age_s=max_age_s)
        reply.status_code = 204
        return reply
    headers = {"ETag": f'"{archive.version}-{z}-{row}-{col}"'}
    if archive.gzipped:
        headers["Content-Encoding"] = "gzip"
    return bytes_reply(tile, media_type=archive.media_type, max_age_s=max_age_s, headers=headers)


@get(
    "/api/{area_id:str}/archives/{file_name:str}",
    summary="A whole tileset as PMTiles, by range / タイルの書庫",
    opt=gives({PMTILES: None}, also={206: "The bytes that Range asked for.", 416: "There are no such bytes."}),
)
async def get_archive(request: Request[Any, Any, Any], area: Area, file_name: FromPath[str]) -> ASGIApp:
    """An archive under its tileset's name or its own hashed name; one range at a time."""
    archive = await _open(area, _tileset_of(area, file_name))
    return RangeReply(
        archive.content,
        exchange_of(request),
        tag=f'"{archive.version}"',
        media_type=PMTILES,
        max_age_s=A_YEAR if file_name == archive.name else A_MINUTE,
    )


async def _open(area: Area, tileset: str) -> Archive:
    """An archive; only the first one to ask for it waits for a disc or a network, and not on the event loop."""
    near = area.find_near_archive(tileset)
    return await asyncio.to_thread(area.get_archive, tileset) if near is None else near


def _tileset_of(area: Area, file_name: str) -> str:
    """The tileset of ``guide.pmtiles``, or of the name with the hash as the manifest gives it."""
    for tileset, name in area.manifest.archives.items():
        if file_name in {name, f"{tileset}.pmtiles"}:
            return tileset
    has = ", ".join(f"{tileset}.pmtiles" for tileset in sorted(area.manifest.archives)) or "none yet"
    raise NotFoundError(f"{area.id} has no archive {file_name!r} (it has: {has}).")
