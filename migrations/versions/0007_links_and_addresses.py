"""links and addresses"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PERSON = sa.table(
    "person",
    sa.column("id", sa.Integer),
    sa.column("password_hash", sa.String),
    sa.column("email_proved_at", sa.DateTime(timezone=True)),
    sa.column("self_registered", sa.Boolean),
)
EVENT = sa.table("audit_event", sa.column("actor_id", sa.Integer), sa.column("event", sa.String))
LINK = sa.table("one_time_link", sa.column("person_id"), sa.column("used_at"))
MEMBERSHIP = sa.table("membership", sa.column("person_id"), sa.column("organisation_id"))
ORGANISATION = sa.table("organisation", sa.column("id"), sa.column("state", sa.String))
WEB_SESSION = sa.table("web_session", sa.column("person_id", sa.Integer))
OUTBOX = sa.table(
    "outbox_message",
    sa.column("topic", sa.String),
    sa.column("mail_state", sa.String),
    sa.column("claimed_until", sa.DateTime(timezone=True)),
    sa.column("last_error", sa.Text),
)
PURPOSES = ("invitation", "registration", "role", "reset", "address")
ROLES = (
    "unit_member",
    "unit_leader",
    "entrepreneur",
    "coordinator",
    "procurement_adviser",
    "leadership",
    "partner",
    "administrator",
)


def upgrade() -> None:
    _prove_addresses()
    _make_links(*PURPOSES, secret=True)
    _let_old_links_die()
    op.create_table(
        "registration",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation_number", sa.String(length=9), nullable=False),
        sa.Column("legal_form", sa.String(length=60), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_registration_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("person_id", name=op.f("uq_registration_person_id")),
    )
    op.create_table(
        "role_offer",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", _code("role", *ROLES), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(role = 'administrator') = (organisation_id IS NULL)",
            name=op.f("ck_role_offer_only_administrators_have_no_organisation"),
        ),
        sa.CheckConstraint(
            "(role IN ('unit_member', 'unit_leader')) = (unit_id IS NOT NULL)",
            name=op.f("ck_role_offer_unit_roles_name_a_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_role_offer_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_role_offer_person_id_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_role_offer_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_offer")),
    )
    with op.batch_alter_table("role_offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_offer_person_id"), ["person_id"], unique=False)


def _code(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _prove_addresses() -> None:
    """Who was invited, or has used the account, has an address that counts as proved.

    Of those who registered themselves only the ones who came back, used a link, or were approved
    have used it. The others choose a new password with a mailed link.
    """
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email_proved_at", sa.DateTime(timezone=True)))
        batch_op.add_column(
            sa.Column("self_registered", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    registered, used = _registered(), _used()
    op.execute(sa.update(PERSON).where(PERSON.c.id.in_(registered)).values(self_registered=True))
    invited_or_used = sa.or_(PERSON.c.id.not_in(registered), PERSON.c.id.in_(used))
    op.execute(
        sa.update(PERSON)
        .where(PERSON.c.password_hash.is_not(None), invited_or_used)
        .values(email_proved_at=datetime.now(UTC))
    )
    unproved = PERSON.c.email_proved_at.is_(None)
    op.execute(sa.update(PERSON).where(unproved).values(password_hash=None))
    opened_by = WEB_SESSION.c.person_id.in_(sa.select(PERSON.c.id).where(unproved))
    op.execute(sa.delete(WEB_SESSION).where(opened_by))
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.alter_column("self_registered", server_default=None)
        batch_op.create_check_constraint(
            batch_op.f("ck_person_password_needs_a_proved_address"),
            "password_hash IS NULL OR email_proved_at IS NOT NULL",
        )


def _registered() -> sa.Select[Any]:
    return sa.select(EVENT.c.actor_id).where(
        EVENT.c.event == "organisation.registered", EVENT.c.actor_id.is_not(None)
    )


def _used() -> sa.CompoundSelect[Any]:
    """Registering signed in once, so a second time is the first of their own."""
    by_link = sa.select(LINK.c.person_id).where(LINK.c.used_at.is_not(None))
    came_back = (
        sa.select(EVENT.c.actor_id)
        .where(EVENT.c.event == "session.signed_in", EVENT.c.actor_id.is_not(None))
        .group_by(EVENT.c.actor_id)
        .having(sa.func.count() > 1)
    )
    approved = (
        sa.select(MEMBERSHIP.c.person_id)
        .join(ORGANISATION, ORGANISATION.c.id == MEMBERSHIP.c.organisation_id)
        .where(ORGANISATION.c.state == "approved")
    )
    return sa.union(by_link, came_back, approved)


def _make_links(*purposes: str, secret: bool) -> None:
    """The table anew: what an old link signed was the number of its row."""
    op.drop_table("one_time_link")
    kept = (
        (
            sa.Column("email", sa.String(length=254), nullable=False),
            sa.Column("token_hash", sa.String(length=64), nullable=False),
            sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_link_token_hash")),
        )
        if secret
        else ()
    )
    op.create_table(
        "one_time_link",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", _code("link_purpose", *purposes), nullable=False),
        *kept,
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_one_time_link_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_link")),
    )
    with op.batch_alter_table("one_time_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_link_person_id"), ["person_id"], unique=False)


def _let_old_links_die() -> None:
    """A mail that has not left would lead to a link that is no more."""
    with_link = OUTBOX.c.topic.in_(("account.invited", "account.reset"))
    waiting = OUTBOX.c.mail_state.in_(("pending", "claimed"))
    why = "the link is older than migration 0007"
    op.execute(
        sa.update(OUTBOX)
        .where(with_link, waiting)
        .values(mail_state="failed", claimed_until=None, last_error=why)
    )


def downgrade() -> None:
    with op.batch_alter_table("role_offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_offer_person_id"))
    op.drop_table("role_offer")
    op.drop_table("registration")
    _make_links("invitation", "reset", secret=False)
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("ck_person_password_needs_a_proved_address"), type_="check"
        )
        batch_op.drop_column("self_registered")
        batch_op.drop_column("email_proved_at")
