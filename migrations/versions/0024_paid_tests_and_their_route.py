"""paid tests and their route"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paid_test",
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("payment", sa.Integer(), nullable=False),
        sa.Column("cost_cap", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "route",
            sa.Enum(
                "direct_purchase",
                "mini_competition",
                "open_tender",
                "limited_tender",
                "innovation_partnership",
                "research_development",
                "notice_of_intent",
                "undecided",
                name="procurement_route",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("route <> 'undecided'", name=op.f("ck_paid_test_route_is_chosen")),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by_id IS NULL) AND (confirmed_at IS NULL) = (route IS NULL) AND (confirmed_at IS NULL) = (reason IS NULL)",
            name=op.f("ck_paid_test_confirming_names_who_when_how_and_why"),
        ),
        sa.CheckConstraint(
            "payment > 0 AND cost_cap >= payment", name=op.f("ck_paid_test_something_is_paid")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name=op.f("fk_paid_test_confirmed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_paid_test_pairing_id_pairing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paid_test")),
        sa.UniqueConstraint(
            "pairing_id",
            "payment",
            "cost_cap",
            name=op.f("uq_paid_test_pairing_id_payment_cost_cap"),
        ),
    )


def downgrade() -> None:
    op.drop_table("paid_test")
