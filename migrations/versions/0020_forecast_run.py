"""A look at the whole forecast is work of its own: asked for, under way, done."""

import sqlalchemy as sa
from alembic import op

from migrations.rls import secure

revision = "0020_forecast_run"
down_revision = "0019_officer_area"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forecast_run",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("total", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("done", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lines", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("done BETWEEN 0 AND total", name=op.f("ck_forecast_run_done_of_total")),
        sa.CheckConstraint(
            "lines IS NULL OR finished_at IS NOT NULL",
            name=op.f("ck_forecast_run_counted_at_the_end"),
        ),
        sa.CheckConstraint(
            "finished_at >= started_at", name=op.f("ck_forecast_run_ends_after_it_began")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "asked_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_forecast_run_tenant_id_asked_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_forecast_run_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_forecast_run")),
    )
    op.create_index("ix_forecast_run_asked", "forecast_run", ["tenant_id", "asked_at"])
    op.create_index(
        "uq_forecast_run_waiting",
        "forecast_run",
        ["tenant_id"],
        unique=True,
        postgresql_where=sa.text("started_at IS NULL AND finished_at IS NULL"),
    )
    for statement in secure("forecast_run", grants="SELECT, INSERT, UPDATE"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("forecast_run")
