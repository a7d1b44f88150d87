"""The ladder, the exposure, and what the database itself refuses to publish."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.exposure_law import LAW
from migrations.rls import secure

revision = "0007_exposures"
down_revision = "0006_rules"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exposure_step",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="proposed", nullable=False),
        sa.Column("document_no", sa.String(), nullable=True),
        sa.Column("text_id", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=True),
        sa.Column(
            "letter",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.BigInteger(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("method", sa.String(), nullable=True),
        sa.Column("receiver_name", sa.String(), nullable=True),
        sa.Column("post_number", sa.String(), nullable=True),
        sa.Column("evidence_id", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "clock",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answer_finding", sa.String(), nullable=True),
        sa.Column("answer_note", sa.String(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column(
            "minutes",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("dropped_reason", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "answer_finding IN ('settled', 'unsettled')",
            name=op.f("ck_exposure_step_answer_finding_known"),
        ),
        sa.CheckConstraint(
            "held_on IS NULL OR minutes <> '{}'", name=op.f("ck_exposure_step_held_has_minutes")
        ),
        sa.CheckConstraint(
            "kind IN ('demand', 'opinion', 'proposal', 'interview', 'referral')",
            name=op.f("ck_exposure_step_kind_known"),
        ),
        sa.CheckConstraint(
            "method IN ('in_person', 'registered_post', 'official_exchange')",
            name=op.f("ck_exposure_step_method_known"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'dropped') OR (approved_by_id IS NOT NULL AND approved_at IS NOT NULL AND document_no IS NOT NULL AND text_version IS NOT NULL)",
            name=op.f("ck_exposure_step_issued_has_number"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'issued', 'served', 'done', 'dropped')",
            name=op.f("ck_exposure_step_state_known"),
        ),
        sa.CheckConstraint(
            "answer_finding IS NULL OR answered_on IS NOT NULL",
            name=op.f("ck_exposure_step_finding_of_an_answer"),
        ),
        sa.CheckConstraint(
            "approved_by_id <> proposed_by_id", name=op.f("ck_exposure_step_issued_by_another")
        ),
        sa.CheckConstraint(
            "due_on IS NULL OR served_on IS NOT NULL",
            name=op.f("ck_exposure_step_no_service_no_clock"),
        ),
        sa.CheckConstraint(
            "served_on IS NULL OR evidence_id IS NOT NULL OR post_number IS NOT NULL",
            name=op.f("ck_exposure_step_service_has_proof"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "approved_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_exposure_step_tenant_id_approved_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "evidence_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_exposure_step_tenant_id_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "offer_id"],
            ["offer.tenant_id", "offer.id"],
            name=op.f("fk_exposure_step_tenant_id_offer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proposed_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_exposure_step_tenant_id_proposed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_exposure_step_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_exposure_step")),
        sa.UniqueConstraint(
            "tenant_id", "document_no", name=op.f("uq_exposure_step_tenant_id_document_no")
        ),
    )
    op.create_index(
        "ix_exposure_step_due", "exposure_step", ["tenant_id", "state", "due_on"], unique=False
    )
    op.create_index(
        "uq_exposure_step_open",
        "exposure_step",
        ["tenant_id", "offer_id", "kind"],
        unique=True,
        postgresql_where=sa.text("state <> 'dropped'"),
    )
    op.create_table(
        "exposure",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), server_default="proposed", nullable=False),
        sa.Column("document_no", sa.String(), nullable=True),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column(
            "letter",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("channels", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("duration_days", sa.BigInteger(), nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_note", sa.String(), nullable=True),
        sa.Column("tripartite_opinion", sa.String(), nullable=True),
        sa.Column("tripartite_on", sa.Date(), nullable=True),
        sa.Column("intent_no", sa.String(), nullable=True),
        sa.Column("intent_served_on", sa.Date(), nullable=True),
        sa.Column("intent_receiver", sa.String(), nullable=True),
        sa.Column("intent_post_number", sa.String(), nullable=True),
        sa.Column("intent_evidence_id", sa.BigInteger(), nullable=True),
        sa.Column("window_ends_on", sa.Date(), nullable=True),
        sa.Column(
            "clocks",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("statement", sa.String(), nullable=True),
        sa.Column("statement_open", sa.Boolean(), nullable=True),
        sa.Column("statement_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("examined_by_id", sa.BigInteger(), nullable=True),
        sa.Column("examined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("examined_note", sa.String(), nullable=True),
        sa.Column("first_approver_id", sa.BigInteger(), nullable=True),
        sa.Column("first_approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_note", sa.String(), nullable=True),
        sa.Column("second_approver_id", sa.BigInteger(), nullable=True),
        sa.Column("second_approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("second_note", sa.String(), nullable=True),
        sa.Column("recheck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recheck_xact", sa.String(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("objection", sa.String(), nullable=True),
        sa.Column("objection_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objection_due_on", sa.Date(), nullable=True),
        sa.Column("objection_decision", sa.String(), nullable=True),
        sa.Column("objection_decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objection_decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_ground", sa.String(), nullable=True),
        sa.Column("withdrawn_note", sa.String(), nullable=True),
        sa.Column("withdrawal_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "correction",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_reason", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL AND withdrawn_ground IS NOT NULL)",
            name=op.f("ck_exposure_withdrawn_says_why"),
        ),
        sa.CheckConstraint(
            "state <> 'decided_drop' OR dropped_reason IS NOT NULL",
            name=op.f("ck_exposure_drop_has_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'legal_check', 'noticed', 'reply_received', 'reply_waived', 'decided_publish', 'decided_drop', 'published', 'objection_marked', 'corrected', 'upheld', 'withdrawn')",
            name=op.f("ck_exposure_state_known"),
        ),
        sa.CheckConstraint(
            "withdrawn_ground IN ('remedied', 'expired', 'error')",
            name=op.f("ck_exposure_withdrawn_ground_known"),
        ),
        sa.CheckConstraint(
            "examined_by_id <> proposed_by_id",
            name=op.f("ck_exposure_statement_examined_by_another"),
        ),
        sa.CheckConstraint(
            "first_approver_id <> proposed_by_id AND first_approver_id <> reviewed_by_id",
            name=op.f("ck_exposure_first_approver_is_another"),
        ),
        sa.CheckConstraint(
            "intent_served_on IS NULL OR intent_evidence_id IS NOT NULL OR intent_post_number IS NOT NULL",
            name=op.f("ck_exposure_intent_service_has_proof"),
        ),
        sa.CheckConstraint("length(btrim(body)) > 0", name=op.f("ck_exposure_has_a_text")),
        sa.CheckConstraint(
            "reviewed_by_id <> proposed_by_id", name=op.f("ck_exposure_reviewed_by_another")
        ),
        sa.CheckConstraint(
            "second_approver_id <> proposed_by_id AND second_approver_id <> reviewed_by_id AND second_approver_id <> first_approver_id",
            name=op.f("ck_exposure_second_approver_is_another"),
        ),
        sa.CheckConstraint(
            "window_ends_on IS NULL OR window_ends_on >= intent_served_on + 5",
            name=op.f("ck_exposure_window_long_enough"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "examined_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_exposure_tenant_id_examined_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "first_approver_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_exposure_tenant_id_first_approver_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "intent_evidence_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_exposure_tenant_id_intent_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "objection_decided_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_exposure_tenant_id_objection_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "offer_id"],
            ["offer.tenant_id", "offer.id"],
            name=op.f("fk_exposure_tenant_id_offer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proposed_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_exposure_tenant_id_proposed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reviewed_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_exposure_tenant_id_reviewed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "second_approver_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_exposure_tenant_id_second_approver_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_exposure_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_exposure")),
        sa.UniqueConstraint(
            "tenant_id", "document_no", name=op.f("uq_exposure_tenant_id_document_no")
        ),
        sa.UniqueConstraint("tenant_id", "intent_no", name=op.f("uq_exposure_tenant_id_intent_no")),
    )
    op.create_index("ix_exposure_state", "exposure", ["tenant_id", "state"], unique=False)
    op.create_index(
        "uq_exposure_open",
        "exposure",
        ["tenant_id", "offer_id"],
        unique=True,
        postgresql_where=sa.text("state NOT IN ('withdrawn', 'decided_drop')"),
    )
    op.create_table(
        "exposure_publication",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("exposure_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(channel, rank) IN (('circular', 1), ('union_site', 2), ('media', 3))",
            name=op.f("ck_exposure_publication_rank_of_channel"),
        ),
        sa.CheckConstraint(
            "channel IN ('circular', 'union_site', 'media')",
            name=op.f("ck_exposure_publication_channel_known"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "exposure_id"],
            ["exposure.tenant_id", "exposure.id"],
            name=op.f("fk_exposure_publication_tenant_id_exposure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "published_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_exposure_publication_tenant_id_published_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_exposure_publication_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_exposure_publication")),
        sa.UniqueConstraint(
            "tenant_id",
            "exposure_id",
            "channel",
            name=op.f("uq_exposure_publication_tenant_id_exposure_id_channel"),
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "exposure_id",
            "rank",
            name=op.f("uq_exposure_publication_tenant_id_exposure_id_rank"),
        ),
    )
    op.create_table(
        "exposure_exclusion",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "length(btrim(note)) > 0", name=op.f("ck_exposure_exclusion_has_a_note")
        ),
        sa.CheckConstraint(
            "lifted_by_id <> recorded_by_id", name=op.f("ck_exposure_exclusion_lifted_by_another")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "lifted_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_exposure_exclusion_tenant_id_lifted_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "offer_id"],
            ["offer.tenant_id", "offer.id"],
            name=op.f("fk_exposure_exclusion_tenant_id_offer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_exposure_exclusion_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_exposure_exclusion_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_exposure_exclusion")),
    )
    op.create_index(
        "ix_exposure_exclusion_offer", "exposure_exclusion", ["tenant_id", "offer_id"], unique=False
    )
    for statement in (
        *secure("exposure_step", grants="SELECT, INSERT, UPDATE"),
        *secure("exposure", grants="SELECT, INSERT, UPDATE"),
        *secure("exposure_publication", grants="SELECT, INSERT, UPDATE"),
        *secure("exposure_exclusion", grants="SELECT, INSERT, UPDATE"),
        *LAW,
    ):
        op.execute(statement)
