"""From silence to publication to withdrawal, and everything that stops it on the way."""

from datetime import date

import pytest
from sqlalchemy import func, select

from blueprints.exposures import actions, ladder, publishing, queries, wording
from blueprints.exposures.models import Ground
from blueprints.exposures.step_models import StepKind
from blueprints.notices.models import Notice
from blueprints.offers.ground.queries import get_offer
from jobs.exposures import recheck, tell
from rules.broken import RuleBroken
from tenants.db import db
from tests.exposures.world import BODY, DECIDED, DEMANDED, HEARD, SHOWN, Silent, served
from tests.offers.world import instant


@pytest.fixture
def silent(ours):
    return Silent(ours)


def notices(silent, kind):
    with silent.federation.scope():
        query = select(func.count()).where(Notice.kind == kind)
        return db.session.scalar(query)


def run(job, silent, day):
    with silent.federation.app.app_context():
        return job(tenant_id=silent.federation.id, at=instant(day).isoformat())


def test_silence_leads_to_an_announcement_and_a_reply_takes_it_down_everywhere(silent):
    silent.ready()
    silent.publish()
    shown = silent.look()
    assert (shown.state, shown.document_no[-7:]) == ("published", "2025〕1号")
    with silent.on("2025-08-28", silent.chair):
        publishing.publish_next(silent.exposure(), by_id=silent.chair.id)
        db.session.commit()
    assert notices(silent, "exposure_circular") >= 2
    silent.reply("2025-09-01")
    ended = silent.look()
    assert (ended.state, ended.withdrawn_ground) == ("withdrawn", "remedied")
    with silent.federation.scope():
        down = queries.publications(silent.exposure_id)
        assert len(down) == 2
        assert all(one.withdrawn_at for one in down)
    assert run(tell, silent, "2025-09-01") == 1
    assert run(tell, silent, "2025-09-01") == 0
    assert notices(silent, "exposure_withdrawal") >= 3


def test_a_reply_at_the_last_minute_leaves_nothing_to_publish(silent):
    silent.ready()
    silent.reply(SHOWN, hour=9)
    assert silent.look().state == "decided_drop"
    with pytest.raises(RuleBroken):
        silent.publish()
    assert notices(silent, "exposure") == 0


def test_nobody_issues_a_step_they_proposed(silent):
    silent.lapse()
    officer = silent.federation.officer
    with silent.on(DEMANDED):
        offer = get_offer(silent.offer_id, lock=True)
        step = ladder.propose_step(offer, StepKind.DEMAND, {}, by_id=officer.id)
        with pytest.raises(RuleBroken):
            ladder.issue_step(step, offer, by_id=officer.id)


def test_an_opinion_waits_for_the_term_of_the_demand_letter(silent):
    silent.lapse()
    silent.step(StepKind.DEMAND, DEMANDED)
    with silent.on("2025-06-04"):
        offer = get_offer(silent.offer_id, lock=True)
        with pytest.raises(RuleBroken):
            ladder.propose_step(offer, StepKind.OPINION, {}, by_id=silent.federation.officer.id)


def test_nothing_is_proposed_before_the_ladder_is_climbed(silent):
    silent.lapse()
    with pytest.raises(RuleBroken, match="earlier step"):
        silent.propose()


@pytest.mark.parametrize("who", ["officer", "lawyer"])
def test_neither_proposer_nor_reviewer_approves(silent, who):
    silent.lapse()
    silent.climb()
    silent.propose()
    silent.hear()
    person = silent.lawyer if who == "lawyer" else silent.federation.officer
    with silent.on(DECIDED, person), pytest.raises(RuleBroken):
        actions.approve(silent.exposure(), "同意。", by_id=person.id)


def test_one_person_is_not_two_approvers(silent):
    silent.lapse()
    silent.climb()
    silent.propose()
    silent.hear()
    person = silent.chair
    with silent.on(DECIDED, person):
        actions.approve(silent.exposure(), "同意。", by_id=person.id)
        with pytest.raises(RuleBroken, match="different"):
            actions.approve(silent.exposure(), "同意。", by_id=person.id)


def test_a_statement_is_kept_verbatim_and_must_be_examined_by_another(silent):
    silent.lapse()
    silent.climb()
    silent.propose()
    silent.hear("我公司正在办理股权变更，\n  望予理解。")
    assert silent.look().statement == "我公司正在办理股权变更，\n  望予理解。"
    assert silent.look().statement_open is True
    silent.decide()
    silent.publish()
    assert silent.look().state == "published"


def test_an_announcement_expires_by_itself_and_an_objection_is_marked_at_once(silent):
    silent.ready()
    silent.publish()
    with silent.on("2025-08-27"):
        publishing.object_to(silent.exposure(), "事实有误。")
        db.session.commit()
    marked = silent.look()
    assert marked.state == "objection_marked"
    assert marked.objection_due_on > date(2025, 8, 27)
    with silent.on("2025-08-28", silent.chair):
        publishing.uphold(silent.exposure(), "事实清楚。", by_id=silent.chair.id)
        db.session.commit()
    assert run(recheck, silent, "2025-09-01")["rechecked"] == 1
    assert silent.look().state == "upheld"
    assert run(recheck, silent, "2026-01-05")["expired"] == 1
    assert silent.look().withdrawn_ground == Ground.EXPIRED
    assert run(recheck, silent, "2026-01-05")["expired"] == 0


def test_a_wrong_announcement_is_corrected_with_an_apology(silent):
    silent.ready()
    silent.publish()
    said = {"error_text": "送达日期有误", "corrected_text": "该单位未收到催告函"}
    with silent.on("2025-08-27", silent.chair):
        publishing.correct(silent.exposure(), said, by_id=silent.chair.id)
        db.session.commit()
    assert silent.look().state == "corrected"
    assert notices(silent, "exposure_correction") >= 3
    with silent.federation.scope():
        assert all(one.withdrawn_at for one in queries.publications(silent.exposure_id))


def test_an_exclusion_takes_down_and_holds_back(silent):
    silent.ready()
    with silent.on(SHOWN):
        offer = get_offer(silent.offer_id, lock=True)
        code = "exposure.small_or_crisis"
        publishing.exclude(offer, code, "重大事故", by_id=silent.federation.officer.id)
        db.session.commit()
    with pytest.raises(RuleBroken):
        silent.publish()


def test_a_reply_registered_late_shows_that_the_announcement_was_our_error(silent):
    silent.ready()
    silent.publish(hour=15)
    silent.reply(SHOWN, hour=9)
    assert silent.look().withdrawn_ground == Ground.ERROR


@pytest.mark.parametrize(
    "body",
    [
        "请联系13812345678", "电话0716-8123456", "身份证42100219800101123X", "欠薪12,000元",
        "拖欠三千元", "月薪5000", "hr@firm.example", "该企业违法", "工资为 4500",
    ],
)  # fmt: skip
def test_texts_with_people_pay_or_judgement_are_refused(body):
    assert list(wording.faults(body))


def test_the_plain_fact_is_not_refused():
    assert list(wording.faults(f"{BODY}（示工约〔2025〕17号，2025年3月4日送达）")) == []


def test_service_without_proof_is_no_service(silent):
    silent.lapse()
    silent.climb()
    silent.propose()
    with silent.on("2025-08-01", silent.lawyer, 11):
        actions.pass_check(silent.exposure(), "事实清楚。", by_id=silent.lawyer.id)
        db.session.commit()
    bare = ladder.Served(served(HEARD).method, date.fromisoformat(HEARD))
    with silent.on(HEARD), pytest.raises(RuleBroken, match="proof"):
        actions.record_intent_service(silent.exposure(), bare)


def test_a_demand_that_came_back_is_dropped_and_proposed_again(silent):
    """The post brought it back: a new one takes its place, and the ladder goes on from there."""
    silent.lapse()
    with silent.on(DEMANDED):
        lost = ladder.propose_step(
            get_offer(silent.offer_id, lock=True), StepKind.DEMAND, {},
            by_id=silent.federation.officer.id,
        )  # fmt: skip
        db.session.commit()
        lost_id = lost.id
    with silent.on(DEMANDED, silent.federation.approver, 11):
        lost = queries.get_step(lost_id, lock=True)
        ladder.issue_step(lost, get_offer(silent.offer_id), by_id=silent.federation.approver.id)
        ladder.drop_step(lost, "挂号信退回，地址有误。")
        db.session.commit()
    silent.step(StepKind.DEMAND, "2025-06-05")
    with silent.on("2025-06-06"), pytest.raises(RuleBroken):
        ladder.propose_step(
            get_offer(silent.offer_id, lock=True), StepKind.OPINION, {},
            by_id=silent.federation.officer.id,
        )  # fmt: skip
    silent.climb_on()
