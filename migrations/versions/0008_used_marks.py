"""used marks"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "used_mark",
        sa.Column("mark_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_hash", sa.String(length=64), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_used_mark")),
        sa.UniqueConstraint("mark_hash", name=op.f("uq_used_mark_mark_hash")),
    )
    with op.batch_alter_table("used_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_used_mark_used_at"), ["used_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("used_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_used_mark_used_at"))

    op.drop_table("used_mark")
