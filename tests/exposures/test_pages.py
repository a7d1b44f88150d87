"""The whole way clicked through: what each person sees, and what the public sees."""

import re
from io import BytesIO

import pytest

from blueprints.exposures.step_models import StepKind
from tenants.clock import at
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

SCAN = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def silent(ours):
    return Silent(ours)


class Desk:
    """The pages of one federation, on a day, as a person."""

    def __init__(self, silent, as_, visitor):
        self.silent, self.as_, self.visitor = silent, as_, visitor
        self.url = silent.federation.url

    def see(self, user, path, day):
        with at(instant(day)):
            browser = self.as_(user) if user else self.visitor
            return browser.get(self.url(path))

    def send(self, user, path, day, hour=10, **data):
        if data.pop("served", False):
            data |= {"method": "registered_post", "served_on": day, "post_number": "XA142"}
        with at(instant(day, hour)):
            return self.as_(user).post(self.url(path), data=data)

    def done(self, user, path, day, **data):
        answer = self.send(user, path, day, **data)
        assert answer.status_code == 303, answer.text

    def case(self, user, day):
        return self.see(user, f"/exposures/offers/{self.silent.offer_id}", day).text

    def links(self, user, day):
        return re.findall(r'href="[^"]*(/exposures/(?:steps|cases)/\d+/[\w-]+)"',
                          self.case(user, day))  # fmt: skip

    def link(self, user, day, name):
        return next(one for one in self.links(user, day) if one.endswith(f"/{name}"))


@pytest.fixture
def desk(silent, as_, visitor):
    return Desk(silent, as_, visitor)


def climb(desk):
    officer, leader = desk.silent.federation.officer, desk.silent.federation.approver
    offer = f"/exposures/offers/{desk.silent.offer_id}"
    days = (
        ("demand", DEMANDED, {}),
        ("opinion", OPINED, {
            "inspector_names": "甲、乙", "inspector_card_nos": "001、002",
            "inspected_from": "2025-06-16", "inspected_until": "2025-06-20",
            "signatory_name": "副主席"}),
        ("interview", MET, {
            "meeting_on": "2025-07-30", "meeting_time": "9:00", "meeting_place": "市总工会",
            "answer_due_on": "2025-07-29"}),
    )  # fmt: skip
    for kind, day, typed in days:
        assert desk.see(officer, f"{offer}/{kind}", day).status_code == 200
        desk.done(officer, f"{offer}/{kind}", day, **typed)
        assert not [one for one in desk.links(officer, day) if one.endswith("/issue")]
        issue = desk.link(leader, day, "issue")
        assert desk.see(leader, issue, day).status_code == 200
        desk.done(leader, issue, day)
        desk.done(officer, desk.link(officer, day, "service"), day, served=True)
    day = "2025-07-30"
    minutes = {"chair_name": "主持人", "recorder_name": "记录人", "open_points_text": "未到场。"}
    link = desk.link(officer, day, "minutes")
    desk.done(officer, link, day, held_on=day, attended="no", **minutes)


def test_one_enterprise_from_silence_to_exposure_to_withdrawal(desk):
    silent = desk.silent
    officer, leader = silent.federation.officer, silent.federation.approver
    silent.lapse()
    assert "示例静默餐饮有限公司" in desk.see(officer, "/exposures", DEMANDED).text
    climb(desk)
    propose = f"/exposures/offers/{silent.offer_id}/proposal-to-publish"
    assert desk.see(officer, propose, NOTED).status_code == 200
    wrong = desk.send(officer, propose, NOTED, body="请打13812345678", channel="union_site",
                      duration_days="30")  # fmt: skip
    assert wrong.status_code == 422
    assert "personal or pay data" in wrong.text
    desk.done(officer, propose, NOTED, body=BODY, channel="union_site", duration_days="30")
    desk.done(officer, desk.link(officer, NOTED, "to-check"), NOTED)
    assert not [one for one in desk.links(officer, NOTED) if one.endswith("/check")]
    desk.done(silent.lawyer, desk.link(silent.lawyer, NOTED, "check"), NOTED, note="事实清楚")
    desk.done(officer, desk.link(officer, HEARD, "intent-service"), HEARD, served=True)
    desk.done(officer, desk.link(officer, HEARD, "statement"), HEARD,
              words="我公司正在办理变更。", open_="y")  # fmt: skip
    desk.done(officer, desk.link(officer, HEARD, "opinion"), HEARD, given_on=HEARD, note="同意")
    examine = desk.link(silent.lawyer, DECIDED, "examination")
    desk.done(silent.lawyer, examine, DECIDED, finding="unfounded", note="不成立")
    assert "Nothing can be published now" in desk.case(officer, DECIDED)
    for person in (leader, silent.chair):
        desk.done(person, desk.link(person, DECIDED, "approval"), DECIDED, note="同意")
    assert "Every gate is passed" in desk.case(officer, SHOWN)
    publication = desk.link(officer, SHOWN, "publication")
    unasked = desk.send(officer, publication, SHOWN)
    assert unasked.status_code == 422
    assert "a reply on paper that lies anywhere is a reply" in unasked.text
    desk.done(officer, publication, SHOWN, asked="y")
    public = desk.see(None, "/announcements", SHOWN).text
    assert "示例静默餐饮有限公司" not in public, "a circular inside the unions is not public"
    desk.done(silent.chair, desk.link(silent.chair, SHOWN, "raising"), SHOWN, asked="y")
    public = desk.see(None, "/announcements", SHOWN)
    assert "示例静默餐饮有限公司" in public.text
    assert public.headers["Cache-Control"] == "no-store"
    page = re.search(r'href="[^"]*(/announcements/\d+)"', public.text).group(1)
    assert "我公司正在办理变更。" in desk.see(None, page, SHOWN).text
    desk.done(officer, desk.link(officer, SHOWN, "objection"), SHOWN, note="送达有误")
    assert "异议处理中</p>" in desk.see(None, page, SHOWN).text
    desk.done(silent.lawyer, desk.link(silent.lawyer, SHOWN, "upholding"), SHOWN, note="无误")
    silent.reply("2025-09-01")
    after = desk.see(None, page, "2025-09-01").text
    assert "已改正" in after
    assert "我公司正在办理变更。" not in after
    assert "已改正" in desk.see(None, "/announcements", "2025-09-01").text
    assert "came down" in desk.case(officer, "2025-09-01")


def test_one_that_replies_at_the_last_minute_is_never_shown(desk):
    silent = desk.silent
    silent.ready()
    officer = silent.federation.officer
    publication = desk.link(officer, SHOWN, "publication")
    silent.reply(SHOWN, hour=9)
    assert desk.send(officer, publication, SHOWN, asked="y").status_code == 409
    assert "Ended without publication" in desk.case(officer, SHOWN)
    assert "示例静默" not in desk.see(None, "/announcements", SHOWN).text


def test_documents_of_the_ladder_are_kept_as_files(desk):
    silent = desk.silent
    silent.lapse()
    step = silent.step(StepKind.DEMAND, DEMANDED)
    for form, mark in (("pdf", b"%PDF"), ("docx", b"PK")):
        path = f"/exposures/steps/{step}/letter.{form}"
        assert desk.see(silent.federation.auditor, path, DEMANDED).data.startswith(mark)


def test_a_photo_of_the_proof_is_taken_too(desk):
    silent = desk.silent
    silent.lapse()
    officer = silent.federation.officer
    desk.done(officer, f"/exposures/offers/{silent.offer_id}/demand", DEMANDED)
    leader = silent.federation.approver
    desk.done(leader, desk.link(leader, DEMANDED, "issue"), DEMANDED)
    data = {"method": "in_person", "served_on": DEMANDED, "receiver_name": "前台"}
    service = desk.link(officer, DEMANDED, "service")
    assert desk.send(officer, service, DEMANDED, **data).status_code == 422
    file = (BytesIO(SCAN), "回证.pdf")
    desk.done(officer, service, DEMANDED, **data, evidence=file)
    assert silent.steps()[0].evidence_id


def test_of_two_who_do_the_same_the_second_is_told_and_loses_no_word(desk):
    silent = desk.silent
    silent.lapse()
    silent.climb()
    silent.propose()
    check = desk.link(silent.lawyer, NOTED, "check")
    desk.done(silent.chair, check, NOTED, note="事实清楚")
    second = desk.send(silent.lawyer, check, NOTED, note="我写的审核意见")
    assert second.status_code == 409
    assert "我写的审核意见" in second.text
    assert "It is not at the legal check." in second.text
    assert silent.look().reviewed_by_id == silent.chair.id


@pytest.mark.parametrize("path", ["/exposures", "/exposures/offers/{offer}"])
def test_another_federation_finds_nothing(desk, theirs, as_, path):
    desk.silent.lapse()
    path = path.format(offer=desk.silent.offer_id)
    assert as_(theirs.officer).get(desk.url(path)).status_code == 404
    assert "示例静默" not in as_(theirs.officer).get(theirs.url("/exposures")).text
