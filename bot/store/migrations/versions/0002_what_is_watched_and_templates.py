"""What is watched, whom requests are about, why form values stand there, and templates."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Columns are added one by one: to copy the table, as a batch would, is not needed and takes long.
    for column in (
        sa.Column("user_id", sa.String(length=256), server_default=sa.text("''"), nullable=False),
        sa.Column("webex_id", sa.String(length=1024), server_default=sa.text("''"), nullable=False),
        sa.Column("watched", sa.Text(), nullable=True),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looks", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("nudge_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("requests", column)
    op.create_index(op.f("ix_requests_user_id"), "requests", ["user_id"])
    op.create_index(op.f("ix_requests_webex_id"), "requests", ["webex_id"])
    op.add_column("conversations", sa.Column("guesses", sa.Text(), server_default=sa.text("'{}'"), nullable=False))
    op.create_table(
        "templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("provisioning_id", sa.String(length=512), nullable=False),
        sa.Column("enterprise", sa.String(length=256), nullable=False),
        sa.Column("package", sa.String(length=40), nullable=False),
        sa.Column("timezone", sa.String(length=80), nullable=False),
        sa.Column("region", sa.String(length=2), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_templates")),
        sa.UniqueConstraint("name", name=op.f("uq_templates_name")),
    )


def downgrade() -> None:
    raise NotImplementedError("what was kept since would be lost")
