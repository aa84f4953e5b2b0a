"""OGC API - Features: the features of a collection, page after page, and each of them."""

import asyncio
from typing import Any, Final

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery

from guide.api.areas.inputs import Area, Reader, Templates
from guide.api.credits import attribution
from guide.api.features import html
from guide.api.features.asked import Asked
from guide.api.features.collection import SLOPES, Collection, get_collection
from guide.api.features.formats import ItemFormat, ItemsFormat, wanted
from guide.api.features.paging import DEFAULT_PAGE, LARGEST_PAGE, After, Limit, Offset, Page, cut
from guide.api.features.question import Question, answer
from guide.api.features.table import MEDIA_TYPE, to_csv
from guide.api.links import CSV, HTML, Links, links_of, with_query
from guide.api.schemas.features import FeatureFields, FeaturePage
from guide.api.schemas.links import Link
from guide.areas.served import ServedArea
from guide.http.described import gives
from guide.http.pages import html_reply
from guide.http.replies import GEOJSON, bytes_reply, json_reply

_ITEMS: Final = ("geojson", "csv", "html")
_ITEM: Final = ("geojson", "html")
_DEFAULT_HTML_PAGE: Final = 100

_Request = Request[Any, Any, Any]


@get(
    "/api/{area_id:str}/collections/{collection:str}/items",
    summary="Features of a collection / 坂・名所・コース・規制の一覧",
    opt=gives({GEOJSON: FeaturePage, "text/csv": None, HTML: None}),
)
async def list_items(  # noqa: PLR0913, PLR0917 (each is a parameter of the address)
    request: _Request,
    area: Area,
    collection: FromPath[str],
    question: Asked,
    reader: Reader,
    pages: Templates,
    limit: Limit = None,
    offset: Offset = 0,
    after: After = None,
    f: FromQuery[ItemsFormat | None] = None,
) -> Response[bytes]:
    """A page of features in the order of their ids.

    The link ``next`` names the last id of the page: whoever follows it sees each feature that stays exactly once, even
    if a new build is published meanwhile.
    """
    format_ = wanted(request, f, _ITEMS)
    ordered, links = get_collection(area, collection), links_of(request, area, reader)
    size = min(limit or (_DEFAULT_HTML_PAGE if format_ == "html" else DEFAULT_PAGE), LARGEST_PAGE)

    def work() -> Response[bytes]:
        page = cut(ordered, answer(ordered, question), size, offset, after)
        all_links = _page_links(links, ordered, page, format_)
        if format_ == "csv":
            body = to_csv(collection, [ordered.features[place] for place in page.places])
            reply = bytes_reply(body, media_type=MEDIA_TYPE)
        elif format_ == "html":
            reply = html_reply(html.items_page(pages, area, links, html.Listing(ordered, page, all_links)))
        else:
            reply = json_reply(_feature_collection(area, ordered, page, all_links), media_type=GEOJSON)
        for link in all_links:
            if link.rel == "next":  # for the formats that have no room for links
                reply.headers["Link"] = f'<{link.href}>; rel="next"'
        return reply

    # Conditions, tables and HTML take their time; a plain page does not wait for a thread.
    plain = format_ == "geojson" and question == Question(frame=question.frame)
    return work() if plain else await asyncio.to_thread(work)


@get(
    "/api/{area_id:str}/collections/{collection:str}/items/{item_id:str}",
    summary="One feature / 坂・名所・コース・規制",
    sync_to_thread=False,
    opt=gives({GEOJSON: FeatureFields, HTML: None}),
)
def get_item(  # noqa: PLR0913, PLR0917 (each is given)
    request: _Request,
    area: Area,
    collection: FromPath[str],
    item_id: FromPath[str],
    reader: Reader,
    pages: Templates,
    f: FromQuery[ItemFormat | None] = None,
) -> Response[bytes]:
    """One feature of a collection; as HTML a page for people, with what search engines and shared links look for."""
    format_ = wanted(request, f, _ITEM)
    ordered, links = get_collection(area, collection), links_of(request, area, reader)
    place = ordered.get(item_id)
    if format_ == "html":
        return html_reply(html.item_page(pages, area, links, ordered, ordered.features[place]))
    found = [
        *links.itself(format_, _ITEM),
        links.to(links.collection(collection), "collection"),
        *_related(links, collection, ordered.features[place]),
    ]
    return json_reply({**ordered.features[place], "links": found}, media_type=GEOJSON)


def _feature_collection(area: ServedArea, ordered: Collection, page: Page, links: list[Link]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "numberMatched": page.matched,
        "numberReturned": len(page.places),
        "attribution": attribution(area),
        "links": links,
        "features": [ordered.encoded[place] for place in page.places],
    }


def _page_links(links: Links, ordered: Collection, page: Page, format_: str) -> list[Link]:
    found = links.itself(format_, _ITEMS)
    if page.next_after is not None:
        behind = {name: value for name, value in links.query.items() if name not in {"offset", "after"}}
        href = with_query(f"{links.collection(ordered.name)}/items", {**behind, "after": page.next_after})
        found.append(links.to(href, "next", {"csv": CSV, "html": HTML}.get(format_, GEOJSON)))
    return [*found, links.to(links.collection(ordered.name), "collection")]


def _related(links: Links, collection: str, feature: dict[str, Any]) -> list[Link]:
    if collection != SLOPES or feature["properties"]["length_m"] is None:
        return []
    return [links.to(links.profile(str(feature["id"])), "related", title="profile")]
