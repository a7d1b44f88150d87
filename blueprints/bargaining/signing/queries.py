"""What the pages of the signature read: what is missing, who sealed, whom that covers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import abort
from sqlalchemy import select, text

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.clocks import rule_for
from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise, CaseLevel
from blueprints.bargaining.ground.queries import FRESH, seen
from blueprints.bargaining.ground.signature_models import (
    Seal,
    SealBasis,
    Signature,
    Signing,
    SigningState,
)
from blueprints.shared.guards import Viewer
from blueprints.shared.read_once import read_once
from rules.binding import SUFFICES, Mode, mode_of
from tenants.db import db
from tenants.roles import May
from tenants.scope import current_tenant_id


def get_signing(
    signing_id: int, viewer: Viewer, permission: May = May.CASES_READ, *, lock: bool = False
) -> Signing:
    """The signing of a case this person reaches, or 404."""
    found = db.session.scalar(select(Signing).where(Signing.id == signing_id)) or abort(404)
    seen(found.case_id, viewer, permission, lock=lock)
    query = select(Signing).where(Signing.id == signing_id)
    return db.session.scalars(query, execution_options=FRESH if lock else {}).one()


@read_once
def standing_signing(case_id: int) -> Signing | None:
    """The signing that is open or complete; one that was given up does not stand."""
    query = select(Signing).where(Signing.case_id == case_id, Signing.state != SigningState.VOID)
    return db.session.scalar(query)


def unmet(signing: Signing) -> list[str]:
    """What the database itself still finds missing."""
    db.session.flush()
    query = text("SELECT signing_unmet(s) FROM signing s WHERE tenant_id = :tenant AND id = :id")
    known = {"tenant": current_tenant_id(), "id": signing.id}
    return list(db.session.scalar(query, known) or [])


@read_once
def names_under(signing_id: int) -> dict[str, Signature]:
    """Who signed, by party."""
    query = select(Signature).where(Signature.signing_id == signing_id).order_by(Signature.turn)
    return {one.party: one for one in db.session.scalars(query)}


@read_once
def seals_of(signing_id: int) -> dict[int, dict[str, Seal]]:
    """What each enterprise did, by its id and the basis."""
    found: dict[int, dict[str, Seal]] = {}
    for one in db.session.scalars(select(Seal).where(Seal.signing_id == signing_id)):
        found.setdefault(one.enterprise_id, {})[one.basis] = one
    return found


@dataclass(frozen=True)
class Line:
    """One enterprise in the matrix: what it did, and whether that suffices here."""

    part: CaseEnterprise
    seals: Mapping[str, Seal] = field(default_factory=dict)
    bound: bool = False


@dataclass(frozen=True)
class Coverage:
    """How many would be bound if the contract came into force now, of how many."""

    mode: Mode
    lines: Sequence[Line]
    enterprises: int
    workers: int
    bound_enterprises: int
    bound_workers: int
    recognised: int
    sealed: int


@read_once
def coverage_of(case: BargainingCase, signing: Signing) -> Coverage:
    """Who would be bound by the mode of the place: all in scope, the recognising, the sealed."""
    mode = mode_of(rule_for(case, "binding.mode"))
    seals = seals_of(signing.id)
    lines = []
    for part in queries.enterprises_of(case.id):
        done = seals.get(part.enterprise_id, {})
        bases = set(done) | ({"in_scope"} if mode is Mode.ALL_IN_SCOPE else set())
        own = case.level == CaseLevel.ENTERPRISE  # bound by its own chief's signature
        lines.append(Line(part, done, own or bool(bases & {str(b) for b in SUFFICES[mode]})))
    bound = [line for line in lines if line.bound]
    return Coverage(
        mode=mode,
        lines=lines,
        enterprises=len(lines),
        workers=sum(line.part.headcount or 0 for line in lines),
        bound_enterprises=len(bound),
        bound_workers=sum(line.part.headcount or 0 for line in bound),
        recognised=sum(SealBasis.RECOGNISED in line.seals for line in lines),
        sealed=sum(SealBasis.SEALED in line.seals for line in lines),
    )
