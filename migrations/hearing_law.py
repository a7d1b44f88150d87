"""What the database refuses of statements, as SQL (0019): words are kept, read and judged first.

What the enterprise adds to its statement is examined, and agreed to after it came, before anything
is shown; nobody changes what was said, and the proposer judges none of it.
"""

HEARD_TO_THE_END = (
    "ALTER FUNCTION exposure_unmet(exposure, date) RENAME TO exposure_unmet_by_record",
    """
CREATE FUNCTION exposure_unmet(e exposure, day date) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  found text[] := exposure_unmet_by_record(e, day);
  latest timestamptz := greatest(e.statement_at, (SELECT max(received_at)
    FROM exposure_supplement WHERE tenant_id = e.tenant_id AND exposure_id = e.id));
BEGIN
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
""",
    """
CREATE FUNCTION exposure_supplement_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  e exposure;
BEGIN
  SELECT * INTO e FROM exposure WHERE tenant_id = NEW.tenant_id AND id = NEW.exposure_id;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.examined_at IS NOT NULL
        OR (to_jsonb(NEW) - '{examined_by_id,examined_at,examined_note}'::text[])
          <> (to_jsonb(OLD) - '{examined_by_id,examined_at,examined_note}'::text[]) THEN
      RAISE EXCEPTION 'a statement stands as it was made' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.examined_by_id = e.proposed_by_id THEN
      RAISE EXCEPTION 'another than the proposer examines a statement'
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  PERFORM 1 FROM offer WHERE tenant_id = e.tenant_id AND id = e.offer_id FOR UPDATE;
  SELECT * INTO e FROM exposure WHERE tenant_id = NEW.tenant_id AND id = NEW.exposure_id;
  IF e.statement IS NULL OR e.reviewed_at IS NULL OR e.state NOT IN
      ('legal_check', 'noticed', 'reply_received', 'reply_waived', 'decided_publish') THEN
    RAISE EXCEPTION 'a further statement follows a first one, while nothing is public'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.examined_at IS NOT NULL THEN
    RAISE EXCEPTION 'nobody has examined what has only come in' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
""",
    (
        "CREATE TRIGGER exposure_supplement_stands BEFORE INSERT OR UPDATE ON exposure_supplement "
        "FOR EACH ROW EXECUTE FUNCTION exposure_supplement_guard()"
    ),
)
