"""What Alembic runs: every step in one transaction, so that a step that fails leaves the shape it found."""

from typing import TYPE_CHECKING, cast

from alembic import context

from guide.catalogue.store.schema import EntryRow

if TYPE_CHECKING:
    from advanced_alchemy.alembic.commands import AlembicCommandConfig
    from sqlalchemy import Connection, Engine

config = cast("AlembicCommandConfig", context.config)


def run(connection: "Connection") -> None:
    """Run the steps on a connection."""
    context.configure(
        connection=connection,
        target_metadata=EntryRow.metadata,
        compare_type=True,
        version_table=config.version_table_name,
        render_as_batch=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if (given := config.attributes.get("connection")) is not None:
    run(given)
else:
    with cast("Engine", config.engine).connect() as own:
        run(own)
