"""Links between replies."""

import msgspec


class Link(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A typed link (RFC 8288)."""

    href: str
    rel: str
    type: str | None = None
    hreflang: str | None = None
    title: str | None = None
    templated: bool = False
