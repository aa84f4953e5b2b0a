"""OGC API - Features before one asks for features: landing page, conformance, collections, queryables."""

from typing import Any, Final

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery

from guide.api.areas.inputs import Area, Reader, Templates
from guide.api.credits import attribution
from guide.api.features import html
from guide.api.features.collection import get_collection
from guide.api.features.descriptions import (
    CONFORMANCE,
    all_collections,
    area_name,
    collection_info,
    landing_links,
)  # fmt: skip
from guide.api.features.formats import PageFormat, wanted
from guide.api.features.queryables import queryables_schema
from guide.api.links import HTML, links_of
from guide.api.schemas.features import CollectionInfo, CollectionList, Conformance, Landing
from guide.api.views import area_view
from guide.http.described import gives
from guide.http.pages import html_reply
from guide.http.replies import JSON, json_reply
from guide.http.texts import text

_Request = Request[Any, Any, Any]
SCHEMA_JSON: Final = "application/schema+json"
_FORMATS: Final = ("json", "html")


@get(
    "/api/{area_id:str}",
    summary="An area: landing page / 地域の入口",
    sync_to_thread=False,
    opt=gives({JSON: Landing, HTML: None}),
)
def get_landing(
    request: _Request, area: Area, reader: Reader, pages: Templates, f: FromQuery[PageFormat | None] = None
) -> Response[bytes]:
    """An area's names, frame, counts, credits and tilesets, and where its data are."""
    links, format_ = links_of(request, area, reader), wanted(request, f, _FORMATS)
    if format_ == "html":
        return html_reply(html.landing_page(pages, area, links))
    name = area_name(area, links)
    return json_reply(
        {
            "title": text("data.api-title", reader, area=name),
            "description": text("data.api-about", reader, area=name),
            "attribution": attribution(area),
            "links": [*links.itself(format_, _FORMATS), *landing_links(area, links)],
            **area_view(area),
        },
        max_age_s=0,
    )


@get(
    "/api/{area_id:str}/conformance",
    summary="What is conformed to / 適合宣言",
    sync_to_thread=False,
    opt=gives({JSON: Conformance, HTML: None}),
)
def get_conformance(
    request: _Request, area: Area, reader: Reader, pages: Templates, f: FromQuery[PageFormat | None] = None
) -> Response[bytes]:
    """The conformance classes of OGC's standards that are kept."""
    if wanted(request, f, _FORMATS) == "html":
        links = links_of(request, area, reader)
        return html_reply(html.conformance_page(pages, area, links, CONFORMANCE))
    return json_reply(Conformance(conforms_to=list(CONFORMANCE)))


@get(
    "/api/{area_id:str}/collections",
    summary="All collections / コレクション一覧",
    sync_to_thread=False,
    opt=gives({JSON: CollectionList, HTML: None}),
)
def list_collections(
    request: _Request, area: Area, reader: Reader, pages: Templates, f: FromQuery[PageFormat | None] = None
) -> Response[bytes]:
    """Slopes, landmarks, tours and closures: what they are, where they lie, on which terms."""
    links, format_ = links_of(request, area, reader), wanted(request, f, _FORMATS)
    if format_ == "html":
        return html_reply(html.landing_page(pages, area, links))
    return json_reply(CollectionList(collections=all_collections(area, links), links=links.itself(format_, _FORMATS)))


@get(
    "/api/{area_id:str}/collections/{collection:str}",
    summary="One collection / コレクション",
    sync_to_thread=False,
    opt=gives({JSON: CollectionInfo, HTML: None}),
)
def get_collection_info(
    request: _Request,
    area: Area,
    collection: FromPath[str],
    reader: Reader,
    pages: Templates,
    f: FromQuery[PageFormat | None] = None,
) -> Response[bytes]:
    """What a collection is, where it lies, on which terms."""
    get_collection(area, collection)  # or there is none
    links = links_of(request, area, reader)
    info = collection_info(area, collection, links)
    if wanted(request, f, _FORMATS) == "html":
        return html_reply(html.collection_page(pages, area, links, info))
    return json_reply(info)


@get(
    "/api/{area_id:str}/collections/{collection:str}/queryables",
    summary="What can be asked for / 検索できる項目",
    sync_to_thread=False,
    opt=gives({SCHEMA_JSON: dict[str, Any]}),
)
def get_queryables(request: _Request, area: Area, collection: FromPath[str], reader: Reader) -> Response[bytes]:
    """The properties of a collection that ``filter`` may name, as a JSON schema."""
    get_collection(area, collection)  # or there is none
    address = f"{links_of(request, area, reader).collection(collection)}/queryables"
    body = queryables_schema(collection, address, reader)
    return json_reply(body, media_type=SCHEMA_JSON)
