"""Acting for an enterprise without a union: led to what the law asks, refused what it forbids."""

import re

import pytest

from tests.browser.conftest import NARROW, WIDE
from tests.contracts import world as w

pytestmark = pytest.mark.browser


def choose(page, name, value):
    page.locator(f"[name={name}][value={value}] + label").click()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_upper_union_is_refused_as_party_and_the_page_leads_on(ours, window, site, width):
    w.town(ours, "示例甲餐饮有限公司")
    site.moment = w.at("2025-03-03")
    one = window(ours.officer, width=width)
    page = one.go(ours.url("/acting/new"))
    choose(page, "level", "enterprise")
    page.select_option("[name=enterprise_id]", label="示例甲餐饮有限公司")
    page.fill("[name=scope_name]", "示例甲餐饮有限公司")
    page.fill("[name=principal_name]", "示例甲餐饮有限公司职工")
    choose(page, "ground", "no_union")
    page.fill("[name=ground_text]", "尚未建立工会，已实地走访")
    choose(page, "matters", "election")
    choose(page, "party", "upper_union")
    page.fill("[name=until_on]", "2025-12-31")
    page.fill("[name=handback_plan]", "年内建会并培训代表")
    page.fill("[name=handback_due_on]", "2025-11-30")
    page.locator("main .y-submit button").click()
    page.wait_for_selector(".y-errs")
    refusal = page.inner_text(".y-errs")
    assert "《劳动合同法》第51条" in refusal
    assert "上级工会不是合同当事人" in refusal
    assert page.input_value("[name=ground_text]") == "尚未建立工会，已实地走访"
    assert [line for line in one.faults() if "422" not in line] == []

    choose(page, "party", "elected")
    page.locator("main .y-submit button").click()
    page.wait_for_url(re.compile(r"/acting/\d+$"))
    path = page.inner_text("#path")
    assert "职工民主推荐代表" in path
    assert "上级工会不签字" in path
    assert one.faults() == []

    leader = window(ours.approver, width=width)
    page = leader.go(page.url.removeprefix(site.url))
    page.locator("a[href$='/approval']").click()
    page.locator("main .y-submit button").click()
    page.wait_for_url(re.compile(r"/acting/\d+$"))
    assert "代示例甲餐饮有限公司职工" in page.inner_text("main")
    assert leader.faults() == []
    site.moment = None
