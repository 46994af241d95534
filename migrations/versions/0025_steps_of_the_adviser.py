"""steps of the adviser follow the role

A step that is nobody's own is the adviser's, whoever that is from day to day. What stands with the
adviser of today by name, and is not done, becomes so.
"""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        UPDATE procurement_step SET owner_id = NULL
        WHERE done_on IS NULL AND owner_id = (
            SELECT case_role_holder.person_id FROM case_role_holder
            JOIN procurement ON procurement.pairing_id = case_role_holder.pairing_id
            WHERE procurement.id = procurement_step.procurement_id
            AND case_role_holder.role = 'procurement_adviser'
        )
        """
    )


def downgrade() -> None:
    """The rows stay as they are: a step without an owner was always allowed."""
