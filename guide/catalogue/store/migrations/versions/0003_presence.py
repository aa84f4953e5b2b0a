"""Who has the form of an entry open."""

import sqlalchemy as sa
from advanced_alchemy.types import DateTimeUTC
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "presence",
        sa.Column("area", sa.String(64), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("seen_at", DateTimeUTC(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("area", "key", "name", name="pk_presence"),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("presence")
