"""Which enterprises an assignment is for: picked by hand, or by the conditions of the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sqlalchemy import Select, func, select
from werkzeug.datastructures import MultiDict

from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.registry.queries import Wanted, narrowed
from blueprints.shared.guards import Viewer
from blueprints.supervisors.actions import taken
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.supervisors.queries import not_over
from tenants.db import db

SHOWN = 12
MOST_PICKED = 500


@dataclass(frozen=True)
class Chosen:
    """What was picked, or else the conditions. Neither means nobody, never everybody."""

    wanted: Wanted
    picked: tuple[int, ...]

    @classmethod
    def from_args(cls, args: MultiDict[str, str]) -> Self:
        picked = tuple(dict.fromkeys(args.getlist("id", type=int)))[:MOST_PICKED]
        return cls(Wanted.from_args(args), picked)

    @property
    def anything(self) -> bool:
        return bool(self.picked) or self.wanted.narrowed()

    def address(self) -> dict[str, Any]:
        """The same questions again, for a form's action."""
        if self.picked:
            return {"id": list(self.picked)}
        asked = {
            name: getattr(self.wanted, name)
            for name in ("q", "area", "size", "standing")
            if getattr(self.wanted, name)
        }
        return asked | ({"industry": list(self.wanted.industry)} if self.wanted.industry else {})


@dataclass(frozen=True)
class Count:
    """What an assignment would do: how many there are, how many are free, and some by name."""

    total: int
    free: int
    names: Sequence[str]
    kept: Sequence[Any]  # enterprise, supervisor, since

    @property
    def served(self) -> int:
        return self.total - self.free


def ids_of(chosen: Chosen, viewer: Viewer, on: date) -> Select[int]:
    """The enterprises of a choice, as ids."""
    query = select(Enterprise.id).outerjoin(TradeUnion, TradeUnion.id == Enterprise.union_id)
    query = query.where(narrowed(chosen.wanted, viewer, on))
    return query.where(Enterprise.id.in_(chosen.picked)) if chosen.picked else query


def counted(chosen: Chosen, viewer: Viewer, on: date) -> Count:
    """Shown before anything is written."""
    if not chosen.anything:
        return Count(0, 0, (), ())
    ids, free = ids_of(chosen, viewer, on), ~taken(on)
    query = select(func.count(), func.count().filter(free)).select_from(Enterprise)
    total, open_ones = db.session.execute(query.where(Enterprise.id.in_(ids))).one()
    names = db.session.scalars(
        select(Enterprise.name)
        .where(Enterprise.id.in_(ids), free)
        .order_by(Enterprise.sort_key, Enterprise.id)
        .limit(SHOWN)
    ).all()
    kept = db.session.execute(
        select(Enterprise.name, Supervisor.name.label("supervisor"), Assignment.valid_from)
        .join(Assignment, Assignment.enterprise_id == Enterprise.id)
        .join(Supervisor, Supervisor.id == Assignment.supervisor_id)
        .where(Enterprise.id.in_(ids), not_over(on))
        .order_by(Enterprise.sort_key, Assignment.valid_from)
        .limit(SHOWN)
    ).all()
    return Count(total, open_ones, names, kept)
