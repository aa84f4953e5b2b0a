"""An office for tests: a town with some entries, people of every role, and a clock that stands until it is moved."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher

from guide.catalogue.accounts.passwords import Passwords
from guide.catalogue.workflow.people import Actor, Role
from guide.domain.slope import CatalogueSlope

EDITOR = Actor(name="Sato", role=Role.EDITOR)
PUBLISHER = Actor(name="Tanaka", role=Role.PUBLISHER)
ADMIN = Actor(name="Suzuki", role=Role.ADMIN)
TOWN = "town"
CHEAP_PASSWORDS = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
PASSWORD = "みなとの見える坂を三つ数える"


@dataclass
class Clock:
    now: datetime = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


def slope(key: str = "hachiman", name: str = "八幡坂", **fields: object) -> CatalogueSlope:
    return CatalogueSlope(id=key, name=name, **fields)  # type: ignore[arg-type]


def make_town(data: Path) -> Path:
    """A town's folder with catalogue files; gives the folder of all data."""
    folder = data / "areas" / TOWN
    folder.mkdir(parents=True)
    (folder / "area.toml").write_text("bbox = [140.9, 42.2, 141.1, 42.4]\n", encoding="utf-8")
    (folder / "slopes.csv").write_text(
        "id,name,reading,lng,lat,sources,status\n"
        "town-01,一の坂,いちのさか,141.001,42.3,s,published\n"
        "town-02,二の坂,にのさか,141.0012,42.3,s,draft\n"
        "town-03,三の坂,さんのさか,141.0014,42.3,s,retired\n",
        encoding="utf-8",
    )
    (folder / "landmarks.csv").write_text(
        "id,kind,name,lng,lat,sources\ntown-sight-01,viewpoint,展望台,141.001,42.3,s\n", encoding="utf-8"
    )
    return data
