"""The verbs of a membership: who may be bound, on what basis, since when, and who has left.

An industry code never binds anybody: it makes a candidate, and a person confirms the basis.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from sqlalchemy import Select, exists, false, func, select, update
from sqlalchemy.dialects.postgresql import insert

from blueprints.contracts.ground.membership_models import LeavingReason, Membership, MembershipState
from blueprints.contracts.ground.models import IN_FORCE, TOOK_EFFECT, Contract, Reach
from blueprints.contracts.membership.ladder_end import end_for
from blueprints.registry.kinds import Status
from blueprints.registry.models import Enterprise
from blueprints.registry.queries import in_industry
from blueprints.rulebook import queries as rulebook
from rules.binding import SUFFICES, WANTED, Basis, Mode
from rules.broken import RuleBroken
from rules.procedure import advance
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db, rows_changed
from tenants.scope import current_tenant_id

MACHINE = "membership"
BATCH = 5000
EVENTS = {
    Basis.RECOGNISED: ("recognise", "recognition_on_file"),
    Basis.SEALED: ("seal", "seal_on_file"),
    Basis.IN_SCOPE: ("confirm_scope", "scope_proven"),
}
_STATES = {
    Basis.RECOGNISED: MembershipState.RECOGNISED,
    Basis.SEALED: MembershipState.SEALED,
    Basis.IN_SCOPE: MembershipState.IN_SCOPE,
    Basis.MANDATED: MembershipState.IN_SCOPE,
}


def suffices(contract: Contract, basis: str | None) -> bool:
    """Whether this basis binds an enterprise to this contract, under the rule of the place."""
    if basis is None:
        return False
    return contract.binding_mode is None or Basis(basis) in SUFFICES[Mode(contract.binding_mode)]


def add_candidates(contract: Contract, ids: Iterable[int], *, flagged: bool = False) -> int:
    """Enterprises that may be bound; those that are there already stay as they are. How many."""
    added = 0
    for some in batched(dict.fromkeys(ids), BATCH):
        rows = [
            {
                "tenant_id": current_tenant_id(),
                "contract_id": contract.id,
                "enterprise_id": enterprise_id,
                "state": MembershipState.CANDIDATE,
                "flagged": flagged,
            }
            for enterprise_id in some
        ]
        query = insert(Membership).values(rows).on_conflict_do_nothing().returning(Membership.id)
        added += len(db.session.execute(query).all())
    if added:
        trail.record("contract.members_added", contract, enterprises=added)
    return added


def batched(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    """In lots that one statement can carry."""
    whole = iter(ids)
    while lot := list(islice(whole, size)):
        yield lot


def confirm(
    membership: Membership,
    contract: Contract,
    basis: Basis,
    *,
    on: date,
    note: str = "",
    evidence_id: int | None = None,
    by_id: int | None = None,
) -> None:
    """Record the basis: recognised, sealed, mandated or proven to lie in scope.

    With a contract in force that this basis suffices for, the enterprise is bound from that day.
    """
    if membership.state in {MembershipState.ACTIVE, MembershipState.LEFT}:
        raise RuleBroken(Text("该企业的适用情况已经登记。", "This is on record already."))
    if basis in EVENTS:
        event, fact = EVENTS[basis]
        proven = bool(note.strip() or evidence_id)
        membership.state = advance(MACHINE, membership.state, event, {fact: proven})
    else:
        membership.state = MembershipState.IN_SCOPE
    membership.basis, membership.basis_on, membership.basis_note = basis, on, note.strip() or None
    membership.evidence_id, membership.recorded_by_id = evidence_id, by_id
    membership.flagged = False
    trail.record("contract.member_confirmed", membership, basis=str(basis), on=on.isoformat())
    if contract.state in IN_FORCE and suffices(contract, basis):
        activate(membership, contract, since=max(on, contract.effective_on or on))


def bases_recorded(contract: Contract, how_many: int, basis: Basis) -> None:
    """One line for the contract's own timeline; each enterprise has its own beside it."""
    trail.record("contract.bases_recorded", contract, enterprises=how_many, basis=str(basis))


def activate(membership: Membership, contract: Contract, *, since: date) -> None:
    """From this day it is bound. Raises RuleBroken where the basis does not do here."""
    facts = {
        "contract_effective": contract.state in TOOK_EFFECT,
        "basis_suffices": suffices(contract, membership.basis),
    }
    membership.state = advance(MACHINE, membership.state, "activate", facts)
    membership.valid_from = since
    db.session.flush()
    end_for(contract, membership.enterprise_id, since=since)


def activate_all(contract: Contract, since: date) -> int:
    """All whose basis suffices are bound from the day of effect, in one statement. How many."""
    bases = (
        [str(one) for one in Basis]
        if contract.binding_mode is None
        else [str(one) for one in SUFFICES[Mode(contract.binding_mode)]]
    )
    waiting = (MembershipState.RECOGNISED, MembershipState.SEALED, MembershipState.IN_SCOPE)
    query = (
        update(Membership)
        .where(
            Membership.contract_id == contract.id,
            Membership.state.in_(waiting),
            Membership.basis.in_(bases),
        )
        .values(state=MembershipState.ACTIVE, valid_from=since)
        .execution_options(synchronize_session=False)
    )
    bound = rows_changed(query)
    trail.record("contract.members_bound", contract, enterprises=bound, since=since.isoformat())
    return bound


def leave(
    membership: Membership, contract: Contract, reason: LeavingReason, *, on: date, note: str = ""
) -> None:
    """It is no longer bound from this day on; what was binding before stays on record."""
    facts = {"reason_recorded": bool(reason)}
    if membership.valid_from is not None and on <= membership.valid_from:
        text = Text("退出日期应晚于开始适用的日期。", "It can leave only after it was bound.")
        raise RuleBroken(text)
    membership.state = advance(MACHINE, membership.state, "leave", facts)
    membership.left_reason, membership.left_note = reason, note.strip() or None
    membership.valid_to = on if membership.valid_from is not None else None
    db.session.flush()
    trail.record("contract.member_left", membership, reason=str(reason), on=on.isoformat())
    trail.record("contract.members_released", contract, enterprises=1, since=on.isoformat())


def release_all(contract: Contract, on: date) -> int:
    """The contract has ended: nobody is bound by it from this day on. How many were."""
    query = (
        update(Membership)
        .where(
            Membership.contract_id == contract.id,
            Membership.state == MembershipState.ACTIVE,
            Membership.valid_from < on,
        )
        .values(state=MembershipState.LEFT, valid_to=on, left_reason=LeavingReason.LAPSED)
        .execution_options(synchronize_session=False)
    )
    return rows_changed(query)


def newcomers(contract: Contract) -> Select[int]:
    """The ids of active enterprises of the trade and area that the contract does not know yet."""
    known = exists().where(
        Membership.tenant_id == Enterprise.tenant_id,
        Membership.contract_id == contract.id,
        Membership.enterprise_id == Enterprise.id,
    )
    query = select(Enterprise.id).where(Enterprise.status == Status.ACTIVE, ~known)
    if contract.level == Reach.ENTERPRISE:
        return query.where(false())
    if contract.industry:
        query = query.where(in_industry(contract.industry))
    if contract.area:
        query = query.where(Enterprise.area == contract.area)
    return query


def how_many_new(contract: Contract) -> int:
    query = select(func.count()).select_from(newcomers(contract).subquery())
    return int(db.session.scalar(query) or 0)


def flag_newcomers(contract: Contract) -> int:
    """New enterprises of the industry become candidates for somebody to look at. How many."""
    found = db.session.scalars(newcomers(contract).order_by(Enterprise.sort_key, Enterprise.id))
    return add_candidates(contract, found, flagged=True)


def wanted_here(contract: Contract) -> Text | None:
    """What an enterprise must have done to be bound by this contract."""
    return WANTED[Mode(contract.binding_mode)] if contract.binding_mode else None


def article_here() -> Text:
    return rulebook.book(today()).rule("binding.mode").citation
