"""Parameters of an address that nobody knows, or that stand there twice, are told and not passed over."""

from collections import Counter
from typing import Any, Final
from urllib.parse import parse_qsl

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.routes import HTTPRoute

from guide.domain.errors import UsageError

FREE: Final = "reads_its_own_parameters"
"""Set in a handler's ``opt`` where its parameters are another protocol's."""

_TRACKING: Final = frozenset({"fbclid", "gclid", "_"})
"""What other sites hang on to shared links."""

_WORDS: Final = frozenset({"q", "filter", "after", "stop", "url"})
"""Parameters whose value is any text."""

_MOST: Final = 200

_Connection = ASGIConnection[Any, Any, Any, Any]


async def only_known_parameters(connection: _Connection, handler: BaseRouteHandler) -> None:
    """A guard for all handlers; it waits for nothing, but one that is not async would be sent through a thread.

    Raises:
        UsageError: the address has a parameter that the handler does not take, or takes only once.
    """
    query = connection.scope["query_string"]
    if not query or handler.opt.get(FREE):
        return
    known = _known(connection, handler)
    try:
        pairs = parse_qsl(query.decode(), keep_blank_values=True, max_num_fields=_MOST)
    except ValueError:
        raise UsageError(f"The address has more than {_MOST} parameters, or none that can be read.") from None
    for name, value in pairs:
        if value.lower() == "null" and name not in _WORDS:  # the framework takes it for none at all
            raise UsageError(f"{name[:60]}: null is no value in an address; leave the parameter out.")
    for name, count in Counter(name for name, _ in pairs).items():
        if name not in known:
            if name in _TRACKING or name.startswith("utm_"):
                continue
            takes = f"It takes: {', '.join(sorted(known))}" if known else "It takes none"
            raise UsageError(f"There is no parameter {name[:60]!r} at this address. {takes}.")
        if count > 1 and not known[name]:
            raise UsageError(f"The parameter {name!r} stands in the address {count} times; give it once.")


def _known(connection: _Connection, handler: BaseRouteHandler) -> dict[str, bool]:
    """The names of a handler's parameters, its dependencies' among them, and whether they may be repeated."""
    known: dict[str, bool] | None = handler.opt.get("_parameters")
    if known is None:
        known, itself = {}, connection.scope["route_handler"]  # a guard is given a copy
        for route in connection.app.routes:
            if isinstance(route, HTTPRoute):
                for each, model in route.route_handler_map.values():
                    if each is itself:
                        known = {field.field_alias: field.is_sequence for field in model.expected_query_params}
        handler.opt["_parameters"] = known
    return known
