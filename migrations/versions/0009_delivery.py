"""How a federation sends mail, how much it sent, and who wants what when."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.rls import secure

revision = "0009_delivery"
down_revision = "0008_letters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail_setup",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("host", sa.String(), server_default="", nullable=False),
        sa.Column("port", sa.BigInteger(), server_default="25", nullable=False),
        sa.Column("tls", sa.String(), server_default="none", nullable=False),
        sa.Column("account", sa.String(), server_default="", nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("sender", sa.String(), server_default="", nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("per_day", sa.BigInteger(), nullable=True),
        sa.Column("per_domain", sa.BigInteger(), nullable=True),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.Column("trial", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "own_list",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_by_id", sa.BigInteger(), nullable=True),
        sa.Column("paused_reason", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "tls IN ('none', 'starttls', 'tls')", name=op.f("ck_mail_setup_tls_known")
        ),
        sa.CheckConstraint(
            "(opened_at IS NULL) = (opened_by_id IS NULL)",
            name=op.f("ck_mail_setup_opened_by_somebody"),
        ),
        sa.CheckConstraint(
            "(paused_at IS NULL) = (paused_reason IS NULL)",
            name=op.f("ck_mail_setup_paused_with_a_reason"),
        ),
        sa.CheckConstraint(
            "(quiet_from IS NULL) = (quiet_until IS NULL)",
            name=op.f("ck_mail_setup_quiet_both_ends"),
        ),
        sa.CheckConstraint(
            "NOT trial OR opened_at IS NULL", name=op.f("ck_mail_setup_trial_or_opened")
        ),
        sa.CheckConstraint(
            "opened_by_id <> entered_by_id", name=op.f("ck_mail_setup_opened_by_another")
        ),
        sa.CheckConstraint(
            "per_day > 0 AND per_domain > 0",
            name=op.f("ck_mail_setup_limits_let_something_through"),
        ),
        sa.CheckConstraint("port BETWEEN 1 AND 65535", name=op.f("ck_mail_setup_port_of_tcp")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "entered_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_mail_setup_tenant_id_entered_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "opened_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_mail_setup_tenant_id_opened_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "paused_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_mail_setup_tenant_id_paused_by_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_mail_setup_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_mail_setup")),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_mail_setup_tenant_id")),
    )
    op.create_table(
        "mail_count",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("sent", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_mail_count_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_mail_count")),
        sa.UniqueConstraint(
            "tenant_id", "day", "domain", name=op.f("uq_mail_count_tenant_id_day_domain")
        ),
    )
    op.create_table(
        "mail_choice",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "digest IN ('daily', 'weekly', 'never')", name=op.f("ck_mail_choice_digest_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_mail_choice_tenant_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_mail_choice_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_mail_choice")),
        sa.UniqueConstraint("tenant_id", "user_id", name=op.f("uq_mail_choice_tenant_id_user_id")),
    )
    for statement in (
        *secure("mail_setup"),
        *secure("mail_count"),
        *secure("mail_choice"),
    ):
        op.execute(statement)
