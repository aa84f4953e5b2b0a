"""What a handler gives, said beside it, for the description of the API."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

GIVES: Final = "gives"
"""The place in a handler's ``opt``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gives:
    """The replies of a handler.

    ``types`` are the media types of its good reply with the shape of each, None where it is no JSON. ``errors`` are the
    statuses of its own problems, besides those that any handler may have. ``also`` are other good statuses with a word
    on each. ``chosen`` says that Accept chooses between the types, ``kept`` that a client may keep the reply and ask
    about it. ``own_errors`` is the shape of the JSON in which another protocol says its errors, ``endings`` the shapes
    of the JSON that the same address gives with an ending, such as ``.json``.
    """

    types: Mapping[str, Any]
    errors: tuple[int, ...] = ()
    also: Mapping[int, str] = field(default_factory=dict)
    chosen: bool = False
    kept: bool = True
    own_errors: Any = None
    endings: Mapping[str, Any] = field(default_factory=dict)


def gives(  # noqa: PLR0913 (most handlers need but the first)
    types: Mapping[str, Any],
    *,
    errors: tuple[int, ...] = (),
    also: Mapping[int, str] | None = None,
    chosen: bool | None = None,
    kept: bool = True,
    own_errors: Any = None,  # noqa: ANN401 (any type)
    endings: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What to put into a handler's ``opt``."""
    by_accept = len(types) > 1 if chosen is None else chosen
    return {
        GIVES: Gives(
            types=types,
            errors=errors,
            also=also or {},
            chosen=by_accept,
            kept=kept,
            own_errors=own_errors,
            endings=endings or {},
        )
    }
