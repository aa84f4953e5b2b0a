"""Settings of the service: read once, passed down, never a module global."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guide.domain.errors import UsageError

_PORTS: Final = range(65_536)
_WORKERS: Final = range(1, 257)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the service runs.

    ``build_root`` holds a folder for each built area; ``areas`` are those to serve, all if empty. ``port`` 0 lets the
    system choose. ``contact`` is where people can write to, shown in the API's description.
    """

    build_root: Path = Path("data/build")
    areas: tuple[str, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    contact: str | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises:
            UsageError: the port or the number of workers is out of range.
        """
        if self.port not in _PORTS:
            raise UsageError(f"The port must be 0 to 65535, not {self.port}.")
        if self.workers not in _WORKERS:
            raise UsageError(f"The number of workers must be 1 to 256, not {self.workers}.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """The settings that ``HYAKUSAKA_…`` variables give; what is not set keeps its default.

        Raises:
            UsageError: a number is none, or out of range.
        """
        return cls(
            build_root=Path(environment.get("HYAKUSAKA_DATA", "data")) / "build",
            areas=tuple(environment.get("HYAKUSAKA_AREAS", "").split()),
            host=environment.get("HYAKUSAKA_HOST", "127.0.0.1"),
            port=_whole(environment, "HYAKUSAKA_PORT", 8000),
            workers=_whole(environment, "HYAKUSAKA_WORKERS", 1),
            contact=environment.get("HYAKUSAKA_CONTACT") or None,
        )

    def to_environment(self) -> dict[str, str]:
        """The variables that make worker processes read the same settings."""
        return {
            "HYAKUSAKA_DATA": str(self.build_root.absolute().parent),
            "HYAKUSAKA_AREAS": " ".join(self.areas),
            "HYAKUSAKA_HOST": self.host,
            "HYAKUSAKA_PORT": str(self.port),
            "HYAKUSAKA_WORKERS": str(self.workers),
            "HYAKUSAKA_CONTACT": self.contact or "",
        }


def _whole(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "")
    try:
        return int(text) if text else default
    except ValueError:
        raise UsageError(f"{name} must be a whole number, not {text!r}.") from None
