"""Which contract holds for one enterprise, matter by matter, on a day.

A figure is compared with the same figure of the same trade and grade; words are laid beside the
words of other contracts on the same kind of clause. The order is `rules.precedence`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from blueprints.contracts.ground import queries
from blueprints.contracts.ground.labels import CLAUSES
from blueprints.contracts.ground.membership_models import Membership
from blueprints.contracts.ground.models import Contract, ContractClause, ContractKind, Reach
from blueprints.contracts.making.floors import CAPS
from rules.precedence import Place, Speaking, precedence
from rules.words import Text, same
from tenants.db import db

Key = tuple[str, str]  # what is compared, and whom it is about


@dataclass(frozen=True)
class Line:
    """One contract on one matter: its clauses, and where it stands."""

    contract: Contract
    clauses: list[ContractClause]
    place: Place


@dataclass(frozen=True)
class Matter:
    """What is compared, and the contracts that speak of it, the one that holds first."""

    title: Text
    whom: str
    lines: list[Line]

    @property
    def disputed(self) -> bool:
        """Whether more than one contract speaks of it."""
        return len(self.lines) > 1

    @property
    def below(self) -> bool:
        return any(line.place.below for line in self.lines)


def matters(enterprise_id: int, on: date) -> list[Matter]:
    """Every matter that a contract binding the enterprise on the day speaks of.

    Those on which several speak stand first.
    """
    known = {one.id: one for one in contracts_of(enterprise_id, on)}
    said: dict[Key, dict[int, list[ContractClause]]] = {}
    query = (
        select(ContractClause)
        .where(ContractClause.contract_id.in_(known))
        .order_by(ContractClause.contract_id, ContractClause.position)
    )
    for clause in db.session.scalars(query):
        said.setdefault(key_of(clause), {}).setdefault(clause.contract_id, []).append(clause)
    found = [_matter(key, by_contract, known) for key, by_contract in said.items()]
    return sorted(found, key=lambda one: (not one.below, not one.disputed))


def contracts_of(enterprise_id: int, on: date) -> list[Contract]:
    """The contracts that bind it on a day: its own, and those on whose list it stands."""
    bound = queries.membership_on(on).where(Membership.enterprise_id == enterprise_id).subquery()
    query = select(Contract).where(
        or_(Contract.id.in_(select(bound.c.contract_id)), Contract.enterprise_id == enterprise_id),
        queries.in_force(on),
    )
    return list(db.session.scalars(query.order_by(Contract.id)))


def key_of(clause: ContractClause) -> Key:
    if clause.amount is None:
        return clause.kind, ""
    whom = "，".join(part for part in (clause.trade, clause.grade) if part)
    return f"{clause.measure}:{clause.subject or clause.title}", whom


def _matter(
    key: Key, said: Mapping[int, list[ContractClause]], known: Mapping[int, Contract]
) -> Matter:
    speaking = [_speaking(known[ident], clauses[0]) for ident, clauses in said.items()]
    lines = [
        Line(known[place.contract], said[place.contract], place) for place in precedence(speaking)
    ]
    first: Any = lines[0].clauses[0]
    words = CLAUSES[first.kind] if first.amount is None else same(first.subject or first.title)
    return Matter(words, key[1], lines)


def _speaking(contract: Contract, clause: ContractClause) -> Speaking:
    return Speaking(
        contract.id,
        own=contract.level == Reach.ENTERPRISE,
        special=contract.kind != ContractKind.COMPREHENSIVE,
        since=contract.effective_on or contract.created_at.date(),
        amount=clause.amount,
        unit=clause.unit,
        less=clause.measure in CAPS,
    )
