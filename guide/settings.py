"""Settings of the service: read once, passed down, never a module global."""

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guide.domain.errors import UsageError
from guide.domain.photo import PHOTO_FOLDER

_PORTS: Final = range(65_536)
_WORKERS: Final = range(1, 257)
_PLANNERS: Final = range(65)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the service runs.

    ``build_root`` holds a folder for each built area; ``areas`` are those to serve, all if empty. ``port`` 0 lets the
    system choose. ``contact`` is where people can write to, shown in the API's description.

    ``public_url`` is the address by which the world reaches the service, read off each request if not given;
    ``proxies`` is how many proxies of ours stand in front, whose X-Forwarded headers are believed. A client may ask for
    ``rate_per_s`` requests in the long run and for ``burst`` at once; a rate of 0 sets no limit. ``kept_mb`` is the
    memory that a worker has for replies it may give again. ``access_log`` writes a line for each request.
    Tours are planned in ``planners`` processes for each worker; 0 plans in the worker itself, and None leaves it to the
    server to share out the machine's cores. ``run_folder`` is where workers share what they count, if there is one; the
    server makes it. ``database_url`` is the desk's database, a SQLite file beside the data if not given; ``smtp_url``
    and ``mail_from`` say how it sends mail; ``builder`` whether the service starts the builder of what is published;
    ``otlp_url`` is a collector of OpenTelemetry (OTLP over HTTP) that gets a span for each request, if there is one.
    """

    build_root: Path = Path("data/build")
    areas: tuple[str, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    contact: str | None = None
    public_url: str | None = None
    proxies: int = 0
    rate_per_s: float = 100.0
    burst: float = 2_000.0
    kept_mb: int = 64
    access_log: bool = True
    planners: int | None = None
    run_folder: Path | None = None
    database_url: str | None = None
    smtp_url: str | None = None
    mail_from: str = ""
    builder: bool = True
    otlp_url: str | None = None
    depot: str | None = None
    depot_cache: Path = Path("data/depot-cache")
    depot_cache_mb: int = 4_000

    @property
    def data(self) -> Path:
        """The folder of everything that the service keeps."""
        return self.build_root.parent

    @property
    def photos(self) -> Path:
        """The folder of the photos that staff have sent in."""
        return self.data / PHOTO_FOLDER

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises:
            UsageError: a number is out of range, or the public address is none.
        """
        if self.port not in _PORTS:
            raise UsageError(f"The port must be 0 to 65535, not {self.port}.")
        if self.workers not in _WORKERS:
            raise UsageError(f"The number of workers must be 1 to 256, not {self.workers}.")
        if self.planners is not None and self.planners not in _PLANNERS:
            raise UsageError(f"The number of planners must be 0 to 64, not {self.planners}.")
        for name, address in (("public address", self.public_url), ("collector's address", self.otlp_url)):
            if address is not None and not address.startswith(("http://", "https://")):
                raise UsageError(f"The {name} must begin with http:// or https://, not {address!r}.")
        for name, value in (
            ("proxies", self.proxies),
            ("rate", self.rate_per_s),
            ("memory", self.kept_mb),
            ("depot cache", self.depot_cache_mb),
        ):
            if not 0 <= value < math.inf:
                raise UsageError(f"The setting of {name} must be 0 or more, not {value}.")
        if not 1 <= self.burst < math.inf:
            raise UsageError(f"The burst must be 1 or more, not {self.burst}.")

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
            public_url=environment.get("HYAKUSAKA_PUBLIC_URL") or None,
            proxies=_whole(environment, "HYAKUSAKA_PROXIES", 0),
            rate_per_s=_number(environment, "HYAKUSAKA_RATE_PER_S", 100.0),
            burst=_number(environment, "HYAKUSAKA_BURST", 2_000.0),
            kept_mb=_whole(environment, "HYAKUSAKA_KEPT_MB", 64),
            access_log=_switch(environment, "HYAKUSAKA_ACCESS_LOG", default=True),
            planners=_whole(environment, "HYAKUSAKA_PLANNERS", -1) if environment.get("HYAKUSAKA_PLANNERS") else None,
            run_folder=Path(run) if (run := environment.get("HYAKUSAKA_RUN_FOLDER")) else None,
            database_url=environment.get("HYAKUSAKA_DATABASE_URL") or None,
            smtp_url=environment.get("HYAKUSAKA_SMTP_URL") or None,
            mail_from=environment.get("HYAKUSAKA_MAIL_FROM", ""),
            builder=_switch(environment, "HYAKUSAKA_BUILDER", default=True),
            otlp_url=environment.get("HYAKUSAKA_OTLP_URL") or None,
            depot=environment.get("HYAKUSAKA_DEPOT") or None,
            depot_cache=Path(
                environment.get("HYAKUSAKA_DEPOT_CACHE")
                or Path(environment.get("HYAKUSAKA_DATA", "data")) / "depot-cache"
            ),
            depot_cache_mb=_whole(environment, "HYAKUSAKA_DEPOT_CACHE_MB", 4_000),
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
            "HYAKUSAKA_PUBLIC_URL": self.public_url or "",
            "HYAKUSAKA_PROXIES": str(self.proxies),
            "HYAKUSAKA_RATE_PER_S": str(self.rate_per_s),
            "HYAKUSAKA_BURST": str(self.burst),
            "HYAKUSAKA_KEPT_MB": str(self.kept_mb),
            "HYAKUSAKA_ACCESS_LOG": "on" if self.access_log else "off",
            "HYAKUSAKA_PLANNERS": "" if self.planners is None else str(self.planners),
            "HYAKUSAKA_RUN_FOLDER": str(self.run_folder or ""),
            "HYAKUSAKA_DATABASE_URL": self.database_url or "",
            "HYAKUSAKA_SMTP_URL": self.smtp_url or "",
            "HYAKUSAKA_MAIL_FROM": self.mail_from,
            "HYAKUSAKA_BUILDER": "on" if self.builder else "off",
            "HYAKUSAKA_OTLP_URL": self.otlp_url or "",
            "HYAKUSAKA_DEPOT": self.depot or "",
            "HYAKUSAKA_DEPOT_CACHE": str(self.depot_cache.absolute()),
            "HYAKUSAKA_DEPOT_CACHE_MB": str(self.depot_cache_mb),
        }


def _whole(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, "")
    try:
        return int(text) if text else default
    except ValueError:
        raise UsageError(f"{name} must be a whole number, not {text!r}.") from None


def _number(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name, "")
    try:
        return float(text) if text else default
    except ValueError:
        raise UsageError(f"{name} must be a number, not {text!r}.") from None


def _switch(environment: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = environment.get(name, "")
    if text not in {"", "on", "off"}:
        raise UsageError(f"{name} must be on or off, not {text!r}.")
    return text == "on" if text else default
