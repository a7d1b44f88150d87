"""Entry codes of a survey: each lets one form in and is gone with it; units that answer by code."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.rls import secure

revision = "0026_survey_codes"
down_revision = "0025_dispute_clocks"
branch_labels = None
depends_on = None

LAW = (
    # A code is made while its survey is open, is never changed, and lies in no order of making.
    """
    CREATE FUNCTION survey_code_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            RAISE EXCEPTION 'an entry code is used or withdrawn, never changed'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NOT EXISTS (SELECT 1 FROM survey s
                JOIN invitation i ON i.tenant_id = s.tenant_id AND i.survey_id = s.id
                WHERE i.tenant_id = NEW.tenant_id AND i.id = NEW.invitation_id
                AND s.state = 'open') THEN
            RAISE EXCEPTION 'entry codes are made while a survey is open'
                USING ERRCODE = 'check_violation';
        END IF;
        NEW.created_at := date_trunc('month', now());
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER survey_code_stands BEFORE INSERT OR UPDATE ON survey_code
        FOR EACH ROW EXECUTE FUNCTION survey_code_stands()
    """,
    # The slot keeps nothing: the code goes, the form stays, and no column leads from one to the
    # other. The row lock of the deletion lets a code in once, however many hands hold it.
    """
    CREATE FUNCTION survey_slot_takes_the_form() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE place bigint;
    BEGIN
        IF EXISTS (SELECT 1 FROM survey_answer a
                WHERE a.tenant_id = NEW.tenant_id AND a.id = NEW.number) THEN
            RETURN NULL;  -- the same form, sent twice
        END IF;
        -- The survey first, as closing does it: the two never wait for each other in a circle.
        PERFORM 1 FROM survey_code c
            JOIN invitation i ON i.tenant_id = c.tenant_id AND i.id = c.invitation_id
            JOIN survey s ON s.tenant_id = i.tenant_id AND s.id = i.survey_id
            WHERE c.tenant_id = NEW.tenant_id AND c.code_hash = NEW.code_hash
            FOR SHARE OF s;
        DELETE FROM survey_code c
            WHERE c.tenant_id = NEW.tenant_id AND c.code_hash = NEW.code_hash
            RETURNING c.invitation_id INTO place;
        IF place IS NULL THEN
            RAISE EXCEPTION 'unknown or used' USING ERRCODE = 'check_violation';
        END IF;
        INSERT INTO survey_answer (tenant_id, id, invitation_id, ticked)
            VALUES (NEW.tenant_id, NEW.number, place, NEW.ticked);
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER survey_slot_takes_the_form BEFORE INSERT ON survey_slot
        FOR EACH ROW EXECUTE FUNCTION survey_slot_takes_the_form()
    """,
    # Where a unit answers by code alone, a form that is not on paper comes through the slot.
    """
    CREATE OR REPLACE FUNCTION survey_takes_answers() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE standing text; coded boolean;
    BEGIN
        SELECT s.state, i.by_code_only INTO standing, coded FROM survey s
            JOIN invitation i ON i.tenant_id = s.tenant_id AND i.survey_id = s.id
            WHERE i.tenant_id = NEW.tenant_id AND i.id = NEW.invitation_id
            FOR SHARE OF s;
        IF standing IS DISTINCT FROM 'open' THEN
            RAISE EXCEPTION 'answers are taken only while a survey is open'
                USING ERRCODE = 'check_violation';
        END IF;
        IF coded AND NOT NEW.on_paper AND pg_trigger_depth() < 2 THEN
            RAISE EXCEPTION 'this unit answers by entry code alone'
                USING ERRCODE = 'check_violation';
        END IF;
        NEW.created_at := date_trunc('month', now());
        RETURN NEW;
    END $$
    """,
    # How many were handed out, and whether the open link is shut, change while a survey is open.
    """
    CREATE OR REPLACE FUNCTION survey_parts_stand() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE standing text; part jsonb := to_jsonb(COALESCE(NEW, OLD));
    BEGIN
        SELECT s.state INTO standing FROM survey s
            WHERE s.tenant_id = (part->>'tenant_id')::bigint
            AND s.id = (part->>'survey_id')::bigint;
        IF standing = 'open' AND TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'invitation'
                AND to_jsonb(OLD) - '{handed_out,by_code_only}'::text[]
                    = to_jsonb(NEW) - '{handed_out,by_code_only}'::text[] THEN
            RETURN NEW;
        END IF;
        IF standing IS DISTINCT FROM 'planned' THEN
            RAISE EXCEPTION 'whom a survey asks, and about what, is fixed once it is open'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN COALESCE(NEW, OLD);
    END $$
    """,
)


def upgrade() -> None:
    op.add_column(
        "invitation",
        sa.Column("by_code_only", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.create_table(
        "survey_code",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("invitation_id", sa.BigInteger(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("date_trunc('month', now())"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "code_hash ~ '^[0-9a-f]{64}$'", name=op.f("ck_survey_code_code_hash_hex")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "invitation_id"],
            ["invitation.tenant_id", "invitation.id"],
            name=op.f("fk_survey_code_tenant_id_invitation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_survey_code_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_survey_code")),
        sa.UniqueConstraint(
            "tenant_id", "code_hash", name=op.f("uq_survey_code_tenant_id_code_hash")
        ),
    )
    op.create_index(
        "ix_survey_code_invitation", "survey_code", ["tenant_id", "invitation_id"], unique=False
    )
    op.create_table(
        "survey_slot",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("ticked", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_survey_slot_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_survey_slot")),
    )
    for statement in (
        *secure("survey_code", grants="SELECT, INSERT, DELETE"),
        *secure("survey_slot", grants="SELECT, INSERT"),
        *LAW,
    ):
        op.execute(statement)
