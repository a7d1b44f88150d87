"""The law of a row, tried with raw SQL as the app role: the database says no by itself."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tenants.db import db
from tests.architecture.furnished import furnish

REFUSED = {
    "votes beyond the electorate": "UPDATE representative SET votes_for = 91, electorate = 90",
    "a chief who is no member": "UPDATE representative SET seat = 'adviser' WHERE chief",
    "a second chief": (
        "INSERT INTO representative (tenant_id, team_id, name, chief, chosen, chosen_on) "
        "SELECT tenant_id, team_id, '钱某某', true, 'elected_all', chosen_on FROM representative"
    ),
    "a departure without a reason": "UPDATE representative SET left_on = chosen_on",
    "a seal nobody can see": "UPDATE mandate SET sealed = true, scan_id = NULL",
    "a second mandate that stands": (
        "INSERT INTO mandate (tenant_id, case_id, enterprise_id) "
        "SELECT tenant_id, case_id, enterprise_id FROM mandate"
    ),
    "a revocation without a day": "UPDATE mandate SET state = 'revoked'",
    "more women than workers": "UPDATE case_enterprise SET women = headcount + 1",
    "a count without a day": "UPDATE case_enterprise SET counted_on = NULL",
    "leaving without a reason": "UPDATE case_enterprise SET part = 'left'",
    "an industry without a name": "UPDATE bargaining_case SET industry = NULL",
    "an upper union that is nobody": "UPDATE bargaining_case SET acting_mode = 'upper_acts'",
    "a survey that found nothing": "UPDATE bargaining_case SET surveyed_on = opened_on",
    "a state there is not": "UPDATE bargaining_case SET state = 'done'",
    "a worker with a name": (
        "INSERT INTO demand (tenant_id, call_id, audience, weights, said_by) "
        "SELECT tenant_id, id, 'workers', '{}', '赵某某' FROM demand_call"
    ),
    "cells that are persons": "UPDATE demand_call SET smallest_cell = 2",
    "a commitment that ends as it begins": "UPDATE commitment SET ends_on = signed_on",
    "minutes that say nothing": (
        "UPDATE case_activity SET state = 'held', held_on = planned_on, minutes = ' '"
    ),
    "a promise kept in silence": "UPDATE activity_follow_up SET done_on = due_on",
    "more at the vote than may vote": "UPDATE roster_vote SET present = electorate + 1",
    "more votes than people present": "UPDATE roster_vote SET in_favour = present + 1",
    "a vote on nobody": "UPDATE roster_vote SET people = '{}'",
    "another count than was counted": "UPDATE roster_vote SET in_favour = in_favour - 1",
    "an entry struck out in silence": "UPDATE roster_vote SET struck_at = now()",
    "a figure without a source": "UPDATE case_figure SET source = ' '",
    "a price of nothing": "UPDATE trade_price SET asked = 0",
}
FORBIDDEN = {
    "changing what somebody said": "UPDATE demand SET words = 'x'",
    "taking an answer away": "DELETE FROM demand",
    "taking a case away": "DELETE FROM bargaining_case",
    "taking a representative away": "DELETE FROM representative",
    "taking a vote on the roster away": "DELETE FROM roster_vote",
    "taking a mandate away": "DELETE FROM mandate",
    "taking away what was handed over": "DELETE FROM info_item",
    "taking a commitment away": "DELETE FROM commitment",
}


@pytest.fixture(scope="module")
def house(app):
    from tests.world import found

    return furnish(found(app, division="421000"))


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_a_row_against_the_law_is_refused(house, statement):
    with house.federation.scope(), pytest.raises(DBAPIError, match=r"violates|constraint|stands"):
        db.session.execute(text(statement))


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_what_has_happened_stays(house, statement):
    with house.federation.scope(), pytest.raises(DBAPIError, match="permission denied"):
        db.session.execute(text(statement))


def test_another_federation_sees_none_of_it(house, theirs):
    tables = ("bargaining_case", "case_enterprise", "team", "representative", "mandate",
              "demand_call", "demand", "trade_price", "case_figure", "case_activity",
              "activity_follow_up", "info_request", "info_item", "commitment",
              "roster_vote")  # fmt: skip
    with theirs.scope():
        seen = {table: db.session.scalar(text(f"SELECT count(*) FROM {table}")) for table in tables}
    assert set(seen.values()) == {0}
