"""A recommended tour, or that of a link, as a leaflet."""

import asyncio
import gzip
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from guide.api.areas.inputs import Area, Reader
from guide.api.leaflets.compose import Heading, compose_leaflet
from guide.api.photos.handlers import read_photo
from guide.api.profiles.fonts import find_fonts
from guide.api.routes.request import WalkerRequest
from guide.api.tours.curated import get_tour, request_of_tour
from guide.api.tours.handlers import kept_tour
from guide.api.tours.link import to_link
from guide.api.tours.replies import ids_of, timed_tour
from guide.api.tours.request import TourRequest
from guide.areas.served import ServedArea
from guide.domain.photo import PhotoSize, find_photo
from guide.http.described import gives
from guide.http.exchange import exchange_of
from guide.http.limits import costs
from guide.http.replies import bytes_reply
from guide.http.texts import Language, text
from guide.leaflet.printing import print_leaflet
from guide.leaflet.words import Leaflet, Paper, Tiles

if TYPE_CHECKING:
    from guide.settings import Settings

PDF: Final = "application/pdf"
_COST: Final = 40
"""Plain requests that a leaflet is worth: a second of a processor."""

_LONGEST_TITLE: Final = 80
_ALWAYS_PRINTED: Final = "0123456789.,:·%±–~～()（）mk"

_GIVES: Final = gives({PDF: None}, errors=(400, 404, 422, 503))


@get(
    "/api/{area_id:str}/tours/{tour_id:str}/leaflet",
    summary="A recommended tour to print / おすすめの坂めぐりの印刷用 PDF",
    guards=[costs(_COST)],
    opt=_GIVES,
)
async def get_curated_leaflet(
    request: Request[Any, Any, Any],
    area: Area,
    reader: Reader,
    tour_id: FromPath[str],
    paper: FromQuery[Paper] = Paper.A4,
) -> Response[bytes]:
    """Map, profile, numbered slopes with their stories, and a code that opens the tour on a phone; A4 or A3."""
    tour = get_tour(area, tour_id)
    english = reader is Language.EN
    heading = Heading(
        title=(tour.entry.name_en if english else None) or tour.entry.name,
        story=tour.entry.description_en if english else tour.entry.description_ja,
    )
    wanted = request_of_tour(area, tour, WalkerRequest(), None, reader)
    return await _leaflet(request, area, wanted, to_link(wanted, ids_of(area)), heading, paper)


@get(
    "/api/{area_id:str}/tours/link/{link:str}/leaflet",
    summary="The tour of a link to print / リンクの坂めぐりの印刷用 PDF",
    guards=[costs(_COST)],
    opt=_GIVES,
)
async def get_kept_leaflet(
    request: Request[Any, Any, Any],
    area: Area,
    reader: Reader,
    link: FromPath[str],
    paper: FromQuery[Paper] = Paper.A4,
    title: Annotated[
        str | None, QueryParameter(max_length=_LONGEST_TITLE, description="what stands above it, in your own words")
    ] = None,
) -> Response[bytes]:
    """The same for a tour that somebody planned or drew up."""
    kept = kept_tour(area, link, reader)
    return await _leaflet(request, area, kept.request, link, Heading(title=(title or "").strip() or None), paper)


async def _leaflet(
    request: Request[Any, Any, Any],
    area: ServedArea,
    wanted: TourRequest,
    link: str,
    heading: Heading,
    paper: Paper,
) -> Response[bytes]:
    address = f"{exchange_of(request).base_url}/t/{area.id}/{link}"
    language = wanted.language

    settings: Settings = request.app.state.settings

    def photo(place: str | None) -> bytes | None:
        name = find_photo(area.id, place)
        return read_photo(settings, name, PhotoSize.MEDIUM) if name else None

    def work() -> bytes:
        leaflet = compose_leaflet(area, timed_tour(area, wanted), heading, address, language, photo)
        streets, relief = tiles_of(area, "streets"), tiles_of(area, "relief")
        fonts = find_fonts(_letters(leaflet))
        return print_leaflet(leaflet, paper, streets, relief, fonts, datetime.now(area.zone).date())

    name = f"{area.id}-{link[:12]}-{paper}.pdf"
    return bytes_reply(
        await asyncio.to_thread(work),
        media_type=PDF,
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def tiles_of(area: ServedArea, name: str) -> Tiles | None:
    """An archive of the area, its tiles uncompressed; None where the build has none."""
    if name not in area.manifest.archives:
        return None
    archive = area.get_archive(name)

    def find(z: int, x: int, y: int) -> bytes | None:
        tile = archive.find_tile(z, x, y)
        return gzip.decompress(tile) if tile is not None and archive.gzipped else tile

    return Tiles(find=find, most_zoom=archive.zooms[1])


def _letters(leaflet: Leaflet) -> str:
    """All that its font must be able to write."""
    language = Language(leaflet.language)
    own = [text(f"leaflet.{key}", language) for key in ("grade", "stairs", "mind", "code", "sample")]
    texts = [
        leaflet.title, leaflet.subtitle, leaflet.area_name, leaflet.story, *leaflet.summary, *leaflet.warnings,
        *leaflet.credits, *own, _ALWAYS_PRINTED,
    ]  # fmt: skip
    for station in leaflet.stations:
        texts += [
            station.name,
            station.reading,
            station.facts,
            station.story,
            station.photo.credit if station.photo else None,
        ]
    return "".join(filter(None, texts))
