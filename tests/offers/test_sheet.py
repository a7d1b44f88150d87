"""The sheet of offers is the list, taken away: the same rows in the same order."""

import pytest

from tenants.clock import at
from tests.offers.world import instant, issued

NAMES = ("示例甲餐饮有限公司", "示例乙餐饮有限公司", "示例丙餐饮有限公司")


@pytest.mark.parametrize("sort", ["number", "-number", "name", "-name"])
def test_the_sheet_has_the_order_of_the_list_both_ways(ours, theirs, as_, sort):
    issued(ours, NAMES)
    issued(theirs, ("示例外地餐饮有限公司",))
    officer = as_(ours.officer)
    with at(instant("2026-03-03")):
        page = officer.get(ours.url(f"/offers?sort={sort}")).text
        sheet = officer.get(ours.url(f"/offers/export.csv?sort={sort}")).get_data(as_text=True)
    body = page[page.index("<tbody") :]
    shown = sorted(NAMES, key=body.index)
    assert sorted(NAMES, key=sheet.index) == shown
    assert "外地" not in sheet
