"""The assessment of a contract: reckoned, commented by both sides, confirmed, read by workers."""

from typing import Any, cast

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.contracts.assessment import actions
from blueprints.contracts.assessment.models import Assessment, AssessmentState
from blueprints.contracts.assessment.words import scores, worker_summary
from blueprints.contracts.ground.asking import ask
from blueprints.contracts.ground.labels import titled
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.ground.queries import seen
from blueprints.contracts.performance import finding_forms as forms
from blueprints.contracts.performance.check_views import FILES, bp, first_time
from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.model import Letter
from blueprints.notices.wordings import text_in_force
from blueprints.offers.ground.letters import rendered
from blueprints.rulebook.queries import names_of
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import language, said
from blueprints.shared.trail.words import history
from rules.assessment import GRADE_NAMES, ITEM_NAMES, Grade
from rules.words import Text
from tenants import trail
from tenants.db import db
from tenants.federation import this_federation
from tenants.roles import May

LETTER = "23-performance-assessment"
BEGIN = Text("开展履约评估", "Assess the contract")
BEGIN_SAYS = Text(
    "分数由检查、告知、公布、报告、整改和问卷记录算出；双方看过并发表意见后，由他人确认。每个期限评估一次。",
    "Points are reckoned from checks, letters, postings, reports, corrections and surveys; both "
    "sides see them and comment, then another person confirms. It is done once a term.",
)
REVISE = Text("双方意见，重新计算", "Comments of both sides; reckon again")
CONFIRM = Text("确认评估结果", "Confirm the assessment")


@bp.route("/contracts/<int:contract_id>/assessment/new", methods=["GET", "POST"])
@requires(May.PERFORMANCE_EDIT)
def assess(contract_id: int) -> ResponseReturnValue:
    """Score the term so far."""
    contract = seen(contract_id, viewer(), lock=request.method == "POST")
    form = forms.AssessForm()
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        back = url_for("contracts.show", contract_id=contract_id)
        return ask(BEGIN, form, back=back, says=BEGIN_SAYS, about=contract.name, status=status)
    actions.begin(
        contract, assessors=form.assessors.data, next_round=form.next_round.data,
        by_id=viewer().id,
    )  # fmt: skip
    db.session.commit()
    return moved(url_for(".assessment", contract_id=contract_id))


@bp.get("/contracts/<int:contract_id>/assessment")
@requires(May.CONTRACTS_READ)
def assessment(contract_id: int) -> ResponseReturnValue:
    """The points, what they rest on, what both sides say, and what workers can read."""
    contract, row = both(contract_id)
    return render_template(
        "performance/assessment.html", contract=contract, row=row,
        items={item.value: said(words) for item, words in ITEM_NAMES.items()},
        grade=said(GRADE_NAMES[Grade(row.grade)]) if row.grade else None,
        summary=worker_summary(contract, row), people=names_of(known(row)),
        open_acts=open_acts(row, contract), course=history(trail.of(row)),
    )  # fmt: skip


@bp.route("/contracts/<int:contract_id>/assessment/comments", methods=["GET", "POST"])
@requires(May.PERFORMANCE_EDIT)
def revise(contract_id: int) -> ResponseReturnValue:
    contract, row = both(contract_id, lock=request.method == "POST")
    names = ("assessors", "next_round", "employer_comment", "worker_comment", "version")
    form = forms.ReviseForm(**first_time({name: getattr(row, name) for name in names}))
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        back = url_for(".assessment", contract_id=contract_id)
        return ask(REVISE, form, back=back, about=contract.name, status=status)
    actions.revise(
        row, contract, assessors=form.assessors.data, next_round=form.next_round.data,
        employer_comment=form.employer_comment.data or None,
        worker_comment=form.worker_comment.data or None, version=int(form.version.data),
    )  # fmt: skip
    db.session.commit()
    return moved(url_for(".assessment", contract_id=contract_id))


@bp.route("/contracts/<int:contract_id>/assessment/confirmation", methods=["GET", "POST"])
@requires(May.PERFORMANCE_APPROVE)
def confirm(contract_id: int) -> ResponseReturnValue:
    """Another person than whoever made it confirms."""
    contract, row = both(contract_id, lock=request.method == "POST")
    form = forms.PutForm()
    if request.method == "GET" or not form.validate():
        back = url_for(".assessment", contract_id=contract_id)
        return ask(CONFIRM, form, back=back, about=contract.name, letter=letter(contract, row))
    actions.confirm(row, by_id=viewer().id)
    db.session.commit()
    return moved(url_for(".assessment", contract_id=contract_id))


@bp.get("/contracts/<int:contract_id>/assessment.<any(pdf, docx):form>")
@requires(May.CONTRACTS_READ)
def assessment_letter(contract_id: int, form: str) -> ResponseReturnValue:
    contract, row = both(contract_id)
    data = cast("bytes", rendered(letter(contract, row), form))
    return attachment(data, f"{row.document_no or _('draft')}.{form}", FILES[form])


def both(contract_id: int, *, lock: bool = False) -> tuple[Contract, Assessment]:
    contract = seen(contract_id, viewer())
    return contract, actions.of_contract(contract.id, lock=lock) or abort(404)


def known(row: Assessment) -> set[int]:
    return {one for one in (row.made_by_id, row.confirmed_by_id) if one is not None}


def open_acts(row: Assessment, contract: Contract) -> list[dict[str, Any]]:
    """What this person can do with it now."""
    if row.state != AssessmentState.DRAFT:
        return []
    found: list[dict[str, Any]] = []
    if viewer().may(May.PERFORMANCE_EDIT):
        url = url_for(".revise", contract_id=contract.id)
        found.append({"label": said(REVISE), "act": said(REVISE), "url": url})
    if viewer().may(May.PERFORMANCE_APPROVE) and row.made_by_id != viewer().id:
        url = url_for(".confirm", contract_id=contract.id)
        found.append({"label": said(CONFIRM), "act": said(CONFIRM), "url": url, "main": True})
    return found


def letter(contract: Contract, row: Assessment) -> Letter:
    """Form 23."""
    none = Text("无", "none").to_json()
    known_ = {line["item"]: line["score"] for line in row.lines}
    satisfied, rate = row.figures.get("satisfaction_rate"), row.figures.get("performance_rate")
    values = {
        "assessment_no": row.document_no,
        "contract_title": titled(contract),
        "contract_no": contract.document_no,
        "enterprise_name": contract.employer_side,
        "period_from": row.period_from.isoformat(),
        "period_until": row.period_until.isoformat(),
        "assessed_on": row.assessed_on.isoformat(),
        **scores(known_),
        "score_total": float(row.total) if row.total is not None else None,
        "performance_rate": rate if rate is not None else "—",
        "satisfaction_rate": satisfied if satisfied is not None else "—",
        "valid_answer_count": row.figures.get("valid_answers", 0),
        "assessment_grade": GRADE_NAMES[Grade(row.grade)].to_json() if row.grade else None,
        "employer_check_comment": row.employer_comment or none,
        "worker_check_comment": row.worker_comment or none,
        "next_round_text": row.next_round,
        "assessor_names": row.assessors,
        "issuer_name": this_federation().name,
        "issued_on": row.assessed_on.isoformat(),
    }
    number = row.document_no if row.state == AssessmentState.CONFIRMED else None
    drafted, sealed = number is None, row.assessed_on if number else None
    text = text_in_force(LETTER)
    return compose(text, values, language(), draft=drafted, blanks=True, sealed_on=sealed)
