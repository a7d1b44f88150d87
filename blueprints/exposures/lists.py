"""The board as a list: what may be asked of it, the page that answers, and the sheet of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, case, exists, func, literal, or_, select

from blueprints.exposures import reading
from blueprints.exposures.board import Line, lines
from blueprints.exposures.models import ENDED, Exposure, ExposureState
from blueprints.exposures.step_models import ExposureStep, StepKind, StepState
from blueprints.offers.ground.deadlines import REPLY
from blueprints.offers.ground.lists import plain_number
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.offers.ground.service_models import Deadline, Finding, Reply
from blueprints.registry.areas import area_name
from blueprints.registry.models import Enterprise
from blueprints.registry.queries import found_by
from blueprints.shared.languages import said
from blueprints.shared.paging import Key, Page, leaf
from rules.words import Text
from tenants.clock import today
from tenants.db import db

CLIMBING = (OfferState.OVERDUE, OfferState.REMINDED, OfferState.ESCALATED)
FAR = date(9999, 12, 31)
CASES: Mapping[str, tuple[ExposureState, ...]] = {
    "proposed": (ExposureState.PROPOSED, ExposureState.LEGAL_CHECK),
    "hearing": (
        ExposureState.NOTICED, ExposureState.REPLY_RECEIVED, ExposureState.REPLY_WAIVED,
    ),
    "decided": (ExposureState.DECIDED_PUBLISH,),
    "public": (
        ExposureState.PUBLISHED, ExposureState.OBJECTION_MARKED, ExposureState.UPHELD,
        ExposureState.CORRECTED,
    ),
}  # fmt: skip
GROUPS: Mapping[str, Text] = {
    "": Text("全部", "All"),
    "overdue": Text("尚未催告", "No demand letter yet"),
    "reminded": Text("已催告", "Demand letter"),
    "escalated": Text("监督中", "Supervision"),
    "proposed": Text("提出和审核", "Proposal and check"),
    "hearing": Text("听取陈述", "Being heard"),
    "decided": Text("决定公开", "Decided"),
    "public": Text("公开中", "Public"),
}


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar, as they stand in the address."""

    q: str = ""
    group: str = ""
    area: str = ""
    due: str = ""  # "past": its term is over; "soon": ends within a week
    sort: str = "term"
    cursor: str | None = None

    @property
    def filtered(self) -> bool:
        return bool(self.q or self.group or self.area or self.due)

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        return cls(
            q=args.get("q", "").replace("\x00", "").strip()[:100],
            group=args.get("group", "") if args.get("group") in GROUPS else "",
            area=args.get("area", "").replace("\x00", "")[:6],
            due=args.get("due", "") if args.get("due") in {"past", "soon"} else "",
            sort=args.get("sort", "term"),
            cursor=args.get("cursor"),
        )


def _of_offer(column: Any, *conditions: ColumnElement[bool]) -> Any:
    return select(column).where(*conditions).correlate(Offer).scalar_subquery()


_RUNNING = (
    Exposure.tenant_id == Offer.tenant_id,
    Exposure.offer_id == Offer.id,
    Exposure.state.not_in(ENDED),
)
_STATE: ColumnElement[str | None] = _of_offer(Exposure.state, *_RUNNING)
_ends_on: ColumnElement[date] = func.coalesce(
    _of_offer(
        func.coalesce(Exposure.expires_on, Exposure.window_ends_on, Exposure.objection_due_on),
        *_RUNNING,
    ),
    _of_offer(
        func.max(ExposureStep.due_on),
        ExposureStep.tenant_id == Offer.tenant_id,
        ExposureStep.offer_id == Offer.id,
        ExposureStep.kind.in_((StepKind.DEMAND, StepKind.OPINION)),
        ExposureStep.state != StepState.DROPPED,
    ),
    _of_offer(
        func.max(func.greatest(Deadline.due_on, Deadline.longest_on)),
        Deadline.tenant_id == Offer.tenant_id,
        Deadline.subject_kind == Offer.__tablename__,
        Deadline.subject_id == Offer.id,
        Deadline.rule_key == REPLY,
    ),
    literal(FAR),
)
_REFUSED = (Offer.state == OfferState.ANSWERED_NO) & exists().where(
    Reply.tenant_id == Offer.tenant_id,
    Reply.offer_id == Offer.id,
    Reply.replaced_at.is_(None),
    Reply.finding == Finding.IMPROPER,
)
_DEMANDED = exists().where(  # of those who refused: a demand letter is out, not only proposed
    ExposureStep.tenant_id == Offer.tenant_id,
    ExposureStep.offer_id == Offer.id,
    ExposureStep.kind == StepKind.DEMAND,
    ExposureStep.state.in_((StepState.ISSUED, StepState.SERVED, StepState.DONE)),
)
_ORDERS: Mapping[str, tuple[Key, ...]] = {
    "term": (Key(_ends_on), Key(Offer.id)),
    "name": (Key(Enterprise.sort_key), Key(Offer.id)),
    "stage": (Key(func.coalesce(_STATE, Offer.state)), Key(Offer.id)),
}


def order_of(sort: str) -> tuple[Key, ...]:
    """The keys of an order; "-term" turns it round, and a word we do not know is "term"."""
    keys = _ORDERS.get(sort.removeprefix("-"), _ORDERS["term"])
    return tuple(Key(key.column, descending=sort.startswith("-")) for key in keys)


def in_group(name: str) -> ColumnElement[bool]:
    """A case stands in the group of its exposure, where it has one, else in that of its offer."""
    if name in CASES:
        return func.coalesce(_STATE, "").in_(CASES[name])
    if name == OfferState.OVERDUE:
        return ((Offer.state == name) | (_REFUSED & ~_DEMANDED)) & _STATE.is_(None)
    if name == OfferState.REMINDED:
        return ((Offer.state == name) | (_REFUSED & _DEMANDED)) & _STATE.is_(None)
    if name in CLIMBING:
        return (Offer.state == name) & _STATE.is_(None)
    return Offer.state.in_(CLIMBING) | _REFUSED | _STATE.is_not(None)


def narrowed(query: Select[*tuple[Any, ...]], asked: Asked) -> Select[*tuple[Any, ...]]:
    query = query.join(
        Enterprise,
        (Enterprise.tenant_id == Offer.tenant_id) & (Enterprise.id == Offer.enterprise_id),
    )
    return query.where(*_conditions(asked))


def _conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    yield in_group(asked.group)
    if asked.q:
        yield or_(
            found_by(asked.q),
            Offer.addressee_name.icontains(asked.q, autoescape=True),
            Offer.document_no.contains(plain_number(asked.q), autoescape=True),
        )
    if asked.area:
        yield Enterprise.area == asked.area
    if asked.due == "past":
        yield _ends_on < literal(today())
    elif asked.due == "soon":
        yield _ends_on.between(today(), date.fromordinal(today().toordinal() + 7))


def page_of(asked: Asked) -> Page:
    query = narrowed(select(Offer.id).select_from(Offer), asked)
    return leaf(query, order_of(asked.sort), cursor=asked.cursor)


def counts(asked: Asked) -> dict[str, int]:
    """How many stand in each group, by the other questions of the filter, in one statement."""
    told = [func.sum(case((in_group(name), 1), else_=0)).label(f"n{n}")
            for n, name in enumerate(GROUPS)]  # fmt: skip
    query = narrowed(select(*told).select_from(Offer), replace(asked, group=""))
    return dict(
        zip(GROUPS, map(int, (n or 0 for n in db.session.execute(query).one())), strict=True)
    )


def lines_of(ids: Sequence[int]) -> list[Line]:
    """The lines of these offers, in their order, in the same few statements for one or many."""
    if not ids:
        return []
    offers = db.session.scalars(select(Offer).where(Offer.id.in_(ids))).all()
    cases = reading.cases(offers)
    return lines(cases[ident] for ident in ids)


def exported(asked: Asked) -> Iterator[list[Any]]:
    """The rows of the sheet: just what is filtered, in the order shown."""
    query = narrowed(select(Offer.id, Enterprise.area).select_from(Offer), asked)
    keys = order_of(asked.sort)
    rows = db.session.execute(query.order_by(*(k.ordered for k in keys))).all()
    places = {row.id: row.area for row in rows}
    for line in lines_of(list(places)):
        yield [
            line.offer.addressee_name, line.offer.document_no,
            said(area_name(places[line.offer.id])), said(line.at), said(line.next), line.on,
            said(line.why) if line.why else "",
        ]  # fmt: skip


def heads() -> list[str]:
    return [
        _("Enterprise"), _("Document number"), _("Area"), _("Stands at"), _("What is next"),
        _("Term"), _("What blocks it"),
    ]  # fmt: skip
