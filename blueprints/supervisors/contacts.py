"""The contact system (联系制度): who keeps in touch with whom, the visits, what came of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from blueprints.registry.models import Enterprise
from blueprints.shared.paging import Key, Page, leaf
from blueprints.supervisors.contact_models import LeaderContact, LeaderVisit
from blueprints.supervisors.models import Supervisor
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db

ENDED = Text("这一联系已经结束，不能再登记走访。", "This contact is over; no visit can be added.")
LINKED = Text("该领导已经联系这一单位或者行业。", "This leader keeps in touch with it already.")
FUTURE = Text("走访日期不能晚于今天。", "A visit cannot lie in the future.")


@dataclass(frozen=True)
class Wanted:
    """What the contacts are narrowed to."""

    q: str = ""
    show: str = "now"  # now · due (fewer visits than due) · open (a next step is open) · all

    @classmethod
    def from_args(cls, args: Any) -> Self:
        asked = {one.name: str(args.get(one.name, "")).strip()[:100] for one in fields(cls)}
        if asked["show"] not in {"now", "due", "open", "all"}:
            asked["show"] = "now"
        return cls(**asked)

    @property
    def narrowed(self) -> bool:
        return self != type(self)()


def link(**facts: Any) -> LeaderContact:
    """A leader begins to keep in touch with an enterprise or an industry."""
    known = select(LeaderContact.id).where(
        LeaderContact.leader == facts["leader"],
        LeaderContact.enterprise_id.is_not_distinct_from(facts.get("enterprise_id")),
        LeaderContact.industry.is_not_distinct_from(facts.get("industry")),
        LeaderContact.until_on.is_(None),
    )
    if db.session.scalar(known) is not None:
        raise RuleBroken(LINKED)
    contact = LeaderContact(**facts)
    db.session.add(contact)
    trail.record("contact_link.begun", contact, name=contact.leader)
    return contact


def end(contact: LeaderContact, on: date) -> None:
    """The last day. A contact that is over keeps its visits."""
    contact.until_on = max(on, contact.since_on)
    trail.record("contact_link.ended", contact, until=contact.until_on.isoformat())


def visit(contact: LeaderContact, *, by_id: int, **facts: Any) -> LeaderVisit:
    """A visit and what came of it."""
    if contact.until_on is not None and contact.until_on < facts["visited_on"]:
        raise RuleBroken(ENDED)
    if facts["visited_on"] > today():
        raise RuleBroken(FUTURE)
    made = LeaderVisit(
        contact_id=contact.id,
        recorded_by_id=by_id,
        **{"enterprise_id": contact.enterprise_id, **facts},
    )
    db.session.add(made)
    trail.record(
        "contact_link.visited", contact, on=made.visited_on.isoformat(), outcome=made.outcome
    )
    return made


def settle(made: LeaderVisit, on: date, note: str) -> None:
    """The next step of a visit is done."""
    made.settled_on, made.settled_note = max(on, made.visited_on), note or None
    trail.record(
        "contact_link.settled", (LeaderContact.__tablename__, made.contact_id), reason=note
    )


def get(contact_id: int, *, lock: bool = False) -> LeaderContact:
    query = select(LeaderContact).where(LeaderContact.id == contact_id)
    found: LeaderContact = db.one_or_404(query.with_for_update() if lock else query)
    return found


def get_visit(contact: LeaderContact, visit_id: int) -> LeaderVisit:
    found: LeaderVisit = db.one_or_404(
        select(LeaderVisit).where(LeaderVisit.contact_id == contact.id, LeaderVisit.id == visit_id)
    )
    return found


def visits(contact: LeaderContact) -> Sequence[Any]:
    query = (
        select(LeaderVisit, Enterprise.name.label("enterprise"))
        .outerjoin(
            Enterprise,
            and_(
                Enterprise.tenant_id == LeaderVisit.tenant_id,
                Enterprise.id == LeaderVisit.enterprise_id,
            ),
        )
        .where(LeaderVisit.contact_id == contact.id)
        .order_by(LeaderVisit.visited_on.desc(), LeaderVisit.id.desc())
    )
    return db.session.execute(query).all()


def listing(wanted: Wanted, on: date, *, cursor: str | None = None) -> Page:
    """Contacts with the visits of the year against those due, by leader."""
    return leaf(
        _listed(wanted, on), [Key(LeaderContact.leader), Key(LeaderContact.id)], cursor=cursor
    )


def for_export(wanted: Wanted, on: date) -> Iterator[Any]:
    query = _listed(wanted, on).order_by(LeaderContact.leader, LeaderContact.id)
    yield from db.session.execute(query)


def _visited(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(LeaderVisit)
        .where(
            LeaderVisit.tenant_id == LeaderContact.tenant_id,
            LeaderVisit.contact_id == LeaderContact.id,
            *conditions,
        )
        .correlate(LeaderContact)
        .scalar_subquery()
    )


def _listed(wanted: Wanted, on: date) -> Select[*tuple[Any, ...]]:
    this_year = _visited(LeaderVisit.visited_on >= date(on.year, 1, 1))
    still_open = _visited(LeaderVisit.outcome == "open", LeaderVisit.settled_on.is_(None))
    came_of_it = _visited(LeaderVisit.outcome.not_in(("open", "none")))
    query = (
        select(
            LeaderContact.id, LeaderContact.leader, LeaderContact.post, LeaderContact.industry,
            LeaderContact.area, LeaderContact.since_on, LeaderContact.until_on,
            LeaderContact.visits_due, LeaderContact.enterprise_id,
            Enterprise.name.label("enterprise"), Supervisor.name.label("supervisor"),
            this_year.label("visited"), still_open.label("open_steps"),
            came_of_it.label("results"),
        )
        .outerjoin(
            Enterprise,
            and_(
                Enterprise.tenant_id == LeaderContact.tenant_id,
                Enterprise.id == LeaderContact.enterprise_id,
            ),
        )
        .outerjoin(
            Supervisor,
            and_(
                Supervisor.tenant_id == LeaderContact.tenant_id,
                Supervisor.id == LeaderContact.supervisor_id,
            ),
        )
    )  # fmt: skip
    if wanted.q:
        query = query.where(
            or_(
                LeaderContact.leader.icontains(wanted.q, autoescape=True),
                Enterprise.name.icontains(wanted.q, autoescape=True),
            )
        )
    if wanted.show != "all":
        query = query.where(or_(LeaderContact.until_on.is_(None), LeaderContact.until_on >= on))
    if wanted.show == "due":
        query = query.where(this_year < LeaderContact.visits_due)
    elif wanted.show == "open":
        query = query.where(still_open > 0)
    return query


def sums(on: date) -> dict[str, int]:
    """Leaders, contacts, visits of the year against those due, and what came of them."""
    now = or_(LeaderContact.until_on.is_(None), LeaderContact.until_on >= on)
    leaders, contacts, due = db.session.execute(
        select(
            func.count(func.distinct(LeaderContact.leader)),
            func.count(),
            func.coalesce(func.sum(LeaderContact.visits_due), 0),
        ).where(now)
    ).one()
    made, results, open_steps = db.session.execute(
        select(
            func.count(),
            func.count().filter(LeaderVisit.outcome.not_in(("open", "none"))),
            func.count().filter(LeaderVisit.outcome == "open", LeaderVisit.settled_on.is_(None)),
        ).where(LeaderVisit.visited_on >= date(on.year, 1, 1))
    ).one()
    return {
        "leaders": leaders, "contacts": contacts, "due": int(due), "visits": made,
        "results": results, "open_steps": open_steps,
    }  # fmt: skip
