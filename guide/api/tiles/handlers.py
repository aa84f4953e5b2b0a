"""Tiles, TileJSON, and whole archives by range."""

import gzip
import re
from typing import Any, Final

from litestar import Request, Response, get
from litestar.params import FromPath

from guide.api.areas.inputs import Area
from guide.api.tiles.archive import Archive
from guide.domain.errors import NotFoundError
from guide.http.replies import accepts_gzip, json_reply, matches

_A_YEAR: Final = "public, max-age=31536000, immutable"
_A_WHILE: Final = "public, max-age=60"
_RANGE: Final = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")


@get("/api/{area_id:str}/tiles/{file_name:str}", summary="TileJSON 3.0 of a tileset", sync_to_thread=False)
def get_tilejson(request: Request[Any, Any, Any], area: Area, file_name: FromPath[str]) -> Response[bytes]:
    """The description of a tileset, at ``{tileset}.json``; its addresses carry the archive's version."""
    tileset, _, ending = file_name.rpartition(".")
    if ending != "json":
        raise NotFoundError(f"Ask for {file_name[:60]}.json: the description of a tileset is TileJSON.")
    archive = area.get_archive(tileset)
    low, high = archive.zooms
    base = str(request.base_url).rstrip("/")
    description = {
        "tilejson": "3.0.0",
        "name": f"{area.manifest.area.name_en}: {tileset}",
        "tiles": [f"{base}/api/{area.id}/tiles/{tileset}/WebMercatorQuad/{{z}}/{{y}}/{{x}}?v={archive.version}"],
        "minzoom": low,
        "maxzoom": high,
        "bounds": list(archive.bounds),
        "attribution": " | ".join(credit.text for credit in area.manifest.credits),
        "vector_layers": archive.metadata.get("vector_layers", []),
    }
    return json_reply(request, description)


@get(
    "/api/{area_id:str}/tiles/{tileset:str}/WebMercatorQuad/{z:int}/{row:int}/{col:int}",
    summary="One tile",
    sync_to_thread=False,
)
def get_tile(
    request: Request[Any, Any, Any],
    area: Area,
    tileset: FromPath[str],
    z: FromPath[int],
    row: FromPath[int],
    col: FromPath[int],
) -> Response[bytes]:
    """A tile as it is stored; 204 where the tileset has none."""
    archive = area.get_archive(tileset)
    tile = archive.find_tile(z, col, row)
    # An address that names the version never changes its meaning.
    cache = _A_YEAR if request.query_params.get("v") == archive.version else _A_WHILE
    if tile is None:
        return Response(b"", status_code=204, headers={"Cache-Control": cache})
    plain = archive.gzipped and not accepts_gzip(request)
    etag = f'"{archive.version}-{z}-{row}-{col}{"-plain" if plain else ""}"'
    headers = {"ETag": etag, "Cache-Control": cache, "Vary": "Accept-Encoding"}
    if matches(request.headers.get("if-none-match"), etag):
        return Response(b"", status_code=304, media_type=archive.media_type, headers=headers)
    if plain:
        tile = gzip.decompress(tile)
    elif archive.gzipped:
        headers["Content-Encoding"] = "gzip"
    return Response(tile, media_type=archive.media_type, headers=headers)


@get(
    "/api/{area_id:str}/archives/{file_name:str}", summary="A whole tileset as PMTiles, by range", sync_to_thread=False
)
def get_archive(request: Request[Any, Any, Any], area: Area, file_name: FromPath[str]) -> Response[bytes]:
    """An archive under its tileset's name or its own hashed name; one range at a time."""
    archive = _archive_by_file(area, file_name)
    hashed = file_name == archive.name
    size = len(archive.content)
    headers = {
        "ETag": f'"{archive.version}"',
        "Accept-Ranges": "bytes",
        "Cache-Control": _A_YEAR if hashed else _A_WHILE,
    }
    media_type = "application/vnd.pmtiles"
    if matches(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(b"", status_code=304, media_type=media_type, headers=headers)
    wanted = _range(request, headers["ETag"], size)
    if wanted is None:
        return Response(archive.content[:], media_type=media_type, headers=headers)
    if wanted.start >= wanted.stop:
        headers["Content-Range"] = f"bytes */{size}"
        return Response(b"", status_code=416, media_type=media_type, headers=headers)
    headers["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    return Response(
        archive.content[wanted.start : wanted.stop], status_code=206, media_type=media_type, headers=headers
    )


def _archive_by_file(area: Area, file_name: str) -> Archive:
    """``guide.pmtiles``, or the name with the hash as the manifest gives it."""
    for tileset, name in area.manifest.archives.items():
        if file_name in {name, f"{tileset}.pmtiles"}:
            return area.get_archive(tileset)
    has = ", ".join(f"{tileset}.pmtiles" for tileset in sorted(area.manifest.archives)) or "none yet"
    raise NotFoundError(f"{area.id} has no archive {file_name!r} (it has: {has}).")


def _range(request: Request[Any, Any, Any], etag: str, size: int) -> range | None:
    """The one range of bytes that is asked for (empty if it lies outside); None for the whole (RFC 9110, section 14).

    A header that is not understood, or asks for several ranges, is ignored, as the standard allows.
    """
    found = _RANGE.fullmatch(request.headers.get("range", "").replace(" ", ""))
    if found is None or request.headers.get("if-range", etag) != etag:
        return None
    first, last = found.groups()
    if first:
        return range(int(first), min(int(last), size - 1) + 1 if last else size)
    return range(max(size - int(last), 0), size) if last else None
