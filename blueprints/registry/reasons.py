"""Why a row of a ledger is refused, or taken with something left out: each reason in words."""

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from blueprints.registry.codes import REASONS as CODE_REASONS
from rules.words import Text


class Severity(StrEnum):
    REJECT = "reject"  # the row is not taken
    WARN = "warn"  # the row is taken, without this value or as said


_REJECT: dict[str, Text] = {
    **CODE_REASONS,
    "name_missing": Text("缺少单位名称", "The name is missing"),
    "name_is_formula": Text(
        "单位名称是公式，系统不执行公式；请直接填写名称",
        "The name is a formula, which is never run; type the name itself",
    ),
    "name_unusable": Text(
        "这不是单位名称，请核对", "This is not the name of an enterprise; please check"
    ),
    "name_too_long": Text("单位名称超过100字", "The name is longer than 100 characters"),
    "code_duplicate": Text(
        "与第{row}行的统一社会信用代码相同，只取第{row}行",
        "The credit code is the same as in row {row}; only row {row} is taken",
    ),
    "code_of_another": Text(
        "与第{row}行的统一社会信用代码相同，但单位名称不同（第{row}行为“{name}”），请核对代码属于哪家",
        "The credit code is the same as in row {row}, whose name is “{name}”; check whose it is",
    ),
    "name_duplicate": Text(
        "没有统一社会信用代码，且与第{row}行同名，无法判断是否同一家，请补填代码",
        "There is no credit code and the name is the same as in row {row}; add the code",
    ),
    "name_ambiguous": Text(
        "没有统一社会信用代码，且名册中有{count}家同名企业，请补填代码",
        "There is no credit code and {count} enterprises on the register have this name; add it",
    ),
}
_WARN: dict[str, Text] = {
    "code_missing": Text(
        "缺少统一社会信用代码，先按名称登记，请尽快补齐",
        "The credit code is missing; registered by name, please add it soon",
    ),
    "area_unknown": Text(
        "认不出所属县（市、区）", "The county or district is not one of this city's"
    ),
    "area_from_code": Text(
        "所属县（市、区）按统一社会信用代码推定为{area}",
        "The county or district is taken from the credit code: {area}",
    ),
    "industry_unknown": Text(
        "认不出行业，请按国民经济行业分类填写", "The industry is not one we know; use GB/T 4754"
    ),
    "ownership_unknown": Text("认不出登记类型", "The type of registration is not one we know"),
    "count_unreadable": Text("读不出人数，未采用", "This is not a number of people; left out"),
    "count_approximate": Text(
        "人数是约数，按{count}登记", "The number is approximate; registered as {count}"
    ),
    "part_over_total": Text(
        "大于职工总数（{total}），未采用", "More than all workers ({total}); left out"
    ),
    "yes_no_unreadable": Text("应填“是”或者“否”，未采用", "Write yes or no; left out"),
    "email_invalid": Text(
        "电子邮箱格式不对，未采用；文书将改用纸质送达",
        "This is not an e-mail address; left out, letters will go on paper",
    ),
    "email_is_phone": Text(
        "电子邮箱一栏填的是电话号码，未采用", "A telephone number stands in the e-mail column"
    ),
    "phone_invalid": Text("电话号码格式不对，未采用", "This is not a telephone number; left out"),
    "date_unreadable": Text(
        "读不出日期，未采用；请写成2026-03-31", "This is not a date; write it as 2026-03-31"
    ),
    "date_open_ended": Text(
        "填的是长期，没有具体到期日，未采用", "“Open-ended” is not a date; left out"
    ),
    "date_without_contract": Text(
        "没有签订合同却填了到期日，未采用",
        "There is no contract, yet an expiry date; the date is left out",
    ),
    "union_without_yes": Text(
        "填了工会名称，但“是否建会”为否，按未建会登记",
        "A union is named although the enterprise is said to have none; registered without",
    ),
    "union_kept": Text(
        "台账写未建会，名册中已有工会，保留名册记录，请核实",
        "The ledger says no union, the register has one; kept as it is, please check",
    ),
    "value_too_long": Text("内容过长，只保留前{count}字", "Too long; only {count} characters kept"),
}
REASONS = _REJECT | _WARN
# The same without the particulars of one row, for sums.
_BRIEF: dict[str, Text] = {
    "code_duplicate": Text(
        "统一社会信用代码重复，只取首次出现的一行",
        "The credit code occurs twice; only its first row is taken",
    ),
    "code_of_another": Text(
        "统一社会信用代码与另一家企业的相同，请核对代码属于哪家",
        "The credit code is that of another enterprise in the ledger; check whose it is",
    ),
    "name_duplicate": Text(
        "没有统一社会信用代码且重名，请补填代码",
        "There is no credit code and the name occurs twice; add the code",
    ),
    "name_ambiguous": Text(
        "没有统一社会信用代码，名册中有多家同名企业，请补填代码",
        "There is no credit code and several enterprises have this name; add it",
    ),
    "area_from_code": Text(
        "所属县（市、区）按统一社会信用代码推定",
        "The county or district is taken from the credit code",
    ),
    "count_approximate": Text("人数是约数", "The number of workers is approximate"),
    "part_over_total": Text(
        "女职工或者一线职工多于职工总数，未采用",
        "More women or front-line workers than workers in all; left out",
    ),
    "value_too_long": Text("内容过长，已截短", "Too long; cut short"),
}


def brief(code: str) -> Text:
    """The reason in general, as it stands beside a number of rows."""
    return _BRIEF.get(code) or REASONS[code]


def severity(code: str) -> Severity:
    return Severity.REJECT if code in _REJECT else Severity.WARN


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing said about one cell: which column, what stood there, why."""

    field: str
    value: str
    code: str
    args: dict[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def rejects(self) -> bool:
        return self.code in _REJECT

    @property
    def text(self) -> Text:
        words = REASONS[self.code]
        return Text(words.zh.format(**self.args), words.en.format(**self.args))

    def to_json(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "value": self.value[:200],
            "code": self.code,
            "args": self.args,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Finding":
        return cls(kept["field"], kept["value"], kept["code"], kept["args"])
