"""Performance clicked through: planned, checked on a phone, put to both chiefs, corrected."""

import re
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from blueprints.contracts.ground.check_models import PerformanceCheck
from blueprints.contracts.performance import check_queries, finding_queries
from blueprints.contracts.performance.finding_models import Finding
from blueprints.contracts.reports.models import PerformanceReport, WageFact
from blueprints.notices.models import Notice
from tenants.db import db
from tests.contracts.desk import CHECKED, Desk
from tests.contracts.world import published, town


def test_checks_and_reports_are_planned_when_a_contract_takes_effect(desk):
    days = [one.planned_on for one in desk.rows(select(PerformanceCheck))]
    assert days == [date(2025, 11, 6), date(2026, 4, 30)]
    (report,) = desk.rows(select(PerformanceReport))
    assert report.due_on == date(2026, 5, 7)
    assert report.clock["status"] == "unconfirmed", "Hubei's rule is not verified"
    assert desk.rows(select(WageFact)) == [], "wages by half-year only where the place asks"


def test_the_place_that_asks_for_wages_by_half_year_gets_them(app, as_):
    from tests.world import found

    chongqing = Desk(published(town(found(app, division="500000")), area="500103"), as_)
    halves = chongqing.rows(select(WageFact).order_by(WageFact.half_from))
    assert [one.half_from for one in halves] == [date(2025, 5, 7), date(2025, 11, 7)]
    card = "Wages of the half-year until 2025-11-06"
    assert card in chongqing.see("/", "2025-11-01").text
    path = f"/performance/wages/{halves[0].id}"
    assert chongqing.see(path, "2025-11-10").status_code == 200
    bad = chongqing.send(path, "2025-11-10", average_pay="4000", lowest_pay="5000")
    assert bad.status_code == 422
    chongqing.done(path, "2025-11-10", average_pay="4000", lowest_pay="2400",
                   paid_in_time="yes", published_on="2025-11-10", place="公开栏")  # fmt: skip
    assert card not in chongqing.see("/", "2025-11-11").text
    (first, _second) = chongqing.rows(select(WageFact).order_by(WageFact.half_from))
    assert (first.average_pay, first.paid_in_time) == (4000, True)


def test_a_check_from_plan_to_correction(desk):
    assert "沙市区餐饮业" in desk.see("/performance?q=餐饮", CHECKED).text
    page = desk.see(f"/performance/checks/{desk.check.id}", CHECKED).text
    assert "No clause has been checked yet." in page
    desk.look_at(["kept", "partly", "not_due", "disputed"])
    assert desk.sign(employer_monitor="", employer_signs="").status_code == 422
    assert desk.sign(worker_signs="").status_code == 422
    assert desk.sign(interviewed_aware="13").status_code == 422
    assert desk.sign().status_code == 303
    check = desk.check
    assert check.document_no == "履检2025-001"
    (finding,) = desk.rows(select(Finding))
    assert (finding.state, finding.fact) == ("noted", "12次中8次；排班系统更换")
    assert finding.evidence_id is not None
    put = f"/performance/checks/{check.id}/letter"
    refused = desk.send(put, CHECKED)
    assert refused.status_code == 409
    assert "suggest a remedy" in refused.text
    remedy = f"/performance/findings/{finding.id}/remedy"
    desk.done(remedy, CHECKED, remedy="补足差额并公示", due_on="2025-11-10")
    assert "补足差额并公示" in desk.see(put, CHECKED).text
    desk.done(put, CHECKED)
    told = desk.rows(select(Notice).where(Notice.kind == "rectification"))
    assert len(told) == 2, "both chiefs"
    show = f"/performance/findings/{finding.id}"
    assert "Put to both chiefs" in desk.see(show, CHECKED).text
    version = desk.rows(select(Finding))[0].version
    desk.done(f"{show}/plan", "2025-10-22", plan_on="2025-11-20", plan_text="分两次补足",
              version=version)  # fmt: skip
    stale = desk.send(f"{show}/plan", "2025-10-22", plan_on="2025-11-25", plan_text="x",
                      version=version)  # fmt: skip
    assert stale.status_code == 409
    early = desk.send(f"{show}/hand-over", "2025-11-18", **HAND_OVER)
    assert early.status_code == 409
    desk.done(f"{show}/correction", "2025-11-18", fixed_on="2025-11-18", note="工资表已核对",
              version=version + 1)  # fmt: skip
    assert desk.rows(select(Finding))[0].state == "fixed"
    contract = desk.see(f"/contracts/{desk.town.contract_id}", "2025-11-18").text
    assert "履检2025-001" in contract
    assert "A finding was corrected" in contract


HAND_OVER = {
    "reason": "逾期未整改", "inspector_names": "甲、乙", "inspector_card_nos": "001、002",
    "inspected_from": "2025-11-11", "inspected_until": "2025-11-12", "signatory_name": "副主席",
}  # fmt: skip


def put_in_writing(desk):
    desk.look_at(["kept", "not_kept"])
    assert desk.sign().status_code == 303
    (finding,) = desk.rows(select(Finding))
    desk.done(f"/performance/findings/{finding.id}/remedy", CHECKED, remedy="补发",
              due_on="2025-11-10")  # fmt: skip
    desk.done(f"/performance/checks/{desk.check.id}/letter", CHECKED)
    return f"/performance/findings/{finding.id}"


def test_what_is_not_corrected_goes_to_a_letter_of_opinion_that_another_issues(desk):
    show = put_in_writing(desk)
    late = desk.see("/performance/findings?group=late", "2025-11-12").text
    assert "12次中8次" in late
    assert "Findings not corrected in time" in desk.see("/", "2025-11-12").text
    desk.done(f"{show}/hand-over", "2025-11-12", **HAND_OVER)
    assert desk.send(f"{show}/opinion", "2025-11-12").status_code == 403
    assert "逾期未整改" in desk.see(f"{show}/opinion", "2025-11-12", desk.leader).text
    desk.done(f"{show}/opinion", "2025-11-12", desk.leader)
    assert desk.send(f"{show}/opinion/service", "2025-11-13",
                     served_on="2025-11-13").status_code == 422  # fmt: skip
    desk.done(f"{show}/opinion/service", "2025-11-13", served_on="2025-11-13", post_number="XA1")
    with desk.town.on("2025-11-13"):
        opinion = finding_queries.opinion_of(desk.rows(select(Finding))[0].id)
        assert opinion.state == "served"
        assert opinion.due_on > date(2025, 11, 13)
    desk.done(f"{show}/opinion/answer", "2025-11-20", answered_on="2025-11-20", words="已补发。")
    assert "已补发。" in desk.see(show, "2025-11-20").text
    pdf = desk.see(f"{show}/opinion.pdf", "2025-11-20")
    assert pdf.data.startswith(b"%PDF")


def test_the_yearly_report_is_drawn_from_the_record_and_heard(desk):
    desk.look_at(["kept", "partly"])
    assert desk.sign().status_code == 303
    (report,) = desk.rows(select(PerformanceReport))
    path = f"/performance/reports/{report.id}"
    page = desk.see(path, "2026-04-20")
    assert "Why this date?" in page.text
    assert "local rule not confirmed" in page.text
    assert desk.send(f"{path}/hearing", "2026-04-20", presented_on="2026-04-20",
                     congress="行业职代会").status_code == 409  # fmt: skip
    desk.done(f"{path}/text", "2026-04-20", problems="继续整改", remarks="3", remarks_settled="2")
    desk.done(f"{path}/hearing", "2026-04-22", presented_on="2026-04-22", congress="行业职代会")
    (report,) = desk.rows(select(PerformanceReport))
    assert report.letter["clauses_full_count"] == 1
    assert report.letter["clauses_partial_count"] == 1
    assert report.letter["performance_rate"] == 0.75
    assert "行业职代会" in desk.see(path, "2026-04-23").text


def test_an_assessment_says_what_it_could_not_score_and_another_confirms(desk):
    desk.look_at(["kept", "partly", "disputed"])
    assert desk.sign().status_code == 303
    begin = f"/performance/contracts/{desk.town.contract_id}/assessment"
    desk.done(f"{begin}/new", "2026-03-20", assessors="监督小组", next_round="提高起薪")
    page = desk.see(begin, "2026-03-20").text
    assert "no survey of the workers was closed in this time" in page
    assert "shared out among the others" in page
    assert "was not wholly kept" in page
    assert desk.send(f"{begin}/new", "2026-03-20", assessors="x", next_round="y").status_code == 409
    assert desk.send(f"{begin}/confirmation", "2026-03-20").status_code == 403
    version = re.search(r'name="version"[^>]*value="(\d+)"',
                        desk.see(f"{begin}/comments", "2026-03-20").text).group(1)  # fmt: skip
    desk.done(f"{begin}/comments", "2026-03-21", assessors="监督小组", next_round="提高起薪",
              employer_comment="同意", worker_comment="同意", version=version)  # fmt: skip
    desk.done(f"{begin}/confirmation", "2026-03-22", desk.leader)
    assert "Confirmed" in desk.see(begin, "2026-03-22").text
    assert desk.see(f"{begin}.pdf", "2026-03-22").data.startswith(b"%PDF")


def test_nobody_of_another_federation_finds_a_check(desk, theirs, as_):
    path = f"/performance/checks/{desk.check.id}"
    assert as_(theirs.officer).get(theirs.url(path)).status_code == 404


def refused(desk, statement, **values):
    known = {"tenant": desk.town.federation.id, **values}
    with desk.town.on(CHECKED):
        with pytest.raises(IntegrityError):
            db.session.execute(text(statement), known)
        db.session.rollback()


def test_the_database_keeps_what_both_sides_signed(desk):
    desk.look_at(["kept", "partly"])
    assert desk.sign().status_code == 303
    refused(desk, "UPDATE clause_fact SET result = 'kept' WHERE tenant_id = :tenant")
    refused(desk, "DELETE FROM clause_fact WHERE tenant_id = :tenant")
    refused(desk, "UPDATE performance_check SET worker_monitor = 'x' "
                  "WHERE tenant_id = :tenant AND state = 'held'")  # fmt: skip
    refused(desk, "UPDATE finding SET state = 'fixed', fixed_on = current_date, fix_note = 'x' "
                  "WHERE tenant_id = :tenant")  # fmt: skip


def test_the_database_lets_nobody_issue_what_they_asked_for(desk):
    show = put_in_writing(desk)
    desk.done(f"{show}/hand-over", "2025-11-12", **HAND_OVER)
    refused(desk, "UPDATE opinion_request SET state = 'issued', document_no = 'x', "
                  "decided_by_id = asked_by_id, decided_at = now() "
                  "WHERE tenant_id = :tenant")  # fmt: skip


def test_a_supervisor_sees_only_checks_of_their_own_enterprises(desk):
    supervisor = desk.town.federation.supervisor
    assert desk.see(f"/performance/checks/{desk.check.id}", CHECKED, supervisor).status_code == 404
    with desk.town.on(CHECKED):
        assert len(check_queries.of_contract(desk.town.contract_id)) == 2
