"""A form sent after the session is over leads to the door, and from there back to its page."""

import pytest

from tenants.db import db
from wsgi import create_app


@pytest.fixture
def guarded(settings, app):
    """The service as it runs: with its tokens against forgery."""
    made = create_app(settings, TESTING=True, TENANT_KEPT_SECONDS=0.0, THROTTLE=False)
    yield made
    with made.app_context():
        db.engine.dispose()
    made.extensions["redis"].close()


def test_it_comes_back_to_the_page_of_the_form(ours, guarded):
    page = f"http://localhost{ours.url('/visits/7/record?a=1')}"
    answer = guarded.test_client().post(ours.url("/visits/7/record"), headers={"Referer": page})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"/{ours.slug}/sign-in?next=/{ours.slug}/visits/7")


def test_htmx_is_told_to_go_there_as_a_page(ours, guarded):
    page = f"http://localhost{ours.url('/visits/7/record')}"
    headers = {"HX-Request": "true", "HX-Current-URL": page}
    answer = guarded.test_client().post(ours.url("/visits/7/record"), headers=headers)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].endswith(f"next=/{ours.slug}/visits/7/record")


@pytest.mark.parametrize(
    "referrer", ["", "https://elsewhere.example/x", "http://localhost/another-city/visits", "::"]
)
def test_from_anywhere_else_it_leads_to_the_workbench(ours, guarded, referrer):
    headers = {"Referer": referrer} if referrer else {}
    answer = guarded.test_client().post(ours.url("/visits/7/record"), headers=headers)
    assert answer.headers["Location"] == f"/{ours.slug}/sign-in"


def test_who_is_signed_in_and_sends_no_token_is_refused_as_before(ours, guarded):
    from tests.world import sign_in

    browser = sign_in(guarded, ours.officer)
    answer = browser.post(ours.url("/visits/plan?enterprise=1"))
    assert answer.status_code == 400
    assert "too long" in answer.text


def test_a_public_form_without_its_token_is_refused_as_before(ours, guarded):
    answer = guarded.test_client().post(ours.url("/sign-in"), data={"email": "x"})
    assert answer.status_code == 400
