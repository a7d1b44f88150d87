"""A supervisor's day on a telephone: served, visited, answered, planned; nothing typed is lost."""

import re

import pytest
from sqlalchemy import select

from blueprints.offers.ground.queries import proven_service, standing_reply
from blueprints.visits import actions, photos
from blueprints.visits.models import Visit
from tenants.db import db
from tenants.files import open_document
from tests.browser.conftest import NARROW, Window
from tests.offers.world import instant
from tests.supervisors.test_pages import get
from tests.visits.world import TODAY, jpeg, offer_of, walked
from tests.world import PASSWORD, Federation

pytestmark = pytest.mark.browser
FIRST_LOAD, LATER_LOAD = 150_000, 30_000  # bytes on the line


@pytest.fixture
def world(ours, site):
    made = walked(ours)
    site.moment = instant(TODAY, 9)
    with ours.scope(at=site.moment, by=ours.supervisor):
        visit = actions.plan(
            get(ours, made.mine), made.firms[0], site.moment.date(), purpose="serve",
            note="请见到总经理",
        )  # fmt: skip
        db.session.commit()
        made.visit = visit.id
    return made


@pytest.fixture
def phone(window, ours) -> Window:
    return window(ours.supervisor, width=NARROW, locale="en")


def choose(page, name: str, value: str) -> None:
    page.check(f"input[name={name}][value={value}]", force=True)


def picture(name: str = "回证.jpg") -> dict[str, object]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": jpeg()}


def test_a_whole_day_with_one_thumb(phone, world, ours: Federation):
    page = phone.go(ours.url("/my-day"))
    page.click("text=Start the visit")
    choose(page, "met", "decider")
    page.fill("#met_post", "总经理")
    choose(page, "served", "yes")
    page.fill("#receiver_name", "刘某某")
    page.set_input_files("#proof", picture())
    choose(page, "topics", "wages")
    page.fill("#said", "年度结算后可以协商")
    choose(page, "outcome", "talk_again")
    page.select_option("#next_step", "help_reply")
    page.fill("#next_on", "2026-03-13")
    page.set_input_files("#photos", picture("门牌.jpg"))
    assert phone.faults() == []
    page.click("text=Send the record")
    page.wait_for_url("**/my-day*")
    assert "is recorded" in page.inner_text("#flashes")

    with ours.scope(at=instant(TODAY)):
        offer = offer_of(world.offers[0])
        assert str(proven_service(offer).served_on) == TODAY
        assert str(offer.reply_due_on) == "2026-03-30"
        visit = db.session.get_one(Visit, (ours.id, world.visit))
        assert b"GPS" not in open_document(photos.of(visit)[0])

    page = phone.go(ours.url(f"/visits/{world.visit}"))
    page.click("text=Record the reply")
    page.set_input_files("#scan", {"name": "s.pdf", "mimeType": "application/pdf",
                                   "buffer": b"%PDF-1.7 a scan"})  # fmt: skip
    choose(page, "kind", "accept")
    page.fill("#person_name", "刘某某")
    page.click("button:has-text('Record reply')")
    page.wait_for_url("**/offers/*")
    with ours.scope(at=instant(TODAY)):
        assert standing_reply(offer_of(world.offers[0])).kind == "accept"

    page = phone.go(ours.url(f"/visits/plan?enterprise={world.firms[1]}"))
    page.fill("#planned_on", "2026-03-11")
    page.fill("#planned_at", "10:30")
    page.select_option("#purpose", "first_contact")
    page.click("text=Put it into the plan")
    page.wait_for_url("**/my-day*")
    with ours.scope(at=instant(TODAY)):
        planned = db.session.scalars(select(Visit).where(Visit.state == "planned")).all()
        assert sorted(str(one.planned_on) for one in planned) == ["2026-03-11", "2026-03-13"]
    assert phone.faults(axe=False) == []


@pytest.mark.parametrize("locale", ["en", "zh_CN"])
def test_a_street_day_is_sent_at_once_and_survives_a_lost_line(window, world, ours, locale):
    phone = window(ours.supervisor, width=NARROW, locale=locale)
    page = phone.go(ours.url("/visits/street-day"))
    page.click("main ul.y-list a")
    assert phone.faults() == []
    for firm, outcome in ((world.firms[0], "talk_again"), (world.firms[1], "nobody_there")):
        page.select_option(f"#met-{firm}", "staff")
        page.fill(f"#post-{firm}", "办公室主任")
        page.select_option(f"#outcome-{firm}", outcome)
        page.fill(f"#said-{firm}", "下周再来")
    phone.context.set_offline(True)
    page.click("form[data-draft] .btn-primary")
    page.wait_for_selector("#draft-state.is-late")
    assert page.input_value(f"#said-{world.firms[0]}") == "下周再来"
    phone.context.set_offline(False)
    phone.go(ours.url("/my-day"))
    page.wait_for_selector("#drafts a")
    page.click("#drafts a")
    page.wait_for_function(f"document.querySelector('#said-{world.firms[1]}').value !== ''")
    page.click("form[data-draft] .btn-primary")
    page.wait_for_url("**/my-day*")
    page.wait_for_function("!location.hash")
    assert drafts(page) == []
    with ours.scope(at=instant(TODAY)):
        made = db.session.scalars(select(Visit).where(Visit.state == "done")).all()
        assert sorted(one.outcome for one in made) == ["nobody_there", "talk_again"]


def drafts(page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.includes('draft'))")


def type_a_record(page) -> None:
    choose(page, "met", "staff")
    page.fill("#met_post", "办公室主任")
    choose(page, "served", "yes")
    page.fill("#receiver_name", "刘某某")
    page.fill("#said", "老板出差，下周再来")
    choose(page, "outcome", "nobody_there")


def test_a_draft_survives_a_lost_line_and_an_expired_session(phone, world, ours: Federation):
    page = phone.go(ours.url(f"/visits/{world.visit}/record"))
    type_a_record(page)
    phone.context.set_offline(True)
    page.click("text=Send the record")
    page.wait_for_selector("#draft-state.is-late")
    assert "No connection" in page.inner_text("#draft-state")
    assert page.input_value("#said") == "老板出差，下周再来"
    phone.context.set_offline(False)

    phone.context.clear_cookies(name="yaoyue")  # hours later
    page.click("text=Send the record")
    page.wait_for_url(re.compile("/sign-in"))
    page.fill("[name=email]", ours.supervisor.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"**/visits/{world.visit}/record")
    page.wait_for_function("document.querySelector('#said').value !== ''")
    assert page.input_value("#said") == "老板出差，下周再来"
    assert page.input_value("#met_post") == "办公室主任"
    assert page.input_value("#receiver_name") == "", "a name of somebody else is never kept"

    choose(page, "served", "no")
    page.click("text=Send the record")
    page.wait_for_url("**/my-day*")
    page.wait_for_function("!location.hash")
    assert drafts(page) == []
    with ours.scope(at=instant(TODAY)):
        assert db.session.get_one(Visit, (ours.id, world.visit)).said == "老板出差，下周再来"


def test_a_draft_waits_on_the_day_and_for_nobody_else(phone, window, world, ours: Federation):
    page = phone.go(ours.url(f"/visits/{world.visit}/record"))
    type_a_record(page)
    page.click("text=Keep as draft")
    page.wait_for_url("**/my-day")
    page.wait_for_selector("#drafts a")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "刘某某" not in kept
    assert "csrf" not in kept
    page.click("#drafts a")
    page.wait_for_url("**/record")
    assert page.input_value("#said") == "老板出差，下周再来"


def test_what_is_wrong_is_shown_without_losing_what_was_chosen(phone, world, ours: Federation):
    page = phone.go(ours.url(f"/visits/{world.visit}/record"))
    type_a_record(page)
    page.click("text=Send the record")
    page.wait_for_selector(".y-errs")
    assert page.input_value("#said") == "老板出差，下周再来"
    assert page.is_visible("#proof"), "parts that are chosen are shown again"
    assert not page.is_visible("#failure")
    refused = "Failed to load resource: the server responded with a status of 422"
    assert [fault for fault in phone.faults() if not fault.startswith(refused)] == []


def test_a_visit_is_recorded_without_script(window, world, ours: Federation):
    plain = window(ours.supervisor, width=NARROW, locale="en", script=False)
    page = plain.go(ours.url(f"/visits/{world.visit}/record"))
    type_a_record(page)
    choose(page, "served", "no")
    page.click("text=Send the record")
    assert page.url.endswith(f"/my-day#done=visit-{world.visit}")
    with ours.scope(at=instant(TODAY)):
        assert db.session.get_one(Visit, (ours.id, world.visit)).state == "done"


def test_a_picture_is_made_smaller_before_it_travels(phone, world, ours: Federation):
    page = phone.go(ours.url(f"/visits/{world.visit}/record"))
    large = page.evaluate(
        """async () => {
          const canvas = document.createElement('canvas');
          canvas.width = 3000; canvas.height = 2000;
          const pen = canvas.getContext('2d');
          for (let n = 0; n < 3000; n += 7) {
            pen.fillStyle = `hsl(${n % 360} 80% 50%)`; pen.fillRect(n, 0, 5, 2000);
          }
          const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.98));
          return Array.from(new Uint8Array(await blob.arrayBuffer()));
        }"""
    )
    page.set_input_files(
        "#photos", {"name": "large.jpg", "mimeType": "image/jpeg", "buffer": bytes(large)}
    )
    page.wait_for_selector("#photos[data-scaled=done]")
    width, size = page.evaluate(
        """async () => { const file = document.querySelector('#photos').files[0];
          const picture = await createImageBitmap(file); return [picture.width, file.size]; }"""
    )
    assert width == 1600
    assert size < len(large)


@pytest.mark.parametrize("path", ["/my-day", "/my-day/by-place"])
def test_a_slow_line_carries_little(phone, site, ours: Federation, path):
    """Bytes as they travel, heads included; the second load has what the first one kept."""
    world = walked(ours, tuple(f"示例第{number}餐饮有限公司" for number in range(40)))
    site.moment = instant(TODAY, 9)
    counted = {"bytes": 0}
    line = phone.context.new_cdp_session(phone.page)
    line.send("Network.enable")
    line.on(
        "Network.loadingFinished",
        lambda event: counted.update(bytes=counted["bytes"] + event["encodedDataLength"]),
    )
    phone.go(ours.url(path))
    phone.page.wait_for_load_state("networkidle")
    first, counted["bytes"] = counted["bytes"], 0
    phone.go(ours.url(f"/visits/new?enterprise={world.firms[0]}"))
    phone.page.wait_for_load_state("networkidle")
    form, counted["bytes"] = counted["bytes"], 0
    phone.go(ours.url(path))
    phone.page.wait_for_load_state("networkidle")
    later = counted["bytes"]
    assert 20_000 < first < FIRST_LOAD
    assert 1_000 < later < LATER_LOAD
    assert form < LATER_LOAD
