"""The parts of the pages: whole, valid, without script of their own, and nothing typed is lost."""

import re

import html5lib
import pytest

from blueprints.shared.icons import PATHS
from tests.blueprints.gallery import HOUSE, application

TEMPLATES = HOUSE / "templates"


@pytest.fixture(scope="module")
def app():
    return application()


@pytest.fixture
def client(app):
    return app.test_client()


def field(page, name):
    """The control of that name, as the page has it."""
    return re.search(rf'<(?:input|textarea|select)[^>]*name="{name}"[^>]*>(?:[^<]*)', page)[0]


@pytest.mark.parametrize("ask", ["get", "post"])
@pytest.mark.parametrize("address", ["/components", "/components/public"])
def test_the_gallery_is_valid_html(client, ask, address):
    page = getattr(client, ask)(address).text
    html5lib.HTMLParser(strict=True).parse(page)


@pytest.mark.parametrize("status", [400, 403, 404, 409, 429, 500, 503])
def test_every_refusal_is_a_valid_page_that_says_what_happened(client, status):
    page = client.get(f"/refused/{status}").text
    html5lib.HTMLParser(strict=True).parse(page)
    assert "Shut" in page
    assert str(status) in page


def test_no_page_carries_style_or_script_of_its_own(client):
    page = client.get("/components").text
    assert not re.search(r"\sstyle=|\son\w+=|<style|hx-on", page)
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []


def test_everything_a_page_loads_is_ours(client):
    page = client.get("/components").text
    loaded = re.findall(r'<(?:link|script|img)[^>]*(?:href|src)="([^"]+)"', page)
    assert len(loaded) >= 5
    assert [address for address in loaded if not address.startswith("/assets/")] == []
    assert {client.get(address).status_code for address in loaded} == {200}


def test_every_macro_is_shown_in_the_gallery():
    shown = " ".join(path.read_text("utf-8") for path in TEMPLATES.glob("components*.html"))
    macros = {path.name: path.read_text("utf-8") for path in (TEMPLATES / "macros").iterdir()}
    hidden = [
        f"{file}: {name}"
        for file, text in macros.items()
        for name in re.findall(r"{% macro (\w+)\(", text)
        if f".{name}(" not in shown and not re.search(rf"{{[{{%][^}}]*(?<!macro ){name}\(", text)
    ]
    assert hidden == []


def test_every_picture_a_template_names_exists():
    text = " ".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
    named = set(re.findall(r"""\bicon\(["'](\w+)["']|\bicon_name=["'](\w+)["']""", text))
    assert {name for pair in named for name in pair if name} - PATHS.keys() == set()


def test_a_refused_form_keeps_what_was_typed_and_says_what_is_wrong_twice(client):
    answer = client.post(
        "/components", data={"name": "荆州<临江阁>", "people": "约三十人", "words": "不需要"}
    )
    assert answer.status_code == 422
    assert 'value="荆州&lt;临江阁&gt;"' in field(answer.text, "name")
    assert 'value="约三十人"' in field(answer.text, "people")
    assert 'aria-invalid="true"' in field(answer.text, "people")
    assert "不需要" in field(answer.text, "words")
    assert answer.text.count("至少写20个字。") == 2
    assert '<a href="#answer-0">' in answer.text


def test_a_day_that_cannot_be_read_comes_back_as_it_was_written(client):
    page = client.post("/components", data={"visit_on": "下周五"}).text
    assert 'value="下周五"' in field(page, "visit_on")
    assert 'type="text"' in field(page, "visit_on")
    page = client.post("/components", data={"visit_on": "2026-11-27"}).text
    assert 'value="2026-11-27"' in field(page, "visit_on")
    assert 'type="date"' in field(page, "visit_on")


def test_a_refused_form_keeps_choices_but_never_a_password(client):
    data = {"answer": "no", "topics": ["floor", "quota"], "area": "421003", "secret": "open sesame"}
    page = client.post("/components", data=data).text
    assert re.search(r'value="no" checked', page)
    chosen = re.findall(r'name="topics" value="(\w+)" checked', page)
    assert chosen == ["floor", "quota"]
    assert re.search(r'<option selected value="421003">', page)
    assert "open sesame" not in page


def test_an_invalid_field_is_described_by_its_help_and_its_error(client):
    page = client.post("/components").text
    assert 'aria-describedby="name-h name-e"' in field(page, "name")
    assert 'id="name-h"' in page
    assert 'id="name-e"' in page


def test_sorting_keeps_the_filters_and_leaves_the_place_in_the_list(client):
    page = client.get("/components?area=421002&sort=name&cursor=abc").text
    assert 'aria-sort="ascending"><a href="/components?area=421002&amp;sort=-name">' in page
    assert '<a href="/components?area=421002&amp;sort=people">' in page


def test_rooms_that_are_not_there_do_not_appear(app):
    with app.test_request_context("/"):
        page = app.jinja_env.get_template("base.html").render(
            nav=[("Offers", "/offers", "offer", True), ("Settings", "/s", "settings", False)]
        )
    assert re.findall(r'<li><a href="([^"]+)"', page) == ["/offers", "/s"]
    assert page.count('aria-current="page"') == 1
    html5lib.HTMLParser(strict=True).parse(page)


def test_signing_out_is_a_post_with_a_token(client):
    page = client.get("/components").text
    for form in re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL):
        assert 'name="csrf_token"' in form


def test_a_date_due_stands_with_its_weekday_for_people_and_machines(client):
    page = client.get("/components").text
    assert '<time datetime="2026-11-23">11月23日</time><small>星期一 24:00</small>' in page
    assert '<time class="y-nb" datetime="2026-11-23">2026年11月23日 周一</time>' in page


def test_the_page_speaks_english_when_asked(client):
    client.set_cookie("language", "en")
    page = client.get("/components").text
    assert '<html lang="en">' in page
    assert "Mon" in page
    assert "3 days left" in page
    assert "Day 20 is Sunday 22 November." in page


def test_every_closed_act_says_why(client):
    page = client.get("/components").text
    closed = re.findall(r'<li class="off">(.*?)</li>', page, re.DOTALL)
    assert len(closed) == 2
    assert all('class="why"' in act for act in closed)
