"""What is handed to another body is tracked to its outcome; only its own papers judge anybody."""

from datetime import date

import psycopg
import pytest
from sqlalchemy import func, select, update

from blueprints.exposures import handing_over, ladder, measure, publishing, queries
from blueprints.exposures.facts import announcement
from blueprints.exposures.handing_over import Found
from blueprints.exposures.step_models import Outcome, StepKind
from blueprints.notices.models import Notice
from blueprints.offers.ground.letters import rendered
from blueprints.offers.ground.queries import get_offer
from jobs.exposures import recheck, tell
from rules.broken import RuleBroken
from tenants.db import db
from tests.exposures.test_database_refuses import app_connection
from tests.exposures.world import DECIDED, DEMANDED, SHOWN, Silent
from tests.offers.world import instant

HANDED_ON, FOUND_ON = "2025-07-28", "2025-07-31"
SAID = {
    "authority_name": "示范市人力资源和社会保障局", "union_comment": "请依法核实。",
    "cc_names": "示范市总工会",
}  # fmt: skip
WORDS = "经查，该单位未依法答复集体协商要约，责令限期改正。"
NUMBER = "示人社监〔2025〕8号"


@pytest.fixture
def silent(ours):
    one = Silent(ours)
    one.lapse()
    one.climb()
    return one


def hand_over(silent, kind=StepKind.PROPOSAL):
    return silent.step(kind, HANDED_ON, **SAID)


def settle(silent, step_id, outcome, number=NUMBER):
    with silent.on(FOUND_ON):
        found = Found(outcome, date.fromisoformat(FOUND_ON), WORDS, number)
        step = queries.get_step(step_id, lock=True)
        handing_over.record_outcome(step, found, by_id=silent.federation.officer.id)
        db.session.commit()


def told(silent, kind):
    with silent.federation.scope():
        return db.session.scalar(select(func.count()).where(Notice.kind == kind))


def test_a_hand_over_has_a_number_a_clock_and_an_outcome(silent):
    step_id = hand_over(silent)
    step = silent.step_row(step_id)
    assert step.document_no.startswith("示工监建")
    assert step.due_on > date.fromisoformat(HANDED_ON)
    settle(silent, step_id, Outcome.VIOLATION)
    row = silent.step_row(step_id)
    assert (row.state, row.outcome, row.outcome_no) == ("done", "violation", NUMBER)
    with pytest.raises(RuleBroken):
        settle(silent, step_id, Outcome.NO_VIOLATION)


def test_a_finding_without_the_number_of_its_document_is_none(silent):
    step_id = hand_over(silent)
    with pytest.raises(RuleBroken, match="number of its document"):
        settle(silent, step_id, Outcome.VIOLATION, number=None)


def test_the_finding_of_the_authority_stands_apart_and_in_its_own_words(silent):
    settle(silent, hand_over(silent), Outcome.VIOLATION)
    silent.propose()
    with silent.federation.scope():
        page = str(rendered(announcement(queries.get_exposure(silent.exposure_id)), "html"))
    assert WORDS in page
    assert NUMBER in page


def test_what_the_authority_cleared_is_not_proposed(silent):
    settle(silent, hand_over(silent), Outcome.NO_VIOLATION)
    with pytest.raises(RuleBroken):
        silent.propose()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE exposure SET body = '该企业违法' WHERE id = {exposure}",
        (
            "UPDATE exposure SET letter = letter || jsonb_build_object("
            "'authority_finding_text', 'x', 'authority_decision_no', 'y') WHERE id = {exposure}"
        ),
        (
            "UPDATE exposure_step SET outcome = 'violation', outcome_on = served_on,"
            " outcome_text = 'x' WHERE id = {step}"
        ),
        (
            "UPDATE exposure_step SET outcome = 'not_taken', outcome_on = served_on,"
            " outcome_text = 'x' WHERE kind = 'demand'"
        ),
    ],
)
def test_raw_sql_cannot_make_a_finding_up(silent, statement):
    step_id = hand_over(silent)
    silent.propose()
    known = {"exposure": silent.exposure_id, "step": step_id}
    with app_connection(silent) as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(statement.format(**known))


def test_a_reminder_letter_is_soft_and_no_step_waits_for_it(ours):
    silent = Silent(ours)
    silent.lapse()
    reminder = silent.step(StepKind.REMINDER, DEMANDED)
    assert silent.step_row(reminder).due_on is None
    assert silent.step_row(reminder).document_no.startswith("示工提")
    silent.step(StepKind.DEMAND, DEMANDED)
    with silent.on("2025-06-04"):
        offer, officer = get_offer(silent.offer_id, lock=True), silent.federation.officer.id
        with pytest.raises(RuleBroken):
            ladder.propose_step(offer, StepKind.REMINDER, {}, by_id=officer)


def test_every_step_gives_feedback_to_unions_and_the_person_in_charge(ours):
    silent = Silent(ours)
    silent.lapse()
    silent.step(StepKind.DEMAND, DEMANDED)
    with silent.federation.scope():
        query = select(Notice.recipient).where(Notice.kind == "exposure_feedback")
        recipients = list(db.session.scalars(query))
    assert f"user:{silent.federation.officer.id}" in recipients
    assert any(one.startswith("union:") for one in recipients)
    assert len(recipients) == len(set(recipients))


def test_what_a_reply_ends_before_publication_is_told_once(silent):
    silent.propose()
    silent.hear()
    silent.reply(DECIDED, hour=18)
    before = told(silent, "exposure_feedback")
    for expected in (1, 0):
        with silent.federation.app.app_context():
            at = instant(SHOWN).isoformat()
            assert tell(tenant_id=silent.federation.id, at=at) == expected
    assert told(silent, "exposure_feedback") > before


def test_an_objection_that_is_not_decided_in_time_takes_the_announcement_down(silent):
    silent.propose()
    silent.hear()
    silent.decide()
    silent.publish()
    with silent.on(SHOWN, hour=12):
        publishing.object_to(silent.exposure(), "事实有误。")
        db.session.commit()
    due = silent.look().objection_due_on
    after = date.fromordinal(due.toordinal() + 1)
    for day, state in ((due, "objection_marked"), (after, "withdrawn")):
        with silent.federation.app.app_context():
            recheck(tenant_id=silent.federation.id, at=instant(day.isoformat()).isoformat())
        assert silent.look().state == state
    assert silent.look().withdrawn_note == "exposure.objection_late"


def test_whoever_heard_of_it_hears_that_it_came_down(silent):
    federation = silent.federation
    with federation.scope(by=federation.administrator):
        outlet = {"name": "示范晚报", "address": "news@paper.example"}
        measure.change({"media": [outlet]})
        db.session.commit()
    silent.propose(channels=("media",))
    silent.hear()
    silent.decide()
    silent.publish()
    for _ in range(2):
        silent.raise_()
    assert told(silent, "exposure_media") == 1
    with federation.scope(at=instant(SHOWN, 12)):
        left = update(Notice).where(Notice.kind == "exposure_media")
        db.session.execute(left.values(state="sent", sent_at=instant(SHOWN, 12)))
        db.session.commit()
    with federation.scope(by=federation.administrator):
        measure.change({"media": []})
        db.session.commit()
    silent.reply("2025-09-01")
    with federation.app.app_context():
        tell(tenant_id=federation.id, at=instant("2025-09-01", 13).isoformat())
    with federation.scope():
        query = select(Notice.recipient).where(Notice.kind == "exposure_withdrawal")
        assert "media:news@paper.example" in set(db.session.scalars(query))


def test_without_a_media_list_nothing_goes_to_the_media(silent):
    with pytest.raises(RuleBroken, match="channel"):
        silent.propose(channels=("media",))


def test_a_finding_that_names_pay_stays_on_file(silent):
    step_id = hand_over(silent)
    with silent.on(FOUND_ON):
        words = "经查，该单位拖欠工资 4500 元。"
        found = Found(Outcome.VIOLATION, date.fromisoformat(FOUND_ON), words, NUMBER)
        step = queries.get_step(step_id, lock=True)
        handing_over.record_outcome(step, found, by_id=silent.federation.officer.id)
        db.session.commit()
    silent.propose()
    assert "authority_finding_text" not in silent.look().letter


def test_the_partners_are_called_to_the_interview(silent):
    with silent.federation.scope():
        query = select(Notice.recipient).where(Notice.kind == "exposure_step_copy")
        assert f"user:{silent.federation.partner.id}" in set(db.session.scalars(query))
