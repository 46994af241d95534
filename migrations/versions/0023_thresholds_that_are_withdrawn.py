"""thresholds that are withdrawn"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("threshold", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withdrawn_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("withdrawal_reason", sa.Text(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_threshold_key_valid_from"), type_="unique")
        batch_op.create_index(
            "uq_threshold_counts",
            ["key", "valid_from"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_threshold_withdrawn_by_id_person"), "person", ["withdrawn_by_id"], ["id"]
        )
        batch_op.create_check_constraint(
            op.f("ck_threshold_withdrawal_names_who_when_and_why"),
            sa.text(
                "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)"
                " AND (withdrawn_at IS NULL) = (withdrawal_reason IS NULL)"
            ),
        )


def downgrade() -> None:
    with op.batch_alter_table("threshold", schema=None) as batch_op:
        batch_op.drop_constraint(
            op.f("ck_threshold_withdrawal_names_who_when_and_why"), type_="check"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_threshold_withdrawn_by_id_person"), type_="foreignkey"
        )
        batch_op.drop_index(
            "uq_threshold_counts",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_threshold_key_valid_from"), ["key", "valid_from"]
        )
        batch_op.drop_column("withdrawal_reason")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("withdrawn_by_id")
