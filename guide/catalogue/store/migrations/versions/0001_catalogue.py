"""The catalogue: entries, their revisions, what was said of them, publications and the log."""

import sqlalchemy as sa
from advanced_alchemy.types import DateTimeUTC, JsonB
from alembic import op

from guide.catalogue.store.migrations.only_added import drop_function, forbid_changes

revision = "0001"
down_revision = None

_TIME = DateTimeUTC(timezone=True)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "areas",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("publication", sa.String(32)),
        sa.Column("seeded_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_areas"),
    )
    op.create_table(
        "entries",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("area", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("published", sa.Integer()),
        sa.Column("publish_at", _TIME),
        sa.Column("publish_number", sa.Integer()),
        sa.Column("publish_by", sa.String(200)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text()),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("has_place", sa.Boolean(), nullable=False),
        sa.Column("has_story", sa.Boolean(), nullable=False),
        sa.Column("has_photo", sa.Boolean(), nullable=False),
        sa.Column("changed_at", _TIME, nullable=False),
        sa.Column("changed_by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["area"], ["areas.id"], name="fk_entries_area_areas"),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.UniqueConstraint("area", "key", name="uq_entries_key"),
    )
    op.create_index("ix_entries_list", "entries", ["area", "kind", "sort_key"])
    op.create_index("ix_entries_publish_at", "entries", ["publish_at"])
    op.create_table(
        "revisions",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", JsonB, nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name="fk_revisions_entry_entries"),
        sa.PrimaryKeyConstraint("entry", "number", name="pk_revisions"),
    )
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name="fk_comments_entry_entries"),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
    )
    op.create_index("ix_comments_entry", "comments", ["entry"])
    op.create_table(
        "publications",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("area", sa.String(64), nullable=False),
        sa.Column("changes", JsonB, nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["area"], ["areas.id"], name="fk_publications_area_areas"),
        sa.PrimaryKeyConstraint("id", name="pk_publications"),
    )
    op.create_index("ix_publications_area", "publications", ["area", "made_at"])
    op.create_table(
        "log",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("area", sa.String(64)),
        sa.Column("key", sa.String(100)),
        sa.Column("detail", JsonB, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_log"),
    )
    op.create_index("ix_log_entry", "log", ["area", "key"])
    op.create_index("ix_log_made_at", "log", ["made_at"])
    forbid_changes("revisions")
    forbid_changes("comments")
    forbid_changes("publications")
    forbid_changes("log")
    forbid_changes("entries", deletes_only=True)


def downgrade() -> None:
    """Back to an empty database."""
    for table in ("log", "publications", "comments", "revisions", "entries", "areas"):
        op.drop_table(table)
    drop_function()
