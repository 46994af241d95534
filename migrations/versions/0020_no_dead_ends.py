"""no dead ends"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

INTEREST_STATES = ("registered", "withdrawn")
DECLINED = (
    "(state = 'declined') = (declined_at IS NOT NULL)"
    " AND (state = 'declined') = (declined_by_id IS NOT NULL)"
    " AND (state = 'declined') = (decline_reason IS NOT NULL)"
)


def _allow(table: str, rule: str, *states: str) -> None:
    condition = "state IN ({})".format(", ".join(f"'{state}'" for state in states))
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{rule}"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_{rule}"), sa.text(condition))


def upgrade() -> None:
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.add_column(sa.Column("declined_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("decline_reason", sa.Text(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_interest_declined_by_id_person"), "person", ["declined_by_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_interest_declined_names_who_when_and_why"), sa.text(DECLINED)
        )
    _allow("interest", "interest_state", *INTEREST_STATES, "declined")
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "sent_back_as",
                sa.Enum(
                    "coordinator",
                    "leader",
                    "unit",
                    name="sent_back",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("sent_back_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_need_sent_back_by_id_person"), "person", ["sent_back_by_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_need_sending_back_is_whole"),
            sa.text("(sent_back_as IS NULL) = (sent_back_by_id IS NULL)"),
        )


def downgrade() -> None:
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_need_sending_back_is_whole"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_need_sent_back"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_need_sent_back_by_id_person"), type_="foreignkey")
        batch_op.drop_column("sent_back_by_id")
        batch_op.drop_column("sent_back_as")
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("ck_interest_declined_names_who_when_and_why"), type_="check"
        )
    # Before, an answer that no longer stood was one that was withdrawn.
    op.execute(
        "UPDATE interest SET state = 'withdrawn', withdrawn_at = declined_at,"
        " withdrawal_reason = decline_reason WHERE state = 'declined'"
    )
    _allow("interest", "interest_state", *INTEREST_STATES)
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_interest_declined_by_id_person"), type_="foreignkey"
        )
        batch_op.drop_column("decline_reason")
        batch_op.drop_column("declined_at")
        batch_op.drop_column("declined_by_id")
