"""The draft table of trades and prices (工种工价), and published figures to hold beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from blueprints.bargaining.ground.demand_models import CaseFigure, PayBasis, TradePrice
from blueprints.bargaining.ground.law import rule_of
from blueprints.bargaining.ground.models import BargainingCase
from rules.findings import Finding
from rules.words import Text
from tenants import trail
from tenants.db import db

BASES: Mapping[str, Text] = {
    PayBasis.TIME: Text("计时", "by time"),
    PayBasis.PIECE: Text("计件", "by piece"),
}


def prices_of(case_id: int) -> Sequence[TradePrice]:
    query = select(TradePrice).where(TradePrice.case_id == case_id)
    order = TradePrice.trade, TradePrice.process, TradePrice.grade, TradePrice.id
    return db.session.scalars(query.order_by(*order)).all()


def figures_of(case_id: int) -> Sequence[CaseFigure]:
    query = select(CaseFigure).where(CaseFigure.case_id == case_id)
    return db.session.scalars(query.order_by(CaseFigure.kind, CaseFigure.id)).all()


def get_price(case: BargainingCase, ident: int) -> TradePrice | None:
    query = select(TradePrice).where(TradePrice.case_id == case.id, TradePrice.id == ident)
    return db.session.scalar(query)


def get_figure(case: BargainingCase, ident: int) -> CaseFigure | None:
    query = select(CaseFigure).where(CaseFigure.case_id == case.id, CaseFigure.id == ident)
    return db.session.scalar(query)


def enter_price(case: BargainingCase, facts: dict[str, Any]) -> TradePrice:
    row = TradePrice(case_id=case.id, **facts)
    db.session.add(row)
    db.session.flush()
    trail.record("trade_price.entered", case, trade=named(row))
    return row


def change_price(case: BargainingCase, row: TradePrice, facts: dict[str, Any]) -> None:
    changed = {key: (_plain(getattr(row, key)), _plain(value)) for key, value in facts.items()
               if getattr(row, key) != value}  # fmt: skip
    for key, value in facts.items():
        setattr(row, key, value)
    if changed:
        trail.record("trade_price.changed", case, trade=named(row), changed=changed)


def strike_price(case: BargainingCase, row: TradePrice) -> None:
    trail.record("trade_price.struck", case, trade=named(row))
    db.session.delete(row)
    db.session.flush()


def enter_figure(case: BargainingCase, facts: dict[str, Any], *, by_id: int) -> CaseFigure:
    row = CaseFigure(case_id=case.id, entered_by_id=by_id, **facts)
    db.session.add(row)
    db.session.flush()
    trail.record("case_figure.entered", case, source=row.source, period=row.period)
    return row


def strike_figure(case: BargainingCase, row: CaseFigure) -> None:
    trail.record("case_figure.struck", case, source=row.source, period=row.period)
    db.session.delete(row)
    db.session.flush()


def same_row(case: BargainingCase, facts: Mapping[str, Any], but: int | None = None) -> bool:
    """Whether the table has this trade, process, grade and unit already."""
    keys = ("trade", "process", "grade", "unit")
    return any(
        all(getattr(row, key) == facts[key] for key in keys) and row.id != but
        for row in prices_of(case.id)
    )


@dataclass(frozen=True)
class Beside:
    """A row of the table with the figures that may be held beside it and what the rules find."""

    row: TradePrice
    figures: Sequence[CaseFigure]
    findings: Sequence[Finding]


def beside(case: BargainingCase) -> list[Beside]:
    """Every row with the figures of its trade, and those that are of no trade in particular."""
    known = figures_of(case.id)
    general = [figure for figure in known if not figure.trade]
    return [
        Beside(
            row,
            [figure for figure in known if figure.trade == row.trade] + general,
            list(_findings(case, row, known)),
        )
        for row in prices_of(case.id)
    ]


def _findings(
    case: BargainingCase, row: TradePrice, known: Sequence[CaseFigure]
) -> Iterator[Finding]:
    """Below the minimum wage entered for the place; a quota too few of the workers reach."""
    minima = [one for one in known if one.kind == "minimum_wage" and one.unit == row.unit]
    for least in minima:
        for amount in (row.asked, row.answered):
            if amount is not None and amount < least.value:
                yield _below(case, row, amount, least)
    quota = rule_of(case, "quota.achievable_share")
    if row.achieved_share is None or not isinstance(quota.value, Fraction):
        return
    needed = Decimal(quota.value.numerator * 100) / quota.value.denominator
    if row.achieved_share < needed:
        reached, wanted = money(row.achieved_share), money(needed)
        yield Finding(
            Text(
                f"只有{reached}%的职工完成定额，应当不少于{wanted}%。",
                f"Only {reached}% of the workers reach the quota; at least {wanted}% should.",
            ),
            quota.citation,
            row.trade,
        )


def _below(case: BargainingCase, row: TradePrice, amount: Decimal, least: CaseFigure) -> Finding:
    ours, floor = money(amount), money(least.value)
    text = Text(
        f"{ours}{row.unit}低于最低工资标准{floor}{least.unit}。",
        f"{ours} {row.unit} is below the minimum wage of {floor} {least.unit}.",
    )
    return Finding(text, rule_of(case, "floor").citation, row.trade)


def named(row: TradePrice) -> str:
    return " ".join(part for part in (row.trade, row.process, row.grade) if part)


def money(amount: Decimal | None) -> str:
    """Without trailing zeros: 27.5, 1300."""
    return "" if amount is None else f"{amount.normalize():f}"


def _plain(value: Any) -> Any:
    return money(value) if isinstance(value, Decimal) else value
