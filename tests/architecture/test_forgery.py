"""A write that no page of ours asked for is refused before anything happens."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tenants.db import db
from tests.architecture.addresses import writes
from tests.world import sign_in
from wsgi import create_app


@pytest.fixture(scope="module")
def guarded(app, settings) -> Iterator[Flask]:
    """The service as it runs in life: every write needs the token of its page."""
    made = create_app(
        settings,
        TESTING=True,
        PROPAGATE_EXCEPTIONS=False,
        TENANT_KEPT_SECONDS=0.0,
        THROTTLE=False,
        WTF_CSRF_ENABLED=True,
    )
    yield made
    with made.app_context():
        db.engine.dispose()
    made.extensions["redis"].close()


def holder(guarded, route, here):
    """A browser of somebody who may do it."""
    able = [user for role, user in here.federation.people.items() if route.open_to(role)]
    return sign_in(guarded, able[0])


@pytest.mark.parametrize("route", writes(), ids=str)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
def test_a_write_without_the_token_is_refused(guarded, route, headers, here):
    answer = holder(guarded, route, here).open(
        route.path(here), method=route.method, headers=headers, data={"csrf_token": "forged"}
    )
    assert answer.status_code == 400
    whole = "<html" in answer.text
    assert whole is not bool(headers)


def test_a_walk_of_forged_writes_moves_nothing(guarded, here, superuser):
    before = superuser.fingerprint()
    for route in writes():
        browser = holder(guarded, route, here)
        browser.open(route.path(here), method=route.method)
    assert superuser.fingerprint() == before
