"""Tiles, TileJSON, and whole archives by range."""

from typing import Any, Final

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery
from litestar.types import ASGIApp

from guide.api.areas.inputs import Area
from guide.areas.archive import Archive
from guide.domain.errors import NotFoundError
from guide.http.exchange import exchange_of
from guide.http.ranges import RangeReply
from guide.http.replies import A_MINUTE, A_YEAR, bytes_reply, json_reply

_PMTILES: Final = "application/vnd.pmtiles"


@get("/api/{area_id:str}/tiles/{file_name:str}", summary="TileJSON 3.0 of a tileset", sync_to_thread=False)
def get_tilejson(request: Request[Any, Any, Any], area: Area, file_name: FromPath[str]) -> Response[bytes]:
    """The description of a tileset, at ``{tileset}.json``; its addresses carry the archive's version."""
    tileset, _, ending = file_name.rpartition(".")
    if ending != "json":
        raise NotFoundError(f"Ask for {file_name[:60]}.json: the description of a tileset is TileJSON.")
    archive = area.get_archive(tileset)
    low, high = archive.zooms
    base = f"{exchange_of(request).base_url}/api/{area.id}/tiles/{tileset}"
    description = {
        "tilejson": "3.0.0",
        "name": f"{area.manifest.area.name_en}: {tileset}",
        "tiles": [f"{base}/WebMercatorQuad/{{z}}/{{y}}/{{x}}?v={archive.version}"],
        "minzoom": low,
        "maxzoom": high,
        "bounds": list(archive.bounds),
        "attribution": " | ".join(credit.text for credit in area.manifest.credits),
        "vector_layers": archive.metadata.get("vector_layers", []),
    }
    return json_reply(description)


@get(
    "/api/{area_id:str}/tiles/{tileset:str}/WebMercatorQuad/{z:int}/{row:int}/{col:int}",
    summary="One tile",
    sync_to_thread=False,
)
def get_tile(
    area: Area,
    tileset: FromPath[str],
    z: FromPath[int],
    row: FromPath[int],
    col: FromPath[int],
    v: FromQuery[str | None] = None,
) -> Response[bytes]:
    """A tile as it is stored; 204 where the tileset has none."""
    archive = area.get_archive(tileset)
    tile = archive.find_tile(z, col, row)
    # An address that names the version never changes its meaning.
    max_age_s = A_YEAR if v == archive.version else A_MINUTE
    if tile is None:
        reply = bytes_reply(b"", media_type=archive.media_type, max_age_s=max_age_s)
        reply.status_code = 204
        return reply
    headers = {"ETag": f'"{archive.version}-{z}-{row}-{col}"'}
    if archive.gzipped:
        headers["Content-Encoding"] = "gzip"
    return bytes_reply(tile, media_type=archive.media_type, max_age_s=max_age_s, headers=headers)


@get(
    "/api/{area_id:str}/archives/{file_name:str}", summary="A whole tileset as PMTiles, by range", sync_to_thread=False
)
def get_archive(request: Request[Any, Any, Any], area: Area, file_name: FromPath[str]) -> ASGIApp:
    """An archive under its tileset's name or its own hashed name; one range at a time."""
    archive = _archive_by_file(area, file_name)
    return RangeReply(
        archive.content,
        exchange_of(request),
        tag=f'"{archive.version}"',
        media_type=_PMTILES,
        max_age_s=A_YEAR if file_name == archive.name else A_MINUTE,
    )


def _archive_by_file(area: Area, file_name: str) -> Archive:
    """``guide.pmtiles``, or the name with the hash as the manifest gives it."""
    for tileset, name in area.manifest.archives.items():
        if file_name in {name, f"{tileset}.pmtiles"}:
            return area.get_archive(tileset)
    has = ", ".join(f"{tileset}.pmtiles" for tileset in sorted(area.manifest.archives)) or "none yet"
    raise NotFoundError(f"{area.id} has no archive {file_name!r} (it has: {has}).")
