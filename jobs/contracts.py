"""Watching contracts: effect by silence, the end of a term, new enterprises, unions strong again.

All go by state: one that comes three days late finds what a punctual one would have found, and a
second one finds nothing. Each row is changed in a transaction of its own.
"""

from sqlalchemy import select

from blueprints.contracts.acting import actions as acting
from blueprints.contracts.filing import effect
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.acting_models import ActingAuthority, AuthorityState
from blueprints.contracts.ground.filing_models import Filing, FilingState
from blueprints.contracts.ground.models import IN_FORCE, Contract, ContractState, Reach
from blueprints.contracts.membership import actions as members
from jobs.context import job_scope
from tenants.clock import today
from tenants.db import db


def take_effect(*, tenant_id: int, at: str | None = None) -> int:
    """What the authority let pass in silence is in force from the instant its period ended."""
    with job_scope(tenant_id, at):
        query = (
            select(Contract.id)
            .join(
                Filing,
                (Filing.tenant_id == Contract.tenant_id) & (Filing.contract_id == Contract.id),
            )
            .where(
                Contract.state == ContractState.FILED,
                Filing.state == FilingState.FILED,
                Filing.review_ends_on < today(),
            )
            .order_by(Filing.review_ends_on, Contract.id)
        )
        done = 0
        for contract_id in list(db.session.scalars(query)):
            done += effect.take_effect_by_silence(queries.get_contract(contract_id, lock=True))
            db.session.commit()
        return done


def end_terms(*, tenant_id: int, at: str | None = None) -> int:
    """Contracts whose last day has passed bind nobody any more."""
    with job_scope(tenant_id, at):
        query = select(Contract.id).where(Contract.state.in_(IN_FORCE), Contract.term_to < today())
        ended = 0
        for contract_id in list(db.session.scalars(query.order_by(Contract.id))):
            ended += effect.expire(queries.get_contract(contract_id, lock=True))
            db.session.commit()
        return ended


def find_newcomers(*, tenant_id: int, at: str | None = None) -> int:
    """New enterprises of a trade come on the list of its contract, for somebody to look at."""
    with job_scope(tenant_id, at):
        query = select(Contract.id).where(
            Contract.state.in_(IN_FORCE), Contract.level != Reach.ENTERPRISE
        )
        found = 0
        for contract_id in list(db.session.scalars(query.order_by(Contract.id))):
            found += members.flag_newcomers(queries.get_contract(contract_id, lock=True))
            db.session.commit()
        return found


def watch_authorities(*, tenant_id: int, at: str | None = None) -> dict[str, int]:
    """End what has run its time; raise the alert where a union was founded or is strong again."""
    with job_scope(tenant_id, at):
        counts = {"expired": 0, "strong": 0}
        query = select(ActingAuthority.id).where(ActingAuthority.state == AuthorityState.ACTING)
        for authority_id in list(db.session.scalars(query.order_by(ActingAuthority.id))):
            authority = queries.get_authority(authority_id, lock=True)
            counts["expired"] += acting.expire(authority)
            counts["strong"] += acting.note_strength(authority)
            db.session.commit()
        return counts
