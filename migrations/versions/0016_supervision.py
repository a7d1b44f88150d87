"""Who each supervisor is: term, side, what they know, certificates, leave, ties; and quotas."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.rls import secure

revision = "0016_supervision"
down_revision = "0009_delivery"
branch_labels = None
depends_on = None

TABLES = (
    "supervisor_certificate",
    "supervisor_leave",
    "supervisor_tie",
    "supervisor_quota",
)
OF_A_SUPERVISOR = {
    "state_known": "state IN ('candidate', 'trained', 'certified', 'engaged', 'appraised', "
    "'renewed', 'ended')",
    "side_known": "side IN ('union', 'neutral')",
    "level_known": "level IN ('city', 'county', 'street')",
    "capacity_positive": "capacity > 0",
    "elsewhere_is_a_share": "elsewhere_percent BETWEEN 0 AND 100",
    "term_runs_forward": "term_to >= term_from",
    "term_has_both_ends": "(term_from IS NULL) = (term_to IS NULL)",
    "speaks_something": "cardinality(languages) > 0",
}


def upgrade() -> None:
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
    for name, condition in OF_A_SUPERVISOR.items():
        op.create_check_constraint(op.f(f"ck_supervisor_{name}"), "supervisor", condition)
    for table in TABLES:
        for statement in secure(table):
            op.execute(statement)
