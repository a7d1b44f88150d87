"""What the cases hand in for plans of assignment: whom a plan can be for, and who weighs more."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from blueprints.bargaining.cases.lists import GROUPS
from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise, CaseState, Part
from blueprints.bargaining.outward.register_contributions import OF_CASE
from blueprints.supervisors.sources import Source, raises_weight, targets
from tenants.db import db


def running() -> Sequence[tuple[int, str]]:
    """The cases that have not ended, the newest first: id, and name with number."""
    one = BargainingCase
    query = (
        select(one.id, one.name, one.document_no)
        .where(one.closed_on.is_(None), one.state.not_in(GROUPS["ended"]))
        .order_by(one.id.desc())
    )
    return [(row.id, f"{row.name} {row.document_no}") for row in db.session.execute(query)]


def of_the_case(case_id: int) -> Select[int]:
    """The ids of the enterprises that take part."""
    return select(CaseEnterprise.enterprise_id).where(
        CaseEnterprise.case_id == case_id, CaseEnterprise.part != Part.LEFT
    )


def in_dispute() -> Select[int]:
    """The ids of the enterprises in a case that has come to a dispute over making the contract."""
    return (
        select(CaseEnterprise.enterprise_id)
        .join(BargainingCase, OF_CASE)
        .where(BargainingCase.state == CaseState.DISPUTE_MAKING, CaseEnterprise.part != Part.LEFT)
    )


raises_weight(in_dispute)
targets(Source("case", _l("Bargaining case"), running, of_the_case))
