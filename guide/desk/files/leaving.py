"""The catalogue as a file to take along: a workbook, a table, GeoJSON, or the list that towns publish."""

from typing import Annotated, Final
from urllib.parse import quote

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, QueryParameter

from guide.catalogue.exchange.downloads import ENDINGS, MEDIA_TYPES, Download, Taken, download, municipal_list
from guide.catalogue.exchange.municipal_out import Addresses
from guide.catalogue.workflow.people import Permission
from guide.desk.access import PERMISSION
from guide.desk.place import PATH_OF_KIND, Place, PlaceDesk
from guide.domain.area import OpenData
from guide.domain.entry import EntryKind, kind_of
from guide.http.replies import encoded_reply

_ALL: Final = "all"
_KINDS: Final = {path: kind for kind, path in PATH_OF_KIND.items()}
Published = Annotated[bool, QueryParameter(description="only what visitors see")]


@get("/{area_id:str}/files/take/{what:str}/{how:str}", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_taken(place: Place, what: FromPath[str], how: FromPath[str], published: Published = False) -> Response[bytes]:  # noqa: FBT002 (a query parameter)
    """A file; ``what`` is a table or all of them."""
    if how not in set(Download) or not (what in _KINDS or (what == _ALL and how in {"xlsx", "municipal"})):
        raise NotFoundException
    download_as = Download(how)
    content = _content(place, what, download_as, published=published)
    reply = encoded_reply(content, media_type=MEDIA_TYPES[download_as])
    name = f"{place.id}-{'facilities' if download_as is Download.MUNICIPAL else what}.{ENDINGS[download_as]}"
    reply.headers["Content-Disposition"] = f"attachment; filename=\"{name}\"; filename*=UTF-8''{quote(name)}"
    return reply


def _content(place: PlaceDesk, what: str, how: Download, *, published: bool) -> bytes:
    listing = place.office.listing
    if how is Download.MUNICIPAL:
        about = place.info.open_data or OpenData(publisher_ja="", publisher_en="")
        return municipal_list(listing, place.id, about, _addresses(place))
    kinds = tuple(EntryKind) if what == _ALL else (_KINDS[what],)
    return download(listing, Taken(area=place.id, kinds=kinds, published=published, language=place.language), how)


def _addresses(place: PlaceDesk) -> Addresses:
    base = place.at.exchange.base_url
    return Addresses(
        page=lambda entry: f"{base}/api/{place.id}/collections/{PATH_OF_KIND[kind_of(entry)]}/items/{entry.id}",
        photo=lambda photo: photo if "://" in photo else f"{base}/photos/{photo}",
    )
