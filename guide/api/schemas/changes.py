"""Changes as JSON Feed 1.1."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from msgspec import Meta

from guide.area.changes import ChangeKind


@dataclass(frozen=True, kw_only=True)
class JsonFeedItem:
    """One change to one slope."""

    id: Annotated[str, Meta(description="the same for the same change")]
    url: Annotated[str, Meta(description="the slope's page")]
    title: str
    content_text: Annotated[str, Meta(description="which of its fields have changed")]
    date_published: datetime
    tags: list[ChangeKind]


@dataclass(frozen=True, kw_only=True)
class JsonFeed:
    """The last changes, the newest in front."""

    version: str
    title: str
    home_page_url: str
    feed_url: str
    language: str
    items: list[JsonFeedItem]
