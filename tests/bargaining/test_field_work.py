"""What the cases hand in for supervisors: the meetings of a day, the year behind, plans."""

from datetime import date, time

import pytest
from flask import g
from sqlalchemy import select

from blueprints.appraisals.indicators import Year, counted
from blueprints.bargaining.ground.models import CaseState, Part
from blueprints.bargaining.meetings import actions as meetings
from blueprints.bargaining.meetings import invitations
from blueprints.bargaining.meetings.actions import Call
from blueprints.supervisors import sources
from blueprints.supervisors.models import Assignment
from blueprints.visits import feed
from blueprints.visits.agenda import day_of
from tenants.clock import at as clock_at
from tenants.db import db
from tenants.models import Tenant
from tests.bargaining import table_world as t
from tests.bargaining.world import NAMES, asked_by
from tests.offers.world import instant
from tests.supervisors.test_pages import get
from tests.supervisors.world import another, on_roster, planned
from tests.visits.test_calendar import entries

MEETING = "2026-04-22"


def serve(federation, supervisor_id, *firms):
    db.session.add_all(
        Assignment(supervisor_id=supervisor_id, enterprise_id=firm, valid_from=date(2026, 1, 1))
        for firm in firms
    )


@pytest.fixture
def field(ours):
    """An industry case; the supervisor serves two of its enterprises, a colleague a third."""
    table = t.table(ours)
    with table.at("2026-04-11"):
        parts = [one.enterprise_id for one in t.queries.enterprises_of(table.case_id)]
        table.mine = on_roster(ours, area_code="421002").id
        table.other = another(ours, "吴某某").id
        serve(ours, table.mine, *parts[:2])
        serve(ours, table.other, parts[2])
        db.session.commit()
    return table


def call(table, day=MEETING, hour=9, place="示范市职工之家"):
    with table.at("2026-04-20"):
        said = Call(instant(day, hour), place, ("岗位最低工资",), "郑某某")
        made = meetings.call_meeting(table.case, said, by_id=table.federation.officer.id)
        db.session.commit()
        return made.id


def day(table, on, whose=None):
    with (
        table.at(on, 8),
        table.federation.app.test_request_context(table.federation.url("/my-day")),
    ):
        g.tenant = db.session.get(Tenant, table.federation.id)
        return day_of(get(table.federation, whose or table.mine), date.fromisoformat(on)).items


def meeting_items(table, on, whose=None):
    return [item for item in day(table, on, whose) if item.kind == "meeting"]


def test_a_meeting_stands_once_on_the_day_with_its_time_place_and_link(field):
    ident = call(field)
    (item,) = meeting_items(field, MEETING)
    assert item.where.name in NAMES
    assert (item.at, item.where.address) == (time(9, 0), "示范市职工之家")
    assert item.note == "沙市区餐饮行业工资集体协商"
    assert item.url.endswith(f"/meetings/{ident}")
    assert day(field, MEETING)[0] == item


def test_on_another_day_or_called_off_a_meeting_is_not_listed(field):
    ident = call(field)
    assert meeting_items(field, "2026-04-21") == []
    assert meeting_items(field, "2026-04-23") == []
    with field.at("2026-04-21"):
        case = field.case
        meetings.cancel_meeting(case, field.meeting(ident), "一方临时有事")
        db.session.commit()
    assert meeting_items(field, MEETING) == []


def test_each_supervisor_sees_their_own_enterprise_and_who_serves_none_sees_nothing(field):
    call(field)
    (mine,), (others,) = meeting_items(field, MEETING), meeting_items(field, MEETING, field.other)
    assert mine.where.enterprise_id != others.where.enterprise_id
    with field.at("2026-04-21"):
        for one in db.session.scalars(select(Assignment)):
            one.valid_to = date(2026, 4, 21)
        db.session.commit()
    assert meeting_items(field, MEETING) == []


def bare(table, federation):
    """The supervisor has charge of the case and serves none of its enterprises."""
    with table.at("2026-04-11"):
        table.mine = on_roster(federation, area_code="421002").id
        table.case.supervisor_id = table.mine
        db.session.commit()
    return table


def test_a_meeting_of_a_case_in_charge_is_listed_without_an_enterprise_of_ones_own(ours, as_):
    table = bare(t.table(ours), ours)
    ident = call(table)
    (item,) = meeting_items(table, MEETING)
    assert (item.where.name, item.where.enterprise_id) == ("沙市区餐饮行业工资集体协商", None)
    assert item.where.address == "示范市职工之家"
    with clock_at(instant(MEETING, 8)):
        browser = as_(ours.supervisor)
        page = browser.get(ours.url("/my-day"))
        assert page.status_code == 200
        assert f'href="/{ours.slug}/meetings/{ident}"' in page.text
        assert browser.get(ours.url(f"/meetings/{ident}")).status_code == 200
        assert browser.get(ours.url("/")).status_code == 200


def calendar(table, visitor, on="2026-04-20", whose=None):
    with table.at(on, 8):
        token = feed.open_feed(get(table.federation, whose or table.mine), "zh")
        db.session.commit()
    with clock_at(instant(on, 8)):
        text = visitor.get(table.federation.url(f"/calendar/{token}.ics")).text
    return [one for one in entries(text) if one["UID"].startswith("meeting-")]


def test_a_meeting_stands_in_the_calendar_under_the_name_of_its_invitation(field, visitor):
    ident = call(field)
    (entry,) = calendar(field, visitor)
    with field.at("2026-04-20"):
        invitation = invitations.calendar_entry(field.case, field.meeting(ident)).decode()
    for name in ("UID", "SEQUENCE", "DTSTART", "DTEND", "LOCATION", "STATUS"):
        assert f"{name}:{entry[name]}\r\n" in invitation
    assert entry["SUMMARY"].startswith("沙市区餐饮行业工资集体协商")


def test_a_meeting_moved_or_called_off_is_the_same_entry(field, visitor):
    ident = call(field)
    (first,) = calendar(field, visitor)
    with field.at("2026-04-20"):
        said = Call(instant("2026-04-24", 14), "街道会议室", ("岗位最低工资",), "郑某某")
        meetings.change_meeting(field.case, field.meeting(ident), said)
        db.session.commit()
    (moved,) = calendar(field, visitor)
    assert (moved["UID"], moved["SEQUENCE"]) == (first["UID"], "1")
    assert (moved["DTSTART"], moved["LOCATION"]) == ("20260424T060000Z", "街道会议室")
    with field.at("2026-04-21"):
        meetings.cancel_meeting(field.case, field.meeting(ident), "一方临时有事")
        db.session.commit()
    (off,) = calendar(field, visitor)
    assert (off["UID"], off["SEQUENCE"], off["STATUS"]) == (first["UID"], "2", "CANCELLED")


def test_a_meeting_of_others_is_in_nobodys_calendar(field, ours, visitor):
    call(field)
    with field.at("2026-04-12"):
        outside = another(ours, "郑某某").id
        db.session.commit()
    assert calendar(field, visitor, whose=outside) == []


def test_a_meeting_of_a_case_in_charge_is_in_the_calendar(ours, visitor):
    table = bare(t.table(ours), ours)
    call(table)
    assert len(calendar(table, visitor)) == 1


def test_the_page_opens_the_meeting_in_one_tap(field, as_):
    ident = call(field)
    with clock_at(instant(MEETING, 8)):
        browser = as_(field.federation.supervisor)
        page = browser.get(field.federation.url("/my-day"))
        assert f'href="/{field.federation.slug}/meetings/{ident}"' in page.text
        assert browser.get(field.federation.url(f"/meetings/{ident}")).status_code == 200


def test_the_day_costs_as_many_statements_for_one_meeting_as_for_five(field, as_):
    browser = as_(field.federation.supervisor)
    with clock_at(instant(MEETING, 8)):
        call(field)
        address = field.federation.url("/my-day")
        few = asked_by(field.federation, browser, address)
        for hour in (10, 11, 14, 15):
            call(field, hour=hour)
        assert asked_by(field.federation, browser, address) == few


def year_of(table, last, year=2026):
    """The cases of the supervisor's year up to a day: each with its end, and what counts."""
    with table.at(last, 18), table.federation.app.test_request_context("/"):
        day = date.fromisoformat(last)
        looked_at = Year(year, date(year, 1, 1), day, None)
        measure = counted()["cases"].measure(get(table.federation, table.mine), looked_at)
        items = [(item.text, item.counts, str(item.note)) for item in measure.items]
        assert measure.done == sum(1 for item in measure.items if item.counts)
        assert all(item.door[2] == table.case_id for item in measure.items)
        return items


def in_charge(table, federation):
    with table.at("2026-04-11"):
        table.mine = on_roster(federation, area_code="421002").id
        table.case.supervisor_id = table.mine
        db.session.commit()
    return table


def test_a_case_counts_from_the_day_it_is_signed(ours):
    table = in_charge(t.voting(ours), ours)
    assert year_of(table, "2026-05-17") == [], "opened this year and still running"
    table.count().sign(t.Party.WORKERS, t.Party.EMPLOYER)
    name = "示例甲餐饮有限公司工资集体协商"
    assert year_of(table, "2026-05-19") == [], "signed the day after"
    assert year_of(table, t.SIGNED) == [(name, True, "已签字")]
    assert year_of(table, "2027-03-01", 2027) == [], "another year's"


def test_a_case_that_comes_from_an_earlier_year_or_ended_without_a_contract_counts_against(ours):
    table = in_charge(t.opened(ours), ours)
    name = "示例甲餐饮有限公司工资集体协商"
    assert year_of(table, "2026-12-15") == []
    assert year_of(table, "2027-12-15", 2027) == [(name, False, "仍在协商")]
    with table.at("2026-06-01"):
        case = table.case
        case.closed_on, case.closed_reason = date(2026, 6, 1), "企业注销"
        db.session.commit()
    assert year_of(table, "2026-12-15") == [(name, False, "结束，未签订")]
    assert year_of(table, "2027-12-15", 2027) == []


def test_a_case_in_anothers_charge_does_not_count(ours):
    table = in_charge(t.opened(ours), ours)
    with table.at("2026-04-12"):
        table.case.supervisor_id = another(ours, "吴某某").id
        db.session.commit()
    assert year_of(table, "2027-12-15", 2027) == []


def test_a_plan_of_assignment_can_be_for_the_enterprises_of_a_case(field):
    choice = f"case:{field.case_id}"
    with field.at("2026-04-12"), field.federation.app.test_request_context("/"):
        parts = t.queries.enterprises_of(field.case_id)
        parts[0].part, parts[0].left_on, parts[0].left_reason = (
            Part.LEFT, date(2026, 4, 11), "企业迁出",
        )  # fmt: skip
        db.session.flush()
        words = dict(sources.choices())[choice]
        assert words == f"协商项目 · {field.case.name} {field.case.document_no}"
        plan = planned(field.federation, source=choice)
        assert plan.figures["targets"] == 4, "who has left the case is no target of it"
        assert sources.name_of(choice) == words
        field.case.state = CaseState.EXPIRED
        db.session.flush()
        assert choice not in dict(sources.choices())
        assert sources.name_of(choice) == "协商项目"


def test_another_federations_case_is_no_choice_and_no_target(field, theirs):
    choice = f"case:{field.case_id}"
    with theirs.scope(at=instant("2026-04-12")), theirs.app.test_request_context("/"):
        assert choice not in dict(sources.choices())
        assert db.session.scalars(sources.enterprises_of(choice, date(2026, 4, 12))).all() == []


def test_a_case_in_dispute_makes_its_enterprises_weigh_more(field):
    with field.at("2026-04-12"):
        parts = {one.enterprise_id for one in t.queries.enterprises_of(field.case_id)}
        before = sources.disputed()  # the one that refused the offer
        assert len(before & parts) == 1
        field.case.state = CaseState.DISPUTE_MAKING
        db.session.flush()
        assert sources.disputed() - before == parts - before
