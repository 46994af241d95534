"""foundation"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
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
                "lessons",
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
        "revision_mark",
        sa.Column(
            "collection",
            sa.Enum(
                "needs",
                "concepts",
                "lessons",
                name="collection",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("collection", "revision", name=op.f("pk_revision_mark")),
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
        "step_template",
        sa.Column(
            "route",
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
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("days > 0", name=op.f("ck_step_template_days_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_template")),
        sa.UniqueConstraint("route", "position", name=op.f("uq_step_template_route_position")),
    )
    op.create_table(
        "timed_event",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timed_event")),
        sa.UniqueConstraint(
            "kind", "subject_id", "due_on", name=op.f("uq_timed_event_kind_subject_id_due_on")
        ),
    )
    op.create_table(
        "agreement_template",
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
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("unit_contribution", sa.Text(), nullable=False),
        sa.Column("entrepreneur_contribution", sa.Text(), nullable=False),
        sa.Column("on_yes", sa.Text(), nullable=False),
        sa.Column("on_no", sa.Text(), nullable=False),
        sa.Column("data_protection", sa.Text(), nullable=False),
        sa.Column("ownership", sa.Text(), nullable=False),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["updated_by_id"],
            ["person.id"],
            name=op.f("fk_agreement_template_updated_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_template")),
        sa.UniqueConstraint("language", name=op.f("uq_agreement_template_language")),
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
        "calendar_feed",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "revoked_at IS NULL OR revoked_at >= created_at",
            name=op.f("ck_calendar_feed_revoked_after_it_was_made"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.create_index(
            "uq_calendar_feed_standing",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.create_table(
        "mail_digest",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "rhythm",
            sa.Enum(
                "at_once",
                "daily",
                "weekly",
                "never",
                name="rhythm",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "rhythm IN ('daily', 'weekly')", name=op.f("ck_mail_digest_only_digests_have_a_day")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mail_digest_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_digest")),
        sa.UniqueConstraint(
            "person_id", "rhythm", "day", name=op.f("uq_mail_digest_person_id_rhythm_day")
        ),
    )
    op.create_table(
        "mail_preference",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "topic_group",
            sa.Enum(
                "waiting",
                "outcomes",
                "followed",
                "administration",
                name="topic_group",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "rhythm",
            sa.Enum(
                "at_once",
                "daily",
                "weekly",
                "never",
                name="rhythm",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mail_preference_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_preference")),
        sa.UniqueConstraint(
            "person_id", "topic_group", name=op.f("uq_mail_preference_person_id_topic_group")
        ),
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
        "threshold",
        sa.Column(
            "key",
            sa.Enum(
                "act_applies",
                "national",
                "eea_goods_services",
                "eea_works",
                "health_social",
                name="threshold_key",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("paragraph", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_threshold_amount_positive")),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_threshold_added_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threshold")),
        sa.UniqueConstraint("key", "valid_from", name=op.f("uq_threshold_key_valid_from")),
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
        "need_count",
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("needs", sa.Integer(), nullable=False),
        sa.Column("without_good", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "without_good BETWEEN 0 AND needs",
            name=op.f("ck_need_count_without_good_among_the_needs"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["organisation.id"],
            name=op.f("fk_need_count_municipality_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_count")),
        sa.UniqueConstraint(
            "municipality_id", "month", name=op.f("uq_need_count_municipality_id_month")
        ),
    )
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
                "in_digest",
                "not_mailed",
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
        sa.Column("digest_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "digest_id IS NULL OR mail_state = 'in_digest'",
            name=op.f("ck_outbox_message_what_is_in_a_digest_goes_with_it"),
        ),
        sa.ForeignKeyConstraint(
            ["audit_event_id"],
            ["audit_event.id"],
            name=op.f("fk_outbox_message_audit_event_id_audit_event"),
        ),
        sa.ForeignKeyConstraint(
            ["digest_id"],
            ["outbox_message.id"],
            name=op.f("fk_outbox_message_digest_id_outbox_message"),
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
            batch_op.f("ix_outbox_message_digest_id"), ["digest_id"], unique=False
        )
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
        "portfolio_plan",
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("tests_per_need", sa.Integer(), nullable=False),
        sa.Column("tolerance_percent", sa.Integer(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "tests_per_need BETWEEN 1 AND 10", name=op.f("ck_portfolio_plan_tests_per_need_within")
        ),
        sa.CheckConstraint(
            "tolerance_percent BETWEEN 0 AND 50", name=op.f("ck_portfolio_plan_tolerance_within")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_portfolio_plan_changed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["organisation.id"],
            name=op.f("fk_portfolio_plan_municipality_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio_plan")),
        sa.UniqueConstraint("municipality_id", name=op.f("uq_portfolio_plan_municipality_id")),
    )
    op.create_table(
        "programme",
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=False),
        sa.Column("funds", sa.Integer(), nullable=False),
        sa.Column("funds_used", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_programme_ends_after_its_start")),
        sa.CheckConstraint(
            "funds_used BETWEEN 0 AND funds", name=op.f("ck_programme_used_within_the_funds")
        ),
        sa.CheckConstraint(
            "minimum > 0 AND maximum >= minimum",
            name=op.f("ck_programme_maximum_not_below_minimum"),
        ),
        sa.CheckConstraint(
            "partner_id <> municipality_id", name=op.f("ck_programme_nobody_is_their_own_partner")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_programme_created_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["organisation.id"],
            name=op.f("fk_programme_municipality_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["organisation.id"], name=op.f("fk_programme_partner_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_municipality_id"), ["municipality_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_programme_partner_id"), ["partner_id"], unique=False)

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
        "capacity_limit",
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("concept_id", sa.Integer(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)",
            name=op.f("ck_capacity_limit_undoing_names_who_and_when"),
        ),
        sa.CheckConstraint(
            "(unit_id IS NULL) <> (concept_id IS NULL)",
            name=op.f("ck_capacity_limit_of_a_unit_or_a_concept"),
        ),
        sa.CheckConstraint("most >= 0", name=op.f("ck_capacity_limit_most_not_negative")),
        sa.ForeignKeyConstraint(
            ["concept_id"], ["concept.id"], name=op.f("fk_capacity_limit_concept_id_concept")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["organisation.id"],
            name=op.f("fk_capacity_limit_municipality_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["person.id"], name=op.f("fk_capacity_limit_set_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["person.id"], name=op.f("fk_capacity_limit_undone_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_capacity_limit_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity_limit")),
    )
    with op.batch_alter_table("capacity_limit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_capacity_limit_municipality_id"), ["municipality_id"], unique=False
        )
        batch_op.create_index(
            "uq_capacity_limit_concept",
            ["municipality_id", "concept_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL AND concept_id IS NOT NULL"),
            postgresql_where=sa.text("undone_at IS NULL AND concept_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_capacity_limit_unit",
            ["municipality_id", "unit_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL AND unit_id IS NOT NULL"),
            postgresql_where=sa.text("undone_at IS NULL AND unit_id IS NOT NULL"),
        )

    op.create_table(
        "fund_use",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_fund_use_amount_not_zero")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_fund_use_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_fund_use_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_use")),
    )
    with op.batch_alter_table("fund_use", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fund_use_programme_id"), ["programme_id"], unique=False
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
        batch_op.create_index(
            batch_op.f("ix_need_state_interests_close_on"),
            ["state", "interests_close_on"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_need_state_published_at_id"),
            ["state", "published_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_need_unit_id_state"), ["unit_id", "state"], unique=False
        )

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
        "need_participation",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "endorsed",
                "withdrawn",
                name="participation_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("site", sa.String(length=200), nullable=False),
        sa.Column("contribution", sa.Text(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("target_count", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("endorsed_by_id", sa.Integer(), nullable=True),
        sa.Column("endorsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(endorsed_at IS NULL) = (endorsed_by_id IS NULL) AND (state <> 'endorsed' OR endorsed_at IS NOT NULL) AND (state <> 'asked' OR endorsed_at IS NULL)",
            name=op.f("ck_need_participation_endorsed_names_who_and_when"),
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL) AND (state = 'withdrawn') = (withdrawn_by_id IS NOT NULL) AND (state = 'withdrawn') = (withdrawal_reason IS NOT NULL)",
            name=op.f("ck_need_participation_withdrawal_names_who_when_and_why"),
        ),
        sa.CheckConstraint("hours >= 0", name=op.f("ck_need_participation_hours_not_negative")),
        sa.CheckConstraint(
            "target_count > 0", name=op.f("ck_need_participation_target_count_positive")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_need_participation_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["person.id"], name=op.f("fk_need_participation_contact_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["endorsed_by_id"],
            ["person.id"],
            name=op.f("fk_need_participation_endorsed_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_need_participation_need_id_need")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_need_participation_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"],
            ["person.id"],
            name=op.f("fk_need_participation_withdrawn_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_participation")),
    )
    with op.batch_alter_table("need_participation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_need_participation_need_id"), ["need_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_need_participation_unit_id_state"), ["unit_id", "state"], unique=False
        )
        batch_op.create_index(
            "uq_need_participation_standing",
            ["need_id", "unit_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('asked', 'endorsed')"),
            postgresql_where=sa.text("state IN ('asked', 'endorsed')"),
        )

    op.create_table(
        "pair_wish",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "forced",
                "blocked",
                name="wish_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)",
            name=op.f("ck_pair_wish_undoing_names_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["concept_id"], ["concept.id"], name=op.f("fk_pair_wish_concept_id_concept")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_pair_wish_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_pair_wish_need_id_need")),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["person.id"], name=op.f("fk_pair_wish_undone_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_wish")),
    )
    with op.batch_alter_table("pair_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pair_wish_concept_id"), ["concept_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pair_wish_need_id"), ["need_id"], unique=False)
        batch_op.create_index(
            "uq_pair_wish_standing",
            ["need_id", "concept_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )

    op.create_table(
        "question",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "answered",
                "turned_down",
                name="question_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("turned_down_by_id", sa.Integer(), nullable=True),
        sa.Column("turned_down_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("turning_down_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state <> 'answered' OR answer IS NOT NULL) AND (state <> 'waiting' OR answer IS NULL)",
            name=op.f("ck_question_answered_has_an_answer"),
        ),
        sa.CheckConstraint(
            "(state = 'turned_down') = (turned_down_at IS NOT NULL) AND (state = 'turned_down') = (turned_down_by_id IS NOT NULL) AND (state = 'turned_down') = (turning_down_reason IS NOT NULL)",
            name=op.f("ck_question_turning_down_names_who_when_and_why"),
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by_id IS NULL)",
            name=op.f("ck_question_answer_names_who_and_when"),
        ),
        sa.CheckConstraint(
            "answered_by_id IS NULL OR answered_by_id <> asker_id",
            name=op.f("ck_question_nobody_answers_their_own_question"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_question_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["asker_id"], ["person.id"], name=op.f("fk_question_asker_id_person")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_question_need_id_need")),
        sa.ForeignKeyConstraint(
            ["turned_down_by_id"], ["person.id"], name=op.f("fk_question_turned_down_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_asker_id"), ["asker_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_question_need_id_state"), ["need_id", "state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_question_state_due_on"), ["state", "due_on"], unique=False
        )

    op.create_table(
        "wish",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "taken_on",
                "withdrawn",
                name="wish_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
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
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
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
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_on_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_on_by_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'taken_on') = (taken_on_at IS NOT NULL) AND (state = 'taken_on') = (taken_on_by_id IS NOT NULL) AND (state = 'taken_on') = (unit_id IS NOT NULL) AND (state = 'taken_on') = (need_id IS NOT NULL)",
            name=op.f("ck_wish_taking_on_names_who_when_unit_and_need"),
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL) AND (state = 'withdrawn') = (withdrawn_by_id IS NOT NULL) AND (state = 'withdrawn') = (withdrawal_reason IS NOT NULL)",
            name=op.f("ck_wish_withdrawal_names_who_when_and_why"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_wish_author_id_person")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_wish_need_id_need")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_wish_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_on_by_id"], ["person.id"], name=op.f("fk_wish_taken_on_by_id_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_wish_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["person.id"], name=op.f("fk_wish_withdrawn_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
        sa.UniqueConstraint("need_id", name=op.f("uq_wish_need_id")),
    )
    with op.batch_alter_table("wish", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_wish_organisation_id_state"), ["organisation_id", "state"], unique=False
        )

    op.create_table(
        "answer_addition",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_answer_addition_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_answer_addition_question_id_question")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_addition")),
    )
    with op.batch_alter_table("answer_addition", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answer_addition_question_id"), ["question_id"], unique=False
        )

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
                "closed",
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
        sa.Column("test_ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing_reason", sa.Text(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("suggested_rank", sa.Integer(), nullable=True),
        sa.Column("suggested_strength", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL) AND (state = 'closed') = (closed_by_id IS NOT NULL) AND (state = 'closed') = (closing_reason IS NOT NULL)",
            name=op.f("ck_pairing_closing_names_who_when_and_why"),
        ),
        sa.CheckConstraint(
            "(state = 'declined') = (decline_reason IS NOT NULL) AND (state = 'declined') = (decline_note IS NOT NULL)",
            name=op.f("ck_pairing_declining_has_a_reason"),
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL) AND (state = 'withdrawn') = (withdrawn_by_id IS NOT NULL) AND (state = 'withdrawn') = (withdrawal_reason IS NOT NULL)",
            name=op.f("ck_pairing_withdrawal_names_who_when_and_why"),
        ),
        sa.CheckConstraint(
            "(state IN ('approved', 'declined', 'closed')) = (decided_at IS NOT NULL) AND (state IN ('approved', 'declined', 'closed')) = (decided_by_id IS NOT NULL)",
            name=op.f("ck_pairing_decision_names_who_and_when"),
        ),
        sa.CheckConstraint(
            "proposed_by_side <> 'entrepreneur' OR interest_id IS NOT NULL",
            name=op.f("ck_pairing_entrepreneur_proposes_through_an_interest"),
        ),
        sa.CheckConstraint(
            "state <> 'needs_changes' OR (change_request IS NOT NULL AND changes_asked_by_id IS NOT NULL AND changes_asked_at IS NOT NULL)",
            name=op.f("ck_pairing_changes_name_who_when_and_what"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('accepted', 'approved', 'declined', 'closed') OR (unit_accepted_at IS NOT NULL AND unit_accepted_by_id IS NOT NULL AND entrepreneur_accepted_at IS NOT NULL AND entrepreneur_accepted_by_id IS NOT NULL)",
            name=op.f("ck_pairing_accepted_by_both_sides"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'closed') OR no_conflict_declared",
            name=op.f("ck_pairing_approval_declares_no_conflict"),
        ),
        sa.CheckConstraint(
            "test_ended_at IS NULL OR state IN ('approved', 'closed')",
            name=op.f("ck_pairing_only_approved_cases_are_tested"),
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
            ["closed_by_id"], ["person.id"], name=op.f("fk_pairing_closed_by_id_person")
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
            ["programme_id"], ["programme.id"], name=op.f("fk_pairing_programme_id_programme")
        ),
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
        batch_op.create_index(batch_op.f("ix_pairing_programme_id"), ["programme_id"], unique=False)
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
        "wish_addressee",
        sa.Column("wish_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_wish_addressee_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["wish_id"], ["wish.id"], name=op.f("fk_wish_addressee_wish_id_wish")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish_addressee")),
        sa.UniqueConstraint("wish_id", "unit_id", name=op.f("uq_wish_addressee_wish_id_unit_id")),
    )
    with op.batch_alter_table("wish_addressee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wish_addressee_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_wish_addressee_wish_id"), ["wish_id"], unique=False)

    op.create_table(
        "wish_unit_no",
        sa.Column("wish_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_wish_unit_no_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_wish_unit_no_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["wish_id"], ["wish.id"], name=op.f("fk_wish_unit_no_wish_id_wish")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish_unit_no")),
        sa.UniqueConstraint("wish_id", "unit_id", name=op.f("uq_wish_unit_no_wish_id_unit_id")),
    )
    with op.batch_alter_table("wish_unit_no", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wish_unit_no_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_wish_unit_no_wish_id"), ["wish_id"], unique=False)

    op.create_table(
        "agreement",
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "offered",
                "signed",
                "superseded",
                "withdrawn",
                name="agreement_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "trigger",
            sa.Enum(
                "first",
                "renegotiation",
                "extension",
                name="agreement_trigger",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("change_reason", sa.Text(), nullable=True),
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
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("unit_contribution", sa.Text(), nullable=False),
        sa.Column("unit_hours", sa.Integer(), nullable=True),
        sa.Column("unit_money", sa.Integer(), nullable=True),
        sa.Column("entrepreneur_contribution", sa.Text(), nullable=False),
        sa.Column("entrepreneur_hours", sa.Integer(), nullable=True),
        sa.Column("entrepreneur_money", sa.Integer(), nullable=True),
        sa.Column("payment", sa.Integer(), nullable=True),
        sa.Column("cost_cap", sa.Integer(), nullable=True),
        sa.Column("test_starts_on", sa.Date(), nullable=True),
        sa.Column("test_ends_on", sa.Date(), nullable=True),
        sa.Column("decision_on", sa.Date(), nullable=True),
        sa.Column("on_yes", sa.Text(), nullable=False),
        sa.Column("on_no", sa.Text(), nullable=False),
        sa.Column("data_protection", sa.Text(), nullable=False),
        sa.Column("ownership", sa.Text(), nullable=False),
        sa.Column("offered_by_id", sa.Integer(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_back_reason", sa.Text(), nullable=True),
        sa.Column("roles_at_signing", sa.JSON(), nullable=True),
        sa.Column("unit_signed_by_id", sa.Integer(), nullable=True),
        sa.Column("unit_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entrepreneur_signed_by_id", sa.Integer(), nullable=True),
        sa.Column("entrepreneur_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(number = 1) = (trigger = 'first')", name=op.f("ck_agreement_only_the_first_is_first")
        ),
        sa.CheckConstraint(
            "(state = 'superseded') = (superseded_at IS NOT NULL)",
            name=op.f("ck_agreement_superseded_says_when"),
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL) AND (state = 'withdrawn') = (withdrawn_by_id IS NOT NULL) AND (state = 'withdrawn') = (withdrawal_reason IS NOT NULL) AND (state <> 'withdrawn' OR trigger = 'renegotiation')",
            name=op.f("ck_agreement_withdrawal_names_who_when_and_why"),
        ),
        sa.CheckConstraint(
            "(state IN ('signed', 'superseded')) = (unit_signed_at IS NOT NULL AND entrepreneur_signed_at IS NOT NULL)",
            name=op.f("ck_agreement_signed_by_both_sides"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'withdrawn') OR (offered_at IS NOT NULL AND offered_by_id IS NOT NULL)",
            name=op.f("ck_agreement_offer_names_who_and_when"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'withdrawn') OR (test_starts_on IS NOT NULL AND test_ends_on IS NOT NULL AND decision_on IS NOT NULL AND test_starts_on <= test_ends_on AND test_ends_on < decision_on)",
            name=op.f("ck_agreement_dates_in_order"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('draft', 'withdrawn') OR (unit_signed_at IS NULL AND entrepreneur_signed_at IS NULL)",
            name=op.f("ck_agreement_nobody_signs_a_draft"),
        ),
        sa.CheckConstraint(
            "trigger = 'first' OR change_reason IS NOT NULL",
            name=op.f("ck_agreement_later_versions_say_why"),
        ),
        sa.CheckConstraint(
            "(unit_hours IS NULL OR unit_hours >= 0) AND (unit_money IS NULL OR unit_money >= 0) AND (entrepreneur_hours IS NULL OR entrepreneur_hours >= 0) AND (entrepreneur_money IS NULL OR entrepreneur_money >= 0) AND (payment IS NULL OR payment >= 0) AND (cost_cap IS NULL OR cost_cap >= 0)",
            name=op.f("ck_agreement_numbers_not_negative"),
        ),
        sa.CheckConstraint(
            "(unit_signed_at IS NULL) = (unit_signed_by_id IS NULL) AND (entrepreneur_signed_at IS NULL) = (entrepreneur_signed_by_id IS NULL) AND (unit_signed_by_id IS NULL OR entrepreneur_signed_by_id IS NULL OR unit_signed_by_id <> entrepreneur_signed_by_id)",
            name=op.f("ck_agreement_each_signature_names_its_own_person"),
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_agreement_number_positive")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_agreement_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["entrepreneur_signed_by_id"],
            ["person.id"],
            name=op.f("fk_agreement_entrepreneur_signed_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["offered_by_id"], ["person.id"], name=op.f("fk_agreement_offered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_agreement_pairing_id_pairing")
        ),
        sa.ForeignKeyConstraint(
            ["unit_signed_by_id"], ["person.id"], name=op.f("fk_agreement_unit_signed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["person.id"], name=op.f("fk_agreement_withdrawn_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("pairing_id", "number", name=op.f("uq_agreement_pairing_id_number")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_pairing_id"), ["pairing_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_agreement_in_force",
            ["pairing_id"],
            unique=True,
            sqlite_where=sa.text("state = 'signed'"),
            postgresql_where=sa.text("state = 'signed'"),
        )
        batch_op.create_index(
            "uq_agreement_open",
            ["pairing_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('draft', 'offered')"),
            postgresql_where=sa.text("state IN ('draft', 'offered')"),
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
                "data_protection",
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
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("deputy_since", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(deputy_id IS NULL) = (deputy_since IS NULL)",
            name=op.f("ck_case_role_holder_deputy_has_a_first_day"),
        ),
        sa.CheckConstraint(
            "deputy_id IS NULL OR deputy_id <> person_id",
            name=op.f("ck_case_role_holder_nobody_is_their_own_deputy"),
        ),
        sa.ForeignKeyConstraint(
            ["deputy_id"], ["person.id"], name=op.f("fk_case_role_holder_deputy_id_person")
        ),
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
            batch_op.f("ix_case_role_holder_deputy_id"), ["deputy_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_role_holder_pairing_id"), ["pairing_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_role_holder_person_id"), ["person_id"], unique=False
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

    op.create_table(
        "decision",
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "awaited",
                "buy",
                "extend",
                "stop",
                name="decision_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("awaited_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'awaited') = (decided_at IS NULL) AND (state = 'awaited') = (decided_by_id IS NULL) AND (state = 'awaited') = (reasons IS NULL)",
            name=op.f("ck_decision_decision_names_who_when_and_why"),
        ),
        sa.CheckConstraint(
            "(state = 'extend') = (extended_to IS NOT NULL) AND (extended_to IS NULL OR extended_to > due_on)",
            name=op.f("ck_decision_extension_names_a_later_date"),
        ),
        sa.CheckConstraint(
            "state <> 'extend' OR number = 1", name=op.f("ck_decision_extended_once")
        ),
        sa.CheckConstraint("number IN (1, 2)", name=op.f("ck_decision_two_at_most")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_decision_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_decision_pairing_id_pairing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("pairing_id", "number", name=op.f("uq_decision_pairing_id_number")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_pairing_id"), ["pairing_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_decision_awaited",
            ["pairing_id"],
            unique=True,
            sqlite_where=sa.text("state = 'awaited'"),
            postgresql_where=sa.text("state = 'awaited'"),
        )

    op.create_table(
        "lesson",
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
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
        sa.Column("worked", sa.Text(), nullable=False),
        sa.Column("did_not_work", sa.Text(), nullable=False),
        sa.Column("do_differently", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "bought",
                "purchase_cancelled",
                "not_bought",
                "stopped",
                "extension_lapsed",
                "not_tested",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "side IN ('unit', 'entrepreneur')", name=op.f("ck_lesson_only_parties_learn")
        ),
        sa.CheckConstraint(
            "worked <> '' AND did_not_work <> '' AND do_differently <> ''",
            name=op.f("ck_lesson_says_all_three"),
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (outcome IS NULL) AND (published_at IS NULL) = (revision = 0)",
            name=op.f("ck_lesson_publishing_says_when_and_how_it_went"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_lesson_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_lesson_pairing_id_pairing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
        sa.UniqueConstraint("pairing_id", "author_id", name=op.f("uq_lesson_pairing_id_author_id")),
        sa.UniqueConstraint("pairing_id", "side", name=op.f("uq_lesson_pairing_id_side")),
    )
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lesson_outcome"), ["outcome"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_pairing_id"), ["pairing_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_published_at"), ["published_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_revision"), ["revision"], unique=False)

    op.create_table(
        "procurement",
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "preparing",
                "announced",
                "contracted",
                "cancelled",
                name="procurement_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("estimated_value", sa.Integer(), nullable=False),
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
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column(
            "route",
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
        sa.Column("route_reason", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("invited", sa.Text(), nullable=False),
        sa.Column("impartiality", sa.Text(), nullable=False),
        sa.Column("subcontractors", sa.Text(), nullable=False),
        sa.Column("reserved_reason", sa.Text(), nullable=False),
        sa.Column("exempt_paragraph", sa.String(length=100), nullable=True),
        sa.Column("exempt_until", sa.Date(), nullable=True),
        sa.Column("notice_reference", sa.String(length=100), nullable=True),
        sa.Column("announced_by_id", sa.Integer(), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("package_shared_by_id", sa.Integer(), nullable=True),
        sa.Column("package_shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("package_text", sa.Text(), nullable=False),
        sa.Column("contracted_by_id", sa.Integer(), nullable=True),
        sa.Column("contracted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("supplier_id", sa.Integer(), nullable=True),
        sa.Column("supplier_name", sa.String(length=200), nullable=True),
        sa.Column("contract_value", sa.Integer(), nullable=True),
        sa.Column("award_reason", sa.Text(), nullable=True),
        sa.Column("cancelled_by_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(announced_at IS NULL) = (notice_reference IS NULL) AND (announced_at IS NULL) = (announced_by_id IS NULL) AND (state <> 'announced' OR announced_at IS NOT NULL)",
            name=op.f("ck_procurement_announcing_names_who_when_and_the_notice"),
        ),
        sa.CheckConstraint(
            "(package_shared_at IS NULL) = (package_shared_by_id IS NULL) AND (package_shared_at IS NULL OR package_text <> '')",
            name=op.f("ck_procurement_sharing_names_who_and_when"),
        ),
        sa.CheckConstraint(
            "(state <> 'announced' OR route IN ('open_tender', 'limited_tender', 'innovation_partnership', 'notice_of_intent')) AND (state <> 'contracted' OR route NOT IN ('open_tender', 'limited_tender', 'innovation_partnership', 'notice_of_intent') OR announced_at IS NOT NULL)",
            name=op.f("ck_procurement_notice_belongs_to_the_route"),
        ),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL) AND (state = 'cancelled') = (cancelled_by_id IS NOT NULL) AND (state = 'cancelled') = (cancel_reason IS NOT NULL)",
            name=op.f("ck_procurement_cancelling_names_who_when_and_why"),
        ),
        sa.CheckConstraint(
            "(state = 'contracted') = (contracted_at IS NOT NULL) AND (state = 'contracted') = (contracted_by_id IS NOT NULL) AND (state = 'contracted') = (contract_value IS NOT NULL) AND (state = 'contracted') = (award_reason IS NOT NULL) AND (state = 'contracted') = (supplier_name IS NOT NULL)",
            name=op.f("ck_procurement_contract_names_who_when_and_why"),
        ),
        sa.CheckConstraint(
            "(state IN ('preparing', 'cancelled') OR route IS NOT NULL) AND (route IS NULL OR route <> 'undecided')",
            name=op.f("ck_procurement_route_is_chosen"),
        ),
        sa.CheckConstraint(
            "contract_value > 0", name=op.f("ck_procurement_contract_value_positive")
        ),
        sa.CheckConstraint("estimated_value >= 0", name=op.f("ck_procurement_value_not_negative")),
        sa.CheckConstraint(
            "exempt_until IS NULL OR exempt_paragraph IS NOT NULL",
            name=op.f("ck_procurement_exemption_has_a_paragraph"),
        ),
        sa.CheckConstraint(
            "supplier_id IS NULL OR supplier_name IS NOT NULL",
            name=op.f("ck_procurement_supplier_has_a_name"),
        ),
        sa.ForeignKeyConstraint(
            ["announced_by_id"], ["person.id"], name=op.f("fk_procurement_announced_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["cancelled_by_id"], ["person.id"], name=op.f("fk_procurement_cancelled_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["contracted_by_id"], ["person.id"], name=op.f("fk_procurement_contracted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["package_shared_by_id"],
            ["person.id"],
            name=op.f("fk_procurement_package_shared_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_procurement_pairing_id_pairing")
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["organisation.id"],
            name=op.f("fk_procurement_supplier_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procurement")),
        sa.UniqueConstraint("pairing_id", name=op.f("uq_procurement_pairing_id")),
    )
    with op.batch_alter_table("procurement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_procurement_state"), ["state"], unique=False)

    op.create_table(
        "purchase",
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=True),
        sa.Column("supplier_name", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "pilot",
                "follow_up",
                name="purchase_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "amount > 0 OR note <> ''", name=op.f("ck_purchase_correction_says_why")
        ),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_purchase_amount_says_something")),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_purchase_pairing_id_pairing")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_purchase_recorded_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["organisation.id"], name=op.f("fk_purchase_supplier_id_organisation")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_purchase_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase")),
    )
    with op.batch_alter_table("purchase", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_purchase_pairing_id"), ["pairing_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_purchase_unit_id_supplier_id_bought_on"),
            ["unit_id", "supplier_id", "bought_on"],
            unique=False,
        )

    op.create_table(
        "agreed_checkpoint",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreed_checkpoint_agreement_id_agreement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_checkpoint")),
        sa.UniqueConstraint(
            "agreement_id", "due_on", name=op.f("uq_agreed_checkpoint_agreement_id_due_on")
        ),
    )
    with op.batch_alter_table("agreed_checkpoint", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreed_checkpoint_agreement_id"), ["agreement_id"], unique=False
        )

    op.create_table(
        "agreed_site",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreed_site_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_agreed_site_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_site")),
        sa.UniqueConstraint(
            "agreement_id", "unit_id", "name", name=op.f("uq_agreed_site_agreement_id_unit_id_name")
        ),
    )
    with op.batch_alter_table("agreed_site", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreed_site_agreement_id"), ["agreement_id"], unique=False
        )

    op.create_table(
        "criterion",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight BETWEEN 1 AND 100", name=op.f("ck_criterion_weight_is_a_share")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_criterion_agreement_id_agreement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
        sa.UniqueConstraint(
            "agreement_id", "position", name=op.f("uq_criterion_agreement_id_position")
        ),
    )
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_criterion_agreement_id"), ["agreement_id"], unique=False
        )

    op.create_table(
        "dialogue_entry",
        sa.Column("procurement_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("supplier", sa.String(length=200), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "meeting",
                "phone",
                "email",
                "event",
                "other",
                name="dialogue_channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("shared", sa.Text(), nullable=False),
        sa.Column("logged_by_id", sa.Integer(), nullable=False),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["logged_by_id"], ["person.id"], name=op.f("fk_dialogue_entry_logged_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["procurement_id"],
            ["procurement.id"],
            name=op.f("fk_dialogue_entry_procurement_id_procurement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue_entry")),
    )
    with op.batch_alter_table("dialogue_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dialogue_entry_procurement_id"), ["procurement_id"], unique=False
        )

    op.create_table(
        "pilot",
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "running",
                "ended",
                name="pilot_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "ending",
            sa.Enum(
                "completed",
                "stopped",
                name="ending",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("ended_under_id", sa.Integer(), nullable=True),
        sa.Column(
            "unit_stop_reason",
            sa.Enum(
                "no_effect",
                "too_few_participants",
                "not_enough_time",
                "staff_changed",
                "too_expensive",
                "data_protection",
                "need_changed",
                "cooperation",
                "not_ready",
                "other",
                name="unit_stop_reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("unit_stop_note", sa.Text(), nullable=True),
        sa.Column("unit_stop_by_id", sa.Integer(), nullable=True),
        sa.Column("unit_stop_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "entrepreneur_stop_reason",
            sa.Enum(
                "no_effect",
                "too_few_participants",
                "not_enough_time",
                "staff_changed",
                "too_expensive",
                "data_protection",
                "need_changed",
                "cooperation",
                "not_ready",
                "other",
                name="entrepreneur_stop_reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("entrepreneur_stop_note", sa.Text(), nullable=True),
        sa.Column("entrepreneur_stop_by_id", sa.Integer(), nullable=True),
        sa.Column("entrepreneur_stop_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cap_told", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(started_at IS NULL) = (started_by_id IS NULL) AND (state <> 'planned' OR started_at IS NULL) AND (state <> 'running' OR started_at IS NOT NULL)",
            name=op.f("ck_pilot_start_names_who_and_when"),
        ),
        sa.CheckConstraint(
            "(state = 'ended' AND ending = 'stopped') = (unit_stop_reason IS NOT NULL OR entrepreneur_stop_reason IS NOT NULL)",
            name=op.f("ck_pilot_stopping_has_a_reason"),
        ),
        sa.CheckConstraint(
            "(state = 'ended') = (ended_at IS NOT NULL) AND (state = 'ended') = (ended_by_id IS NOT NULL) AND (state = 'ended') = (ending IS NOT NULL)",
            name=op.f("ck_pilot_end_names_who_when_and_how"),
        ),
        sa.CheckConstraint(
            "ended_under_id IS NULL OR state = 'ended'",
            name=op.f("ck_pilot_only_what_has_ended_names_its_end"),
        ),
        sa.CheckConstraint(
            "ending IS NULL OR ending <> 'completed' OR started_at IS NOT NULL",
            name=op.f("ck_pilot_only_what_has_started_is_completed"),
        ),
        sa.CheckConstraint(
            "(unit_stop_reason IS NULL) = (unit_stop_note IS NULL) AND (unit_stop_reason IS NULL) = (unit_stop_by_id IS NULL) AND (unit_stop_reason IS NULL) = (unit_stop_at IS NULL) AND (entrepreneur_stop_reason IS NULL) = (entrepreneur_stop_note IS NULL) AND (entrepreneur_stop_reason IS NULL) = (entrepreneur_stop_by_id IS NULL) AND (entrepreneur_stop_reason IS NULL) = (entrepreneur_stop_at IS NULL)",
            name=op.f("ck_pilot_stop_reasons_are_whole"),
        ),
        sa.CheckConstraint(
            "unit_stop_by_id IS NULL OR entrepreneur_stop_by_id IS NULL OR unit_stop_by_id <> entrepreneur_stop_by_id",
            name=op.f("ck_pilot_each_stop_reason_is_its_own_persons"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name=op.f("fk_pilot_ended_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["ended_under_id"], ["agreement.id"], name=op.f("fk_pilot_ended_under_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["entrepreneur_stop_by_id"],
            ["person.id"],
            name=op.f("fk_pilot_entrepreneur_stop_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_pilot_pairing_id_pairing")
        ),
        sa.ForeignKeyConstraint(
            ["started_by_id"], ["person.id"], name=op.f("fk_pilot_started_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["unit_stop_by_id"], ["person.id"], name=op.f("fk_pilot_unit_stop_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot")),
        sa.UniqueConstraint("pairing_id", name=op.f("uq_pilot_pairing_id")),
    )
    with op.batch_alter_table("pilot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pilot_state"), ["state"], unique=False)

    op.create_table(
        "procurement_step",
        sa.Column("procurement_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(done_on IS NULL) = (done_by_id IS NULL)",
            name=op.f("ck_procurement_step_done_names_who_and_when"),
        ),
        sa.CheckConstraint(
            "done_on IS NULL OR done_on >= started_on",
            name=op.f("ck_procurement_step_done_after_it_began"),
        ),
        sa.CheckConstraint(
            "dropped_at IS NULL OR done_on IS NULL",
            name=op.f("ck_procurement_step_what_was_done_is_not_dropped"),
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["person.id"], name=op.f("fk_procurement_step_done_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["person.id"], name=op.f("fk_procurement_step_owner_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["procurement_id"],
            ["procurement.id"],
            name=op.f("fk_procurement_step_procurement_id_procurement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procurement_step")),
    )
    with op.batch_alter_table("procurement_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_procurement_step_due_on"), ["due_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_procurement_step_procurement_id"), ["procurement_id"], unique=False
        )

    op.create_table(
        "checkpoint",
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilot.id"], name=op.f("fk_checkpoint_pilot_id_pilot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint")),
        sa.UniqueConstraint("pilot_id", "due_on", name=op.f("uq_checkpoint_pilot_id_due_on")),
    )
    with op.batch_alter_table("checkpoint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_checkpoint_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_checkpoint_pilot_id"), ["pilot_id"], unique=False)

    op.create_table(
        "effort",
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
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
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("money", sa.Integer(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "side IN ('unit', 'entrepreneur')", name=op.f("ck_effort_only_parties_use")
        ),
        sa.CheckConstraint("hours <> 0 OR money <> 0", name=op.f("ck_effort_says_something")),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_effort_pilot_id_pilot")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_effort_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effort")),
    )
    with op.batch_alter_table("effort", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_effort_pilot_id"), ["pilot_id"], unique=False)

    op.create_table(
        "measurement",
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column(
            "reached",
            sa.Enum(
                "fully",
                "partly",
                "not",
                "not_measured",
                name="reached",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("measured_by_id", sa.Integer(), nullable=False),
        sa.Column("measured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "reached <> 'not_measured' OR note <> ''",
            name=op.f("ck_measurement_not_measuring_has_a_reason"),
        ),
        sa.CheckConstraint(
            "reached = 'not_measured' OR value <> ''",
            name=op.f("ck_measurement_measuring_has_a_value"),
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criterion.id"], name=op.f("fk_measurement_criterion_id_criterion")
        ),
        sa.ForeignKeyConstraint(
            ["measured_by_id"], ["person.id"], name=op.f("fk_measurement_measured_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilot.id"], name=op.f("fk_measurement_pilot_id_pilot")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["agreed_site.id"], name=op.f("fk_measurement_site_id_agreed_site")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurement")),
        sa.UniqueConstraint(
            "pilot_id",
            "criterion_id",
            "site_id",
            name=op.f("uq_measurement_pilot_id_criterion_id_site_id"),
        ),
    )
    with op.batch_alter_table("measurement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measurement_pilot_id"), ["pilot_id"], unique=False)
        batch_op.create_index(
            "uq_measurement_overall",
            ["pilot_id", "criterion_id"],
            unique=True,
            sqlite_where=sa.text("site_id IS NULL"),
            postgresql_where=sa.text("site_id IS NULL"),
        )

    op.create_table(
        "checkpoint_report",
        sa.Column("checkpoint_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
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
        sa.Column(
            "status",
            sa.Enum(
                "on_track",
                "some_trouble",
                "off_track",
                name="checkpoint_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("money", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "confirm",
                "renegotiate",
                name="checkpoint_answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("reported_by_id", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answer <> 'renegotiate' OR reason IS NOT NULL",
            name=op.f("ck_checkpoint_report_renegotiation_has_a_reason"),
        ),
        sa.CheckConstraint(
            "side IN ('unit', 'entrepreneur')",
            name=op.f("ck_checkpoint_report_only_parties_report"),
        ),
        sa.CheckConstraint(
            "hours >= 0 AND money >= 0", name=op.f("ck_checkpoint_report_effort_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_checkpoint_report_agreement_id_agreement"),
        ),
        sa.ForeignKeyConstraint(
            ["checkpoint_id"],
            ["checkpoint.id"],
            name=op.f("fk_checkpoint_report_checkpoint_id_checkpoint"),
        ),
        sa.ForeignKeyConstraint(
            ["reported_by_id"],
            ["person.id"],
            name=op.f("fk_checkpoint_report_reported_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint_report")),
        sa.UniqueConstraint(
            "checkpoint_id",
            "reported_by_id",
            name=op.f("uq_checkpoint_report_checkpoint_id_reported_by_id"),
        ),
        sa.UniqueConstraint(
            "checkpoint_id", "side", name=op.f("uq_checkpoint_report_checkpoint_id_side")
        ),
    )
    with op.batch_alter_table("checkpoint_report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_checkpoint_report_checkpoint_id"), ["checkpoint_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("checkpoint_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_checkpoint_report_checkpoint_id"))

    op.drop_table("checkpoint_report")
    with op.batch_alter_table("measurement", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_measurement_overall",
            sqlite_where=sa.text("site_id IS NULL"),
            postgresql_where=sa.text("site_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_measurement_pilot_id"))

    op.drop_table("measurement")
    with op.batch_alter_table("effort", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_effort_pilot_id"))

    op.drop_table("effort")
    with op.batch_alter_table("checkpoint", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_checkpoint_pilot_id"))
        batch_op.drop_index(batch_op.f("ix_checkpoint_due_on"))

    op.drop_table("checkpoint")
    with op.batch_alter_table("procurement_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_procurement_step_procurement_id"))
        batch_op.drop_index(batch_op.f("ix_procurement_step_due_on"))

    op.drop_table("procurement_step")
    with op.batch_alter_table("pilot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pilot_state"))

    op.drop_table("pilot")
    with op.batch_alter_table("dialogue_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dialogue_entry_procurement_id"))

    op.drop_table("dialogue_entry")
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_criterion_agreement_id"))

    op.drop_table("criterion")
    with op.batch_alter_table("agreed_site", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreed_site_agreement_id"))

    op.drop_table("agreed_site")
    with op.batch_alter_table("agreed_checkpoint", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreed_checkpoint_agreement_id"))

    op.drop_table("agreed_checkpoint")
    with op.batch_alter_table("purchase", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchase_unit_id_supplier_id_bought_on"))
        batch_op.drop_index(batch_op.f("ix_purchase_pairing_id"))

    op.drop_table("purchase")
    with op.batch_alter_table("procurement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_procurement_state"))

    op.drop_table("procurement")
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lesson_revision"))
        batch_op.drop_index(batch_op.f("ix_lesson_published_at"))
        batch_op.drop_index(batch_op.f("ix_lesson_pairing_id"))
        batch_op.drop_index(batch_op.f("ix_lesson_outcome"))

    op.drop_table("lesson")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_decision_awaited",
            sqlite_where=sa.text("state = 'awaited'"),
            postgresql_where=sa.text("state = 'awaited'"),
        )
        batch_op.drop_index(batch_op.f("ix_decision_state"))
        batch_op.drop_index(batch_op.f("ix_decision_pairing_id"))
        batch_op.drop_index(batch_op.f("ix_decision_due_on"))

    op.drop_table("decision")
    with op.batch_alter_table("conflict_declaration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_declaration_pairing_id"))

    op.drop_table("conflict_declaration")
    with op.batch_alter_table("case_role_holder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_role_holder_person_id"))
        batch_op.drop_index(batch_op.f("ix_case_role_holder_pairing_id"))
        batch_op.drop_index(batch_op.f("ix_case_role_holder_deputy_id"))

    op.drop_table("case_role_holder")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_agreement_open",
            sqlite_where=sa.text("state IN ('draft', 'offered')"),
            postgresql_where=sa.text("state IN ('draft', 'offered')"),
        )
        batch_op.drop_index(
            "uq_agreement_in_force",
            sqlite_where=sa.text("state = 'signed'"),
            postgresql_where=sa.text("state = 'signed'"),
        )
        batch_op.drop_index(batch_op.f("ix_agreement_state"))
        batch_op.drop_index(batch_op.f("ix_agreement_pairing_id"))

    op.drop_table("agreement")
    with op.batch_alter_table("wish_unit_no", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wish_unit_no_wish_id"))
        batch_op.drop_index(batch_op.f("ix_wish_unit_no_unit_id"))

    op.drop_table("wish_unit_no")
    with op.batch_alter_table("wish_addressee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wish_addressee_wish_id"))
        batch_op.drop_index(batch_op.f("ix_wish_addressee_unit_id"))

    op.drop_table("wish_addressee")
    with op.batch_alter_table("pairing", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pairing_open",
            sqlite_where=sa.text("state IN ('proposed', 'needs_changes', 'accepted', 'approved')"),
            postgresql_where=sa.text(
                "state IN ('proposed', 'needs_changes', 'accepted', 'approved')"
            ),
        )
        batch_op.drop_index(batch_op.f("ix_pairing_state"))
        batch_op.drop_index(batch_op.f("ix_pairing_programme_id"))
        batch_op.drop_index(batch_op.f("ix_pairing_need_id"))
        batch_op.drop_index(batch_op.f("ix_pairing_concept_id"))

    op.drop_table("pairing")
    with op.batch_alter_table("answer_addition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_addition_question_id"))

    op.drop_table("answer_addition")
    with op.batch_alter_table("wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wish_organisation_id_state"))

    op.drop_table("wish")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_state_due_on"))
        batch_op.drop_index(batch_op.f("ix_question_need_id_state"))
        batch_op.drop_index(batch_op.f("ix_question_asker_id"))

    op.drop_table("question")
    with op.batch_alter_table("pair_wish", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pair_wish_standing",
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_pair_wish_need_id"))
        batch_op.drop_index(batch_op.f("ix_pair_wish_concept_id"))

    op.drop_table("pair_wish")
    with op.batch_alter_table("need_participation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_need_participation_standing",
            sqlite_where=sa.text("state IN ('asked', 'endorsed')"),
            postgresql_where=sa.text("state IN ('asked', 'endorsed')"),
        )
        batch_op.drop_index(batch_op.f("ix_need_participation_unit_id_state"))
        batch_op.drop_index(batch_op.f("ix_need_participation_need_id"))

    op.drop_table("need_participation")
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
        batch_op.drop_index(batch_op.f("ix_need_unit_id_state"))
        batch_op.drop_index(batch_op.f("ix_need_state_published_at_id"))
        batch_op.drop_index(batch_op.f("ix_need_state_interests_close_on"))
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
    with op.batch_alter_table("fund_use", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fund_use_programme_id"))

    op.drop_table("fund_use")
    with op.batch_alter_table("capacity_limit", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_capacity_limit_unit",
            sqlite_where=sa.text("undone_at IS NULL AND unit_id IS NOT NULL"),
            postgresql_where=sa.text("undone_at IS NULL AND unit_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_capacity_limit_concept",
            sqlite_where=sa.text("undone_at IS NULL AND concept_id IS NOT NULL"),
            postgresql_where=sa.text("undone_at IS NULL AND concept_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_capacity_limit_municipality_id"))

    op.drop_table("capacity_limit")
    op.drop_table("unit")
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_partner_id"))
        batch_op.drop_index(batch_op.f("ix_programme_municipality_id"))

    op.drop_table("programme")
    op.drop_table("portfolio_plan")
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_message_person_id_read_at"))
        batch_op.drop_index(batch_op.f("ix_outbox_message_mail_state_next_attempt_at"))
        batch_op.drop_index(batch_op.f("ix_outbox_message_digest_id"))

    op.drop_table("outbox_message")
    op.drop_table("need_count")
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concept_state"))
        batch_op.drop_index(batch_op.f("ix_concept_revision"))
        batch_op.drop_index(batch_op.f("ix_concept_organisation_id"))

    op.drop_table("concept")
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_session_person_id"))

    op.drop_table("web_session")
    op.drop_table("threshold")
    op.drop_table("organisation")
    with op.batch_alter_table("one_time_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_time_link_person_id"))

    op.drop_table("one_time_link")
    op.drop_table("mail_preference")
    op.drop_table("mail_digest")
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_calendar_feed_standing",
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.drop_table("calendar_feed")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_event_subject_type_subject_id_id"))
        batch_op.drop_index(batch_op.f("ix_audit_event_event"))
        batch_op.drop_index(batch_op.f("ix_audit_event_actor_id"))

    op.drop_table("audit_event")
    op.drop_table("agreement_template")
    op.drop_table("timed_event")
    op.drop_table("step_template")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_attempt_counted_key_at"))
        batch_op.drop_index(batch_op.f("ix_sign_in_attempt_at"))

    op.drop_table("sign_in_attempt")
    op.drop_table("revision_mark")
    op.drop_table("person")
    op.drop_table("collection_revision")
