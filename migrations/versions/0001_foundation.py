"""foundation"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "collection_revision",
        sa.Column(
            "collection",
            sa.Enum(
                "needs",
                "concepts",
                name="collection",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("collection", name=op.f("pk_collection_revision")),
    )
    op.create_table(
        "person",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column(
            "language",
            sa.Enum(
                "nb",
                "nn",
                "en",
                name="language",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("demo_order", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("counted_key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_attempt_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_sign_in_attempt_counted_key_at"), ["counted_key", "at"], unique=False
        )

    op.create_table(
        "audit_event",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_audit_event_actor_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_event_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_event"), ["event"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_audit_event_subject_type_subject_id_id"),
            ["subject_type", "subject_id", "id"],
            unique=False,
        )

    op.create_table(
        "one_time_link",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "invitation",
                "reset",
                name="link_purpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
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

    op.create_table(
        "organisation",
        sa.Column(
            "kind",
            sa.Enum(
                "municipality",
                "entrepreneur",
                "partner",
                name="organisation_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "approved",
                "rejected",
                name="organisation_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation_number", sa.String(length=9), nullable=False),
        sa.Column("legal_form", sa.String(length=60), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rejection_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'rejected' OR rejection_reason IS NOT NULL",
            name=op.f("ck_organisation_rejection_has_a_reason"),
        ),
        sa.CheckConstraint(
            "state = 'pending' OR decided_at IS NOT NULL",
            name=op.f("ck_organisation_decision_names_its_time"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_organisation_decided_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint(
            "organisation_number", name=op.f("uq_organisation_organisation_number")
        ),
    )
    op.create_table(
        "web_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_web_session_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_web_session_token_hash")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "concept",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "archived",
                name="concept_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "language",
            sa.Enum(
                "nb",
                "nn",
                "en",
                name="language",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("target_group", sa.Text(), nullable=False),
        sa.Column(
            "evidence_level",
            sa.Enum(
                "idea",
                "tested",
                "documented",
                name="evidence_level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("used_where", sa.Text(), nullable=False),
        sa.Column("price_indication", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("needs_from_municipality", sa.Text(), nullable=False),
        sa.Column("legal_form", sa.String(length=60), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'published' OR published_at IS NOT NULL",
            name=op.f("ck_concept_published_names_when"),
        ),
        sa.CheckConstraint(
            "capacity IS NULL OR capacity > 0", name=op.f("ck_concept_capacity_positive")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_concept_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_concept_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concept")),
    )
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_concept_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_concept_revision"), ["revision"], unique=False)
        batch_op.create_index(batch_op.f("ix_concept_state"), ["state"], unique=False)

    op.create_table(
        "outbox_message",
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("audit_event_id", sa.Integer(), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("in_app", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "mail_state",
            sa.Enum(
                "pending",
                "claimed",
                "sent",
                "failed",
                name="mail_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["audit_event_id"],
            ["audit_event.id"],
            name=op.f("fk_outbox_message_audit_event_id_audit_event"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_outbox_message_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint(
            "person_id",
            "topic",
            "audit_event_id",
            name=op.f("uq_outbox_message_person_id_topic_audit_event_id"),
        ),
    )
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outbox_message_mail_state_next_attempt_at"),
            ["mail_state", "next_attempt_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_outbox_message_person_id_read_at"),
            ["person_id", "read_at"],
            unique=False,
        )

    op.create_table(
        "unit",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
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
            nullable=False,
        ),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("contact_phone", sa.String(length=30), nullable=True),
        sa.Column("test_experience", sa.Text(), nullable=True),
        sa.Column("time_for_pilots", sa.Text(), nullable=True),
        sa.Column("data_and_systems", sa.Text(), nullable=True),
        sa.Column("readiness_notes", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_unit_capacity_not_negative")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_unit_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("organisation_id", "name", name=op.f("uq_unit_organisation_id_name")),
    )
    op.create_table(
        "membership",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "unit_member",
                "unit_leader",
                "entrepreneur",
                "coordinator",
                "procurement_adviser",
                "leadership",
                "partner",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(role = 'administrator') = (organisation_id IS NULL)",
            name=op.f("ck_membership_only_administrators_have_no_organisation"),
        ),
        sa.CheckConstraint(
            "(role IN ('unit_member', 'unit_leader')) = (unit_id IS NOT NULL)",
            name=op.f("ck_membership_unit_roles_name_a_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_membership_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_membership_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "person_id",
            "role",
            "organisation_id",
            "unit_id",
            name=op.f("uq_membership_person_id_role_organisation_id_unit_id"),
        ),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_membership_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_membership_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "uq_membership_everywhere",
            ["person_id", "role"],
            unique=True,
            sqlite_where=sa.text("organisation_id IS NULL"),
            postgresql_where=sa.text("organisation_id IS NULL"),
        )
        batch_op.create_index(
            "uq_membership_in_organisation",
            ["person_id", "role", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("unit_id IS NULL"),
            postgresql_where=sa.text("unit_id IS NULL"),
        )

    op.create_table(
        "need",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "in_review",
                "needs_changes",
                "published",
                "closed",
                name="need_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "language",
            sa.Enum(
                "nb",
                "nn",
                "en",
                name="language",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("target_group", sa.Text(), nullable=False),
        sa.Column("target_count", sa.Integer(), nullable=True),
        sa.Column("tried", sa.Text(), nullable=False),
        sa.Column("wanted_effect", sa.Text(), nullable=False),
        sa.Column("effect_measure", sa.Text(), nullable=False),
        sa.Column("contribution", sa.Text(), nullable=False),
        sa.Column("contribution_hours", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("decision_maker_id", sa.Integer(), nullable=True),
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
        sa.Column("estimated_value", sa.Integer(), nullable=True),
        sa.Column(
            "service_category",
            sa.Enum(
                "health_social",
                "special",
                "other",
                name="service_category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "intended_route",
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
        sa.Column("questions_close_on", sa.Date(), nullable=True),
        sa.Column("interests_close_on", sa.Date(), nullable=True),
        sa.Column(
            "raised_by",
            sa.Enum(
                "user",
                "relative",
                "employee",
                "leader",
                "leadership",
                "other",
                name="raised_by",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("endorsed_by_id", sa.Integer(), nullable=True),
        sa.Column("endorsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_comment", sa.Text(), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "met",
                "withdrawn",
                "no_match",
                name="need_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("closing_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL) AND (state = 'closed') = (closed_by_id IS NOT NULL) AND (state = 'closed') = (outcome IS NOT NULL) AND (state = 'closed') = (closing_reason IS NOT NULL)",
            name=op.f("ck_need_closed_names_who_when_and_why"),
        ),
        sa.CheckConstraint(
            "questions_close_on IS NULL OR interests_close_on IS NULL OR state NOT IN ('published', 'closed') OR questions_close_on <= interests_close_on",
            name=op.f("ck_need_questions_close_before_interests"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('published', 'closed') OR (published_at IS NOT NULL AND published_by_id IS NOT NULL AND endorsed_at IS NOT NULL AND endorsed_by_id IS NOT NULL)",
            name=op.f("ck_need_published_names_who_and_when"),
        ),
        sa.CheckConstraint(
            "(endorsed_at IS NULL) = (endorsed_by_id IS NULL)",
            name=op.f("ck_need_endorsement_is_whole"),
        ),
        sa.CheckConstraint(
            "contribution_hours IS NULL OR contribution_hours >= 0",
            name=op.f("ck_need_hours_not_negative"),
        ),
        sa.CheckConstraint(
            "estimated_value IS NULL OR estimated_value >= 0",
            name=op.f("ck_need_value_not_negative"),
        ),
        sa.CheckConstraint(
            "target_count IS NULL OR target_count > 0", name=op.f("ck_need_target_count_positive")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_need_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["person.id"], name=op.f("fk_need_closed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["person.id"], name=op.f("fk_need_contact_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["decision_maker_id"], ["person.id"], name=op.f("fk_need_decision_maker_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["endorsed_by_id"], ["person.id"], name=op.f("fk_need_endorsed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["person.id"], name=op.f("fk_need_published_by_id_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_need_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_revision"), ["revision"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "interest",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "registered",
                "withdrawn",
                name="interest_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("meets_problem", sa.Text(), nullable=False),
        sa.Column("meets_target_group", sa.Text(), nullable=False),
        sa.Column("meets_effect", sa.Text(), nullable=False),
        sa.Column("needs_from_unit", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL) AND (state = 'withdrawn') = (withdrawal_reason IS NOT NULL)",
            name=op.f("ck_interest_withdrawal_names_when_and_why"),
        ),
        sa.ForeignKeyConstraint(
            ["concept_id"], ["concept.id"], name=op.f("fk_interest_concept_id_concept")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_interest_need_id_need")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_interest_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
    )
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interest_concept_id"), ["concept_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interest_need_id"), ["need_id"], unique=False)
        batch_op.create_index(
            "uq_interest_registered",
            ["need_id", "concept_id"],
            unique=True,
            sqlite_where=sa.text("state = 'registered'"),
            postgresql_where=sa.text("state = 'registered'"),
        )

    op.create_table(
        "judgement",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "shortlisted",
                "dismissed",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "wrong_problem",
                "wrong_target_group",
                "already_tried",
                "too_expensive",
                "too_early",
                "other",
                name="dismissal_reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("rank_shown", sa.Integer(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("matcher_version", sa.String(length=40), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(verdict = 'dismissed') = (reason IS NOT NULL)",
            name=op.f("ck_judgement_dismissal_has_a_reason"),
        ),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)",
            name=op.f("ck_judgement_undoing_names_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["concept_id"], ["concept.id"], name=op.f("fk_judgement_concept_id_concept")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_judgement_need_id_need")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_judgement_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["person.id"], name=op.f("fk_judgement_undone_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
    )
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_judgement_concept_id"), ["concept_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_judgement_need_id"), ["need_id"], unique=False)
        batch_op.create_index(
            "uq_judgement_standing",
            ["need_id", "concept_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )

    op.create_table(
        "need_addendum",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_need_addendum_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_need_addendum_need_id_need")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_addendum")),
    )
    with op.batch_alter_table("need_addendum", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_addendum_need_id"), ["need_id"], unique=False)

    op.create_table(
        "pairing",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.Integer(), nullable=False),
        sa.Column("interest_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "needs_changes",
                "accepted",
                "approved",
                "declined",
                "withdrawn",
                name="pairing_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column(
            "proposed_by_side",
            sa.Enum(
                "unit",
                "entrepreneur",
                "coordinator",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("motivation", sa.Text(), nullable=False),
        sa.Column("unit_accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("unit_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entrepreneur_accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("entrepreneur_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("change_request", sa.Text(), nullable=True),
        sa.Column("changes_asked_by_id", sa.Integer(), nullable=True),
        sa.Column("changes_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("no_conflict_declared", sa.Boolean(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "decline_reason",
            sa.Enum(
                "capacity",
                "not_priority",
                "weak_evidence",
                "procurement_risk",
                "conflict_of_interest",
                "better_alternative",
                "other",
                name="decline_reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decline_note", sa.Text(), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'declined') = (decline_reason IS NOT NULL) AND (state = 'declined') = (decline_note IS NOT NULL)",
            name=op.f("ck_pairing_declining_has_a_reason"),
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL) AND (state = 'withdrawn') = (withdrawn_by_id IS NOT NULL) AND (state = 'withdrawn') = (withdrawal_reason IS NOT NULL)",
            name=op.f("ck_pairing_withdrawal_names_who_when_and_why"),
        ),
        sa.CheckConstraint(
            "(state IN ('approved', 'declined')) = (decided_at IS NOT NULL) AND (state IN ('approved', 'declined')) = (decided_by_id IS NOT NULL)",
            name=op.f("ck_pairing_decision_names_who_and_when"),
        ),
        sa.CheckConstraint(
            "proposed_by_side <> 'entrepreneur' OR interest_id IS NOT NULL",
            name=op.f("ck_pairing_entrepreneur_proposes_through_an_interest"),
        ),
        sa.CheckConstraint(
            "state <> 'approved' OR no_conflict_declared",
            name=op.f("ck_pairing_approval_declares_no_conflict"),
        ),
        sa.CheckConstraint(
            "state <> 'needs_changes' OR (change_request IS NOT NULL AND changes_asked_by_id IS NOT NULL AND changes_asked_at IS NOT NULL)",
            name=op.f("ck_pairing_changes_name_who_when_and_what"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('accepted', 'approved', 'declined') OR (unit_accepted_at IS NOT NULL AND unit_accepted_by_id IS NOT NULL AND entrepreneur_accepted_at IS NOT NULL AND entrepreneur_accepted_by_id IS NOT NULL)",
            name=op.f("ck_pairing_accepted_by_both_sides"),
        ),
        sa.CheckConstraint(
            "(decided_by_id IS NULL OR unit_accepted_by_id IS NULL OR decided_by_id <> unit_accepted_by_id) AND (decided_by_id IS NULL OR entrepreneur_accepted_by_id IS NULL OR decided_by_id <> entrepreneur_accepted_by_id)",
            name=op.f("ck_pairing_nobody_decides_what_they_said_yes_to"),
        ),
        sa.CheckConstraint(
            "(unit_accepted_at IS NULL) = (unit_accepted_by_id IS NULL) AND (entrepreneur_accepted_at IS NULL) = (entrepreneur_accepted_by_id IS NULL) AND (unit_accepted_by_id IS NULL OR entrepreneur_accepted_by_id IS NULL OR unit_accepted_by_id <> entrepreneur_accepted_by_id)",
            name=op.f("ck_pairing_each_yes_names_its_own_person"),
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> proposed_by_id",
            name=op.f("ck_pairing_nobody_decides_their_own_proposal"),
        ),
        sa.ForeignKeyConstraint(
            ["changes_asked_by_id"],
            ["person.id"],
            name=op.f("fk_pairing_changes_asked_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["concept_id"], ["concept.id"], name=op.f("fk_pairing_concept_id_concept")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_pairing_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["entrepreneur_accepted_by_id"],
            ["person.id"],
            name=op.f("fk_pairing_entrepreneur_accepted_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["interest_id"], ["interest.id"], name=op.f("fk_pairing_interest_id_interest")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_pairing_need_id_need")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_pairing_proposed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["unit_accepted_by_id"],
            ["person.id"],
            name=op.f("fk_pairing_unit_accepted_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["person.id"], name=op.f("fk_pairing_withdrawn_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing")),
    )
    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pairing_concept_id"), ["concept_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pairing_need_id"), ["need_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pairing_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_pairing_open",
            ["need_id", "concept_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('proposed', 'needs_changes', 'accepted', 'approved')"),
            postgresql_where=sa.text(
                "state IN ('proposed', 'needs_changes', 'accepted', 'approved')"
            ),
        )

    op.create_table(
        "case_role_holder",
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "owner",
                "decision_maker",
                "procurement_adviser",
                "unit_contact",
                "entrepreneur_contact",
                name="case_role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_case_role_holder_pairing_id_pairing")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_case_role_holder_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_role_holder")),
        sa.UniqueConstraint("pairing_id", "role", name=op.f("uq_case_role_holder_pairing_id_role")),
    )
    with op.batch_alter_table("case_role_holder", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_case_role_holder_pairing_id"), ["pairing_id"], unique=False
        )

    op.create_table(
        "conflict_declaration",
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_conflict_declaration_pairing_id_pairing")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_conflict_declaration_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_declaration")),
        sa.UniqueConstraint(
            "pairing_id", "person_id", name=op.f("uq_conflict_declaration_pairing_id_person_id")
        ),
    )
    with op.batch_alter_table("conflict_declaration", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_conflict_declaration_pairing_id"), ["pairing_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("conflict_declaration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_declaration_pairing_id"))

    op.drop_table("conflict_declaration")
    with op.batch_alter_table("case_role_holder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_role_holder_pairing_id"))

    op.drop_table("case_role_holder")
    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pairing_open",
            sqlite_where=sa.text("state IN ('proposed', 'needs_changes', 'accepted', 'approved')"),
            postgresql_where=sa.text(
                "state IN ('proposed', 'needs_changes', 'accepted', 'approved')"
            ),
        )
        batch_op.drop_index(batch_op.f("ix_pairing_state"))
        batch_op.drop_index(batch_op.f("ix_pairing_need_id"))
        batch_op.drop_index(batch_op.f("ix_pairing_concept_id"))

    op.drop_table("pairing")
    with op.batch_alter_table("need_addendum", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_addendum_need_id"))

    op.drop_table("need_addendum")
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_judgement_standing",
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_judgement_need_id"))
        batch_op.drop_index(batch_op.f("ix_judgement_concept_id"))

    op.drop_table("judgement")
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_interest_registered",
            sqlite_where=sa.text("state = 'registered'"),
            postgresql_where=sa.text("state = 'registered'"),
        )
        batch_op.drop_index(batch_op.f("ix_interest_need_id"))
        batch_op.drop_index(batch_op.f("ix_interest_concept_id"))

    op.drop_table("interest")
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_unit_id"))
        batch_op.drop_index(batch_op.f("ix_need_state"))
        batch_op.drop_index(batch_op.f("ix_need_revision"))

    op.drop_table("need")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_membership_in_organisation",
            sqlite_where=sa.text("unit_id IS NULL"),
            postgresql_where=sa.text("unit_id IS NULL"),
        )
        batch_op.drop_index(
            "uq_membership_everywhere",
            sqlite_where=sa.text("organisation_id IS NULL"),
            postgresql_where=sa.text("organisation_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_membership_unit_id"))
        batch_op.drop_index(batch_op.f("ix_membership_organisation_id"))

    op.drop_table("membership")
    op.drop_table("unit")
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_message_person_id_read_at"))
        batch_op.drop_index(batch_op.f("ix_outbox_message_mail_state_next_attempt_at"))

    op.drop_table("outbox_message")
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concept_state"))
        batch_op.drop_index(batch_op.f("ix_concept_revision"))
        batch_op.drop_index(batch_op.f("ix_concept_organisation_id"))

    op.drop_table("concept")
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_session_person_id"))

    op.drop_table("web_session")
    op.drop_table("organisation")
    with op.batch_alter_table("one_time_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_time_link_person_id"))

    op.drop_table("one_time_link")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_event_subject_type_subject_id_id"))
        batch_op.drop_index(batch_op.f("ix_audit_event_event"))
        batch_op.drop_index(batch_op.f("ix_audit_event_actor_id"))

    op.drop_table("audit_event")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_attempt_counted_key_at"))
        batch_op.drop_index(batch_op.f("ix_sign_in_attempt_at"))

    op.drop_table("sign_in_attempt")
    op.drop_table("person")
    op.drop_table("collection_revision")
