"""Campaigns, offers, service, replies, feedback, and the clocks between them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.rls import secure

revision = "0005_offers"
down_revision = "0004_supervisors"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="drafted", nullable=False),
        sa.Column("contract_kind", sa.String(), server_default="wage", nullable=False),
        sa.Column("subject", sa.String(), server_default="", nullable=False),
        sa.Column("issuer_mode", sa.String(), server_default="double", nullable=False),
        sa.Column("union_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "scope",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column(
            "letter",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("text_id", sa.String(), server_default="01b-offer-double", nullable=False),
        sa.Column("text_source", sa.String(), nullable=True),
        sa.Column("acting_source", sa.String(), nullable=True),
        sa.Column(
            "fixed", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("proposed_place", sa.String(), nullable=True),
        sa.Column("proposed_by_id", sa.BigInteger(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.BigInteger(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approval_note", sa.String(), nullable=True),
        sa.Column("returned_note", sa.String(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("addressed", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "contract_kind IN ('wage', 'general')", name=op.f("ck_campaign_contract_kind_known")
        ),
        sa.CheckConstraint(
            "issuer_mode IN ('single', 'double')", name=op.f("ck_campaign_issuer_mode_known")
        ),
        sa.CheckConstraint(
            "state IN ('drafted', 'submitted', 'returned', 'approved', 'issuing', 'running', 'paused', 'completed', 'cancelled')",
            name=op.f("ck_campaign_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'issuing', 'running', 'paused', 'completed') OR approved_at IS NOT NULL",
            name=op.f("ck_campaign_nothing_goes_out_unapproved"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('submitted', 'approved', 'issuing', 'running', 'paused', 'completed') OR fixed IS NOT NULL",
            name=op.f("ck_campaign_wording_is_fixed_before_approval"),
        ),
        sa.CheckConstraint("approved_by_id <> proposed_by_id", name=op.f("ck_campaign_four_eyes")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "approved_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_campaign_tenant_id_approved_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proposed_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_campaign_tenant_id_proposed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "union_id"],
            ["trade_union.tenant_id", "trade_union.id"],
            name=op.f("fk_campaign_tenant_id_union_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_campaign_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("tenant_id", "name", name=op.f("uq_campaign_tenant_id_name")),
    )
    op.create_index("ix_campaign_state", "campaign", ["tenant_id", "state"], unique=False)
    op.create_table(
        "campaign_topic",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("position_no", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["campaign.tenant_id", "campaign.id"],
            name=op.f("fk_campaign_topic_tenant_id_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_campaign_topic_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_campaign_topic")),
        sa.UniqueConstraint(
            "tenant_id",
            "campaign_id",
            "position_no",
            name=op.f("uq_campaign_topic_tenant_id_campaign_id_position_no"),
        ),
    )
    op.create_table(
        "campaign_pick",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=False),
        sa.Column("pick", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "pick IN ('added', 'removed')", name=op.f("ck_campaign_pick_pick_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["campaign.tenant_id", "campaign.id"],
            name=op.f("fk_campaign_pick_tenant_id_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_campaign_pick_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_campaign_pick_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_campaign_pick")),
        sa.UniqueConstraint(
            "tenant_id",
            "campaign_id",
            "enterprise_id",
            name=op.f("uq_campaign_pick_tenant_id_campaign_id_enterprise_id"),
        ),
    )
    op.create_index(
        "ix_campaign_pick_enterprise", "campaign_pick", ["tenant_id", "enterprise_id"], unique=False
    )
    op.create_table(
        "campaign_addressee",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=False),
        sa.Column("acting_mode", sa.String(), nullable=False),
        sa.Column("union_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "fields",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("place", sa.BigInteger(), nullable=True),
        sa.Column("left_out", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "acting_mode IN ('own', 'joint_double_offer', 'upper_acts')",
            name=op.f("ck_campaign_addressee_acting_mode_known"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["campaign.tenant_id", "campaign.id"],
            name=op.f("fk_campaign_addressee_tenant_id_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_campaign_addressee_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "union_id"],
            ["trade_union.tenant_id", "trade_union.id"],
            name=op.f("fk_campaign_addressee_tenant_id_union_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_campaign_addressee_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_campaign_addressee")),
        sa.UniqueConstraint(
            "tenant_id",
            "campaign_id",
            "enterprise_id",
            name=op.f("uq_campaign_addressee_tenant_id_campaign_id_enterprise_id"),
        ),
    )
    op.create_index(
        "ix_campaign_addressee_enterprise",
        "campaign_addressee",
        ["tenant_id", "enterprise_id"],
        unique=False,
    )
    op.create_table(
        "offer",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("document_no", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="sealed", nullable=False),
        sa.Column("acting_mode", sa.String(), nullable=False),
        sa.Column("contract_kind", sa.String(), nullable=False),
        sa.Column("addressee_name", sa.String(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dispatched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("reply_due_on", sa.Date(), nullable=True),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "acting_mode IN ('own', 'joint_double_offer', 'upper_acts', 'upper_joins')",
            name=op.f("ck_offer_acting_mode_known"),
        ),
        sa.CheckConstraint(
            "contract_kind IN ('wage', 'general')", name=op.f("ck_offer_contract_kind_known")
        ),
        sa.CheckConstraint(
            "state <> 'overdue' OR reply_due_on IS NOT NULL",
            name=op.f("ck_offer_overdue_needs_a_clock"),
        ),
        sa.CheckConstraint(
            "state IN ('drafted', 'approved', 'sealed', 'dispatched', 'served', 'undeliverable', 'answered_yes', 'answered_conditional', 'answered_no', 'overdue', 'reminded', 'escalated', 'closed')",
            name=op.f("ck_offer_state_known"),
        ),
        sa.CheckConstraint(
            "reply_due_on IS NULL OR served_on IS NOT NULL",
            name=op.f("ck_offer_no_service_no_clock"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["campaign.tenant_id", "campaign.id"],
            name=op.f("fk_offer_tenant_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_offer_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_offer_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_offer")),
        sa.UniqueConstraint(
            "tenant_id",
            "campaign_id",
            "enterprise_id",
            name=op.f("uq_offer_tenant_id_campaign_id_enterprise_id"),
        ),
        sa.UniqueConstraint(
            "tenant_id", "document_no", name=op.f("uq_offer_tenant_id_document_no")
        ),
    )
    op.create_index("ix_offer_enterprise", "offer", ["tenant_id", "enterprise_id"], unique=False)
    op.create_index("ix_offer_state", "offer", ["tenant_id", "campaign_id", "state"], unique=False)
    op.create_index(
        "ix_offer_waiting",
        "offer",
        ["tenant_id", "reply_due_on"],
        unique=False,
        postgresql_where=sa.text("state IN ('served', 'reminded')"),
    )
    op.create_table(
        "offer_issuer",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("union_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "role IN ('only', 'upper', 'grassroots', 'in_place')",
            name=op.f("ck_offer_issuer_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "offer_id"],
            ["offer.tenant_id", "offer.id"],
            name=op.f("fk_offer_issuer_tenant_id_offer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "union_id"],
            ["trade_union.tenant_id", "trade_union.id"],
            name=op.f("fk_offer_issuer_tenant_id_union_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_offer_issuer_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_offer_issuer")),
        sa.UniqueConstraint(
            "tenant_id",
            "offer_id",
            "union_id",
            name=op.f("uq_offer_issuer_tenant_id_offer_id_union_id"),
        ),
    )
    op.create_index(
        "ix_offer_issuer_union", "offer_issuer", ["tenant_id", "union_id"], unique=False
    )
    op.create_table(
        "reply_link",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("length(token) >= 32", name=op.f("ck_reply_link_token_long")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "offer_id"],
            ["offer.tenant_id", "offer.id"],
            name=op.f("fk_reply_link_tenant_id_offer_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_reply_link_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_reply_link")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_reply_link_tenant_id_code")),
        sa.UniqueConstraint("tenant_id", "token", name=op.f("uq_reply_link_tenant_id_token")),
    )
    op.create_index("ix_reply_link_offer", "reply_link", ["tenant_id", "offer_id"], unique=False)
    op.create_table(
        "service",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("receiver_name", sa.String(), nullable=True),
        sa.Column("receiver_title", sa.String(), nullable=True),
        sa.Column("witness", sa.String(), nullable=True),
        sa.Column("post_number", sa.String(), nullable=True),
        sa.Column("evidence_id", sa.BigInteger(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "method IN ('in_person', 'registered_post', 'reply_desk', 'email_acknowledged', 'by_reply')",
            name=op.f("ck_service_method_known"),
        ),
        sa.CheckConstraint(
            "state <> 'acknowledged' OR method IN ('reply_desk', 'by_reply') OR evidence_id IS NOT NULL OR post_number IS NOT NULL",
            name=op.f("ck_service_proof_or_no_service"),
        ),
        sa.CheckConstraint(
            "state <> 'attempted' OR failure IS NOT NULL",
            name=op.f("ck_service_failure_has_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('prepared', 'attempted', 'acknowledged', 'disputed')",
            name=op.f("ck_service_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "evidence_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_service_tenant_id_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "offer_id"],
            ["offer.tenant_id", "offer.id"],
            name=op.f("fk_service_tenant_id_offer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_service_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_service_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_service")),
    )
    op.create_index("ix_service_offer", "service", ["tenant_id", "offer_id"], unique=False)
    op.create_index(
        "uq_service_proven",
        "service",
        ["tenant_id", "offer_id"],
        unique=True,
        postgresql_where=sa.text("state = 'acknowledged'"),
    )
    op.create_table(
        "reply",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("meeting_on", sa.Date(), nullable=True),
        sa.Column("meeting_time", sa.String(), nullable=True),
        sa.Column("meeting_place", sa.String(), nullable=True),
        sa.Column(
            "representatives",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("reason_code", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("person_title", sa.String(), nullable=True),
        sa.Column("person_phone", sa.String(), nullable=True),
        sa.Column("person_email", sa.String(), nullable=True),
        sa.Column("scan_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finding", sa.String(), nullable=True),
        sa.Column("finding_note", sa.String(), nullable=True),
        sa.Column("reviewed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "channel IN ('reply_desk', 'paper')", name=op.f("ck_reply_channel_known")
        ),
        sa.CheckConstraint(
            "finding IN ('proper', 'improper')", name=op.f("ck_reply_finding_known")
        ),
        sa.CheckConstraint(
            "kind IN ('accept', 'accept_other_date', 'refuse', 'not_us')",
            name=op.f("ck_reply_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "offer_id"],
            ["offer.tenant_id", "offer.id"],
            name=op.f("fk_reply_tenant_id_offer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_reply_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reviewed_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_reply_tenant_id_reviewed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "scan_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_reply_tenant_id_scan_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_reply_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_reply")),
    )
    op.create_index("ix_reply_offer", "reply", ["tenant_id", "offer_id"], unique=False)
    op.create_index(
        "uq_reply_standing",
        "reply",
        ["tenant_id", "offer_id"],
        unique=True,
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_table(
        "deadline",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("rule_key", sa.String(), nullable=False),
        sa.Column("rule_version", sa.String(), nullable=False),
        sa.Column("rule_status", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("anchor_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("longest_on", sa.Date(), nullable=True),
        sa.Column("warn_on", sa.Date(), nullable=True),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("calendar_version", sa.String(), nullable=False),
        sa.Column("provisional", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "derivation",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("status", sa.String(), server_default="running", nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "status IN ('running', 'met', 'lapsed', 'dropped')",
            name=op.f("ck_deadline_status_known"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_deadline_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_deadline")),
    )
    op.create_index(
        "ix_deadline_due",
        "deadline",
        ["due_on"],
        unique=False,
        postgresql_include=("tenant_id",),
        postgresql_where=sa.text("status = 'running'"),
    )
    op.create_index(
        "ix_deadline_subject", "deadline", ["tenant_id", "subject_kind", "subject_id"], unique=False
    )
    op.create_index(
        "uq_deadline_running",
        "deadline",
        ["tenant_id", "subject_kind", "subject_id", "rule_key"],
        unique=True,
        postgresql_where=sa.text("status = 'running'"),
    )
    op.create_table(
        "feedback",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("reply_id", sa.BigInteger(), nullable=True),
        sa.Column("deadline_id", sa.BigInteger(), nullable=True),
        sa.Column("document_no", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(cause = 'lapse') = (deadline_id IS NOT NULL)",
            name=op.f("ck_feedback_lapse_of_a_clock"),
        ),
        sa.CheckConstraint(
            "cause IN ('reply', 'lapse', 'finding')", name=op.f("ck_feedback_cause_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "deadline_id"],
            ["deadline.tenant_id", "deadline.id"],
            name=op.f("fk_feedback_tenant_id_deadline_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "offer_id"],
            ["offer.tenant_id", "offer.id"],
            name=op.f("fk_feedback_tenant_id_offer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reply_id"],
            ["reply.tenant_id", "reply.id"],
            name=op.f("fk_feedback_tenant_id_reply_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_feedback_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_feedback")),
        sa.UniqueConstraint(
            "tenant_id", "document_no", name=op.f("uq_feedback_tenant_id_document_no")
        ),
    )
    op.create_index("ix_feedback_offer", "feedback", ["tenant_id", "offer_id"], unique=False)
    op.create_index(
        "uq_feedback_lapse",
        "feedback",
        ["tenant_id", "deadline_id"],
        unique=True,
        postgresql_where=sa.text("deadline_id IS NOT NULL"),
    )
    op.create_index(
        "uq_feedback_reply",
        "feedback",
        ["tenant_id", "reply_id", "cause"],
        unique=True,
        postgresql_where=sa.text("reply_id IS NOT NULL"),
    )
    for statement in (
        *secure("campaign"),
        *secure("campaign_topic"),
        *secure("campaign_pick"),
        *secure("campaign_addressee"),
        *secure("offer"),
        *secure("offer_issuer"),
        *secure("reply_link"),
        *secure("service"),
        *secure("reply"),
        *secure("deadline"),
        *secure("feedback"),
    ):
        op.execute(statement)
