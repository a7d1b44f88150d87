"""The verbs of a plan: whose workers are asked, by which questions, until when; the boxes of Q2."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from blueprints.bargaining.ground.packs import packs_for
from blueprints.contracts.ground import queries as contracts
from blueprints.contracts.ground.models import Contract, ContractClause, Reach
from blueprints.contracts.papers.summary import words_of
from blueprints.evaluation import habits, queries
from blueprints.evaluation.models import (
    InstrumentState,
    Invitation,
    Respondent,
    Survey,
    SurveyContent,
    SurveyInstrument,
    SurveyScope,
    SurveyState,
)
from rules.broken import RuleBroken
from rules.survey import STANDARD, Question, instrument
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.scope import current_tenant_id

TOKEN_BYTES = 24
TRUE_ITEMS, FALSE_ITEMS = 4, 3  # as many boxes as fit a phone without scrolling
SCOPE_COLUMNS: Mapping[str, str] = {
    SurveyScope.CONTRACT: "contract_id",
    SurveyScope.CAMPAIGN: "campaign_id",
    SurveyScope.AREA: "area",
    SurveyScope.PORTFOLIO: "supervisor_id",
}
STALE = Text(
    "这份问卷调查刚被别人改过，请看过现在的内容再保存。",
    "Somebody else has just changed this survey; look at it as it is now, then save again.",
)
FIXED = Text("调查已经开始，不能再改。", "It has begun and cannot be changed any more.")


@dataclass(frozen=True)
class Plan:
    """What is decided about a survey before it is opened."""

    name: str
    respondents: Sequence[str]
    opens_on: date
    closes_on: date
    sampling: str
    sample_wanted: int
    instrument_id: int | None = None


def plan(
    scope: str, ident: str | int, planned: Plan, *, by_id: int, units: int | None = None
) -> Survey:
    """Draw a survey up: its links, and the boxes of question 2 out of each contract.

    `units` draws so many of the units by lot; the draw can be repeated, it goes by name and day.
    """
    survey = Survey(
        state=SurveyState.PLANNED, scope=scope, smallest_cell=habits.smallest_cell(),
        planned_by_id=by_id, version=1,
    )  # fmt: skip
    setattr(survey, SCOPE_COLUMNS[scope], ident)
    _take_over(survey, planned)
    db.session.add(survey)
    db.session.flush()
    found = queries.pool(scope, ident, today())
    invite(survey, drawn(found, units, f"{planned.name}{planned.opens_on}"))
    propose_contents(survey)
    trail.record("survey.planned", survey, name=survey.name, units=min(units or 10**9, len(found)))
    return survey


def change(survey: Survey, planned: Plan, *, version: int) -> None:
    """Until it is opened everything but whose workers are asked can be changed."""
    if survey.state != SurveyState.PLANNED:
        raise RuleBroken(FIXED)
    if survey.version != version:
        raise RuleBroken(STALE)
    asked = set(survey.respondents)
    _take_over(survey, planned)
    survey.version += 1
    db.session.flush()
    if set(planned.respondents) != asked:
        units = {
            row.enterprise_id: (row.contract_id, row.area, row.industry, row.people)
            for row in queries.places(survey.id)
        }
        db.session.execute(delete(Invitation).where(Invitation.survey_id == survey.id))
        _invite(survey, units)
    trail.record("survey.changed", survey, name=survey.name)


def _take_over(survey: Survey, planned: Plan) -> None:
    survey.name, survey.sampling = planned.name, planned.sampling
    survey.respondents = [str(one) for one in Respondent if one in set(planned.respondents)]
    survey.opens_on, survey.closes_on = planned.opens_on, planned.closes_on
    survey.sample_wanted = planned.sample_wanted
    own = queries.get_instrument(planned.instrument_id) if planned.instrument_id else None
    if own is not None and own.state != InstrumentState.APPROVED:
        raise RuleBroken(Text("这一版问卷没有审定。", "This version of the form is not approved."))
    survey.instrument_id = own.id if own else None
    survey.standard = own.base if own else STANDARD
    survey.instrument_version = own.version if own else STANDARD
    survey.questions = [one.to_json() for one in questions_of(own)]


def questions_of(own: SurveyInstrument | None) -> list[Question]:
    """The standard form, and what a federation adds at its end."""
    standard = list(instrument(own.base if own else STANDARD).questions)
    return standard + ([Question.from_json(one) for one in own.questions] if own else [])


def drawn(found: Sequence[Any], units: int | None, seed: str) -> Sequence[Any]:
    """So many of them by lot; all where nothing is said."""
    if units is None or units >= len(found):
        return found
    lots = sorted(found, key=lambda row: hashlib.sha256(f"{seed}:{row.id}".encode()).digest())
    return lots[:units]


def invite(survey: Survey, found: Sequence[Any]) -> None:
    units = {row.id: (row.contract_id, row.area, row.industry, row.headcount) for row in found}
    _invite(survey, units)


def _invite(survey: Survey, units: Mapping[int, tuple[Any, ...]]) -> None:
    """A link for each unit and each group that is asked there."""
    rows = [
        {
            "tenant_id": current_tenant_id(), "survey_id": survey.id, "enterprise_id": unit,
            "contract_id": contract_id, "respondent": str(respondent), "area": area,
            "industry": industry, "token": secrets.token_urlsafe(TOKEN_BYTES),
            "people": people if respondent == Respondent.WORKERS else None,
        }
        for unit, (contract_id, area, industry, people) in units.items()
        for respondent in survey.respondents
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(Invitation), rows)


def remove_unit(survey: Survey, enterprise_id: int) -> None:
    """A unit is not asked after all."""
    if survey.state != SurveyState.PLANNED:
        raise RuleBroken(FIXED)
    db.session.execute(
        delete(Invitation).where(
            Invitation.survey_id == survey.id, Invitation.enterprise_id == enterprise_id
        )
    )
    trail.record("survey.unit_removed", survey, enterprise=enterprise_id)


@dataclass(frozen=True)
class Box:
    """A box of question 2, before it is written down."""

    words: Text
    in_contract: bool


def propose_contents(survey: Survey) -> None:
    """Some of what each contract says, and some of what it does not, for the officer to look at."""
    for contract_id in queries.contracts_asked(survey.id):
        write_contents(survey, contract_id, proposed(contracts.get_contract(contract_id)))


def proposed(contract: Contract) -> list[Box]:
    rows = contracts.clauses(contract)
    true = [Box(words, in_contract=True) for words in _said(rows)[:TRUE_ITEMS]]
    kinds = {row.kind for row in rows}
    false = [
        Box(clause.title, in_contract=False)
        for pack in packs_for(contract.industry, regional=contract.level == Reach.REGIONAL)
        for clause in pack.clauses
        if clause.type not in kinds and clause.title.zh not in contract.text
    ]
    return [*true, *false[:FALSE_ITEMS]] if true else []


def _said(rows: Sequence[ContractClause]) -> list[Text]:
    """What the clauses say in plain words, one of each kind before the second of any."""
    found: dict[str, list[Text]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(words_of(row))
    deepest = max(map(len, found.values()), default=0)
    lines = [kind[n] for n in range(deepest) for kind in found.values() if n < len(kind)]
    return list({line.zh: line for line in lines}.values())


def write_contents(survey: Survey, contract_id: int, boxes: Sequence[Box]) -> None:
    """The boxes of one contract. Written in an order that tells nobody which are true."""
    if survey.state != SurveyState.PLANNED:
        raise RuleBroken(FIXED)
    db.session.execute(
        delete(SurveyContent).where(
            SurveyContent.survey_id == survey.id, SurveyContent.contract_id == contract_id
        )
    )
    known = {box.words.zh: box for box in reversed(boxes)}
    mixed = sorted(known.values(), key=lambda box: hashlib.sha256(box.words.zh.encode()).digest())
    for box in mixed:
        db.session.add(
            SurveyContent(
                survey_id=survey.id, contract_id=contract_id, words=box.words.zh,
                words_en=box.words.en if box.words.en != box.words.zh else None,
                in_contract=box.in_contract,
            )
        )  # fmt: skip
    db.session.flush()


def save_contents(survey: Survey, boxes: Mapping[int, Sequence[Box]]) -> None:
    """What the officer made of the proposal."""
    for contract_id, said in boxes.items():
        write_contents(survey, contract_id, said)
    trail.record("survey.contents_saved", survey, contracts=len(boxes))


def has_true_items(survey: Survey) -> bool:
    """Whether each contract asked about has something that is in it among its boxes."""
    query = select(SurveyContent.contract_id).where(
        SurveyContent.survey_id == survey.id, SurveyContent.in_contract
    )
    return set(queries.contracts_asked(survey.id)) <= set(db.session.scalars(query))
