"""who withdrew a pairing"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

RULE = "withdrawn_by_side IS NULL OR state = 'withdrawn'"
SIDES = """
UPDATE pairing SET withdrawn_by_side = CASE
    WHEN EXISTS (
        SELECT 1 FROM concept JOIN membership ON membership.organisation_id
            = concept.organisation_id
        WHERE concept.id = pairing.concept_id AND membership.role = 'entrepreneur'
            AND membership.person_id = pairing.withdrawn_by_id
    ) THEN 'entrepreneur'
    WHEN proposed_by_side = 'coordinator' AND proposed_by_id = withdrawn_by_id THEN 'coordinator'
    ELSE 'unit' END
WHERE state = 'withdrawn' AND NOT EXISTS (
    SELECT 1 FROM need
    WHERE need.id = pairing.need_id AND need.closed_at <= pairing.withdrawn_at
)
"""
"""What fell when its need was closed was withdrawn by no side."""


def upgrade() -> None:
    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "withdrawn_by_side",
                sa.Enum(
                    "unit",
                    "entrepreneur",
                    "coordinator",
                    name="withdrawn_by_side",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_pairing_only_what_is_withdrawn_was_by_a_side"), sa.text(RULE)
        )
    op.execute(SIDES)


def downgrade() -> None:
    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("ck_pairing_only_what_is_withdrawn_was_by_a_side"), type_="check"
        )
        batch_op.drop_constraint(batch_op.f("ck_pairing_withdrawn_by_side"), type_="check")
        batch_op.drop_column("withdrawn_by_side")
