"""Ledgers for tests: made-up firms with sound codes, in the forms that federations keep."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from stdnum.cn import uscc

HEADINGS = [
    "序号", "单位名称", "统一社会信用代码", "所属县(市、区)", "所属行业", "登记类型", "职工总数",
    "女职工数", "一线职工数", "是否建会", "工会名称", "工会主席", "联系人", "联系电话", "电子邮箱",
    "是否签订工资专项集体合同", "合同到期日", "备注",
]  # fmt: skip
TITLE = ["荆州市企业集体协商台账（2026年）"]


def code(number: int, *, division: str = "421002") -> str:
    """The sound credit code of firm `number`."""
    body = f"91{division}MA{number:07d}"
    return body + uscc.calc_check_digit(body)


def firm(number: int, **facts: Any) -> list[Any]:
    """A row of the ledger; facts by their headings' short names."""
    name = facts.get("name", f"荆州测试{number}号餐饮有限公司")
    union = facts.get("union", True)
    return [
        number,
        name,
        facts.get("code", code(number)),
        facts.get("area", "沙市区"),
        facts.get("industry", "餐饮业"),
        facts.get("ownership", "有限责任公司"),
        facts.get("workers", 30),
        facts.get("women", 10),
        facts.get("frontline", 20),
        "是" if union else "否",
        facts.get("union_name", f"{name}工会委员会" if union else ""),
        facts.get("chair", "单琴" if union else ""),
        facts.get("contact", "李四"),
        facts.get("phone", "13800000000"),
        facts.get("email", f"hr{number}@firm.example"),
        facts.get("contract", "是"),
        facts.get("until", "2027-03-31"),
        facts.get("remark", ""),
    ]


def total(rows: Sequence[Sequence[Any]], stated: int | None = None) -> list[list[Any]]:
    """What stands below a ledger: the total, a blank line, a note."""
    summed = sum(row[6] for row in rows if isinstance(row[6], int))
    return [
        ["合计", "", "", "", "", "", summed if stated is None else stated],
        [],
        ["注：本表职工总数含劳务派遣。"],
    ]


def sheet(rows: Sequence[Sequence[Any]], *, above: Sequence[Sequence[Any]] = (TITLE,)) -> list[Any]:
    return [*above, HEADINGS, *rows]


def xlsx(*sheets: Sequence[Sequence[Any]]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    for rows in sheets:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    book.close()
    return made.getvalue()


def text(rows: Sequence[Sequence[Any]], *, delimiter: str = ",") -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter).writerows(rows)
    return made.getvalue()
