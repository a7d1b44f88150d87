"""What keeps an innocent enterprise from being named, as SQL (0024), beside the conditions so far.

An answer that was ever given counts, whatever became of its row. A name or code that the register
no longer holds is published of nobody. Whoever decides is a leader on the day of the decision. What
comes down takes with it the letters that have not left; while an objection is open they wait.
"""

NAMED_RIGHTLY = """
CREATE FUNCTION exposure_named_rightly(e exposure) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM offer o JOIN enterprise r ON r.tenant_id = o.tenant_id AND r.id = o.enterprise_id
    WHERE o.tenant_id = e.tenant_id AND o.id = e.offer_id
      AND coalesce(e.letter ->> 'enterprise_credit_code', r.credit_code, '—')
        = coalesce(r.credit_code, '—')
      AND (EXISTS (SELECT 1 FROM exposure_publication
          WHERE tenant_id = e.tenant_id AND exposure_id = e.id)
        OR starts_with(coalesce(e.letter ->> 'enterprise_name', r.name), r.name)))
$$
"""

UNMET = """
CREATE OR REPLACE FUNCTION exposure_unmet(e exposure, day date)
RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  found text[] := exposure_unmet_by_record(e, day);
  latest timestamptz := greatest(e.statement_at, (SELECT max(received_at)
    FROM exposure_supplement WHERE tenant_id = e.tenant_id AND exposure_id = e.id));
BEGIN
  IF NOT 'no_reply_on_file' = ANY (found) AND EXISTS (SELECT 1 FROM reply
      WHERE tenant_id = e.tenant_id AND offer_id = e.offer_id) THEN
    found := found || 'no_reply_on_file'::text;
  END IF;
  IF NOT exposure_named_rightly(e) THEN
    found := found || 'named_rightly'::text;
  END IF;
  IF NOT 'statement_examined' = ANY (found) AND EXISTS (SELECT 1 FROM exposure_supplement
      WHERE tenant_id = e.tenant_id AND exposure_id = e.id AND examined_at IS NULL) THEN
    found := found || 'statement_examined'::text;
  END IF;
  IF NOT 'first_approval' = ANY (found) AND e.first_approved_at <= latest THEN
    found := found || 'first_approval'::text;
  END IF;
  IF NOT 'two_approvers' = ANY (found) AND e.second_approved_at <= latest THEN
    found := found || 'two_approvers'::text;
  END IF;
  RETURN found;
END $$
"""

DECIDED_IN_OFFICE = (
    """
CREATE FUNCTION exposure_decided_in_office() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM "user" WHERE tenant_id = NEW.tenant_id
      AND id IN (NEW.first_approver_id, NEW.second_approver_id)
      AND role = 'approver' AND status = 'active') <> 2 THEN
    RAISE EXCEPTION 'two leaders decide, both in office on the day of the decision'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
""",
    (
        "CREATE TRIGGER exposure_decided_in_office BEFORE UPDATE OF state ON exposure FOR EACH ROW "
        "WHEN (NEW.state = 'decided_publish' AND OLD.state IS DISTINCT FROM NEW.state) "
        "EXECUTE FUNCTION exposure_decided_in_office()"
    ),
)

# What a worker has in hand goes out or stops there; an uncertain one is not sent again.
LETTERS_FOLLOW = (
    """
CREATE FUNCTION exposure_letters_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  announced constant text[] := '{exposure,exposure_circular,exposure_media}';
  intended constant text[] := '{exposure_intent,exposure_intent_copy}';
  ended constant text[] := '{withdrawn,corrected,decided_drop}';
BEGIN
  IF NEW.state = ANY (ended) THEN
    UPDATE notice SET cancelled_at = clock_timestamp(),
        state = CASE WHEN state IN ('sending', 'uncertain') THEN state ELSE 'cancelled' END
      WHERE tenant_id = NEW.tenant_id AND subject_kind = 'exposure' AND subject_id = NEW.id
        AND kind = ANY (announced || intended) AND cancelled_at IS NULL
        AND state IN ('queued', 'paper', 'sending', 'uncertain', 'suppressed');
  ELSE
    UPDATE notice SET paused = (NEW.state = 'objection_marked')
      WHERE tenant_id = NEW.tenant_id AND subject_kind = 'exposure' AND subject_id = NEW.id
        AND kind = ANY (announced) AND cancelled_at IS NULL
        AND state IN ('queued', 'paper', 'uncertain');
  END IF;
  RETURN NULL;
END $$
""",
    (
        "CREATE TRIGGER exposure_letters_follow AFTER UPDATE OF state ON exposure FOR EACH ROW "
        "WHEN (OLD.state IS DISTINCT FROM NEW.state AND NEW.state IN ('withdrawn', 'corrected', "
        "'decided_drop', 'objection_marked', 'upheld')) "
        "EXECUTE FUNCTION exposure_letters_follow()"
    ),
)

INNOCENCE = (NAMED_RIGHTLY, UNMET, *DECIDED_IN_OFFICE, *LETTERS_FOLLOW)
