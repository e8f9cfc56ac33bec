"""What the registry knows besides: where it has something from, how old that is, and what was removed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("provisioning_id", sa.String(length=512), server_default=sa.text("''"), nullable=False),
        sa.Column("source", sa.String(length=400), server_default=sa.text("''"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("provisioned", column)
    # Only a batch, which copies the table, can make a column of SQLite take nothing.
    with op.batch_alter_table("provisioned") as batch:
        batch.alter_column("request", existing_type=sa.Integer(), nullable=True)
    op.create_index(op.f("ix_provisioned_webex_id"), "provisioned", ["webex_id"])


def downgrade() -> None:
    raise NotImplementedError("what was kept since would be lost")
