"""What the database refuses of checks, findings, opinions, reports and assessments, as SQL.

A record of what both sides signed is never written over; what is put to somebody in writing stays
as it was put; nobody decides on what they asked for themselves.
"""

CHECKS = """
CREATE FUNCTION performance_check_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.held_on > contract_day(clock_timestamp() + interval '1 minute') THEN
    RAISE EXCEPTION 'a check is held on a day that has come' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'planned' THEN
      RAISE EXCEPTION 'a check begins as a plan' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> 'planned' OR NEW.contract_id <> OLD.contract_id THEN
    RAISE EXCEPTION 'a check that was held or called off stands as it is'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'held' AND NOT EXISTS (SELECT 1 FROM clause_fact f
      WHERE f.tenant_id = NEW.tenant_id AND f.check_id = NEW.id) THEN
    RAISE EXCEPTION 'nothing was checked' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""

FACTS = """
CREATE FUNCTION clause_fact_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  p performance_check;
BEGIN
  IF TG_OP = 'DELETE' THEN
    SELECT * INTO p FROM performance_check WHERE tenant_id = OLD.tenant_id AND id = OLD.check_id;
  ELSE
    SELECT * INTO p FROM performance_check WHERE tenant_id = NEW.tenant_id AND id = NEW.check_id;
    IF NOT EXISTS (SELECT 1 FROM contract_clause c WHERE c.tenant_id = NEW.tenant_id
        AND c.id = NEW.clause_id AND c.contract_id = p.contract_id) THEN
      RAISE EXCEPTION 'the clause is not one of this contract' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.check_id, NEW.clause_id)
        IS DISTINCT FROM (OLD.check_id, OLD.clause_id) THEN
      RAISE EXCEPTION 'a fact stays with its clause' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  IF p.state <> 'planned' THEN
    RAISE EXCEPTION 'what both sides signed cannot change' USING ERRCODE = 'check_violation';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$
"""

FINDINGS = """
CREATE FUNCTION finding_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  p performance_check;
  steps constant text[] := '{noted>put_to_chiefs,put_to_chiefs>plan,disputed>plan,plan>fixed,
    disputed>fixed,put_to_chiefs>disputed,plan>disputed}';
BEGIN
  SELECT * INTO p FROM performance_check WHERE tenant_id = NEW.tenant_id AND id = NEW.check_id;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'noted' OR p.state <> 'held' OR p.contract_id <> NEW.contract_id THEN
      RAISE EXCEPTION 'a finding comes out of a check that was held'
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.contract_id, NEW.check_id, NEW.clause_id) IS DISTINCT FROM
      (OLD.contract_id, OLD.check_id, OLD.clause_id)
      OR (OLD.state <> 'noted' AND (NEW.fact, NEW.evidence_id, NEW.document_no, NEW.letter,
        NEW.put_on) IS DISTINCT FROM (OLD.fact, OLD.evidence_id, OLD.document_no, OLD.letter,
        OLD.put_on)) THEN
    RAISE EXCEPTION 'what was put to the chiefs stands as it was put'
      USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.state = 'fixed' THEN
    RAISE EXCEPTION 'a finding that is settled stays settled' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state <> OLD.state AND NOT (OLD.state || '>' || NEW.state) = ANY (
      SELECT btrim(step, E' \\n') FROM unnest(steps) AS step) THEN
    RAISE EXCEPTION 'no step leads from % to %', OLD.state, NEW.state
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""

OPINIONS = """
CREATE FUNCTION opinion_request_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.served_on > contract_day(clock_timestamp() + interval '1 minute') THEN
    RAISE EXCEPTION 'it is served on a day that has come' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'asked' THEN
      RAISE EXCEPTION 'an opinion is asked for first' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state IN ('declined', 'answered') OR NEW.asked_by_id <> OLD.asked_by_id
      OR NEW.finding_id <> OLD.finding_id
      OR (OLD.state <> 'asked' AND (NEW.letter, NEW.document_no, NEW.decided_by_id)
        IS DISTINCT FROM (OLD.letter, OLD.document_no, OLD.decided_by_id)) THEN
    RAISE EXCEPTION 'what was issued stands as it was issued' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""

REPORTS = """
CREATE FUNCTION performance_report_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.presented_on > contract_day(clock_timestamp() + interval '1 minute') THEN
    RAISE EXCEPTION 'it is heard on a day that has come' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.state = 'presented' THEN
    RAISE EXCEPTION 'what the congress heard cannot change' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""

ASSESSMENTS = """
CREATE FUNCTION assessment_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'draft' THEN
      RAISE EXCEPTION 'both sides see it before it is confirmed' USING ERRCODE = 'check_violation';
    END IF;
  ELSIF OLD.state = 'confirmed' OR NEW.contract_id <> OLD.contract_id
      OR NEW.made_by_id <> OLD.made_by_id THEN
    RAISE EXCEPTION 'an assessment that was confirmed stands' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""

TABLES = (
    "performance_check", "clause_fact", "finding", "opinion_request", "performance_report",
    "assessment",
)  # fmt: skip
TRIGGERS = tuple(
    f"CREATE TRIGGER {table}_is_lawful BEFORE INSERT OR UPDATE"
    f"{' OR DELETE' if table == 'clause_fact' else ''} ON {table} "
    f"FOR EACH ROW EXECUTE FUNCTION {table}_guard()"
    for table in TABLES
)

LAW = (CHECKS, FACTS, FINDINGS, OPINIONS, REPORTS, ASSESSMENTS, *TRIGGERS)
