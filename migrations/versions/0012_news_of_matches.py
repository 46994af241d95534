"""news of matches"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

RULE = "ck_mail_preference_topic_group"
BEFORE = "topic_group IN ('waiting', 'outcomes', 'followed', 'administration')"
AFTER = "topic_group IN ('waiting', 'outcomes', 'new_matches', 'followed', 'administration')"


def upgrade() -> None:
    _hold_groups_to(AFTER)
    op.create_table(
        "new_text",
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("concept_id", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(need_id IS NULL) <> (concept_id IS NULL)",
            name=op.f("ck_new_text_is_of_a_need_or_a_concept"),
        ),
        sa.ForeignKeyConstraint(
            ["concept_id"], ["concept.id"], name=op.f("fk_new_text_concept_id_concept")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_new_text_need_id_need")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_new_text")),
    )
    with op.batch_alter_table("new_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_new_text_concept_id"), ["concept_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_new_text_need_id"), ["need_id"], unique=False)
        batch_op.create_index(
            "ix_new_text_waiting",
            ["noted_at"],
            unique=False,
            sqlite_where=sa.text("looked_at IS NULL"),
            postgresql_where=sa.text("looked_at IS NULL"),
        )

    op.create_table(
        "told_match",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.Integer(), nullable=False),
        sa.Column(
            "strength",
            sa.Enum(
                "good",
                "strong",
                name="told_strength",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concept_id"], ["concept.id"], name=op.f("fk_told_match_concept_id_concept")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_told_match_need_id_need")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_match")),
        sa.UniqueConstraint(
            "need_id",
            "concept_id",
            "strength",
            name=op.f("uq_told_match_need_id_concept_id_strength"),
        ),
    )
    with op.batch_alter_table("told_match", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_told_match_concept_id"), ["concept_id"], unique=False)


def _hold_groups_to(rule: str) -> None:
    with op.batch_alter_table("mail_preference", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(RULE), type_="check")
        batch_op.create_check_constraint(op.f(RULE), sa.text(rule))


def downgrade() -> None:
    # Who has chosen for a group that is no more, has chosen nothing.
    op.execute("DELETE FROM mail_preference WHERE topic_group = 'new_matches'")
    _hold_groups_to(BEFORE)
    with op.batch_alter_table("told_match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_told_match_concept_id"))

    op.drop_table("told_match")
    with op.batch_alter_table("new_text", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_new_text_waiting",
            sqlite_where=sa.text("looked_at IS NULL"),
            postgresql_where=sa.text("looked_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_new_text_need_id"))
        batch_op.drop_index(batch_op.f("ix_new_text_concept_id"))

    op.drop_table("new_text")
