"""A page asks the database as often for thirty rows as for one."""

import pytest

from tenants.roles import Role
from tests.architecture.addresses import pages
from tests.world import sign_in

ROLES = (Role.OFFICER, Role.ADMINISTRATOR, Role.APPROVER, Role.SUPERVISOR)
LISTS = [route for route in pages() if route.of_federation and not route.public]
MOST = 40  # statements of one page, whatever it shows


def asks(app, house, route, role, asked):
    browser = sign_in(app, house.federation.people[role])
    browser.get(route.path(house))  # what is read once and kept is not counted
    with asked() as statements:
        answer = browser.get(route.path(house))
        answer.close()
    assert answer.status_code < 400, route.path(house)
    return statements


@pytest.mark.parametrize("route", LISTS, ids=str)
def test_a_page_asks_no_more_for_many_rows_than_for_few(app, few, many, route, asked):
    role = next((role for role in ROLES if route.open_to(role)), Role.OFFICER)
    if route.endpoint in NOT_HERE:
        return
    once = asks(app, few, route, role, asked)
    often = asks(app, many, route, role, asked)
    more = [line[:160] for line in often if often.count(line) > max(once.count(line), 1)]
    assert len(often) <= len(once), more
    assert len(often) <= MOST


EVIDENCE = "a file that only some of these rows have"
# Pages that these rows do not lead to, and why.
NOT_HERE = {
    "users.unions": "answers what is typed",
    "offers.printed": "a file that only a print job makes",
    "contracts.of_member": EVIDENCE,
    "performance.of_fact": EVIDENCE,
    "performance.of_finding": EVIDENCE,
    "performance.of_report": EVIDENCE,
    "performance.of_wages": EVIDENCE,
}


def test_every_page_that_is_left_out_is_there():
    assert set(NOT_HERE) - {route.endpoint for route in LISTS} == set()
