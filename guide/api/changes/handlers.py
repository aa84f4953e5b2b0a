"""The feeds of changes, for whoever wants to know when something new stands in the list."""

from typing import Annotated, Any, Final

from litestar import Request, Response, get
from litestar.params import QueryParameter

from guide.api.areas.inputs import Area, Reader
from guide.api.changes.feeds import JSON_FEED, RSS, to_json_feed, to_rss
from guide.api.features.descriptions import area_name
from guide.api.links import links_of
from guide.api.schemas.changes import JsonFeed
from guide.area.changes import read_changes
from guide.http.described import gives
from guide.http.replies import bytes_reply

_MOST: Final = 200

Limit = Annotated[int, QueryParameter(ge=1, le=_MOST, description="at most so many changes, the last ones")]


@get(
    "/api/{area_id:str}/changes.json",
    summary="What has changed, as JSON Feed / 変更のフィード（JSON）",
    opt=gives({JSON_FEED: JsonFeed}),
    sync_to_thread=True,
)
def list_changes(request: Request[Any, Any, Any], area: Area, reader: Reader, limit: Limit = 50) -> Response[bytes]:
    """Slopes that are new, changed or no longer listed, the last changes in front."""
    links = links_of(request, area, reader)
    changes = read_changes(area.built.directory.parent)[:limit]
    feed = to_json_feed(changes, links, area_name(area, links), f"{links.root}/changes.json")
    return bytes_reply(feed, media_type=JSON_FEED)


@get(
    "/api/{area_id:str}/changes.rss",
    summary="What has changed, as RSS / 変更のフィード（RSS）",
    opt=gives({RSS: None}),
    sync_to_thread=True,
)
def list_changes_as_rss(
    request: Request[Any, Any, Any], area: Area, reader: Reader, limit: Limit = 50
) -> Response[bytes]:
    """The same as RSS 2.0."""
    links = links_of(request, area, reader)
    changes = read_changes(area.built.directory.parent)[:limit]
    return bytes_reply(to_rss(changes, links, area_name(area, links), f"{links.root}/changes.rss"), media_type=RSS)
