"""Checks, findings, reports, assessments, the forecast, and contracts taken over from a sheet."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.performance_law import LAW
from migrations.rls import secure

revision = "0015_performance"
down_revision = "0014_contracts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bargaining_trigger",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("document_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind IN ('minimum_wage', 'guideline', 'price_position', 'layoffs', 'stoppage', 'other')",
            name=op.f("ck_bargaining_trigger_kind_known"),
        ),
        sa.CheckConstraint(
            "length(btrim(source)) > 0", name=op.f("ck_bargaining_trigger_names_its_source")
        ),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR length(btrim(withdrawn_reason)) > 0",
            name=op.f("ck_bargaining_trigger_withdrawn_says_why"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "document_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_bargaining_trigger_tenant_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_bargaining_trigger_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_bargaining_trigger_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_bargaining_trigger")),
    )
    op.create_index(
        "ix_bargaining_trigger_on", "bargaining_trigger", ["tenant_id", "happened_on"], unique=False
    )
    op.create_table(
        "contract_import",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("header", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(), server_default="checked", nullable=False),
        sa.Column("rows", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("new", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("known", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("rejected", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("bound", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "reasons",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("started_by_id", sa.BigInteger(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state IN ('checked', 'imported', 'dropped')",
            name=op.f("ck_contract_import_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "document_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_contract_import_tenant_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "started_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_contract_import_tenant_id_started_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_contract_import_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_contract_import")),
    )
    op.create_index(
        "ix_contract_import_state", "contract_import", ["tenant_id", "state"], unique=False
    )
    op.create_table(
        "assessment",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), server_default="draft", nullable=False),
        sa.Column("document_no", sa.String(), nullable=True),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_until", sa.Date(), nullable=False),
        sa.Column("lines", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "said", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("total", sa.Numeric(), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "demands",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("assessors", sa.String(), nullable=False),
        sa.Column("next_round", sa.String(), nullable=False),
        sa.Column("employer_comment", sa.String(), nullable=True),
        sa.Column("worker_comment", sa.String(), nullable=True),
        sa.Column("made_by_id", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "grade IN ('excellent', 'good', 'adequate', 'to_improve')",
            name=op.f("ck_assessment_grade_known"),
        ),
        sa.CheckConstraint(
            "state <> 'confirmed' OR (confirmed_by_id IS NOT NULL AND confirmed_at IS NOT NULL AND document_no IS NOT NULL AND total IS NOT NULL)",
            name=op.f("ck_assessment_confirmed_is_numbered"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'confirmed')", name=op.f("ck_assessment_state_known")
        ),
        sa.CheckConstraint(
            "(total IS NULL) = (grade IS NULL)", name=op.f("ck_assessment_graded_by_points")
        ),
        sa.CheckConstraint(
            "confirmed_by_id <> made_by_id", name=op.f("ck_assessment_confirmed_by_another")
        ),
        sa.CheckConstraint("total BETWEEN 0 AND 100", name=op.f("ck_assessment_of_a_hundred")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "confirmed_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_assessment_tenant_id_confirmed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.id"],
            name=op.f("fk_assessment_tenant_id_contract_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "made_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_assessment_tenant_id_made_by_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_assessment_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_assessment")),
        sa.UniqueConstraint(
            "tenant_id", "contract_id", name=op.f("uq_assessment_tenant_id_contract_id")
        ),
        sa.UniqueConstraint(
            "tenant_id", "document_no", name=op.f("uq_assessment_tenant_id_document_no")
        ),
    )
    op.create_index("ix_assessment_state", "assessment", ["tenant_id", "state"], unique=False)
    op.create_table(
        "contract_import_row",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "findings",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("cells", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "outcome IN ('new', 'known', 'rejected')",
            name=op.f("ck_contract_import_row_outcome_known"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.id"],
            name=op.f("fk_contract_import_row_tenant_id_contract_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "run_id"],
            ["contract_import.tenant_id", "contract_import.id"],
            name=op.f("fk_contract_import_row_tenant_id_run_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_contract_import_row_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_contract_import_row")),
        sa.UniqueConstraint(
            "tenant_id",
            "run_id",
            "number",
            name=op.f("uq_contract_import_row_tenant_id_run_id_number"),
        ),
    )
    op.create_table(
        "forecast_entry",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="open", nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=True),
        sa.Column("trigger_id", sa.BigInteger(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("enterprises", sa.BigInteger(), nullable=False),
        sa.Column("workers", sa.BigInteger(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column(
            "clock",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_no", sa.String(), nullable=True),
        sa.Column(
            "announced",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("campaign_id", sa.BigInteger(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("dropped_reason", sa.String(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(ground = 'trigger') = (trigger_id IS NOT NULL)",
            name=op.f("ck_forecast_entry_trigger_is_on_record"),
        ),
        sa.CheckConstraint(
            "(ground IN ('renewal', 'wage_round', 'expired')) = (contract_id IS NOT NULL)",
            name=op.f("ck_forecast_entry_renewal_is_of_a_contract"),
        ),
        sa.CheckConstraint(
            "ground IN ('renewal', 'wage_round', 'expired', 'never_bargained', 'new_enterprise', 'trigger')",
            name=op.f("ck_forecast_entry_ground_known"),
        ),
        sa.CheckConstraint(
            "state <> 'campaign' OR campaign_id IS NOT NULL",
            name=op.f("ck_forecast_entry_campaign_is_named"),
        ),
        sa.CheckConstraint(
            "state <> 'case' OR case_id IS NOT NULL", name=op.f("ck_forecast_entry_case_is_named")
        ),
        sa.CheckConstraint(
            "state <> 'dropped' OR length(btrim(dropped_reason)) > 0",
            name=op.f("ck_forecast_entry_dropped_says_why"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'campaign', 'case', 'dropped', 'over')",
            name=op.f("ck_forecast_entry_state_known"),
        ),
        sa.CheckConstraint(
            "closes_on >= opens_on", name=op.f("ck_forecast_entry_window_runs_forward")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["campaign.tenant_id", "campaign.id"],
            name=op.f("fk_forecast_entry_tenant_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.id"],
            name=op.f("fk_forecast_entry_tenant_id_contract_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "owner_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_forecast_entry_tenant_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "trigger_id"],
            ["bargaining_trigger.tenant_id", "bargaining_trigger.id"],
            name=op.f("fk_forecast_entry_tenant_id_trigger_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_forecast_entry_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_forecast_entry")),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_forecast_entry_tenant_id_key")),
    )
    op.create_index(
        "ix_forecast_entry_contract", "forecast_entry", ["tenant_id", "contract_id"], unique=False
    )
    op.create_index(
        "ix_forecast_entry_open",
        "forecast_entry",
        ["tenant_id", "state", "opens_on", "id"],
        unique=False,
    )
    op.create_index(
        "ix_forecast_entry_owner",
        "forecast_entry",
        ["tenant_id", "owner_id", "state"],
        unique=False,
    )
    op.create_index(
        "ix_forecast_entry_place", "forecast_entry", ["tenant_id", "area", "industry"], unique=False
    )
    op.create_index(
        "ix_forecast_entry_planned",
        "forecast_entry",
        ["tenant_id", "planned_on", "id"],
        unique=False,
    )
    op.create_table(
        "performance_check",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), server_default="planned", nullable=False),
        sa.Column("joint", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_until", sa.Date(), nullable=False),
        sa.Column("document_no", sa.String(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("worker_monitor", sa.String(), nullable=True),
        sa.Column("employer_monitor", sa.String(), nullable=True),
        sa.Column("worker_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("employer_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("interviewed", sa.BigInteger(), nullable=True),
        sa.Column("interviewed_aware", sa.BigInteger(), nullable=True),
        sa.Column("interview_text", sa.String(), nullable=True),
        sa.Column("posted", sa.Boolean(), nullable=True),
        sa.Column("posting_place", sa.String(), nullable=True),
        sa.Column("worker_comment", sa.String(), nullable=True),
        sa.Column("employer_comment", sa.String(), nullable=True),
        sa.Column("cancelled_reason", sa.String(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "NOT joint OR state <> 'held' OR employer_signed_at IS NOT NULL",
            name=op.f("ck_performance_check_joint_is_signed_by_both"),
        ),
        sa.CheckConstraint(
            "state <> 'cancelled' OR length(btrim(cancelled_reason)) > 0",
            name=op.f("ck_performance_check_cancelled_says_why"),
        ),
        sa.CheckConstraint(
            "state <> 'held' OR (held_on IS NOT NULL AND document_no IS NOT NULL AND worker_monitor IS NOT NULL AND worker_signed_at IS NOT NULL AND (employer_monitor IS NOT NULL) = (employer_signed_at IS NOT NULL))",
            name=op.f("ck_performance_check_held_is_numbered_and_signed"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'held', 'cancelled')",
            name=op.f("ck_performance_check_state_known"),
        ),
        sa.CheckConstraint(
            "held_on IS NULL OR held_on >= period_from",
            name=op.f("ck_performance_check_held_in_its_time"),
        ),
        sa.CheckConstraint(
            "interviewed_aware <= interviewed AND interviewed_aware >= 0",
            name=op.f("ck_performance_check_aware_are_asked"),
        ),
        sa.CheckConstraint(
            "period_until >= period_from", name=op.f("ck_performance_check_period_runs_forward")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.id"],
            name=op.f("fk_performance_check_tenant_id_contract_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_performance_check_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "owner_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_performance_check_tenant_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_performance_check_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_performance_check_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_performance_check")),
        sa.UniqueConstraint(
            "tenant_id", "document_no", name=op.f("uq_performance_check_tenant_id_document_no")
        ),
    )
    op.create_index(
        "ix_performance_check_contract",
        "performance_check",
        ["tenant_id", "contract_id", "planned_on"],
        unique=False,
    )
    op.create_index(
        "ix_performance_check_due",
        "performance_check",
        ["tenant_id", "state", "planned_on"],
        unique=False,
    )
    op.create_index(
        "ix_performance_check_owner",
        "performance_check",
        ["tenant_id", "owner_id", "state"],
        unique=False,
    )
    op.create_table(
        "performance_report",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), server_default="due", nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_until", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("clock", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "letter",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("problems", sa.String(), nullable=True),
        sa.Column("remarks", sa.BigInteger(), nullable=True),
        sa.Column("remarks_settled", sa.BigInteger(), nullable=True),
        sa.Column("remarks_text", sa.String(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_by_id", sa.BigInteger(), nullable=True),
        sa.Column("presented_on", sa.Date(), nullable=True),
        sa.Column("congress", sa.String(), nullable=True),
        sa.Column("evidence_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state <> 'presented' OR (presented_on IS NOT NULL AND length(btrim(congress)) > 0)",
            name=op.f("ck_performance_report_presented_to_a_congress"),
        ),
        sa.CheckConstraint(
            "state = 'due' OR (letter <> '{}' AND written_at IS NOT NULL)",
            name=op.f("ck_performance_report_written_says_what"),
        ),
        sa.CheckConstraint(
            "state IN ('due', 'written', 'presented')",
            name=op.f("ck_performance_report_state_known"),
        ),
        sa.CheckConstraint(
            "period_until >= period_from", name=op.f("ck_performance_report_period_runs_forward")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.id"],
            name=op.f("fk_performance_report_tenant_id_contract_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "evidence_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_performance_report_tenant_id_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "written_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_performance_report_tenant_id_written_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_performance_report_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_performance_report")),
        sa.UniqueConstraint(
            "tenant_id",
            "contract_id",
            "period_from",
            name=op.f("uq_performance_report_tenant_id_contract_id_period_from"),
        ),
    )
    op.create_index(
        "ix_performance_report_due",
        "performance_report",
        ["tenant_id", "state", "due_on"],
        unique=False,
    )
    op.create_table(
        "wage_fact",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("half_from", sa.Date(), nullable=False),
        sa.Column("half_until", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("clock", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("average_pay", sa.Numeric(), nullable=True),
        sa.Column("lowest_pay", sa.Numeric(), nullable=True),
        sa.Column("raise_percent", sa.Numeric(), nullable=True),
        sa.Column("paid_in_time", sa.Boolean(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("evidence_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "average_pay IS NULL OR recorded_by_id IS NOT NULL",
            name=op.f("ck_wage_fact_recorded_by_somebody"),
        ),
        sa.CheckConstraint(
            "half_until >= half_from", name=op.f("ck_wage_fact_period_runs_forward")
        ),
        sa.CheckConstraint(
            "lowest_pay <= average_pay", name=op.f("ck_wage_fact_lowest_within_average")
        ),
        sa.CheckConstraint("lowest_pay >= 0", name=op.f("ck_wage_fact_pay_not_negative")),
        sa.CheckConstraint(
            "published_on IS NULL OR average_pay IS NOT NULL",
            name=op.f("ck_wage_fact_published_what_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.id"],
            name=op.f("fk_wage_fact_tenant_id_contract_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "evidence_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_wage_fact_tenant_id_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_wage_fact_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_wage_fact_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_wage_fact")),
        sa.UniqueConstraint(
            "tenant_id",
            "contract_id",
            "half_from",
            name=op.f("uq_wage_fact_tenant_id_contract_id_half_from"),
        ),
    )
    op.create_index("ix_wage_fact_due", "wage_fact", ["tenant_id", "due_on"], unique=False)
    op.create_table(
        "clause_fact",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("check_id", sa.BigInteger(), nullable=False),
        sa.Column("clause_id", sa.BigInteger(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("due_quantity", sa.String(), nullable=True),
        sa.Column("done_quantity", sa.String(), nullable=True),
        sa.Column("in_time", sa.Boolean(), nullable=True),
        sa.Column("beneficiaries", sa.BigInteger(), nullable=True),
        sa.Column("gap_reason", sa.String(), nullable=True),
        sa.Column("fix_on", sa.Date(), nullable=True),
        sa.Column("worker_position", sa.String(), nullable=True),
        sa.Column("employer_position", sa.String(), nullable=True),
        sa.Column("evidence_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "result <> 'disputed' OR (length(btrim(worker_position)) > 0 AND length(btrim(employer_position)) > 0)",
            name=op.f("ck_clause_fact_dispute_has_two_positions"),
        ),
        sa.CheckConstraint(
            "result <> 'partly' OR length(btrim(done_quantity)) > 0",
            name=op.f("ck_clause_fact_partly_says_how_much"),
        ),
        sa.CheckConstraint(
            "result IN ('kept', 'partly', 'not_kept', 'not_due', 'disputed')",
            name=op.f("ck_clause_fact_result_known"),
        ),
        sa.CheckConstraint(
            "result NOT IN ('partly', 'not_kept') OR length(btrim(gap_reason)) > 0",
            name=op.f("ck_clause_fact_gap_has_a_reason"),
        ),
        sa.CheckConstraint(
            "beneficiaries >= 0", name=op.f("ck_clause_fact_beneficiaries_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "check_id"],
            ["performance_check.tenant_id", "performance_check.id"],
            name=op.f("fk_clause_fact_tenant_id_check_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "clause_id"],
            ["contract_clause.tenant_id", "contract_clause.id"],
            name=op.f("fk_clause_fact_tenant_id_clause_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "evidence_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_clause_fact_tenant_id_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_clause_fact_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_clause_fact")),
        sa.UniqueConstraint(
            "tenant_id",
            "check_id",
            "clause_id",
            name=op.f("uq_clause_fact_tenant_id_check_id_clause_id"),
        ),
    )
    op.create_index(
        "ix_clause_fact_clause", "clause_fact", ["tenant_id", "clause_id"], unique=False
    )
    op.create_table(
        "finding",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("check_id", sa.BigInteger(), nullable=False),
        sa.Column("clause_id", sa.BigInteger(), nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), server_default="noted", nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("remedy", sa.String(), nullable=False),
        sa.Column("evidence_id", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("document_no", sa.String(), nullable=True),
        sa.Column(
            "letter",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("put_on", sa.Date(), nullable=True),
        sa.Column("put_by_id", sa.BigInteger(), nullable=True),
        sa.Column("answer_due_on", sa.Date(), nullable=True),
        sa.Column("plan_on", sa.Date(), nullable=True),
        sa.Column("plan_text", sa.String(), nullable=True),
        sa.Column("worker_position", sa.String(), nullable=True),
        sa.Column("employer_position", sa.String(), nullable=True),
        sa.Column("disputed_on", sa.Date(), nullable=True),
        sa.Column("fixed_on", sa.Date(), nullable=True),
        sa.Column("fix_note", sa.String(), nullable=True),
        sa.Column("fix_evidence_id", sa.BigInteger(), nullable=True),
        sa.Column("fixed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state <> 'disputed' OR (length(btrim(worker_position)) > 0 AND length(btrim(employer_position)) > 0)",
            name=op.f("ck_finding_dispute_has_two_positions"),
        ),
        sa.CheckConstraint(
            "state <> 'fixed' OR (fixed_on IS NOT NULL AND length(btrim(fix_note)) > 0)",
            name=op.f("ck_finding_correction_is_checked"),
        ),
        sa.CheckConstraint(
            "state <> 'plan' OR plan_on IS NOT NULL", name=op.f("ck_finding_plan_has_a_date")
        ),
        sa.CheckConstraint(
            "state = 'noted' OR (put_on IS NOT NULL AND document_no IS NOT NULL AND evidence_id IS NOT NULL)",
            name=op.f("ck_finding_put_in_writing_with_evidence"),
        ),
        sa.CheckConstraint(
            "state IN ('noted', 'put_to_chiefs', 'plan', 'fixed', 'disputed')",
            name=op.f("ck_finding_state_known"),
        ),
        sa.CheckConstraint("length(btrim(fact)) > 0", name=op.f("ck_finding_says_what_was_found")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "check_id"],
            ["performance_check.tenant_id", "performance_check.id"],
            name=op.f("fk_finding_tenant_id_check_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "clause_id"],
            ["contract_clause.tenant_id", "contract_clause.id"],
            name=op.f("fk_finding_tenant_id_clause_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.id"],
            name=op.f("fk_finding_tenant_id_contract_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_finding_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "evidence_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_finding_tenant_id_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "fix_evidence_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_finding_tenant_id_fix_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "fixed_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_finding_tenant_id_fixed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "put_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_finding_tenant_id_put_by_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_finding_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_finding")),
        sa.UniqueConstraint(
            "tenant_id",
            "check_id",
            "clause_id",
            name=op.f("uq_finding_tenant_id_check_id_clause_id"),
        ),
    )
    op.create_index("ix_finding_check", "finding", ["tenant_id", "check_id"], unique=False)
    op.create_index("ix_finding_contract", "finding", ["tenant_id", "contract_id"], unique=False)
    op.create_index("ix_finding_state", "finding", ["tenant_id", "state", "due_on"], unique=False)
    op.create_table(
        "opinion_request",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("finding_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), server_default="asked", nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "said",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_reason", sa.String(), nullable=True),
        sa.Column("document_no", sa.String(), nullable=True),
        sa.Column(
            "letter",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("receiver_name", sa.String(), nullable=True),
        sa.Column("post_number", sa.String(), nullable=True),
        sa.Column("service_evidence_id", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "clock",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state <> 'answered' OR (answered_on IS NOT NULL AND length(btrim(answer)) > 0)",
            name=op.f("ck_opinion_request_answer_is_kept"),
        ),
        sa.CheckConstraint(
            "state <> 'declined' OR length(btrim(declined_reason)) > 0",
            name=op.f("ck_opinion_request_declined_says_why"),
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'declined') OR (document_no IS NOT NULL AND decided_by_id IS NOT NULL AND decided_at IS NOT NULL)",
            name=op.f("ck_opinion_request_issued_has_number_and_signer"),
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'issued', 'served', 'answered', 'declined')",
            name=op.f("ck_opinion_request_state_known"),
        ),
        sa.CheckConstraint(
            "decided_by_id <> asked_by_id", name=op.f("ck_opinion_request_decided_by_another")
        ),
        sa.CheckConstraint(
            "due_on IS NULL OR served_on IS NOT NULL",
            name=op.f("ck_opinion_request_no_service_no_clock"),
        ),
        sa.CheckConstraint("length(btrim(reason)) > 0", name=op.f("ck_opinion_request_says_why")),
        sa.CheckConstraint(
            "served_on IS NULL OR service_evidence_id IS NOT NULL OR post_number IS NOT NULL",
            name=op.f("ck_opinion_request_service_has_proof"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "asked_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_opinion_request_tenant_id_asked_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "decided_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_opinion_request_tenant_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "finding_id"],
            ["finding.tenant_id", "finding.id"],
            name=op.f("fk_opinion_request_tenant_id_finding_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "service_evidence_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_opinion_request_tenant_id_service_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_opinion_request_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_opinion_request")),
        sa.UniqueConstraint(
            "tenant_id", "document_no", name=op.f("uq_opinion_request_tenant_id_document_no")
        ),
    )
    op.create_index(
        "ix_opinion_request_state", "opinion_request", ["tenant_id", "state"], unique=False
    )
    op.create_index(
        "uq_opinion_request_open",
        "opinion_request",
        ["tenant_id", "finding_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'declined'"),
    )
    for statement in (
        *secure("performance_check", grants="SELECT, INSERT, UPDATE"),
        *secure("clause_fact"),
        *secure("finding", grants="SELECT, INSERT, UPDATE"),
        *secure("opinion_request", grants="SELECT, INSERT, UPDATE"),
        *secure("performance_report", grants="SELECT, INSERT, UPDATE"),
        *secure("wage_fact", grants="SELECT, INSERT, UPDATE"),
        *secure("assessment", grants="SELECT, INSERT, UPDATE"),
        *secure("bargaining_trigger", grants="SELECT, INSERT, UPDATE"),
        *secure("forecast_entry", grants="SELECT, INSERT, UPDATE"),
        *secure("contract_import", grants="SELECT, INSERT, UPDATE"),
        *secure("contract_import_row"),
        *LAW,
    ):
        op.execute(statement)
