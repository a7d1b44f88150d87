"""What a contract says to a worker: its clauses in plain words, in both languages, on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from blueprints.contracts.ground.models import ContractClause
from rules.clauses import CLAUSE_KINDS, Measure, plain
from rules.words import Text

MOST = 8  # lines on the page; the whole text is behind the code
UNITS = {
    "元/月": Text("每月{n}元", "{n} yuan a month"),
    "元/天": Text("每天{n}元", "{n} yuan a day"),
    "元/小时": Text("每小时{n}元", "{n} yuan an hour"),
    "元/件": Text("每件{n}元", "{n} yuan apiece"),
    "天": Text("{n}天", "{n} days"),
    "小时/天": Text("每天{n}小时", "{n} hours a day"),
    "小时/月": Text("每月{n}小时", "{n} hours a month"),
    "%": Text("{n}%", "{n} per cent"),
}
# How a figure is put to a worker: at least, at most, or as it is.
PUT: dict[str, Text] = {
    Measure.PAY: Text("{whom}工资不低于{amount}", "{whom}: pay of at least {amount}"),
    Measure.PIECE: Text(
        "{whom}计件单价不低于{amount}", "{whom}: a piece price of at least {amount}"
    ),
    Measure.OVERTIME: Text(
        "平时加班按工资的{amount}发", "Overtime on working days: {amount} of pay"
    ),
    Measure.OVERTIME_REST: Text(
        "休息日加班不能补休的，按工资的{amount}发",
        "Work on a rest day without time off: {amount} of pay",
    ),
    Measure.OVERTIME_HOLIDAY: Text(
        "法定节假日加班按工资的{amount}发", "Work on a public holiday: {amount} of pay"
    ),
    Measure.OVERTIME_HOURS: Text("加班最多{amount}", "Overtime of at most {amount}"),
    Measure.MATERNITY: Text("产假{amount}", "Maternity leave: {amount}"),
    Measure.NURSING: Text("哺乳时间{amount}", "Nursing time: {amount}"),
}
EVERYBODY = Text("所有岗位", "Everybody")


@dataclass(frozen=True)
class PlainLine:
    """One line of the page, with the clause it comes from."""

    text: Text
    number: str


def lines(rows: Sequence[ContractClause]) -> list[PlainLine]:
    """At most eight lines: figures first, each kind of clause once, then the other clauses."""
    found: list[PlainLine] = []
    seen: set[tuple[str, str | None]] = set()
    for row in sorted(rows, key=lambda one: (one.amount is None, one.position)):
        key = (row.kind, row.measure)
        if key in seen and not (row.measure in {Measure.PAY, Measure.PIECE} and len(found) < 5):
            continue
        seen.add(key)
        found.append(PlainLine(words_of(row), bare(row.number)))
    return found[:MOST]


def words_of(row: ContractClause) -> Text:
    """A clause as one would say it to a colleague; one without a figure by what it is about."""
    if row.amount is None or row.unit is None:
        about = next((text for kind, text in CLAUSE_KINDS.items() if kind == row.kind), None)
        head = about.en if about else row.title
        return Text(row.text.replace("\n", " "), f"{head}: {row.text}".replace("\n", " "))
    amount = amount_words(row.amount, row.unit)
    put = PUT.get(row.measure or "")
    whom = "，".join(part for part in (row.trade, row.grade) if part)
    if put is None:
        subject = f"{row.subject or row.title}{f'（{whom}）' if whom else ''}"
        return Text(f"{subject}：{amount.zh}", f"{subject}: {amount.en}")
    return Text(
        put.zh.format(whom=whom or EVERYBODY.zh, amount=amount.zh),
        put.en.format(whom=whom or EVERYBODY.en, amount=amount.en),
    )


def amount_words(amount: Decimal, unit: str) -> Text:
    known = UNITS.get(unit)
    number = plain(amount)
    if known is None:
        return Text(f"{number}{unit}", f"{number} {unit}")
    return Text(known.zh.format(n=number), known.en.format(n=number))


def bare(number: str) -> str:
    """第七条 → 七, as «合同第七条» is written around it."""
    return number.removeprefix("第").removesuffix("条")


def compared(rows: Sequence[ContractClause], earlier: Sequence[ContractClause] | None) -> Text:
    """What has changed since the contract before, figure by figure."""
    if not earlier:
        return Text("这是第一份合同，没有上年可比。", "This is the first contract.")
    before = {(one.measure, one.subject, one.trade, one.grade): one for one in earlier}
    said_zh, said_en = [], []
    for row in rows:
        old = before.get((row.measure, row.subject, row.trade, row.grade))
        if row.amount is None or old is None or old.amount is None or old.amount == row.amount:
            continue
        subject = "，".join(part for part in (row.subject, row.trade, row.grade) if part)
        now, then = (
            amount_words(row.amount, row.unit or ""),
            amount_words(old.amount, old.unit or ""),
        )
        said_zh.append(f"{subject}：{then.zh}→{now.zh}")
        said_en.append(f"{subject}: {then.en} → {now.en}")
    if not said_zh:
        return Text("主要标准没有变化。", "The main figures are as before.")
    return Text("；".join(said_zh[:6]), "; ".join(said_en[:6]))
