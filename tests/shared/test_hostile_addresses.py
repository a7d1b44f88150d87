"""Whatever is typed after the question mark, a list answers."""

import re

import pytest

from tenants.roles import Role
from tests.architecture.addresses import pages
from tests.shared.test_paging import UNREADABLE, cursor
from tests.world import sign_in

ROLES = (Role.ADMINISTRATOR, Role.OFFICER)
PLACES = (
    "q", "cursor", "sort", "show", "state", "area", "industry", "size", "standing", "email",
    "contract", "code", "status", "role", "union", "kind", "actor", "verb", "from", "to", "until",
    "since", "on", "campaign", "supervisor", "batch", "year", "page", "anchor", "recipient", "id",
    "due", "mode", "offer", "enterprise", "group", "text_id", "file", "form", "choice", "tenant",
    "_external", "_scheme", "_anchor", "_method", "endpoint", "campaign_id", "enterprise_id",
)  # fmt: skip
STRANGE = (
    "",
    "\x00",
    "a\x00b",
    "-1",
    "9" * 30,
    "'; DROP TABLE event; --",
    "%_\\",
    "😀" * 300,
    "[]",
)
CURSORS = (*UNREADABLE.values(), cursor("f", 1), cursor("f", "a", 1), cursor("b", 1, 1, 1))
OPEN = [r for r in pages() if r.of_federation and not r.public and not r.names]


def ask(app, house, route, **query):
    role = next((role for role in ROLES if route.open_to(role)), Role.APPROVER)
    browser = sign_in(app, house.federation.people[role])
    answer = browser.get(route.path(house), query_string=query)
    answer.close()
    return answer.status_code


@pytest.mark.parametrize("route", OPEN, ids=str)
def test_a_list_answers_whatever_is_asked(app, few, route):
    broken = [
        value for value in STRANGE if ask(app, few, route, **dict.fromkeys(PLACES, value)) >= 500
    ]
    assert broken == []


@pytest.mark.parametrize("route", OPEN, ids=str)
def test_what_is_typed_never_leads_out_of_the_house(app, few, route):
    """A question of the address is a question, not an option of our own links."""
    role = next((role for role in ROLES if route.open_to(role)), Role.APPROVER)
    options = {"tenant": "elsewhere", "_external": "1", "_scheme": "ftp", "_anchor": "x"}
    answer = sign_in(app, few.federation.people[role]).get(route.path(few), query_string=options)
    if answer.mimetype == "text/html":
        links = re.findall(r'(?:href|action|hx-get|hx-post)="([^"]*)"', answer.text)
        assert [link for link in links if link.startswith(("/elsewhere", "ftp:", "http:"))] == []
    answer.close()


@pytest.mark.parametrize("route", [r for r in OPEN if "export" not in r.endpoint], ids=str)
def test_a_cursor_out_of_another_list_is_taken_for_none(app, few, route):
    assert [one for one in CURSORS if ask(app, few, route, cursor=one) >= 500] == []


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_a_number_that_is_nobodys_is_not_found(app, few, number):
    for route in pages():
        if route.of_federation and not route.public and route.names and "token" not in route.names:
            role = next((role for role in ROLES if route.open_to(role)), Role.APPROVER)
            browser = sign_in(app, few.federation.people[role])
            path = route.path(few, **dict.fromkeys(route.names, number))
            answer = browser.get(path)
            answer.close()
            assert answer.status_code < 500, path
