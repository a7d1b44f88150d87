"""Workers are asked: planned, opened, answered on phones and on paper, counted, assessed."""

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.browser.conftest import NARROW
from tests.contracts.world import at
from tests.evaluation import world

pytestmark = pytest.mark.browser


def answer(window, address, *, script, locale="zh_CN"):
    """One worker at one phone: three questions are enough; the receipt says it has arrived."""
    phone = window(width=NARROW, script=script, locale=locale)
    page = phone.page
    page.goto(address)
    if script:
        assert phone.faults() == []
    page.locator("input[name=knows][value=yes]").check(force=True)
    page.locator("input[name=contents]").first.check(force=True)
    page.locator("input[name=took_part][value=vote]").check(force=True)
    page.locator("main form button[type=submit]").last.click()
    if script:  # one question was left out: nothing typed is lost
        assert page.locator(".y-errs").count() == 1
        assert page.locator("input[name=knows][value=yes]").is_checked()
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= NARROW
        phone.said.clear()  # the browser notes that the answer was 422
    page.locator("input[name=satisfied][value=basically]").check(force=True)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile("/done$"))
    page.goto(address)
    assert page.locator("main form[novalidate]").count() == 0  # this browser has answered
    return phone


def printed(page, ours, survey_id):
    """Take the poster along; where its code leads."""
    poster = page.request.get(urljoin(page.url, page.locator("a[href*='/poster-']").first
                                      .get_attribute("href")))  # fmt: skip
    assert poster.body().startswith(b"%PDF")
    with ours.scope():
        link = world.links(survey_id)[0]
    return urljoin(page.url, ours.url(f"/s/{link.token}"))


def test_from_a_plan_to_the_assessment(ours, site, window):
    town = world.town(ours, term_to=world.date(2026, 12, 31))
    site.moment = at(world.PLANNED)
    officer, leader = window(ours.officer), window(ours.approver)

    page = officer.go(ours.url(f"/contracts/{town.contract_id}"))
    page.locator("a[href*='/surveys/new']").first.click()
    assert officer.faults() == []
    page.locator("[name=closes_on]").fill("2025-06-20")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/surveys/\d+$"))
    assert officer.faults() == []
    survey = page.url.removeprefix(site.url)
    assert page.locator("a[href$='/opening']").count() == 0  # not by whoever planned it

    page = leader.go(survey)
    page.locator("a[href$='/opening']").first.click()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/surveys/\d+$"))

    site.moment = at(world.OPENED)
    page = officer.go(survey)
    assert officer.faults() == []
    address = printed(page, ours, int(survey.rpartition("/")[2]))
    for number in range(5):
        answer(window, address, script=number < 2, locale="en" if number == 1 else "zh_CN")

    page = officer.go(survey)
    assert "5" in page.locator("#units tbody tr").first.inner_text()
    assert page.locator(".y-figs").count() == 0  # nothing while it is open

    page.locator("a[href$='/paper']").first.click()
    page.locator("textarea").fill("1 1 1 3 1 2 14 1\n1 1 1")
    page.locator("main form button[type=submit]").last.click()
    assert "1 1 1 3" in page.locator("textarea").input_value()  # nothing is lost
    officer.said.clear()
    page.locator("textarea").fill("\n".join(["1 1 1 3 1 2 14 1"] * 7))
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/surveys/\d+"))

    page = officer.go(survey + "/closing")
    page.locator("textarea").fill("已收齐")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/surveys/\d+$"))
    assert page.locator(".y-fig").count() == 3
    assert "12" in page.locator(".y-figs").inner_text()
    assert officer.faults() == []

    page = officer.go(ours.url(f"/contracts/{town.contract_id}"))
    assert "12/12" in page.locator("#surveys").inner_text()
    page.locator("a[href$='/assessment/new']").first.click()
    page.wait_for_url(re.compile("/assessment/new$"))
    for box in page.locator("main form textarea, main form input[type=text]").all():
        box.fill("示例")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile("/assessment$"))
    assert "12" in page.inner_text("main")
    assert officer.faults(axe=False) == []


def test_the_pages_fit_a_phone(ours, site, window, tmp_path):
    """List, survey, results and trend at 375 px, in both languages."""
    town = world.town(ours)
    world.closed(town, (12, 3), (14, 2), (3, 0))
    world.closed(town, (14, 1), (13, 3), name="示例第二次问卷")
    site.moment = at(world.AFTER)
    with town.on(world.AFTER):
        closed = world.queries.closed_about(town.contract_id)[0].id
    for locale in ("zh_CN", "en"):
        phone = window(ours.officer, width=NARROW, locale=locale)
        for path in ("", f"/{closed}", f"/{closed}?by=area", "/trend", "/forms", "/new"):
            phone.go(ours.url(f"/surveys{path}"))
            assert phone.faults() == [], (locale, path)
            phone.shot(Path(tmp_path) / f"{locale}{path.replace('/', '-')}.png")
