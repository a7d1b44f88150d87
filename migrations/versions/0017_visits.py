"""A supervisor's work: visits, calendar, hours, expenses, training, plans; and appraisals."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.rls import secure

revision = "0017_visits"
down_revision = "0016_supervision"
branch_labels = None
depends_on = None

ON_FILE = (  # what is on file is corrected, never removed
    "visit",
    "calendar_feed",
    "month_plan",
    "training",
    "appraisal_scheme",
    "appraisal",
    "complaint",
)
IN_HAND = ("work_entry", "expense")

# What a CHECK cannot say, because it looks at another row or at what stood before.
LAW = (
    """
    CREATE FUNCTION visit_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.state = 'done' AND (NEW.state <> 'done' OR NEW.visit_no <> OLD.visit_no
            OR NEW.supervisor_id <> OLD.supervisor_id) THEN
            RAISE check_violation USING MESSAGE = 'a visit that was made stands';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER visit_stands BEFORE UPDATE ON visit
    FOR EACH ROW EXECUTE FUNCTION visit_stands()
    """,
    """
    CREATE FUNCTION expense_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.state <> 'claimed' THEN
            RAISE check_violation USING MESSAGE = 'an expense that was decided on stands';
        END IF;
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END $$
    """,
    """
    CREATE TRIGGER expense_stands BEFORE UPDATE OR DELETE ON expense
    FOR EACH ROW EXECUTE FUNCTION expense_stands()
    """,
    """
    CREATE FUNCTION not_of_ones_own() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        own bigint;
        acts bigint[];
    BEGIN
        SELECT user_id INTO own FROM supervisor
        WHERE tenant_id = NEW.tenant_id AND id = NEW.supervisor_id;
        acts := CASE TG_TABLE_NAME
            WHEN 'appraisal' THEN ARRAY[(to_jsonb(NEW) ->> 'marked_by_id')::bigint,
                (to_jsonb(NEW) ->> 'decided_by_id')::bigint,
                (to_jsonb(NEW) ->> 'settled_by_id')::bigint]
            WHEN 'month_plan' THEN ARRAY[(to_jsonb(NEW) ->> 'confirmed_by_id')::bigint]
            ELSE ARRAY[(to_jsonb(NEW) ->> 'decided_by_id')::bigint] END;
        IF own = ANY (acts) THEN
            RAISE check_violation USING MESSAGE = 'nobody decides on their own work';
        END IF;
        RETURN NEW;
    END $$
    """,
    *(
        f"""
        CREATE TRIGGER {table}_not_of_ones_own BEFORE INSERT OR UPDATE ON {table}
        FOR EACH ROW EXECUTE FUNCTION not_of_ones_own()
        """
        for table in ("appraisal", "month_plan", "expense")
    ),
    """
    CREATE FUNCTION appraisal_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.state = 'closed' THEN
            RAISE check_violation USING MESSAGE = 'an appraisal that is closed stands';
        END IF;
        IF OLD.state IN ('decided', 'objected') AND (NEW.figures <> OLD.figures
            OR NEW.marked_by_id <> OLD.marked_by_id OR NEW.decided_by_id <> OLD.decided_by_id
            OR NEW.statement IS DISTINCT FROM OLD.statement) THEN
            RAISE check_violation USING MESSAGE = 'the figures an appraisal was decided on stand';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER appraisal_stands BEFORE UPDATE ON appraisal
    FOR EACH ROW EXECUTE FUNCTION appraisal_stands()
    """,
)


def upgrade() -> None:
    op.create_table(
        "appraisal_scheme",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("visits", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("first_visits", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("offers", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("reply_rate", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("contacts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cases", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("filing", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("content", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("workers", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("disputes", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("training", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("records", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("conduct", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("contracts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("training_hours", sa.BigInteger(), nullable=False),
        sa.Column("record_days", sa.BigInteger(), nullable=False),
        sa.Column("objection_days", sa.BigInteger(), nullable=False),
        sa.Column("set_by_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "contracts <= 20", name=op.f("ck_appraisal_scheme_never_contracts_alone")
        ),
        sa.CheckConstraint(
            "sign(visits) + sign(first_visits) + sign(offers) + sign(reply_rate) + sign(contacts) + sign(cases) + sign(filing) + sign(content) + sign(workers) + sign(disputes) + sign(training) + sign(records) + sign(conduct) >= 3",
            name=op.f("ck_appraisal_scheme_several_sides"),
        ),
        sa.CheckConstraint(
            "training_hours >= 0", name=op.f("ck_appraisal_scheme_hours_not_negative")
        ),
        sa.CheckConstraint(
            "record_days >= 0 AND objection_days >= 1",
            name=op.f("ck_appraisal_scheme_days_not_negative"),
        ),
        sa.CheckConstraint(
            "visits + first_visits + offers + reply_rate + contacts + cases + filing + content + workers + disputes + training + records + conduct + contracts = 100",
            name=op.f("ck_appraisal_scheme_adds_up"),
        ),
        sa.CheckConstraint(
            "visits >= 0 AND first_visits >= 0 AND offers >= 0 AND reply_rate >= 0 AND contacts >= 0 AND cases >= 0 AND filing >= 0 AND content >= 0 AND workers >= 0 AND disputes >= 0 AND training >= 0 AND records >= 0 AND conduct >= 0 AND contracts >= 0",
            name=op.f("ck_appraisal_scheme_no_weight_is_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "set_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_appraisal_scheme_tenant_id_set_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_appraisal_scheme_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_appraisal_scheme")),
        sa.UniqueConstraint("tenant_id", "year", name=op.f("uq_appraisal_scheme_tenant_id_year")),
    )
    op.create_table(
        "appraisal",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), server_default="open", nullable=False),
        sa.Column("statement", sa.String(), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "figures",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("score", sa.BigInteger(), nullable=True),
        sa.Column("mark_note", sa.String(), nullable=True),
        sa.Column("pay_check", sa.String(), nullable=True),
        sa.Column("marked_by_id", sa.BigInteger(), nullable=True),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("decision_note", sa.String(), nullable=True),
        sa.Column("award", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("objection", sa.String(), nullable=True),
        sa.Column("objected_on", sa.Date(), nullable=True),
        sa.Column("settlement", sa.String(), nullable=True),
        sa.Column("settled_by_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "grade IN ('excellent', 'good', 'fair', 'poor')", name=op.f("ck_appraisal_grade_known")
        ),
        sa.CheckConstraint(
            "objection IS NULL OR state <> 'closed' OR settlement IS NOT NULL",
            name=op.f("ck_appraisal_objection_answered"),
        ),
        sa.CheckConstraint(
            "state <> 'objected' OR objection IS NOT NULL",
            name=op.f("ck_appraisal_objection_in_words"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'stated', 'marked', 'decided', 'objected', 'closed')",
            name=op.f("ck_appraisal_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('decided', 'objected', 'closed') OR (decided_by_id IS NOT NULL AND grade IS NOT NULL AND decided_on IS NOT NULL)",
            name=op.f("ck_appraisal_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('marked', 'decided', 'objected', 'closed') OR (marked_by_id IS NOT NULL AND marked_at IS NOT NULL AND figures <> '{}')",
            name=op.f("ck_appraisal_marked_on_figures"),
        ),
        sa.CheckConstraint(
            "decided_by_id <> marked_by_id", name=op.f("ck_appraisal_decided_by_another")
        ),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_appraisal_score_of_a_hundred")),
        sa.CheckConstraint(
            "settled_by_id <> marked_by_id", name=op.f("ck_appraisal_objection_settled_by_another")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "decided_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_appraisal_tenant_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "marked_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_appraisal_tenant_id_marked_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "settled_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_appraisal_tenant_id_settled_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_appraisal_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_appraisal_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_appraisal")),
        sa.UniqueConstraint(
            "tenant_id",
            "supervisor_id",
            "year",
            name=op.f("uq_appraisal_tenant_id_supervisor_id_year"),
        ),
    )
    op.create_index("ix_appraisal_year", "appraisal", ["tenant_id", "year", "state"], unique=False)
    op.create_table(
        "calendar_feed",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=False),
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), server_default="zh", nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "length(token_sha256) = 64", name=op.f("ck_calendar_feed_fingerprint_whole")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_calendar_feed_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_calendar_feed_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint(
            "tenant_id", "token_sha256", name=op.f("uq_calendar_feed_tenant_id_token_sha256")
        ),
    )
    op.create_index(
        "uq_calendar_feed_open",
        "calendar_feed",
        ["tenant_id", "supervisor_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "complaint",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=False),
        sa.Column("finding", sa.String(), nullable=True),
        sa.Column("finding_note", sa.String(), nullable=True),
        sa.Column("found_by_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "finding IN ('proven', 'unproven')", name=op.f("ck_complaint_finding_known")
        ),
        sa.CheckConstraint(
            "(finding IS NULL) = (found_by_id IS NULL)", name=op.f("ck_complaint_found_by_somebody")
        ),
        sa.CheckConstraint(
            "finding IS NULL OR finding_note IS NOT NULL",
            name=op.f("ck_complaint_finding_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "found_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_complaint_tenant_id_found_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_complaint_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_complaint_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_complaint_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_complaint")),
    )
    op.create_index(
        "ix_complaint_about",
        "complaint",
        ["tenant_id", "supervisor_id", "received_on"],
        unique=False,
    )
    op.create_table(
        "month_plan",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("visits", sa.BigInteger(), nullable=False),
        sa.Column("first_visits", sa.BigInteger(), nullable=False),
        sa.Column("training", sa.String(), nullable=True),
        sa.Column("support", sa.String(), nullable=True),
        sa.Column("gap", sa.String(), nullable=True),
        sa.Column("other_work", sa.String(), nullable=True),
        sa.Column(
            "ways",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("drafted_by_id", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(confirmed_by_id IS NULL) = (confirmed_at IS NULL)",
            name=op.f("ck_month_plan_confirmed_whole"),
        ),
        sa.CheckConstraint(
            "confirmed_by_id <> drafted_by_id", name=op.f("ck_month_plan_confirmed_by_another")
        ),
        sa.CheckConstraint(
            "extract(day from month) = 1", name=op.f("ck_month_plan_month_by_its_first_day")
        ),
        sa.CheckConstraint(
            "visits >= 0 AND first_visits BETWEEN 0 AND visits",
            name=op.f("ck_month_plan_counts_fit"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "confirmed_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_month_plan_tenant_id_confirmed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "drafted_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_month_plan_tenant_id_drafted_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_month_plan_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_month_plan_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_month_plan")),
        sa.UniqueConstraint(
            "tenant_id",
            "supervisor_id",
            "month",
            name=op.f("uq_month_plan_tenant_id_supervisor_id_month"),
        ),
    )
    op.create_table(
        "training",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("organiser", sa.String(), nullable=True),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("certificate_no", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind IN ('induction', 'law', 'wages', 'negotiation', 'safety', 'peers', 'other')",
            name=op.f("ck_training_kind_known"),
        ),
        sa.CheckConstraint("length(btrim(title)) > 0", name=op.f("ck_training_has_a_title")),
        sa.CheckConstraint("minutes BETWEEN 15 AND 4800", name=op.f("ck_training_a_length")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_training_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_training_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_training")),
        sa.UniqueConstraint(
            "tenant_id",
            "supervisor_id",
            "held_on",
            "title",
            name=op.f("uq_training_tenant_id_supervisor_id_held_on_title"),
        ),
    )
    op.create_index("ix_training_day", "training", ["tenant_id", "held_on", "id"], unique=False)
    op.create_table(
        "work_entry",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=False),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind <> 'other' OR note IS NOT NULL", name=op.f("ck_work_entry_other_says_what")
        ),
        sa.CheckConstraint(
            "kind IN ('drafting', 'meeting', 'advice', 'travel', 'records', 'other')",
            name=op.f("ck_work_entry_kind_known"),
        ),
        sa.CheckConstraint(
            "minutes BETWEEN 1 AND 960", name=op.f("ck_work_entry_minutes_of_a_day")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_work_entry_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_work_entry_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_work_entry")),
    )
    op.create_index(
        "ix_work_entry_day", "work_entry", ["tenant_id", "supervisor_id", "worked_on"], unique=False
    )
    op.create_table(
        "visit",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=False),
        sa.Column("enterprise_id", sa.BigInteger(), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), server_default="planned", nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("planned_at", sa.Time(), nullable=True),
        sa.Column("plan_note", sa.String(), nullable=True),
        sa.Column("planned_by_id", sa.BigInteger(), nullable=True),
        sa.Column("dropped_why", sa.String(), nullable=True),
        sa.Column("visit_no", sa.String(), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("visited_at", sa.Time(), nullable=True),
        sa.Column("minutes", sa.BigInteger(), nullable=True),
        sa.Column("way", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("met", sa.String(), nullable=True),
        sa.Column("met_post", sa.String(), nullable=True),
        sa.Column(
            "topics", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("help_given", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("refusal_code", sa.String(), nullable=True),
        sa.Column("next_step", sa.String(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("service_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "met IN ('decider', 'staff', 'nobody')", name=op.f("ck_visit_met_known")
        ),
        sa.CheckConstraint(
            "next_step IN ('none', 'visit_again', 'help_reply', 'prepare_talks', 'check_again', 'tell_officer')",
            name=op.f("ck_visit_next_step_known"),
        ),
        sa.CheckConstraint(
            "outcome <> 'will_not' OR refusal_code IS NOT NULL",
            name=op.f("ck_visit_refusal_has_a_reason"),
        ),
        sa.CheckConstraint(
            "outcome IN ('will_bargain', 'talk_again', 'will_not', 'nobody_there', 'contact_corrected', 'settled')",
            name=op.f("ck_visit_outcome_known"),
        ),
        sa.CheckConstraint(
            "purpose IN ('serve', 'reply', 'first_contact', 'prepare', 'meeting', 'follow_up', 'dispute', 'other')",
            name=op.f("ck_visit_purpose_known"),
        ),
        sa.CheckConstraint(
            "state <> 'done' OR (visited_on IS NOT NULL AND visit_no IS NOT NULL AND met IS NOT NULL AND outcome IS NOT NULL AND minutes IS NOT NULL AND recorded_at IS NOT NULL)",
            name=op.f("ck_visit_done_is_recorded"),
        ),
        sa.CheckConstraint(
            "state <> 'dropped' OR dropped_why IS NOT NULL", name=op.f("ck_visit_dropped_says_why")
        ),
        sa.CheckConstraint(
            "state <> 'planned' OR planned_on IS NOT NULL", name=op.f("ck_visit_planned_has_a_day")
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'done', 'dropped')", name=op.f("ck_visit_state_known")
        ),
        sa.CheckConstraint(
            "way IN ('on_site', 'telephone', 'video', 'came_to_us')",
            name=op.f("ck_visit_way_known"),
        ),
        sa.CheckConstraint("minutes BETWEEN 1 AND 960", name=op.f("ck_visit_minutes_of_a_day")),
        sa.CheckConstraint(
            "next_on IS NULL OR visited_on IS NULL OR next_on > visited_on",
            name=op.f("ck_visit_next_comes_after"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enterprise_id"],
            ["enterprise.tenant_id", "enterprise.id"],
            name=op.f("fk_visit_tenant_id_enterprise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "offer_id"],
            ["offer.tenant_id", "offer.id"],
            name=op.f("fk_visit_tenant_id_offer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "planned_by_id"],
            ["visit.tenant_id", "visit.id"],
            name=op.f("fk_visit_tenant_id_planned_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "recorded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_visit_tenant_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "service_id"],
            ["service.tenant_id", "service.id"],
            name=op.f("fk_visit_tenant_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_visit_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_visit_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_visit")),
        sa.UniqueConstraint("tenant_id", "visit_no", name=op.f("uq_visit_tenant_id_visit_no")),
    )
    op.create_index(
        "ix_visit_enterprise", "visit", ["tenant_id", "enterprise_id", "visited_on"], unique=False
    )
    op.create_index("ix_visit_made", "visit", ["tenant_id", "visited_on", "id"], unique=False)
    op.create_index(
        "ix_visit_plan",
        "visit",
        ["tenant_id", "supervisor_id", "state", "planned_on"],
        unique=False,
    )
    op.create_index(
        "uq_visit_planned_by",
        "visit",
        ["tenant_id", "planned_by_id"],
        unique=True,
        postgresql_where=sa.text("planned_by_id IS NOT NULL"),
    )
    op.create_table(
        "expense",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=False),
        sa.Column("visit_id", sa.BigInteger(), nullable=True),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("receipt_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), server_default="claimed", nullable=False),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decision_note", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(state = 'claimed') = (decided_by_id IS NULL)",
            name=op.f("ck_expense_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "kind IN ('transport', 'meals', 'printing', 'other')",
            name=op.f("ck_expense_kind_known"),
        ),
        sa.CheckConstraint(
            "state <> 'refused' OR decision_note IS NOT NULL",
            name=op.f("ck_expense_refused_says_why"),
        ),
        sa.CheckConstraint(
            "state IN ('claimed', 'accepted', 'refused')", name=op.f("ck_expense_state_known")
        ),
        sa.CheckConstraint("cents > 0", name=op.f("ck_expense_something_was_spent")),
        sa.CheckConstraint(
            "decided_by_id <> entered_by_id", name=op.f("ck_expense_decided_by_another")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "decided_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_expense_tenant_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "entered_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_expense_tenant_id_entered_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "receipt_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_expense_tenant_id_receipt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "supervisor_id"],
            ["supervisor.tenant_id", "supervisor.id"],
            name=op.f("fk_expense_tenant_id_supervisor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "visit_id"],
            ["visit.tenant_id", "visit.id"],
            name=op.f("fk_expense_tenant_id_visit_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_expense_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_expense")),
    )
    op.create_index(
        "ix_expense_day", "expense", ["tenant_id", "supervisor_id", "spent_on"], unique=False
    )
    for table in ON_FILE:
        for statement in secure(table, grants="SELECT, INSERT, UPDATE"):
            op.execute(statement)
    for table in IN_HAND:
        for statement in secure(table):
            op.execute(statement)
    for statement in LAW:
        op.execute(statement)
