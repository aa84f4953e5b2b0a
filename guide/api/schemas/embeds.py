"""oEmbed 1.0, type rich."""

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta


@dataclass(frozen=True, kw_only=True)
class Oembed:
    """What a site needs to show a link as a card."""

    type: Literal["rich"]
    version: Literal["1.0"]
    title: str
    provider_name: str
    provider_url: str
    cache_age: Annotated[int, Meta(description="seconds for which it holds")]
    html: Annotated[str, Meta(description="the card, as an iframe")]
    width: Annotated[int, Meta(description="pixels")]
    height: Annotated[int, Meta(description="pixels")]
