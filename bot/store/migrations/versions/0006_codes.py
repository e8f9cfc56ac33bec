"""The codes that were met and are not known."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unknown_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("surface", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(length=600), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("request", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["request"], ["requests.number"], name=op.f("fk_unknown_codes_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unknown_codes")),
        sa.UniqueConstraint("code", "surface", name=op.f("uq_unknown_codes_code")),
    )


def downgrade() -> None:
    raise NotImplementedError("what was counted since would be lost")
