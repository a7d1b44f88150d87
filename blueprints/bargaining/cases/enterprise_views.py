"""The enterprises of a case: who takes part and how, who comes in, who leaves, as of which day."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.bargaining.cases import opening
from blueprints.bargaining.cases.enterprise_forms import CountForm, PartForm
from blueprints.bargaining.cases.members import WORDS, Asked, members, not_in, page_of
from blueprints.bargaining.cases.views import bp
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.labels import PARTS
from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise, Part
from blueprints.registry.areas import area_name
from blueprints.registry.models import Enterprise
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import said
from blueprints.shared.links import same_questions
from tenants.clock import today
from tenants.db import db
from tenants.roles import May


@bp.get("/<int:case_id>/enterprises")
@requires(May.CASES_READ)
def members_index(case_id: int) -> ResponseReturnValue:
    """All of them, filtered, with the headcounts as of the day."""
    case = queries.seen(case_id, viewer())
    asked = Asked.of(request.args)
    return page(
        "bargaining/enterprises.html",
        fragment="bargaining/_members.html",
        case=case,
        asked=asked,
        page=page_of(case, viewer(), asked),
        totals=queries.totals_of(case.id),
        words=WORDS,
        exports=_exports(case),
        count=CountForm(formdata=None, data={"counted_on": case.counted_on}),
    )


@bp.get("/<int:case_id>/enterprises/export.<any(xlsx, csv):kind>")
@requires(May.CASES_EXPORT)
def members_export(case_id: int, kind: str) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EXPORT)
    query = members(case, viewer(), Asked.of(request.args)).order_by(CaseEnterprise.name)
    heads = [
        _("Enterprise"), _("Area"), _("How it takes part"), _("Since"), _("Offer"), _("Workers"),
        _("Women workers"), _("Front-line workers"), _("Dispatched workers"), _("Counted on"),
    ]  # fmt: skip
    rows = (
        [row.name, said(area_name(row.area)), said(PARTS[row.part]), row.part_on, row.document_no,
         row.headcount, row.women, row.frontline, row.dispatched, row.counted_on]
        for row in db.session.execute(query)
    )  # fmt: skip
    return sheet(kind, f"{case.name}-{_('Enterprises')}", heads, rows)


@bp.get("/<int:case_id>/enterprises/new")
@requires(May.CASES_EDIT)
def new_members(case_id: int) -> ResponseReturnValue:
    """Find enterprises of the register that are not in the case yet."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    q = request.args.get("q", "").strip()[:100]
    return render_template("bargaining/add.html", case=case, q=q, rows=not_in(case, q))


@bp.post("/<int:case_id>/enterprises")
@requires(May.CASES_EDIT)
def add_members(case_id: int) -> ResponseReturnValue:
    """Take those picked into the case."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    picked = request.form.getlist("enterprise", type=int)
    known = set(db.session.scalars(select(Enterprise.id).where(Enterprise.id.in_(picked))))
    opening.add_enterprises(case, [ident for ident in picked if ident in known], on=today())
    db.session.commit()
    return moved(url_for(".members_index", case_id=case.id))


@bp.post("/<int:case_id>/count")
@requires(May.CASES_EDIT)
def count(case_id: int) -> ResponseReturnValue:
    """Take all headcounts as of another day."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    form = CountForm()
    if form.validate():
        opening.count_again(case, form.counted_on.data)
        db.session.commit()
    else:
        flash(" ".join(map(str, form.counted_on.errors)), "warning")
    return moved(url_for(".members_index", case_id=case.id))


@bp.get("/<int:case_id>/enterprises/<int:enterprise_id>")
@requires(May.CASES_EDIT)
def edit_member(case_id: int, enterprise_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    row = queries.get_part(case, enterprise_id)
    form = PartForm(formdata=None, row=row, data={"part": row.part, "on": today()})
    return member_page(case, row, form)


@bp.post("/<int:case_id>/enterprises/<int:enterprise_id>")
@requires(May.CASES_EDIT)
def update_member(case_id: int, enterprise_id: int) -> ResponseReturnValue:
    """Record how it takes part from a day on, or that it leaves and why."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    row = queries.get_part(case, enterprise_id)
    form = PartForm(row=row)
    if not form.validate():
        return member_page(case, row, form), 422
    if form.part.data == Part.LEFT:
        opening.leave(row, case, form.on.data, form.reason.data)
    else:
        opening.take_part(row, case, Part(form.part.data), form.on.data)
    db.session.commit()
    return moved(url_for(".members_index", case_id=case.id))


def member_page(case: BargainingCase, row: CaseEnterprise, form: PartForm) -> str:
    return render_template(
        "bargaining/form.html", case=case, form=form, title=row.name,
        action=url_for(".update_member", case_id=case.id, enterprise_id=row.enterprise_id),
        back=url_for(".members_index", case_id=case.id),
    )  # fmt: skip


def _exports(case: BargainingCase) -> list[tuple[str, str]]:
    if not viewer().may(May.CASES_EXPORT):
        return []
    return [
        (kind.upper(), same_questions(url_for(".members_export", case_id=case.id, kind=kind)))
        for kind in ("xlsx", "csv")
    ]
