"""Tables that are only added to: the database itself refuses to change or delete what stands in them."""

from alembic import op

_FUNCTION = "only_added"


def forbid_changes(table: str, *, deletes_only: bool = False) -> None:
    """Refuse UPDATE (unless ``deletes_only``) and DELETE on a table."""
    refused = ("DELETE",) if deletes_only else ("UPDATE", "DELETE")
    if op.get_bind().dialect.name == "sqlite":
        for act in refused:
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
            )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$"
    )
    for act, each in ((" OR ".join(refused), "FOR EACH ROW"), ("TRUNCATE", "FOR EACH STATEMENT")):
        name = f"{table}_only_added_{each.split()[-1].lower()}"
        op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} {each} EXECUTE FUNCTION {_FUNCTION}()")


def drop_function() -> None:
    """What the triggers call, once no table has any."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"DROP FUNCTION IF EXISTS {_FUNCTION}()")
