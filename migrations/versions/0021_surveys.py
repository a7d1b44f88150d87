"""Surveys of workers: questionnaires, links, answers that lead to nobody, and their law."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.rls import append_only, secure
from migrations.survey_law import LAW

revision = "0021_surveys"
down_revision = "0020_forecast_run"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_instrument",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="proposed", nullable=False),
        sa.Column("questions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger(), nullable=False),
        sa.Column("approved_by_id", sa.BigInteger(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state <> 'approved' OR (approved_by_id IS NOT NULL AND approved_at IS NOT NULL)",
            name=op.f("ck_survey_instrument_approved_by_somebody"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'withdrawn')",
            name=op.f("ck_survey_instrument_state_known"),
        ),
        sa.CheckConstraint(
            "approved_by_id <> proposed_by_id",
            name=op.f("ck_survey_instrument_approved_by_another"),
        ),
        sa.CheckConstraint(
            "jsonb_array_length(questions) > 0", name=op.f("ck_survey_instrument_adds_something")
        ),
        sa.CheckConstraint(
            "length(btrim(version)) > 0", name=op.f("ck_survey_instrument_has_a_version")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "approved_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_survey_instrument_tenant_id_approved_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proposed_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_survey_instrument_tenant_id_proposed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_survey_instrument_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_survey_instrument")),
        sa.UniqueConstraint(
            "tenant_id", "version", name=op.f("uq_survey_instrument_tenant_id_version")
        ),
    )
    op.create_table(
        "survey",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("document_no", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="planned", nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=True),
        sa.Column("campaign_id", sa.BigInteger(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=True),
        sa.Column("respondents", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("instrument_id", sa.BigInteger(), nullable=True),
        sa.Column("instrument_version", sa.String(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("questions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("sampling", sa.String(), nullable=False),
        sa.Column("sample_wanted", sa.BigInteger(), nullable=False),
        sa.Column("smallest_cell", sa.BigInteger(), nullable=False),
        sa.Column("planned_by_id", sa.BigInteger(), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=True),
        sa.Column(
            "figures", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(scope = 'contract') = (contract_id IS NOT NULL) AND (scope = 'campaign') = (campaign_id IS NOT NULL) AND (scope = 'area') = (area IS NOT NULL) AND (scope = 'portfolio') = (supervisor_id IS NOT NULL)",
            name=op.f("ck_survey_scope_is_named"),
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL) AND (state = 'closed') = (figures IS NOT NULL)",
            name=op.f("ck_survey_closed_has_figures"),
        ),
        sa.CheckConstraint(
            "scope IN ('contract', 'campaign', 'area', 'portfolio')",
            name=op.f("ck_survey_scope_known"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'open', 'closed', 'dropped')", name=op.f("ck_survey_state_known")
        ),
        sa.CheckConstraint(
            "state NOT IN ('open', 'closed') OR (opened_by_id IS NOT NULL AND opened_at IS NOT NULL AND document_no IS NOT NULL)",
            name=op.f("ck_survey_opened_by_somebody"),
        ),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_survey_period_runs_forward")),
        sa.CheckConstraint("length(btrim(name)) > 0", name=op.f("ck_survey_has_a_name")),
        sa.CheckConstraint(
            "opened_by_id <> planned_by_id", name=op.f("ck_survey_opened_by_another")
        ),
        sa.CheckConstraint("sample_wanted > 0", name=op.f("ck_survey_somebody_is_wanted")),
        sa.CheckConstraint("smallest_cell >= 5", name=op.f("ck_survey_cells_are_not_persons")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "campaign_id"],
            ["campaign.tenant_id", "campaign.id"],
            name=op.f("fk_survey_tenant_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.id"],
            name=op.f("fk_survey_tenant_id_contract_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "instrument_id"],
            ["survey_instrument.tenant_id", "survey_instrument.id"],
            name=op.f("fk_survey_tenant_id_instrument_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "opened_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_survey_tenant_id_opened_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "planned_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_survey_tenant_id_planned_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_survey_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_survey_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_survey")),
        sa.UniqueConstraint(
            "tenant_id", "document_no", name=op.f("uq_survey_tenant_id_document_no")
        ),
    )
    op.create_index("ix_survey_contract", "survey", ["tenant_id", "contract_id"], unique=False)
    op.create_index("ix_survey_state", "survey", ["tenant_id", "state", "closes_on"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("survey_id", sa.BigInteger(), nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("respondent", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("people", sa.BigInteger(), nullable=True),
        sa.Column("handed_out", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "respondent IN ('workers', 'union', 'management')",
            name=op.f("ck_invitation_respondent_known"),
        ),
        sa.CheckConstraint("handed_out >= 0", name=op.f("ck_invitation_handed_out_not_negative")),
        sa.CheckConstraint("length(token) >= 22", name=op.f("ck_invitation_token_long")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.id"],
            name=op.f("fk_invitation_tenant_id_contract_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_invitation_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "survey_id"],
            ["survey.tenant_id", "survey.id"],
            name=op.f("fk_invitation_tenant_id_survey_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_invitation_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_invitation")),
        sa.UniqueConstraint(
            "tenant_id",
            "survey_id",
            "enterprise_id",
            "respondent",
            name=op.f("uq_invitation_tenant_id_survey_id_enterprise_id_respondent"),
        ),
        sa.UniqueConstraint("tenant_id", "token", name=op.f("uq_invitation_tenant_id_token")),
    )
    op.create_index(
        "ix_invitation_enterprise", "invitation", ["tenant_id", "enterprise_id"], unique=False
    )
    op.create_table(
        "survey_content",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("survey_id", sa.BigInteger(), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("words_en", sa.String(), nullable=True),
        sa.Column("in_contract", sa.Boolean(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "length(btrim(words)) > 0", name=op.f("ck_survey_content_says_something")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.id"],
            name=op.f("fk_survey_content_tenant_id_contract_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "survey_id"],
            ["survey.tenant_id", "survey.id"],
            name=op.f("fk_survey_content_tenant_id_survey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_survey_content_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_survey_content")),
        sa.UniqueConstraint(
            "tenant_id",
            "survey_id",
            "contract_id",
            "words",
            name=op.f("uq_survey_content_tenant_id_survey_id_contract_id_words"),
        ),
    )
    op.create_table(
        "survey_answer",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("invitation_id", sa.BigInteger(), nullable=False),
        sa.Column("ticked", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("on_paper", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("date_trunc('month', now())"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "jsonb_typeof(ticked) = 'object'", name=op.f("ck_survey_answer_is_a_form")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "invitation_id"],
            ["invitation.tenant_id", "invitation.id"],
            name=op.f("fk_survey_answer_tenant_id_invitation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_survey_answer_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_survey_answer")),
    )
    op.create_index(
        "ix_survey_answer_invitation", "survey_answer", ["tenant_id", "invitation_id"], unique=False
    )

    for table in ("survey", "survey_instrument"):
        for statement in secure(table, grants="SELECT, INSERT, UPDATE"):
            op.execute(statement)
    for table in ("survey_content", "invitation"):
        for statement in secure(table):
            op.execute(statement)
    for statement in (
        *secure("survey_answer", grants="SELECT, INSERT"),
        *append_only("survey_answer"),
        *LAW,
    ):
        op.execute(statement)
