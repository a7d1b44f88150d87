"""From a mail nobody answers to a letter, a registered number and a visit; and what came back."""

import io
from datetime import date

import pytest
from sqlalchemy import select

from blueprints.delivery.returns_actions import change, make_key, switch
from blueprints.notices import bounces, verp
from blueprints.notices.models import Notice
from blueprints.notices.suppressions import Dead, suppress
from blueprints.offers.ground.queries import get_offer, proven_service
from blueprints.offers.service import tasks
from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Assignment, Supervisor
from jobs.fallback import sweep
from tenants.clock import today
from tenants.db import db
from tests.browser.conftest import NARROW, WIDE
from tests.delivery.returning import answer, report
from tests.delivery.test_sending import told
from tests.mailroom import mailroom
from tests.offers.world import instant, issued

__all__ = ["mailroom"]
pytestmark = pytest.mark.browser
NAMES = tuple(f"示范{one}餐饮管理有限公司" for one in "甲乙丙丁")
PHOTO = b"%PDF-1.7\n%a photo of the signed receipt\n"
PAGES = (
    "/delivery", "/delivery/settings", "/delivery/suppressions", "/delivery/suppressions/new",
    "/delivery/bounces", "/delivery/returns", "/delivery/signature", "/delivery/digest",
    "/offers/paper", "/offers/post-numbers", "/offers/on-site",
)  # fmt: skip


@pytest.fixture
def city(ours):
    """Four offers whose mails nobody answers; one address is dead, and some mail has come back."""
    offers = issued(ours, NAMES, at=instant("2026-03-02", 9))
    with ours.scope(at=instant("2026-03-02", 9)):
        for number, notice in enumerate(
            db.session.scalars(select(Notice).where(Notice.kind == "offer").order_by(Notice.id))
        ):
            notice.address, notice.state = f"hr{number}@firm.example", "sent"
            notice.sent_at, notice.attempts = instant("2026-03-02", 9), 1
        for number, enterprise in enumerate(db.session.scalars(select(Enterprise))):
            enterprise.area = ("421002", "421003")[number % 2]
            enterprise.address, enterprise.contact_name = f"示范路{number}号", "王某某"
            enterprise.phone = f"0716-000000{number}"
        supervisor = Supervisor(user_id=ours.supervisor.id, name="周某某")
        db.session.add(supervisor)
        db.session.flush()
        db.session.add(
            Assignment(
                supervisor_id=supervisor.id,
                enterprise_id=get_offer(offers[0]).enterprise_id,
                valid_from=date(2026, 1, 1),
            )
        )
        db.session.commit()
    came_back(ours)
    with ours.app.app_context():
        sweep(tenant_id=ours.id, at=instant("2026-03-12", 9).isoformat())
    return ours, offers


def came_back(federation):
    with federation.scope():
        base = "returns@city.example"
        change(
            {"address": base, "host": "", "port": 993, "tls": "tls", "account": "",
             "folder": "INBOX"}, "",
        )  # fmt: skip
        make_key("city.example", "yaoyue202603")
        suppress([Dead("gone@firm.example", "contact.unsubscribed", "来电要求")])
        lost, full = db.session.scalars(
            select(Notice).where(Notice.kind == "offer").order_by(Notice.id.desc()).limit(2)
        )
        signer = verp.Signer(base, federation.id, today())
        to = [signer.address(notice.id, notice.round) for notice in (lost, full)]
        for mail in (
            report(to[0], of=lost.address),
            report(to[1], of=full.address, status="5.2.2", said="552 5.2.2 mailbox full"),
            report(to[0], of=lost.address, said="550 5.1.1 once more"),
            answer(to[1]),
            report(base),
        ):
            bounces.take_in(mail, source="file")
        db.session.commit()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_page_of_delivery_is_fit_to_be_read(city, window, width):
    federation, offers = city
    with federation.scope():
        tasks.send_somebody(get_offer(offers[0], lock=True))
        db.session.commit()
    clerk = window(federation.administrator, width=width)
    officer = window(federation.officer, width=width)
    for path in PAGES:
        browser = clerk if path.startswith("/delivery") else officer
        browser.go(federation.url(path))
        assert browser.faults() == [], path


def test_from_a_silent_mail_to_a_visit_with_a_phone(city, window):
    federation, offers = city
    first = offers[0]
    with federation.scope():
        name, number = get_offer(first).addressee_name, get_offer(first).document_no
    officer = window(federation.officer)
    page = officer.go(federation.url("/offers/paper"))
    with page.expect_download() as made:
        page.get_by_role("button", name="生成").click()
    assert made.value.suggested_filename.endswith(".pdf")
    page = officer.go(federation.url("/offers/post-numbers"))
    page.locator("textarea[name=lines]:visible").fill(f"{number}\tXA12345678942\t2026-03-12")
    page.get_by_role("button", name="核对名单").click()
    page.get_by_role("button", name="登记1个编号").click()
    page = officer.go(federation.url(f"/offers/{first}"))
    assert "XA12345678942" in page.locator("#way").inner_text()
    assert officer.faults() == []
    with federation.app.app_context():
        assert (
            sweep(tenant_id=federation.id, at=instant("2026-03-25", 9).isoformat())["visits"] == 1
        )
    phone = window(federation.supervisor, width=NARROW)
    page = phone.go(federation.url("/offers/on-site"))
    assert page.get_by_text(name).is_visible()
    page.get_by_role("link", name="登记送达").click()
    page.get_by_label("签收人", exact=False).first.fill("孙某某")
    page.get_by_label("见证人", exact=False).first.fill("郑某某")
    page.locator("input[name=evidence]").set_input_files(
        {"name": "回执.pdf", "mimeType": "application/pdf", "buffer": io.BytesIO(PHOTO).read()}
    )
    page.locator("button[type=submit]:visible").last.click()
    page.wait_for_url(f"**/offers/{first}")
    with federation.scope():
        assert proven_service(get_offer(first)).witness == "郑某某"
        assert tasks.open_task(first) is None


def test_a_dead_address_is_seen_and_written_to_again(city, window):
    federation, _ = city
    officer = window(federation.officer)
    page = officer.go(federation.url("/delivery/suppressions"))
    page.get_by_role("link", name="gone@firm.example").click()
    page.get_by_label("为什么可以恢复发送").fill("已电话核实")
    page.get_by_role("button", name="恢复发送").click()
    assert page.get_by_text("已恢复向这个邮箱发送。").is_visible()
    assert officer.faults() == []


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_a_test_mail_says_step_by_step_what_it_has_proven(city, window, mailroom, locale):
    federation, _ = city
    told(federation, host=mailroom.host, port=mailroom.port, sender="union@city.example")
    with federation.scope():
        switch(on=True)
        db.session.commit()
    clerk = window(federation.administrator, width=NARROW, locale=locale)
    page = clerk.go(federation.url("/delivery/signature"))
    page.locator("a[href$='/delivery#server']").click()
    page.locator("form[action$='/delivery/test'] button").click()
    proven = page.locator("#proven")
    proven.wait_for()
    assert "d=city.example s=yaoyue202603" in proven.inner_text()
    assert mailroom.mails[-1].sender in proven.inner_text()
    assert clerk.faults() == []


def test_all_sending_is_paused_and_resumed_by_keyboard(city, window):
    federation, _ = city
    officer = window(federation.officer)
    page = officer.go(federation.url("/delivery"))
    page.get_by_label("暂停发送的原因").fill("抬头有误")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("form[action$='/resumption'] button").press("Enter")
    page.locator("form[action$='/pause']").wait_for()
    assert "抬头有误" in page.locator("#history").inner_text()
    assert officer.faults() == []
