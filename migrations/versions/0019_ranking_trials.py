"""ranking trials"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ranking_trial",
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "whole",
                "without_meaning",
                "without_vocabulary",
                "without_facets",
                name="ranking_way",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("needs", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "found BETWEEN 0 AND needs", name=op.f("ck_ranking_trial_found_among_the_needs")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["organisation.id"],
            name=op.f("fk_ranking_trial_municipality_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking_trial")),
        sa.UniqueConstraint(
            "municipality_id",
            "month",
            "way",
            name=op.f("uq_ranking_trial_municipality_id_month_way"),
        ),
    )


def downgrade() -> None:
    op.drop_table("ranking_trial")
