"""What the database refuses of drafts, votes and signatures, as SQL; for the app role, raw or not.

One text goes all the way: the draft's own hash is computed by the database, ballots and signings
point at draft *and* hash, so neither can name another text; a signing completes only where every
voting unit of a round on that hash has passed it; a case is signed only by such a signing.

The ballot box is the database's own. A ballot is put through a slot, a table that never holds a
row: its trigger marks the slip and adds to all three sums of the unit in one statement. No row is
left that is a vote; the service cannot read the box at all, and counting, which only happens once
the vote is closed, is done by the database. Whoever closes waits for those who are casting, and
whoever comes after is told that it is closed.
"""

FIXED_TEXT = """
CREATE FUNCTION draft_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'open' AND (TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD) THEN
    RAISE EXCEPTION 'draft %: its text is fixed', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER draft_stands BEFORE UPDATE OR DELETE ON draft
  FOR EACH ROW EXECUTE FUNCTION draft_stands();

CREATE FUNCTION refuse_fixed_draft(tenant bigint, draft bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM draft d WHERE d.tenant_id = tenant AND d.id = draft
      AND d.state <> 'open') THEN
    RAISE EXCEPTION 'draft %: its text is fixed', draft USING ERRCODE = 'check_violation';
  END IF;
END $$;

CREATE FUNCTION clause_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM refuse_fixed_draft(OLD.tenant_id, OLD.draft_id); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM refuse_fixed_draft(NEW.tenant_id, NEW.draft_id); END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER clause_stands BEFORE INSERT OR UPDATE OR DELETE ON clause
  FOR EACH ROW EXECUTE FUNCTION clause_stands();

CREATE FUNCTION clause_amount_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM refuse_fixed_draft(OLD.tenant_id, (SELECT draft_id FROM clause c
      WHERE c.tenant_id = OLD.tenant_id AND c.id = OLD.clause_id));
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM refuse_fixed_draft(NEW.tenant_id, (SELECT draft_id FROM clause c
      WHERE c.tenant_id = NEW.tenant_id AND c.id = NEW.clause_id));
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER clause_amount_stands BEFORE INSERT OR UPDATE OR DELETE ON clause_amount
  FOR EACH ROW EXECUTE FUNCTION clause_amount_stands();
"""

ELECTORATE = """
CREATE FUNCTION ballot_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM draft d WHERE d.tenant_id = NEW.tenant_id AND d.id = NEW.draft_id
      AND d.case_id = NEW.case_id) THEN
    RAISE EXCEPTION 'ballot: this is the text of another case' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'INSERT' THEN RETURN NEW; END IF;
  IF (NEW.case_id, NEW.draft_id, NEW.text_sha256, NEW.round)
      IS DISTINCT FROM (OLD.case_id, OLD.draft_id, OLD.text_sha256, OLD.round)
      OR (OLD.frozen_at IS NOT NULL AND (NEW.frozen_at, NEW.rules, NEW.method, NEW.manner)
        IS DISTINCT FROM (OLD.frozen_at, OLD.rules, OLD.method, OLD.manner))
      OR (OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at)
      OR (OLD.result IS NOT NULL AND NEW.result IS DISTINCT FROM OLD.result) THEN
    RAISE EXCEPTION 'ballot %: what it votes on, and how, is frozen', OLD.id
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.result IS NOT NULL AND OLD.result IS NULL AND (
      NOT EXISTS (SELECT 1 FROM voting_unit u
        WHERE u.tenant_id = NEW.tenant_id AND u.ballot_id = NEW.id)
      OR EXISTS (SELECT 1 FROM voting_unit u
        WHERE u.tenant_id = NEW.tenant_id AND u.ballot_id = NEW.id AND u.passed IS NULL)
      OR (NEW.result = 'passed') <> (NOT EXISTS (SELECT 1 FROM voting_unit u
        WHERE u.tenant_id = NEW.tenant_id AND u.ballot_id = NEW.id AND u.passed IS NOT TRUE))) THEN
    RAISE EXCEPTION 'ballot %: its units say otherwise', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ballot_stands BEFORE INSERT OR UPDATE ON ballot
  FOR EACH ROW EXECUTE FUNCTION ballot_stands();

CREATE FUNCTION voting_unit_stands() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE
  b ballot;
  box ballot_box;
BEGIN
  SELECT * INTO b FROM ballot WHERE tenant_id = NEW.tenant_id AND id = NEW.ballot_id;
  IF b.frozen_at IS NOT NULL AND (TG_OP = 'INSERT' OR (NEW.ballot_id, NEW.enterprise_id,
      NEW.electorate, NEW.quorum_needed, NEW.votes_needed) IS DISTINCT FROM (OLD.ballot_id,
      OLD.enterprise_id, OLD.electorate, OLD.quorum_needed, OLD.votes_needed)) THEN
    RAISE EXCEPTION 'voting unit of ballot %: the electorate is frozen', NEW.ballot_id
      USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.passed IS NOT NULL AND (NEW.passed, NEW.present, NEW.in_favour,
      NEW.against, NEW.abstained, NEW.invalid) IS DISTINCT FROM (OLD.passed, OLD.present,
      OLD.in_favour, OLD.against, OLD.abstained, OLD.invalid) THEN
    RAISE EXCEPTION 'voting unit %: its count is decided', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF b.method = 'online' AND TG_OP = 'UPDATE' AND NEW.in_favour IS NOT NULL THEN
    IF b.closed_at IS NULL THEN
      RAISE EXCEPTION 'voting unit %: the vote is not closed', NEW.id
        USING ERRCODE = 'check_violation';
    END IF;
    SELECT * INTO STRICT box FROM ballot_box WHERE tenant_id = NEW.tenant_id AND unit_id = NEW.id;
    NEW.in_favour := box.in_favour;
    NEW.against := box.against;
    NEW.abstained := box.abstained;
    NEW.invalid := 0;
    NEW.present := box.in_favour + box.against + box.abstained;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER voting_unit_stands BEFORE INSERT OR UPDATE ON voting_unit
  FOR EACH ROW EXECUTE FUNCTION voting_unit_stands();

CREATE FUNCTION roll_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  unit bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.unit_id ELSE NEW.unit_id END;
  tenant bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.tenant_id ELSE NEW.tenant_id END;
BEGIN
  IF EXISTS (SELECT 1 FROM voting_unit u JOIN ballot b
      ON b.tenant_id = u.tenant_id AND b.id = u.ballot_id
      WHERE u.tenant_id = tenant AND u.id = unit AND b.frozen_at IS NOT NULL) THEN
    RAISE EXCEPTION 'voting unit %: the electorate is frozen', unit
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER elector_stands BEFORE INSERT OR UPDATE OR DELETE ON elector
  FOR EACH ROW EXECUTE FUNCTION roll_stands();

CREATE FUNCTION ballot_slip_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM ballot_slip s WHERE s.tenant_id = NEW.tenant_id
      AND s.unit_id = NEW.unit_id) > (SELECT u.electorate FROM voting_unit u
      WHERE u.tenant_id = NEW.tenant_id AND u.id = NEW.unit_id) THEN
    RAISE EXCEPTION 'voting unit %: more slips than electors', NEW.unit_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ballot_slip_fits AFTER INSERT ON ballot_slip
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ballot_slip_fits();
"""

BOX = """
CREATE FUNCTION ballot_opens_its_boxes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
BEGIN
  IF NEW.frozen_at IS NOT NULL AND OLD.frozen_at IS NULL AND NEW.method = 'online' THEN
    INSERT INTO ballot_box (tenant_id, unit_id) SELECT u.tenant_id, u.id FROM voting_unit u
      WHERE u.tenant_id = NEW.tenant_id AND u.ballot_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ballot_opens_its_boxes AFTER UPDATE OF frozen_at ON ballot
  FOR EACH ROW EXECUTE FUNCTION ballot_opens_its_boxes();

CREATE FUNCTION slot_takes_the_ballot() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE
  slip ballot_slip;
  b ballot;
BEGIN
  SELECT * INTO slip FROM ballot_slip
    WHERE tenant_id = NEW.tenant_id AND slip_hash = NEW.slip_hash FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'unknown' USING ERRCODE = 'check_violation'; END IF;
  IF slip.used THEN RAISE EXCEPTION 'used' USING ERRCODE = 'check_violation'; END IF;
  SELECT b2.* INTO b FROM ballot b2 JOIN voting_unit u
    ON u.tenant_id = b2.tenant_id AND u.ballot_id = b2.id
    WHERE u.tenant_id = slip.tenant_id AND u.id = slip.unit_id FOR SHARE OF b2;
  IF b.frozen_at IS NULL OR NEW.cast_at < b.opens_at THEN
    RAISE EXCEPTION 'not_open' USING ERRCODE = 'check_violation';
  END IF;
  IF b.closed_at IS NOT NULL OR NEW.cast_at >= b.closes_at THEN
    RAISE EXCEPTION 'closed' USING ERRCODE = 'check_violation';
  END IF;
  UPDATE ballot_slip SET used = true, receipt = NEW.receipt
    WHERE tenant_id = slip.tenant_id AND id = slip.id;
  UPDATE ballot_box SET in_favour = in_favour + (NEW.choice = 'in_favour')::int,
      against = against + (NEW.choice = 'against')::int,
      abstained = abstained + (NEW.choice = 'abstained')::int
    WHERE tenant_id = slip.tenant_id AND unit_id = slip.unit_id;
  RETURN NULL;  -- what was put in is not kept: only the sums are
END $$;
CREATE TRIGGER slot_takes_the_ballot BEFORE INSERT ON ballot_slot
  FOR EACH ROW EXECUTE FUNCTION slot_takes_the_ballot();

CREATE FUNCTION slip_is_only_spent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.used OR TG_OP = 'UPDATE' AND (OLD.used OR (NEW.tenant_id, NEW.id,
      NEW.unit_id, NEW.slip_hash) IS DISTINCT FROM (OLD.tenant_id, OLD.id, OLD.unit_id,
      OLD.slip_hash)) THEN
    RAISE EXCEPTION 'a slip is spent by casting it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER slip_is_only_spent BEFORE INSERT OR UPDATE ON ballot_slip
  FOR EACH ROW EXECUTE FUNCTION slip_is_only_spent();
CREATE TRIGGER slips_are_made_before BEFORE INSERT OR DELETE ON ballot_slip
  FOR EACH ROW EXECUTE FUNCTION roll_stands();
"""

SIGNED = """
CREATE FUNCTION signing_unmet(s signing) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  found text[] := '{}';
BEGIN
  IF NOT EXISTS (SELECT 1 FROM ballot b WHERE b.tenant_id = s.tenant_id AND b.case_id = s.case_id
      AND b.draft_id = s.draft_id AND b.text_sha256 = s.text_sha256 AND b.result = 'passed'
      AND NOT EXISTS (SELECT 1 FROM ballot later WHERE later.tenant_id = b.tenant_id
        AND later.case_id = b.case_id AND later.round > b.round)) THEN
    found := found || 'vote_passed_everywhere'::text;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM signature g WHERE g.tenant_id = s.tenant_id
      AND g.signing_id = s.id AND g.party = 'workers') THEN
    found := found || 'workers_chief'::text;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM signature g WHERE g.tenant_id = s.tenant_id
      AND g.signing_id = s.id AND g.party = 'employer') THEN
    found := found || 'employer_chief'::text;
  END IF;
  IF s.upper_signs AND NOT EXISTS (SELECT 1 FROM signature g WHERE g.tenant_id = s.tenant_id
      AND g.signing_id = s.id AND g.party = 'upper') THEN
    found := found || 'upper_union'::text;
  END IF;
  RETURN found;
END $$;

CREATE FUNCTION signing_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND ((NEW.case_id, NEW.draft_id, NEW.text_sha256)
      IS DISTINCT FROM (OLD.case_id, OLD.draft_id, OLD.text_sha256)
      OR (OLD.state <> 'open' AND NEW IS DISTINCT FROM OLD)) THEN
    RAISE EXCEPTION 'signing %: what is signed is fixed', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'signed' AND signing_unmet(NEW) <> '{}' THEN
    RAISE EXCEPTION 'signing %: still missing %', NEW.id, signing_unmet(NEW)
      USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM draft d WHERE d.tenant_id = NEW.tenant_id AND d.id = NEW.draft_id
      AND d.case_id = NEW.case_id) THEN
    RAISE EXCEPTION 'signing: this is the text of another case' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signing_stands BEFORE INSERT OR UPDATE ON signing
  FOR EACH ROW EXECUTE FUNCTION signing_stands();

CREATE FUNCTION case_is_signed_by_a_signing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('signed', 'filed', 'effective', 'published', 'performing')
      AND OLD.state NOT IN ('signed', 'filed', 'objected', 'effective', 'published', 'performing',
        'amending', 'terminating') AND NOT EXISTS (SELECT 1 FROM signing s WHERE s.tenant_id = NEW.tenant_id
        AND s.case_id = NEW.id AND s.state = 'signed') THEN
    RAISE EXCEPTION 'case %: nothing is signed', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER case_is_signed_by_a_signing BEFORE UPDATE OF state ON bargaining_case
  FOR EACH ROW EXECUTE FUNCTION case_is_signed_by_a_signing();

CREATE FUNCTION signature_takes_its_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM signing s WHERE s.tenant_id = NEW.tenant_id
      AND s.id = NEW.signing_id AND s.state = 'open') OR NEW.turn <> 1 + (SELECT count(*)
      FROM signature g WHERE g.tenant_id = NEW.tenant_id AND g.signing_id = NEW.signing_id) THEN
    RAISE EXCEPTION 'signing %: names are put under it in turn', NEW.signing_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signature_takes_its_turn BEFORE INSERT ON signature
  FOR EACH ROW EXECUTE FUNCTION signature_takes_its_turn();
"""

MINUTES = """
CREATE FUNCTION minutes_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.minutes_sha256 IS NOT NULL AND (NEW.minutes_text, NEW.held_on, NEW.state)
      IS DISTINCT FROM (OLD.minutes_text, OLD.held_on, OLD.state) AND EXISTS (
        SELECT 1 FROM minutes_signature g WHERE g.tenant_id = OLD.tenant_id
        AND g.meeting_id = OLD.id) THEN
    RAISE EXCEPTION 'meeting %: its minutes are signed', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER minutes_stand BEFORE UPDATE ON meeting
  FOR EACH ROW EXECUTE FUNCTION minutes_stand();
"""

LAW = (FIXED_TEXT, ELECTORATE, BOX, SIGNED, MINUTES)
