"""How many are really covered on a day: distinct contracts, enterprises and workers.

Those for whom an upper union acted stand apart, and so does each level. An enterprise bound by
three contracts counts once; a commitment, an offer or a claim in a ledger counts not at all.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from blueprints.contracts.models import Contract, Reach
from blueprints.contracts.queries import ACTED, Covered, covered
from blueprints.registry.kinds import Status
from blueprints.registry.models import Enterprise
from tenants.db import db


@dataclass(frozen=True)
class Figures:
    """All of it as of one day."""

    on: date
    whole: Covered
    own: Covered
    acted: Covered
    levels: dict[str, Covered]
    kinds: dict[str, Covered]
    base_enterprises: int  # active on the register
    base_workers: int


def figures(on: date) -> Figures:
    """Everything the page shows, in a handful of queries whatever the size of the register."""
    base = db.session.execute(
        select(func.count(), func.coalesce(func.sum(Enterprise.headcount), 0)).where(
            Enterprise.status == Status.ACTIVE
        )
    ).one()

    def some(condition: ColumnElement[bool]) -> Covered:
        return covered(on, condition)

    return Figures(
        on=on,
        whole=covered(on),
        own=some(Contract.acting_mode.not_in(ACTED)),
        acted=some(Contract.acting_mode.in_(ACTED)),
        levels={str(level): some(Contract.level == level) for level in Reach},
        kinds={kind: some(Contract.kind == kind) for kind in ("comprehensive", "special", "wage")},
        base_enterprises=int(base[0] or 0),
        base_workers=int(base[1] or 0),
    )
