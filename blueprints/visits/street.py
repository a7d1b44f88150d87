"""A street day: many short visits on one day, written down at once; rows nobody filled are none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.shared.guards import Viewer
from blueprints.supervisors.models import Supervisor
from blueprints.visits import actions
from blueprints.visits.actions import Made
from blueprints.visits.models import Met, NextStep, Outcome, Visit, VisitState, Way
from rules.words import Text
from tenants.db import db
from tenants.roles import May

MOST = 40
BRIEF = 15  # minutes of a visit on a street day, unless said otherwise
SHORT_OF_WHAT = Text("请选走访结果。", "Choose what came of it.")
SHORT_OF_WHOM = Text("请选见到了谁。", "Choose whom you met.")
SHORT_OF_REASON = Text(
    "“不同意”须逐户登记理由，请单独登记这次走访。",
    "A refusal needs its reason: record this visit by itself.",
)


@dataclass
class Row:
    """One enterprise of the street, with what was typed beside it."""

    enterprise_id: int
    name: str
    place: str
    met: str = ""
    post: str = ""
    outcome: str = ""
    said: str = ""
    fault: Text | None = None

    @property
    def filled(self) -> bool:
        return bool(self.met or self.outcome or self.said or self.post)


def streets(viewer: Viewer) -> Sequence[tuple[str, str, int]]:
    """Area, street and how many enterprises there; the fullest first."""
    query = (
        select(Enterprise.area, Enterprise.locality, func.count())
        .where(within_reach(viewer, May.VISITS_RECORD), Enterprise.status == "active")
        .group_by(Enterprise.area, Enterprise.locality)
        .order_by(func.count().desc(), Enterprise.area, Enterprise.locality)
        .limit(60)
    )
    return [(area or "", place or "", count) for area, place, count in db.session.execute(query)]


def rows_of(viewer: Viewer, area: str, place: str, typed: Mapping[str, str]) -> list[Row]:
    """The enterprises of a street with what was typed beside each."""
    query = (
        select(Enterprise.id, Enterprise.name, Enterprise.address)
        .where(
            within_reach(viewer, May.VISITS_RECORD),
            Enterprise.status == "active",
            func.coalesce(Enterprise.area, "") == area,
            func.coalesce(Enterprise.locality, "") == place,
        )
        .order_by(Enterprise.address, Enterprise.sort_key, Enterprise.id)
        .limit(MOST)
    )
    names = ("met", "post", "outcome", "said")
    found = []
    for row in db.session.execute(query):
        met, post, outcome, said = (
            typed.get(f"{name}-{row.id}", "").strip()[:2000] for name in names
        )
        found.append(Row(row.id, row.name, row.address or "", met, post, outcome, said))
    return found


def judge(rows: Sequence[Row]) -> list[Row]:
    """The rows that were filled, each with what is wrong with it."""
    filled = [row for row in rows if row.filled]
    for row in filled:
        if row.met not in set(Met):
            row.fault = SHORT_OF_WHOM
        elif row.outcome not in set(Outcome):
            row.fault = SHORT_OF_WHAT
        elif row.outcome == Outcome.WILL_NOT:
            row.fault = SHORT_OF_REASON
    return filled


def record(
    supervisor: Supervisor, rows: Sequence[Row], *, on: date, purpose: str, by_id: int
) -> list[Visit]:
    """Write every row down as a visit; a visit planned for that day is the one that was made."""
    planned = {
        visit.enterprise_id: visit
        for visit in db.session.scalars(
            select(Visit)
            .where(
                Visit.supervisor_id == supervisor.id,
                Visit.state == VisitState.PLANNED,
                Visit.planned_on.between(on - timedelta(days=1), on),
                Visit.enterprise_id.in_([row.enterprise_id for row in rows]),
            )
            .with_for_update()
        )
    }
    return [
        actions.record(
            planned.get(row.enterprise_id)
            or Visit(supervisor_id=supervisor.id, enterprise_id=row.enterprise_id, purpose=purpose),
            _made(row, on, purpose),
            by_id=by_id,
        )
        for row in rows
    ]


def _made(row: Row, on: date, purpose: str) -> Made:
    known: dict[str, Any] = dict.fromkeys(
        ("visited_at", "help_given", "refusal_code", "next_on"), None
    )
    return Made(
        **known,
        visited_on=on,
        minutes=BRIEF,
        way=Way.ON_SITE,
        place=row.place or None,
        purpose=purpose,
        met=row.met,
        met_post=row.post or None,
        topics=(),
        said=row.said or None,
        outcome=row.outcome,
        next_step=NextStep.NONE,
    )
