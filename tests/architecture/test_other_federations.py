"""Whatever is another federation's does not exist: not for any role, at any address."""

import re

import pytest
from werkzeug.test import TestResponse

from tenants.roles import UNSEEN, Role
from tests.architecture.addresses import NOBODY, Route, of_federation, pages, with_names
from tests.world import sign_in

# Counts what belongs to a number, and of a number that is nobody's there is nothing to count.
COUNTED = {"notices.progress"}
NOWHERE = "no-such-city"
_FORGERY_TOKEN = re.compile(r"[\w-]{40,}\.[\w-]{6}\.[\w-]{27}")
KEYED = [route for route in of_federation() if "token" in route.rule.arguments]


@pytest.fixture
def asking(app, here):
    """Ask as somebody of `here`, or as nobody."""

    def ask(role: Role | None, method: str, path: str, **more) -> TestResponse:
        browser = sign_in(app, here.federation.people[role]) if role else app.test_client()
        return browser.open(path, method=method, **more)

    return ask


def told(answer: TestResponse) -> tuple[int, dict[str, str], str]:
    """All that an answer tells, without the address that was asked for."""
    text = answer.text.replace(answer.request.path, "…")
    text = _FORGERY_TOKEN.sub("token", text)
    dropped = {"Date", "Content-Length", "Set-Cookie"}
    return answer.status_code, {k: v for k, v in answer.headers if k not in dropped}, text


@pytest.mark.parametrize("route", [r for r in of_federation() if not r.public], ids=str)
def test_another_federation_looks_like_one_that_does_not_exist(route, here, elsewhere, asking):
    nobodys = asking(Role.OFFICER, route.method, route.path(elsewhere, tenant=NOWHERE))
    for role in Role:
        theirs = asking(role, route.method, route.path(elsewhere))
        assert theirs.status_code == 404, role
        assert told(theirs) == told(nobodys), role


@pytest.mark.parametrize("route", [r for r in of_federation() if r.public], ids=str)
def test_a_public_page_of_another_federation_does_not_know_who_asks(route, elsewhere, asking, here):
    """Signed in at home, a person is a visitor elsewhere."""
    if route.method != "GET":
        return
    for role in Role:
        answer = asking(role, "GET", route.path(elsewhere))
        person = here.federation.people[role]
        assert person.email.encode() not in answer.data
        assert person.name.encode() not in answer.data


def refusal(route):
    """What a role without the permission is answered; the work of supervisors it does not see."""
    return 404 if route.permission in UNSEEN else 403


@pytest.mark.parametrize(("route", "name"), list(with_names(of_federation())), ids=str)
def test_another_federations_row_is_not_found_in_ones_own(route, name, here, elsewhere, asking):
    if route.public:
        return  # by token: below
    theirs = route.values(elsewhere)[name]
    for role in Role:
        answer = asking(role, route.method, route.path(here, **{name: theirs}))
        if not route.open_to(role):
            assert answer.status_code == refusal(route), role
            continue
        nobodys = asking(role, route.method, route.path(here, **{name: NOBODY}))
        assert answer.status_code == (404 if route.endpoint not in COUNTED else 200), role
        assert told(answer) == told(nobodys), role


@pytest.mark.parametrize("route", KEYED, ids=str)
def test_a_wrong_key_opens_nothing_and_every_wrong_key_looks_the_same(
    route, here, elsewhere, asking
):
    right = str(route.values(here)["token"])
    wrong = [
        "x",
        "0" * 32,
        right[:-1],
        right[::-1],
        right.upper() + "A",
        route.values(elsewhere)["token"],
    ]
    answers = [asking(None, route.method, route.path(here, token=key)) for key in wrong]
    assert {answer.status_code for answer in answers} == {404}
    assert len({told(answer)[2] for answer in answers}) == 1


@pytest.mark.parametrize("route", of_federation(), ids=str)
def test_who_is_not_signed_in_is_led_to_the_door(route, here, asking):
    if route.public:
        return
    answer = asking(None, route.method, route.path(here))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"/{here.slug}/sign-in")


@pytest.mark.parametrize("route", of_federation(), ids=str)
def test_an_expired_session_sends_htmx_to_the_door_as_a_page(route, here, asking):
    if route.public:
        return
    answer = asking(None, route.method, route.path(here), headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith(f"/{here.slug}/sign-in")
    assert answer.text == ""


@pytest.mark.parametrize("route", of_federation(), ids=str)
def test_a_role_without_the_permission_is_refused(route, here, asking):
    for role in Role:
        if not route.open_to(role):
            assert asking(role, route.method, route.path(here)).status_code == refusal(route)


@pytest.mark.parametrize("route", pages(), ids=str)
def test_no_page_breaks_for_anybody(route, here, asking):
    """Every role that may open it, on rows that are there: never a 500."""
    for role in [role for role in Role if route.open_to(role)] or [None]:
        for headers in ({}, {"HX-Request": "true"}):
            answer = asking(role, "GET", route.path(here), headers=headers)
            assert answer.status_code < 500, (role, headers)


class TestNothingMoved:
    """After all of the above, no row of the other federation is another than before."""

    def test_the_walk_writes_nothing_elsewhere(self, here, elsewhere, asking, superuser):
        before = superuser.fingerprint()
        for route, name in with_names(of_federation()):
            if route.method != "GET" and not route.public:
                self.knock(route, name, here, elsewhere, asking)
        assert superuser.fingerprint() == before

    @staticmethod
    def knock(route: Route, name: str, here, elsewhere, asking) -> None:
        for role in (Role.ADMINISTRATOR, Role.OFFICER, Role.APPROVER):
            theirs = route.values(elsewhere)[name]
            asking(role, route.method, route.path(here, **{name: theirs}))
            asking(role, route.method, route.path(elsewhere))
