"""the vocabulary has revisions"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BEFORE = ("needs", "concepts", "lessons", "text_vectors")
COUNTED = ("collection_revision", "revision_mark")


def _allow(*names: str) -> None:
    condition = "collection IN ({})".format(", ".join(f"'{name}'" for name in names))
    for table in COUNTED:
        with op.batch_alter_table(table) as batch_op:
            constraint = op.f(f"ck_{table}_collection")
            batch_op.drop_constraint(constraint, type_="check")
            batch_op.create_check_constraint(constraint, condition)


def upgrade() -> None:
    _allow(*BEFORE, "vocabulary")


def downgrade() -> None:
    for table in COUNTED:
        op.execute(f"DELETE FROM {table} WHERE collection = 'vocabulary'")  # noqa: S608  fixed names
    _allow(*BEFORE)
