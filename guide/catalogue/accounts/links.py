"""The address of a link of one use."""

from typing import Final

PATH: Final = "/desk/welcome/"


def link_of(base_url: str, secret: str) -> str:
    """What the owner of an account opens to choose a password."""
    return f"{base_url.rstrip('/')}{PATH}{secret}"
