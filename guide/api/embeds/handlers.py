"""Cards for other sites, and oEmbed, by which a site finds them from a link (oembed.com)."""

from typing import Annotated, Any, Final
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from guide.api.areas.inputs import Area, Reader, Registry, Templates
from guide.api.embeds.cards import slope_card, tour_card
from guide.api.embeds.oembed import OEMBED_JSON, OEMBED_XML, OembedFormat, Wanted, oembed, to_xml
from guide.api.features.collection import SLOPES, TOURS, get_collection
from guide.api.links import HTML, Links, links_of
from guide.api.schemas.embeds import Oembed
from guide.areas.registry import AreaRegistry
from guide.areas.served import ServedArea
from guide.domain.errors import NotFoundError, UsageError
from guide.http.described import gives
from guide.http.exchange import exchange_of
from guide.http.pages import EMBED_POLICY, html_reply
from guide.http.replies import JSON, bytes_reply, json_reply

_LONGEST_URL: Final = 2000
_ITEM_PATH: Final = 7
"""Parts of /api/{area}/collections/{collection}/items/{id}, the empty one in front among them."""

_Request = Request[Any, Any, Any]

Size = Annotated[int | None, QueryParameter(ge=200, le=2000, description="pixels that there is room for")]


@get(
    "/api/{area_id:str}/embed/slopes/{slope_id:str}",
    summary="A slope as a card for a frame / 坂のカード（埋め込み）",
    opt=gives({HTML: None}),
    sync_to_thread=True,
)
def get_slope_embed(
    request: _Request, area: Area, slope_id: FromPath[str], reader: Reader, pages: Templates
) -> Response[bytes]:
    """A slope's name, its measures in a sentence, a map and its profile; any site may show it in a frame."""
    slopes = get_collection(area, SLOPES)
    feature = slopes.features[slopes.get(slope_id)]
    card = slope_card(pages, area, links_of(request, area, reader), feature)
    return html_reply(card, policy=EMBED_POLICY)


@get(
    "/api/{area_id:str}/embed/tours/{tour_id:str}",
    summary="A tour's map for a frame / コースの地図（埋め込み）",
    opt=gives({HTML: None}),
    sync_to_thread=True,
)
def get_tour_embed(
    request: _Request, area: Area, tour_id: FromPath[str], reader: Reader, pages: Templates
) -> Response[bytes]:
    """A tour on the map with its stops; any site may show it in a frame."""
    tours = get_collection(area, TOURS)
    feature = tours.features[tours.get(tour_id)]
    card = tour_card(pages, area, links_of(request, area, reader), feature)
    return html_reply(card, policy=EMBED_POLICY)


@get(
    "/oembed",
    summary="The card that belongs to a link / リンクのカード（oEmbed）",
    opt=gives({JSON: Oembed, OEMBED_XML: None}, errors=(404,), chosen=False),
    sync_to_thread=True,
)
def get_oembed(  # noqa: PLR0913, PLR0917 (each is a parameter of the address)
    request: _Request,
    registry: Registry,
    reader: Reader,
    url: Annotated[
        str,
        QueryParameter(
            min_length=1,
            max_length=_LONGEST_URL,
            description="the address of a slope's or a tour's page here, or its path",
        ),
    ],
    maxwidth: Size = None,
    maxheight: Size = None,
    format: FromQuery[OembedFormat] = OembedFormat.JSON,  # noqa: A002 (the standard's own name)
) -> Response[bytes]:
    """What a site needs to show a link to a slope or a tour as a card (oEmbed 1.0, type rich)."""
    base_url = exchange_of(request).base_url
    area, collection, item_id = _find(registry, base_url, url)
    links = Links(base_url=base_url, area_id=area.id, language=reader, path="", query={})
    items = get_collection(area, collection)
    feature = items.features[items.get(item_id)]
    reply = oembed(area, links, collection, feature, Wanted(width=maxwidth, height=maxheight))
    if format is OembedFormat.XML:
        return bytes_reply(to_xml(reply), media_type=OEMBED_XML)
    return json_reply(reply, media_type=OEMBED_JSON)


def _find(registry: AreaRegistry, base_url: str, url: str) -> tuple[ServedArea, str, str]:
    """The slope or tour that an address of ours leads to.

    Raises:
        NotFoundError: it is none of ours, or leads to nothing that has a card.
    """
    try:
        own, given = urlsplit(base_url), urlsplit(urljoin(f"{base_url}/", url))
    except ValueError:
        raise UsageError(f"url: {url[:200]!r} is no address.") from None
    if (given.scheme, given.netloc) == (own.scheme, own.netloc) and given.path.startswith(own.path):
        path = given.path.removeprefix(own.path)
        parts = [unquote(part) for part in path.split("/")]
        if len(parts) == _ITEM_PATH and parts[1] == "api" and parts[3] == "collections" and parts[4] in {SLOPES, TOURS}:
            return registry.get(parts[2]), parts[4], parts[6]
        query = parse_qs(given.query)
        if path in {"", "/"} and "area" in query and "slope" in query:
            return registry.get(query["area"][0]), SLOPES, query["slope"][0]
    raise NotFoundError(
        f"{url[:200]!r} has no card. Give the address of a slope's or a tour's page of this service: "
        f"{base_url}/api/…/collections/slopes/items/…"
    )
