"""Notices, their texts, every attempt to send one, and contacts to repair."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.rls import append_only, secure

revision = "0003_notices"
down_revision = "0002_registry"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text_id", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("locale IN ('zh_CN', 'en')", name=op.f("ck_message_locale_known")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_message_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_message")),
        sa.UniqueConstraint(
            "tenant_id",
            "kind",
            "text_id",
            "text_version",
            "locale",
            "digest",
            name=op.f("uq_message_tenant_id_kind_text_id_text_version_locale_digest"),
        ),
    )
    op.create_table(
        "contact_repair",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("recipient_name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("new_address", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_contact_repair_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_contact_repair")),
    )
    op.create_index(
        "uq_contact_repair_open",
        "contact_repair",
        ["tenant_id", "recipient"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "notice",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("recipient_name", sa.String(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("batch_kind", sa.String(), nullable=True),
        sa.Column("batch_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "fields",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("state", sa.String(), server_default="queued", nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("deferrals", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("round", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_answer", sa.String(), nullable=True),
        sa.Column("repair_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "address IS NOT NULL OR state IN ('paper', 'delivered', 'cancelled')",
            name=op.f("ck_notice_no_address_is_paper"),
        ),
        sa.CheckConstraint(
            "state <> 'paper' OR address IS NULL", name=op.f("ck_notice_paper_has_no_address")
        ),
        sa.CheckConstraint(
            "state IN ('queued', 'paper', 'sending', 'uncertain', 'failed', 'sent', 'bounced', 'delivered', 'cancelled')",
            name=op.f("ck_notice_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('sent', 'delivered') OR sent_at IS NOT NULL",
            name=op.f("ck_notice_sent_has_instant"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "message_id"],
            ["message.tenant_id", "message.id"],
            name=op.f("fk_notice_tenant_id_message_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "repair_id"],
            ["contact_repair.tenant_id", "contact_repair.id"],
            name=op.f("fk_notice_tenant_id_repair_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_notice_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "tenant_id",
            "subject_kind",
            "subject_id",
            "kind",
            "recipient",
            "sequence",
            name="uq_notice_once",
        ),
    )
    op.create_index(
        "ix_notice_batch", "notice", ["tenant_id", "batch_kind", "batch_id", "state"], unique=False
    )
    op.create_index(
        "ix_notice_due",
        "notice",
        ["tenant_id", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("state IN ('queued', 'sending', 'uncertain')"),
    )
    op.create_index(
        "ix_notice_open",
        "notice",
        ["tenant_id", "state", "id"],
        unique=False,
        postgresql_where=sa.text("state IN ('paper', 'uncertain', 'failed', 'bounced')"),
    )
    op.create_index("ix_notice_recipient", "notice", ["tenant_id", "recipient"], unique=False)
    op.create_index(
        "ix_notice_repair",
        "notice",
        ["tenant_id", "repair_id"],
        unique=False,
        postgresql_where=sa.text("repair_id IS NOT NULL"),
    )
    op.create_table(
        "delivery",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("notice_id", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'refused', 'deferred', 'unknown', 'bounced', 'faulty')",
            name=op.f("ck_delivery_outcome_known"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "notice_id"],
            ["notice.tenant_id", "notice.id"],
            name=op.f("fk_delivery_tenant_id_notice_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_delivery_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_delivery")),
    )
    op.create_index("ix_delivery_notice", "delivery", ["tenant_id", "notice_id"], unique=False)
    for statement in (
        *secure("message"),
        *secure("contact_repair"),
        *secure("notice"),
        *secure("delivery", grants="SELECT, INSERT"),
        *append_only("delivery"),
    ):
        op.execute(statement)
