"""What the contracts on file lend to a draft: the earlier texts, and the figures above it."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from sqlalchemy import ColumnElement, exists, select

from blueprints.bargaining.drafts.earlier_texts import EarlierText, earlier_contracts, figures_above
from blueprints.bargaining.drafts.queries import last_contract
from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise, CaseLevel, Part
from blueprints.contracts.ground.membership_models import Membership
from blueprints.contracts.ground.models import (
    OPEN_TEXT,
    Contract,
    ContractClause,
    ContractKind,
    Reach,
)
from blueprints.contracts.ground.queries import binding, contracts_in_force
from blueprints.contracts.ground.reaching import reached
from blueprints.shared.guards import Viewer
from rules.clauses import Quantity, Written
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

SHOWN = 4  # of a long line of contracts the latest are compared


@earlier_contracts
def on_file(case: BargainingCase, viewer: Viewer) -> Iterator[EarlierText]:
    """Contracts of the same parties and kind that have clauses on file, the latest first.

    The text last signed in another case is compared by the case itself.
    """
    if not viewer.may(May.CONTRACTS_READ):
        return
    signed = last_contract(case)
    query = (
        select(Contract)
        .where(
            reached(viewer), of_the_same(case), Contract.state.not_in(OPEN_TEXT),
            Contract.case_id.is_distinct_from(case.id),
            exists().where(
                ContractClause.tenant_id == Contract.tenant_id,
                ContractClause.contract_id == Contract.id,
            ),
        )
        .order_by(Contract.signed_on.desc(), Contract.id.desc())
        .limit(SHOWN)
    )  # fmt: skip
    if signed is not None:
        query = query.where(Contract.case_id.is_distinct_from(signed.case_id))
    for one in db.session.scalars(query):
        year = one.signed_on.year if one.signed_on else ""
        name = Text(f"{one.document_no}（{year}年签订）", f"{one.document_no} (signed {year})")
        yield EarlierText(str(one.id), name, partial(written, one.id))


def of_the_same(case: BargainingCase) -> ColumnElement[bool]:
    """The condition on Contract: of this enterprise, or of this trade and area; of this kind."""
    wage = Contract.kind == ContractKind.WAGE
    kind = wage if case.contract_kind == "wage" else ~wage
    if case.level == CaseLevel.ENTERPRISE:
        mine = select(CaseEnterprise.enterprise_id).where(CaseEnterprise.case_id == case.id)
        return kind & (Contract.level == Reach.ENTERPRISE) & Contract.enterprise_id.in_(mine)
    return (
        kind
        & (Contract.level == case.level)
        & Contract.industry.is_not_distinct_from(case.industry)
        & Contract.area.is_not_distinct_from(case.area)
    )


@figures_above
def of_the_industry(case: BargainingCase) -> Sequence[Quantity]:
    """Figures of the industry and regional contracts that bind its firm and came out of no case.

    Those that a case led to the room of the cases knows itself.
    """
    if case.level != CaseLevel.ENTERPRISE:
        return ()
    day = today()
    mine = select(CaseEnterprise.enterprise_id).where(
        CaseEnterprise.case_id == case.id, CaseEnterprise.part != Part.LEFT
    )
    bound = exists().where(
        Membership.tenant_id == Contract.tenant_id, Membership.contract_id == Contract.id,
        Membership.enterprise_id.in_(mine), *binding(day),
    )  # fmt: skip
    above = contracts_in_force(day).where(
        Contract.level != Reach.ENTERPRISE, Contract.case_id.is_(None), bound
    )
    ids = [one.id for one in db.session.scalars(above)]
    return [one for ident in ids for clause in written(ident) for one in clause.quantities]


def written(contract_id: int) -> list[Written]:
    """The clauses of a contract as the rules see them: rows with one number are one clause.

    A figure is said the way every figure is said, so that only a change of it shows as one.
    """
    query = (
        select(ContractClause)
        .where(ContractClause.contract_id == contract_id)
        .order_by(ContractClause.position)
    )
    found = []
    for number, rows in groupby(db.session.scalars(query), key=lambda row: row.number):
        lines = list(rows)
        found.append(
            Written(
                number, lines[0].kind, lines[0].title,
                "\n".join(line.text for line in lines if line.amount is None),
                tuple(quantity(line) for line in lines if line.amount is not None),
            )
        )  # fmt: skip
    return found


def quantity(line: ContractClause) -> Quantity:
    if line.amount is None:
        raise ValueError("A line without a figure.")
    return Quantity(
        line.measure or "", line.subject or line.title, line.amount, line.unit or "",
        line.trade or "", line.grade or "", line.from_on,
    )  # fmt: skip
