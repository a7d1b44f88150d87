"""The parts of the pages as a real browser shows them, wide and narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.blueprints.gallery import application, chromium, served

pytestmark = pytest.mark.browser
PAGES = ["/components", "/components#nav", "/components#e1", "/refused/404", "/components/public"]


@pytest.fixture(scope="module")
def base():
    with served(application()) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as player:
        running = player.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(params=[1366, 375])
def sheet(browser, request):
    context = browser.new_context(
        viewport={"width": request.param, "height": 800}, locale="zh-CN", reduced_motion="reduce"
    )
    page = context.new_page()
    page.said = []
    page.on("console", lambda line: page.said.append(line.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(sheet, base, address):
    sheet.goto(base + address)
    found = Axe().run(sheet).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert sheet.evaluate("document.documentElement.scrollWidth") == sheet.viewport_size["width"]
    assert [line for line in sheet.said if "Content Security" in line or "Error" in line] == []


def test_a_refused_form_takes_the_focus_to_what_went_wrong(sheet, base):
    sheet.goto(base + "/components")
    sheet.fill("#name", "荆州临江阁大饭店")
    sheet.click("form[enctype] button[type=submit]")
    sheet.wait_for_selector(".y-errs:focus")
    assert sheet.input_value("#name") == "荆州临江阁大饭店"
    sheet.click(".y-errs a >> nth=0")
    assert sheet.evaluate("document.activeElement.id") == "code"
    assert [one["id"] for one in Axe().run(sheet).response["violations"]] == []


def test_a_grave_act_asks_first(sheet, base):
    sheet.goto(base + "/components")
    ask = sheet.locator("form[data-confirm] button")
    ask.click()
    assert "撤回给" in sheet.inner_text("#confirm")
    sheet.click("#confirm [value=no]")
    assert sheet.url == base + "/components"
    ask.click()
    with sheet.expect_navigation() as going:
        sheet.click("#confirm [value=yes]")
    assert going.value.request.method == "POST"


def test_rows_are_picked_together_and_counted(sheet, base):
    sheet.goto(base + "/components")
    assert sheet.inner_text("[data-picked-count]") == "1"
    sheet.check("[data-pick] >> nth=0")
    assert sheet.inner_text("[data-picked-count]") == "2"
    sheet.click("[data-pick-none]")
    assert not sheet.is_visible("[data-bulk]")


def test_everything_can_be_reached_without_script(browser, base):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(base + "/components")
    page.click(".y-menu")
    assert page.is_visible("#nav .y-brand")
    page.click(".y-nav__close")
    page.click(".y-me summary")
    assert page.is_visible(".y-me__menu form >> nth=-1")
    assert page.is_visible("[data-bulk]")
    context.close()
