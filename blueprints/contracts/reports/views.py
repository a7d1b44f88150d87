"""Yearly reports and wage facts: the list, one report with its letter, what was paid."""

from typing import cast

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.contracts.ground.asking import ask
from blueprints.contracts.ground.labels import on_behalf
from blueprints.contracts.ground.queries import get_contract
from blueprints.contracts.performance import finding_forms as forms
from blueprints.contracts.performance.check_pages import exports
from blueprints.contracts.performance.check_views import FILES, bp, first_time
from blueprints.contracts.performance.letters import letter_of
from blueprints.contracts.reports import actions, queries, wage_lists
from blueprints.contracts.reports.models import PerformanceReport, ReportState, WageFact
from blueprints.notices.letters.model import Letter
from blueprints.offers.ground.letters import rendered
from blueprints.shared.exports import attachment, sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import language, said
from blueprints.shared.uploads import upload
from rules.deadlines import Due
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

LETTER = "22c-annual-report"
WRITE = Text("撰写年度履行报告", "Write the yearly report")
WRITE_SAYS = Text(
    "检查、条款、问卷的数字取自记录；这里只写记录里没有的内容。可以反复撰写，直到向职工代表大会报告。",
    "Checks, clauses and surveys come out of the record; write only what it does not know. It can "
    "be written again until the congress has heard it.",
)
PRESENT = Text("登记向职工代表大会报告", "Record that the congress heard it")
WAGES = Text("登记半年工资情况", "Record wages of the half-year")
PAID = {True: "yes", False: "no", None: ""}
STATES = {
    ReportState.DUE: (Text("待撰写", "To be written"), "run"),
    ReportState.WRITTEN: (Text("已写好，待报告", "Written, to be presented"), "soon"),
    ReportState.PRESENTED: (Text("已报告", "Presented"), "ok"),
}


@bp.get("/reports")
@requires(May.CONTRACTS_READ)
def reports() -> ResponseReturnValue:
    """Every report by its last day."""
    asked = queries.Asked.of(request.args)
    groups = [("late", _("Past its day"))] + [
        (name, said(words)) for name, (words, _look) in STATES.items()
    ]
    return page(
        "performance/reports.html",
        fragment="performance/_reports.html",
        asked=asked,
        page=queries.page_of(viewer(), asked, today=today()),
        total=queries.how_many(viewer(), asked, today=today()),
        groups=[("", _("All")), *groups],
        states=STATES,
        exports=exports(viewer(), "performance.export_reports"),
    )


@bp.get("/reports/export.<any(xlsx, csv):kind>")
@requires(May.CONTRACTS_EXPORT)
def export_reports(kind: str) -> ResponseReturnValue:
    """Just what is filtered, as a sheet."""
    asked = queries.Asked.of(request.args)
    query = queries.listed(viewer(), asked, today=today())
    order = (k.ordered for k in queries.order_of(asked.sort))
    rows = db.session.execute(query.order_by(*order))
    heads = [_("Contract number"), _("Contract"), _("On behalf of"), _("From"), _("Until"),
             _("State"), _("Last day"), _("Presented on"), _("Congress")]  # fmt: skip
    lines = (
        [row.contract_no, row.contract, on_behalf(row), row.period_from, row.period_until,
         said(STATES[row.state][0]), row.due_on, row.presented_on, row.congress or ""]
        for row in rows
    )  # fmt: skip
    return sheet(kind, _("Yearly reports"), heads, lines)


@bp.get("/reports/<int:report_id>")
@requires(May.CONTRACTS_READ)
def report(report_id: int) -> ResponseReturnValue:
    """One report: why it is due then, what it says, when it was heard."""
    row = queries.seen(report_id, viewer())
    return render_template(
        "performance/report.html", report=row, contract=get_contract(row.contract_id),
        due=Due.from_json(row.clock), states=STATES, may_edit=viewer().may(May.PERFORMANCE_EDIT),
        paper=rendered(letter(row), "html"),
    )  # fmt: skip


@bp.route("/reports/<int:report_id>/text", methods=["GET", "POST"])
@requires(May.PERFORMANCE_EDIT)
def write(report_id: int) -> ResponseReturnValue:
    row = queries.seen(report_id, viewer(), lock=request.method == "POST")
    names = ("problems", "remarks", "remarks_settled", "remarks_text")
    form = forms.ReportForm(**first_time({name: getattr(row, name) for name in names}))
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        back = url_for(".report", report_id=report_id)
        about = get_contract(row.contract_id).name
        return ask(WRITE, form, back=back, says=WRITE_SAYS, about=about, status=status)
    actions.write(
        row, problems=form.problems.data, remarks=form.remarks.data,
        remarks_settled=form.remarks_settled.data, remarks_text=form.remarks_text.data or None,
        by_id=viewer().id,
    )  # fmt: skip
    db.session.commit()
    return moved(url_for(".report", report_id=report_id))


@bp.route("/reports/<int:report_id>/hearing", methods=["GET", "POST"])
@requires(May.PERFORMANCE_EDIT)
def present(report_id: int) -> ResponseReturnValue:
    """When and to which congress it was reported."""
    row = queries.seen(report_id, viewer(), lock=request.method == "POST")
    form = forms.PresentForm(**first_time({"presented_on": today()}))
    back = url_for(".report", report_id=report_id)
    about = get_contract(row.contract_id).name
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        return ask(PRESENT, form, back=back, about=about, status=status)
    proof = upload(form.evidence, "performance", row, by_id=viewer().id)
    if not proof.fine:
        return ask(PRESENT, form, back=back, about=about, status=422)
    actions.present(
        row, on=form.presented_on.data, congress=form.congress.data, evidence_id=proof.document_id
    )
    db.session.commit()
    return moved(back)


@bp.get("/reports/<int:report_id>/report.<any(pdf, docx):form>")
@requires(May.CONTRACTS_READ)
def report_letter(report_id: int, form: str) -> ResponseReturnValue:
    row = queries.seen(report_id, viewer())
    data = cast("bytes", rendered(letter(row), form))
    return attachment(data, f"{_('Yearly report')} {row.period_until.year}.{form}", FILES[form])


@bp.get("/wages")
@requires(May.CONTRACTS_READ)
def wage_list() -> ResponseReturnValue:
    """What was paid by half-year under every contract whose place asks for it."""
    asked = wage_lists.Asked.of(request.args)
    return page(
        "performance/wages.html",
        fragment="performance/_wages.html",
        asked=asked,
        page=wage_lists.page_of(viewer(), asked, today=today()),
        total=wage_lists.how_many(viewer(), asked, today=today()),
        groups=[(name, said(words)) for name, words in wage_lists.GROUPS.items()],
        stands=lambda row: wage_lists.standing(row, today()),
        may_edit=viewer().may(May.PERFORMANCE_EDIT),
        exports=exports(viewer(), "performance.export_wages"),
    )


@bp.get("/wages/export.<any(xlsx, csv):kind>")
@requires(May.CONTRACTS_EXPORT)
def export_wages(kind: str) -> ResponseReturnValue:
    """Just what is filtered, as a sheet."""
    rows = wage_lists.for_export(viewer(), wage_lists.Asked.of(request.args), today=today())
    lines = wage_lists.sheet_rows(rows, today())
    return sheet(kind, _("Wages by half-year"), wage_lists.heads(), lines)


@bp.route("/wages/<int:wage_fact_id>", methods=["GET", "POST"])
@requires(May.PERFORMANCE_EDIT)
def wages(wage_fact_id: int) -> ResponseReturnValue:
    """What was paid in one half-year, and when the workers could read it."""
    fact = queries.wages_seen(wage_fact_id, viewer(), lock=request.method == "POST")
    kept = {
        name: getattr(fact, name)
        for name in ("average_pay", "lowest_pay", "raise_percent", "published_on", "place")
    }
    form = forms.WagesForm(**first_time({**kept, "paid_in_time": PAID[fact.paid_in_time]}))
    if request.method == "GET" or not form.validate():
        return wages_page(fact, form)
    proof = upload(form.evidence, "performance", fact, by_id=viewer().id)
    if not proof.fine:
        return wages_page(fact, form)
    actions.record_wages(fact, form.said(), evidence_id=proof.document_id, by_id=viewer().id)
    db.session.commit()
    return moved(url_for("contracts.show", contract_id=fact.contract_id))


def wages_page(fact: WageFact, form: forms.WagesForm) -> ResponseReturnValue:
    says = Text(
        f"{fact.half_from}至{fact.half_until}，{fact.due_on}前公布。",
        f"{fact.half_from} to {fact.half_until}; to be published by {fact.due_on}.",
    )
    back = url_for("contracts.show", contract_id=fact.contract_id)
    about = get_contract(fact.contract_id).name
    status = 200 if request.method == "GET" else 422
    return ask(WAGES, form, back=back, says=says, about=about, status=status)


def letter(row: PerformanceReport) -> Letter:
    """Form 22c: what was written, or what the record would say today."""
    values = row.letter or actions.values_of(row)
    number = None if row.state == ReportState.DUE else str(row.id)
    return letter_of(LETTER, values, number, language(), blanks=True)
