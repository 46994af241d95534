<%!
def commands(body):
    """What Alembic found, without its invitation to adjust it: see CONTRIBUTING.md."""
    return "\n".join(line for line in body.splitlines() if "# ###" not in line).strip()
%>\
"""${message}"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades or "pass" | commands}


def downgrade() -> None:
    ${downgrades or "pass" | commands}
