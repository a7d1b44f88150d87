"""What the database refuses of assignments, as SQL; for the app role, raw statements included.

Nobody serves a firm they are tied to, on any day of either period; everybody serves on the side
they are engaged for; nobody begins to serve after having left. Whoever writes a tie or an
assignment first locks the supervisor, so that of two at once one sees what the other wrote.
"""

ASSIGNMENT = """
CREATE FUNCTION assignment_is_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  who supervisor;
BEGIN
  SELECT * INTO who FROM supervisor
    WHERE tenant_id = NEW.tenant_id AND id = NEW.supervisor_id FOR NO KEY UPDATE;
  IF NEW.side IS DISTINCT FROM who.side THEN
    RAISE EXCEPTION 'a supervisor serves on the side they are engaged for'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'assignment_one_side';
  END IF;
  IF NEW.valid_from >= who.left_on THEN
    RAISE EXCEPTION 'nobody begins to serve after having left'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'assignment_not_after_leaving';
  END IF;
  IF EXISTS (SELECT 1 FROM supervisor_tie t WHERE t.tenant_id = NEW.tenant_id
      AND t.supervisor_id = NEW.supervisor_id AND t.enterprise_id = NEW.enterprise_id
      AND daterange(t.from_on, t.until_on, '[]') && daterange(NEW.valid_from, NEW.valid_to)) THEN
    RAISE EXCEPTION 'nobody serves a firm they are tied to'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'assignment_no_conflict';
  END IF;
  RETURN NEW;
END $$
"""

TIE = """
CREATE FUNCTION supervisor_tie_is_free() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM supervisor
    WHERE tenant_id = NEW.tenant_id AND id = NEW.supervisor_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM assignment a WHERE a.tenant_id = NEW.tenant_id
      AND a.supervisor_id = NEW.supervisor_id AND a.enterprise_id = NEW.enterprise_id
      AND daterange(NEW.from_on, NEW.until_on, '[]') && daterange(a.valid_from, a.valid_to)) THEN
    RAISE EXCEPTION 'the assignment to a firm ends before a tie to it begins'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'supervisor_tie_no_assignment';
  END IF;
  RETURN NEW;
END $$
"""

SIDE = """
CREATE FUNCTION supervisor_side_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.side <> OLD.side AND EXISTS (SELECT 1 FROM assignment a
      WHERE a.tenant_id = NEW.tenant_id AND a.supervisor_id = NEW.id
      AND (a.valid_to IS NULL OR a.valid_to > CURRENT_DATE)) THEN
    RAISE EXCEPTION 'the side does not change while somebody is served'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'supervisor_side_kept';
  END IF;
  RETURN NEW;
END $$
"""

LAW = (
    ASSIGNMENT,
    (
        "CREATE TRIGGER assignment_lawful BEFORE INSERT OR UPDATE ON assignment "
        "FOR EACH ROW EXECUTE FUNCTION assignment_is_lawful()"
    ),
    TIE,
    (
        "CREATE TRIGGER supervisor_tie_free BEFORE INSERT OR UPDATE ON supervisor_tie "
        "FOR EACH ROW EXECUTE FUNCTION supervisor_tie_is_free()"
    ),
    SIDE,
    (
        "CREATE TRIGGER supervisor_side_kept BEFORE UPDATE OF side ON supervisor "
        "FOR EACH ROW EXECUTE FUNCTION supervisor_side_is_kept()"
    ),
)
