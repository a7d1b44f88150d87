"""What delivery lacked: returned mail, suppressed addresses, signatures, and the way to paper."""

import sqlalchemy as sa
from alembic import op

from migrations.rls import append_only, secure

revision = "0010_complete_delivery"
down_revision = "0009_delivery"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail_returns",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("host", sa.String(), server_default="", nullable=False),
        sa.Column("port", sa.BigInteger(), server_default="993", nullable=False),
        sa.Column("tls", sa.String(), server_default="tls", nullable=False),
        sa.Column("account", sa.String(), server_default="", nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("folder", sa.String(), server_default="INBOX", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "position('@' in address) > 1 AND position('+' in address) = 0",
            name=op.f("ck_mail_returns_address_plain"),
        ),
        sa.CheckConstraint(
            "tls = 'tls' OR password IS NULL", name=op.f("ck_mail_returns_password_over_tls_only")
        ),
        sa.CheckConstraint("tls IN ('none', 'tls')", name=op.f("ck_mail_returns_tls_known")),
        sa.CheckConstraint("port BETWEEN 1 AND 65535", name=op.f("ck_mail_returns_port_of_tcp")),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_mail_returns_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_mail_returns")),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_mail_returns_tenant_id")),
    )
    op.create_table(
        "mail_signature",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("selector", sa.String(), nullable=False),
        sa.Column("private_key", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("domain ~ '^[a-z0-9.-]+$'", name=op.f("ck_mail_signature_domain_plain")),
        sa.CheckConstraint(
            "selector ~ '^[a-z0-9-]+$'", name=op.f("ck_mail_signature_selector_plain")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_mail_signature_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_mail_signature")),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_mail_signature_tenant_id")),
    )
    op.create_table(
        "bounce_report",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("notice_id", sa.BigInteger(), nullable=True),
        sa.Column("round", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name=op.f("ck_bounce_report_digest_hex")),
        sa.CheckConstraint(
            "source IN ('mailbox', 'file')", name=op.f("ck_bounce_report_source_known")
        ),
        sa.CheckConstraint(
            "verdict IN ('hard', 'soft', 'delayed', 'late', 'replayed', 'expired', 'forged', 'no_token', 'no_bounce')",
            name=op.f("ck_bounce_report_verdict_known"),
        ),
        sa.CheckConstraint(
            "verdict NOT IN ('hard', 'soft', 'late') OR notice_id IS NOT NULL AND round IS NOT NULL",
            name=op.f("ck_bounce_report_verdict_about_a_notice"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "notice_id"],
            ["notice.tenant_id", "notice.id"],
            name=op.f("fk_bounce_report_tenant_id_notice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_bounce_report_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_bounce_report")),
        sa.UniqueConstraint("tenant_id", "digest", name=op.f("uq_bounce_report_tenant_id_digest")),
    )
    op.create_index(
        "uq_bounce_report_once",
        "bounce_report",
        ["tenant_id", "notice_id", "round"],
        unique=True,
        postgresql_where=sa.text("verdict IN ('hard', 'soft', 'late')"),
    )
    op.create_table(
        "print_run",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("letters", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("letters > 0", name=op.f("ck_print_run_letters_in_it")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["campaign.tenant_id", "campaign.id"],
            name=op.f("fk_print_run_tenant_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "document_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_print_run_tenant_id_document_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_print_run_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_print_run")),
        sa.UniqueConstraint(
            "tenant_id",
            "campaign_id",
            "number",
            name=op.f("uq_print_run_tenant_id_campaign_id_number"),
        ),
    )
    op.create_table(
        "suppression",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("notice_id", sa.BigInteger(), nullable=True),
        sa.Column("added_by_id", sa.BigInteger(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("lifted_note", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "position('@' in address) > 1", name=op.f("ck_suppression_address_of_mail")
        ),
        sa.CheckConstraint(
            "reason IN ('contact.mailbox_unknown', 'contact.domain_unknown', 'contact.wrong_addressee', 'contact.unsubscribed')",
            name=op.f("ck_suppression_reason_known"),
        ),
        sa.CheckConstraint(
            "address = lower(address)", name=op.f("ck_suppression_address_in_small_letters")
        ),
        sa.CheckConstraint(
            "lifted_at IS NULL OR length(btrim(lifted_note)) > 0",
            name=op.f("ck_suppression_lifted_with_a_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "added_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_suppression_tenant_id_added_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "lifted_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_suppression_tenant_id_lifted_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "notice_id"],
            ["notice.tenant_id", "notice.id"],
            name=op.f("fk_suppression_tenant_id_notice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_suppression_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_suppression")),
    )
    op.create_index(
        "uq_suppression_standing",
        "suppression",
        ["tenant_id", "address"],
        unique=True,
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.create_table(
        "service_task",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("print_run_id", sa.BigInteger(), nullable=True),
        sa.Column("post_number", sa.String(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("posted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "cause IN ('no_address', 'undeliverable', 'unanswered', 'post_returned', 'post_silent', 'by_hand')",
            name=op.f("ck_service_task_cause_known"),
        ),
        sa.CheckConstraint(
            "outcome IN ('served', 'settled', 'passed_on')",
            name=op.f("ck_service_task_outcome_known"),
        ),
        sa.CheckConstraint(
            "step = 'paper' OR print_run_id IS NULL AND post_number IS NULL",
            name=op.f("ck_service_task_only_paper_is_posted"),
        ),
        sa.CheckConstraint("step IN ('paper', 'on_site')", name=op.f("ck_service_task_step_known")),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (outcome IS NULL)",
            name=op.f("ck_service_task_closed_with_an_outcome"),
        ),
        sa.CheckConstraint(
            "(post_number IS NULL) = (posted_on IS NULL)",
            name=op.f("ck_service_task_posted_with_a_number"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "offer_id"],
            ["offer.tenant_id", "offer.id"],
            name=op.f("fk_service_task_tenant_id_offer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "posted_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_service_task_tenant_id_posted_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "print_run_id"],
            ["print_run.tenant_id", "print_run.id"],
            name=op.f("fk_service_task_tenant_id_print_run_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_service_task_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_service_task")),
    )
    op.create_index(
        "ix_service_task_print_run", "service_task", ["tenant_id", "print_run_id"], unique=False
    )
    op.create_index(
        "uq_service_task_open",
        "service_task",
        ["tenant_id", "offer_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "uq_service_task_post_number",
        "service_task",
        ["tenant_id", "post_number"],
        unique=True,
        postgresql_where=sa.text("post_number IS NOT NULL"),
    )
    op.add_column("mail_choice", sa.Column("told_seq", sa.BigInteger(), nullable=True))
    op.add_column(
        "mail_setup", sa.Column("paper_after", sa.BigInteger(), server_default="5", nullable=True)
    )
    op.add_column(
        "mail_setup", sa.Column("visit_after", sa.BigInteger(), server_default="10", nullable=True)
    )
    op.add_column("notice", sa.Column("bounce", sa.String(), nullable=True))
    op.add_column(
        "notice", sa.Column("soft_bounces", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.create_check_constraint(
        op.f("ck_mail_setup_ladder_leaves_time"),
        "mail_setup",
        "paper_after > 0 AND visit_after > 0",
    )
    op.drop_constraint(op.f("ck_mail_choice_digest_known"), "mail_choice")
    op.create_check_constraint(
        op.f("ck_mail_choice_digest_known"),
        "mail_choice",
        "digest IN ('immediate', 'daily', 'weekly', 'never')",
    )
    op.drop_constraint(op.f("ck_delivery_outcome_known"), "delivery")
    op.create_check_constraint(
        op.f("ck_delivery_outcome_known"),
        "delivery",
        "outcome IN ('accepted', 'refused', 'deferred', 'unknown', 'bounced', 'soft_bounced', 'faulty')",
    )
    op.drop_constraint(op.f("ck_notice_state_known"), "notice")
    op.create_check_constraint(
        op.f("ck_notice_state_known"),
        "notice",
        "state IN ('queued', 'paper', 'sending', 'uncertain', 'suppressed', 'failed', 'sent', 'bounced', 'delivered', 'cancelled')",
    )
    op.create_check_constraint(
        op.f("ck_notice_bounce_known"), "notice", "bounce IN ('hard', 'soft')"
    )
    op.execute("ALTER TABLE notice NO FORCE ROW LEVEL SECURITY")
    op.execute("UPDATE notice SET bounce = 'hard' WHERE state = 'bounced'")
    op.execute("ALTER TABLE notice FORCE ROW LEVEL SECURITY")
    op.create_check_constraint(
        op.f("ck_notice_bounced_hard_or_soft"), "notice", "state <> 'bounced' OR bounce IS NOT NULL"
    )
    op.drop_index("ix_notice_open", "notice")
    op.create_index(
        "ix_notice_open",
        "notice",
        ["tenant_id", "state", "id"],
        unique=False,
        postgresql_where=sa.text(
            "state IN ('paper', 'uncertain', 'suppressed', 'failed', 'bounced')"
        ),
    )
    for statement in (
        *secure("mail_returns"),
        *secure("mail_signature"),
        *secure("bounce_report", grants="SELECT, INSERT"),
        *append_only("bounce_report"),
        *secure(
            "suppression", grants="SELECT, INSERT, UPDATE (lifted_at, lifted_by_id, lifted_note)"
        ),
        *secure("print_run", grants="SELECT, INSERT"),
        *append_only("print_run"),
        *secure("service_task", grants="SELECT, INSERT, UPDATE"),
    ):
        op.execute(statement)
