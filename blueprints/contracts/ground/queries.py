"""What the contract pages read. The session adds the federation; nobody here does."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from wtforms import SelectChoice

from blueprints.contracts.ground.acting_models import ActingAuthority
from blueprints.contracts.ground.filing_models import Filing, FilingPaper, Publication, Review
from blueprints.contracts.ground.membership_models import Membership, MembershipState
from blueprints.contracts.ground.models import TOOK_EFFECT, Contract, ContractClause
from blueprints.contracts.ground.reaching import reached
from blueprints.offers.ground.models import ActingMode
from blueprints.registry.models import Enterprise, Headcount
from blueprints.shared.guards import Viewer
from tenants.db import db
from tenants.roles import May

ACTED = (ActingMode.UPPER_ACTS, ActingMode.UPPER_JOINS)


def get_contract(contract_id: int, *, lock: bool = False) -> Contract:
    """A contract, or 404: another federation's does not exist. Lock it to change it."""
    query = select(Contract).where(Contract.id == contract_id)
    return db.session.scalar(query.with_for_update() if lock else query) or abort(404)


def contract_behind(token: str) -> Contract | None:
    """The contract that a notice board's code leads to."""
    return db.session.scalar(select(Contract).where(Contract.public_token == token))


def contract_of_case(case_id: int) -> Contract | None:
    return db.session.scalar(select(Contract).where(Contract.case_id == case_id))


def seen(
    contract_id: int, viewer: Viewer, permission: May = May.CONTRACTS_READ, *, lock: bool = False
) -> Contract:
    """The contract if this person's permission reaches it; else it does not exist."""
    query = select(Contract).where(Contract.id == contract_id, reached(viewer, permission))
    return db.session.scalar(query.with_for_update(of=Contract) if lock else query) or abort(404)


def clauses(contract: Contract) -> Sequence[ContractClause]:
    query = select(ContractClause).where(ContractClause.contract_id == contract.id)
    return db.session.scalars(query.order_by(ContractClause.position)).all()


def in_force(on: date) -> ColumnElement[bool]:
    """The condition on Contract that holds for those in force on a day, whatever became of them."""
    return and_(
        Contract.state.in_(TOOK_EFFECT),
        Contract.effective_on <= on,
        Contract.term_to >= on,
        or_(Contract.ended_on.is_(None), Contract.ended_on > on),
    )


def contracts_in_force(on: date) -> Select[Contract]:
    """The contracts in force on a day, a select that the caller narrows and pages."""
    return select(Contract).where(in_force(on))


def binding(on: date) -> tuple[ColumnElement[bool], ...]:
    """The conditions on Membership that hold for those that bind on a day."""
    return (
        Membership.state.in_((MembershipState.ACTIVE, MembershipState.LEFT)),
        Membership.valid_from <= on,
        or_(Membership.valid_to.is_(None), Membership.valid_to > on),
    )


def membership_on(day: date) -> Select[int, int, str | None]:
    """Who was bound by what on a day: contract_id, enterprise_id, basis. One row per bond."""
    return (
        select(Membership.contract_id, Membership.enterprise_id, Membership.basis)
        .join(
            Contract,
            (Contract.tenant_id == Membership.tenant_id) & (Contract.id == Membership.contract_id),
        )
        .where(*binding(day), in_force(day))
    )


class Covered(NamedTuple):
    """How many are covered, each counted once however many contracts bind it."""

    contracts: int
    enterprises: int
    workers: int
    unknown: int  # enterprises whose number of workers nobody has recorded


def workers_on(day: date) -> Any:
    """The headcount of each enterprise as of a day: the latest count not after it, else any."""
    dated = (
        select(Headcount.total)
        .where(
            Headcount.tenant_id == Enterprise.tenant_id,
            Headcount.enterprise_id == Enterprise.id,
            Headcount.counted_on <= day,
        )
        .order_by(Headcount.counted_on.desc())
        .limit(1)
        .correlate(Enterprise)
        .scalar_subquery()
    )
    return func.coalesce(dated, Enterprise.headcount)


def covered(day: date, *narrowed: ColumnElement[bool]) -> Covered:
    """Distinct contracts, enterprises and workers, valid on a day."""
    bound = membership_on(day).where(*narrowed).subquery()
    firms = select(bound.c.enterprise_id).distinct().subquery()
    heads = workers_on(day)
    counted = (
        select(func.count(), func.coalesce(func.sum(heads), 0), func.count(heads))
        .select_from(Enterprise)
        .where(Enterprise.id.in_(select(firms.c.enterprise_id)))
    )
    enterprises, workers, known = db.session.execute(counted).one()
    contracts = db.session.scalar(
        select(func.count()).select_from(Contract).where(in_force(day), *narrowed)
    )
    return Covered(int(contracts or 0), int(enterprises), int(workers), int(enterprises - known))


def covered_by_mode(day: date) -> dict[str, Covered]:
    """The same, those acted for apart from those that bargained for themselves."""
    return {
        "all": covered(day),
        "own": covered(day, Contract.acting_mode.not_in(ACTED)),
        "acted": covered(day, Contract.acting_mode.in_(ACTED)),
    }


def members_of(contract_id: int) -> Select[Any, Any]:
    """The memberships of a contract with their enterprises, for lists that page them."""
    return (
        select(Membership, Enterprise)
        .join(
            Enterprise,
            (Enterprise.tenant_id == Membership.tenant_id)
            & (Enterprise.id == Membership.enterprise_id),
        )
        .where(Membership.contract_id == contract_id)
    )


def bound_counts(ids: Sequence[int], on: date) -> dict[int, tuple[int, int]]:
    """Enterprises and workers bound by each contract of a page, in one query."""
    query = (
        select(Membership.contract_id, func.count(), func.coalesce(func.sum(workers_on(on)), 0))
        .join(
            Enterprise,
            (Enterprise.tenant_id == Membership.tenant_id)
            & (Enterprise.id == Membership.enterprise_id),
        )
        .where(Membership.contract_id.in_(ids), *binding(on))
        .group_by(Membership.contract_id)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in db.session.execute(query)}


def get_authority(authority_id: int, *, lock: bool = False) -> ActingAuthority:
    query = select(ActingAuthority).where(ActingAuthority.id == authority_id)
    return db.session.scalar(query.with_for_update() if lock else query) or abort(404)


def authority_behind(token: str, *, lock: bool = False) -> ActingAuthority | None:
    """The authority that the principal's signed link leads to."""
    query = select(ActingAuthority).where(ActingAuthority.token == token)
    return db.session.scalar(query.with_for_update() if lock else query)


def filings_of(contract_id: int) -> Sequence[Filing]:
    """Every handing-in, the newest first."""
    query = select(Filing).where(Filing.contract_id == contract_id).order_by(Filing.round.desc())
    return db.session.scalars(query).all()


def get_filing(filing_id: int, *, lock: bool = False) -> Filing:
    query = select(Filing).where(Filing.id == filing_id)
    return db.session.scalar(query.with_for_update() if lock else query) or abort(404)


def papers_of(filing_id: int) -> Sequence[FilingPaper]:
    query = select(FilingPaper).where(FilingPaper.filing_id == filing_id)
    return db.session.scalars(query.order_by(FilingPaper.position)).all()


def review_of(filing_id: int) -> Review | None:
    return db.session.scalar(select(Review).where(Review.filing_id == filing_id))


def publications_of(contract_id: int) -> Sequence[Publication]:
    query = select(Publication).where(Publication.contract_id == contract_id)
    return db.session.scalars(query.order_by(Publication.from_on, Publication.id)).all()


def get_membership(membership_id: int, *, lock: bool = False) -> Membership:
    query = select(Membership).where(Membership.id == membership_id)
    return db.session.scalar(query.with_for_update() if lock else query) or abort(404)


def successors(contract: Contract) -> Sequence[Contract]:
    """The contracts that took this one's place, or are about to."""
    query = select(Contract).where(Contract.supersedes_id == contract.id).order_by(Contract.id)
    return db.session.scalars(query).all()


def bound_choices(contract_id: int) -> list[Any]:
    """The enterprises it binds, for a choice; those without a publication first."""
    query = (
        select(Enterprise.id, Enterprise.name)
        .join(Membership, Membership.enterprise_id == Enterprise.id)
        .where(Membership.contract_id == contract_id, Membership.state == MembershipState.ACTIVE)
        .order_by(Enterprise.sort_key, Enterprise.id)
        .limit(2000)
    )
    return [SelectChoice(row.id, row.name) for row in db.session.execute(query)]


def not_yet_published(contract_id: int, *, limit: int = 100) -> Sequence[Any]:
    """The enterprises bound today whose workers cannot read it yet, by name; `n` is how many."""
    posted = exists().where(
        Publication.tenant_id == Membership.tenant_id,
        Publication.contract_id == Membership.contract_id,
        Publication.enterprise_id == Membership.enterprise_id,
    )
    query = (
        select(Enterprise.id, Enterprise.name, func.count().over().label("n"))
        .join(Membership, Membership.enterprise_id == Enterprise.id)
        .where(
            Membership.contract_id == contract_id,
            Membership.state == MembershipState.ACTIVE,
            ~posted,
        )
        .order_by(Enterprise.sort_key, Enterprise.id)
        .limit(limit)
    )
    return db.session.execute(query).all()


def names_of_firms(ids: Sequence[int | None], *narrowed: ColumnElement[bool]) -> dict[int, str]:
    known = [one for one in ids if one is not None]
    query = select(Enterprise.id, Enterprise.name).where(Enterprise.id.in_(known), *narrowed)
    return {row.id: row.name for row in db.session.execute(query)}
