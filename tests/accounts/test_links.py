"""Coming in by a link out of a mail."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from blueprints.notices import repairs
from blueprints.notices.models import ContactRepair
from rules.broken import RuleBroken
from tenants import trail
from tenants.clock import at, now
from tenants.db import db
from tenants.models import User
from tests.accounts.letters import link_in, mailed_to, row_of
from tests.world import PASSWORD

FRESH = "four words without sense"
CHOSEN = {"password": FRESH, "again": FRESH}


@pytest.fixture
def invited(ours, as_):
    """Somebody invited, and the link mailed to them."""
    data = {"name": "刘一", "email": "liu@city.example", "role": "auditor", "locale": "en"}
    as_(ours.administrator).post(ours.url("/users"), data=data)
    with ours.scope():
        user = db.session.scalars(select(User).where(User.email == "liu@city.example")).one()
    return user, link_in(mailed_to(ours, user)[0])


@pytest.fixture
def forgot(ours, visitor):
    """The officer, who asked for another password, and the link mailed to them."""
    answer = visitor.post(ours.url("/password-reset"), data={"email": ours.officer.email})
    assert answer.status_code == 200
    return ours.officer, link_in(mailed_to(ours, ours.officer)[0])


def test_an_invitation_lets_its_owner_choose_a_password_and_come_in(ours, invited, visitor):
    user, link = invited
    page = visitor.get(link)
    assert page.status_code == 200
    assert "刘一" in page.text
    answer = visitor.post(link, data=CHOSEN)
    assert answer.location == ours.url("/")
    assert visitor.get(ours.url("/")).status_code == 200
    assert row_of(ours, user).status == "active"
    with ours.scope():
        found = [(event.actor, event.verb) for event in trail.of(user)]
    assert ("刘一", "user.accepted_invitation") in found


def test_opening_an_invitation_does_not_use_it_up(invited, visitor):
    _, link = invited
    for _ in range(3):
        assert visitor.get(link).status_code == 200
    assert visitor.post(link, data=CHOSEN).status_code == 303


def test_an_invitation_works_once(invited, visitor, app):
    _, link = invited
    visitor.post(link, data=CHOSEN)
    other = app.test_client()
    assert_void(other.get(link))
    assert_void(other.post(link, data={"password": "x" * 3 + FRESH, "again": "x" * 3 + FRESH}))


def test_an_invitation_expires(invited, visitor):
    _, link = invited
    with at(now() + timedelta(days=7, minutes=1)):
        assert_void(visitor.get(link))
        assert_void(visitor.post(link, data=CHOSEN))


def test_an_invitation_ends_with_the_account(ours, invited, visitor, as_):
    user, link = invited
    data = {"name": "刘一", "email": user.email, "role": "auditor", "locale": "en"}
    data["status"] = "disabled"
    as_(ours.administrator).post(ours.url(f"/users/{user.id}"), data=data)
    assert_void(visitor.get(link))


@pytest.mark.parametrize("token", ["x", "WzEsImEiLDFd.abc", "..", "a" * 500, "%00", "WzFd"])
def test_a_link_made_up_opens_nothing(ours, visitor, token):
    for room in ("invitation", "password-reset"):
        assert_void(visitor.get(ours.url(f"/{room}/{token}")))


def test_a_link_opens_no_other_door(ours, theirs, invited, visitor):
    _, link = invited
    token = link.rsplit("/", 1)[1]
    assert_void(visitor.get(ours.url(f"/password-reset/{token}")))
    assert_void(visitor.get(theirs.url(f"/invitation/{token}")))
    assert_void(visitor.get(ours.url(f"/invitation/{token[:-2]}")))


def test_a_reset_changes_the_password_and_ends_every_session(ours, forgot, visitor, as_, app):
    _, link = forgot
    elsewhere = as_(ours.officer)
    assert elsewhere.get(ours.url("/")).status_code == 200
    assert visitor.post(link, data=CHOSEN).status_code == 303
    assert visitor.get(ours.url("/")).status_code == 200
    assert elsewhere.get(ours.url("/")).status_code == 302
    sign_in = {"email": ours.officer.email}
    fresh = app.test_client()
    old = fresh.post(ours.url("/sign-in"), data=sign_in | {"password": PASSWORD})
    assert old.status_code == 422
    new = fresh.post(ours.url("/sign-in"), data=sign_in | {"password": FRESH})
    assert new.status_code == 303


def test_a_reset_works_once_and_for_two_hours(forgot, visitor, app):
    _, link = forgot
    with at(now() + timedelta(hours=2, minutes=1)):
        assert_void(visitor.post(link, data=CHOSEN))
    assert visitor.post(link, data=CHOSEN).status_code == 303
    assert_void(app.test_client().get(link))


def test_the_answer_is_the_same_whether_the_address_is_known(ours, visitor):
    known = visitor.post(ours.url("/password-reset"), data={"email": ours.officer.email})
    unknown = visitor.post(ours.url("/password-reset"), data={"email": "nobody@x.example"})
    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text.replace("nobody@x.example", ours.officer.email)


def test_nobody_unknown_or_disabled_gets_a_mail(ours, visitor, as_):
    data = {"name": "x", "email": ours.officer.email, "role": "officer", "locale": "en"}
    data["status"] = "disabled"
    as_(ours.administrator).post(ours.url(f"/users/{ours.officer.id}"), data=data)
    visitor.post(ours.url("/password-reset"), data={"email": ours.officer.email})
    assert mailed_to(ours, ours.officer) == []


def test_who_never_came_in_gets_the_invitation_again(ours, invited, visitor):
    user, _ = invited
    with at(now() + timedelta(minutes=5)):
        visitor.post(ours.url("/password-reset"), data={"email": user.email})
    assert [notice.kind for notice in mailed_to(ours, user)] == ["invitation", "invitation"]


WEAK = [
    ({"password": "short", "again": "short"}, "Use at least 10 characters."),
    ({"password": "a" * 12, "again": "a" * 12}, "more than three different"),
    ({"password": FRESH, "again": FRESH + "x"}, "not the same"),
    ({"password": "liu@city.example", "again": "liu@city.example"}, "Do not use your name"),
    ({"password": "x" * 190 + "yz12" * 9, "again": "x"}, "at most 200"),
]


@pytest.mark.parametrize(("data", "words"), WEAK)
def test_a_weak_password_is_refused_beside_the_field(invited, visitor, data, words):
    _, link = invited
    visitor.set_cookie("language", "en")
    answer = visitor.post(link, data=data)
    assert answer.status_code == 422
    assert words in answer.text


def assert_void(answer):
    assert answer.status_code == 404
    assert 'class="y-oops"' in answer.text


def test_nobody_has_the_link_of_another_sent_to_an_address_of_their_own(ours, forgot, as_):
    """A mail that failed opens a repair; an officer must not turn it into somebody's account."""
    user, _link = forgot
    with ours.scope():
        task = ContactRepair(
            recipient=f"user:{user.id}",
            recipient_name=user.name,
            address=user.email,
            reason="contact.unknown_recipient",
            answer="550",
        )
        db.session.add(task)
        db.session.commit()
        with pytest.raises(RuleBroken):
            repairs.repair(task, "mine@elsewhere.example")


def test_nobody_reads_the_link_of_another_among_the_notices(ours, forgot, as_):
    user, link = forgot
    (notice,) = mailed_to(ours, user)
    page = as_(ours.officer).get(ours.url(f"/notices/{notice.id}"))
    assert page.status_code == 200
    assert link.rsplit("/", 1)[1] not in page.text
