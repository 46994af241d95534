"""searches for an age and a group are saved"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BEFORE = (
    "words <> '' OR area IS NOT NULL OR budget_status IS NOT NULL OR organisation_id IS NOT NULL"
)


def _look_for(condition: str) -> None:
    name = op.f("ck_saved_search_looks_for_something")
    with op.batch_alter_table("saved_search") as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, sa.text(condition))


def upgrade() -> None:
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.add_column(sa.Column("age", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "group",
                sa.Enum(
                    "children",
                    "youth",
                    "older_people",
                    "pupils",
                    "students",
                    "parents",
                    "families",
                    "carers",
                    "employees",
                    "volunteers",
                    "businesses",
                    "immigrants_refugees",
                    "people_with_disabilities",
                    "people_with_dementia",
                    "people_with_mental_illness",
                    "people_with_substance_use",
                    "patients",
                    "unemployed",
                    "low_income",
                    "inmates",
                    "pregnant",
                    "everyone",
                    name="group",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
    _look_for(f'{BEFORE} OR age IS NOT NULL OR "group" IS NOT NULL')


def downgrade() -> None:
    op.execute(f"DELETE FROM saved_search WHERE NOT ({BEFORE})")  # noqa: S608  the words above
    _look_for(BEFORE)
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_saved_search_group"), type_="check")
        batch_op.drop_column("group")
        batch_op.drop_column("age")
