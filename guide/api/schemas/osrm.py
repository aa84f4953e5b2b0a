"""OSRM's replies, as far as its protocol (v5) promises them; heights and grades stand beside."""

from dataclasses import dataclass
from typing import Annotated, Any

from msgspec import Meta


@dataclass(frozen=True, kw_only=True)
class OsrmReply:
    """A reply of route, table or nearest; which members there are depends on the service."""

    code: Annotated[str, Meta(description="Ok, or what is wrong", examples=["Ok"])]
    message: str | None = None
    routes: list[dict[str, Any]] | None = None
    waypoints: list[dict[str, Any]] | None = None
    sources: list[dict[str, Any]] | None = None
    destinations: list[dict[str, Any]] | None = None
    durations: Annotated[list[list[float | None]] | None, Meta(description="seconds")] = None
    distances: Annotated[list[list[float | None]] | None, Meta(description="metres")] = None
