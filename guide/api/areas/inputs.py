"""What handlers are given besides their own parameters: area, registry, the reader's language, templates."""

from typing import Annotated, Any

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from guide.areas.registry import AreaRegistry
from guide.areas.served import ServedArea
from guide.http.exchange import exchange_of
from guide.http.negotiate import choose_language
from guide.http.pages import Pages
from guide.http.texts import Language

Area = NamedDependency[ServedArea]
Registry = NamedDependency[AreaRegistry]
Reader = NamedDependency[Language]
"""Given as ``reader``: the framework mistakes a fault in a body's field for one of ours if the two share a name."""

Templates = NamedDependency[Pages]


def provide_language(
    request: Request[Any, Any, Any],
    lang: Annotated[
        Language | None, QueryParameter(description="language of every word; else Accept-Language chooses")
    ] = None,
) -> Language:
    """The language of a reply: the one that the address names, else the one that the client likes best."""
    exchange = exchange_of(request)
    language = lang or choose_language(exchange)
    exchange.language = language.value
    return language
