"""revision marks"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    marks = op.create_table(
        "revision_mark",
        sa.Column(
            "collection",
            sa.Enum(
                "needs",
                "concepts",
                name="collection",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("collection", "revision", name=op.f("pk_revision_mark")),
    )
    reached = sa.text("SELECT collection, revision FROM collection_revision")
    rows = [row._asdict() for row in op.get_bind().execute(reached)]
    op.bulk_insert(marks, [{**row, "mark": secrets.token_hex(8)} for row in rows])


def downgrade() -> None:
    op.drop_table("revision_mark")
