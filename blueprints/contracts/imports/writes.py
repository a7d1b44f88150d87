"""From a judged sheet into the books: contracts, who is bound, the filing, in a few statements."""

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from blueprints.contracts.ground.filing_models import Filer, Filing, FilingState
from blueprints.contracts.ground.membership_models import LeavingReason, Membership, MembershipState
from blueprints.contracts.ground.models import (
    Contract,
    ContractKind,
    ContractState,
    EffectBasis,
    Origin,
    Reach,
)
from blueprints.contracts.imports.plans import plan
from blueprints.contracts.making.drawing import SERIES, binding_here
from blueprints.registry.models import Enterprise
from blueprints.registry.names import sort_key
from blueprints.rulebook import queries as rulebook
from rules.binding import Basis, Mode
from rules.books import book_for
from rules.clauses import fingerprint
from rules.deadlines import due
from rules.reckoning import ONE
from tenants.acting import current_actor
from tenants.clock import now, today
from tenants.db import db
from tenants.federation import this_federation
from tenants.models import User
from tenants.numbering import take
from tenants.roles import Role
from tenants.scope import current_tenant_id

if TYPE_CHECKING:
    from blueprints.contracts.imports.actions import Judged

BASIS = {
    Mode.ALL_IN_SCOPE: Basis.IN_SCOPE,
    Mode.RECOGNISING_ONLY: Basis.RECOGNISED,
    Mode.STAMPED_ONLY: Basis.SEALED,
}
NOTE = "台账载明"
CHUNK = 500


def write(lines: Sequence["Judged"]) -> None:
    """Take the lines over; each learns the id of its contract."""
    if not lines:
        return
    modes = {level: binding_here(level) for level in Reach}
    year = today().year
    names = _names_of({line.enterprise_id for line in lines if line.enterprise_id})
    numbers, by_id = take(SERIES, year, len(lines)), current_actor().id or _somebody()
    for start in range(0, len(lines), CHUNK):
        part = lines[start : start + CHUNK]
        rows = [
            contract_row(line, f"集合{year}-{numbers[start + n]:04}", modes, names, by_id)
            for n, line in enumerate(part)
        ]
        made = insert(Contract).returning(Contract.id, sort_by_parameter_order=True)
        ids = db.session.scalars(made, rows).all()
        for line, contract_id in zip(part, ids, strict=True):
            line.contract_id = contract_id
        _bind(part, rows)
    _file(lines)
    plan(lines)


def contract_row(
    line: "Judged",
    number: str,
    modes: dict[Reach, str | None],
    names: dict[int, str],
    by_id: int,
) -> dict[str, Any]:
    record = line.record
    over = record.ends_on is not None and record.ends_on < today()
    firm = line.enterprise_id if record.level == Reach.ENTERPRISE else None
    body = f"{record.name}\n（{NOTE}；原编号：{record.number or '无'}；全文未录入。）\n{number}"
    employer = record.employer_side or names.get(line.enterprise_id or 0) or record.name
    return {
        "tenant_id": current_tenant_id(),
        "document_no": number,
        "name": record.name,
        "sort_key": sort_key(record.name),
        "kind": record.kind,
        "topic": record.topic,
        "level": record.level,
        "origin": Origin.IMPORTED,
        "state": ContractState.EXPIRED if over else ContractState.EFFECTIVE,
        "enterprise_id": firm,
        "industry": record.industry,
        "area": record.area,
        "worker_side": record.worker_side or f"{employer}职工方",
        "employer_side": employer,
        "binding_mode": modes[Reach(record.level)],
        "signed_on": record.signed_on,
        "effective_on": record.effective_on,
        "effective_at": now(),
        "effective_basis": EffectBasis.IMPORTED,
        "term_from": record.effective_on,
        "term_to": record.ends_on,
        "ended_on": record.ends_on + ONE if over and record.ends_on else None,
        "text": body,
        "text_hash": fingerprint(body),
        "public_token": secrets.token_urlsafe(18),
        "created_by_id": by_id,
    }


def _bind(part: Sequence["Judged"], contracts: Sequence[dict[str, Any]]) -> None:
    """The enterprises that the sheet names, each with the basis that binds at this place."""
    rows = []
    for line, contract in zip(part, contracts, strict=True):
        over = contract["ended_on"]
        mode = contract["binding_mode"]
        basis = BASIS[Mode(mode)] if mode else Basis.SEALED
        rows += [
            {
                "tenant_id": contract["tenant_id"],
                "contract_id": line.contract_id,
                "enterprise_id": firm,
                "state": MembershipState.LEFT if over else MembershipState.ACTIVE,
                "basis": basis,
                "basis_on": contract["signed_on"],
                "basis_note": NOTE,
                "valid_from": contract["effective_on"],
                "valid_to": over,
                "left_reason": LeavingReason.LAPSED if over else None,
            }
            for firm in line.bound
        ]
    if rows:
        db.session.execute(insert(Membership), rows)


def _file(lines: Sequence["Judged"]) -> None:
    """The filing that the receipt proves, with the review behind it."""
    own, division = rulebook.overlay(), this_federation().division
    calendar, counting = rulebook.calendar(), rulebook.conventions()
    ends: dict[Any, Any] = {}
    rows = []
    for line in lines:
        record, contract_id = line.record, line.contract_id
        on = record.filed_on or record.signed_on
        if on is None or record.signed_on is None:
            continue
        on = max(on, record.signed_on)
        kind = "wage" if record.kind == ContractKind.WAGE else "general"
        if (on, kind) not in ends:
            rule = book_for(division, on, own).rule("review.days", kind)
            ends[on, kind] = due(rule, on, calendar, conventions=counting).on
        rows.append(
            {
                "tenant_id": current_tenant_id(), "contract_id": contract_id, "round": 1,
                "state": FilingState.FILED, "filer": Filer.EMPLOYER, "filer_name": NOTE,
                "authority_name": NOTE, "handed_in_on": on, "received_on": on,
                "receipt_no": record.receipt, "review_ends_on": ends[on, kind],
                "text_hash": "",
            }
        )  # fmt: skip
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        hashes = select(Contract.id, Contract.text_hash).where(
            Contract.id.in_([row["contract_id"] for row in part])
        )
        known = {row[0]: row[1] for row in db.session.execute(hashes)}
        for row in part:
            row["text_hash"] = known[row["contract_id"]]
        db.session.execute(insert(Filing), part)
    passed = update(Filing).where(
        Filing.filer_name == NOTE, Filing.state == FilingState.FILED,
        Filing.contract_id.in_([line.contract_id for line in lines]),
    )  # fmt: skip
    db.session.execute(
        passed.values(state=FilingState.PASSED).execution_options(synchronize_session=False)
    )


def _names_of(ids: set[int]) -> dict[int, str]:
    query = select(Enterprise.id, Enterprise.name).where(Enterprise.id.in_(ids))
    return {row[0]: row[1] for row in db.session.execute(query)}


def _somebody() -> int:
    """Who answers for an import made on the command line: the first administrator."""
    query = select(User.id).where(User.role == Role.ADMINISTRATOR).order_by(User.id).limit(1)
    return int(db.session.scalars(query).one())
