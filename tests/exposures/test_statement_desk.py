"""The enterprise's own page: found by link or code, heard verbatim, objecting the same minute."""

import re
from io import BytesIO

import pytest
from sqlalchemy import select

from blueprints.exposures import actions
from blueprints.exposures.models import ExposureLink
from blueprints.exposures.statements import said_in
from blueprints.notices.models import Notice
from rules.broken import RuleBroken
from tenants.clock import at
from tenants.db import db
from tests.exposures.world import DECIDED, HEARD, NOTED, SHOWN, Silent
from tests.offers.world import instant

SCAN = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
WORDS = "  我公司负责人更换，\n来函未及时转达。\n"
SIGNED = {"person_name": "孙某某", "person_title": "人事经理"}


@pytest.fixture
def silent(ours):
    one = Silent(ours)
    one.lapse()
    one.climb()
    one.propose()
    return one


def link_of(silent):
    with silent.federation.scope():
        query = select(ExposureLink).where(ExposureLink.revoked_at.is_(None))
        return db.session.scalars(query).one()


class Page:
    """The page of one case, without an account."""

    def __init__(self, silent, browser, token):
        self.url = silent.federation.url(f"/statement/{token}")
        self.browser = browser

    def see(self, day):
        with at(instant(day)):
            return self.browser.get(self.url)

    def file(self, day, **data):
        with at(instant(day, 11)):
            return self.browser.post(self.url, data=SIGNED | data)

    def object_(self, day, **data):
        with at(instant(day, 11)):
            return self.browser.post(f"{self.url}/objection", data=SIGNED | data)


@pytest.fixture
def page(silent, visitor):
    silent.check()
    return Page(silent, visitor, link_of(silent).token)


def test_the_notice_of_intent_carries_the_address_and_the_code_of_the_page(silent, page):
    with silent.federation.scope():
        query = select(Notice).where(Notice.kind == "exposure_intent")
        fields = str(db.session.scalars(query).one().fields)
    link = link_of(silent)
    assert f"/statement/{link.token}" in fields
    assert f"{link.code[:5]}-{link.code[5:]}" in fields


def test_a_code_leads_to_the_page_and_a_wrong_one_is_told_so(silent, page, visitor):
    enter = silent.federation.url("/statement")
    assert visitor.get(enter).status_code == 200
    answer = visitor.post(enter, data={"code": link_of(silent).code.lower()})
    assert answer.location.endswith(link_of(silent).token)
    assert visitor.post(enter, data={"code": "22222-33333"}).status_code == 422


def test_a_statement_stands_word_for_word_and_a_second_click_is_no_second_one(silent, page):
    silent.serve_intent()
    shown = page.see(HEARD)
    assert shown.headers["Cache-Control"] == "no-store"
    assert page.file(HEARD, words=WORDS).status_code == 303
    row = silent.look()
    assert row.statement.replace("\r\n", "\n") == WORDS
    assert (row.state, row.statement_channel) == ("reply_received", "online")
    assert (row.statement_by, row.statement_open) == ("孙某某 人事经理", True)
    assert page.file(HEARD, words=WORDS).status_code == 303
    with silent.federation.scope():
        assert len(said_in(silent.look())) == 1
    assert "来函未及时转达。" in page.see(HEARD).text
    assert "孙某某" not in page.see(HEARD).text


def test_a_refused_statement_comes_back_as_it_was_typed(silent, page):
    answer = page.file(NOTED, words=WORDS, person_name="")
    assert answer.status_code == 422
    assert "来函未及时转达。" in answer.text
    assert "y-err" in answer.text
    assert silent.look().statement is None


def test_a_statement_may_come_before_its_notice_is_proven_to_have_arrived(silent, page):
    assert page.file(NOTED, words=WORDS).status_code == 303
    assert silent.look().state == "legal_check"
    silent.serve_intent()
    assert silent.look().state == "reply_received"


def test_an_enterprise_may_ask_that_its_words_are_not_shown(silent, page):
    page.file(NOTED, words=WORDS, withhold="y")
    assert silent.look().statement_open is False
    assert "按照贵单位要求" in page.see(NOTED).text


def test_a_statement_that_names_pay_is_kept_and_not_shown(silent, page):
    page.file(NOTED, words="本月工资 4500 元照发")
    assert silent.look().statement_open is False


def test_material_is_kept_with_the_statement(silent, page):
    material = (BytesIO(SCAN), "说明.pdf")
    assert page.file(NOTED, words=WORDS, material=material).status_code == 303
    assert silent.look().statement_file_id


def test_an_objection_is_marked_the_same_minute(silent, page, visitor):
    silent.hear(checked=True)
    silent.decide()
    silent.publish()
    silent.raise_()
    assert page.object_(SHOWN, words="送达日期有误").status_code == 303
    row = silent.look()
    assert (row.state, row.objection_channel) == ("objection_marked", "online")
    with at(instant(SHOWN)):
        public = visitor.get(silent.federation.url("/announcements")).text
    assert "异议处理中" in public
    assert page.object_(SHOWN, words="再次").status_code == 409


def test_a_renewed_link_ends_the_old_one_and_every_wrong_link_looks_the_same(silent, page, as_):
    officer = silent.federation.officer
    with at(instant(NOTED)):
        case = as_(officer).get(silent.federation.url(f"/exposures/offers/{silent.offer_id}")).text
        path = re.search(r'href="([^"]*/cases/\d+/link)"', case).group(1)
        assert as_(officer).post(path).status_code == 303
    old = page.see(NOTED)
    zeros = "0" * 40
    wrong = page.browser.get(silent.federation.url(f"/statement/{zeros}"))
    assert (old.status_code, wrong.status_code) == (404, 404)
    assert old.text.replace(page.url.rsplit("/", 1)[-1], zeros) == wrong.text
    assert Page(silent, page.browser, link_of(silent).token).see(NOTED).status_code == 200


def test_another_federation_does_not_know_the_link(silent, page, theirs):
    assert page.browser.get(theirs.url(f"/statement/{link_of(silent).token}")).status_code == 404


def test_guessing_is_throttled(silent, page, app):
    app.config["THROTTLE"] = True
    try:
        tries = [
            page.browser.post(silent.federation.url("/statement"), data={"code": f"22222-3{n:04}"})
            for n in range(32)
        ]
    finally:
        app.config["THROTTLE"] = False
    assert {one.status_code for one in tries} == {422, 429}


def test_a_late_statement_is_heard_and_an_approval_given_without_it_falls_away(silent, page):
    silent.hear(checked=True)
    leader = silent.federation.approver
    with silent.on(DECIDED, leader, 14):
        actions.approve(silent.exposure(), "同意。", by_id=leader.id)
        db.session.commit()
    with at(instant(DECIDED, 15)):
        assert page.browser.post(page.url, data=SIGNED | {"words": WORDS}).status_code == 303
    row = silent.look()
    assert (row.state, row.first_approver_id) == ("reply_received", None)
    with silent.on(DECIDED, leader, 16), pytest.raises(RuleBroken):
        actions.approve(silent.exposure(), "同意。", by_id=leader.id)
