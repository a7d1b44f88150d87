"""A whole ledger as it is kept: titles, totals, notes, doubles, and what is wrong with rows."""

import pytest

from blueprints.registry.areas import city_of
from blueprints.registry.ledgers import Ledger
from blueprints.registry.sheets import open_sheet
from blueprints.registry.unpacking import SheetRefused
from tests.registry.making import HEADINGS, code, firm, sheet, text, total, xlsx


def read(rows, *, division="421000"):
    ledger = Ledger(open_sheet(xlsx(rows)), city_of(division))
    return ledger, list(ledger.lines())


def findings(line):
    return [finding.code for finding in line.findings]


def one(**facts):
    return read(sheet([firm(1, **facts)]))[1][0]


def test_titles_totals_and_notes_are_no_rows():
    rows = [firm(n) for n in range(1, 4)]
    ledger, lines = read(sheet([*rows, *total(rows)], above=[["台账"], ["填报单位：市总工会"]]))
    assert [line.number for line in lines] == [4, 5, 6]
    assert ledger.aside.stated_total == ledger.aside.summed == 90
    assert ledger.aside.notes == ["注：本表职工总数含劳务派遣。"]


def test_rows_below_a_total_are_still_read_when_they_are_enterprises():
    rows = [
        firm(1),
        *total([firm(1)])[:1],
        HEADINGS,
        firm(2),
        ["小计", "", "", "", "", "", 30],
        firm(3),
    ]
    assert len(read(sheet(rows))[1]) == 3


def test_headings_in_two_lines_are_read_as_one():
    upper = ["序号", "企业名称", "信用代码", "职工人数", "", "", "联系人"]
    lower = ["", "", "", "总数", "女职工", "一线职工", ""]
    ledger, lines = read([["台账"], upper, lower, [1, "某某有限公司", code(1), 30, 10, 20, "李四"]])
    record = lines[0].record
    assert ledger.header.row == 3
    assert (record.headcount, record.women, record.contact_name) == (30, 10, "李四")


def test_a_table_without_a_name_column_is_refused():
    with pytest.raises(SheetRefused):
        read([["a", "b"], [1, 2]])


def test_a_sound_row_says_all_it_knows():
    record = one(area="石首市（开发区）", industry="餐饮/住宿").record
    assert (record.area, record.locality) == ("421081", "开发区")
    assert record.industries == ("62", "61")
    assert (record.headcount, record.unionised, record.chair) == (30, True, "单琴")
    assert record.contract_until.isoformat() == "2027-03-31"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"name": ""}, "name_missing"),
        ({"name": "无"}, "name_missing"),
        ({"name": '=HYPERLINK("http://x.example","某公司")'}, "name_is_formula"),
        ({"name": "12345"}, "name_unusable"),
        ({"name": "某" * 101}, "name_too_long"),
        ({"code": code(1)[:-1] + "0"}, "code_check"),
        ({"code": "123"}, "code_length"),
        ({"code": 914210020000000001}, "code_scientific"),
    ],
)
def test_a_row_that_cannot_be_told_is_sent_back(facts, reason):
    line = one(**facts)
    assert line.record is None
    assert reason in findings(line)


@pytest.mark.parametrize(
    ("facts", "reason", "field"),
    [
        ({"email": "hr@"}, "email_invalid", "email"),
        ({"email": "13800000000"}, "email_is_phone", "email"),
        ({"phone": "99999999999"}, "phone_invalid", "phone"),
        ({"until": "长期"}, "date_open_ended", "contract_until"),
        ({"until": "9999.99.99"}, "date_unreadable", "contract_until"),
        ({"contract": "否"}, "date_without_contract", "contract_until"),
        ({"women": 47}, "part_over_total", "women"),
        ({"workers": "许多"}, "count_unreadable", "headcount"),
        ({"industry": "没有这一行"}, "industry_unknown", "industries"),
        ({"ownership": "？"}, "ownership_unknown", "ownership"),
        ({"code": ""}, "code_missing", "credit_code"),
    ],
)
def test_a_wrong_cell_is_left_out_and_said_and_the_row_is_taken(facts, reason, field):
    line = one(**facts)
    assert findings(line) == [reason]
    assert getattr(line.record, field) in {None, ()}


def test_nothing_in_a_cell_is_no_fault():
    line = one(email="无", phone="—", remark="/")
    assert findings(line) == []
    assert line.record.email is None


def test_an_unknown_area_is_taken_from_the_code_and_said():
    line = one(area="某某区")
    assert line.record.area == "421002"
    assert findings(line) == ["area_unknown", "area_from_code"]


def test_the_first_row_of_a_code_is_taken_and_the_others_name_it():
    rows = [firm(1), firm(2, code=code(1)), firm(3, code=code(1), name=firm(1)[1])]
    lines = read(sheet(rows))[1]
    assert lines[0].record is not None
    assert (lines[1].findings[0].code, lines[1].findings[0].args["row"]) == ("code_of_another", 3)
    assert findings(lines[2]) == ["code_duplicate"]
    assert "第3行" in lines[2].findings[0].text.zh


def test_namesakes_without_a_code_cannot_be_told_apart():
    rows = [firm(1, code=""), firm(2, code="", name=firm(1)[1])]
    lines = read(sheet(rows))[1]
    assert lines[0].record is not None
    assert findings(lines[1]) == ["code_missing", "name_duplicate"]


def test_blank_lines_and_repeated_headings_are_passed_over():
    rows = [firm(1), [], HEADINGS, firm(2)]
    assert len(read(sheet(rows))[1]) == 2


def test_a_line_break_inside_a_quoted_cell_does_not_shift_the_rows():
    rows = sheet([firm(1, name="某某有限公司\n(原永泰公司)"), firm(2)])
    ledger = Ledger(open_sheet(text(rows).encode("gb18030")), city_of("421000"))
    lines = list(ledger.lines())
    assert lines[0].record.former_names == ("永泰公司",)
    assert [line.number for line in lines] == [3, 4]
