"""Reading appraisals: one, the year's list, those to be honoured, complaints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Select, and_, func, select

from blueprints.appraisals.models import GRADES, STATES, Appraisal, AppraisalScheme, Complaint
from blueprints.shared.paging import Key, Page, leaf
from blueprints.supervisors.models import Supervisor
from tenants.clock import today
from tenants.db import db

NO_SCORE = -1
SORTS = ("name", "-score")


def scheme_of(year: int, *, lock: bool = False) -> AppraisalScheme | None:
    query = select(AppraisalScheme).where(AppraisalScheme.year == year)
    return db.session.scalar(query.with_for_update() if lock else query)


def get_appraisal(
    appraisal_id: int, *, user_id: int | None = None, lock: bool = False
) -> Appraisal:
    """An appraisal, or 404; with `user_id`, only that person's own."""
    query = select(Appraisal).where(Appraisal.id == appraisal_id)
    if user_id is not None:
        own = select(Supervisor.id).where(Supervisor.user_id == user_id)
        query = query.where(Appraisal.supervisor_id.in_(own))
    found: Appraisal = db.one_or_404(query.with_for_update() if lock else query)
    return found


def get_complaint(complaint_id: int) -> Complaint:
    query = select(Complaint).where(Complaint.id == complaint_id)
    found: Complaint = db.one_or_404(query.with_for_update())
    return found


def complaints(supervisor: Supervisor, year: int) -> Sequence[Complaint]:
    query = select(Complaint).where(
        Complaint.supervisor_id == supervisor.id,
        func.extract("year", Complaint.received_on) == year,
    )
    return db.session.scalars(query.order_by(Complaint.received_on.desc(), Complaint.id)).all()


def own_appraisals(user_id: int) -> Sequence[Appraisal]:
    query = (
        select(Appraisal)
        .join(
            Supervisor,
            and_(
                Supervisor.tenant_id == Appraisal.tenant_id,
                Supervisor.id == Appraisal.supervisor_id,
            ),
        )
        .where(Supervisor.user_id == user_id)
        .order_by(Appraisal.year.desc())
    )
    return db.session.scalars(query).all()


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar."""

    year: int
    state: str = ""
    grade: str = ""
    award: str = ""
    sort: str = "name"

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> Self:
        year = args.get("year", "")
        sort = args.get("sort", "name")
        return cls(
            int(year) if year.isdigit() and len(year) == 4 else today().year,
            args.get("state", "") if args.get("state") in STATES else "",
            args.get("grade", "") if args.get("grade") in GRADES else "",
            "yes" if args.get("award") == "yes" else "",
            sort if sort in SORTS else "name",
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.state or self.grade or self.award)


def appraisals(asked: Asked) -> Select[Any]:
    query: Any = (
        select(
            Appraisal.id, Appraisal.state, Appraisal.score, Appraisal.grade, Appraisal.award,
            Appraisal.decided_on, Appraisal.supervisor_id, Supervisor.name, Supervisor.engagement,
        )
        .join(
            Supervisor,
            and_(
                Supervisor.tenant_id == Appraisal.tenant_id,
                Supervisor.id == Appraisal.supervisor_id,
            ),
        )
        .where(Appraisal.year == asked.year)
    )  # fmt: skip
    if asked.state:
        query = query.where(Appraisal.state == asked.state)
    if asked.grade:
        query = query.where(Appraisal.grade == asked.grade)
    if asked.award:
        query = query.where(Appraisal.award.is_(True), Appraisal.state == "closed")
    found: Select[Any] = query
    return found


def order_of(sort: str) -> tuple[Key, ...]:
    if sort == "-score":
        scored = func.coalesce(Appraisal.score, NO_SCORE)
        return (Key(scored, True), Key(Appraisal.id, True))
    return (Key(Supervisor.name), Key(Appraisal.id))


def page_of(asked: Asked, cursor: str | None) -> Page:
    return leaf(appraisals(asked), order_of(asked.sort), cursor=cursor)


def how_many(asked: Asked) -> int:
    query = select(func.count()).select_from(appraisals(asked).subquery())
    return int(db.session.scalar(query) or 0)
