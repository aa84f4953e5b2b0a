"""Open data at addresses that stay."""

from typing import Any, Final

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import FromPath

from guide.api.areas.inputs import Area, Reader
from guide.api.links import links_of
from guide.api.opendata.dcat import catalogue, licence_address
from guide.api.opendata.files import CSV, FILES, MEDIA_TYPES, file_bytes
from guide.api.opendata.rows import open_rows
from guide.areas.served import ServedArea
from guide.domain.area import OpenData
from guide.domain.errors import NotFoundError
from guide.http.described import gives
from guide.http.replies import GEOJSON, bytes_reply, json_reply

JSON_LD: Final = "application/ld+json"


@get(
    "/api/{area_id:str}/open-data",
    summary="The catalogue as open data, described in DCAT / オープンデータの一覧（DCAT）",
    opt=gives({JSON_LD: dict[str, Any]}, errors=(404,)),
    sync_to_thread=True,
)
def get_open_data(request: Request[Any, Any, Any], area: Area, reader: Reader, state: State) -> Response[bytes]:
    """Which files there are, whose they are and under which licence: a DCAT catalogue as JSON-LD."""
    about = _about(area)
    rows = open_rows(state.settings.data, area)
    return json_reply(catalogue(area, about, rows, links_of(request, area, reader)), media_type=JSON_LD)


@get(
    "/api/{area_id:str}/open-data/{file:str}",
    summary="A file of open data / オープンデータのファイル",
    opt=gives({CSV: None, GEOJSON: None}, errors=(404,), chosen=False),
    sync_to_thread=True,
)
def get_open_file(
    request: Request[Any, Any, Any], area: Area, reader: Reader, state: State, file: FromPath[str]
) -> Response[bytes]:
    """Slopes, landmarks, tours and closures as CSV or GeoJSON; ``tourist-facilities.csv`` is 観光施設一覧."""
    about = _about(area)
    if file not in FILES:
        raise NotFoundError(f"There is no file {file!r}. The files are listed at /api/{area.id}/open-data.")
    body = file_bytes(file, open_rows(state.settings.data, area), about, links_of(request, area, reader))
    _, ending = FILES[file]
    reply = bytes_reply(body, media_type=f"{MEDIA_TYPES[ending]}; charset=utf-8" if ending == "csv" else GEOJSON)
    reply.headers["Link"] = f'<{licence_address(about.licence)}>; rel="license"'
    reply.headers["Content-Disposition"] = f'attachment; filename="{area.id}-{file}"'
    return reply


def _about(area: ServedArea) -> OpenData:
    about = area.manifest.area.open_data
    if about is None:
        raise NotFoundError(f"{area.id} gives no open data away; its area.toml has no [open_data].")
    return about
