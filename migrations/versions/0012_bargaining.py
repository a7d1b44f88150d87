"""Cases, and all that belongs to one before the parties sit down at the table."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.rls import secure

revision = "0012_bargaining"
down_revision = "0011_hear_enterprises"
branch_labels = None
depends_on = None

KEPT = "SELECT, INSERT, UPDATE"  # what has happened stays
GRANTS = {
    "demand": "SELECT, INSERT",  # what somebody has said nobody changes
    "trade_price": "SELECT, INSERT, UPDATE, DELETE",
    "case_figure": "SELECT, INSERT, UPDATE, DELETE",
    "case_enterprise": "SELECT, INSERT, UPDATE, DELETE",  # two records of one enterprise merge
}
TABLES = (
    "activity_kind",
    "bargaining_case",
    "case_activity",
    "case_enterprise",
    "case_figure",
    "commitment",
    "demand_call",
    "info_request",
    "mandate",
    "team",
    "trade_price",
    "activity_follow_up",
    "demand",
    "info_item",
    "representative",
    "undertaking",
)


def upgrade() -> None:
    op.create_table(
        "activity_kind",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("about_zh", sa.String(), server_default="", nullable=False),
        sa.Column("about_en", sa.String(), server_default="", nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("length(btrim(name_zh)) > 0", name=op.f("ck_activity_kind_has_a_name")),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_activity_kind_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_activity_kind")),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_activity_kind_tenant_id_key")),
    )
    op.create_table(
        "bargaining_case",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("document_no", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="forecast", nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("acting_mode", sa.String(), server_default="own", nullable=False),
        sa.Column("contract_kind", sa.String(), server_default="wage", nullable=False),
        sa.Column("subject", sa.String(), server_default="", nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("rulebook_version", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("territory", sa.String(), nullable=True),
        sa.Column("scope_basis", sa.String(), nullable=True),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("campaign_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("ground_note", sa.String(), server_default="", nullable=False),
        sa.Column("union_id", sa.BigInteger(), nullable=True),
        sa.Column("upper_union_id", sa.BigInteger(), nullable=True),
        sa.Column("employer_association_id", sa.BigInteger(), nullable=True),
        sa.Column("supersedes_contract_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("agreed_document_id", sa.BigInteger(), nullable=True),
        sa.Column("surveyed_on", sa.Date(), nullable=True),
        sa.Column("survey_note", sa.String(), nullable=True),
        sa.Column("survey_document_id", sa.BigInteger(), nullable=True),
        sa.Column("above_size", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.String(), nullable=True),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "acting_mode IN ('own', 'joint_double_offer', 'upper_acts', 'upper_joins')",
            name=op.f("ck_bargaining_case_acting_mode_known"),
        ),
        sa.CheckConstraint(
            "acting_mode NOT IN ('upper_acts', 'upper_joins') OR upper_union_id IS NOT NULL",
            name=op.f("ck_bargaining_case_upper_union_is_named"),
        ),
        sa.CheckConstraint(
            "contract_kind IN ('wage', 'general')",
            name=op.f("ck_bargaining_case_contract_kind_known"),
        ),
        sa.CheckConstraint(
            "ground IN ('offer', 'joined', 'forecast', 'renewal', 'by_hand')",
            name=op.f("ck_bargaining_case_ground_known"),
        ),
        sa.CheckConstraint(
            "level <> 'industry' OR industry IS NOT NULL",
            name=op.f("ck_bargaining_case_industry_is_named"),
        ),
        sa.CheckConstraint(
            "level <> 'regional' OR area IS NOT NULL OR territory IS NOT NULL",
            name=op.f("ck_bargaining_case_territory_is_named"),
        ),
        sa.CheckConstraint(
            "level IN ('enterprise', 'industry', 'regional')",
            name=op.f("ck_bargaining_case_level_known"),
        ),
        sa.CheckConstraint(
            "state IN ('forecast', 'preparing', 'team_forming', 'offered', 'replied_yes', 'replied_no', 'no_reply', 'info_exchange', 'negotiating', 'suspended', 'draft_agreed', 'voting', 'vote_lost', 'signed', 'filed', 'objected', 'effective', 'published', 'performing', 'amending', 'terminating', 'expired', 'renewed', 'dispute_making', 'lapsed')",
            name=op.f("ck_bargaining_case_state_known"),
        ),
        sa.CheckConstraint(
            "(surveyed_on IS NULL) = (survey_note IS NULL)",
            name=op.f("ck_bargaining_case_survey_says_what_it_found"),
        ),
        sa.CheckConstraint(
            "closed_on IS NULL OR closed_reason IS NOT NULL",
            name=op.f("ck_bargaining_case_closed_says_why"),
        ),
        sa.CheckConstraint("length(btrim(name)) > 0", name=op.f("ck_bargaining_case_has_a_name")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreed_document_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_bargaining_case_tenant_id_agreed_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["campaign.tenant_id", "campaign.id"],
            name=op.f("fk_bargaining_case_tenant_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "employer_association_id"],
            ["employer_association.tenant_id", "employer_association.id"],
            name=op.f("fk_bargaining_case_tenant_id_employer_association_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "owner_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_bargaining_case_tenant_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_bargaining_case_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "survey_document_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_bargaining_case_tenant_id_survey_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "union_id"],
            ["trade_union.tenant_id", "trade_union.id"],
            name=op.f("fk_bargaining_case_tenant_id_union_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "upper_union_id"],
            ["trade_union.tenant_id", "trade_union.id"],
            name=op.f("fk_bargaining_case_tenant_id_upper_union_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_bargaining_case_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_bargaining_case")),
        sa.UniqueConstraint(
            "tenant_id", "document_no", name=op.f("uq_bargaining_case_tenant_id_document_no")
        ),
        sa.UniqueConstraint(
            "tenant_id", "year", "number", name=op.f("uq_bargaining_case_tenant_id_year_number")
        ),
    )
    op.create_index(
        "ix_bargaining_case_opened",
        "bargaining_case",
        ["tenant_id", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "ix_bargaining_case_state", "bargaining_case", ["tenant_id", "state", "id"], unique=False
    )
    op.create_index(
        "ix_bargaining_case_supervisor",
        "bargaining_case",
        ["tenant_id", "supervisor_id"],
        unique=False,
    )
    op.create_index(
        "ix_bargaining_case_union", "bargaining_case", ["tenant_id", "union_id"], unique=False
    )
    op.create_table(
        "case_activity",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="planned", nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.String(), server_default="", nullable=False),
        sa.Column("place", sa.String(), server_default="", nullable=False),
        sa.Column("convenor", sa.String(), server_default="", nullable=False),
        sa.Column("taking_part", sa.String(), server_default="", nullable=False),
        sa.Column("purpose", sa.String(), server_default="", nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("present", sa.BigInteger(), nullable=True),
        sa.Column(
            "questions",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("minutes", sa.String(), server_default="", nullable=False),
        sa.Column("minutes_id", sa.BigInteger(), nullable=True),
        sa.Column("cancelled_reason", sa.String(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state <> 'cancelled' OR cancelled_reason IS NOT NULL",
            name=op.f("ck_case_activity_cancelled_says_why"),
        ),
        sa.CheckConstraint(
            "state <> 'held' OR held_on IS NOT NULL", name=op.f("ck_case_activity_held_on_a_day")
        ),
        sa.CheckConstraint(
            "state <> 'held' OR length(btrim(minutes)) > 0",
            name=op.f("ck_case_activity_held_has_minutes"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'held', 'cancelled')", name=op.f("ck_case_activity_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["bargaining_case.tenant_id", "bargaining_case.id"],
            name=op.f("fk_case_activity_tenant_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "minutes_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_case_activity_tenant_id_minutes_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_case_activity_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_case_activity_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_case_activity")),
    )
    op.create_index(
        "ix_case_activity_case", "case_activity", ["tenant_id", "case_id"], unique=False
    )
    op.create_table(
        "case_enterprise",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("part", sa.String(), server_default="candidate", nullable=False),
        sa.Column("part_on", sa.Date(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_reason", sa.String(), nullable=True),
        sa.Column("headcount", sa.BigInteger(), nullable=True),
        sa.Column("women", sa.BigInteger(), nullable=True),
        sa.Column("frontline", sa.BigInteger(), nullable=True),
        sa.Column("dispatched", sa.BigInteger(), nullable=True),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("count_source", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(part = 'left') = (left_on IS NOT NULL AND left_reason IS NOT NULL)",
            name=op.f("ck_case_enterprise_left_says_when_and_why"),
        ),
        sa.CheckConstraint(
            "part IN ('candidate', 'recognising', 'mandated', 'left')",
            name=op.f("ck_case_enterprise_part_known"),
        ),
        sa.CheckConstraint(
            "(headcount IS NULL) = (counted_on IS NULL)",
            name=op.f("ck_case_enterprise_count_has_a_day"),
        ),
        sa.CheckConstraint(
            "dispatched <= headcount", name=op.f("ck_case_enterprise_dispatched_within_headcount")
        ),
        sa.CheckConstraint(
            "frontline <= headcount", name=op.f("ck_case_enterprise_frontline_within_headcount")
        ),
        sa.CheckConstraint(
            "headcount >= 0", name=op.f("ck_case_enterprise_headcount_not_negative")
        ),
        sa.CheckConstraint(
            "left_on IS NULL OR left_on >= joined_on",
            name=op.f("ck_case_enterprise_left_after_joining"),
        ),
        sa.CheckConstraint(
            "women <= headcount", name=op.f("ck_case_enterprise_women_within_headcount")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["bargaining_case.tenant_id", "bargaining_case.id"],
            name=op.f("fk_case_enterprise_tenant_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_case_enterprise_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "offer_id"],
            ["offer.tenant_id", "offer.id"],
            name=op.f("fk_case_enterprise_tenant_id_offer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_case_enterprise_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_case_enterprise")),
        sa.UniqueConstraint(
            "tenant_id",
            "case_id",
            "enterprise_id",
            name=op.f("uq_case_enterprise_tenant_id_case_id_enterprise_id"),
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "case_id",
            "offer_id",
            name=op.f("uq_case_enterprise_tenant_id_case_id_offer_id"),
        ),
    )
    op.create_index(
        "ix_case_enterprise_enterprise",
        "case_enterprise",
        ["tenant_id", "enterprise_id"],
        unique=False,
    )
    op.create_index(
        "ix_case_enterprise_offer", "case_enterprise", ["tenant_id", "offer_id"], unique=False
    )
    op.create_table(
        "case_figure",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("trade", sa.String(), nullable=True),
        sa.Column("value", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("length(btrim(source)) > 0", name=op.f("ck_case_figure_has_a_source")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["bargaining_case.tenant_id", "bargaining_case.id"],
            name=op.f("fk_case_figure_tenant_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "entered_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_case_figure_tenant_id_entered_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_case_figure_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_case_figure")),
    )
    op.create_index(
        "ix_case_figure_case", "case_figure", ["tenant_id", "case_id", "kind"], unique=False
    )
    op.create_table(
        "commitment",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("document_no", sa.String(), nullable=False),
        sa.Column("workers_name", sa.String(), nullable=False),
        sa.Column("employer_name", sa.String(), nullable=False),
        sa.Column("matters", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("bargain_by", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("scan_id", sa.BigInteger(), nullable=True),
        sa.Column("ended", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_note", sa.String(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "ended IN ('kept', 'lapsed', 'replaced')", name=op.f("ck_commitment_ended_known")
        ),
        sa.CheckConstraint(
            "(ended IS NULL) = (ended_on IS NULL)", name=op.f("ck_commitment_ended_on_a_day")
        ),
        sa.CheckConstraint(
            "bargain_by IS NULL OR (bargain_by >= signed_on AND bargain_by <= ends_on)",
            name=op.f("ck_commitment_bargains_within_its_term"),
        ),
        sa.CheckConstraint("ends_on > signed_on", name=op.f("ck_commitment_ends_after_signature")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["bargaining_case.tenant_id", "bargaining_case.id"],
            name=op.f("fk_commitment_tenant_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_commitment_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "scan_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_commitment_tenant_id_scan_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_commitment_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_commitment")),
        sa.UniqueConstraint(
            "tenant_id", "document_no", name=op.f("uq_commitment_tenant_id_document_no")
        ),
    )
    op.create_index("ix_commitment_case", "commitment", ["tenant_id", "case_id"], unique=False)
    op.create_index(
        "ix_commitment_open",
        "commitment",
        ["tenant_id", "ends_on"],
        unique=False,
        postgresql_where=sa.text("ended IS NULL"),
    )
    op.create_table(
        "demand_call",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("worker_token", sa.String(), nullable=False),
        sa.Column("enterprise_token", sa.String(), nullable=False),
        sa.Column("topics", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "trades",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("smallest_cell", sa.BigInteger(), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "closes_on >= opened_on", name=op.f("ck_demand_call_closes_after_it_opened")
        ),
        sa.CheckConstraint(
            "length(enterprise_token) >= 22", name=op.f("ck_demand_call_enterprise_token_long")
        ),
        sa.CheckConstraint(
            "length(worker_token) >= 22", name=op.f("ck_demand_call_worker_token_long")
        ),
        sa.CheckConstraint("smallest_cell >= 3", name=op.f("ck_demand_call_cells_are_not_persons")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["bargaining_case.tenant_id", "bargaining_case.id"],
            name=op.f("fk_demand_call_tenant_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "opened_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_demand_call_tenant_id_opened_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_demand_call_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_demand_call")),
        sa.UniqueConstraint(
            "tenant_id", "enterprise_token", name=op.f("uq_demand_call_tenant_id_enterprise_token")
        ),
        sa.UniqueConstraint(
            "tenant_id", "worker_token", name=op.f("uq_demand_call_tenant_id_worker_token")
        ),
    )
    op.create_index("ix_demand_call_case", "demand_call", ["tenant_id", "case_id"], unique=False)
    op.create_table(
        "info_request",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("document_no", sa.String(), nullable=False),
        sa.Column("by_side", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("meeting_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "clock",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "by_side IN ('workers', 'employer')", name=op.f("ck_info_request_by_side_known")
        ),
        sa.CheckConstraint("length(btrim(asked)) > 0", name=op.f("ck_info_request_says_what")),
        sa.CheckConstraint(
            "withdrawn_on IS NULL OR withdrawn_on >= asked_on",
            name=op.f("ck_info_request_withdrawn_after"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["bargaining_case.tenant_id", "bargaining_case.id"],
            name=op.f("fk_info_request_tenant_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_info_request_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_info_request_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_info_request")),
        sa.UniqueConstraint(
            "tenant_id", "document_no", name=op.f("uq_info_request_tenant_id_document_no")
        ),
    )
    op.create_index("ix_info_request_case", "info_request", ["tenant_id", "case_id"], unique=False)
    op.create_table(
        "mandate",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), server_default="granted", nullable=False),
        sa.Column("agent", sa.String(), server_default="", nullable=False),
        sa.Column("agent_title", sa.String(), nullable=True),
        sa.Column("association_id", sa.BigInteger(), nullable=True),
        sa.Column("matter", sa.String(), server_default="", nullable=False),
        sa.Column(
            "powers", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("sealed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("scan_id", sa.BigInteger(), nullable=True),
        sa.Column("delegated_by", sa.String(), nullable=True),
        sa.Column(
            "delegation_agreed", sa.Boolean(), server_default=sa.text("false"), nullable=False
        ),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("revoked_reason", sa.String(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(state = 'revoked') = (revoked_on IS NOT NULL AND revoked_reason IS NOT NULL)",
            name=op.f("ck_mandate_revoked_says_when_and_why"),
        ),
        sa.CheckConstraint(
            "state IN ('granted', 'active', 'revoked', 'expired', 'consumed')",
            name=op.f("ck_mandate_state_known"),
        ),
        sa.CheckConstraint(
            "NOT sealed OR scan_id IS NOT NULL", name=op.f("ck_mandate_seal_has_a_scan")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "association_id"],
            ["employer_association.tenant_id", "employer_association.id"],
            name=op.f("fk_mandate_tenant_id_association_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["bargaining_case.tenant_id", "bargaining_case.id"],
            name=op.f("fk_mandate_tenant_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_mandate_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_mandate_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "scan_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_mandate_tenant_id_scan_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_mandate_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_mandate")),
    )
    op.create_index("ix_mandate_case", "mandate", ["tenant_id", "case_id"], unique=False)
    op.create_index(
        "uq_mandate_standing",
        "mandate",
        ["tenant_id", "case_id", "enterprise_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('granted', 'active')"),
    )
    op.create_table(
        "team",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("posted_until", sa.Date(), nullable=True),
        sa.Column("posting_place", sa.String(), nullable=True),
        sa.Column("posting_evidence_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "posting_clock",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("posting_no", sa.String(), nullable=True),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("side IN ('workers', 'employer')", name=op.f("ck_team_side_known")),
        sa.CheckConstraint(
            "posted_on IS NULL OR posting_place IS NOT NULL",
            name=op.f("ck_team_posting_says_where"),
        ),
        sa.CheckConstraint(
            "posted_until IS NULL OR posted_until >= posted_on",
            name=op.f("ck_team_posting_ends_after_it_began"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["bargaining_case.tenant_id", "bargaining_case.id"],
            name=op.f("fk_team_tenant_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "posting_evidence_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_team_tenant_id_posting_evidence_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_team_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_team")),
        sa.UniqueConstraint(
            "tenant_id", "case_id", "side", name=op.f("uq_team_tenant_id_case_id_side")
        ),
    )
    op.create_table(
        "trade_price",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("trade", sa.String(), nullable=False),
        sa.Column("process", sa.String(), server_default="", nullable=False),
        sa.Column("grade", sa.String(), server_default="", nullable=False),
        sa.Column("basis", sa.String(), server_default="time", nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("present", sa.Numeric(precision=12, scale=4), nullable=True),
        sa.Column("asked", sa.Numeric(precision=12, scale=4), nullable=True),
        sa.Column("answered", sa.Numeric(precision=12, scale=4), nullable=True),
        sa.Column("quota", sa.Numeric(precision=12, scale=4), nullable=True),
        sa.Column("achieved_share", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("basis IN ('time', 'piece')", name=op.f("ck_trade_price_basis_known")),
        sa.CheckConstraint(
            "achieved_share BETWEEN 0 AND 100", name=op.f("ck_trade_price_share_is_a_share")
        ),
        sa.CheckConstraint("answered > 0", name=op.f("ck_trade_price_answered_is_positive")),
        sa.CheckConstraint("asked > 0", name=op.f("ck_trade_price_asked_is_positive")),
        sa.CheckConstraint("length(btrim(trade)) > 0", name=op.f("ck_trade_price_trade_is_named")),
        sa.CheckConstraint("present > 0", name=op.f("ck_trade_price_present_is_positive")),
        sa.CheckConstraint("quota > 0", name=op.f("ck_trade_price_quota_is_positive")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["bargaining_case.tenant_id", "bargaining_case.id"],
            name=op.f("fk_trade_price_tenant_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_trade_price_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_trade_price")),
        sa.UniqueConstraint(
            "tenant_id",
            "case_id",
            "trade",
            "process",
            "grade",
            "unit",
            name=op.f("uq_trade_price_tenant_id_case_id_trade_process_grade_unit"),
        ),
    )
    op.create_table(
        "activity_follow_up",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(done_on IS NULL) = (outcome IS NULL)",
            name=op.f("ck_activity_follow_up_done_says_what_came_of_it"),
        ),
        sa.CheckConstraint("length(btrim(what)) > 0", name=op.f("ck_activity_follow_up_says_what")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "activity_id"],
            ["case_activity.tenant_id", "case_activity.id"],
            name=op.f("fk_activity_follow_up_tenant_id_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_activity_follow_up_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_activity_follow_up")),
    )
    op.create_index(
        "ix_activity_follow_up_open",
        "activity_follow_up",
        ["tenant_id", "due_on"],
        unique=False,
        postgresql_where=sa.text("done_on IS NULL"),
    )
    op.create_table(
        "demand",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("weights", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("trade", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("date_trunc('day', now())"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "audience = 'enterprises' OR said_by IS NULL", name=op.f("ck_demand_workers_are_nobody")
        ),
        sa.CheckConstraint(
            "audience IN ('workers', 'enterprises')", name=op.f("ck_demand_audience_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "call_id"],
            ["demand_call.tenant_id", "demand_call.id"],
            name=op.f("fk_demand_tenant_id_call_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_demand_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_demand")),
    )
    op.create_index("ix_demand_call", "demand", ["tenant_id", "call_id", "audience"], unique=False)
    op.create_table(
        "info_item",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("handed_by", sa.String(), nullable=False),
        sa.Column("confidential", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("length(btrim(what)) > 0", name=op.f("ck_info_item_says_what")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "document_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_info_item_tenant_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_info_item_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "request_id"],
            ["info_request.tenant_id", "info_request.id"],
            name=op.f("fk_info_item_tenant_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_info_item_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_info_item")),
    )
    op.create_index("ix_info_item_request", "info_item", ["tenant_id", "request_id"], unique=False)
    op.create_table(
        "representative",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("seat", sa.String(), server_default="member", nullable=False),
        sa.Column("chief", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("outsider", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "groups", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column(
            "roles", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("chosen", sa.String(), nullable=False),
        sa.Column("chosen_on", sa.Date(), nullable=False),
        sa.Column("electorate", sa.BigInteger(), nullable=True),
        sa.Column("votes_for", sa.BigInteger(), nullable=True),
        sa.Column("record_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("room_token", sa.String(), nullable=True),
        sa.Column("replaces_id", sa.BigInteger(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_reason", sa.String(), nullable=True),
        sa.Column("vacancy_due_on", sa.Date(), nullable=True),
        sa.Column(
            "vacancy_clock",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("protected_until", sa.Date(), nullable=True),
        sa.Column("protection_basis", sa.String(), nullable=True),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "NOT chief OR seat = 'member'", name=op.f("ck_representative_chief_is_a_member")
        ),
        sa.CheckConstraint(
            "chosen IN ('elected_congress', 'elected_all', 'recommended', 'union_chair', 'union_appointed', 'legal_representative', 'employer_appointed', 'association_elected', 'mandate', 'jointly')",
            name=op.f("ck_representative_chosen_known"),
        ),
        sa.CheckConstraint(
            "seat IN ('member', 'adviser', 'recorder')", name=op.f("ck_representative_seat_known")
        ),
        sa.CheckConstraint(
            "(left_on IS NULL) = (left_reason IS NULL)",
            name=op.f("ck_representative_left_says_why"),
        ),
        sa.CheckConstraint(
            "left_on IS NULL OR left_on >= chosen_on",
            name=op.f("ck_representative_left_after_chosen"),
        ),
        sa.CheckConstraint("length(btrim(name)) > 0", name=op.f("ck_representative_has_a_name")),
        sa.CheckConstraint(
            "protected_until IS NULL OR protected_until >= chosen_on",
            name=op.f("ck_representative_protected_from_choice"),
        ),
        sa.CheckConstraint("replaces_id <> id", name=op.f("ck_representative_replaces_another")),
        sa.CheckConstraint(
            "votes_for >= 0 AND votes_for <= electorate",
            name=op.f("ck_representative_votes_within_electorate"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_representative_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "record_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_representative_tenant_id_record_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "replaces_id"],
            ["representative.tenant_id", "representative.id"],
            name=op.f("fk_representative_tenant_id_replaces_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "team_id"],
            ["team.tenant_id", "team.id"],
            name=op.f("fk_representative_tenant_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_representative_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_representative")),
        sa.UniqueConstraint(
            "tenant_id", "room_token", name=op.f("uq_representative_tenant_id_room_token")
        ),
    )
    op.create_index(
        "ix_representative_protected",
        "representative",
        ["tenant_id", "protected_until"],
        unique=False,
        postgresql_where=sa.text("protected_until IS NOT NULL"),
    )
    op.create_index(
        "ix_representative_team", "representative", ["tenant_id", "team_id"], unique=False
    )
    op.create_index(
        "uq_representative_chief",
        "representative",
        ["tenant_id", "team_id"],
        unique=True,
        postgresql_where=sa.text("chief AND left_on IS NULL"),
    )
    op.create_table(
        "undertaking",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("representative_id", sa.BigInteger(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("covers", sa.String(), nullable=False),
        sa.Column("scan_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "until_on >= signed_on", name=op.f("ck_undertaking_ends_after_it_began")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["bargaining_case.tenant_id", "bargaining_case.id"],
            name=op.f("fk_undertaking_tenant_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "representative_id"],
            ["representative.tenant_id", "representative.id"],
            name=op.f("fk_undertaking_tenant_id_representative_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "scan_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_undertaking_tenant_id_scan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_undertaking_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_undertaking")),
        sa.UniqueConstraint(
            "tenant_id",
            "case_id",
            "representative_id",
            name=op.f("uq_undertaking_tenant_id_case_id_representative_id"),
        ),
    )
    for table in TABLES:
        for statement in secure(table, grants=GRANTS.get(table, KEPT)):
            op.execute(statement)
