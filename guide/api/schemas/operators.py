"""What operators ask for."""

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta


@dataclass(frozen=True, kw_only=True)
class Alive:
    """The process lives."""

    status: Literal["ok"]


@dataclass(frozen=True, kw_only=True)
class Ready:
    """There is something to serve."""

    status: Literal["ready"]
    areas: Annotated[list[str], Meta(description="ids of the areas that are open")]
