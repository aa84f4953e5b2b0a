"""One request and what is known of its reply: what the parts of the front hand to each other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.types import HTTPScope

STATE_KEY: Final = "exchange"

Connection = ASGIConnection[Any, Any, Any, Any]


@dataclass(slots=True)
class Exchange:
    """A request on its way.

    ``method`` is the client's own (a handler sees HEAD as GET), ``headers`` the request's, the last of a name.
    ``codings`` are the compressions that the client takes, the one it likes best in front; ``base_url`` is the address
    by which it reached us, without a slash at its end.

    Handlers add to what the rest knows: ``varies``, the request headers that chose between replies, ``language``, the
    one that the reply speaks, and ``still_holds``, which says whether the same reply would be given now.
    """

    scope: HTTPScope
    method: str
    headers: dict[bytes, bytes]
    request_id: str
    client: str
    base_url: str
    codings: tuple[bytes, ...]
    began_s: float
    varies: set[bytes] = field(default_factory=set)
    language: str | None = None
    still_holds: Callable[[], bool] | None = None
    route: str = ""
    status: int = 0
    sent_bytes: int = 0
    from_kept: bool = False

    def header(self, name: bytes) -> str:
        """A header of the request as text, empty if it has none."""
        return self.headers.get(name, b"").decode("latin-1")

    def choose_by(self, name: bytes) -> str:
        """A header of the request that chooses between replies, so that caches know of it."""
        self.varies.add(name)
        return self.header(name)


def exchange_of(connection: Connection) -> Exchange:
    """The exchange that a handler, a guard or a dependency takes part in."""
    exchange: Exchange = connection.scope["state"][STATE_KEY]
    return exchange
