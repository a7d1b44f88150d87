"""What the pages of the surveys read. The session adds the federation; nobody here does."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, Select, exists, func, literal, or_, select, true, union_all
from sqlalchemy.dialects.postgresql import distinct_on

from blueprints.contracts.ground.membership_models import Membership
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.ground.queries import binding, in_force
from blueprints.evaluation.models import (
    Invitation,
    Survey,
    SurveyAnswer,
    SurveyContent,
    SurveyInstrument,
    SurveyScope,
)
from blueprints.offers.ground.models import Offer
from blueprints.registry.kinds import Status
from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.shared.guards import Viewer
from blueprints.supervisors.queries import served_by
from tenants.db import db
from tenants.roles import May, Scope


def reached(viewer: Viewer, permission: May = May.SURVEYS_READ) -> ColumnElement[bool]:
    """The condition on Survey that holds for those that ask at a unit of this person's."""
    if viewer.reach(permission) is Scope.ALL:
        return true()
    return exists().where(
        Invitation.tenant_id == Survey.tenant_id,
        Invitation.survey_id == Survey.id,
        Invitation.enterprise_id.in_(select(Enterprise.id).where(within_reach(viewer, permission))),
    )


def seen(
    survey_id: int, viewer: Viewer, permission: May = May.SURVEYS_READ, *, lock: bool = False
) -> Survey:
    """The survey if this person's permission reaches it; else it does not exist."""
    query = select(Survey).where(Survey.id == survey_id, reached(viewer, permission))
    return db.session.scalar(query.with_for_update(of=Survey) if lock else query) or abort(404)


def get_survey(survey_id: int, *, lock: bool = False) -> Survey:
    query = select(Survey).where(Survey.id == survey_id)
    return db.session.scalar(query.with_for_update() if lock else query) or abort(404)


def links_asked() -> Select[Survey, Invitation, str]:
    """Every link with its survey and the name of the unit."""
    return (
        select(Survey, Invitation, Enterprise.name)
        .join(
            Invitation,
            (Invitation.tenant_id == Survey.tenant_id) & (Invitation.survey_id == Survey.id),
        )
        .join(
            Enterprise,
            (Enterprise.tenant_id == Invitation.tenant_id)
            & (Enterprise.id == Invitation.enterprise_id),
        )
    )


def invitation_behind(token: str) -> tuple[Survey, Invitation, str] | None:
    """What a link asks, where, and the name of the unit."""
    found = db.session.execute(links_asked().where(Invitation.token == token)).one_or_none()
    return None if found is None else (found[0], found[1], found[2])


def seen_invitation(
    survey: Survey, invitation_id: int, viewer: Viewer, permission: May, *, lock: bool = False
) -> tuple[Invitation, str]:
    """One link of a survey with the name of its unit, if this person reaches the unit."""
    query = (
        select(Invitation, Enterprise.name)
        .join(
            Enterprise,
            (Enterprise.tenant_id == Invitation.tenant_id)
            & (Enterprise.id == Invitation.enterprise_id),
        )
        .where(
            Invitation.id == invitation_id,
            Invitation.survey_id == survey.id,
            within_reach(viewer, permission),
        )
    )
    found = db.session.execute(query.with_for_update(of=Invitation) if lock else query).first()
    return (found[0], found[1]) if found else abort(404)


def places(survey_id: int, viewer: Viewer | None = None) -> Sequence[Any]:
    """Every link of a survey with its unit and how many forms came back; those in reach only."""
    returned = (
        select(func.count())
        .where(
            SurveyAnswer.tenant_id == Invitation.tenant_id,
            SurveyAnswer.invitation_id == Invitation.id,
        )
        .correlate(Invitation)
        .scalar_subquery()
    )
    query = (
        select(
            Invitation.id, Invitation.enterprise_id, Invitation.contract_id, Invitation.respondent,
            Invitation.token, Invitation.area, Invitation.industry, Invitation.people,
            Invitation.handed_out, Invitation.by_code_only, Enterprise.name,
            Contract.name.label("contract"),
            returned.label("returned"),
        )
        .join(
            Enterprise,
            (Enterprise.tenant_id == Invitation.tenant_id)
            & (Enterprise.id == Invitation.enterprise_id),
        )
        .join(
            Contract,
            (Contract.tenant_id == Invitation.tenant_id) & (Contract.id == Invitation.contract_id),
        )
        .where(Invitation.survey_id == survey_id)
        .order_by(Enterprise.sort_key, Enterprise.id, Invitation.respondent.desc())
    )  # fmt: skip
    if viewer is not None:
        query = query.where(within_reach(viewer, May.SURVEYS_READ))
    return db.session.execute(query).all()


def contents_of(survey_id: int) -> Sequence[SurveyContent]:
    """The boxes of question 2, contract by contract, in the order in which they are shown."""
    query = select(SurveyContent).where(SurveyContent.survey_id == survey_id)
    return db.session.scalars(query.order_by(SurveyContent.contract_id, SurveyContent.id)).all()


def contents_for(invitation: Invitation) -> Sequence[SurveyContent]:
    return [
        one
        for one in contents_of(invitation.survey_id)
        if one.contract_id == invitation.contract_id
    ]


def contracts_asked(survey_id: int) -> Mapping[int, str]:
    """The contracts that a survey asks about, by name."""
    asked = select(Invitation.contract_id).where(Invitation.survey_id == survey_id)
    query = select(Contract.id, Contract.name).where(Contract.id.in_(asked))
    return {row.id: row.name for row in db.session.execute(query.order_by(Contract.id))}


def forms_of(survey_id: int) -> Sequence[tuple[int, dict[str, list[str]]]]:
    """Every form that came back, with the link it came by."""
    query = (
        select(SurveyAnswer.invitation_id, SurveyAnswer.ticked)
        .join(
            Invitation,
            (Invitation.tenant_id == SurveyAnswer.tenant_id)
            & (Invitation.id == SurveyAnswer.invitation_id),
        )
        .where(Invitation.survey_id == survey_id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def units_under_contract(on: date, *narrowed: ColumnElement[bool]) -> Select[Any]:
    """Active units bound by a contract in force on a day, each with the latest one."""
    pairs = union_all(
        select(Membership.enterprise_id, Contract.id.label("contract_id"), Contract.effective_on)
        .join(
            Contract,
            (Contract.tenant_id == Membership.tenant_id) & (Contract.id == Membership.contract_id),
        )
        .where(*binding(on), in_force(on)),
        select(Contract.enterprise_id, Contract.id.label("contract_id"), Contract.effective_on)
        .where(Contract.enterprise_id.is_not(None), in_force(on)),
    ).subquery("bound")  # fmt: skip
    return (
        select(
            Enterprise.id, pairs.c.contract_id, Enterprise.name, Enterprise.area,
            Enterprise.industry, Enterprise.headcount,
        )
        .ext(distinct_on(Enterprise.id))
        .join(pairs, pairs.c.enterprise_id == Enterprise.id)
        .where(Enterprise.status == Status.ACTIVE, *narrowed)
        .order_by(Enterprise.id, pairs.c.effective_on.desc(), pairs.c.contract_id.desc())
    )  # fmt: skip


def pool(scope: str, ident: str | int, on: date) -> Sequence[Any]:
    """The units that a scope holds: id, contract_id, area, industry, headcount."""
    if scope == SurveyScope.CAMPAIGN:
        addressed = select(Offer.enterprise_id).where(Offer.campaign_id == int(ident))
        narrowed: ColumnElement[bool] = Enterprise.id.in_(addressed)
    elif scope == SurveyScope.AREA:
        narrowed = Enterprise.area == str(ident)
    elif scope == SurveyScope.PORTFOLIO:
        narrowed = Enterprise.id.in_(served_by(int(ident), on))
    else:
        return _under(int(ident), on)
    return db.session.execute(units_under_contract(on, narrowed)).all()


def _under(contract_id: int, on: date) -> Sequence[Any]:
    """The units that one contract binds, whatever else binds them."""
    member = exists().where(
        Membership.tenant_id == Enterprise.tenant_id,
        Membership.enterprise_id == Enterprise.id,
        Membership.contract_id == contract_id,
        *binding(on),
    )
    query = (
        select(
            Enterprise.id, literal(contract_id).label("contract_id"), Enterprise.name,
            Enterprise.area, Enterprise.industry, Enterprise.headcount,
        )
        .join(
            Contract, (Contract.tenant_id == Enterprise.tenant_id) & (Contract.id == contract_id)
        )
        .where(
            Enterprise.status == Status.ACTIVE,
            in_force(on),
            or_(member, Contract.enterprise_id == Enterprise.id),
        )
        .order_by(Enterprise.id)
    )  # fmt: skip
    return db.session.execute(query).all()


def instruments(state: str | None = None) -> Sequence[SurveyInstrument]:
    query = select(SurveyInstrument).order_by(SurveyInstrument.id.desc())
    return db.session.scalars(
        query.where(SurveyInstrument.state == state) if state else query
    ).all()


def get_instrument(instrument_id: int, *, lock: bool = False) -> SurveyInstrument:
    query = select(SurveyInstrument).where(SurveyInstrument.id == instrument_id)
    return db.session.scalar(query.with_for_update() if lock else query) or abort(404)


def closed_about(contract_id: int) -> Sequence[Survey]:
    """Closed surveys that asked about a contract, the newest first."""
    asked = exists().where(
        Invitation.tenant_id == Survey.tenant_id,
        Invitation.survey_id == Survey.id,
        Invitation.contract_id == contract_id,
    )
    query = select(Survey).where(Survey.closed_at.is_not(None), asked)
    return db.session.scalars(query.order_by(Survey.closed_at.desc(), Survey.id.desc())).all()


def about_contract(contract_id: int, viewer: Viewer) -> Sequence[Survey]:
    asked = exists().where(
        Invitation.tenant_id == Survey.tenant_id,
        Invitation.survey_id == Survey.id,
        Invitation.contract_id == contract_id,
    )
    query = select(Survey).where(asked, reached(viewer)).order_by(Survey.id.desc())
    return db.session.scalars(query.limit(10)).all()
