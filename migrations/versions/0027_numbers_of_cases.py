"""numbers of cases

Those that there are get theirs in the order in which they were made, each year from 1 on.
"""

from collections import Counter
from datetime import UTC
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

NORWAY = ZoneInfo("Europe/Oslo")
PAIRING = sa.table(
    "pairing",
    sa.column("id", sa.Integer()),
    sa.column("created_at", sa.DateTime(timezone=True)),
    sa.column("case_year", sa.Integer()),
    sa.column("case_number", sa.Integer()),
)


def upgrade() -> None:
    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("case_year", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("case_number", sa.Integer(), nullable=True))
    _number_the_rows()
    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.alter_column("case_year", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("case_number", existing_type=sa.Integer(), nullable=False)
        batch_op.create_check_constraint(
            batch_op.f("ck_pairing_case_number_positive"), "case_number > 0"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_pairing_case_year_case_number"), ["case_year", "case_number"]
        )


def _number_the_rows() -> None:
    connection = op.get_bind()
    oldest = sa.select(PAIRING.c.id, PAIRING.c.created_at).order_by(
        PAIRING.c.created_at, PAIRING.c.id
    )
    made: Counter[int] = Counter()
    for row in connection.execute(oldest).all():
        moment = row.created_at if row.created_at.tzinfo else row.created_at.replace(tzinfo=UTC)
        year = moment.astimezone(NORWAY).year
        made[year] += 1
        connection.execute(
            sa.update(PAIRING)
            .where(PAIRING.c.id == row.id)
            .values(case_year=year, case_number=made[year])
        )


def downgrade() -> None:
    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_pairing_case_year_case_number"), type_="unique")
        batch_op.drop_constraint(batch_op.f("ck_pairing_case_number_positive"), type_="check")
        batch_op.drop_column("case_number")
        batch_op.drop_column("case_year")
