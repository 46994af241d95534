"""needs by deadline"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_state_interests_close_on"))
        batch_op.create_index(
            batch_op.f("ix_need_state_interests_close_on_unit_id_id"),
            ["state", "interests_close_on", "unit_id", "id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_state_interests_close_on_unit_id_id"))
        batch_op.create_index(
            batch_op.f("ix_need_state_interests_close_on"),
            ["state", "interests_close_on"],
            unique=False,
        )
