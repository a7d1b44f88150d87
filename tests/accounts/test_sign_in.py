"""Coming in by address and password."""

from datetime import timedelta

import pytest

from tenants import provisioning, trail
from tenants.clock import now
from tests.world import PASSWORD


def enter(client, federation, user, password=PASSWORD, **more):
    data = {"email": user.email, "password": password, **more}
    return client.post(federation.url("/sign-in"), data=data)


def test_the_right_password_leads_to_the_workbench(ours, visitor):
    answer = enter(visitor, ours, ours.officer)
    assert answer.status_code == 303
    assert answer.location == ours.url("/")
    assert visitor.get(ours.url("/")).status_code == 200
    with ours.scope():
        assert [event.verb for event in trail.of(ours.officer)] == ["user.signed_in"]


def test_the_address_may_be_typed_in_any_case_and_with_spaces(ours, visitor):
    email = f" {ours.officer.email.upper()} "
    data = {"email": email, "password": PASSWORD}
    assert visitor.post(ours.url("/sign-in"), data=data).status_code == 303


def test_a_wrong_password_and_a_wrong_user_get_the_same_answer(ours, visitor):
    known = enter(visitor, ours, ours.officer, password="not the password")
    data = {"email": "nobody@nowhere.example", "password": "not the password"}
    unknown = visitor.post(ours.url("/sign-in"), data=data)
    assert known.status_code == unknown.status_code == 422
    same = unknown.text.replace("nobody@nowhere.example", ours.officer.email)
    assert plain(known.text) == plain(same)
    assert "Wrong address or password" in known.text or "邮箱或者密码不正确" in known.text


def test_somebody_of_another_federation_is_nobody_here(ours, theirs, visitor):
    assert enter(visitor, ours, theirs.officer).status_code == 422


@pytest.mark.parametrize(("email", "password"), [("", ""), ("a@b.example", ""), ("", "x")])
def test_an_empty_field_is_said_beside_it(ours, visitor, email, password):
    answer = visitor.post(ours.url("/sign-in"), data={"email": email, "password": password})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_the_way_on_leads_to_the_page_asked_for(ours, visitor):
    asked = visitor.get(ours.url("/profile"))
    assert asked.status_code == 302
    page = visitor.get(asked.location)
    assert f'value="{ours.url("/profile")}"' in page.text
    answer = enter(visitor, ours, ours.officer, next=ours.url("/profile"))
    assert answer.location == ours.url("/profile")


AWAY = (
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "/%5Celsewhere.example",
    "/{slug}/../other/",
    "/{slug}/%2e%2e/other/",
    "/other/profile",
    "javascript:alert(1)",
    "/{slug}/sign-out",
    "/{slug}/nowhere-at-all",
    "/{slug}/profile\r\nX: y",
    "",
)


@pytest.mark.parametrize("target", AWAY)
def test_the_way_on_never_leads_elsewhere(ours, visitor, target):
    answer = enter(visitor, ours, ours.officer, next=target.format(slug=ours.slug))
    assert answer.location == ours.url("/")


def test_a_suspended_federation_has_no_sign_in(app, ours, visitor):
    provisioning.suspend(app.extensions["settings"], ours.slug)
    assert visitor.get(ours.url("/sign-in")).status_code == 404
    assert enter(visitor, ours, ours.officer).status_code == 404


def test_who_is_signed_in_already_is_sent_on(ours, as_):
    answer = as_(ours.officer).get(ours.url("/sign-in"))
    assert answer.location == ours.url("/")


def test_signing_out_ends_the_session_of_this_browser(ours, as_):
    client = as_(ours.officer)
    assert client.get(ours.url("/sign-out")).status_code == 405
    assert client.post(ours.url("/sign-out")).location == ours.url("/sign-in")
    assert client.get(ours.url("/")).status_code == 302


def test_the_time_of_the_last_sign_in_is_shown(ours, visitor):
    then = now() - timedelta(days=3)
    with ours.scope(at=then):
        from tenants.db import db
        from tenants.models import User

        db.session.get(User, (ours.id, ours.officer.id)).last_seen_at = then
        db.session.commit()
    enter(visitor, ours, ours.officer)
    assert f"{then.astimezone().year}" in visitor.get(ours.url("/")).text


def plain(page):
    """A page without its token."""
    import re

    return re.sub(r'(csrf_token" value=|X-CSRFToken": ?)"[^"]+"', "", page)
