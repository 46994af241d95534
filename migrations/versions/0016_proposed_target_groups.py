"""what the texts say of whom they are for, until their writers confirm it"""

import sqlalchemy as sa
from alembic import op

from marketplace.core.target_groups import proposed

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TEXTS = {
    "need": ("problem", "target_group", "wanted_effect"),
    "concept": ("description", "target_group", "evidence"),
}


def upgrade() -> None:
    connection = op.get_bind()
    for name, texts in TEXTS.items():
        table = sa.table(name, *map(sa.column, ("id", "title", *texts)))
        found = sa.table(name, *map(sa.column, ("id", "age_from", "age_to", "groups")))
        for row_id, title, *words in connection.execute(sa.select(table)).all():
            target = proposed(words[1], "\n".join(filter(None, words)), title=title)
            if target:
                groups = f",{','.join(sorted(target.groups))}," if target.groups else None
                connection.execute(
                    sa.update(found)
                    .where(found.c.id == row_id)
                    .values(age_from=target.age_from, age_to=target.age_to, groups=groups)
                )


def downgrade() -> None:
    """The columns go with the migration before."""
