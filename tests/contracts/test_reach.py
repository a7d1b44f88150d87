"""Who is in charge of a case sees the contract out of it, whole; who is not, sees none of it."""

from datetime import date

import pytest
from sqlalchemy import select

from blueprints.bargaining.cases.opening import Opening, open_case
from blueprints.bargaining.ground.models import BargainingCase, CaseLevel, Ground
from blueprints.contracts.forecast.models import ForecastEntry
from blueprints.contracts.performance.finding_models import Finding
from blueprints.contracts.reports.models import PerformanceReport, WageFact
from blueprints.registry.union_actions import found_union
from blueprints.supervisors.models import Assignment, Supervisor
from tenants.db import db
from tenants.models import User
from tests.contracts.desk import Desk
from tests.contracts.test_forecast import looked
from tests.contracts.test_performance import put_in_writing
from tests.contracts.world import published, town
from tests.supervisors.world import another, on_roster
from tests.world import found

LATER = "2026-03-20"


def opened(federation, **changed):
    """A case of the trade, in the charge of the federation's supervisor."""
    known = {
        "name": "沙市区餐饮业工资集体协商", "ground": Ground.BY_HAND, "level": CaseLevel.INDUSTRY,
        "opened_on": date(2025, 3, 3), "industry": "62", "area": "421002",
        "ground_note": "双方商定", **changed,
    }  # fmt: skip
    return open_case(Opening(**known)).id


@pytest.fixture
def desk(app, as_):
    """A contract of a place that asks for wages by half-year; none of it is at their own firms."""
    federation = found(app, division="500000")
    made = town(federation)
    with made.on("2025-03-03"):
        mine = on_roster(federation)
        case_id = opened(federation, supervisor_id=mine.id)
        db.session.commit()
    desk = Desk(published(made, case_id=case_id, area="500103"), as_)
    with made.on("2025-03-03"):
        stranger = another(federation, "吴某某")
        db.session.commit()
        user = db.session.get_one(User, (federation.id, stranger.user_id))
        db.session.refresh(user)
        db.session.expunge(user)
    desk.in_charge, desk.stranger, desk.case_id = federation.supervisor, user, case_id
    return desk


def pages(desk):
    """Every page there is about one contract, and the file behind a finding."""
    finding = put_in_writing(desk)
    looked(desk, LATER)
    report, line = (
        desk.rows(select(model).order_by(model.id))[0]
        for model in (PerformanceReport, ForecastEntry)
    )
    (row,) = desk.rows(select(Finding))
    contract = f"/contracts/{desk.town.contract_id}"
    check = f"/performance/checks/{desk.check.id}"
    return (
        contract, f"{contract}/members", f"{contract}/notice.pdf", f"{contract}/summary-zh.pdf",
        check, f"{check}/checklist.pdf", f"{check}/clauses/{row.clause_id}/evidence",
        finding, f"{finding}/evidence.file", f"/performance/reports/{report.id}",
        f"/forecast/lines/{line.id}",
    )  # fmt: skip


LISTS = ("/contracts", "/performance", "/performance/findings", "/performance/reports",
         "/performance/wages", "/forecast")  # fmt: skip
SHEETS = ("/contracts/export.csv", "/performance/export.csv", "/performance/findings/export.csv",
          "/performance/reports/export.csv", "/performance/wages/export.csv",
          "/forecast/export.csv", "/forecast/events/export.csv", "/coverage/export.csv",
          "/acting/export.csv")  # fmt: skip


def test_who_is_in_charge_of_the_case_sees_all_of_it_without_a_firm_of_their_own(desk):
    for path in pages(desk):
        assert desk.see(path, LATER, desk.in_charge).status_code == 200, path
    for path in LISTS:
        assert "2025年度工资专项集体合同" in desk.see(path, LATER, desk.in_charge).text, path
    listed = desk.see(f"/contracts/{desk.town.contract_id}/members", LATER, desk.in_charge).text
    assert "3 enterprises" in listed
    assert "示例丙餐饮有限公司" in desk.see("/coverage/enterprises", LATER, desk.in_charge).text


def test_a_supervisor_who_has_neither_case_nor_firm_finds_nothing(desk):
    for path in pages(desk):
        assert desk.see(path, LATER, desk.stranger).status_code == 404, path
    for path in LISTS:
        page = desk.see(path, LATER, desk.stranger)
        assert page.status_code == 200, path
        assert "2025年度工资专项集体合同" not in page.text, path
    assert "示例" not in desk.see("/coverage/enterprises", LATER, desk.stranger).text


def test_no_supervisor_takes_a_sheet_away_and_nobody_reads_another_federations(desk, theirs):
    for path in SHEETS:
        assert desk.see(path, LATER, desk.in_charge).status_code == 403, path
        assert desk.see(path, LATER).status_code == 200, path
    for path in pages(desk):
        assert desk.as_(theirs.officer).get(theirs.url(path)).status_code == 404, path


def test_in_charge_they_may_hold_its_check_but_not_change_its_papers(desk):
    path = f"/performance/checks/{desk.check.id}/signature"
    assert desk.see(path, LATER, desk.in_charge).status_code == 200
    assert desk.see(path, LATER, desk.stranger).status_code == 404
    fact = desk.rows(select(WageFact.id))[0]
    assert desk.see(f"/performance/wages/{fact}", LATER, desk.in_charge).status_code == 403
    answer = desk.send(f"/contracts/{desk.town.contract_id}/publication", LATER, desk.in_charge)
    assert answer.status_code == 403


def test_the_charge_ends_when_the_case_is_given_to_another(desk):
    with desk.town.on("2025-12-01"):
        case = db.session.get_one(BargainingCase, (desk.town.federation.id, desk.case_id))
        other = select(Supervisor.id).where(Supervisor.user_id == desk.stranger.id)
        case.supervisor_id = db.session.scalar(other)
        db.session.commit()
    path = f"/contracts/{desk.town.contract_id}"
    assert desk.see(path, LATER, desk.in_charge).status_code == 404
    assert desk.see(path, LATER, desk.stranger).status_code == 200


def test_who_is_in_charge_of_the_renewal_reads_what_is_renewed(desk):
    with desk.town.on(LATER):
        other = select(Supervisor.id).where(Supervisor.user_id == desk.stranger.id)
        opened(
            desk.town.federation, supervisor_id=db.session.scalar(other),
            supersedes_contract_id=desk.town.contract_id, opened_on=date(2026, 3, 20),
        )  # fmt: skip
        db.session.commit()
    path = f"/contracts/{desk.town.contract_id}"
    assert desk.see(path, LATER, desk.stranger).status_code == 200


def test_a_line_of_the_forecast_begins_with_whoever_led_the_case(desk):
    officer, leader = desk.officer.id, desk.leader.id
    with desk.town.on("2025-12-01"):
        case = db.session.get_one(BargainingCase, (desk.town.federation.id, desk.case_id))
        case.owner_id = officer
        db.session.commit()
    looked(desk, LATER)
    (line,) = desk.rows(select(ForecastEntry).filter_by(ground="renewal"))
    assert line.owner_id == officer
    desk.done(f"/forecast/lines/{line.id}/owner", LATER, owner_id=str(leader),
              planned_on=LATER, version="1")  # fmt: skip
    looked(desk, "2026-03-21")
    (line,) = desk.rows(select(ForecastEntry).filter_by(ground="renewal"))
    assert line.owner_id == leader


def test_a_union_that_is_the_party_sees_its_contract_and_another_does_not(ours, as_):
    made = town(ours)
    with made.on("2025-02-03"):
        party = found_union({"name": "沙市区餐饮行业工会联合会", "level": "enterprise"})
        db.session.flush()
        person = db.session.get_one(User, (ours.id, ours.union.id))
        person.union_id = party.id
        other = found_union({"name": "示例其他工会", "level": "enterprise"})
        db.session.commit()
        party_id, other_id = party.id, other.id
    desk = Desk(published(made, union_id=party_id), as_)
    path = f"/contracts/{made.contract_id}"

    def seen_by(union_id):
        ours.union.union_id = union_id
        return desk.see(path, LATER, ours.union).status_code

    assert seen_by(party_id) == 200
    assert seen_by(other_id) == 404


def test_wages_are_listed_filtered_and_taken_away_as_they_are_shown(desk):
    first = desk.rows(select(WageFact.id).order_by(WageFact.half_from))[0]
    day = "2025-11-20"
    assert "Past its day" in desk.see("/performance/wages?group=late", day).text
    desk.done(f"/performance/wages/{first}", day, average_pay="4000", lowest_pay="2400",
              paid_in_time="no", published_on=day, place="公开栏")  # fmt: skip
    page = desk.see("/performance/wages?group=published", day).text
    assert "4,000" in page
    assert "1 half-year" in page
    assert "Nothing matches your filters." in desk.see("/performance/wages?group=late", day).text
    sheet = desk.see("/performance/wages/export.csv?group=unpaid", day).data.decode("utf-8-sig")
    assert "2025-05-07" in sheet
    assert len(sheet.splitlines()) == 2, "its head and one half-year"
    assert ",No," in sheet
    for sort in ("due", "contract", "half"):
        assert desk.see(f"/performance/wages?sort=-{sort}", day).status_code == 200


def test_nobody_said_whether_it_was_paid_in_time_and_nothing_is_chosen_for_them(desk):
    first = desk.rows(select(WageFact.id).order_by(WageFact.half_from))[0]
    page = desk.see(f"/performance/wages/{first}", "2025-11-20").text
    assert '<option selected value="no">' not in page


def test_of_a_contract_of_the_trade_a_single_firms_supervisor_sees_that_firm_alone(desk):
    firms = desk.town.firms
    with desk.town.on("2025-12-01"):
        mine = select(Supervisor.id).where(Supervisor.user_id == desk.stranger.id)
        db.session.add(
            Assignment(
                supervisor_id=db.session.scalar(mine), enterprise_id=firms[1],
                valid_from=date(2025, 1, 1),
            )
        )  # fmt: skip
        db.session.commit()
    path = f"/contracts/{desk.town.contract_id}"
    for page in (path, f"{path}/members", "/coverage/enterprises"):
        shown = desk.see(page, LATER, desk.stranger).text.split('id="course"')[0]
        assert "示例乙餐饮有限公司" in shown, page
        assert "示例甲餐饮有限公司" not in shown, page
    assert f"/enterprises/{firms[1]}" in desk.see(f"{path}/members", LATER, desk.stranger).text


def test_members_are_filtered_by_whether_their_workers_can_read_it(desk):
    path = f"/contracts/{desk.town.contract_id}"
    posted = desk.see(f"{path}/members?posted=yes", LATER).text
    assert "1 enterprise" in posted
    assert "厂务公开栏" in posted
    sheet = desk.see(f"{path}/members/export.csv?posted=no", LATER).data.decode("utf-8-sig")
    assert len(sheet.splitlines()) == 3, "its head and two enterprises"
    assert "厂务公开栏" not in sheet
