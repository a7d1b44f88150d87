"""Checks of contracts: the list, one check clause by clause on a phone, and its signature."""

from typing import Any, cast

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.contracts.ground.asking import ask
from blueprints.contracts.ground.check_models import PerformanceCheck
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.ground.owners import owners
from blueprints.contracts.ground.parties import enterprises_bound
from blueprints.contracts.ground.queries import get_contract, seen
from blueprints.contracts.performance import check_actions as actions
from blueprints.contracts.performance import check_forms as forms
from blueprints.contracts.performance import check_queries as queries
from blueprints.contracts.performance.check_pages import (
    check_heads,
    check_page,
    check_rows,
    list_page,
)
from blueprints.contracts.performance.letters import checklist
from blueprints.offers.ground.letters import rendered
from blueprints.shared.exports import attachment, sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import language
from blueprints.shared.uploads import upload
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

bp = Blueprint("performance", __name__, url_prefix="/<tenant>/performance")
FILES = {"pdf": "application/pdf", "docx": "application/octet-stream"}
PLAN = Text("安排履约检查", "Plan a check")
MOVE = Text("调整检查安排", "Change the plan of the check")
OFF = Text("取消检查", "Call the check off")
SIGN = Text("双方签名，结束检查", "Both sides sign; the check ends")


@bp.get("")
@requires(May.CONTRACTS_READ)
def index() -> ResponseReturnValue:
    """Every check this person may see: what is late first."""
    asked = queries.Asked.of(request.args)
    found = list_page(viewer(), asked)
    return page("performance/index.html", fragment="performance/_list.html", **found)


@bp.get("/export.<any(xlsx, csv):kind>")
@requires(May.CONTRACTS_EXPORT)
def export(kind: str) -> ResponseReturnValue:
    asked = queries.Asked.of(request.args)
    query = queries.listed(viewer(), asked, today=today())
    order = (k.ordered for k in queries.order_of(asked.sort))
    rows = db.session.execute(query.order_by(*order)).all()
    return sheet(kind, _("Performance checks"), check_heads(), check_rows(rows))


@bp.route("/contracts/<int:contract_id>/check", methods=["GET", "POST"])
@requires(May.PERFORMANCE_EDIT)
def plan(contract_id: int) -> ResponseReturnValue:
    """Plan one more check of a contract."""
    contract = seen(contract_id, viewer(), lock=request.method == "POST")
    form = plan_form(contract)
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        back = url_for("contracts.show", contract_id=contract_id)
        return ask(PLAN, form, back=back, about=contract.name, status=status)
    made = actions.plan(
        contract, planned_on=form.planned_on.data, joint=form.joint.data,
        period=(form.period_from.data, form.period_until.data),
        enterprise_id=forms.chosen(form.enterprise_id.data),
        owner_id=forms.chosen(form.owner_id.data),
    )  # fmt: skip
    db.session.commit()
    return moved(url_for(".show", check_id=made.id))


@bp.get("/checks/<int:check_id>")
@requires(May.CONTRACTS_READ)
def show(check_id: int) -> ResponseReturnValue:
    """One check: its clauses, what was found, who signed, what follows."""
    check = queries.seen(check_id, viewer())
    return render_template("performance/check.html", **check_page(check, viewer()))


@bp.route("/checks/<int:check_id>/day", methods=["GET", "POST"])
@requires(May.PERFORMANCE_EDIT)
def change(check_id: int) -> ResponseReturnValue:
    """Another day, another person."""
    check = locked(check_id, May.PERFORMANCE_EDIT)
    kept = {"planned_on": check.planned_on, "owner_id": str(check.owner_id or ""),
            "joint": check.joint, "version": check.version}  # fmt: skip
    form = forms.DayForm(**first_time(kept), owners=owners())
    if request.method == "GET" or not form.validate():
        return asked_again(check, MOVE, form)
    actions.change(
        check, planned_on=form.planned_on.data, owner_id=forms.chosen(form.owner_id.data),
        joint=form.joint.data, version=int(form.version.data),
    )  # fmt: skip
    db.session.commit()
    return moved(url_for(".show", check_id=check_id))


@bp.route("/checks/<int:check_id>/calling-off", methods=["GET", "POST"])
@requires(May.PERFORMANCE_EDIT)
def call_off(check_id: int) -> ResponseReturnValue:
    check = locked(check_id, May.PERFORMANCE_EDIT)
    form = forms.ReasonForm()
    if request.method == "GET" or not form.validate():
        return asked_again(check, OFF, form, grave=True)
    actions.call_off(check, form.reason.data)
    db.session.commit()
    return moved(url_for(".show", check_id=check_id))


@bp.route("/checks/<int:check_id>/clauses/<int:clause_id>", methods=["GET", "POST"])
@requires(May.PERFORMANCE_CHECK)
def clause(check_id: int, clause_id: int) -> ResponseReturnValue:
    """One clause on the spot: kept, partly, not, in dispute, with a photo of the proof."""
    check = locked(check_id, May.PERFORMANCE_CHECK)
    found = actions.clause_in(get_contract(check.contract_id), clause_id) or abort(404)
    fact = queries.fact_of(check_id, clause_id)
    form = forms.FactForm(**first_time(as_typed(fact)))
    if request.method == "GET" or not form.validate():
        return clause_page(check, found, form)
    saved = actions.save_fact(check, found, form.found())
    proof = upload(form.evidence, "performance", saved, by_id=viewer().id)
    if not proof.fine:
        db.session.rollback()
        return clause_page(check, found, form)
    saved.evidence_id = proof.document_id or saved.evidence_id
    db.session.commit()
    return moved(url_for(".show", check_id=check_id, _anchor=f"c{clause_id}"))


@bp.route("/checks/<int:check_id>/signature", methods=["GET", "POST"])
@requires(May.PERFORMANCE_CHECK)
def sign(check_id: int) -> ResponseReturnValue:
    """Both sides sign on the same phone; what was not wholly kept becomes a finding."""
    check = locked(check_id, May.PERFORMANCE_CHECK)
    known = {"held_on": min(today(), check.period_until), "worker_monitor": viewer().name}
    form = forms.SignForm(**first_time(known), joint=check.joint, first=check.period_from)
    if request.method == "GET" or not form.validate():
        return asked_again(check, SIGN, form)
    found = actions.hold(check, form.signed(), by_id=viewer().id)
    db.session.commit()
    flash(_("The check is over. Findings: %(count)s.", count=len(found)), "ok")
    return moved(url_for(".show", check_id=check_id))


@bp.get("/checks/<int:check_id>/checklist.<any(pdf, docx):form>")
@requires(May.CONTRACTS_READ)
def paper(check_id: int, form: str) -> ResponseReturnValue:
    """Form 22a: filled in, or with room for the pen before the check."""
    check = queries.seen(check_id, viewer())
    data = cast("bytes", rendered(checklist(check, language()), form))
    return attachment(data, f"{check.document_no or _('checklist')}.{form}", FILES[form])


def plan_form(contract: Contract) -> forms.PlanForm:
    first, last = actions.default_period(contract)
    known = {"planned_on": today(), "period_from": first, "period_until": last}
    return forms.PlanForm(
        **first_time(known),
        owners=owners(),
        places=enterprises_bound(contract, today())[:500],
    )


def first_time(known: dict[str, Any]) -> dict[str, Any]:
    """What a form shows before anybody typed; a browser that posts speaks for itself."""
    return {"data": known} if request.method == "GET" else {}


def as_typed(fact: Any) -> dict[str, Any]:
    if fact is None:
        return {}
    names = ("result", "due_quantity", "done_quantity", "beneficiaries", "gap_reason", "fix_on",
             "worker_position", "employer_position")  # fmt: skip
    known = {name: getattr(fact, name) for name in names}
    return {**known, "in_time": {True: "yes", False: "no"}.get(fact.in_time, "")}


def locked(check_id: int, permission: May) -> PerformanceCheck:
    """The check, locked when something is about to be written; over ones refuse in the verb."""
    return queries.seen(check_id, viewer(), permission, lock=request.method == "POST")


def asked_again(
    check: PerformanceCheck, title: Text, form: Any, *, grave: bool = False
) -> ResponseReturnValue:
    status = 200 if request.method == "GET" else 422
    back = url_for(".show", check_id=check.id)
    about = get_contract(check.contract_id).name
    return ask(title, form, back=back, about=about, grave=grave, status=status)


def clause_page(check: PerformanceCheck, found: Any, form: Any) -> ResponseReturnValue:
    return render_template(
        "performance/clause.html", check=check, clause=found, form=form,
        contract=get_contract(check.contract_id),
    ), 200 if request.method == "GET" else 422  # fmt: skip
