"""The clauses of a draft: what they may be about, how the text is written out, and its fingerprint.

The catalogue follows the wage provisions (Order 9, article 7) and the local regulations beside it.
The written-out text is Chinese, as the contract is: it is what is voted on, signed and filed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date


class ClauseKind(StrEnum):
    """What a clause is about."""

    TERM = "term"
    WAGE_SYSTEM = "wage_system"
    MINIMUM_WAGE = "minimum_wage"
    WAGE_STANDARD = "wage_standard"
    PIECE_PRICE = "piece_price"
    QUOTA = "quota"
    ADJUSTMENT = "adjustment"
    PAYMENT = "payment"
    OVERTIME = "overtime"
    BONUS = "bonus"
    ALLOWANCE = "allowance"
    HOURS_REST = "hours_rest"
    LEAVE = "leave"
    INSURANCE_BENEFITS = "insurance_benefits"
    SAFETY_HEALTH = "safety_health"
    TRAINING = "training"
    WOMEN = "women"
    ACCOMMODATION = "accommodation"
    CHANGE = "change"
    BREACH = "breach"
    REDEPLOYMENT = "redeployment"
    SEVERANCE = "severance"
    SECOND_ROUND = "second_round"
    GRIEVANCE = "grievance"
    SUPERVISION = "supervision"
    PLATFORM_INCOME = "platform_income"
    PLATFORM_ORDER = "platform_order"
    PLATFORM_ALGORITHM = "platform_algorithm"
    OTHER = "other"


CLAUSE_KINDS = {
    ClauseKind.TERM: Text("合同期限", "Term"),
    ClauseKind.WAGE_SYSTEM: Text("工资制度和分配形式", "Wage system and form"),
    ClauseKind.MINIMUM_WAGE: Text("行业（区域）最低工资", "Minimum wage of the trade or area"),
    ClauseKind.WAGE_STANDARD: Text("岗位（工种）工资标准", "Standards by post or trade"),
    ClauseKind.PIECE_PRICE: Text("计件单价", "Piece prices"),
    ClauseKind.QUOTA: Text("劳动定额", "Labour quota"),
    ClauseKind.ADJUSTMENT: Text("工资水平和调整幅度", "Wage level and adjustment"),
    ClauseKind.PAYMENT: Text("工资支付", "Payment of wages"),
    ClauseKind.OVERTIME: Text("加班工资", "Overtime pay"),
    ClauseKind.BONUS: Text("奖金", "Bonus"),
    ClauseKind.ALLOWANCE: Text("津贴补贴", "Allowances"),
    ClauseKind.HOURS_REST: Text("工作时间和休息", "Hours and rest"),
    ClauseKind.LEAVE: Text("休假和假期工资", "Leave and pay on leave"),
    ClauseKind.INSURANCE_BENEFITS: Text("保险和福利", "Insurance and benefits"),
    ClauseKind.SAFETY_HEALTH: Text("劳动安全卫生", "Safety and health"),
    ClauseKind.TRAINING: Text("职业培训", "Training"),
    ClauseKind.WOMEN: Text("女职工特殊保护", "Protection of women workers"),
    ClauseKind.ACCOMMODATION: Text("食宿", "Meals and lodging"),
    ClauseKind.CHANGE: Text("变更和解除", "Change and termination"),
    ClauseKind.BREACH: Text("违约责任", "Liability for breach"),
    ClauseKind.REDEPLOYMENT: Text("转岗安置", "Redeployment"),
    ClauseKind.SEVERANCE: Text("经济补偿", "Severance"),
    ClauseKind.SECOND_ROUND: Text("二次协商", "Second-round bargaining"),
    ClauseKind.GRIEVANCE: Text("申诉和争议处理", "Grievances and disputes"),
    ClauseKind.SUPERVISION: Text("履行监督", "Supervision of performance"),
    ClauseKind.PLATFORM_INCOME: Text("平台计酬", "Platform income"),
    ClauseKind.PLATFORM_ORDER: Text("订单分配", "Order allocation"),
    ClauseKind.PLATFORM_ALGORITHM: Text("算法规则", "Algorithms"),
    ClauseKind.OTHER: Text("其他", "Other"),
}


class Measure(StrEnum):
    """What a figure measures: by this it is known which floor it is held against."""

    PAY = "pay"  # pay for full normal hours, in yuan a month, a day or an hour
    PIECE = "piece"
    OVERTIME = "overtime"  # per cent of the normal rate, on a working day
    OVERTIME_REST = "overtime_rest"  # on a rest day without time off
    OVERTIME_HOLIDAY = "overtime_holiday"
    OVERTIME_HOURS = "overtime_hours"  # hours a month, at most
    MATERNITY = "maternity"  # days of leave
    NURSING = "nursing"  # hours a day
    OTHER = "other"


MEASURES = {
    Measure.PAY: Text("正常劳动工资", "pay for normal hours"),
    Measure.PIECE: Text("计件单价", "piece price"),
    Measure.OVERTIME: Text("工作日加班工资比例", "overtime rate on working days"),
    Measure.OVERTIME_REST: Text("休息日加班工资比例", "overtime rate on rest days"),
    Measure.OVERTIME_HOLIDAY: Text("法定休假日加班工资比例", "overtime rate on holidays"),
    Measure.OVERTIME_HOURS: Text("每月加班时间上限", "cap on overtime a month"),
    Measure.MATERNITY: Text("产假", "maternity leave"),
    Measure.NURSING: Text("哺乳时间", "nursing time"),
    Measure.OTHER: Text("其他", "other"),
}
PER_CENT, HOURS_A_MONTH, DAYS, HOURS_A_DAY = "%", "小时/月", "天", "小时/天"
UNITS = {  # the units in which a measure can be compared; others may be written freely
    Measure.PAY: ("元/月", "元/天", "元/小时"),
    Measure.OVERTIME: (PER_CENT,),
    Measure.OVERTIME_REST: (PER_CENT,),
    Measure.OVERTIME_HOLIDAY: (PER_CENT,),
    Measure.OVERTIME_HOURS: (HOURS_A_MONTH,),
    Measure.MATERNITY: (DAYS,),
    Measure.NURSING: (HOURS_A_DAY,),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: how much of what, for which trade and grade, from which day."""

    measure: str
    subject: str
    amount: Decimal
    unit: str
    trade: str = ""
    grade: str = ""
    from_on: date | None = None

    @property
    def whom(self) -> str:
        return "，".join(part for part in (self.trade, self.grade) if part)

    @property
    def line(self) -> str:
        """As it stands in the text, such as 最低工资（服务员，一级）：2100元/月."""
        whom = f"（{self.whom}）" if self.whom else ""
        since = self.from_on
        when = f"，自{since.year}年{since.month}月{since.day}日起执行" if since else ""
        return f"{self.subject}{whom}：{plain(self.amount)}{self.unit}{when}。"


@dataclass(frozen=True, slots=True)
class Written:
    """A clause as it is written: what it is about, its words and its figures."""

    key: str
    kind: str
    heading: str
    body: str
    quantities: Sequence[Quantity] = ()

    @property
    def lines(self) -> list[str]:
        """Its words and its figures, without number and heading."""
        words = [line.strip() for line in self.body.splitlines() if line.strip()]
        return [*words, *(one.line for one in self.quantities)]


def plain(amount: Decimal) -> str:
    """2100, 2100.5; never 2.1E+3 and never 2100.00."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def text_of(title: str, clauses: Iterable[Written]) -> str:
    """The whole text, as it is voted on, signed and filed. The same clauses, the same bytes."""
    parts = [title.strip()]
    for number, clause in enumerate(clauses, start=1):
        parts.append("\n".join([f"第{chinese(number)}条　{clause.heading.strip()}", *clause.lines]))
    return "\n\n".join(parts) + "\n"


def fingerprint(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal: the same that the database computes."""
    return hashlib.sha256(text.encode()).hexdigest()


def chinese(number: int) -> str:
    """1 to 99 as articles are counted: 一, 十, 十一, 二十."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    head = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones else "")
