"""Both kinds of database for real: SQLite files, and a PostgreSQL cluster of the tests' own."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest

from guide.catalogue.store import migrate
from guide.catalogue.store.database import Database

KINDS = ("sqlite", "postgresql")
OWNER = "postgres"
TEMPLATE = "hyakusaka_template"


def find_postgres() -> Path | None:
    """The folder of the newest PostgreSQL's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def require_postgres() -> Path:
    programs = find_postgres()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is required here; run: make postgres")
        pytest.skip("PostgreSQL is not installed; run: make postgres")
    return programs


def _as_owner(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", OWNER, "--", *command] if os.geteuid() == 0 else command


@dataclass
class Cluster:
    """A running cluster, reached through a socket in its folder."""

    folder: Path
    numbers: Iterator[int] = field(default_factory=count)

    def url(self, name: str) -> str:
        return f"postgresql://{self.user}@/{name}?host={self.folder}"

    @property
    def user(self) -> str:
        return OWNER if os.geteuid() == 0 else os.environ.get("USER", OWNER)

    def create(self, template: str | None = None) -> str:
        """A new database; gives its name."""
        name = f"t{next(self.numbers)}" if template or self.ready else TEMPLATE
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        return name

    ready: bool = False

    def drop(self, name: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def run_cluster() -> Iterator[Cluster]:
    programs = require_postgres()
    folder = Path(tempfile.mkdtemp(prefix="hyakusaka-pg-"))  # a short path: a socket's name has but 107 bytes
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, OWNER)
        data = folder / "data"
        user = OWNER if os.geteuid() == 0 else os.environ.get("USER", OWNER)
        run(programs / "initdb", "-D", data, "-A", "trust", "-U", user, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c max_connections=60"
        run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield Cluster(folder)
        finally:
            run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(program: Path, *arguments: object) -> None:
    command = _as_owner([str(program), *map(str, arguments)])
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr + done.stdout


@dataclass
class Databases:
    """Gives databases that have the latest shape already, or are empty."""

    folder: Path
    cluster: Cluster | None
    numbers: Iterator[int] = field(default_factory=count)
    made: list[str] = field(default_factory=list)

    def url(self, *, empty: bool = False) -> str:
        """The address of a new database."""
        if self.cluster is not None:
            name = self.cluster.create(None if empty else TEMPLATE)
            self.made.append(name)
            return self.cluster.url(name)
        path = self.folder / f"{next(self.numbers)}.sqlite"
        if not empty:
            shutil.copy(self.folder.parent / "template.sqlite", path)
        return f"sqlite:///{path}"


def copy_of(sqlite_folder: Path, folder: Path) -> Path:
    """A new SQLite file with the latest shape."""
    return Path(shutil.copy(sqlite_folder / "template.sqlite", folder / "desk.sqlite"))


def make_sqlite_template(path: Path) -> None:
    database = Database.at(path)
    migrate.upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def make_postgres_template(cluster: Cluster) -> None:
    cluster.create()
    database = Database(cluster.url(TEMPLATE))
    migrate.upgrade(database)
    database.close()
    cluster.ready = True
