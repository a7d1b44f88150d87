"""The clock of a dispute stands among the deadlines; a deadline keeps what moved it."""

from alembic import op

revision = "0025_dispute_clocks"
down_revision = "0024_presume_innocence"
branch_labels = None
depends_on = None

TABLES = ("dispute", "deadline", "suspension")

# What a suspension moved, and what an extension gave, is in the derivation from now on, so that
# a recount of running deadlines neither takes a pause away nor an extension.
STOPS = """
    UPDATE deadline SET derivation = derivation || jsonb_build_object('tolling', (
        SELECT jsonb_agg(jsonb_build_object(
            'from', from_on, 'to', coalesce(resumed_on, until_on) - 1,
            'reason', jsonb_build_object('zh', '协商中止', 'en', 'bargaining suspended'),
            'article', NULL) ORDER BY from_on)
        FROM suspension AS stop
        WHERE stop.tenant_id = deadline.tenant_id AND stop.case_id = deadline.subject_id
            AND coalesce(resumed_on, until_on) > from_on))
    WHERE subject_kind = 'bargaining_case' AND status = 'running'
        AND derivation ->> 'direction' = 'after' AND EXISTS (
            SELECT FROM suspension AS stop
            WHERE stop.tenant_id = deadline.tenant_id AND stop.case_id = deadline.subject_id
                AND coalesce(resumed_on, until_on) > from_on)
"""
CLOCKS = """
    INSERT INTO deadline (
        tenant_id, subject_kind, subject_id, rule_key, rule_version, rule_status, article,
        anchor_on, due_on, longest_on, calendar_version, provisional, derivation, status, ended_at)
    SELECT tenant_id, 'dispute', id, 'dispute.making', clock ->> 'rule_version',
        clock ->> 'status', clock #>> '{citation,zh}', accepted_on, due_on,
        CASE WHEN clock ->> 'status' <> 'confirmed' THEN (clock ->> 'longest')::date END,
        clock ->> 'calendar_version', (clock ->> 'provisional')::boolean,
        (clock - 'longest') || CASE WHEN extended_days IS NULL THEN '{}' ELSE jsonb_build_object(
            'extension', jsonb_build_object('length', extended_days, 'article', NULL, 'reason',
                jsonb_build_object('zh', extension_reason, 'en', extension_reason))) END,
        CASE state WHEN 'accepted' THEN 'running' WHEN 'ended' THEN 'lapsed'
            WHEN 'settled' THEN 'met' ELSE 'dropped' END,
        ended_on::timestamptz
    FROM dispute WHERE due_on IS NOT NULL
"""


def upgrade() -> None:
    for table in TABLES:  # no federation is in scope here, and forced row security hides all rows
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(STOPS)
    op.execute(CLOCKS)
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.drop_constraint(op.f("ck_dispute_no_acceptance_no_clock"), "dispute")
    op.drop_column("dispute", "due_on")
    op.drop_column("dispute", "clock")
