"""How the content of contracts is counted for an appraisal: clauses with figures of their own.

A clause that copies a template, or says what the law says anyway, gives nobody anything. A clause
counts when at least one figure in it is the parties' own: it stands on record with amount and
unit, and is neither the law's figure (overtime, hours, leave, nursing time) nor the legal minimum
pay looked up for the case. Clauses on matters that need no figure are left out, and so are
contracts without clauses on record, as ledgers hand them over.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, select

from blueprints.appraisals.indicators import Item, Measure, Year, indicator
from blueprints.bargaining.ground.draft_models import CaseFloor
from blueprints.contracts.ground.models import Contract, ContractClause
from blueprints.contracts.outward.answering import answers_for
from blueprints.rulebook.queries import book
from blueprints.supervisors.models import Supervisor
from rules.books import Book
from rules.clause_floors import repeats_the_law
from rules.clauses import ClauseKind, Quantity
from tenants.db import db

# Matters that are settled in words: their clauses are not held against anybody.
IN_WORDS = (
    ClauseKind.TERM, ClauseKind.CHANGE, ClauseKind.BREACH, ClauseKind.SECOND_ROUND,
    ClauseKind.GRIEVANCE, ClauseKind.SUPERVISION, ClauseKind.PLATFORM_ALGORITHM, ClauseKind.OTHER,
)  # fmt: skip
Minima = Mapping[str, Decimal]


@indicator(
    "content",
    _l("Quality of the content"),
    _l("Of the clauses on pay, hours, leave, benefits and safety in the contracts signed, those "
       "with a figure of the parties' own: not the law's, not the legal minimum"),
)  # fmt: skip
def content(supervisor: Supervisor, year: Year) -> Measure:
    """Contracts out of cases in one's charge, and of single enterprises served on the day."""
    rows = db.session.execute(
        select(
            Contract.id, Contract.name, Contract.kind, Contract.case_id, Contract.signed_on,
            ContractClause.number, ContractClause.measure, ContractClause.subject,
            ContractClause.amount, ContractClause.unit,
        )
        .join(
            ContractClause,
            and_(
                ContractClause.tenant_id == Contract.tenant_id,
                ContractClause.contract_id == Contract.id,
            ),
        )
        .where(
            Contract.signed_on.between(year.first, year.last),
            ContractClause.kind.not_in(IN_WORDS),
            answers_for(supervisor, Contract.signed_on),
        )
        .order_by(Contract.signed_on, Contract.id, ContractClause.number)
    ).all()  # fmt: skip
    if not rows:
        return Measure([], 0, 0)
    law, minima = book(year.last), _minima({row.case_id for row in rows if row.case_id})
    return Measure.adding(
        [
            _item(list(lines), law, minima)
            for _contract, lines in groupby(rows, key=lambda row: row.id)
        ]
    )


def _minima(case_ids: Iterable[int]) -> Mapping[int, Minima]:
    """The legal minimum pay looked up for each case, by its unit."""
    found: dict[int, dict[str, Decimal]] = {}
    query = select(CaseFloor.case_id, CaseFloor.unit, CaseFloor.amount).where(
        CaseFloor.case_id.in_(case_ids), CaseFloor.measure == "pay"
    )
    for row in db.session.execute(query):
        found.setdefault(row.case_id, {})[row.unit] = row.amount
    return found


def _item(lines: Sequence[Any], law: Book, minima: Mapping[int, Minima]) -> Item:
    one = lines[0]
    looked_up = minima.get(one.case_id, {})
    clauses = {line.number for line in lines}
    own = {line.number for line in lines if _own(line, law, looked_up)}
    lacking = len(clauses) - len(own)
    note: Any = ""
    if lacking:
        note = _l("Clauses without a figure of their own: %(n)s", n=lacking)
    return Item(
        one.name, one.signed_on, bool(own), ("contracts.show", "contract_id", one.id), note,
        (len(own), len(clauses)),
    )  # fmt: skip


def _own(line: Any, law: Book, minima: Minima) -> bool:
    if line.amount is None:
        return False
    figure = Quantity(line.measure, line.subject or "", line.amount, line.unit)
    return not repeats_the_law(figure, minima, law, line.kind)
