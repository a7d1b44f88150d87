"""What the contracts hand in for a supervisor: checks and findings of the day, the year behind."""

from datetime import date

import pytest
from flask import g
from sqlalchemy import select, update

from blueprints.appraisals import actions as appraisals
from blueprints.appraisals.indicators import Year, counted
from blueprints.appraisals.models import Appraisal
from blueprints.contracts.filing import actions as filing
from blueprints.contracts.filing.actions import Receipt
from blueprints.contracts.ground.check_models import PerformanceCheck
from blueprints.contracts.ground.filing_models import Filer
from blueprints.contracts.performance import check_actions
from blueprints.contracts.performance.finding_models import Finding
from blueprints.supervisors.models import Assignment
from blueprints.visits import feed
from blueprints.visits.agenda import day_of
from tenants.clock import at as clock_at
from tenants.db import db
from tenants.models import Tenant
from tests.appraisals.world import SETTINGS, weights
from tests.contracts import world as w
from tests.contracts.desk import Desk
from tests.contracts.test_performance import put_in_writing
from tests.offers.world import instant
from tests.supervisors.test_pages import get
from tests.supervisors.world import another, on_roster
from tests.visits.test_calendar import entries

CHECK = "2025-10-20"


def serve(supervisor_id, *firms):
    db.session.add_all(
        Assignment(supervisor_id=supervisor_id, enterprise_id=firm, valid_from=date(2025, 1, 1))
        for firm in firms
    )


@pytest.fixture
def field(ours):
    """A contract in force for three; the supervisor serves two of them, a colleague none."""
    town = w.published(w.town(ours))
    with town.on("2025-05-10"):
        town.mine = on_roster(ours, area_code="421002").id
        town.other = another(ours, "吴某某").id
        serve(town.mine, *town.firms[:2])
        db.session.execute(update(PerformanceCheck).values(state="cancelled", cancelled_reason="—"))
        db.session.commit()
    return town


def plan(town, day=CHECK, enterprise_id=None):
    with town.on("2025-06-02"):
        period = (date(2025, 5, 7), date(2025, 9, 30))
        made = check_actions.plan(
            town.contract, planned_on=date.fromisoformat(day), period=period,
            enterprise_id=enterprise_id,
        )  # fmt: skip
        db.session.commit()
        return made.id


def items(town, on, kind, whose=None):
    federation = town.federation
    with town.on(on), federation.app.test_request_context(federation.url("/my-day")):
        g.tenant = db.session.get(Tenant, federation.id)
        day = day_of(get(federation, whose or town.mine), date.fromisoformat(on))
        return [item for item in day.items if item.kind == kind]


def test_a_check_of_the_whole_contract_stands_once_with_its_day_and_link(field):
    ident = plan(field)
    (item,) = items(field, "2025-10-15", "check")
    assert item.where.enterprise_id in field.firms[:2]
    assert item.due == date(2025, 10, 20)
    assert item.note == "沙市区餐饮业2025年度工资专项集体合同"
    assert item.url.endswith(f"/performance/checks/{ident}")
    assert items(field, "2025-10-15", "check", field.other) == []


def test_a_check_is_listed_from_a_week_before_its_day_until_it_is_held(field):
    plan(field)
    assert items(field, "2025-10-12", "check") == []
    assert len(items(field, "2025-10-13", "check")) == 1
    assert len(items(field, "2025-12-01", "check")) == 1


def test_a_check_at_one_enterprise_is_for_whoever_serves_it(field):
    plan(field, enterprise_id=field.firms[1])
    plan(field, enterprise_id=field.firms[2])
    (item,) = items(field, CHECK, "check")
    assert item.where.enterprise_id == field.firms[1]


def test_who_has_left_the_contract_is_not_where_it_is_checked(field):
    plan(field)
    with field.on("2025-06-10"):
        for firm in field.firms[:2]:
            row = db.session.scalars(
                select(w.Membership).where(w.Membership.enterprise_id == firm)
            ).one()
            reason = w.members.LeavingReason.MOVED
            w.members.leave(row, field.contract, reason, on=date(2025, 6, 10))
        db.session.commit()
    assert items(field, CHECK, "check") == []


@pytest.fixture
def desk(field, as_):
    """What a check found was put to both chiefs: to be corrected by 10 November."""
    plan(field)
    desk = Desk(field, as_)
    desk.path = put_in_writing(desk)
    return desk


def test_a_finding_put_to_the_chiefs_is_followed_up_from_a_week_before_its_day(field, desk):
    assert items(field, "2025-11-02", "finding") == []
    (item,) = items(field, "2025-11-03", "finding")
    assert item.due == date(2025, 11, 10)
    assert item.where.enterprise_id in field.firms[:2]
    assert item.url.endswith(desk.path)
    assert len(items(field, "2025-12-20", "finding")) == 1
    assert items(field, "2025-11-03", "finding", field.other) == []


def test_a_finding_that_was_put_right_is_off_the_list(field, desk):
    (finding,) = desk.rows(select(Finding))
    desk.done(f"{desk.path}/plan", "2025-10-22", plan_on="2025-11-08", plan_text="补足",
              version=finding.version)  # fmt: skip
    assert len(items(field, "2025-11-07", "finding")) == 1
    desk.done(f"{desk.path}/correction", "2025-11-08", fixed_on="2025-11-08", note="工资表已核对",
              version=finding.version + 1)  # fmt: skip
    assert items(field, "2025-11-09", "finding") == []


def test_the_page_of_the_day_opens_both_in_one_tap(field, desk):
    other = plan(field, "2025-11-06")
    page = desk.see("/my-day", "2025-11-05", field.federation.supervisor)
    assert "See whether it was put right" in page.text
    for path in (desk.path, f"/performance/checks/{other}"):
        assert f'href="/{field.federation.slug}{path}"' in page.text
        assert desk.see(path, "2025-11-05", field.federation.supervisor).status_code == 200


def test_the_day_costs_as_many_statements_for_one_check_as_for_five(field, as_, count_queries):
    plan(field)
    desk = Desk(field, as_)
    costs = []
    for _round in range(2):
        with count_queries() as asked:
            assert desk.see("/my-day", CHECK, field.federation.supervisor).status_code == 200
        costs.append(len(asked))
        for _more in range(4):
            plan(field)
    assert costs[0] == costs[1]


def calendar(town, visitor, on, whose=None):
    with town.on(on):
        token = feed.open_feed(get(town.federation, whose or town.mine), "zh")
        db.session.commit()
    with clock_at(instant(on, 9)):
        return entries(visitor.get(town.federation.url(f"/calendar/{token}.ics")).text)


def test_a_planned_check_is_in_the_calendar_on_its_day_until_it_is_called_off(field, visitor):
    ident = plan(field)

    def on(day):
        (found,) = [
            one for one in calendar(field, visitor, day)
            if one["UID"].startswith(f"check-{field.federation.id}-{ident}@")
        ]  # fmt: skip
        return found

    first = on("2025-10-10")
    assert first["DTSTART;VALUE=DATE"] == "20251020"
    assert first["STATUS"] == "CONFIRMED"
    assert calendar(field, visitor, "2025-10-10", field.other) == []
    with field.on("2025-10-11"):
        check = check_of(ident)
        check_actions.change(
            check, planned_on=date(2025, 10, 22), owner_id=None, joint=True, version=check.version
        )
        db.session.commit()
    moved = on("2025-10-11")
    assert moved["UID"] == first["UID"]
    assert moved["DTSTART;VALUE=DATE"] == "20251022"
    assert int(moved["SEQUENCE"]) > int(first["SEQUENCE"])
    with field.on("2025-10-12"):
        check_actions.call_off(check_of(ident), "合同即将终止")
        db.session.commit()
    off = on("2025-10-12")
    assert (off["UID"], off["STATUS"]) == (first["UID"], "CANCELLED")
    assert int(off["SEQUENCE"]) > int(moved["SEQUENCE"])


def check_of(ident):
    return db.session.scalars(select(PerformanceCheck).where(PerformanceCheck.id == ident)).one()


def test_the_day_by_which_something_is_put_right_is_in_the_calendar(field, desk, visitor):
    found = calendar(field, visitor, "2025-10-28")
    (entry,) = [one for one in found if one["UID"].startswith("finding-")]
    assert entry["DTSTART;VALUE=DATE"] == "20251110"
    others = calendar(field, visitor, "2025-10-28", field.other)
    assert others == []


def measured(town, name, last, whose=None):
    with town.on(last):
        year = Year(2025, date(2025, 1, 1), date.fromisoformat(last), None)
        return counted()[name].measure(get(town.federation, whose or town.mine), year)


def test_a_unit_counts_once_while_a_contract_in_force_covers_it(field):
    assert [measured(field, "contracts", on).done for on in ("2025-05-06", "2025-05-07")] == [0, 2]
    found = measured(field, "contracts", "2025-12-31")
    assert (found.done, found.of) == (2, 2)
    assert {item.door for item in found.items} == {("contracts.show", "contract_id",
                                                    field.contract_id)}  # fmt: skip
    assert measured(field, "contracts", "2025-12-31", field.other).of == 0


def test_a_unit_without_a_contract_leads_to_its_page(field):
    (bare,) = field.register("示例丁餐饮有限公司")
    with field.on("2025-06-01"):
        serve(field.mine, bare)
        db.session.commit()
    found = measured(field, "contracts", "2025-12-31")
    assert (found.done, found.of) == (2, 3)
    (without,) = [item for item in found.items if not item.counts]
    assert without.door == ("registry.show", "enterprise_id", bare)


@pytest.mark.parametrize(("handed_in", "done"), [("2025-04-18", 1), ("2025-04-19", 0), (None, 0)])
def test_filing_counts_by_the_last_day_of_its_clock_and_not_before(ours, handed_in, done):
    town = w.town(ours)
    w.signed(town, level="enterprise", enterprise_id=town.firms[0])
    with town.on("2025-04-12"):
        town.mine = on_roster(ours, area_code="421002").id
        serve(town.mine, town.firms[0])
        db.session.commit()
    assert measured(town, "filing", "2025-04-18").of == 0
    if handed_in:
        with town.on(handed_in):
            hand_in(town.contract, date.fromisoformat(handed_in))
            db.session.commit()
    found = measured(town, "filing", "2025-12-31")
    assert (found.done, found.of) == (done, 1)
    (item,) = found.items
    assert item.on == date(2025, 4, 18)
    assert item.door == ("contracts.show", "contract_id", town.contract_id)


def hand_in(contract, on):
    names = {"filer_name": "示例甲餐饮有限公司", "authority_name": "示范市人社局"}
    filing.assemble(contract, Filer.EMPLOYER, **names)
    receipt = Receipt(on, on, number="2025-0421")
    filing.hand_in(filing.open_filing(contract), contract, receipt, by_id=None)


def test_an_industry_contract_in_nobodys_charge_is_not_filed_late_by_who_serves_one_member(field):
    assert measured(field, "filing", "2025-12-31").of == 0


def test_what_is_counted_can_be_weighed_and_leads_to_each_item(field, as_):
    officer = field.federation.officer
    with field.on("2025-12-15"):
        changed = weights(contracts=20, visits=0)
        appraisals.set_weights(2025, changed, by_id=officer.id, **SETTINGS)
        appraisals.begin(2025, [get(field.federation, field.mine)])
        db.session.commit()
        ident = db.session.scalars(select(Appraisal.id)).one()
    desk = Desk(field, as_)
    sheet = desk.see("/appraisals/weights?year=2025", "2025-12-15").text
    for name in ("cases", "filing", "content", "contracts"):
        assert f'name="{name}"' in sheet
    page = desk.see(f"/appraisals/{ident}/items/contracts", "2025-12-15").text
    assert page.count(f'/contracts/{field.contract_id}"') == 2
    assert "示例甲餐饮有限公司" in page
