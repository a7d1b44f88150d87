"""A month: the plan against what was done, hours, the share for bargaining, expenses, trainings."""

import io
from datetime import date

import pytest
from sqlalchemy import select

from blueprints.visits import actions, hours, team, work_actions, work_queries
from blueprints.visits.actions import Made
from blueprints.visits.models import Visit
from blueprints.visits.month_pages import plan_values
from blueprints.visits.work_models import Expense, MonthPlan, Training, WorkEntry
from rules.broken import RuleBroken
from tenants.clock import at as clock_at
from tenants.db import db
from tests.offers.world import instant
from tests.supervisors.test_pages import get
from tests.visits.test_reach import BRIEF
from tests.visits.world import TODAY, jpeg, walked

ON = date.fromisoformat(TODAY)
MARCH = date(2026, 3, 1)
PLAN = {"visits": "12", "first_visits": "4", "training": "代表培训一期", "support": "协调约见"}


@pytest.fixture
def month(ours):
    world = walked(ours)
    with clock_at(instant(TODAY, 9)):
        yield world


def visit(ours, month, firm=0, on=ON, **changed):
    made = Visit(supervisor_id=month.mine, enterprise_id=month.firms[firm], purpose="other")
    known = Made(**{**BRIEF, "visited_on": on, **changed})
    return actions.record(made, known, by_id=ours.supervisor.id)


def test_the_share_counts_visits_trainings_and_entries_against_other_work(ours, month):
    with ours.scope(at=instant(TODAY)):
        mine = get(ours, month.mine)
        visit(ours, month, minutes=60)
        work_actions.add_hours(mine, worked_on=ON, kind="drafting", minutes=120, note=None)
        work_actions.add_hours(mine, worked_on=ON, kind="other", minutes=90, note="街道活动")
        work_actions.add_hours(
            mine, worked_on=date(2026, 2, 27), kind="other", minutes=600, note="上月"
        )
        work_actions.record_training(
            [mine], title="协商实务", kind="negotiation", held_on=ON, minutes=90, organiser=None,
            certificate_no=None,
        )  # fmt: skip
        found = hours.month_of(mine, ON)
        assert (found.visits, found.bargaining, found.other) == (1, 60 + 120 + 90, 90)
        assert found.share == 270 / 360


def test_without_hours_there_is_no_share(ours, month):
    with ours.scope(at=instant(TODAY)):
        assert hours.month_of(get(ours, month.mine), ON).share is None


def test_a_supervisor_drafts_the_plan_and_an_officer_confirms_it(ours, as_, month):
    assert as_(ours.supervisor).post(ours.url("/my-month/plan"), data=PLAN).status_code == 303
    address = ours.url(f"/supervisors/{month.mine}/month/confirmation")
    assert as_(ours.supervisor).post(address).status_code == 404
    assert as_(ours.officer).post(address).status_code == 303
    with ours.scope():
        plan = db.session.scalars(select(MonthPlan)).one()
        assert (plan.visits, plan.first_visits, plan.confirmed_by_id) == (12, 4, ours.officer.id)
    as_(ours.supervisor).post(ours.url("/my-month/plan"), data={**PLAN, "visits": "15"})
    with ours.scope():
        plan = db.session.scalars(select(MonthPlan)).one()
        assert (plan.visits, plan.confirmed_by_id) == (15, None), "it waits again"


def test_more_first_visits_than_visits_are_refused_beside_the_field(ours, as_, month):
    data = {**PLAN, "first_visits": "13"}
    answer = as_(ours.supervisor).post(ours.url("/my-month/plan"), data=data)
    assert answer.status_code == 422
    assert "Not more than all visits" in answer.text
    assert "代表培训一期" in answer.text


def test_nobody_confirms_their_own_plan(ours, month):
    with ours.scope(at=instant(TODAY)):
        mine = get(ours, month.mine)
        facts = {"training": None, "support": None, "gap": None, "other_work": None, "ways": {}}
        plan = work_actions.draft_plan(
            mine, MARCH, by_id=ours.officer.id, visits=1, first_visits=0, **facts
        )
        for person in (ours.officer.id, ours.supervisor.id):
            with pytest.raises(RuleBroken):
                work_actions.confirm_plan(mine, plan, by_id=person)


def test_first_visits_are_counted_once_for_an_enterprise(ours, month):
    with ours.scope(at=instant("2026-02-26")):
        visit(ours, month, firm=0, on=date(2026, 2, 26))
        db.session.commit()
    with ours.scope(at=instant(TODAY)):
        for firm in (0, 1, 1):
            visit(ours, month, firm=firm)
        mine = get(ours, month.mine)
        assert work_queries.first_visits(mine, MARCH, date(2026, 3, 31)) == 1


def test_hours_are_recorded_and_removed_by_their_owner(ours, as_, month):
    browser = as_(ours.supervisor)
    data = {"worked_on": TODAY, "kind": "drafting", "hours": "2.5", "note": "测算"}
    assert browser.post(ours.url("/my-month/hours"), data=data).status_code == 303
    with ours.scope():
        entry = db.session.scalars(select(WorkEntry)).one()
        assert entry.minutes == 150
    assert browser.post(ours.url(f"/my-month/hours/{entry.id}/removal")).status_code == 303
    with ours.scope():
        assert db.session.scalars(select(WorkEntry)).all() == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hours": "0.1"}, "quarter of an hour"),
        ({"hours": "17"}, "quarter of an hour"),
        ({"worked_on": "2026-03-11"}, "not come yet"),
        ({"kind": "other"}, "Say what the other work was"),
    ],
)
def test_impossible_hours_are_refused(ours, as_, month, change, words):
    data = {"worked_on": TODAY, "kind": "drafting", "hours": "2", **change}
    answer = as_(ours.supervisor).post(ours.url("/my-month/hours"), data=data)
    assert answer.status_code == 422
    assert words in answer.text


def expense(ours, as_, **more):
    data = {"spent_on": TODAY, "spending": "transport", "yuan": "12.50", **more}
    return as_(ours.supervisor).post(ours.url("/my-month/expenses"), data=data)


def test_an_expense_waits_for_somebody_else_and_then_stands(ours, as_, month):
    assert expense(ours, as_, receipt=(io.BytesIO(jpeg()), "票据.jpg")).status_code == 303
    with ours.scope():
        ident = db.session.scalars(select(Expense)).one().id
    officer = as_(ours.officer)
    assert "12.5" in officer.get(ours.url("/work")).text
    assert officer.get(ours.url(f"/expenses/{ident}/receipt")).status_code == 200
    address = ours.url(f"/work/expenses/{ident}/decision")
    assert as_(ours.supervisor).post(address, data={"decision": "accept"}).status_code == 404
    officer.post(address, data={"decision": "refuse"})
    with ours.scope():
        assert db.session.scalars(select(Expense)).one().state == "claimed", "a reason is owed"
    officer.post(address, data={"decision": "accept"})
    with ours.scope():
        kept = db.session.scalars(select(Expense)).one()
        assert (kept.state, kept.cents, kept.decided_by_id) == ("accepted", 1250, ours.officer.id)
    gone = as_(ours.supervisor).post(ours.url(f"/my-month/expenses/{ident}/removal"))
    assert gone.status_code == 409


def test_a_training_is_entered_for_all_who_took_part_and_once(ours, as_, month):
    data = {"title": "工资集体协商实务", "kind": "negotiation", "held_on": TODAY, "hours": "6",
            "supervisors": [month.mine, month.other]}  # fmt: skip
    officer = as_(ours.officer)
    for _ in range(2):
        assert officer.post(ours.url("/work/trainings"), data=data).status_code == 303
    with ours.scope():
        assert len(db.session.scalars(select(Training)).all()) == 2
    both = {**data, "certificate_no": "证1"}
    answer = officer.post(ours.url("/work/trainings"), data=both)
    assert "one holder" in answer.text
    assert "6" in officer.get(ours.url("/work/trainings")).text
    sheet = officer.get(ours.url("/work/trainings/export.csv")).text
    assert sheet.count("工资集体协商实务") == 2


def test_the_table_of_a_month_holds_everybody(ours, month):
    with ours.scope(at=instant(TODAY)):
        visit(ours, month)
        found = {row.supervisor.id: row for row in team.rows(MARCH, None)}
        assert (found[month.mine].figures.visits, found[month.other].figures.visits) == (1, 0)
        assert team.rows(MARCH, "-done")[0].supervisor.id == month.mine


def test_the_plan_on_paper_says_what_was_planned_and_done(ours, as_, month):
    browser = as_(ours.supervisor)
    browser.post(ours.url("/my-month/plan?month=2026-02"), data=PLAN)
    browser.post(ours.url("/my-month/plan"), data=PLAN)
    with ours.app.test_request_context(), ours.scope(at=instant(TODAY)):
        values = plan_values(get(ours, month.mine), MARCH)
        assert (values["planned_visit_count"], values["last_planned_count"]) == (12, 12)
        assert values["support_request_text"] == "协调约见"
        assert values["assigned_count"] == 2
    for form in ("pdf", "docx"):
        assert browser.get(ours.url(f"/my-month/plan.{form}")).status_code == 200
