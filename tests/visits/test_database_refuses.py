"""The law of the rows, in raw SQL as the app's own role."""

from datetime import date

import psycopg
import pytest

from blueprints.visits import actions, work_actions
from blueprints.visits.actions import Made
from blueprints.visits.models import Visit
from tenants.db import db
from tests.offers.world import instant
from tests.supervisors.test_pages import get
from tests.visits.test_reach import BRIEF, ON
from tests.visits.world import TODAY, walked


@pytest.fixture
def rows(ours):
    world = walked(ours)
    with ours.scope(at=instant(TODAY), by=ours.supervisor):
        mine, own = get(ours, world.mine), ours.supervisor.id
        made = Visit(supervisor_id=mine.id, enterprise_id=world.firms[0], purpose="other")
        actions.record(made, Made(**BRIEF), by_id=own)
        planned = actions.plan(mine, world.firms[1], ON, purpose="other")
        expense = work_actions.claim(
            mine, by_id=own, spent_on=ON, kind="transport", cents=100, note=None
        )
        decided = work_actions.claim(
            mine, by_id=own, spent_on=ON, kind="transport", cents=200, note=None
        )
        work_actions.decide(decided, accept=True, note=None, by_id=ours.officer.id)
        work_actions.draft_plan(
            mine, date(2026, 3, 1), by_id=ours.officer.id, visits=3, first_visits=1,
            training=None, support=None, gap=None, other_work=None, ways={},
        )  # fmt: skip
        db.session.commit()
        return {
            "tenant": ours.id, "made": made.id, "planned": planned.id, "expense": expense.id,
            "decided": decided.id, "mine": mine.id, "own": own, "officer": ours.officer.id,
            "firm": world.firms[0],
        }  # fmt: skip


@pytest.fixture
def connection(ours):
    url = ours.app.extensions["settings"].database_url
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://")) as connection:
        connection.execute(f"SELECT set_config('app.tenant_id', '{ours.id}', false)")
        yield connection
        connection.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE visit SET state = 'planned' WHERE id = {made}",
        "UPDATE visit SET state = 'dropped', dropped_why = 'x' WHERE id = {made}",
        "UPDATE visit SET visit_no = 'another' WHERE id = {made}",
        "UPDATE visit SET state = 'done' WHERE id = {planned}",
        "UPDATE visit SET state = 'dropped' WHERE id = {planned}",
        "UPDATE visit SET planned_on = NULL WHERE id = {planned}",
        "UPDATE visit SET outcome = 'will_not' WHERE id = {made}",
        "UPDATE visit SET minutes = 0 WHERE id = {made}",
        "UPDATE visit SET next_on = visited_on WHERE id = {made}",
        "UPDATE expense SET cents = 1 WHERE id = {decided}",
        "DELETE FROM expense WHERE id = {decided}",
        "UPDATE expense SET state = 'accepted', decided_by_id = {own} WHERE id = {expense}",
        "UPDATE expense SET state = 'accepted' WHERE id = {expense}",
        "UPDATE expense SET state = 'refused', decided_by_id = {officer} WHERE id = {expense}",
        "UPDATE expense SET cents = 0 WHERE id = {expense}",
        "UPDATE month_plan SET confirmed_by_id = {own}, confirmed_at = now()",
        "UPDATE month_plan SET confirmed_by_id = {officer}, confirmed_at = now()",
        "UPDATE month_plan SET first_visits = 4",
        "UPDATE month_plan SET month = month + 1",
        (
            "INSERT INTO work_entry (tenant_id, supervisor_id, worked_on, kind, minutes)"
            " VALUES ({tenant}, {mine}, date '2026-03-10', 'other', 60)"
        ),
        (
            "INSERT INTO training (tenant_id, supervisor_id, held_on, kind, title, minutes)"
            " VALUES ({tenant}, {mine}, date '2026-03-10', 'law', ' ', 60)"
        ),
    ],
)
def test_what_the_law_of_a_row_forbids_cannot_be_stored(connection, rows, statement):
    with pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(statement.format(**rows))


@pytest.mark.parametrize("table", ["visit", "training", "month_plan", "calendar_feed"])
def test_what_is_on_file_cannot_be_deleted(connection, table):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(f"DELETE FROM {table}")


def test_two_open_calendars_of_one_person_cannot_be_stored(connection, rows):
    feed = (
        "INSERT INTO calendar_feed (tenant_id, supervisor_id, token_sha256)"
        " VALUES ({tenant}, {mine}, repeat('{digit}', 64))"
    )
    connection.execute(feed.format(**rows, digit="a"))
    with pytest.raises(psycopg.errors.UniqueViolation):
        connection.execute(feed.format(**rows, digit="b"))


def test_a_visit_cannot_point_into_another_federation(connection, rows, theirs):
    world = walked(theirs)
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        connection.execute(
            "UPDATE visit SET enterprise_id = %s WHERE id = %s",
            (world.firms[0] + 10_000, rows["planned"]),
        )
