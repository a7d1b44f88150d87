"""Every page that can be asked for, at two widths: readable, whole, and quiet on the console."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from flask import Flask

from tenants.roles import Role
from tests.architecture.addresses import pages
from tests.architecture.furnished import Furnished, furnish
from tests.browser.conftest import NARROW, WIDE, Window, windows
from tests.world import found, sign_in

pytestmark = pytest.mark.browser
VIEWERS = (Role.OFFICER, Role.ADMINISTRATOR, Role.APPROVER)


@pytest.fixture(scope="module")
def house(app: Flask) -> Furnished:
    return furnish(found(app, division="421000"))


@pytest.fixture(scope="module")
def window_of(site, chrome) -> Iterator[Callable[..., Window]]:
    """One window for each person and width: the styles and scripts of the house come once."""
    with windows(site, chrome) as opened:
        yield cache(opened)


def who_sees(app, house, route):
    """The first kind of person to whom this address is a whole page; None for a file."""
    people = [house.federation.people[role] for role in VIEWERS if route.open_to(role)]
    for person in [None] if route.public else people:
        browser = sign_in(app, person) if person else app.test_client()
        answer = browser.get(route.path(house), follow_redirects=True)
        if answer.mimetype == "text/html" and "<html" in answer.text:
            return person, answer.status_code
    return None, None


@pytest.mark.parametrize("route", pages(), ids=lambda route: route.endpoint)
def test_nothing_is_wrong_with_it(site, house, window_of, route):
    person, status = who_sees(site.app, house, route)
    if status is None:
        return  # a file, a fragment, or a page of nobody: looked at elsewhere
    for width, locale in ((WIDE, "zh_CN"), (NARROW, "en")):
        one = window_of(person, width=width, locale=locale)
        one.forget()
        assert one.page.goto(site.url + route.path(house)).status == status
        found = one.faults(axe=width == WIDE)
        faults = [line for line in found if status < 400 or "Failed to load" not in line]
        assert faults == [], f"{route.path(house)} at {width} px"
