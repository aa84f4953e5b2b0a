"""What visitors suggest, and findings that staff have put aside."""

import sqlalchemy as sa
from advanced_alchemy.types import DateTimeUTC
from alembic import op

revision = "0004"
down_revision = "0003"

_TIME = DateTimeUTC(timezone=True)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "suggestions",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("area", sa.String(64), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("about", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("thanks", sa.String(200)),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("sender", sa.String(64)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("number", sa.Integer()),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("answered_at", _TIME),
        sa.Column("answered_by", sa.String(200)),
        sa.ForeignKeyConstraint(["area"], ["areas.id"], name="fk_suggestions_area_areas"),
        sa.PrimaryKeyConstraint("id", name="pk_suggestions"),
        sa.UniqueConstraint("secret", name="uq_suggestions_secret"),
    )
    op.create_index("ix_suggestions_area", "suggestions", ["area", "state"])
    op.create_index("ix_suggestions_sender", "suggestions", ["sender"])
    op.create_table(
        "dismissals",
        sa.Column("area", sa.String(64), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("code", sa.String(100), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["area"], ["areas.id"], name="fk_dismissals_area_areas"),
        sa.PrimaryKeyConstraint("area", "key", "code", "mark", name="pk_dismissals"),
    )


def downgrade() -> None:
    """Back: what visitors have suggested is gone."""
    op.drop_table("dismissals")
    op.drop_table("suggestions")
