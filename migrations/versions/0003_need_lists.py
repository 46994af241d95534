"""need lists"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_need_state_interests_close_on"),
            ["state", "interests_close_on"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_need_state_published_at_id"),
            ["state", "published_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_need_unit_id_state"), ["unit_id", "state"], unique=False
        )
        batch_op.drop_index(batch_op.f("ix_need_state"))
        batch_op.drop_index(batch_op.f("ix_need_unit_id"))


def downgrade() -> None:
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_state"), ["state"], unique=False)
        batch_op.drop_index(batch_op.f("ix_need_unit_id_state"))
        batch_op.drop_index(batch_op.f("ix_need_state_published_at_id"))
        batch_op.drop_index(batch_op.f("ix_need_state_interests_close_on"))
