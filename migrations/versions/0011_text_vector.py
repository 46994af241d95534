"""text vector"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BEFORE = ("needs", "concepts", "lessons")
COUNTED = ("collection_revision", "revision_mark")


def _allow(*names: str) -> None:
    condition = "collection IN ({})".format(", ".join(f"'{name}'" for name in names))
    for table in COUNTED:
        with op.batch_alter_table(table) as batch_op:
            constraint = op.f(f"ck_{table}_collection")
            batch_op.drop_constraint(constraint, type_="check")
            batch_op.create_check_constraint(constraint, condition)


def upgrade() -> None:
    _allow(*BEFORE, "text_vectors")
    op.create_table(
        "text_vector",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("encoder", sa.String(length=200), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_text_vector")),
    )
    op.create_index(op.f("ix_text_vector_revision"), "text_vector", ["revision"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_text_vector_revision"), table_name="text_vector")
    op.drop_table("text_vector")
    for table in COUNTED:
        op.execute(sa.text(f"DELETE FROM {table} WHERE collection = 'text_vectors'"))  # noqa: S608  fixed names
    _allow(*BEFORE)
