"""What the database refuses of contracts, as SQL; for the app role, raw statements included.

`contract_unmet` is the one place that says what a contract still lacks to take effect on a day:
pages, verbs, the sweep and the trigger all ask it. Days are days in Shanghai.
"""

DAY = """
CREATE FUNCTION contract_day(moment timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
  SELECT (moment AT TIME ZONE 'Asia/Shanghai')::date
$$
"""

UNMET = """
CREATE FUNCTION contract_unmet(c contract, day date) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  f filing;
  answer review;
  found text[] := '{}';
BEGIN
  SELECT * INTO f FROM filing WHERE tenant_id = c.tenant_id AND contract_id = c.id
    ORDER BY round DESC LIMIT 1;
  IF f.id IS NULL OR f.received_on IS NULL OR f.received_on > day
      OR (f.receipt_no IS NULL AND f.receipt_id IS NULL) THEN
    RETURN found || 'receipt_on_file'::text;
  END IF;
  IF f.text_hash <> c.text_hash THEN
    found := found || 'filed_text_is_signed_text'::text;
  END IF;
  SELECT * INTO answer FROM review WHERE tenant_id = f.tenant_id AND filing_id = f.id;
  IF answer.kind = 'objection' AND NOT answer.late THEN
    RETURN found || 'no_objection'::text;
  END IF;
  IF answer.kind = 'no_objection' AND answer.delivered_on <= day THEN
    RETURN found;
  END IF;
  IF f.state = 'supplement' OR f.review_ends_on IS NULL OR f.review_ends_on >= day THEN
    found := found || 'no_objection'::text;
  END IF;
  RETURN found;
END $$
"""

GUARD = """
CREATE FUNCTION contract_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  unmet text[];
  authority acting_authority;
  today date := contract_day(clock_timestamp() + interval '1 minute');
  steps constant text[] := '{drafted>passed,passed>signed,signed>filed,filed>objected,
    objected>drafted,filed>effective,effective>published,effective>amending,published>amending,
    amending>published,terminating>published,effective>terminating,published>terminating,
    terminating>terminated,effective>expired,published>expired,amending>expired,
    terminating>expired,effective>renewed,published>renewed,amending>renewed,expired>renewed}';
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.origin = 'imported' THEN
      IF NEW.effective_basis IS DISTINCT FROM 'imported' OR NEW.effective_on > today
          OR NEW.effective_on < NEW.signed_on OR NEW.created_by_id IS NULL THEN
        RAISE EXCEPTION 'a contract out of a ledger took effect on a day that has come'
          USING ERRCODE = 'check_violation';
      END IF;
    ELSIF NEW.state <> 'drafted' OR NEW.effective_on IS NOT NULL
        OR NEW.effective_at IS NOT NULL THEN
      RAISE EXCEPTION 'a contract begins as a draft' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.tenant_id, NEW.id, NEW.origin, NEW.document_no, NEW.public_token, NEW.level)
      IS DISTINCT FROM (OLD.tenant_id, OLD.id, OLD.origin, OLD.document_no, OLD.public_token,
        OLD.level)
      OR (OLD.case_id IS NOT NULL AND NEW.case_id IS DISTINCT FROM OLD.case_id) THEN
    RAISE EXCEPTION 'what a contract is cannot change' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.state <> 'drafted' AND (NEW.text, NEW.text_hash, NEW.voted_hash)
      IS DISTINCT FROM (OLD.text, OLD.text_hash, OLD.voted_hash) THEN
    RAISE EXCEPTION 'the text that was voted on cannot change' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.state NOT IN ('drafted', 'passed') AND (NEW.signed_on, NEW.term_from, NEW.term_to,
      NEW.worker_party, NEW.binding_mode, NEW.acting_mode, NEW.acting_authority_id)
      IS DISTINCT FROM (OLD.signed_on, OLD.term_from, OLD.term_to, OLD.worker_party,
        OLD.binding_mode, OLD.acting_mode, OLD.acting_authority_id)
      AND NEW.state <> 'drafted' THEN
    RAISE EXCEPTION 'what was signed stands as it was signed' USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.effective_on, NEW.effective_at, NEW.effective_basis)
      IS DISTINCT FROM (OLD.effective_on, OLD.effective_at, OLD.effective_basis)
      AND NOT (OLD.state = 'filed' AND NEW.state = 'effective') THEN
    RAISE EXCEPTION 'the day of effect stands as it came' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = OLD.state THEN
    RETURN NEW;
  END IF;
  IF NOT (OLD.state || '>' || NEW.state) = ANY (
      SELECT btrim(step, E' \\n') FROM unnest(steps) AS step) THEN
    RAISE EXCEPTION 'no step leads from % to %', OLD.state, NEW.state
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'passed' AND (NEW.voted_on IS NULL
      OR NEW.voted_hash IS DISTINCT FROM NEW.text_hash) THEN
    RAISE EXCEPTION 'the text that passed is the text that was voted on'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'signed' THEN
    IF NEW.signed_on IS NULL OR NEW.signed_on > today
        OR NEW.voted_hash IS DISTINCT FROM NEW.text_hash THEN
      RAISE EXCEPTION 'what is signed is what was voted on, on a day that has come'
        USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.acting_mode IN ('upper_acts', 'upper_joins') THEN
      SELECT * INTO authority FROM acting_authority
        WHERE tenant_id = NEW.tenant_id AND id = NEW.acting_authority_id;
      IF authority.approved_at IS NULL OR authority.level <> NEW.level
          OR NEW.signed_on < authority.from_on
          OR NEW.signed_on > least(authority.until_on, coalesce(authority.ended_on,
            authority.until_on)) THEN
        RAISE EXCEPTION 'nobody acted with authority on the day of signature'
          USING ERRCODE = 'check_violation';
      END IF;
    END IF;
  END IF;
  IF NEW.state = 'filed' AND NOT EXISTS (SELECT 1 FROM filing f WHERE f.tenant_id = NEW.tenant_id
      AND f.contract_id = NEW.id AND f.state = 'filed' AND f.text_hash = NEW.text_hash
      AND f.handed_in_on >= NEW.signed_on) THEN
    RAISE EXCEPTION 'only the signed text is filed, with a receipt'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'effective' THEN
    IF NEW.effective_on IS NULL OR NEW.effective_on > today OR NEW.effective_at IS NULL
        OR NEW.effective_at > clock_timestamp() + interval '1 minute'
        OR NEW.effective_on > contract_day(NEW.effective_at)
        OR NEW.effective_basis NOT IN ('letter', 'deemed') THEN
      RAISE EXCEPTION 'the day of effect is missing or has not come'
        USING ERRCODE = 'check_violation';
    END IF;
    unmet := contract_unmet(NEW, NEW.effective_on);
    IF NEW.effective_basis = 'letter' AND NOT EXISTS (SELECT 1 FROM review r JOIN filing f
        ON f.tenant_id = r.tenant_id AND f.id = r.filing_id WHERE r.tenant_id = NEW.tenant_id
        AND f.contract_id = NEW.id AND r.kind = 'no_objection'
        AND r.delivered_on <= NEW.effective_on) THEN
      unmet := unmet || 'letter'::text;
    END IF;
    IF unmet <> '{}' THEN
      RAISE EXCEPTION 'not in force yet: %', array_to_string(unmet, ', ')
        USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  IF NEW.state = 'published' AND OLD.state = 'effective' AND NOT EXISTS (SELECT 1
      FROM publication p WHERE p.tenant_id = NEW.tenant_id AND p.contract_id = NEW.id
      AND p.kind = 'workers') THEN
    RAISE EXCEPTION 'nothing is published without a record of where'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'expired' AND NEW.term_to >= today THEN
    RAISE EXCEPTION 'the term is not over' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""

CLAUSES = """
CREATE FUNCTION contract_clause_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  c contract;
BEGIN
  IF TG_OP = 'DELETE' THEN
    SELECT * INTO c FROM contract WHERE tenant_id = OLD.tenant_id AND id = OLD.contract_id;
  ELSE
    SELECT * INTO c FROM contract WHERE tenant_id = NEW.tenant_id AND id = NEW.contract_id;
  END IF;
  IF c.state <> 'drafted' AND c.origin <> 'imported' THEN
    RAISE EXCEPTION 'the clauses that were voted on cannot change'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$
"""

MEMBERS = """
CREATE FUNCTION membership_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  c contract;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.contract_id <> OLD.contract_id OR (OLD.valid_from IS NOT NULL
        AND (NEW.valid_from, NEW.basis) IS DISTINCT FROM (OLD.valid_from, OLD.basis)) THEN
      RAISE EXCEPTION 'since when and why an enterprise is bound stands as it came'
        USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state = 'left' AND (NEW.state <> 'left' OR NEW.valid_to IS DISTINCT FROM OLD.valid_to)
    THEN
      RAISE EXCEPTION 'who left comes back with a new entry' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  IF NEW.valid_from IS NULL OR (TG_OP = 'UPDATE' AND OLD.valid_from IS NOT NULL) THEN
    RETURN NEW;
  END IF;
  SELECT * INTO c FROM contract WHERE tenant_id = NEW.tenant_id AND id = NEW.contract_id;
  IF c.effective_on IS NULL OR NEW.valid_from < c.effective_on THEN
    RAISE EXCEPTION 'a contract binds nobody before it is in force'
      USING ERRCODE = 'check_violation';
  END IF;
  IF (c.binding_mode = 'RECOGNISING_ONLY' AND NEW.basis NOT IN ('recognised', 'sealed'))
      OR (c.binding_mode = 'STAMPED_ONLY' AND NEW.basis <> 'sealed') THEN
    RAISE EXCEPTION 'this basis binds nobody here' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""

AUTHORITY = """
CREATE FUNCTION acting_authority_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'requested' OR NEW.approved_at IS NOT NULL THEN
      RAISE EXCEPTION 'an authority begins as a request' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.proposed_by_id <> OLD.proposed_by_id OR (OLD.state <> 'requested' AND (
      (NEW.mode, NEW.level, NEW.enterprise_id, NEW.industry, NEW.area, NEW.scope_name,
       NEW.principal_id, NEW.principal_name, NEW.acting_union_id, NEW.party, NEW.ground,
       NEW.ground_text, NEW.assessment, NEW.matters, NEW.from_on, NEW.until_on, NEW.approved_by_id,
       NEW.approved_at, NEW.document_no) IS DISTINCT FROM
      (OLD.mode, OLD.level, OLD.enterprise_id, OLD.industry, OLD.area, OLD.scope_name,
       OLD.principal_id, OLD.principal_name, OLD.acting_union_id, OLD.party, OLD.ground,
       OLD.ground_text, OLD.assessment, OLD.matters, OLD.from_on, OLD.until_on, OLD.approved_by_id,
       OLD.approved_at, OLD.document_no))) THEN
    RAISE EXCEPTION 'what was decided stands as it was decided' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state <> OLD.state AND NOT (OLD.state || '>' || NEW.state) = ANY (
      '{requested>acting,requested>refused,acting>revoked,acting>expired,acting>handed_back}') THEN
    RAISE EXCEPTION 'no step leads from % to %', OLD.state, NEW.state
      USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.objection IS NOT NULL AND NEW.objection IS DISTINCT FROM OLD.objection THEN
    RAISE EXCEPTION 'an objection stands as it was made' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""

FILING = """
CREATE FUNCTION filing_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  c contract;
BEGIN
  SELECT * INTO c FROM contract WHERE tenant_id = NEW.tenant_id AND id = NEW.contract_id;
  IF TG_OP = 'INSERT' OR OLD.state = 'assembling' THEN
    IF NEW.text_hash <> c.text_hash OR NEW.handed_in_on < c.signed_on
        OR NEW.state NOT IN ('assembling', 'filed')
        OR NEW.received_on > contract_day(clock_timestamp() + interval '1 minute') THEN
      RAISE EXCEPTION 'only the signed text is filed, after it was signed'
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.contract_id, NEW.round, NEW.text_hash, NEW.handed_in_on, NEW.received_on)
      IS DISTINCT FROM (OLD.contract_id, OLD.round, OLD.text_hash, OLD.handed_in_on,
        OLD.received_on)
      OR NEW.review_ends_on IS NULL OR NEW.review_ends_on < OLD.review_ends_on THEN
    RAISE EXCEPTION 'what was handed in, and when, stands as it was'
      USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.state IN ('passed', 'objected') AND NEW.state <> OLD.state THEN
    RAISE EXCEPTION 'a review that has ended stays ended' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""

REVIEW = """
CREATE FUNCTION review_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  f filing;
BEGIN
  SELECT * INTO f FROM filing WHERE tenant_id = NEW.tenant_id AND id = NEW.filing_id;
  IF f.received_on IS NULL OR NEW.delivered_on < f.received_on
      OR NEW.delivered_on > contract_day(clock_timestamp() + interval '1 minute') THEN
    RAISE EXCEPTION 'nothing is reviewed before it was received'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""


def _guard(table: str, function: str, when: str) -> str:
    return (
        f"CREATE TRIGGER {table}_is_lawful BEFORE {when} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()"
    )


TRIGGERS = (
    _guard("contract", "contract_guard", "INSERT OR UPDATE"),
    _guard("contract_clause", "contract_clause_guard", "INSERT OR UPDATE OR DELETE"),
    _guard("membership", "membership_guard", "INSERT OR UPDATE"),
    _guard("acting_authority", "acting_authority_guard", "INSERT OR UPDATE"),
    _guard("filing", "filing_guard", "INSERT OR UPDATE"),
    _guard("review", "review_guard", "INSERT"),
)

LAW = (DAY, UNMET, GUARD, CLAUSES, MEMBERS, AUTHORITY, FILING, REVIEW, *TRIGGERS)
