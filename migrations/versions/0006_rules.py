"""Rules a federation has confirmed, the days it was told of, and what was counted anew."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.rls import secure

revision = "0006_rules"
down_revision = "0005_offers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "confirmed_rule",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), server_default="any", nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("anchor", sa.String(), nullable=True),
        sa.Column("direction", sa.String(), nullable=True),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("source_title", sa.String(), nullable=False),
        sa.Column("text_zh", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("verified_by", sa.String(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "direction IN ('after', 'before')", name=op.f("ck_confirmed_rule_direction_known")
        ),
        sa.CheckConstraint(
            "kind IN ('any', 'wage', 'general')", name=op.f("ck_confirmed_rule_kind_known")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
            name=op.f("ck_confirmed_rule_withdrawn_with_a_reason"),
        ),
        sa.CheckConstraint(
            "length(btrim(article)) > 0 AND length(btrim(verified_by)) > 0",
            name=op.f("ck_confirmed_rule_has_a_source"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from",
            name=op.f("ck_confirmed_rule_runs_forward"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "entered_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_confirmed_rule_tenant_id_entered_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "withdrawn_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_confirmed_rule_tenant_id_withdrawn_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_confirmed_rule_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_confirmed_rule")),
    )
    op.create_index("ix_confirmed_rule_key", "confirmed_rule", ["tenant_id", "key"], unique=False)
    op.create_index(
        "uq_confirmed_rule_standing",
        "confirmed_rule",
        ["tenant_id", "key", "kind", "valid_from"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "calendar_day",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_calendar_day_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("tenant_id", "day", name=op.f("uq_calendar_day_tenant_id_day")),
    )
    op.create_table(
        "calendar_year",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_calendar_year_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_calendar_year")),
        sa.UniqueConstraint("tenant_id", "year", name=op.f("uq_calendar_year_tenant_id_year")),
    )
    op.create_table(
        "recount",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=False),
        sa.Column("book_version", sa.String(), nullable=False),
        sa.Column("calendar_version", sa.String(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("moved", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("basis IN ('calendar', 'rules')", name=op.f("ck_recount_basis_known")),
        sa.CheckConstraint("length(btrim(reason)) > 0", name=op.f("ck_recount_has_a_reason")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "asked_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_recount_tenant_id_asked_by_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_recount_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_recount")),
    )
    op.create_index(
        "uq_recount_running",
        "recount",
        ["tenant_id"],
        unique=True,
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    for statement in (
        *secure("confirmed_rule"),
        *secure("calendar_day"),
        *secure("calendar_year"),
        *secure("recount"),
    ):
        op.execute(statement)
