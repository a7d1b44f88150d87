"""Contracts, whom they bind, by what right one acted, how they were filed and made known."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.contract_law import LAW
from migrations.rls import secure

revision = "0014_contracts"
down_revision = "0013_sit_at_the_table"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "acting_authority",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("document_no", sa.String(), nullable=True),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="requested", nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=True),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("scope_name", sa.String(), nullable=False),
        sa.Column("principal_id", sa.BigInteger(), nullable=True),
        sa.Column("principal_name", sa.String(), nullable=False),
        sa.Column("principal_email", sa.String(), nullable=True),
        sa.Column("acting_union_id", sa.BigInteger(), nullable=True),
        sa.Column("acting_name", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("ground_text", sa.String(), nullable=False),
        sa.Column(
            "assessment",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("request_no", sa.String(), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("instrument_id", sa.BigInteger(), nullable=True),
        sa.Column("matters", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("handback_plan", sa.String(), nullable=False),
        sa.Column("handback_due_on", sa.Date(), nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.BigInteger(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token", sa.String(), nullable=True),
        sa.Column("informed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objection", sa.String(), nullable=True),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objector_name", sa.String(), nullable=True),
        sa.Column("objection_answer", sa.String(), nullable=True),
        sa.Column("objection_answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objection_answered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=True),
        sa.Column(
            "handback",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("strength_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("strength_note", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(level = 'enterprise') = (enterprise_id IS NOT NULL)",
            name=op.f("ck_acting_authority_one_enterprise_or_many"),
        ),
        sa.CheckConstraint(
            "ground <> 'weak_union' OR assessment <> '{}'",
            name=op.f("ck_acting_authority_weakness_is_assessed"),
        ),
        sa.CheckConstraint(
            "ground IN ('no_union', 'weak_union', 'request', 'unorganised')",
            name=op.f("ck_acting_authority_ground_known"),
        ),
        sa.CheckConstraint(
            "ground NOT IN ('weak_union', 'request') OR principal_id IS NOT NULL",
            name=op.f("ck_acting_authority_principal_is_a_union"),
        ),
        sa.CheckConstraint(
            "level <> 'enterprise' OR NOT ('chief' = ANY (matters))",
            name=op.f("ck_acting_authority_no_chief_in_an_enterprise"),
        ),
        sa.CheckConstraint(
            "level <> 'enterprise' OR party <> 'upper_union'",
            name=op.f("ck_acting_authority_upper_union_is_no_party_in_an_enterprise"),
        ),
        sa.CheckConstraint(
            "level IN ('enterprise', 'industry', 'regional')",
            name=op.f("ck_acting_authority_level_known"),
        ),
        sa.CheckConstraint(
            "mode IN ('upper_acts', 'upper_joins')", name=op.f("ck_acting_authority_mode_known")
        ),
        sa.CheckConstraint(
            "party IN ('union', 'elected', 'upper_union')",
            name=op.f("ck_acting_authority_party_known"),
        ),
        sa.CheckConstraint(
            "state <> 'revoked' OR (revoked_at IS NOT NULL AND ended_reason IS NOT NULL)",
            name=op.f("ck_acting_authority_revoked_says_why"),
        ),
        sa.CheckConstraint(
            "state IN ('requested', 'acting', 'revoked', 'expired', 'refused', 'handed_back')",
            name=op.f("ck_acting_authority_state_known"),
        ),
        sa.CheckConstraint(
            "state IN ('requested', 'refused') OR (approved_by_id IS NOT NULL AND approved_at IS NOT NULL AND document_no IS NOT NULL)",
            name=op.f("ck_acting_authority_nobody_acts_unapproved"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('revoked', 'expired', 'handed_back') OR ended_on IS NOT NULL",
            name=op.f("ck_acting_authority_ended_on_a_day"),
        ),
        sa.CheckConstraint(
            "approved_by_id <> proposed_by_id", name=op.f("ck_acting_authority_approved_by_another")
        ),
        sa.CheckConstraint(
            "cardinality(matters) > 0", name=op.f("ck_acting_authority_matters_are_named")
        ),
        sa.CheckConstraint(
            "length(btrim(ground_text)) > 0", name=op.f("ck_acting_authority_ground_is_written")
        ),
        sa.CheckConstraint(
            "length(btrim(handback_plan)) > 0", name=op.f("ck_acting_authority_handback_is_planned")
        ),
        sa.CheckConstraint(
            "objection_answered_by_id <> proposed_by_id",
            name=op.f("ck_acting_authority_objection_answered_by_another"),
        ),
        sa.CheckConstraint(
            "until_on > from_on", name=op.f("ck_acting_authority_period_runs_forward")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "acting_union_id"],
            ["trade_union.tenant_id", "trade_union.id"],
            name=op.f("fk_acting_authority_tenant_id_acting_union_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "approved_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_acting_authority_tenant_id_approved_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["bargaining_case.tenant_id", "bargaining_case.id"],
            name=op.f("fk_acting_authority_tenant_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_acting_authority_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "instrument_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_acting_authority_tenant_id_instrument_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "objection_answered_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_acting_authority_tenant_id_objection_answered_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "principal_id"],
            ["trade_union.tenant_id", "trade_union.id"],
            name=op.f("fk_acting_authority_tenant_id_principal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proposed_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_acting_authority_tenant_id_proposed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_acting_authority_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_acting_authority")),
        sa.UniqueConstraint(
            "tenant_id", "document_no", name=op.f("uq_acting_authority_tenant_id_document_no")
        ),
        sa.UniqueConstraint("tenant_id", "token", name=op.f("uq_acting_authority_tenant_id_token")),
    )
    op.create_index(
        "ix_acting_authority_case", "acting_authority", ["tenant_id", "case_id"], unique=False
    )
    op.create_index(
        "ix_acting_authority_principal",
        "acting_authority",
        ["tenant_id", "principal_id"],
        unique=False,
    )
    op.create_index(
        "ix_acting_authority_state",
        "acting_authority",
        ["tenant_id", "state", "until_on"],
        unique=False,
    )
    op.create_table(
        "acting_member",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "authority_id"],
            ["acting_authority.tenant_id", "acting_authority.id"],
            name=op.f("fk_acting_member_tenant_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_acting_member_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_acting_member_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_acting_member")),
        sa.UniqueConstraint(
            "tenant_id",
            "authority_id",
            "enterprise_id",
            name=op.f("uq_acting_member_tenant_id_authority_id_enterprise_id"),
        ),
    )
    op.create_index(
        "ix_acting_member_enterprise", "acting_member", ["tenant_id", "enterprise_id"], unique=False
    )
    op.create_table(
        "contract",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("document_no", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), server_default="case", nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), server_default="drafted", nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=True),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("territory", sa.String(), nullable=True),
        sa.Column("worker_party", sa.String(), server_default="union", nullable=False),
        sa.Column("union_id", sa.BigInteger(), nullable=True),
        sa.Column("worker_side", sa.String(), nullable=False),
        sa.Column("worker_chief", sa.String(), nullable=True),
        sa.Column("association_id", sa.BigInteger(), nullable=True),
        sa.Column("employer_side", sa.String(), nullable=False),
        sa.Column("employer_chief", sa.String(), nullable=True),
        sa.Column("authority_name", sa.String(), nullable=True),
        sa.Column("binding_mode", sa.String(), nullable=True),
        sa.Column("acting_mode", sa.String(), server_default="own", nullable=False),
        sa.Column("acting_authority_id", sa.BigInteger(), nullable=True),
        sa.Column("acting_name", sa.String(), nullable=True),
        sa.Column("on_behalf_of", sa.String(), nullable=True),
        sa.Column("voted_on", sa.Date(), nullable=True),
        sa.Column("vote_reported_on", sa.Date(), nullable=True),
        sa.Column("vote_summary", sa.String(), nullable=True),
        sa.Column("voted_hash", sa.String(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("file_due_on", sa.Date(), nullable=True),
        sa.Column(
            "file_clock",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("effective_basis", sa.String(), nullable=True),
        sa.Column("publish_due_on", sa.Date(), nullable=True),
        sa.Column(
            "publish_clock",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("term_from", sa.Date(), nullable=True),
        sa.Column("term_to", sa.Date(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("public_token", sa.String(), nullable=False),
        sa.Column("supersedes_id", sa.BigInteger(), nullable=True),
        sa.Column("agreed_reason", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=True),
        sa.Column("end_report_due_on", sa.Date(), nullable=True),
        sa.Column("end_reported_on", sa.Date(), nullable=True),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "level = 'enterprise' OR enterprise_id IS NULL",
            name=op.f("ck_contract_one_enterprise_or_many"),
        ),
        sa.CheckConstraint(
            "acting_mode IN ('own', 'joint_double_offer', 'upper_acts', 'upper_joins')",
            name=op.f("ck_contract_acting_mode_known"),
        ),
        sa.CheckConstraint(
            "acting_mode NOT IN ('upper_acts', 'upper_joins') OR acting_authority_id IS NOT NULL OR origin = 'imported'",
            name=op.f("ck_contract_acting_needs_authority"),
        ),
        sa.CheckConstraint(
            "binding_mode IN ('ALL_IN_SCOPE', 'RECOGNISING_ONLY', 'STAMPED_ONLY')",
            name=op.f("ck_contract_binding_mode_known"),
        ),
        sa.CheckConstraint(
            "effective_basis IN ('letter', 'deemed', 'imported')",
            name=op.f("ck_contract_effective_basis_known"),
        ),
        sa.CheckConstraint(
            "kind <> 'special' OR topic IS NOT NULL", name=op.f("ck_contract_special_has_a_topic")
        ),
        sa.CheckConstraint(
            "kind IN ('comprehensive', 'special', 'wage')", name=op.f("ck_contract_kind_known")
        ),
        sa.CheckConstraint(
            "level <> 'enterprise' OR worker_party <> 'upper_union'",
            name=op.f("ck_contract_upper_union_is_no_party_in_an_enterprise"),
        ),
        sa.CheckConstraint(
            "level <> 'industry' OR industry IS NOT NULL",
            name=op.f("ck_contract_industry_is_named"),
        ),
        sa.CheckConstraint(
            "level = 'enterprise' OR binding_mode IS NOT NULL",
            name=op.f("ck_contract_says_whom_it_binds"),
        ),
        sa.CheckConstraint(
            "level IN ('enterprise', 'industry', 'regional')", name=op.f("ck_contract_level_known")
        ),
        sa.CheckConstraint("origin IN ('case', 'imported')", name=op.f("ck_contract_origin_known")),
        sa.CheckConstraint(
            "state <> 'terminated' OR (ended_on IS NOT NULL AND ended_reason IS NOT NULL)",
            name=op.f("ck_contract_terminated_says_why"),
        ),
        sa.CheckConstraint(
            "state IN ('drafted', 'passed') OR (signed_on IS NOT NULL AND term_to IS NOT NULL)",
            name=op.f("ck_contract_signed_has_day_and_term"),
        ),
        sa.CheckConstraint(
            "state IN ('drafted', 'passed', 'signed', 'filed', 'objected', 'effective', 'published', 'amending', 'terminating', 'terminated', 'expired', 'renewed')",
            name=op.f("ck_contract_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('effective', 'published', 'amending', 'terminating', 'terminated', 'expired', 'renewed') OR effective_on IS NOT NULL",
            name=op.f("ck_contract_in_force_since_a_day"),
        ),
        sa.CheckConstraint(
            "text_hash = encode(sha256(convert_to(text, 'UTF8')), 'hex')",
            name=op.f("ck_contract_hash_is_of_text"),
        ),
        sa.CheckConstraint(
            "topic IN ('wages', 'safety', 'women', 'hours', 'training', 'other')",
            name=op.f("ck_contract_topic_known"),
        ),
        sa.CheckConstraint(
            "worker_party IN ('union', 'elected', 'upper_union')",
            name=op.f("ck_contract_worker_party_known"),
        ),
        sa.CheckConstraint(
            "(effective_on IS NULL) = (effective_basis IS NULL)",
            name=op.f("ck_contract_effect_has_a_basis"),
        ),
        sa.CheckConstraint(
            "(term_from IS NULL) = (term_to IS NULL)", name=op.f("ck_contract_term_has_two_ends")
        ),
        sa.CheckConstraint("length(btrim(name)) > 0", name=op.f("ck_contract_has_a_name")),
        sa.CheckConstraint("signed_on >= voted_on", name=op.f("ck_contract_signed_after_the_vote")),
        sa.CheckConstraint("supersedes_id <> id", name=op.f("ck_contract_not_its_own_successor")),
        sa.CheckConstraint("term_to > term_from", name=op.f("ck_contract_term_runs_forward")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "acting_authority_id"],
            ["acting_authority.tenant_id", "acting_authority.id"],
            name=op.f("fk_contract_tenant_id_acting_authority_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "association_id"],
            ["employer_association.tenant_id", "employer_association.id"],
            name=op.f("fk_contract_tenant_id_association_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["bargaining_case.tenant_id", "bargaining_case.id"],
            name=op.f("fk_contract_tenant_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "created_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_contract_tenant_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_contract_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supersedes_id"],
            ["contract.tenant_id", "contract.id"],
            name=op.f("fk_contract_tenant_id_supersedes_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "union_id"],
            ["trade_union.tenant_id", "trade_union.id"],
            name=op.f("fk_contract_tenant_id_union_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_contract_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_contract")),
        sa.UniqueConstraint("tenant_id", "case_id", name=op.f("uq_contract_tenant_id_case_id")),
        sa.UniqueConstraint(
            "tenant_id", "document_no", name=op.f("uq_contract_tenant_id_document_no")
        ),
        sa.UniqueConstraint(
            "tenant_id", "public_token", name=op.f("uq_contract_tenant_id_public_token")
        ),
    )
    op.create_index(
        "ix_contract_authority", "contract", ["tenant_id", "acting_authority_id"], unique=False
    )
    op.create_index(
        "ix_contract_enterprise", "contract", ["tenant_id", "enterprise_id"], unique=False
    )
    op.create_index(
        "ix_contract_place", "contract", ["tenant_id", "level", "industry", "area"], unique=False
    )
    op.create_index("ix_contract_sort", "contract", ["tenant_id", "sort_key", "id"], unique=False)
    op.create_index(
        "ix_contract_state", "contract", ["tenant_id", "state", "term_to"], unique=False
    )
    op.create_index(
        "ix_contract_supersedes", "contract", ["tenant_id", "supersedes_id"], unique=False
    )
    op.create_table(
        "contract_clause",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("amount", sa.Numeric(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("trade", sa.String(), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind IN ('term', 'wage_system', 'minimum_wage', 'wage_standard', 'piece_price', 'quota', 'adjustment', 'payment', 'overtime', 'bonus', 'allowance', 'hours_rest', 'leave', 'insurance_benefits', 'safety_health', 'training', 'women', 'accommodation', 'change', 'breach', 'redeployment', 'severance', 'second_round', 'grievance', 'supervision', 'platform_income', 'platform_order', 'platform_algorithm', 'other')",
            name=op.f("ck_contract_clause_kind_known"),
        ),
        sa.CheckConstraint(
            "measure IN ('pay', 'piece', 'overtime', 'overtime_rest', 'overtime_holiday', 'overtime_hours', 'maternity', 'nursing', 'other')",
            name=op.f("ck_contract_clause_measure_known"),
        ),
        sa.CheckConstraint(
            "(amount IS NULL) = (unit IS NULL) AND (amount IS NULL) = (measure IS NULL)",
            name=op.f("ck_contract_clause_amount_has_unit_and_measure"),
        ),
        sa.CheckConstraint("length(btrim(text)) > 0", name=op.f("ck_contract_clause_has_a_text")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.id"],
            name=op.f("fk_contract_clause_tenant_id_contract_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_contract_clause_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_contract_clause")),
        sa.UniqueConstraint(
            "tenant_id",
            "contract_id",
            "position",
            name=op.f("uq_contract_clause_tenant_id_contract_id_position"),
        ),
    )
    op.create_index(
        "ix_contract_clause_kind", "contract_clause", ["tenant_id", "kind"], unique=False
    )
    op.create_table(
        "filing",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), server_default="assembling", nullable=False),
        sa.Column("filer", sa.String(), nullable=False),
        sa.Column("filer_name", sa.String(), nullable=False),
        sa.Column("authority_name", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("handed_in_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("receipt_no", sa.String(), nullable=True),
        sa.Column("receipt_id", sa.BigInteger(), nullable=True),
        sa.Column("review_ends_on", sa.Date(), nullable=True),
        sa.Column(
            "review_clock",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("supplement_text", sa.String(), nullable=True),
        sa.Column("supplement_asked_on", sa.Date(), nullable=True),
        sa.Column("supplement_due_on", sa.Date(), nullable=True),
        sa.Column("supplied_on", sa.Date(), nullable=True),
        sa.Column(
            "letter",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "filer IN ('employer', 'association', 'union')", name=op.f("ck_filing_filer_known")
        ),
        sa.CheckConstraint(
            "state = 'assembling' OR (handed_in_on IS NOT NULL AND received_on IS NOT NULL AND (receipt_no IS NOT NULL OR receipt_id IS NOT NULL) AND review_ends_on IS NOT NULL)",
            name=op.f("ck_filing_filed_has_a_receipt"),
        ),
        sa.CheckConstraint(
            "state IN ('assembling', 'filed', 'supplement', 'passed', 'objected')",
            name=op.f("ck_filing_state_known"),
        ),
        sa.CheckConstraint(
            "received_on >= handed_in_on", name=op.f("ck_filing_received_after_handing_in")
        ),
        sa.CheckConstraint(
            "review_ends_on IS NULL OR review_ends_on >= received_on + 15",
            name=op.f("ck_filing_review_long_enough"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.id"],
            name=op.f("fk_filing_tenant_id_contract_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "receipt_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_filing_tenant_id_receipt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_filing_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_filing_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_filing")),
        sa.UniqueConstraint(
            "tenant_id", "contract_id", "round", name=op.f("uq_filing_tenant_id_contract_id_round")
        ),
    )
    op.create_index(
        "ix_filing_review", "filing", ["tenant_id", "state", "review_ends_on"], unique=False
    )
    op.create_table(
        "membership",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), server_default="candidate", nullable=False),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("basis_on", sa.Date(), nullable=True),
        sa.Column("basis_note", sa.String(), nullable=True),
        sa.Column("evidence_id", sa.BigInteger(), nullable=True),
        sa.Column("flagged", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("left_reason", sa.String(), nullable=True),
        sa.Column("left_note", sa.String(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        postgresql.ExcludeConstraint(
            (sa.text("tenant_id"), "="),
            (sa.text("contract_id"), "="),
            (sa.text("enterprise_id"), "="),
            (sa.text("daterange(valid_from, valid_to)"), "&&"),
            where=sa.text("valid_from IS NOT NULL"),
            using="gist",
            name="membership_no_overlap",
        ),
        sa.CheckConstraint(
            "basis IN ('in_scope', 'mandated', 'recognised', 'sealed')",
            name=op.f("ck_membership_basis_known"),
        ),
        sa.CheckConstraint(
            "left_reason IN ('moved', 'closed', 'lapsed', 'not_in_scope', 'merged')",
            name=op.f("ck_membership_left_reason_known"),
        ),
        sa.CheckConstraint(
            "state <> 'active' OR valid_from IS NOT NULL",
            name=op.f("ck_membership_active_since_a_day"),
        ),
        sa.CheckConstraint(
            "state <> 'left' OR left_reason IS NOT NULL", name=op.f("ck_membership_left_says_why")
        ),
        sa.CheckConstraint(
            "state <> 'left' OR valid_from IS NULL OR valid_to IS NOT NULL",
            name=op.f("ck_membership_left_on_a_day"),
        ),
        sa.CheckConstraint(
            "state IN ('candidate', 'recognised', 'sealed', 'in_scope', 'active', 'left')",
            name=op.f("ck_membership_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('candidate', 'recognised', 'sealed', 'in_scope') OR valid_from IS NULL",
            name=op.f("ck_membership_binds_only_when_active"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('recognised', 'sealed', 'in_scope', 'active') OR basis IS NOT NULL",
            name=op.f("ck_membership_bound_on_a_basis"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to > valid_from",
            name=op.f("ck_membership_period_runs_forward"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.id"],
            name=op.f("fk_membership_tenant_id_contract_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_membership_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "evidence_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_membership_tenant_id_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_membership_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_membership_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_membership")),
    )
    op.create_index(
        "ix_membership_contract", "membership", ["tenant_id", "contract_id", "state"], unique=False
    )
    op.create_index(
        "ix_membership_enterprise",
        "membership",
        ["tenant_id", "enterprise_id", "valid_from"],
        unique=False,
    )
    op.create_index(
        "uq_membership_open",
        "membership",
        ["tenant_id", "contract_id", "enterprise_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'left'"),
    )
    op.create_table(
        "publication",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("contract_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), server_default="workers", nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("photo_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(kind = 'workers') = (enterprise_id IS NOT NULL)",
            name=op.f("ck_publication_workers_of_an_enterprise"),
        ),
        sa.CheckConstraint(
            "kind IN ('workers', 'upper_union')", name=op.f("ck_publication_kind_known")
        ),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on",
            name=op.f("ck_publication_period_runs_forward"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.id"],
            name=op.f("fk_publication_tenant_id_contract_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_publication_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "photo_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_publication_tenant_id_photo_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_publication_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_publication_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_publication")),
    )
    op.create_index(
        "ix_publication_contract",
        "publication",
        ["tenant_id", "contract_id", "enterprise_id"],
        unique=False,
    )
    op.create_index(
        "ix_publication_enterprise", "publication", ["tenant_id", "enterprise_id"], unique=False
    )
    op.create_table(
        "filing_paper",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("filing_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("required", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("made", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "document_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_filing_paper_tenant_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "filing_id"],
            ["filing.tenant_id", "filing.id"],
            name=op.f("fk_filing_paper_tenant_id_filing_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_filing_paper_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_filing_paper")),
        sa.UniqueConstraint(
            "tenant_id", "filing_id", "key", name=op.f("uq_filing_paper_tenant_id_filing_id_key")
        ),
    )
    op.create_table(
        "review",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("filing_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("letter_no", sa.String(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column(
            "points",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("document_id", sa.BigInteger(), nullable=True),
        sa.Column("late", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind <> 'objection' OR points <> '[]'",
            name=op.f("ck_review_objection_names_its_points"),
        ),
        sa.CheckConstraint(
            "kind IN ('no_objection', 'objection')", name=op.f("ck_review_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "document_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_review_tenant_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "filing_id"],
            ["filing.tenant_id", "filing.id"],
            name=op.f("fk_review_tenant_id_filing_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_review_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_review_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_review")),
        sa.UniqueConstraint("tenant_id", "filing_id", name=op.f("uq_review_tenant_id_filing_id")),
    )
    for statement in (
        *secure("contract", grants="SELECT, INSERT, UPDATE"),
        *secure("contract_clause"),
        *secure("acting_authority", grants="SELECT, INSERT, UPDATE"),
        *secure("acting_member"),
        *secure("membership", grants="SELECT, INSERT, UPDATE"),
        *secure("filing", grants="SELECT, INSERT, UPDATE"),
        *secure("filing_paper"),
        *secure("review", grants="SELECT, INSERT"),
        *secure("publication", grants="SELECT, INSERT, UPDATE"),
        *LAW,
    ):
        op.execute(statement)
