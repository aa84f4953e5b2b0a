"""Changes as JSON Feed 1.1 and as RSS 2.0."""

from collections.abc import Sequence
from email.utils import format_datetime
from typing import Any, Final
from xml.etree import ElementTree as ET

import msgspec

from guide.api.links import Links, with_query
from guide.area.changes import Change, ChangeKind
from guide.domain.texts import keys
from guide.http.texts import Language, text

JSON_FEED: Final = "application/feed+json"
RSS: Final = "application/rss+xml"

_ATOM: Final = "http://www.w3.org/2005/Atom"
_VERSION: Final = "https://jsonfeed.org/version/1.1"


def to_json_feed(changes: Sequence[Change], links: Links, area: str, here: str) -> bytes:
    """The feed as JSON Feed 1.1 (jsonfeed.org)."""
    items: list[dict[str, Any]] = [
        {
            "id": _id(change, links),
            "url": _address(change, links),
            "title": _title(change, links.language),
            "content_text": _content(change, links.language),
            "date_published": change.at.isoformat(),
            "tags": [change.kind.value],
        }
        for change in changes
    ]
    feed = {
        "version": _VERSION,
        "title": text("data.feed-title", links.language, area=area),
        "home_page_url": links.root,
        "feed_url": here,
        "language": links.language.value,
        "items": items,
    }
    return msgspec.json.encode(feed)


def to_rss(changes: Sequence[Change], links: Links, area: str, here: str) -> bytes:
    """The feed as RSS 2.0 (rssboard.org)."""
    ET.register_namespace("atom", _ATOM)
    rss = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(rss, "channel")
    title = text("data.feed-title", links.language, area=area)
    for name, value in (("title", title), ("link", links.root), ("description", title), ("language", links.language)):
        ET.SubElement(channel, name).text = value
    ET.SubElement(channel, f"{{{_ATOM}}}link", {"href": here, "rel": "self", "type": RSS})
    for change in changes:
        item = ET.SubElement(channel, "item")
        ET.SubElement(item, "title").text = _title(change, links.language)
        ET.SubElement(item, "link").text = _address(change, links)
        ET.SubElement(item, "description").text = _content(change, links.language)
        ET.SubElement(item, "guid", {"isPermaLink": "false"}).text = _id(change, links)
        ET.SubElement(item, "pubDate").text = format_datetime(change.at)
        ET.SubElement(item, "category").text = change.kind.value
    content: bytes = ET.tostring(rss, encoding="utf-8", xml_declaration=True)
    return content


def _id(change: Change, links: Links) -> str:
    """The same for the same change, wherever it is read."""
    return f"tag:hyakusaka,2026:{links.area_id}/{change.build}/{change.id}/{change.kind}"


def _address(change: Change, links: Links) -> str:
    """The slope's page; of one that is gone, the list."""
    if change.kind is ChangeKind.GONE:
        return with_query(f"{links.collection('slopes')}/items", {"f": "html"})
    return with_query(links.item("slopes", change.id), {"f": "html"})


def _title(change: Change, language: Language) -> str:
    name = change.name_en if language is Language.EN and change.name_en else change.name
    key = {ChangeKind.LISTED: "feed-first"}.get(change.kind, f"feed-{change.kind}")
    return text(f"data.{key}", language, name=name)


def _content(change: Change, language: Language) -> str:
    if not change.fields:
        return _title(change, language)
    known = keys(language.value)
    named = [text(key, language) if (key := f"field.{name}") in known else name for name in change.fields]
    fields = ", ".join(named)
    return text("data.feed-fields", language, fields=fields)
