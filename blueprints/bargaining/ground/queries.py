"""What the pages of a case read. The session adds the federation; nobody here does."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort
from sqlalchemy import func, select

from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise, Part
from blueprints.bargaining.ground.reach import cases_within
from blueprints.bargaining.ground.team_models import STANDING, Mandate, Representative, Side, Team
from blueprints.shared.guards import Viewer
from blueprints.shared.read_once import read_once
from rules.representation import Staff
from tenants.db import db
from tenants.models import Document
from tenants.roles import May

FRESH = {"populate_existing": True}


def get_case(case_id: int, *, lock: bool = False) -> BargainingCase:
    """A case, or 404: another federation's does not exist. Lock it to change anything of it."""
    query = select(BargainingCase).where(BargainingCase.id == case_id)
    found = db.session.scalar(
        query.with_for_update() if lock else query, execution_options=FRESH if lock else {}
    )
    return found or abort(404)


def seen(
    case_id: int, viewer: Viewer, permission: May = May.CASES_READ, *, lock: bool = False
) -> BargainingCase:
    """The case, if this person's permission reaches it; else it does not exist."""
    reached = BargainingCase.id == case_id, cases_within(viewer, permission)
    if not lock:
        return db.session.scalar(select(BargainingCase).where(*reached)) or abort(404)
    case = get_case(case_id, lock=True)
    return case if db.session.scalar(select(BargainingCase.id).where(*reached)) else abort(404)


@read_once
def enterprises_of(case_id: int, *, still: bool = True) -> Sequence[CaseEnterprise]:
    """The enterprises of a case, by name; with `still`, only those that have not left."""
    query = select(CaseEnterprise).where(CaseEnterprise.case_id == case_id)
    if still:
        query = query.where(CaseEnterprise.part != Part.LEFT)
    return db.session.scalars(query.order_by(CaseEnterprise.name, CaseEnterprise.id)).all()


def get_part(case: BargainingCase, enterprise_id: int) -> CaseEnterprise:
    query = select(CaseEnterprise).where(
        CaseEnterprise.case_id == case.id, CaseEnterprise.enterprise_id == enterprise_id
    )
    return db.session.scalar(query) or abort(404)


@dataclass(frozen=True)
class Totals:
    """How many take part and how many work there, as of the day the case counts by."""

    enterprises: int
    workers: int
    women: int
    frontline: int
    dispatched: int
    uncounted: int  # enterprises for which no headcount is known by that day

    def staff(self) -> Staff:
        """The same as the rules of composition ask for it."""
        groups = {
            "women": self.women, "front_line": self.frontline, "dispatched": self.dispatched,
        }  # fmt: skip
        return Staff(self.workers, groups)


@read_once
def totals_of(case_id: int) -> Totals:
    """Of those that have not left."""
    one = CaseEnterprise
    query = select(
        func.count(),
        func.coalesce(func.sum(one.headcount), 0),
        func.coalesce(func.sum(one.women), 0),
        func.coalesce(func.sum(one.frontline), 0),
        func.coalesce(func.sum(one.dispatched), 0),
        func.count().filter(one.headcount.is_(None)),
    ).where(one.case_id == case_id, one.part != Part.LEFT)
    return Totals(*(int(n) for n in db.session.execute(query).one()))


@read_once
def team_of(case_id: int, side: Side | str) -> Team | None:
    return db.session.scalar(select(Team).where(Team.case_id == case_id, Team.side == side))


def representatives_of(
    case_id: int, side: Side | str | None = None, *, still: bool = True
) -> Sequence[Representative]:
    """Those of a team, or of both: the chief first, then in the order they were entered."""
    return [
        one
        for one, at in everybody(case_id)
        if side in {None, at} and (one.left_on is None or not still)
    ]


@read_once
def everybody(case_id: int) -> Sequence[tuple[Representative, str]]:
    """Whoever sits or sat in a team of the case, and on which side."""
    of_team = (Team.tenant_id == Representative.tenant_id) & (Team.id == Representative.team_id)
    query = (
        select(Representative, Team.side)
        .join(Team, of_team)
        .where(Team.case_id == case_id)
        .order_by(Representative.chief.desc(), Representative.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def chief_of(case_id: int, side: Side | str) -> Representative | None:
    """Who speaks and signs for a side now."""
    return next((one for one in representatives_of(case_id, side) if one.chief), None)


@read_once
def mandates_of(case_id: int) -> Sequence[Mandate]:
    """Every mandate ever given in a case, the latest first."""
    query = select(Mandate).where(Mandate.case_id == case_id).order_by(Mandate.id.desc())
    return db.session.scalars(query).all()


@read_once
def standing_mandates(case_id: int) -> dict[int, Mandate]:
    """The mandate that stands, by the enterprise that gave it."""
    query = select(Mandate).where(Mandate.case_id == case_id, Mandate.state.in_(STANDING))
    return {one.enterprise_id: one for one in db.session.scalars(query)}


def side_of(one: Representative) -> str:
    """On which side somebody sits."""
    return db.session.scalars(select(Team.side).where(Team.id == one.team_id)).one()


# What was handed over in confidence is opened on its own page, by the two teams only.
SEALED = ("information",)


def paper_of(case: BargainingCase, document_id: int) -> Document | None:
    """A document of this case that everybody who reads the case may open."""
    return db.session.scalar(
        select(Document).where(
            Document.id == document_id,
            Document.subject_kind == BargainingCase.__tablename__,
            Document.subject_id == case.id,
            Document.purpose.not_in(SEALED),
        )
    )


def names_of_papers(ids: Sequence[int | None]) -> dict[int, str]:
    """What these documents are called."""
    wanted = [ident for ident in ids if ident]
    if not wanted:
        return {}
    query = select(Document.id, Document.name).where(Document.id.in_(wanted))
    return {row.id: row.name for row in db.session.execute(query)}
