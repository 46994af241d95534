"""what people follow"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_search",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column(
            "area",
            sa.Enum(
                "health_care",
                "child_welfare",
                "school",
                "kindergarten",
                "employment",
                "integration",
                "culture",
                "environment",
                "housing",
                "mental_health",
                name="service_area",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "budget_status",
            sa.Enum(
                "funded",
                "applied",
                "unfunded",
                name="budget_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "words <> '' OR area IS NOT NULL OR budget_status IS NOT NULL OR organisation_id IS NOT NULL",
            name=op.f("ck_saved_search_looks_for_something"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_saved_search_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_saved_search_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
    )
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_search_person_id"), ["person_id"], unique=False)

    op.create_table(
        "follow",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(need_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_follow_is_of_a_need_or_a_unit")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_follow_need_id_need")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_follow_person_id_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_follow_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
    )
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_need_id"), ["need_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "uq_follow_need",
            ["person_id", "need_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "uq_follow_unit",
            ["person_id", "unit_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "told_need",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_told_need_need_id_need")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_told_need_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_need")),
        sa.UniqueConstraint("person_id", "need_id", name=op.f("uq_told_need_person_id_need_id")),
    )
    with op.batch_alter_table("told_need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_told_need_need_id"), ["need_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("told_need", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_told_need_need_id"))

    op.drop_table("told_need")
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_follow_unit",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_follow_need",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_follow_unit_id"))
        batch_op.drop_index(batch_op.f("ix_follow_need_id"))

    op.drop_table("follow")
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_search_person_id"))

    op.drop_table("saved_search")
