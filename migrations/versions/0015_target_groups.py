"""target groups"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.add_column(sa.Column("age_from", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("age_to", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("groups", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column("target_confirmed_at", sa.DateTime(timezone=True), nullable=True)
        )

    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.add_column(sa.Column("age_from", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("age_to", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("groups", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column("target_confirmed_at", sa.DateTime(timezone=True), nullable=True)
        )


def downgrade() -> None:
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.drop_column("target_confirmed_at")
        batch_op.drop_column("groups")
        batch_op.drop_column("age_to")
        batch_op.drop_column("age_from")

    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.drop_column("target_confirmed_at")
        batch_op.drop_column("groups")
        batch_op.drop_column("age_to")
        batch_op.drop_column("age_from")
