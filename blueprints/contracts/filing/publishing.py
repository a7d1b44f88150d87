"""Making a contract known to the workers of each enterprise, and the copy to the upper union."""

from datetime import date

from blueprints.contracts.ground.filing_models import Publication, PublicationKind
from blueprints.contracts.ground.models import IN_FORCE, Contract, ContractState
from blueprints.contracts.ground.moves import move
from blueprints.contracts.ground.queries import names_of_firms
from blueprints.contracts.making.case_link import tell_case
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db


def publish(
    contract: Contract,
    enterprise_id: int,
    *,
    place: str,
    from_on: date,
    until_on: date | None = None,
    photo_id: int | None = None,
    note: str = "",
    by_id: int | None = None,
) -> Publication:
    """Record where and when the workers of one enterprise can read it; the first publishes it."""
    _demand_in_force(contract)
    if contract.effective_on and from_on < contract.effective_on:
        raise RuleBroken(Text("生效后才能公布。", "It is published once it is in force."))
    return _record(
        contract, PublicationKind.WORKERS, enterprise_id, place=place, from_on=from_on,
        until_on=until_on, photo_id=photo_id, note=note, by_id=by_id,
    )  # fmt: skip


def copy_to_upper_union(
    contract: Contract, *, to: str, on: date, note: str = "", by_id: int | None = None
) -> Publication:
    """The workers' side hands a copy to the upper union."""
    _demand_in_force(contract)
    return _record(
        contract, PublicationKind.UPPER_UNION, None, place=to, from_on=on, note=note, by_id=by_id
    )


def _record(
    contract: Contract,
    kind: PublicationKind,
    enterprise_id: int | None,
    *,
    place: str,
    from_on: date,
    until_on: date | None = None,
    photo_id: int | None = None,
    note: str = "",
    by_id: int | None = None,
) -> Publication:
    if from_on > today():
        raise RuleBroken(Text("公布日期尚未到来。", "The day of publication has not come yet."))
    made = Publication(
        contract_id=contract.id, kind=kind, enterprise_id=enterprise_id, place=place.strip(),
        from_on=from_on, until_on=until_on, photo_id=photo_id, note=note.strip() or None,
        recorded_by_id=by_id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    trail.record(
        "contract.publication_recorded", contract, kind=str(kind),
        enterprise=_firm(enterprise_id), place=made.place, on=from_on.isoformat(),
    )  # fmt: skip
    if contract.state == ContractState.EFFECTIVE and kind == PublicationKind.WORKERS:
        move(contract, "publish", {"publication_recorded": True}, on=from_on.isoformat())
        tell_case(contract, "publish", "perform", publication_recorded=True)
    return made


def _firm(enterprise_id: int | None) -> str | None:
    return names_of_firms([enterprise_id])[enterprise_id] if enterprise_id else None


def _demand_in_force(contract: Contract) -> None:
    if contract.state not in IN_FORCE:
        raise RuleBroken(
            Text("合同尚未生效，不能公布。", "It is not in force yet, so nothing is published.")
        )
