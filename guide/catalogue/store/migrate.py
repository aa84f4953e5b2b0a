"""Migrations: the database brought to the shape that this program knows, forward or back."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from guide.catalogue.store.database import VERSION_TABLE, Database, plain_errors
from guide.domain.errors import StoreError, UsageError

if TYPE_CHECKING:
    from advanced_alchemy.alembic.commands import AlembicCommands

# Alembic is imported where it is used: it takes a quarter of a second, for which no start of the service should wait.

HEAD: Final = "head"
BASE: Final = "base"
_MIGRATIONS: Final = str(Path(__file__).parent / "migrations")


def upgrade(database: Database, revision: str = HEAD) -> None:
    """Bring the database forward; nothing happens if it is there already.

    Raises:
        StoreError: it was made by a newer program.
    """
    with database.alone():
        _upgrade(database, revision)


def _upgrade(database: Database, revision: str) -> None:
    now = current(database)
    if now is not None and now not in known():
        raise StoreError(
            f"The database has the shape {now}, which this program does not know: a newer one has used it. "
            "Install that one, or restore a backup from before."
        )
    if now != _resolved(revision):
        _commands(database).upgrade(revision)


def downgrade(database: Database, revision: str) -> None:
    """Bring the database back to an earlier shape; what only the later one can hold is lost.

    Raises:
        UsageError: there is no such shape.
    """
    from alembic.util import CommandError  # noqa: PLC0415 (see above)

    try:
        _commands(database).downgrade(revision)
    except CommandError as error:
        raise UsageError(f"{error}. The shapes are: {', '.join(known())}.") from error


def move(database: Database, connection: Connection, revision: str) -> None:
    """Bring the database to a shape within a transaction of the caller's; ``base`` is an empty database."""
    commands = _commands(database)
    commands.config.attributes["connection"] = connection
    if revision == BASE:
        commands.downgrade(BASE)
    else:
        commands.upgrade(revision)


def current(database: Database) -> str | None:
    """The shape that the database has; None while it is empty.

    Raises:
        StoreError: it cannot be reached.
    """
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 (see above)

    with plain_errors(), database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        return context.get_current_revision()


def known() -> list[str]:
    """Every shape, the first one in front."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 (see above)

    return [script.revision for script in ScriptDirectory(_MIGRATIONS).walk_revisions()][::-1]


def _resolved(revision: str) -> str | None:
    return known()[-1] if revision == HEAD else revision


def _commands(database: Database) -> "AlembicCommands":
    from advanced_alchemy.alembic.commands import AlembicCommands  # noqa: PLC0415 (see above)

    return AlembicCommands(database.config)
