"""What the database itself refuses of a survey: late answers, changed answers, changed figures."""

LAW = (
    # An answer is taken only while its survey is open. The share lock makes closing wait for
    # answers under way, so that the figures are counted from all of them.
    """
    CREATE FUNCTION survey_takes_answers() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE standing text;
    BEGIN
        SELECT s.state INTO standing FROM survey s
            JOIN invitation i ON i.tenant_id = s.tenant_id AND i.survey_id = s.id
            WHERE i.tenant_id = NEW.tenant_id AND i.id = NEW.invitation_id
            FOR SHARE OF s;
        IF standing IS DISTINCT FROM 'open' THEN
            RAISE EXCEPTION 'answers are taken only while a survey is open'
                USING ERRCODE = 'check_violation';
        END IF;
        NEW.created_at := date_trunc('month', now());
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER survey_answer_only_while_open BEFORE INSERT ON survey_answer
        FOR EACH ROW EXECUTE FUNCTION survey_takes_answers()
    """,
    # What was asked stays what was asked; what was counted stays what was counted.
    """
    CREATE FUNCTION survey_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            IF NEW.state <> 'planned' THEN
                RAISE EXCEPTION 'a survey begins as a plan' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END IF;
        IF TG_OP = 'DELETE' OR OLD.state IN ('closed', 'dropped') THEN
            RAISE EXCEPTION 'a survey that has ended stays as it is'
                USING ERRCODE = 'check_violation';
        END IF;
        IF (OLD.state = 'planned' AND NEW.state NOT IN ('planned', 'open', 'dropped'))
                OR (OLD.state = 'open' AND NEW.state NOT IN ('open', 'closed')) THEN
            RAISE EXCEPTION 'a survey is planned, opened and closed, in this order'
                USING ERRCODE = 'check_violation';
        END IF;
        IF OLD.state = 'open' AND (to_jsonb(OLD) - '{state,closed_at,ended_reason,figures,version}'::text[])
                <> (to_jsonb(NEW) - '{state,closed_at,ended_reason,figures,version}'::text[]) THEN
            RAISE EXCEPTION 'what an open survey asks cannot be changed'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER survey_stands BEFORE INSERT OR UPDATE OR DELETE ON survey
        FOR EACH ROW EXECUTE FUNCTION survey_stands()
    """,
    # Boxes and links come and go with the plan; how many were handed out is counted while open.
    """
    CREATE FUNCTION survey_parts_stand() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE standing text; part jsonb := to_jsonb(COALESCE(NEW, OLD));
    BEGIN
        SELECT s.state INTO standing FROM survey s
            WHERE s.tenant_id = (part->>'tenant_id')::bigint
            AND s.id = (part->>'survey_id')::bigint;
        IF standing = 'open' AND TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'invitation'
                AND to_jsonb(OLD) - 'handed_out' = to_jsonb(NEW) - 'handed_out' THEN
            RETURN NEW;
        END IF;
        IF standing IS DISTINCT FROM 'planned' THEN
            RAISE EXCEPTION 'whom a survey asks, and about what, is fixed once it is open'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN COALESCE(NEW, OLD);
    END $$
    """,
    """
    CREATE TRIGGER invitation_stands BEFORE INSERT OR UPDATE OR DELETE ON invitation
        FOR EACH ROW EXECUTE FUNCTION survey_parts_stand()
    """,
    """
    CREATE TRIGGER survey_content_stands BEFORE INSERT OR UPDATE OR DELETE ON survey_content
        FOR EACH ROW EXECUTE FUNCTION survey_parts_stand()
    """,
    """
    CREATE FUNCTION survey_instrument_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR OLD.questions <> NEW.questions OR OLD.version <> NEW.version
                OR OLD.base <> NEW.base OR OLD.state = 'withdrawn'
                OR (OLD.state = 'approved' AND NEW.state <> 'withdrawn') THEN
            RAISE EXCEPTION 'a version of a questionnaire is never changed'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER survey_instrument_stands BEFORE UPDATE OR DELETE ON survey_instrument
        FOR EACH ROW EXECUTE FUNCTION survey_instrument_stands()
    """,
)
