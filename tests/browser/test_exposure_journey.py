"""From silence to an announcement and down again, and a reply at the last minute: all clicked."""

import re

import pytest
from sqlalchemy import select

from blueprints.offers.ground.models import ReplyLink
from tenants.db import db
from tests.browser.conftest import NARROW
from tests.exposures.world import (
    BODY,
    DECIDED,
    DEMANDED,
    HEARD,
    MET,
    NOTED,
    OPINED,
    SHOWN,
    Silent,
)
from tests.offers.world import instant

pytestmark = pytest.mark.browser
NAME = "示例静默餐饮有限公司"
MORE = "补充说明：邮件转到了停用的邮箱。"
WORDS = "我公司负责人更换，来函未及时转达。"


class Stage:
    """Five people and the public, each at a browser of their own, on a day that the test sets."""

    def __init__(self, silent, site, window):
        self.silent, self.site, self.window = silent, site, window
        federation = silent.federation
        people = {
            "officer": federation.officer,
            "leader": federation.approver,
            "lawyer": silent.lawyer,
            "chair": silent.chair,
        }
        self.windows = {who: window(user) for who, user in people.items()}
        self.windows["enterprise"] = window(width=NARROW)
        self.windows["public"] = window()
        self.case = federation.url(f"/exposures/offers/{silent.offer_id}")

    def on(self, day, hour=10):
        self.site.moment = instant(day, hour)

    def at(self, who):
        """The case, as this person sees it now."""
        return self.windows[who].go(self.case)

    def act(self, who, end, *, axe=False, **typed):
        """Click an act of the case, fill in what it asks, and confirm."""
        page = self.at(who)
        page.locator(f".y-acts a[href$='/{end}']").first.click()
        page.wait_for_url(re.compile(f"/{end}$"))
        assert self.windows[who].faults(axe=axe) == []
        self.fill(page, typed)
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url(re.compile(r"/exposures/offers/\d+$"))
        return page

    def fill(self, page, typed):
        for name, value in typed.items():
            field = page.locator(f"main [name='{name}']").first
            kind = field.evaluate("one => one.type || one.tagName")
            if kind == "radio":
                page.check(f"main [name='{name}'][value='{value}']", force=True)
            elif kind == "checkbox":
                field.check()
            elif kind == "select-one":
                field.select_option(value)
            else:
                field.fill(value)

    def serve(self, end, day):
        self.act("officer", end, method="registered_post", served_on=day, post_number="XA142")

    def step(self, kind, day, **typed):
        """Proposed by the officer, issued by the leader, served with proof."""
        self.on(day)
        self.act("officer", kind, **typed)
        assert not self.at("officer").locator("a[href$='/issue']").count(), "never by its proposer"
        self.act("leader", "issue")
        self.serve("service", day)


@pytest.fixture
def stage(ours, site, window):
    silent = Silent(ours)
    silent.lapse()
    return Stage(silent, site, window)


def climb(stage):
    stage.on(DEMANDED)
    board = stage.windows["officer"].go(stage.silent.federation.url("/exposures"))
    assert stage.windows["officer"].faults() == []
    board.get_by_role("link", name=NAME).click()
    board.wait_for_url(re.compile(r"/exposures/offers/\d+$"))
    stage.step("demand", DEMANDED)
    stage.step(
        "opinion", OPINED, inspector_names="甲、乙", inspector_card_nos="001、002",
        inspected_from="2025-06-16", inspected_until="2025-06-20", signatory_name="副主席",
    )  # fmt: skip
    stage.step(
        "interview", MET, meeting_on="2025-07-30", meeting_time="9:00", meeting_place="市总工会",
        answer_due_on="2025-07-29",
    )  # fmt: skip
    stage.on("2025-07-30", 16)
    stage.act(
        "officer", "minutes", attended="no", chair_name="主持人", recorder_name="记录人",
        attendees="示范市总工会 张某某 副主席", open_points_text="企业未到场。",
    )  # fmt: skip


def propose_and_hear(stage):
    """Proposal, legal check, notice served; the enterprise states its case on a phone."""
    stage.on(NOTED)
    stage.act("officer", "proposal-to-publish", body=BODY, channel="union_site", duration_days="30")
    stage.act("officer", "to-check")
    assert not stage.at("officer").locator("a[href$='/check']").count()
    stage.act("lawyer", "check", note="事实清楚，文字只述程序。")
    stage.on(HEARD)
    stage.serve("intent-service", HEARD)
    link = stage.at("officer").locator("#own-page [data-copied]").inner_text()
    enterprise = stage.windows["enterprise"]
    page = enterprise.page
    page.goto(link)
    assert NAME in page.inner_text("main")
    assert enterprise.faults() == []
    page.fill("[name=words]", WORDS)
    page.get_by_role("button", name="提交陈述").click()
    page.wait_for_selector(".y-errs")
    assert page.input_value("[name=words]") == WORDS, "nothing typed is lost"
    enterprise.said.clear()  # the console notes the 422
    page.fill("[name=person_name]", "孙某某")
    page.get_by_role("button", name="提交陈述").click()
    page.wait_for_selector("#statement")
    assert WORDS in page.inner_text("#statement")
    assert "孙某某" not in page.content()
    page.fill("[name=words]", MORE)
    page.fill("[name=person_name]", "孙某某")
    page.get_by_role("button", name="提交补充陈述").click()
    page.wait_for_selector("#statement blockquote >> nth=1")
    assert WORDS in page.inner_text("#statement"), "what was said stays as it was said"
    assert MORE in page.inner_text("#statement")
    assert enterprise.faults() == []
    return link


def decide(stage):
    stage.act("officer", "opinion", given_on=HEARD, note="三方无异议。")
    stage.on(DECIDED)
    stage.act("lawyer", "examination", finding="unfounded", note="属于说明原因，不构成正当理由。")
    assert not stage.at("lawyer").locator("a[href$='/approval']").count()
    stage.act("leader", "approval", note="同意。")
    assert not stage.at("leader").locator("a[href$='/approval']").count(), "nobody is two approvers"
    stage.act("chair", "approval", note="同意。")


def test_one_enterprise_from_silence_to_exposure_to_withdrawal(stage):
    federation = stage.silent.federation
    climb(stage)
    link = propose_and_hear(stage)
    decide(stage)
    stage.on(SHOWN)
    page = stage.act("officer", "publication", asked="y")
    assert "公开中" in page.inner_text(".y-head")
    public = stage.windows["public"]
    board = public.go(federation.url("/announcements"))
    assert NAME not in board.content(), "a circular inside the unions is not public"
    stage.act("chair", "raising", asked="y")
    board = public.go(federation.url("/announcements"))
    assert NAME in board.content()
    assert WORDS in board.content(), "its words stand beside its name"
    assert MORE in board.content()
    assert public.faults() == []
    board.get_by_role("link", name=NAME).click()
    board.wait_for_url(re.compile(r"/announcements/\d+$"))
    assert public.faults() == []

    enterprise = stage.windows["enterprise"]
    phone = enterprise.page
    phone.goto(link)
    phone.fill("#object [name=words]", "送达日期有误。")
    phone.fill("#object [name=person_name]", "孙某某")
    phone.get_by_role("button", name="提出异议").click()
    phone.wait_for_selector("#objected")
    assert enterprise.faults() == []
    board.reload()
    assert "异议处理中" in board.content(), "marked the same minute"
    stage.act("lawyer", "upholding", note="回证在卷，日期无误。")

    stage.on("2025-09-01")
    answer(stage, link)
    board.reload()
    assert "已改正" in board.content()
    assert WORDS not in board.content()
    assert "已改正" in public.go(federation.url("/announcements")).content()
    phone.goto(link)
    assert "公告已于" in phone.content()
    assert "已撤下" in stage.at("officer").inner_text(".y-head")


def answer(stage, _link=None):
    """The enterprise replies at its reply desk, on a phone."""
    federation = stage.silent.federation
    with federation.scope():
        query = select(ReplyLink).where(ReplyLink.offer_id == stage.silent.offer_id)
        token = db.session.scalars(query).one().token
    phone = stage.windows["enterprise"].go(federation.url(f"/reply/{token}"))
    phone.check("[name=kind][value=accept]", force=True)
    phone.fill("[name=person_name]", "孙某某")
    phone.get_by_role("button", name="提交答复").click()
    phone.wait_for_url(re.compile("/done$"))


def test_one_that_replies_at_the_last_minute_is_never_shown(stage):
    silent, federation = stage.silent, stage.silent.federation
    silent.climb()
    silent.propose()
    silent.hear()
    silent.decide()
    stage.on(SHOWN)
    page = stage.at("officer")
    page.locator("a[href$='/publication']").click()
    page.wait_for_url(re.compile("/publication$"))
    answer(stage)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_selector(".y-errs")
    assert NAME not in stage.windows["public"].go(federation.url("/announcements")).content()
    assert "决定不公开" in stage.at("officer").inner_text(".y-head")
    assert silent.look().published_at is None


def test_a_statement_after_the_decision_goes_back_to_those_who_decide(stage):
    silent = stage.silent
    silent.climb()
    silent.propose()
    silent.hear()
    silent.decide()
    stage.on(SHOWN)
    link = stage.at("officer").locator("#own-page [data-copied]").inner_text()
    phone = stage.windows["enterprise"].page
    phone.goto(link)
    assert stage.windows["enterprise"].faults() == []
    phone.fill("[name=words]", WORDS)
    phone.fill("[name=person_name]", "孙某某")
    phone.get_by_role("button", name="提交陈述").click()
    phone.wait_for_selector("#statement")
    assert "陈述期满后收到" in phone.inner_text("#statement")
    assert not stage.at("officer").locator("a[href$='/publication']").count()
    stage.act("lawyer", "examination", finding="proper", note="情况属实，理由正当。")
    assert "决定不公开" in stage.at("officer").inner_text(".y-head")
    assert "理由正当" in stage.at("officer").inner_text("#exclusions")
    assert silent.look().published_at is None
