"""What the contracts hand in for the page of a case: by what right one acts, and its contract."""

from collections.abc import Iterator, Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from blueprints.bargaining.ground.contributions import Entry, Section, case_events, section
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.contracts.acting.lists import authority_before
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.acting_models import ActingAuthority
from blueprints.contracts.ground.acting_words import MODES, state_label, state_look
from blueprints.contracts.ground.labels import state_label as contract_state
from blueprints.contracts.ground.labels import state_look as contract_look
from blueprints.contracts.ground.models import Reach
from blueprints.contracts.ground.queries import ACTED
from blueprints.shared.guards import Viewer
from blueprints.shared.read_once import read_once
from rules.acting import PATH
from rules.words import Text
from tenants.clock import ZONE
from tenants.db import db
from tenants.roles import May


@read_once
def authorities_of(case_id: int) -> Sequence[ActingAuthority]:
    """By what right the upper union acts in a case, the latest first."""
    query = select(ActingAuthority).where(ActingAuthority.case_id == case_id)
    return db.session.scalars(query.order_by(ActingAuthority.id.desc())).all()


@section(90, _l("By what right the upper union acts"))
def acting(case: BargainingCase, viewer: Viewer) -> Section | None:
    """The authorities of the case; in an enterprise, what the law asks on the way."""
    if case.acting_mode not in ACTED or not viewer.may(May.CONTRACTS_READ):
        return None
    rows = authorities_of(case.id)
    return Section(
        "acting/_case.html",
        {
            "authorities": rows,
            "state": state_label,
            "look": state_look,
            "modes": MODES,
            "before": authority_before(case) if not rows else None,
            "case_id": case.id,
            "path": PATH if case.level == Reach.ENTERPRISE else (),
        },
    )


@section(95, _l("Collective contract"))
def contract(case: BargainingCase, viewer: Viewer) -> Section | None:
    """The contract that came out of it."""
    found = queries.contract_of_case(case.id)
    if found is None or not viewer.may(May.CONTRACTS_READ):
        return None
    return Section(
        "contracts/_case.html",
        {"found": found, "state": contract_state, "look": contract_look},
    )


@case_events
def of_the_authority(case: BargainingCase) -> Iterator[Entry]:
    for one in authorities_of(case.id):
        if one.approved_at is not None:
            yield Entry(
                one.approved_at.astimezone(ZONE).date(),
                Text(f"上代下决定 {one.document_no}", f"Decision to act {one.document_no}"),
                detail=Text(
                    f"{one.acting_name}代{one.principal_name}",
                    f"{one.acting_name} on behalf of {one.principal_name}",
                ),
            )
