"""Backups: everything that cannot be made again, in one file that either kind of database reads back.

A zip with ``backup.json`` (what it is), ``tables/*.jsonl`` (a row a line) and the photos. It is taken from one state of
the database while people work, and put back in one transaction: whoever looks meanwhile sees the old state or the new.
"""

import os
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

import msgspec
from sqlalchemy import Connection, DateTime, MetaData, Table, insert, select, text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from guide.catalogue.store import migrate
from guide.catalogue.store.database import POSTGRESQL, SQLITE, Database
from guide.catalogue.store.schema import EntryRow
from guide.domain.errors import SourceError
from guide.files import write_whole
from guide.version import __version__

_WHAT: Final = "backup.json"
_KIND: Final = "hyakusaka backup"
_AT_ONCE: Final = 500
_TABLES: Final = "tables"
_PHOTOS: Final = "photos"
_LONGEST_LINE: Final = 64 * 2**20


class BackupInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup is. ``shape`` is that of the database, ``rows`` how many each table has."""

    kind: str
    version: str
    shape: str
    made_at: datetime
    rows: dict[str, int]


def write_backup(database: Database, photos: Path, path: Path, now: datetime) -> BackupInfo:
    """Write a backup aside and rename it: a file of that name is whole.

    Raises:
        OSError: the disc is full, or not writable.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, database.snapshot() as session:
                rows = {table.name: _write_table(archive, session, table) for table in _kept_tables()}
                info = BackupInfo(
                    kind=_KIND,
                    version=__version__,
                    shape=migrate.current(database) or "",
                    made_at=now,
                    rows=rows,
                )
                archive.writestr(_WHAT, msgspec.json.format(msgspec.json.encode(info), indent=2))
                for photo in sorted(photos.glob("*")) if photos.is_dir() else ():
                    archive.write(photo, f"{_PHOTOS}/{photo.name}", zipfile.ZIP_STORED)
            file.flush()
            os.fsync(file.fileno())
        aside.rename(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return info


def read_info(path: Path) -> BackupInfo:
    """What a backup is.

    Raises:
        SourceError: it is none, it is damaged, or a newer program wrote it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            info = msgspec.json.decode(archive.read(_WHAT), type=BackupInfo)
            damaged = archive.testzip()
    except (OSError, KeyError, zipfile.BadZipFile, msgspec.MsgspecError) as error:
        raise SourceError(f"{path}: is no backup of this program, or is damaged ({error}).") from error
    if info.kind != _KIND or damaged is not None:
        raise SourceError(f"{path}: is damaged ({damaged or 'of another kind'}). Use another backup.")
    if info.shape not in migrate.known():
        raise SourceError(f"{path}: was written by a newer program ({info.version}). Install that one first.")
    return info


def restore_backup(database: Database, photos: Path, path: Path) -> BackupInfo:
    """Put everything back as it was; what is there now is gone afterwards.

    Raises:
        SourceError: as ``read_info``; nothing has been changed.
    """
    info = read_info(path)
    with zipfile.ZipFile(path) as archive:
        _restore_photos(archive, photos)
        try:
            with database.writing() as session:
                connection = session.connection()
                migrate.move(database, connection, migrate.BASE)
                migrate.move(database, connection, info.shape)
                _restore_tables(archive, connection, info)
                migrate.move(database, connection, migrate.HEAD)
        except (StatementError, KeyError, msgspec.MsgspecError) as error:
            raise SourceError(f"{path}: is damaged, its rows do not fit. Nothing has been changed.") from error
    return info


def _kept_tables() -> list[Table]:
    """Every table whose rows cannot be made again, those that others point to in front."""
    return [table for table in EntryRow.metadata.sorted_tables if not table.info.get("passing", False)]


def _write_table(archive: zipfile.ZipFile, session: Session, table: Table) -> int:
    count = 0
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_AT_ONCE)
    with archive.open(f"{_TABLES}/{table.name}.jsonl", "w", force_zip64=True) as lines:
        for row in session.execute(query).mappings():
            lines.write(msgspec.json.encode(dict(row)) + b"\n")
            count += 1
    return count


def _restore_tables(archive: zipfile.ZipFile, connection: Connection, info: BackupInfo) -> None:
    shape = MetaData()
    shape.reflect(connection)
    for table in shape.sorted_tables:
        if table.name not in info.rows:
            continue
        with archive.open(f"{_TABLES}/{table.name}.jsonl") as lines:
            for rows in _batches(lines, table, connection.dialect.name):
                connection.execute(insert(table), rows)
        if connection.dialect.name == POSTGRESQL and "id" in table.columns:
            _go_on_counting(connection, table)


def _batches(lines: IO[bytes], table: Table, dialect: str) -> Iterator[list[dict[str, Any]]]:
    moments = [column.name for column in table.columns if isinstance(column.type, DateTime)]
    batch: list[dict[str, Any]] = []
    while line := lines.readline(_LONGEST_LINE):
        row = msgspec.json.decode(line)
        for name in moments:
            row[name] = _moment(row[name], dialect)
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _moment(written: str | None, dialect: str) -> datetime | None:
    if written is None:
        return None
    moment = datetime.fromisoformat(written).astimezone(UTC)
    return moment.replace(tzinfo=None) if dialect == SQLITE else moment


def _go_on_counting(connection: Connection, table: Table) -> None:
    """New rows are numbered behind those that came with their numbers."""
    last = connection.scalar(text(f"SELECT max(id) FROM {table.name}"))  # noqa: S608 (a table of our own)
    sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": table.name})
    if last is not None and sequence is not None and isinstance(last, int):
        connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


def _restore_photos(archive: zipfile.ZipFile, photos: Path) -> None:
    """Photos by the names that their content gave them; one that is there is the same."""
    photos.mkdir(parents=True, exist_ok=True)
    for name in archive.namelist():
        folder, _, file = name.partition("/")
        if folder != _PHOTOS or not file or Path(file).name != file or (photos / file).exists():
            continue
        write_whole(photos / file, archive.read(name))
