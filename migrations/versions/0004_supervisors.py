"""Supervisors, and whom each serves over time."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.rls import secure

revision = "0004_supervisors"
down_revision = "0003_notices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "supervisor",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("area_code", sa.String(), nullable=True),
        sa.Column("engagement", sa.String(), server_default="full_time", nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "engagement IN ('full_time', 'part_time')", name=op.f("ck_supervisor_engagement_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_supervisor_tenant_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_supervisor_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_supervisor")),
        sa.UniqueConstraint("tenant_id", "user_id", name=op.f("uq_supervisor_tenant_id_user_id")),
    )
    op.create_table(
        "assignment",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        postgresql.ExcludeConstraint(
            (sa.text("tenant_id"), "="),
            (sa.text("enterprise_id"), "="),
            (sa.text("daterange(valid_from, valid_to)"), "&&"),
            using="gist",
            name="assignment_no_overlap",
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to > valid_from",
            name=op.f("ck_assignment_period_runs_forward"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_assignment_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_assignment_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_assignment_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_assignment")),
    )
    op.create_index(
        "ix_assignment_supervisor",
        "assignment",
        ["tenant_id", "supervisor_id", "enterprise_id"],
        unique=False,
    )
    for statement in (
        *secure("supervisor"),
        *secure("assignment"),
    ):
        op.execute(statement)
