"""How values are printed, and that they stay values."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from blueprints.notices.letters.values import UnfitValue, printed
from rules.law import Period, Unit
from rules.words import Text

LATE = datetime(2026, 3, 3, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "value", "zh", "en"),
    [
        ("date", date(2026, 3, 3), "2026年3月3日", "3 March 2026"),
        ("date", "2026-03-03", "2026年3月3日", "3 March 2026"),
        ("datetime", "2026-03-03 09:05", "2026年3月3日9:05", "3 March 2026, 9:05"),
        ("datetime", LATE, "2026年3月4日0:30", "4 March 2026, 0:30"),
        ("date", LATE, "2026年3月4日", "4 March 2026"),
        ("period", Period(20, Unit.DAY), "20日", "20 days"),
        ("period", ("10", "working_day"), "10个工作日", "10 working days"),
        ("period", (1, "month"), "1个月", "1 month"),
        ("period", "二十日", "二十日", "二十日"),
        ("integer", 2650, "2650", "2650"),
        ("integer", 26500, "26500", "26,500"),
        ("number", Decimal("0.50"), "0.50", "0.50"),
        ("number", 1e-7, "0.0000001", "0.0000001"),
        ("percent", 0.859, "85.9%", "85.9%"),
        ("percent", Decimal(1), "100%", "100%"),
        ("percent", "85.9%", "85.9%", "85.9%"),
        ("serial", "荆工约〔2026〕17号", "荆工约〔2026〕17号", "荆工约〔2026〕17号"),
        ("text", Text(zh="工资", en="wages"), "工资", "wages"),
        ("choice", {"zh": "同意", "en": "agreed"}, "同意", "agreed"),
        ("text", "a\r\nBcc: b", "a Bcc: b", "a Bcc: b"),
        ("long_text", "第一行\r\n第二行\n", "第一行\n第二行", "第一行\n第二行"),
        ("text", "示例\x00公\u202e司\ud800", "示例公司", "示例公司"),
        ("text", "", "", ""),
    ],
)  # fmt: skip
def test_a_value_is_printed_as_its_type_says(kind, value, zh, en):
    assert printed("x", kind, value, "zh") == zh
    assert printed("x", kind, value, "en") == en


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "3rd of May"), ("integer", "many"), ("integer", True), ("number", "NaN"),
        ("period", (3, "moons")), ("text", ["a"]), ("text", {"zh": "仅"}), ("datetime", "soon"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_refused_by_name(kind, value):
    with pytest.raises(UnfitValue, match="reply_due_on"):
        printed("reply_due_on", kind, value, "zh")
