"""What the database refuses of exposures, as SQL; for the app role, raw statements included.

`exposure_unmet` is the one place that says what an announcement still lacks on a day: pages, verbs,
jobs and triggers all ask it. Whoever publishes and whoever replies takes the lock of the offer
first, so that one of the two sees what the other has committed. Days are days in Shanghai.
"""

UNMET = """
CREATE FUNCTION exposure_unmet(e exposure, day date) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  o offer;
  clock deadline;
  found text[] := '{}';
BEGIN
  SELECT * INTO o FROM offer WHERE tenant_id = e.tenant_id AND id = e.offer_id;
  SELECT * INTO clock FROM deadline
    WHERE tenant_id = e.tenant_id AND subject_kind = 'offer' AND subject_id = e.offer_id
      AND rule_key = 'offer.reply_days' ORDER BY id DESC LIMIT 1;
  IF NOT EXISTS (SELECT 1 FROM service WHERE tenant_id = e.tenant_id AND offer_id = e.offer_id
      AND state = 'acknowledged') OR o.served_on IS NULL THEN
    found := found || 'offer_served'::text;
  END IF;
  IF clock.id IS NULL OR clock.status <> 'lapsed'
      OR greatest(clock.due_on, clock.longest_on) >= day THEN
    found := found || 'reply_period_lapsed'::text;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM feedback WHERE tenant_id = e.tenant_id AND offer_id = e.offer_id
      AND cause = 'lapse') THEN
    found := found || 'feedback_served'::text;
  END IF;
  IF o.state IS DISTINCT FROM 'escalated' THEN
    found := found || 'offer_escalated'::text;
  END IF;
  IF NOT exposure_step_over(e.tenant_id, e.offer_id, 'demand', day) THEN
    found := found || 'demand_over'::text;
  END IF;
  IF NOT exposure_step_over(e.tenant_id, e.offer_id, 'opinion', day) THEN
    found := found || 'opinion_over'::text;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM exposure_step WHERE tenant_id = e.tenant_id
      AND offer_id = e.offer_id AND kind = 'interview' AND state = 'done'
      AND served_on IS NOT NULL AND held_on <= day) THEN
    found := found || 'interview_held'::text;
  END IF;
  IF EXISTS (SELECT 1 FROM reply WHERE tenant_id = e.tenant_id AND offer_id = e.offer_id
      AND replaced_at IS NULL) THEN
    found := found || 'no_reply_on_file'::text;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM enterprise WHERE tenant_id = e.tenant_id
      AND id = o.enterprise_id AND status = 'active') THEN
    found := found || 'enterprise_active'::text;
  END IF;
  IF EXISTS (SELECT 1 FROM exposure_exclusion WHERE tenant_id = e.tenant_id
      AND offer_id = e.offer_id AND lifted_at IS NULL) THEN
    found := found || 'nothing_excludes'::text;
  END IF;
  IF e.intent_no IS NULL OR e.intent_served_on IS NULL OR e.intent_served_on > day THEN
    found := found || 'notice_of_intent_served'::text;
  END IF;
  IF e.window_ends_on IS NULL OR e.window_ends_on >= day THEN
    found := found || 'right_of_reply_ended'::text;
  END IF;
  IF e.statement IS NOT NULL AND e.examined_at IS NULL THEN
    found := found || 'statement_examined'::text;
  END IF;
  IF e.objection_at IS NOT NULL AND e.objection_decided_at IS NULL THEN
    found := found || 'objection_decided'::text;
  END IF;
  IF e.reviewed_at IS NULL OR e.reviewed_by_id IS NULL
      OR e.reviewed_by_id = e.proposed_by_id THEN
    found := found || 'legal_check'::text;
  END IF;
  IF e.tripartite_opinion IS NULL OR e.tripartite_on IS NULL OR e.tripartite_on > day THEN
    found := found || 'tripartite_opinion'::text;
  END IF;
  IF e.first_approver_id IS NULL OR e.first_approved_at IS NULL
      OR exposure_day(e.first_approved_at) <= coalesce(e.window_ends_on, day) THEN
    found := found || 'first_approval'::text;
  END IF;
  IF e.second_approver_id IS NULL OR e.second_approved_at IS NULL
      OR exposure_day(e.second_approved_at) <= coalesce(e.window_ends_on, day) THEN
    found := found || 'two_approvers'::text;
  END IF;
  RETURN found;
END $$
"""

HELPERS = (
    """
CREATE FUNCTION exposure_day(moment timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
  SELECT (moment AT TIME ZONE 'Asia/Shanghai')::date
$$
""",
    """
CREATE FUNCTION exposure_step_over(tenant bigint, of_offer bigint, of_kind text, day date)
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM exposure_step s WHERE s.tenant_id = tenant
    AND s.offer_id = of_offer AND s.kind = of_kind AND s.state IN ('served', 'done')
    AND s.document_no IS NOT NULL AND s.served_on IS NOT NULL AND s.due_on < day
    AND (s.answered_on IS NULL OR s.answer_finding = 'unsettled'))
$$
""",
)

GUARD = """
CREATE FUNCTION exposure_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  unmet text[];
  shown constant text[] := '{published,objection_marked,upheld}';
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'proposed' OR NEW.published_at IS NOT NULL OR NEW.recheck_xact IS NOT NULL
        OR NEW.reviewed_at IS NOT NULL OR NEW.first_approved_at IS NOT NULL
        OR NEW.second_approved_at IS NOT NULL THEN
      RAISE EXCEPTION 'an exposure begins as a proposal' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.recheck_at, NEW.recheck_xact) IS DISTINCT FROM (OLD.recheck_at, OLD.recheck_xact) THEN
    NEW.recheck_xact := pg_current_xact_id()::text;
  ELSE
    NEW.recheck_xact := OLD.recheck_xact;
  END IF;
  IF (NEW.tenant_id, NEW.id, NEW.offer_id, NEW.proposed_by_id)
      IS DISTINCT FROM (OLD.tenant_id, OLD.id, OLD.offer_id, OLD.proposed_by_id) THEN
    RAISE EXCEPTION 'whom an exposure is about and who proposed it cannot change'
      USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.reviewed_at IS NOT NULL AND (NEW.body, NEW.facts, NEW.letter, NEW.channels)
      IS DISTINCT FROM (OLD.body, OLD.facts, OLD.letter, OLD.channels) THEN
    RAISE EXCEPTION 'the text that was checked cannot change' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.statement IS NOT NULL AND NEW.statement IS DISTINCT FROM OLD.statement THEN
    RAISE EXCEPTION 'a statement stands as it was made' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = OLD.state THEN
    IF OLD.published_at IS NOT NULL AND (NEW.published_at, NEW.expires_on, NEW.document_no)
        IS DISTINCT FROM (OLD.published_at, OLD.expires_on, OLD.document_no) THEN
      RAISE EXCEPTION 'a publication stands as it was made' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state IN ('withdrawn', 'decided_drop') THEN
    RAISE EXCEPTION 'an exposure that has ended stays ended' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = ANY (shown) AND NEW.state <> 'published' AND NOT OLD.state = ANY (shown) THEN
    RAISE EXCEPTION 'nothing is shown that was not published' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'published' THEN
    IF OLD.state <> 'decided_publish' THEN
      RAISE EXCEPTION 'only what was decided can be published' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM 1 FROM offer WHERE tenant_id = NEW.tenant_id AND id = NEW.offer_id FOR UPDATE;
    IF NEW.published_at IS NULL OR NEW.published_at > clock_timestamp() + interval '1 minute' THEN
      RAISE EXCEPTION 'the moment of publication is missing or has not come'
        USING ERRCODE = 'check_violation';
    END IF;
    unmet := exposure_unmet(NEW, exposure_day(NEW.published_at));
    IF NEW.recheck_xact IS DISTINCT FROM pg_current_xact_id()::text
        OR exposure_day(NEW.recheck_at) <> exposure_day(NEW.published_at) THEN
      unmet := unmet || 'recheck_clean'::text;
    END IF;
    IF NEW.document_no IS NULL OR NEW.expires_on IS NULL
        OR NEW.expires_on <= exposure_day(NEW.published_at)
        OR NEW.expires_on > exposure_day(NEW.published_at) + NEW.duration_days::int THEN
      unmet := unmet || 'number_and_expiry'::text;
    END IF;
    IF unmet <> '{}' THEN
      RAISE EXCEPTION 'unlawful publication: %', array_to_string(unmet, ', ')
        USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$
"""

TAKEN_DOWN = """
CREATE FUNCTION exposure_taken_down() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE exposure_publication
    SET withdrawn_at = coalesce(NEW.withdrawn_at, NEW.corrected_at, now())
    WHERE tenant_id = NEW.tenant_id AND exposure_id = NEW.id AND withdrawn_at IS NULL;
  RETURN NULL;
END $$
"""

PUBLICATION_GUARD = """
CREATE FUNCTION exposure_publication_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  e exposure;
  unmet text[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
        OR (NEW.tenant_id, NEW.id, NEW.exposure_id, NEW.channel, NEW.rank, NEW.published_at,
            NEW.published_by_id)
          IS DISTINCT FROM (OLD.tenant_id, OLD.id, OLD.exposure_id, OLD.channel, OLD.rank,
            OLD.published_at, OLD.published_by_id) THEN
      RAISE EXCEPTION 'a publication can only be taken down' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  SELECT * INTO e FROM exposure WHERE tenant_id = NEW.tenant_id AND id = NEW.exposure_id;
  PERFORM 1 FROM offer WHERE tenant_id = e.tenant_id AND id = e.offer_id FOR UPDATE;
  SELECT * INTO e FROM exposure
    WHERE tenant_id = NEW.tenant_id AND id = NEW.exposure_id FOR UPDATE;
  IF e.state IS NULL OR e.state NOT IN ('published', 'upheld')
      OR NOT NEW.channel = ANY (e.channels) OR NEW.withdrawn_at IS NOT NULL THEN
    RAISE EXCEPTION 'this exposure may not be shown there' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.published_at < e.published_at OR exposure_day(NEW.published_at) >= e.expires_on
      OR NEW.published_at > clock_timestamp() + interval '1 minute' THEN
    RAISE EXCEPTION 'the moment of publication does not fit' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.rank > 1 AND (NEW.published_by_id = e.proposed_by_id
      OR NOT EXISTS (SELECT 1 FROM exposure_publication WHERE tenant_id = NEW.tenant_id
        AND exposure_id = NEW.exposure_id AND rank = NEW.rank - 1 AND withdrawn_at IS NULL)) THEN
    RAISE EXCEPTION 'channels rise one by one, and another than the proposer raises them'
      USING ERRCODE = 'check_violation';
  END IF;
  unmet := exposure_unmet(e, exposure_day(NEW.published_at));
  IF e.recheck_xact IS DISTINCT FROM pg_current_xact_id()::text THEN
    unmet := unmet || 'recheck_clean'::text;
  END IF;
  IF unmet <> '{}' THEN
    RAISE EXCEPTION 'unlawful publication: %', array_to_string(unmet, ', ')
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""

REPLY_STOPS = """
CREATE FUNCTION reply_stops_exposure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM offer WHERE tenant_id = NEW.tenant_id AND id = NEW.offer_id FOR UPDATE;
  UPDATE exposure SET state = 'withdrawn',
      withdrawn_at = greatest(NEW.received_at, published_at),
      withdrawn_ground = CASE WHEN NEW.kind = 'not_us' OR NEW.received_at < published_at
        THEN 'error' ELSE 'remedied' END,
      withdrawn_note = 'exposure.replied'
    WHERE tenant_id = NEW.tenant_id AND offer_id = NEW.offer_id
      AND state IN ('published', 'objection_marked', 'upheld');
  UPDATE exposure SET state = 'decided_drop', dropped_reason = 'exposure.replied'
    WHERE tenant_id = NEW.tenant_id AND offer_id = NEW.offer_id
      AND state IN ('proposed', 'legal_check', 'noticed', 'reply_received', 'reply_waived',
        'decided_publish');
  RETURN NEW;
END $$
"""

TRIGGERS = (
    (
        "CREATE TRIGGER exposure_is_lawful BEFORE INSERT OR UPDATE ON exposure "
        "FOR EACH ROW EXECUTE FUNCTION exposure_guard()"
    ),
    (
        "CREATE TRIGGER exposure_comes_down AFTER UPDATE ON exposure FOR EACH ROW "
        "WHEN (OLD.state IN ('published', 'objection_marked', 'upheld') "
        "AND NEW.state NOT IN ('published', 'objection_marked', 'upheld')) "
        "EXECUTE FUNCTION exposure_taken_down()"
    ),
    (
        "CREATE TRIGGER exposure_publication_is_lawful BEFORE INSERT OR UPDATE ON "
        "exposure_publication FOR EACH ROW EXECUTE FUNCTION exposure_publication_guard()"
    ),
    (
        "CREATE TRIGGER reply_stops_exposure BEFORE INSERT ON reply "
        "FOR EACH ROW EXECUTE FUNCTION reply_stops_exposure()"
    ),
)

# From 0011: a judgement of lawfulness is only ever quoted, out of the authority's own document.
FINDING_FIRST = (
    """
CREATE FUNCTION exposure_judges_nobody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.body ~* '违法|非法|犯罪|illegal|unlawful' THEN
    RAISE EXCEPTION 'only the competent authority says what is unlawful'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.letter ->> 'authority_finding_text' IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM exposure_step WHERE tenant_id = NEW.tenant_id AND offer_id = NEW.offer_id
        AND outcome = 'violation' AND outcome_no = NEW.letter ->> 'authority_decision_no'
        AND outcome_text = NEW.letter ->> 'authority_finding_text') THEN
    RAISE EXCEPTION 'no such finding of an authority is on file'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
""",
    (
        "CREATE TRIGGER exposure_judges_nobody BEFORE INSERT OR UPDATE OF body, letter ON exposure "
        "FOR EACH ROW EXECUTE FUNCTION exposure_judges_nobody()"
    ),
)

LAW = (*HELPERS, UNMET, GUARD, TAKEN_DOWN, PUBLICATION_GUARD, REPLY_STOPS, *TRIGGERS)
