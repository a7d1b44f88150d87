"""A page for a browser, its part for htmx; and the other way round never."""

import json

import pytest
from flask import Flask, Response
from htmx_flask import Htmx
from jinja2 import DictLoader

from blueprints.shared.htmx import changed, go_to, moved, page, tell, wants_fragment

PART = {"HX-Request": "true"}
BOOSTED = {**PART, "HX-Boosted": "true"}
HISTORY = {**PART, "HX-History-Restore-Request": "true"}


@pytest.fixture(scope="module")
def small():
    """An application of one page and its part."""
    made = Flask("small")
    Htmx(made)
    made.jinja_loader = DictLoader(
        {"page.html": "<html>{% include '_part.html' %}</html>", "_part.html": "{{ word }}"}
    )
    return made


@pytest.mark.parametrize(
    ("headers", "part"), [({}, False), (PART, True), (BOOSTED, False), (HISTORY, False)]
)
def test_only_a_plain_htmx_request_gets_the_part(small, headers, part):
    with small.test_request_context(headers=headers):
        assert wants_fragment() is part
        made = page("page.html", fragment="_part.html", status=418, word="here")
        whole = "<html>here</html>"
        assert made.get_data(as_text=True) == ("here" if part else whole)
        assert made.status_code == 418
        assert "HX-Request" in made.vary


@pytest.mark.parametrize(("headers", "status"), [({}, 303), (PART, 200), (BOOSTED, 303)])
def test_after_a_change_a_browser_is_led_on_and_htmx_gets_the_new_part(small, headers, status):
    with small.test_request_context(headers=headers):
        made = changed("_part.html", see="/onward", word="here")
        assert made.status_code == status
        assert made.headers.get("Location") == ("/onward" if status == 303 else None)


def test_a_change_that_belongs_on_another_page_loads_it_whole(app):
    with app.test_request_context(headers=PART):
        made = moved("/onward")
        assert (made.status_code, made.headers["HX-Redirect"]) == (204, "/onward")
        assert "Location" not in made.headers
        assert go_to("/x").get_data() == b""
    with app.test_request_context():
        made = moved("/onward")
        assert (made.status_code, made.headers["Location"]) == (303, "/onward")


def test_words_in_chinese_travel_in_a_header(app):
    made = tell(Response(), "saved", name="荆州示例饭店")
    raw = made.headers["HX-Trigger"]
    assert raw.isascii()
    assert json.loads(raw) == {"saved": {"name": "荆州示例饭店"}}


def test_a_list_answers_with_its_part_and_says_that_it_varies(app, ours, as_):
    browser = as_(ours.officer)
    whole = browser.get(ours.url("/enterprises"))
    part = browser.get(ours.url("/enterprises"), headers=PART)
    assert "<html" in whole.text
    assert "<html" not in part.text
    for answer in (whole, part):
        assert "HX-Request" in answer.headers["Vary"]
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_forged_htmx_header_opens_nothing_more(app, ours, as_):
    assert as_(ours.partner).get(ours.url("/users"), headers=PART).status_code == 403
    assert as_(ours.partner).get(ours.url("/enterprises/7"), headers=PART).status_code == 403
