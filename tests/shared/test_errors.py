"""Every failure has a page, in words; a surprise has a number, and its story is in the log."""

import re

import pytest
import structlog
from flask import abort
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from blueprints.shared.guards import requires
from rules.broken import RuleBroken
from rules.words import Text
from tenants.db import db
from tenants.models import Serial
from tenants.roles import May
from wsgi import create_app

PART = {"HX-Request": "true"}
STATUSES = (400, 403, 404, 405, 409, 413, 418, 429, 503)


@pytest.fixture(scope="module")
def failing(app, settings):
    """The service with addresses that fail in every way."""
    made = create_app(
        settings, TESTING=True, PROPAGATE_EXCEPTIONS=False, TENANT_KEPT_SECONDS=0.0, THROTTLE=False
    )
    for status in STATUSES:
        made.add_url_rule(f"/fails/{status}", str(status), open_view(lambda s=status: abort(s)))
    ways = {"surprise": surprise, "rule": rule, "gone": gone, "value": value, "half": half}
    for name, view in ways.items():
        made.add_url_rule(f"/<tenant>/fails/{name}", name, open_view(view), methods=["POST"])
        made.extensions["csrf_exempt"] = True
    made.config["WTF_CSRF_ENABLED"] = False
    yield made
    with made.app_context():
        db.engine.dispose()
    made.extensions["redis"].close()


def open_view(view):
    def inner():
        return view()

    return requires(May.ANYONE)(inner)


def surprise():
    raise KeyError("the story of it")


def rule():
    db.session.add(Serial(kind="broken", year=1, last=1))
    db.session.flush()
    raise RuleBroken(Text("期限未满，不能曝光。", "The period is not over."), "第二十条")


def half():
    db.session.add(Serial(kind="half", year=1, last=1))
    db.session.flush()
    raise KeyError("after a write")


def gone():
    raise OperationalError("SELECT", {}, Exception("the server closed the connection"))


def value():
    raise DataError("SELECT", {}, Exception("out of range"))


@pytest.mark.parametrize("status", STATUSES)
def test_each_status_has_a_page_in_words(failing, status):
    answer = failing.test_client().get(f"/fails/{status}")
    assert answer.status_code == status
    assert str(status) in answer.text
    assert re.search(r"<h1[^>]*>[^<]*[\u4e00-\u9fffA-Z]", answer.text)
    part = failing.test_client().get(f"/fails/{status}", headers=PART)
    assert part.status_code == status
    assert "<html" not in part.text
    assert 'role="alert"' in part.text


def test_an_unknown_page_and_a_wrong_method_are_refused_in_words(failing, ours):
    browser = failing.test_client()
    assert browser.get("/no/such/page").status_code == 404
    assert browser.get(ours.url("/no-such-room")).status_code == 404
    answer = browser.delete("/healthz")
    assert (answer.status_code, "GET" in answer.headers["Allow"]) == (405, True)


def test_a_rule_that_forbids_a_step_says_so_and_nothing_was_written(failing, ours):
    browser = failing.test_client()
    browser.set_cookie("language", "en")
    answer = browser.post(ours.url("/fails/rule"))
    assert answer.status_code == 409
    assert "The period is not over." in answer.text
    browser.set_cookie("language", "zh_CN")
    assert "期限未满，不能曝光。" in browser.post(ours.url("/fails/rule"), headers=PART).text
    with ours.scope():
        assert db.session.query(Serial).count() == 0


def test_a_surprise_has_a_number_that_is_in_the_log_with_its_story(failing, ours):
    with structlog.testing.capture_logs() as lines:
        answer = failing.test_client().post(ours.url("/fails/surprise"))
    assert answer.status_code == 500
    assert "the story of it" not in answer.text
    (line,) = [line for line in lines if line["event"] == "surprise"]
    assert line["id"] in answer.text
    assert isinstance(line["exc_info"], KeyError)


def test_a_surprise_after_a_write_leaves_nothing(failing, ours):
    assert failing.test_client().post(ours.url("/fails/half")).status_code == 500
    with ours.scope():
        assert db.session.query(Serial).count() == 0


def test_a_lost_database_is_said_calmly_and_logged(failing, ours):
    with structlog.testing.capture_logs() as lines:
        answer = failing.test_client().post(ours.url("/fails/gone"))
    assert answer.status_code == 503
    assert "closed the connection" not in answer.text
    assert "database unreachable" in [line["event"] for line in lines]


def test_a_value_that_no_column_can_hold_is_the_askers_fault(failing, ours):
    with structlog.testing.capture_logs() as lines:
        answer = failing.test_client().post(ours.url("/fails/value"))
    assert answer.status_code == 400
    assert "unreadable value" in [line["event"] for line in lines]


@pytest.mark.parametrize("path", ["/", "/somewhere/sign-in", "/somewhere/", "/healthz"])
def test_with_no_database_at_all_every_page_says_so(app, settings, path):
    away = settings.model_copy(
        update={"database_url": "postgresql://nobody@127.0.0.1:1/none?connect_timeout=1"}
    )
    alone = create_app(away, TESTING=True, PROPAGATE_EXCEPTIONS=False)
    try:
        answer = alone.test_client().get(path)
        assert answer.status_code == (200 if path == "/" else 503)
        assert "127.0.0.1" not in answer.text
    finally:
        with alone.app_context():
            db.engine.dispose()
        alone.extensions["redis"].close()


def test_an_answer_that_is_no_failure_goes_out_as_it_is(app):
    from werkzeug.exceptions import abort as refuse

    from blueprints.shared.errors import refused

    with app.test_request_context(), pytest.raises(HTTPException) as led:
        refuse(app.response_class("made", status=418))
    with app.test_request_context():
        assert refused(led.value).status_code == 418


@pytest.mark.parametrize("path", ["/", "/healthz", "/no/such", "/assets/x/y.css"])
def test_every_answer_says_what_the_browser_may_load(app, path):
    answer = app.test_client().get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_over_tls_the_browser_is_told_to_stay_there(app):
    answer = app.test_client().get("/healthz", base_url="https://localhost")
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in app.test_client().get("/healthz").headers
