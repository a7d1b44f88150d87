"""Who each supervisor is, plans of assignment, handovers, the contact system, the studio."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.rls import secure
from migrations.supervision_law import LAW

revision = "0016_supervision"
down_revision = "0015_performance"
branch_labels = None
depends_on = None

TABLES = (
    "assigning_policy",
    "assignment_plan",
    "expert",
    "expert_booking",
    "leader_contact",
    "leader_visit",
    "plan_item",
    "plan_wish",
    "supervisor_certificate",
    "supervisor_handover",
    "supervisor_leave",
    "supervisor_quota",
    "supervisor_tie",
)
CHECKS = (
    ("supervisor", "capacity_positive", "capacity > 0"),
    ("supervisor", "elsewhere_is_a_share", "elsewhere_percent BETWEEN 0 AND 100"),
    ("supervisor", "ended_for_a_reason", "state <> 'ended' OR length(btrim(ended_reason)) > 0"),
    ("supervisor", "level_known", "level IN ('city', 'county', 'street')"),
    ("supervisor", "side_known", "side IN ('union', 'neutral')"),
    ("supervisor", "speaks_something", "cardinality(languages) > 0"),
    (
        "supervisor",
        "state_known",
        "state IN ('candidate', 'trained', 'certified', 'engaged', 'appraised', 'renewed', 'ended')",
    ),
    ("supervisor", "term_has_both_ends", "(term_from IS NULL) = (term_to IS NULL)"),
    ("supervisor", "term_runs_forward", "term_to >= term_from"),
    ("assignment", "side_known", "side IN ('union', 'neutral')"),
)


def upgrade() -> None:
    op.create_table(
        "assigning_policy",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "values",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_assigning_policy_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_assigning_policy")),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_assigning_policy_tenant_id")),
    )
    op.create_table(
        "expert",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column(
            "industries",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("workplace", sa.String(), nullable=True),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "field IN ('law', 'pay', 'finance', 'safety', 'industry', 'mediation', 'other')",
            name=op.f("ck_expert_field_known"),
        ),
        sa.CheckConstraint("length(btrim(name)) > 0", name=op.f("ck_expert_has_a_name")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_expert_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_expert")),
    )
    op.create_index("ix_expert_name", "expert", ["tenant_id", "name", "id"], unique=False)
    op.create_table(
        "supervisor_quota",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=True),
        sa.Column("full_time", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("part_time", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "level IN ('city', 'county', 'street')", name=op.f("ck_supervisor_quota_level_known")
        ),
        sa.CheckConstraint(
            "full_time >= 0 AND part_time >= 0", name=op.f("ck_supervisor_quota_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_supervisor_quota_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_supervisor_quota")),
        sa.UniqueConstraint(
            "tenant_id",
            "level",
            "area_code",
            name=op.f("uq_supervisor_quota_tenant_id_level_area_code"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "assignment_plan",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column(
            "conditions",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("mode", sa.String(), server_default="best", nullable=False),
        sa.Column("side", sa.String(), server_default="any", nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column(
            "without",
            postgresql.ARRAY(sa.BigInteger()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("state", sa.String(), server_default="draft", nullable=False),
        sa.Column(
            "figures",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("made_by_id", sa.BigInteger(), nullable=False),
        sa.Column("solved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_by_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(state = 'applied') = (applied_at IS NOT NULL AND applied_by_id IS NOT NULL)",
            name=op.f("ck_assignment_plan_applied_by_somebody"),
        ),
        sa.CheckConstraint(
            "mode IN ('best', 'fewest')", name=op.f("ck_assignment_plan_mode_known")
        ),
        sa.CheckConstraint(
            "side IN ('any', 'union', 'neutral')", name=op.f("ck_assignment_plan_side_known")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'applied', 'dropped')", name=op.f("ck_assignment_plan_state_known")
        ),
        sa.CheckConstraint("length(btrim(title)) > 0", name=op.f("ck_assignment_plan_has_a_title")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "applied_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_assignment_plan_tenant_id_applied_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "made_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_assignment_plan_tenant_id_made_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_assignment_plan_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_assignment_plan")),
    )
    op.create_index(
        "ix_assignment_plan_state", "assignment_plan", ["tenant_id", "state", "id"], unique=False
    )
    op.create_table(
        "expert_booking",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("expert_id", sa.BigInteger(), nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=True),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=True),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("state", sa.String(), server_default="booked", nullable=False),
        sa.Column("advice", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("booked_by_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        postgresql.ExcludeConstraint(
            (sa.text("tenant_id"), "="),
            (sa.text("expert_id"), "="),
            (sa.text("tstzrange(from_at, until_at)"), "&&"),
            where=sa.text("state <> 'cancelled'"),
            using="gist",
            name="expert_booking_no_overlap",
        ),
        sa.CheckConstraint(
            "state <> 'cancelled' OR length(btrim(reason)) > 0",
            name=op.f("ck_expert_booking_cancelled_for_a_reason"),
        ),
        sa.CheckConstraint(
            "state <> 'held' OR length(btrim(advice)) > 0",
            name=op.f("ck_expert_booking_held_leaves_advice"),
        ),
        sa.CheckConstraint(
            "state IN ('booked', 'held', 'cancelled')", name=op.f("ck_expert_booking_state_known")
        ),
        sa.CheckConstraint("length(btrim(topic)) > 0", name=op.f("ck_expert_booking_has_a_topic")),
        sa.CheckConstraint(
            "until_at > from_at", name=op.f("ck_expert_booking_period_runs_forward")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "booked_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_expert_booking_tenant_id_booked_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_expert_booking_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "expert_id"],
            ["expert.tenant_id", "expert.id"],
            name=op.f("fk_expert_booking_tenant_id_expert_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_expert_booking_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_expert_booking_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_expert_booking")),
    )
    op.create_index(
        "ix_expert_booking_from", "expert_booking", ["tenant_id", "from_at", "id"], unique=False
    )
    op.create_table(
        "leader_contact",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("leader", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=True),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=True),
        sa.Column("visits_due", sa.BigInteger(), server_default="2", nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(enterprise_id IS NULL) <> (industry IS NULL)",
            name=op.f("ck_leader_contact_an_enterprise_or_an_industry"),
        ),
        sa.CheckConstraint(
            "length(btrim(leader)) > 0", name=op.f("ck_leader_contact_has_a_leader")
        ),
        sa.CheckConstraint(
            "until_on >= since_on", name=op.f("ck_leader_contact_period_runs_forward")
        ),
        sa.CheckConstraint("visits_due >= 0", name=op.f("ck_leader_contact_visits_not_negative")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_leader_contact_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_leader_contact_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_leader_contact_tenant_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_leader_contact_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_leader_contact")),
    )
    op.create_index(
        "ix_leader_contact_enterprise",
        "leader_contact",
        ["tenant_id", "enterprise_id"],
        unique=False,
    )
    op.create_index(
        "uq_leader_contact_now",
        "leader_contact",
        ["tenant_id", "leader", "enterprise_id", "industry"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("until_on IS NULL"),
    )
    op.create_table(
        "plan_item",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=True),
        sa.Column("current_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column(
            "unmet", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column(
            "why",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("by_hand", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(supervisor_id IS NULL) = (reason IS NOT NULL)",
            name=op.f("ck_plan_item_left_out_for_a_reason"),
        ),
        sa.CheckConstraint("weight > 0", name=op.f("ck_plan_item_weighs_something")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "current_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_plan_item_tenant_id_current_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_plan_item_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "plan_id"],
            ["assignment_plan.tenant_id", "assignment_plan.id"],
            name=op.f("fk_plan_item_tenant_id_plan_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_plan_item_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_plan_item_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_plan_item")),
        sa.UniqueConstraint(
            "tenant_id",
            "plan_id",
            "enterprise_id",
            name=op.f("uq_plan_item_tenant_id_plan_id_enterprise_id"),
        ),
    )
    op.create_index(
        "ix_plan_item_supervisor",
        "plan_item",
        ["tenant_id", "plan_id", "supervisor_id"],
        unique=False,
    )
    op.create_table(
        "plan_wish",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=False),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("kind IN ('pin', 'exclude')", name=op.f("ck_plan_wish_kind_known")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_plan_wish_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "plan_id"],
            ["assignment_plan.tenant_id", "assignment_plan.id"],
            name=op.f("fk_plan_wish_tenant_id_plan_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_plan_wish_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_plan_wish_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_plan_wish")),
        sa.UniqueConstraint(
            "tenant_id",
            "plan_id",
            "enterprise_id",
            "supervisor_id",
            name=op.f("uq_plan_wish_tenant_id_plan_id_enterprise_id_supervisor_id"),
        ),
    )
    op.create_index(
        "uq_plan_wish_pin",
        "plan_wish",
        ["tenant_id", "plan_id", "enterprise_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'pin'"),
    )
    op.create_table(
        "supervisor_certificate",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), server_default="supervisor", nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind IN ('supervisor', 'social_worker', 'lawyer', 'mediator', 'other')",
            name=op.f("ck_supervisor_certificate_kind_known"),
        ),
        sa.CheckConstraint(
            "expires_on >= issued_on", name=op.f("ck_supervisor_certificate_period_runs_forward")
        ),
        sa.CheckConstraint(
            "length(btrim(number)) > 0", name=op.f("ck_supervisor_certificate_has_a_number")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_supervisor_certificate_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_supervisor_certificate_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_supervisor_certificate")),
        sa.UniqueConstraint(
            "tenant_id",
            "kind",
            "number",
            name=op.f("uq_supervisor_certificate_tenant_id_kind_number"),
        ),
    )
    op.create_index(
        "ix_supervisor_certificate_holder",
        "supervisor_certificate",
        ["tenant_id", "supervisor_id", "expires_on"],
        unique=False,
    )
    op.create_table(
        "supervisor_handover",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("giver_id", sa.BigInteger(), nullable=False),
        sa.Column("taker_id", sa.BigInteger(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column(
            "enterprises",
            postgresql.ARRAY(sa.BigInteger()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("state", sa.String(), server_default="proposed", nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (answered_at IS NULL)",
            name=op.f("ck_supervisor_handover_answered_when_it_is_over"),
        ),
        sa.CheckConstraint(
            "state <> 'declined' OR length(btrim(answer)) > 0",
            name=op.f("ck_supervisor_handover_declined_for_a_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'accepted', 'declined', 'withdrawn')",
            name=op.f("ck_supervisor_handover_state_known"),
        ),
        sa.CheckConstraint(
            "cardinality(enterprises) > 0", name=op.f("ck_supervisor_handover_of_something")
        ),
        sa.CheckConstraint("giver_id <> taker_id", name=op.f("ck_supervisor_handover_to_another")),
        sa.CheckConstraint(
            "length(btrim(note)) > 0", name=op.f("ck_supervisor_handover_carries_a_note")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "answered_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_supervisor_handover_tenant_id_answered_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "giver_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_supervisor_handover_tenant_id_giver_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proposed_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_supervisor_handover_tenant_id_proposed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "taker_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_supervisor_handover_tenant_id_taker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_supervisor_handover_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_supervisor_handover")),
    )
    op.create_index(
        "ix_supervisor_handover_giver",
        "supervisor_handover",
        ["tenant_id", "giver_id", "state"],
        unique=False,
    )
    op.create_index(
        "ix_supervisor_handover_taker",
        "supervisor_handover",
        ["tenant_id", "taker_id", "state"],
        unique=False,
    )
    op.create_table(
        "supervisor_leave",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        postgresql.ExcludeConstraint(
            (sa.text("tenant_id"), "="),
            (sa.text("supervisor_id"), "="),
            (sa.text("daterange(from_on, until_on, '[]'::text)"), "&&"),
            using="gist",
            name="supervisor_leave_no_overlap",
        ),
        sa.CheckConstraint(
            "until_on >= from_on", name=op.f("ck_supervisor_leave_period_runs_forward")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_supervisor_leave_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_supervisor_leave_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_supervisor_leave")),
    )
    op.create_table(
        "supervisor_tie",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind IN ('former_employer', 'relative', 'paid_advice', 'other_side', 'holding', 'other')",
            name=op.f("ck_supervisor_tie_kind_known"),
        ),
        sa.CheckConstraint(
            "until_on >= from_on", name=op.f("ck_supervisor_tie_period_runs_forward")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_supervisor_tie_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_supervisor_tie_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_supervisor_tie_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_supervisor_tie")),
    )
    op.create_index(
        "ix_supervisor_tie_enterprise",
        "supervisor_tie",
        ["tenant_id", "enterprise_id"],
        unique=False,
    )
    op.create_index(
        "ix_supervisor_tie_pair",
        "supervisor_tie",
        ["tenant_id", "supervisor_id", "enterprise_id"],
        unique=False,
    )
    op.create_table(
        "leader_visit",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("follow_up", sa.String(), nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_note", sa.String(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "outcome <> 'open' OR follow_up IS NOT NULL",
            name=op.f("ck_leader_visit_open_has_a_next_step"),
        ),
        sa.CheckConstraint(
            "outcome IN ('bargaining_begun', 'offer_answered', 'union_founded', 'matter_settled', 'open', 'none')",
            name=op.f("ck_leader_visit_outcome_known"),
        ),
        sa.CheckConstraint(
            "length(btrim(findings)) > 0", name=op.f("ck_leader_visit_says_what_was_found")
        ),
        sa.CheckConstraint(
            "settled_on >= visited_on", name=op.f("ck_leader_visit_settled_afterwards")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contact_id"],
            ["leader_contact.tenant_id", "leader_contact.id"],
            name=op.f("fk_leader_visit_tenant_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_leader_visit_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_leader_visit_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_leader_visit_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_leader_visit")),
    )
    op.create_index(
        "ix_leader_visit_contact",
        "leader_visit",
        ["tenant_id", "contact_id", "visited_on"],
        unique=False,
    )
    op.add_column(
        "assignment", sa.Column("side", sa.String(), server_default="union", nullable=False)
    )
    op.add_column("assignment", sa.Column("plan_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_assignment_tenant_id_plan_id"),
        "assignment",
        "assignment_plan",
        ["tenant_id", "plan_id"],
        ["tenant_id", "id"],
    )
    op.add_column(
        "supervisor", sa.Column("state", sa.String(), server_default="engaged", nullable=False)
    )
    op.add_column("supervisor", sa.Column("term_from", sa.Date(), nullable=True))
    op.add_column("supervisor", sa.Column("term_to", sa.Date(), nullable=True))
    op.add_column(
        "supervisor", sa.Column("side", sa.String(), server_default="union", nullable=False)
    )
    op.add_column(
        "supervisor", sa.Column("level", sa.String(), server_default="city", nullable=False)
    )
    op.add_column(
        "supervisor",
        sa.Column(
            "industries",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
    )
    op.add_column(
        "supervisor",
        sa.Column(
            "languages",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{zh}'"),
            nullable=False,
        ),
    )
    op.add_column(
        "supervisor", sa.Column("capacity", sa.BigInteger(), server_default="100", nullable=False)
    )
    op.add_column(
        "supervisor",
        sa.Column("elsewhere_percent", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.add_column("supervisor", sa.Column("elsewhere_note", sa.String(), nullable=True))
    op.add_column("supervisor", sa.Column("trained_on", sa.Date(), nullable=True))
    op.add_column("supervisor", sa.Column("engagement_no", sa.String(), nullable=True))
    op.add_column("supervisor", sa.Column("engaged_on", sa.Date(), nullable=True))
    op.add_column("supervisor", sa.Column("ended_reason", sa.String(), nullable=True))
    for table, name, condition in CHECKS:
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)
    for table in TABLES:
        for statement in secure(table):
            op.execute(statement)
    for statement in LAW:
        op.execute(statement)
