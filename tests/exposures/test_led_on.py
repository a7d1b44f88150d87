"""Who refuses without a proper reason is led on, step by step, and is never exposed for it."""

import pytest

from blueprints.exposures import ladder, lists, queries
from blueprints.exposures.board import line_of
from blueprints.exposures.letters import step_letter
from blueprints.exposures.reading import case_of
from blueprints.exposures.step_models import StepKind
from blueprints.offers.ground.letters import rendered
from blueprints.offers.ground.queries import get_offer, standing_reply
from blueprints.offers.ground.service_models import Finding, ReplyKind
from blueprints.offers.service.actions import review_reason
from rules.broken import RuleBroken
from tenants.db import db
from tests.exposures.test_handing_over import hand_over
from tests.exposures.world import DEMANDED, MET, OPINED, Silent

REFUSED, FOUND, TOO_EARLY = "2025-06-05", "2025-06-06", "2025-06-09"
OPINION = {
    "inspector_names": "甲、乙", "inspector_card_nos": "001、002",
    "inspected_from": "2025-06-16", "inspected_until": "2025-06-20", "signatory_name": "副主席",
}  # fmt: skip


@pytest.fixture
def silent(ours):
    return Silent(ours)


def find(silent, day, finding=Finding.IMPROPER):
    with silent.on(day, silent.federation.approver):
        offer = get_offer(silent.offer_id, lock=True)
        leader = silent.federation.approver.id
        review_reason(standing_reply(offer), offer, finding, "理由不充分。", leader)
        db.session.commit()


def refuse(silent, day, found_on):
    silent.reply(day, kind=ReplyKind.REFUSE)
    find(silent, found_on)


def state_of(silent, day=MET):
    with silent.on(day):
        return get_offer(silent.offer_id).state


def test_a_refusal_before_the_demand_letter_is_answered_by_it(silent):
    silent.serve()
    refuse(silent, "2025-03-10", "2025-03-12")
    demand = silent.step(StepKind.DEMAND, DEMANDED)
    with silent.federation.scope():
        page = str(rendered(step_letter(queries.get_step(demand)), "html"))
    assert "理由不充分。" in page
    assert "尚未收到" not in page
    silent.climb_on()
    handed = hand_over(silent)
    assert silent.step_row(handed).letter["reply_result"]["zh"].startswith("书面拒绝")
    with pytest.raises(RuleBroken):
        silent.propose()


@pytest.fixture
def refused(silent):
    """Silent until the demand letter, then a refusal whose reason is found improper."""
    silent.lapse()
    silent.step(StepKind.DEMAND, DEMANDED)
    refuse(silent, REFUSED, FOUND)
    return silent


def test_after_a_refusal_of_the_demand_the_opinion_follows_when_its_term_is_over(refused):
    assert state_of(refused) == "answered_no"
    with pytest.raises(RuleBroken):
        refused.step(StepKind.OPINION, TOO_EARLY, **OPINION)
    opinion = refused.step(StepKind.OPINION, OPINED, **OPINION)
    assert state_of(refused) == "escalated"
    with refused.federation.scope():
        page = str(rendered(step_letter(queries.get_step(opinion)), "html"))
    assert "书面拒绝协商" in page
    assert "未收到书面答复" not in page


def test_it_is_led_on_to_the_authority_and_never_to_an_announcement(refused):
    refused.climb_on()
    handed = hand_over(refused)
    assert refused.step_row(handed).letter["reply_result"]["zh"].startswith("书面拒绝")
    with pytest.raises(RuleBroken):
        refused.propose()
    with refused.on(MET):
        line = line_of(case_of(get_offer(refused.offer_id)))
        assert not line.ready
        assert line.next.en == "Hand it over to the labour authority"


@pytest.mark.parametrize("finding", [None, Finding.PROPER])
def test_no_opinion_while_the_reason_is_not_judged_or_found_proper(silent, finding):
    silent.lapse()
    silent.step(StepKind.DEMAND, DEMANDED)
    silent.reply(REFUSED, kind=ReplyKind.REFUSE)
    if finding:
        find(silent, FOUND, finding)
    with pytest.raises(RuleBroken):
        silent.step(StepKind.OPINION, OPINED, **OPINION)


def test_an_opinion_that_waits_for_its_leader_is_stopped_by_a_new_answer(refused):
    with refused.on(OPINED):
        offer = get_offer(refused.offer_id, lock=True)
        officer = refused.federation.officer
        step = ladder.propose_step(offer, StepKind.OPINION, OPINION, by_id=officer.id)
        db.session.commit()
        step_id = step.id
    refused.reply(OPINED, 15)
    leader = refused.federation.approver
    with refused.on(OPINED, leader, 16):
        step, offer = queries.get_step(step_id, lock=True), get_offer(refused.offer_id)
        with pytest.raises(RuleBroken):
            ladder.issue_step(step, offer, by_id=leader.id)


def test_who_refuses_after_the_opinion_is_called_to_the_interview_all_the_same(silent):
    silent.lapse()
    silent.step(StepKind.DEMAND, DEMANDED)
    silent.step(StepKind.OPINION, OPINED, **OPINION)
    refuse(silent, "2025-06-30", "2025-07-02")
    interview = {
        "meeting_at": "2025-07-30T09:00:00+08:00", "meeting_place": "市总工会",
        "answer_due_on": "2025-07-29",
    }  # fmt: skip
    assert silent.step(StepKind.INTERVIEW, MET, **interview)
    with pytest.raises(RuleBroken):
        silent.propose()


def test_the_board_shows_a_refused_demand_among_those_that_had_one(refused):
    with refused.on(OPINED):
        found = {
            group: [row.id for row in lists.page_of(lists.Asked(group=group)).rows]
            for group in ("overdue", "reminded")
        }
        assert found == {"overdue": [], "reminded": [refused.offer_id]}
        (line,) = lists.lines_of(found["reminded"])
        assert line.next.en == "Propose: Supervision opinion"
        assert line.why is None
