"""Is a clause above the floors: the legal minimum, and the industry or regional contract."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from rules.findings import Finding
from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rules.law import Rule


@dataclass(frozen=True, slots=True)
class Amount:
    """One quantified clause: what it is about, how much, in what unit."""

    subject: str
    amount: Decimal
    unit: str


def against_minimum(clause: Amount, minimum: Amount, rule: Rule) -> Finding | None:
    """`rule` is `floor` of the place: pay at least the minimum wage, or higher than it."""
    if clause.unit != minimum.unit:
        return _units(clause, minimum)
    strict = rule.operator == ">"
    if clause.amount > minimum.amount or (clause.amount == minimum.amount and not strict):
        return None
    zh, en = ("应当高于", "must be higher than") if strict else ("不得低于", "may not be below")
    return Finding(
        Text(
            zh=f"“{clause.subject}”{clause.amount}{clause.unit}，{zh}法定标准{minimum.amount}{minimum.unit}。",
            en=f"'{clause.subject}' is {clause.amount} {clause.unit} and {en} the legal "
            f"{minimum.amount} {minimum.unit}.",
        ),
        rule.citation,
        clause.subject,
    )


def against_industry(
    clauses: Iterable[Amount], industry: Iterable[Amount], rule: Rule
) -> list[Finding]:
    """An enterprise contract may only improve on the industry or regional one that binds it."""
    floors = {floor.subject: floor for floor in industry}
    found = []
    for clause in clauses:
        if (floor := floors.get(clause.subject)) is None:
            continue
        if clause.unit != floor.unit:
            found.append(_units(clause, floor))
        elif clause.amount < floor.amount:
            text = Text(
                zh=f"“{clause.subject}”{clause.amount}{clause.unit}，低于行业性、区域性集体合同的"
                f"{floor.amount}{floor.unit}。",
                en=f"'{clause.subject}' is {clause.amount} {clause.unit}, below the industry or "
                f"regional contract's {floor.amount} {floor.unit}.",
            )
            found.append(Finding(text, rule.citation, clause.subject))
    return found


def _units(clause: Amount, floor: Amount) -> Finding:
    """Two units cannot be compared: a person must look."""
    text = Text(
        zh=f"“{clause.subject}”的单位为{clause.unit}，底线的单位为{floor.unit}，请人工核对。",
        en=f"'{clause.subject}' is in {clause.unit} but its floor in {floor.unit}: please compare.",
    )
    return Finding(text, None, clause.subject, blocks=False)
