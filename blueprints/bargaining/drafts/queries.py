"""What the pages of drafts read: versions, clauses as the rules see them, what is below a floor."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from flask import abort
from sqlalchemy import select

from blueprints.bargaining.drafts.earlier_texts import handed_in_above
from blueprints.bargaining.ground.draft_models import (
    CaseFloor,
    Clause,
    ClauseAmount,
    Draft,
    DraftState,
)
from blueprints.bargaining.ground.models import (
    BargainingCase,
    CaseEnterprise,
    CaseLevel,
    CaseState,
    Part,
)
from blueprints.bargaining.ground.queries import FRESH, seen
from blueprints.bargaining.ground.signature_models import Signing, SigningState
from blueprints.rulebook import queries as rulebook
from blueprints.shared.guards import Viewer
from blueprints.shared.read_once import read_once
from rules.clause_floors import faults_in
from rules.clauses import Quantity, Written
from rules.findings import Finding
from rules.floors import Amount, against_industry
from tenants.clock import today
from tenants.db import db
from tenants.roles import May


def get_draft(
    draft_id: int, viewer: Viewer, permission: May = May.CASES_READ, *, lock: bool = False
) -> Draft:
    """A version of a case this person reaches, or 404."""
    found = db.session.scalar(select(Draft).where(Draft.id == draft_id)) or abort(404)
    seen(found.case_id, viewer, permission, lock=lock)
    query = select(Draft).where(Draft.id == draft_id)
    return db.session.scalars(query, execution_options=FRESH if lock else {}).one()


def get_clause(
    clause_id: int, viewer: Viewer, permission: May = May.CASES_READ, *, lock: bool = False
) -> tuple[Clause, Draft]:
    """A clause and its version, or 404; locked as it now stands, so that nothing is overwritten."""
    found = db.session.scalar(select(Clause).where(Clause.id == clause_id)) or abort(404)
    draft = get_draft(found.draft_id, viewer, permission, lock=lock)
    query = select(Clause).where(Clause.id == clause_id)
    options = FRESH if lock else {}
    return db.session.scalar(query, execution_options=options) or abort(404), draft


@read_once
def drafts_of(case_id: int) -> Sequence[Draft]:
    """Every version, the latest first."""
    query = select(Draft).where(Draft.case_id == case_id).order_by(Draft.version.desc())
    return db.session.scalars(query).all()


def open_draft(case_id: int) -> Draft | None:
    return next((one for one in drafts_of(case_id) if one.state == DraftState.OPEN), None)


def agreed_draft(case_id: int) -> Draft | None:
    """The latest version both sides agreed on."""
    return next((one for one in drafts_of(case_id) if one.state == DraftState.AGREED), None)


def clauses_of(draft_id: int) -> Sequence[Clause]:
    query = select(Clause).where(Clause.draft_id == draft_id).order_by(Clause.place, Clause.id)
    return db.session.scalars(query).all()


def amounts_of(clause_ids: Iterable[int]) -> dict[int, list[ClauseAmount]]:
    query = select(ClauseAmount).where(ClauseAmount.clause_id.in_(list(clause_ids)))
    found: dict[int, list[ClauseAmount]] = {}
    for one in db.session.scalars(query.order_by(ClauseAmount.id)):
        found.setdefault(one.clause_id, []).append(one)
    return found


def quantity(one: ClauseAmount) -> Quantity:
    return Quantity(
        one.measure, one.subject, one.amount, one.unit, one.trade, one.grade, one.from_on
    )


def written(draft_id: int) -> list[Written]:
    """The clauses of a version in order, as the rules see them."""
    rows = clauses_of(draft_id)
    amounts = amounts_of(row.id for row in rows)
    return [
        Written(
            row.key, row.kind, row.heading, row.body,
            tuple(quantity(one) for one in amounts.get(row.id, ())),
        )
        for row in rows
    ]  # fmt: skip


@read_once
def floors_of(case_id: int) -> Sequence[CaseFloor]:
    query = select(CaseFloor).where(CaseFloor.case_id == case_id).order_by(CaseFloor.id)
    return db.session.scalars(query).all()


def minima(case_id: int) -> dict[str, Decimal]:
    """The legal minimum pay on record for a case, by its unit."""
    return {one.unit: one.amount for one in floors_of(case_id) if one.measure == "pay"}


def faults_of(case: BargainingCase, draft: Draft) -> list[Finding]:
    """Everything in a version that lies below a floor: the law's, or a contract above it."""
    quantities = [one for clause in written(draft.id) for one in clause.quantities]
    book = rulebook.book(today())
    found = faults_in(quantities, minima(case.id), book, case.contract_kind)
    above = [_amount(one) for one in [*industry_floors(case), *handed_in_above(case)]]
    mine = [_amount(one) for one in quantities]
    rule = book.rule("industry.hierarchy", case.contract_kind)
    return found + against_industry(mine, above, rule)


def _amount(one: Quantity) -> Amount:
    """By its subject, trade and grade: these make one figure comparable with another."""
    name = f"{one.subject}（{one.whom}）" if one.whom else one.subject
    return Amount(name, one.amount, one.unit)


def industry_floors(case: BargainingCase) -> list[Quantity]:
    """Figures of the industry or regional text that was signed for this case's enterprise."""
    if case.level != CaseLevel.ENTERPRISE:
        return []
    mine = select(CaseEnterprise.enterprise_id).where(
        CaseEnterprise.case_id == case.id, CaseEnterprise.part != Part.LEFT
    )
    query = (
        select(Signing.draft_id)
        .join(
            BargainingCase,
            (BargainingCase.tenant_id == Signing.tenant_id)
            & (BargainingCase.id == Signing.case_id),
        )
        .join(
            CaseEnterprise,
            (CaseEnterprise.tenant_id == BargainingCase.tenant_id)
            & (CaseEnterprise.case_id == BargainingCase.id),
        )
        .where(
            Signing.state == SigningState.SIGNED,
            Signing.term_from <= today(),
            Signing.term_to >= today(),
            BargainingCase.level != CaseLevel.ENTERPRISE,
            BargainingCase.state.not_in((CaseState.EXPIRED, CaseState.LAPSED)),
            CaseEnterprise.enterprise_id.in_(mine),
            CaseEnterprise.part != Part.LEFT,
        )
        .distinct()
    )
    ids = db.session.scalars(query).all()
    return [one for ident in ids for clause in written(ident) for one in clause.quantities]


def last_contract(case: BargainingCase) -> Draft | None:
    """The text last signed for the same parties: the one this case is to follow on, to compare."""
    query = (
        select(Draft)
        .join(Signing, (Signing.tenant_id == Draft.tenant_id) & (Signing.draft_id == Draft.id))
        .join(
            BargainingCase,
            (BargainingCase.tenant_id == Signing.tenant_id)
            & (BargainingCase.id == Signing.case_id),
        )
        .where(
            Signing.state == SigningState.SIGNED,
            BargainingCase.id != case.id,
            BargainingCase.level == case.level,
            BargainingCase.contract_kind == case.contract_kind,
        )
        .order_by(Signing.signed_on.desc())
        .limit(1)
    )
    if case.level == CaseLevel.ENTERPRISE:
        mine = select(CaseEnterprise.enterprise_id).where(CaseEnterprise.case_id == case.id)
        theirs = select(CaseEnterprise.case_id).where(CaseEnterprise.enterprise_id.in_(mine))
        query = query.where(BargainingCase.id.in_(theirs))
    else:
        query = query.where(
            BargainingCase.industry.is_not_distinct_from(case.industry),
            BargainingCase.area.is_not_distinct_from(case.area),
            BargainingCase.territory.is_not_distinct_from(case.territory),
        )
    return db.session.scalar(query)
