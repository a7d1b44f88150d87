"""What contracts put on the workbench: clocks that run, objections, publications, hand-backs."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import and_, case, func, or_, select

from blueprints.contracts.ground.acting_models import ActingAuthority, AuthorityState
from blueprints.contracts.ground.filing_models import Filing, FilingState
from blueprints.contracts.ground.models import Contract, ContractState
from blueprints.contracts.ground.reaching import reached
from blueprints.shared.guards import Viewer
from blueprints.shared.read_once import read_once
from blueprints.shared.workbench_cards import Card, Due, Row, Stuck, card
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

SHOWN = 6


@read_once
def waiting(viewer: Viewer) -> dict[str, list[Any]]:
    """The contracts four cards are about, by their state, those due first, in one reading."""
    day = case(
        (Contract.state == ContractState.SIGNED, Contract.file_due_on),
        (Contract.state == ContractState.EFFECTIVE, Contract.publish_due_on),
        else_=Filing.review_ends_on,
    )
    each = Contract.state
    place = func.row_number().over(partition_by=each, order_by=(day.nulls_last(), Contract.id))
    late = func.count().filter(func.coalesce(day, today()) <= today())
    states = (
        ContractState.SIGNED, ContractState.EFFECTIVE, ContractState.FILED, ContractState.OBJECTED,
    )  # fmt: skip
    under_review = and_(
        Filing.tenant_id == Contract.tenant_id, Filing.contract_id == Contract.id,
        Filing.state == FilingState.FILED, Contract.state == ContractState.FILED,
    )  # fmt: skip
    lines = (
        select(
            Contract.id, Contract.name, Contract.document_no, Contract.state, day.label("on"),
            func.count().over(partition_by=each).label("n"),
            late.over(partition_by=each).label("late"),
            place.label("place"),
        )
        .outerjoin(Filing, under_review)
        .where(
            Contract.state.in_(states),
            or_(Contract.state != ContractState.FILED, Filing.id.is_not(None)),
            reached(viewer),
        )
        .subquery()
    )  # fmt: skip
    query = select(lines).where(lines.c.place <= SHOWN).order_by(lines.c.place)
    found: dict[str, list[Any]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.state, []).append(row)
    return found


@card(40, May.CONTRACTS_EDIT)
def to_file(viewer: Viewer) -> Card | None:
    """Signed contracts whose time to file runs."""
    rows = waiting(viewer).get(ContractState.SIGNED, [])
    return due(rows, _("Contracts to file"), "to_file", _("File the contract"))


@card(41, May.CONTRACTS_EDIT)
def to_publish(viewer: Viewer) -> Card | None:
    """Contracts in force that no worker can read yet."""
    rows = waiting(viewer).get(ContractState.EFFECTIVE, [])
    return due(rows, _("Contracts to publish"), "to_publish", _("Publish the contract"))


@card(42, May.CONTRACTS_EDIT)
def under_review(viewer: Viewer) -> Card | None:
    """When each review ends; what comes then comes by itself."""
    rows = waiting(viewer).get(ContractState.FILED, [])
    if not rows:
        return None
    return Card(
        _("Contracts under review"),
        figure=rows[0].n,
        link=url_for("contracts.index", group="review"),
        rows=[
            Row(
                row.name,
                url=url_for("contracts.show", contract_id=row.id),
                date=row.on,
                note=_("in force once the period has passed in silence"),
            )
            for row in rows
        ],
    )


@card(43, May.CONTRACTS_EDIT)
def objected(viewer: Viewer) -> Card | None:
    """Contracts whose clauses the authority sent back."""
    rows = waiting(viewer).get(ContractState.OBJECTED, [])
    if not rows:
        return None
    return Stuck(
        _("Contracts with an objection"),
        figure=rows[0].n,
        link=url_for("contracts.index", group="objected"),
        rows=[
            Row(
                row.name,
                url=url_for("contracts.show", contract_id=row.id),
                reason=_("The authority objects to some clauses."),
                waits_for=_("both sides"),
                act=_("Bargain again"),
            )
            for row in rows
        ],
    )


@card(44, May.CONTRACTS_APPROVE)
def to_decide(viewer: Viewer) -> Card | None:
    """Proposals to act for a lower union, and objections of principals."""
    one = ActingAuthority
    asked = or_(
        one.state == AuthorityState.REQUESTED,
        one.objected_at.is_not(None) & one.objection_answered_at.is_(None),
    )
    query = (
        select(one.id, one.scope_name, one.principal_name, one.state,
               func.count().over().label("n"))
        .where(asked, one.proposed_by_id != viewer.id)
        .order_by(one.id)
        .limit(SHOWN)
    )  # fmt: skip
    rows = db.session.execute(query).all()
    if not rows:
        return None
    return Stuck(
        _("Acting for lower unions: to decide"),
        figure=rows[0].n,
        link=url_for("acting.index"),
        rows=[
            Row(
                row.scope_name,
                url=url_for("acting.show", authority_id=row.id),
                note=row.principal_name,
                reason=_("It is proposed; another person decides.")
                if row.state == AuthorityState.REQUESTED
                else _("The principal objects and has no answer yet."),
                waits_for=_("you"),
                act=_("Read and decide"),
            )
            for row in rows
        ],
    )


@card(47, May.CONTRACTS_EDIT)
def to_hand_back(_viewer: Viewer) -> Card | None:
    """A union was founded or is strong again, or the planned day has come."""
    one = ActingAuthority
    query = (
        select(one.id, one.scope_name, one.handback_due_on, one.strength_note,
               func.count().over().label("n"))
        .where(
            one.state == AuthorityState.ACTING,
            or_(one.strength_at.is_not(None), one.handback_due_on <= today()),
        )
        .order_by(one.handback_due_on, one.id)
        .limit(SHOWN)
    )  # fmt: skip
    rows = db.session.execute(query).all()
    if not rows:
        return None
    return Due(
        _("Acting authorities to hand back"),
        figure=rows[0].n,
        link=url_for("acting.index", group="acting"),
        rows=[
            Row(
                row.scope_name,
                url=url_for("acting.show", authority_id=row.id),
                date=min(row.handback_due_on or today(), today()),
                what=_("Hand back to the lower union"),
                note=row.strength_note or "",
                act=_("Hand back"),
            )
            for row in rows
        ],
    )


def due(rows: Any, title: str, group: str, what: str) -> Card | None:
    if not rows:
        return None
    return Due(
        title,
        figure=rows[0].late,
        link=url_for("contracts.index", group=group),
        rows=[
            Row(
                row.name,
                url=url_for("contracts.show", contract_id=row.id),
                date=row.on,
                what=what,
                note=row.document_no,
                act=_("Open"),
            )
            for row in rows
        ],
    )
