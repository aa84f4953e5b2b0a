"""The database opened: transactions that read, and transactions that write, one at a time."""

import fcntl
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from advanced_alchemy.config import AlembicSyncConfig, EngineConfig, SQLAlchemySyncConfig
from sqlalchemy import Connection, Engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from guide.domain.errors import StoreError, UsageError

SQLITE: Final = "sqlite"
POSTGRESQL: Final = "postgresql"
VERSION_TABLE: Final = "migrations"

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_PATIENCE_S: Final = 20.0
"""How long a transaction waits for another one to end its writing."""

_WRITES: Final = "hyakusaka_writes"


class Database:
    """The catalogue's database. ``url`` is SQLAlchemy's; ``sqlite:///path`` and ``postgresql://…`` are known."""

    def __init__(self, url: str) -> None:
        self.url = _parse(url)
        self.dialect = self.url.get_backend_name()
        self.config = SQLAlchemySyncConfig(
            connection_string=self.url.render_as_string(hide_password=False),
            engine_config=EngineConfig(pool_pre_ping=self.dialect == POSTGRESQL),
            alembic_config=AlembicSyncConfig(
                script_location=str(_MIGRATIONS), version_table_name=VERSION_TABLE, compare_type=True
            ),
        )
        self.engine: Engine = self.config.get_engine()
        if self.dialect == SQLITE:
            _set_up_sqlite(self.engine)

    @classmethod
    def at(cls, path: Path) -> "Database":
        """A SQLite file; it and its folder are made if they are missing, for nobody else to read."""
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        return cls(f"sqlite:///{path.absolute()}")

    @property
    def sqlite_file(self) -> Path | None:
        """The file, if it is one."""
        return Path(self.url.database) if self.dialect == SQLITE and self.url.database else None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that sees one state of the database and changes nothing."""
        with plain_errors(), Session(self.engine, autoflush=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """As ``reading``, but however many questions are asked, all answers are from one moment."""
        options = {"isolation_level": "REPEATABLE READ"} if self.dialect == POSTGRESQL else {}
        with self.reading() as session:
            session.connection(execution_options=options)
            yield session

    @contextmanager
    def writing(self, subject: str = "") -> Iterator[Session]:
        """A transaction that is committed at the end, or leaves nothing behind if it fails.

        Those of one ``subject`` (an area, say) come one after the other, so that what was read still holds when it is
        written; SQLite knows but one subject.
        """
        with plain_errors(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            session.connection(execution_options={_WRITES: True})
            if self.dialect == POSTGRESQL:
                session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": zlib.crc32(subject.encode())})
            yield session

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While nobody else is within this, whichever process they are in."""
        if self.sqlite_file is not None:
            with self.sqlite_file.with_suffix(".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        else:
            key = {"key": zlib.crc32(b"alone")}
            with plain_errors(), self.engine.connect() as connection:
                connection.execute(text("SELECT pg_advisory_lock(:key)"), key)
                try:
                    yield
                finally:
                    connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)

    def claim(self, what: str) -> "Claim":
        """A claim that one at most has of all who use this database; see there."""
        return Claim(self.engine if self.dialect == POSTGRESQL else None, zlib.crc32(what.encode()))

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


class Claim:
    """Something that one process of all machines has, until it ends or loses the database; then another may have it.

    A SQLite file is one machine's, whose processes have locks of their own: there the claim is always granted.
    """

    def __init__(self, engine: Engine | None, key: int) -> None:
        self._engine = engine
        self._key = {"key": key}
        self._connection: Connection | None = None

    @property
    def was_held(self) -> bool:
        """Whether it was held when last asked for."""
        return self._engine is None or self._connection is not None

    def is_held(self) -> bool:
        """Whether it is held now, taken if it is free.

        Raises:
            StoreError: the database cannot be reached; whatever was held is lost.
        """
        if self._engine is None:
            return True
        with plain_errors():
            try:
                if self._connection is not None:
                    self._connection.execute(text("SELECT 1"))
                    return True
                connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
                if connection.execute(text("SELECT pg_try_advisory_lock(:key)"), self._key).scalar():
                    self._connection = connection
                    return True
                connection.close()
            except BaseException:
                self.give_back()
                raise
        return False

    def give_back(self) -> None:
        """Let another have it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(DBAPIError):
                connection.invalidate()  # the server forgets the lock with the connection
                connection.close()


def _parse(text_: str) -> URL:
    try:
        url = make_url(text_)
    except ArgumentError:
        raise UsageError(
            "HYAKUSAKA_DATABASE_URL must be like postgresql://user:password@host/database or sqlite:///file."
        ) from None
    if url.get_backend_name() not in {SQLITE, POSTGRESQL}:
        raise UsageError(f"The database must be SQLite or PostgreSQL, not {url.get_backend_name()}.")
    if url.drivername == POSTGRESQL:
        url = url.set(drivername="postgresql+psycopg")
    return url


def _set_up_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 (sqlite3's own)
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")  # what was acknowledged survives a power cut
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA busy_timeout = {int(1000 * _PATIENCE_S)}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        # Whoever will write says so at once: a reader that turns writer finds that others have written since.
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what a database can do to a request into one sentence."""
    try:
        yield
    except OperationalError as error:
        raise StoreError(f"The catalogue's database cannot be used now ({_first_line(error)}). Try again.") from error


def _first_line(error: DBAPIError) -> str:
    return (str(error.orig).splitlines() or [""])[0]
