"""The formats of the data pages, by name in a link or by Accept."""

from enum import StrEnum
from typing import Any, Final

from litestar import Request

from guide.api.links import CSV, HTML
from guide.http.exchange import exchange_of
from guide.http.negotiate import choose_media_type
from guide.http.replies import GEOJSON, JSON


class PageFormat(StrEnum):
    """Formats of what describes the data."""

    JSON = "json"
    HTML = "html"


class ItemFormat(StrEnum):
    """Formats of a feature."""

    JSON = "json"
    HTML = "html"


class ItemsFormat(StrEnum):
    """Formats of features."""

    JSON = "json"
    CSV = "csv"
    HTML = "html"


_MEDIA_TYPES: Final = {"json": JSON, "geojson": GEOJSON, "html": HTML, "csv": CSV}


def wanted(request: Request[Any, Any, Any], named: StrEnum | None, offers: tuple[str, ...]) -> str:
    """Which of ``offers`` (names of formats) a request is answered in.

    Raises:
        NotAcceptableError: it accepts none of them.
    """
    if named is not None:
        return "geojson" if named.value == "json" and "geojson" in offers else named.value
    media_type = choose_media_type(exchange_of(request), tuple(_MEDIA_TYPES[offer] for offer in offers))
    return next(offer for offer in offers if _MEDIA_TYPES[offer] == media_type)
