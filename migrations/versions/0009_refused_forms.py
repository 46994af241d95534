"""refused forms"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refused_form",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("contents", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_refused_form_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_form")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_refused_form_token_hash")),
    )
    with op.batch_alter_table("refused_form", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_refused_form_kept_at"), ["kept_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_refused_form_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("refused_form", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_refused_form_person_id"))
        batch_op.drop_index(batch_op.f("ix_refused_form_kept_at"))

    op.drop_table("refused_form")
