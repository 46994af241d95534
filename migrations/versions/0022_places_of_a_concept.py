"""places of a concept"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.add_column(sa.Column("places", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.drop_column("places")
