"""Bodies are JSON and say so: what comes as something else is not guessed at."""

import re
from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.enums import RequestEncodingType
from litestar.handlers import BaseRouteHandler
from litestar.params import BodyKwarg

from guide.http.errors import UnsupportedMediaTypeError

_JSON: Final = re.compile(r"application/(?:[\w.+-]+\+)?json(?:\s*;.*)?", re.IGNORECASE)
_PLAIN: Final = frozenset({"", "identity"})


async def only_json_bodies(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A guard for all handlers; it waits for nothing, but one that is not async would be sent through a thread.

    Raises:
        UnsupportedMediaTypeError: a handler that takes JSON is sent something else, or packed. A body without a type
            is taken for JSON.
    """
    field = handler.parsed_data_field
    if field is None or not isinstance(field.kwarg_definition, BodyKwarg):
        return
    if field.kwarg_definition.media_type is not RequestEncodingType.JSON:
        return
    media_type = connection.headers.get("content-type", "application/json").strip()
    coding = connection.headers.get("content-encoding", "").strip().lower()
    if not _JSON.fullmatch(media_type) or coding not in _PLAIN:
        raise UnsupportedMediaTypeError
