"""Findings: the list, the letter to both chiefs, the plan, the correction, the dispute."""

from typing import Any, cast

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.contracts.ground.asking import ask
from blueprints.contracts.ground.queries import get_contract
from blueprints.contracts.habits.values import answer_within
from blueprints.contracts.performance import check_queries
from blueprints.contracts.performance import finding_actions as actions
from blueprints.contracts.performance import finding_forms as forms
from blueprints.contracts.performance import finding_queries as queries
from blueprints.contracts.performance.check_views import FILES, bp, first_time
from blueprints.contracts.performance.finding_models import Finding
from blueprints.contracts.performance.finding_pages import (
    finding_heads,
    finding_page,
    finding_rows,
    list_page,
)
from blueprints.contracts.performance.letters import letter_of, rectification_values
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

PUT = Text("书面告知双方首席代表", "Put the findings to both chiefs")
PUT_SAYS = Text(
    "下列问题将编号成文，同时发给双方首席代表；没有电子邮箱的一方打印纸质函。发出后内容不能再改。",
    "The findings below become one numbered letter, sent to both chiefs at once; whoever has no "
    "e-mail address gets it on paper. It cannot be changed afterwards.",
)
AMEND = Text("整改建议和证据", "Remedy and evidence")
AGREE = Text("商定整改", "Agree a plan")
DISPUTE = Text("登记争议", "Record a dispute")
FIX = Text("确认整改", "Confirm correction")


@bp.get("/findings")
@requires(May.CONTRACTS_READ)
def findings() -> ResponseReturnValue:
    """What was found not kept and is not settled, the most urgent first."""
    asked = queries.Asked.of(request.args)
    found = list_page(viewer(), asked)
    return page("performance/findings.html", fragment="performance/_findings.html", **found)


@bp.get("/findings/export.<any(xlsx, csv):kind>")
@requires(May.CONTRACTS_EXPORT)
def export_findings(kind: str) -> ResponseReturnValue:
    asked = queries.Asked.of(request.args)
    query = queries.listed(viewer(), asked, today=today())
    order = (k.ordered for k in queries.order_of(asked.sort))
    rows = db.session.execute(query.order_by(*order)).all()
    return sheet(kind, _("Findings"), finding_heads(), finding_rows(rows))


@bp.get("/findings/<int:finding_id>")
@requires(May.CONTRACTS_READ)
def finding(finding_id: int) -> ResponseReturnValue:
    row = queries.seen(finding_id, viewer())
    return render_template("performance/finding.html", **finding_page(row, viewer()))


@bp.route("/checks/<int:check_id>/letter", methods=["GET", "POST"])
@requires(May.PERFORMANCE_EDIT)
def put(check_id: int) -> ResponseReturnValue:
    """Everything a check found, in one letter to both chiefs."""
    posted = request.method == "POST"
    check = check_queries.seen(check_id, viewer(), lock=posted)
    form = forms.PutForm()
    if not posted or not form.validate():
        found = queries.noted(check_id)
        values = rectification_values(
            check, found, on=today(), answer_due_on=today() + answer_within()
        )
        draft = letter_of(actions.LETTER, values, None, language())
        back = url_for(".show", check_id=check_id)
        about = get_contract(check.contract_id).name
        return ask(PUT, form, back=back, says=PUT_SAYS, about=about, letter=draft)
    told = actions.put(check, by_id=viewer().id)
    db.session.commit()
    flash(_("Put to both chiefs: %(number)s.", number=told[0].document_no), "ok")
    return moved(url_for(".show", check_id=check_id))


@bp.route("/findings/<int:finding_id>/remedy", methods=["GET", "POST"])
@requires(May.PERFORMANCE_EDIT)
def amend(finding_id: int) -> ResponseReturnValue:
    """What is suggested, by when, and the proof, before anybody is told."""
    row = locked(finding_id)
    form = forms.RemedyForm(**first_time({"remedy": row.remedy, "due_on": row.due_on}))
    if request.method == "GET" or not form.validate():
        return again(row, AMEND, form)
    proof = upload(form.evidence, "performance", row, by_id=viewer().id)
    if not proof.fine:
        return again(row, AMEND, form)
    actions.amend(
        row, remedy=form.remedy.data, due_on=form.due_on.data, evidence_id=proof.document_id
    )
    return done(row)


@bp.route("/findings/<int:finding_id>/plan", methods=["GET", "POST"])
@requires(May.PERFORMANCE_EDIT)
def agree(finding_id: int) -> ResponseReturnValue:
    """The day both sides agree on."""
    row = locked(finding_id)
    known = {"plan_on": row.due_on, "plan_text": row.remedy, "version": row.version}
    form = forms.AgreeForm(**first_time(known))
    if request.method == "GET" or not form.validate():
        return again(row, AGREE, form)
    actions.agree_plan(
        row, plan_on=form.plan_on.data, plan_text=form.plan_text.data,
        version=int(form.version.data),
    )  # fmt: skip
    return done(row)


@bp.route("/findings/<int:finding_id>/dispute", methods=["GET", "POST"])
@requires(May.PERFORMANCE_EDIT)
def dispute(finding_id: int) -> ResponseReturnValue:
    row = locked(finding_id)
    form = forms.DisputeForm(**first_time({"version": row.version}))
    if request.method == "GET" or not form.validate():
        return again(row, DISPUTE, form)
    actions.dispute(
        row, worker_position=form.worker_position.data,
        employer_position=form.employer_position.data, version=int(form.version.data),
    )  # fmt: skip
    return done(row)


@bp.route("/findings/<int:finding_id>/correction", methods=["GET", "POST"])
@requires(May.PERFORMANCE_EDIT)
def fix(finding_id: int) -> ResponseReturnValue:
    """Checked again, and found corrected."""
    row = locked(finding_id)
    form = forms.FixForm(**first_time({"fixed_on": today(), "version": row.version}))
    if request.method == "GET" or not form.validate():
        return again(row, FIX, form)
    proof = upload(form.evidence, "performance", row, by_id=viewer().id)
    if not proof.fine:
        return again(row, FIX, form)
    actions.fix(
        row, fixed_on=form.fixed_on.data, note=form.note.data, evidence_id=proof.document_id,
        by_id=viewer().id, version=int(form.version.data),
    )  # fmt: skip
    return done(row)


@bp.get("/findings/<int:finding_id>/letter.<any(pdf, docx):form>")
@requires(May.CONTRACTS_READ)
def finding_letter(finding_id: int, form: str) -> ResponseReturnValue:
    """The letter to both chiefs; a draft until it has a number."""
    row = queries.seen(finding_id, viewer())
    check = actions.check_behind(row)
    values = row.letter or rectification_values(
        check, [row], on=today(), answer_due_on=today() + answer_within()
    )
    letter = letter_of(actions.LETTER, values, row.document_no, language())
    data = cast("bytes", rendered(letter, form))
    return attachment(data, f"{row.document_no or _('draft')}.{form}", FILES[form])


def locked(finding_id: int) -> Finding:
    return queries.seen(finding_id, viewer(), lock=request.method == "POST")


def done(row: Finding) -> ResponseReturnValue:
    db.session.commit()
    return moved(url_for("performance.finding", finding_id=row.id))


def again(
    row: Finding, title: Text, form: Any, *, says: Text | str = "", letter: Any = None
) -> ResponseReturnValue:
    status = 200 if request.method == "GET" else 422
    back = url_for("performance.finding", finding_id=row.id)
    return ask(title, form, back=back, says=says, about=row.fact, letter=letter, status=status)
