"""The workers' vote on the list of their representatives."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.rls import secure

revision = "0023_roster_votes"
down_revision = "0022_sign_online"
branch_labels = None
depends_on = None

# What was counted stands; an entry made by mistake is struck out once, and nothing else changes.
LAW = (
    """
    CREATE FUNCTION roster_vote_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.struck_at IS NOT NULL
            OR to_jsonb(NEW) - 'struck_at' - 'struck_reason'
                IS DISTINCT FROM to_jsonb(OLD) - 'struck_at' - 'struck_reason' THEN
            RAISE check_violation USING MESSAGE = 'a vote that was counted stands';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER roster_vote_stands BEFORE UPDATE ON roster_vote
    FOR EACH ROW EXECUTE FUNCTION roster_vote_stands()
    """,
)


def upgrade() -> None:
    op.create_table(
        "roster_vote",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("assembly", sa.String(), nullable=False),
        sa.Column("place", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("people", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("electorate", sa.BigInteger(), nullable=False),
        sa.Column("present", sa.BigInteger(), nullable=False),
        sa.Column("in_favour", sa.BigInteger(), nullable=False),
        sa.Column("against", sa.BigInteger(), nullable=False),
        sa.Column("abstained", sa.BigInteger(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("struck_reason", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "assembly IN ('congress', 'all_staff')", name=op.f("ck_roster_vote_assembly_known")
        ),
        sa.CheckConstraint("cardinality(people) > 0", name=op.f("ck_roster_vote_somebody_stood")),
        sa.CheckConstraint(
            "present > 0 AND present <= electorate",
            name=op.f("ck_roster_vote_present_of_the_electorate"),
        ),
        sa.CheckConstraint(
            "in_favour >= 0 AND against >= 0 AND abstained >= 0 "
            "AND in_favour + against + abstained <= present",
            name=op.f("ck_roster_vote_votes_of_those_present"),
        ),
        sa.CheckConstraint(
            "(struck_at IS NULL) = (struck_reason IS NULL)",
            name=op.f("ck_roster_vote_struck_says_why"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "team_id"],
            ["team.tenant_id", "team.id"],
            name=op.f("fk_roster_vote_tenant_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "record_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_roster_vote_tenant_id_record_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_roster_vote_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_roster_vote_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_roster_vote")),
    )
    op.create_index("ix_roster_vote_team", "roster_vote", ["tenant_id", "team_id"], unique=False)
    for statement in secure("roster_vote", grants="SELECT, INSERT, UPDATE"):
        op.execute(statement)
    for statement in LAW:
        op.execute(statement)
