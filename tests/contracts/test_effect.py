"""From the signature to the day of effect: clocks, receipt, letter, silence, objection."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from blueprints.contracts.filing import actions as filing
from blueprints.contracts.filing import effect
from blueprints.contracts.filing.actions import Answer, Receipt
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.filing_models import Filer, ReviewKind
from blueprints.contracts.ground.membership_models import LeavingReason
from blueprints.notices.models import Message, Notice
from blueprints.rulebook import queries as rulebook
from jobs import contracts as jobs
from rules.broken import RuleBroken
from rules.calendars import Calendar, prc_calendar
from tenants.db import db
from tests.contracts import world as w
from tests.world import found


def test_a_wage_contract_is_filed_within_seven_days_of_its_signature(ours):
    town = w.signed(w.town(ours))
    with town.on(w.SIGNED):
        assert town.contract.file_due_on == date(2025, 4, 18)
        assert town.contract.file_clock["steps"]


def test_in_shanghai_the_time_to_file_runs_from_the_report_of_the_vote(app):
    town = w.signed(w.town(found(app, division="310100")))
    with town.on(w.SIGNED):
        assert town.contract.file_clock["anchor_on"] == "2025-04-10"


def test_the_review_runs_from_receipt_by_the_authority_and_not_from_handing_in(ours):
    town = w.filed(w.town(ours))
    with town.on(w.RECEIVED):
        (made,) = queries.filings_of(town.contract_id)
        assert (made.handed_in_on, made.received_on) == (w.HANDED_IN, w.RECEIVED)
        assert made.review_ends_on == w.LAST_DAY
        assert made.review_clock["anchor_on"] == w.RECEIVED.isoformat()


def test_silence_makes_it_effective_the_instant_the_period_ends_and_once(ours):
    town = w.filed(w.town(ours))
    assert w.sweep(jobs.take_effect, ours, w.LAST_DAY, 23) == 0
    assert w.sweep(jobs.take_effect, ours, w.IN_FORCE, 0) == 1
    assert w.sweep(jobs.take_effect, ours, w.IN_FORCE, 0) == 0
    with town.on(w.IN_FORCE):
        contract = town.contract
        assert (contract.state, contract.effective_basis) == ("effective", "deemed")
        assert contract.effective_on == w.IN_FORCE
        assert queries.covered(w.IN_FORCE).enterprises == 3
        assert queries.covered(w.IN_FORCE).workers == 90
        assert queries.covered(w.LAST_DAY).enterprises == 0


def test_a_sweep_that_comes_a_week_late_finds_the_same_day_of_effect(ours):
    town = w.filed(w.town(ours))
    assert w.sweep(jobs.take_effect, ours, w.IN_FORCE + timedelta(days=7)) == 1
    with town.on(w.IN_FORCE + timedelta(days=7)):
        assert town.contract.effective_on == w.IN_FORCE


def without(year):
    """The calendar as it is before the notice of a year is out."""
    known = prc_calendar()
    bare = Calendar(known.rest, known.make_up, known.years - {year}, f"without {year}")
    return bare.as_far_as_known


def test_silence_ends_no_review_while_the_calendar_of_its_last_day_is_missing(ours, monkeypatch):
    with monkeypatch.context() as early:
        early.setattr(rulebook, "calendar", without(w.LAST_DAY.year))
        town = w.filed(w.town(ours))
        assert w.sweep(jobs.take_effect, ours, w.IN_FORCE + timedelta(days=7)) == 0
    assert w.sweep(jobs.take_effect, ours, w.IN_FORCE + timedelta(days=7)) == 1
    with town.on(w.IN_FORCE + timedelta(days=7)):
        assert town.contract.effective_on == w.IN_FORCE
        assert not queries.filings_of(town.contract_id)[0].review_clock["provisional"]


def test_a_letter_of_no_objection_makes_it_effective_on_the_day_it_is_delivered(ours):
    town = w.filed(w.town(ours))
    with town.on("2025-04-25"):
        (made,) = queries.filings_of(town.contract_id)
        answer = Answer(ReviewKind.NO_OBJECTION, date(2025, 4, 25), "无异议", "审字2025-7")
        filing.record_review(made, town.contract, answer)
        effect.take_effect_by_letter(town.contract)
        db.session.commit()
        assert town.contract.effective_on == date(2025, 4, 25)
        assert town.contract.effective_basis == "letter"
        assert town.contract.publish_due_on == date(2025, 4, 30)


def test_an_objection_goes_back_to_bargaining_and_is_filed_anew(ours):
    town = w.filed(w.town(ours))
    points = [{"clause": "第四条"}]
    with town.on("2025-04-28"):
        contract, (made,) = town.contract, queries.filings_of(town.contract_id)
        answer = Answer(ReviewKind.OBJECTION, date(2025, 4, 28), "第四条低于规定", points=points)
        filing.record_review(made, contract, answer)
        db.session.commit()
        assert contract.state == "objected"
        assert effect.take_effect_by_silence(contract) is False
        filing.bargain_again(contract)
        contract.text = w.TEXT + "第四条　休息日加班按200%支付。\n"
        contract.text_hash = w.drawing.fingerprint(contract.text)
        w.sign(contract)
        w.hand_in(contract, received_on=date(2025, 4, 28))
        db.session.commit()
        assert [one.round for one in queries.filings_of(contract.id)] == [2, 1]
    assert w.sweep(jobs.take_effect, ours, "2025-05-14") == 1


def test_an_objection_after_the_period_is_kept_and_changes_nothing(ours):
    town = w.in_force(w.town(ours))
    with town.on("2025-05-09"):
        (made,) = queries.filings_of(town.contract_id)
        answer = Answer(
            ReviewKind.OBJECTION, date(2025, 5, 9), "迟到的意见", points=[{"clause": "一"}]
        )
        review = filing.record_review(made, town.contract, answer)
        db.session.commit()
        assert review.late
        assert town.contract.state == "effective"


def test_while_papers_are_missing_silence_means_nothing(ours):
    town = w.filed(w.town(ours))
    with town.on("2025-04-23"):
        (made,) = queries.filings_of(town.contract_id)
        filing.ask_supplement(made, town.contract, "补充企业名册", on=date(2025, 4, 23))
        db.session.commit()
    assert w.sweep(jobs.take_effect, ours, "2025-05-20") == 0
    with town.on("2025-05-20"):
        (made,) = queries.filings_of(town.contract_id)
        filing.supply(made, town.contract, on=date(2025, 5, 20))
        db.session.commit()
        assert made.review_ends_on == date(2025, 6, 4)
    assert w.sweep(jobs.take_effect, ours, "2025-06-05") == 1


def test_nothing_is_filed_without_a_receipt(ours):
    town = w.signed(w.town(ours))
    with town.on(w.RECEIVED):
        made = filing.assemble(
            town.contract, Filer.EMPLOYER, filer_name="协会", authority_name="人社局"
        )
        with pytest.raises(RuleBroken):
            filing.hand_in(made, town.contract, Receipt(w.HANDED_IN, w.RECEIVED), by_id=None)
        assert town.contract.state == "signed"


def test_who_files_is_what_the_place_says(ours):
    town = w.signed(w.town(ours))
    with town.on(w.RECEIVED), pytest.raises(RuleBroken, match="employer"):
        filing.assemble(town.contract, Filer.UNION, filer_name="工会", authority_name="人社局")


def test_the_term_ends_and_nobody_is_bound_any_more(ours):
    town = w.in_force(w.town(ours))
    assert w.sweep(jobs.end_terms, ours, "2026-04-30") == 0
    assert w.sweep(jobs.end_terms, ours, "2026-05-01") == 1
    assert w.sweep(jobs.end_terms, ours, "2026-05-01") == 0
    with town.on("2026-05-02"):
        assert queries.covered(date(2026, 4, 30)).enterprises == 3
        assert queries.covered(date(2026, 5, 1)).enterprises == 0
        row = db.session.execute(queries.members_of(town.contract_id)).first()
        assert row[0].left_reason == LeavingReason.LAPSED


def test_every_enterprise_bound_is_told_once_that_it_is_in_force(ours):
    town = w.town(ours)
    town.register("示例有邮箱餐饮有限公司", email="hr@firm.example")
    w.in_force(town)
    with town.on(w.IN_FORCE):
        query = select(Notice).where(Notice.kind == "contract_in_force")
        told = db.session.scalars(query.order_by(Notice.recipient_name)).all()
        assert len(told) == 4
        assert {one.state for one in told} == {"paper", "queued"}
        assert [one.address for one in told if one.address] == ["hr@firm.example"]
        body = db.session.get_one(Message, (ours.id, told[0].message_id)).body
        assert "2025年5月7日" in body


def test_in_shanghai_the_time_to_file_runs_from_the_notice_of_the_vote(app):
    shanghai = w.signed(w.town(found(app, division="310100")), area="310101")
    with shanghai.on(w.SIGNED):
        contract = shanghai.contract
        assert contract.vote_reported_on == date(2025, 4, 10), "a day before it was signed"
        assert contract.file_due_on == date(2025, 4, 21), "ten days; the 20th is a Sunday"
        assert "2025-04-10" in str(contract.file_clock)
