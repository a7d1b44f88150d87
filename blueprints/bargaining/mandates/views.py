"""The mandates of a case: who gave one, who has not, the paper as it came, its end."""

from collections.abc import Iterator
from typing import Any, cast

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.bargaining.cases.views import bp
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise
from blueprints.bargaining.ground.reach import may_see_each
from blueprints.bargaining.ground.team_models import Mandate
from blueprints.bargaining.mandates import actions as mandate_actions
from blueprints.bargaining.mandates.actions import Wanted, wanted
from blueprints.bargaining.mandates.contributions import WORDS, figures, state_of
from blueprints.bargaining.mandates.forms import MandateForm, RevocationForm
from blueprints.bargaining.mandates.letters import AT_ONCE, form_letters, print_of
from blueprints.offers.ground.letters import rendered
from blueprints.registry.union_queries import associations
from blueprints.shared.exports import attachment, sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import language, said
from blueprints.shared.links import same_questions
from blueprints.shared.uploads import upload
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

LEAF = 50


@bp.get("/<int:case_id>/mandates")
@requires(May.CASES_READ)
def mandates_index(case_id: int) -> ResponseReturnValue:
    """Every enterprise with its mandate; those without one first."""
    case = queries.seen(case_id, viewer())
    lines, group = shown(case), request.args.get("group", "")
    wanted_ones = chosen(lines, group)
    leaf = max(request.args.get("page", 1, type=int) or 1, 1)
    onward = leaf * LEAF < len(wanted_ones)
    return render_template(
        "bargaining/mandates.html", case=case, total=len(wanted_ones), group=group,
        lines=wanted_ones[(leaf - 1) * LEAF : leaf * LEAF],
        previous=leaf - 1 if leaf > 1 else None, following=leaf + 1 if onward else None,
        words=WORDS, exports=export_links(case), at_once=AT_ONCE,
        files=queries.names_of_papers([m.mandate.scan_id for m in lines if m.mandate]),
        **figures(lines),
    )  # fmt: skip


@bp.get("/<int:case_id>/mandates/export.<any(xlsx, csv):kind>")
@requires(May.CASES_EXPORT)
def mandates_export(case_id: int, kind: str) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EXPORT)
    heads = [_("Enterprise"), _("Agent"), _("Matter"), _("Powers"), _("From"), _("until"),
             _("Sealed"), _("State"), _("What it lacks")]  # fmt: skip
    return sheet(kind, f"{case.name}-{_('Mandates')}", heads,
                 rows_of(chosen(shown(case), request.args.get("group", ""))))  # fmt: skip


@bp.get("/<int:case_id>/enterprises/<int:enterprise_id>/mandate")
@requires(May.CASES_EDIT)
def new_mandate(case_id: int, enterprise_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    row = queries.get_part(case, enterprise_id)
    known = {
        "matter": case.subject or case.name, "signed_on": today(), "from_on": today(),
        "association_id": case.employer_association_id or "",
    }  # fmt: skip
    form = MandateForm(formdata=None, associations=associations(), data=known)
    return mandate_page(case, row, form)


@bp.post("/<int:case_id>/enterprises/<int:enterprise_id>/mandate")
@requires(May.CASES_EDIT)
def create_mandate(case_id: int, enterprise_id: int) -> ResponseReturnValue:
    """Record the paper as it came; what it lacks stands beside it."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    row = queries.get_part(case, enterprise_id)
    form = MandateForm(associations=associations())
    if not form.validate() or not (scan := upload(form.scan, "mandate", case)).fine:
        return mandate_page(case, row, form), 422
    mandate = mandate_actions.grant(
        case, row, form.facts(), scan_id=scan.document_id, by_id=viewer().id
    )
    for fault in mandate_actions.faults_in(case, mandate):
        flash(said(fault.text), "warning")
    db.session.commit()
    return moved(url_for(".mandates_index", case_id=case.id))


@bp.get("/<int:case_id>/mandates/<int:mandate_id>/revocation")
@requires(May.CASES_EDIT)
def new_revocation(case_id: int, mandate_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    mandate = mandate_actions.get_mandate(case, mandate_id) or abort(404)
    form = RevocationForm(formdata=None, mandate=mandate, data={"on": today()})
    return revocation_page(case, mandate, form)


@bp.post("/<int:case_id>/mandates/<int:mandate_id>/revocation")
@requires(May.CASES_EDIT)
def create_revocation(case_id: int, mandate_id: int) -> ResponseReturnValue:
    """End it from a day on; what was done before stays valid."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    mandate = mandate_actions.get_mandate(case, mandate_id) or abort(404)
    form = RevocationForm(mandate=mandate)
    if not form.validate():
        return revocation_page(case, mandate, form), 422
    mandate_actions.revoke(case, mandate, form.on.data, form.reason.data)
    db.session.commit()
    return moved(url_for(".mandates_index", case_id=case.id))


@bp.get("/<int:case_id>/enterprises/<int:enterprise_id>/mandate.<any(pdf, docx):form>")
@requires(May.CASES_READ)
def mandate_form(case_id: int, enterprise_id: int, form: str) -> ResponseReturnValue:
    """The form for one enterprise to fill in and seal."""
    case = queries.seen(case_id, viewer())
    row = queries.get_part(case, enterprise_id)
    if not may_see_each(case, viewer(), [row.enterprise_id]):
        abort(404)
    (letter,) = form_letters(case, [row], language())
    kinds = {"pdf": "application/pdf", "docx": "application/octet-stream"}
    data = cast("bytes", rendered(letter, form))
    return attachment(data, f"{row.name}-{_('Mandate')}.{form}", kinds[form])


@bp.get("/<int:case_id>/mandates/forms.pdf")
@requires(May.CASES_EDIT)
def mandate_forms(case_id: int) -> ResponseReturnValue:
    """The forms of all who have not given one, as one print."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    rows = [one.row for one in shown(case) if one.missing][:AT_ONCE]
    if not rows:
        flash(_("No mandate is missing."), "info")
        return moved(url_for(".mandates_index", case_id=case.id))
    data = print_of(form_letters(case, rows, language()))
    return attachment(data, f"{case.name}-{_('Mandates')}.pdf", "application/pdf")


def shown(case: BargainingCase) -> list[Wanted]:
    """The lines this person may look at one by one."""
    lines = wanted(case)
    seen = may_see_each(case, viewer(), [one.row.enterprise_id for one in lines])
    return [one for one in lines if one.row.enterprise_id in seen]


def chosen(lines: list[Wanted], group: str) -> list[Wanted]:
    if group == "missing":
        return [one for one in lines if one.missing]
    return [one for one in lines if one.mandate] if group == "given" else lines


def rows_of(lines: list[Wanted]) -> Iterator[list[Any]]:
    for one in lines:
        lacks = " ".join(said(fault.text) for fault in one.faults)
        if (paper := one.mandate) is None:
            state = _("missing") if one.missing else "—"
            yield [one.row.name, None, None, None, None, None, None, state, lacks]
            continue
        powers = "；".join(said(mandate_actions.POWERS[power]) for power in paper.powers)
        sealed, state = _("yes") if paper.sealed else _("no"), said(state_of(paper.state))
        yield [one.row.name, paper.agent, paper.matter, powers, paper.from_on, paper.to_on,
               sealed, state, lacks]  # fmt: skip


def mandate_page(case: BargainingCase, row: CaseEnterprise, form: MandateForm) -> str:
    return render_template(
        "bargaining/form.html", case=case, form=form, title=_("Record a mandate"),
        facts=[row.name], back=url_for(".mandates_index", case_id=case.id),
        action=url_for(".create_mandate", case_id=case.id, enterprise_id=row.enterprise_id),
        note=_("Write down what the paper says. What it lacks is shown with the article."),
    )  # fmt: skip


def revocation_page(case: BargainingCase, mandate: Mandate, form: RevocationForm) -> str:
    row = queries.get_part(case, mandate.enterprise_id)
    return render_template(
        "bargaining/form.html", case=case, form=form, title=_("Revoke the mandate"), grave=True,
        facts=[row.name], submit=_("Record"), back=url_for(".mandates_index", case_id=case.id),
        action=url_for(".create_revocation", case_id=case.id, mandate_id=mandate.id),
        note=_("What the agent did within the mandate before this day stays valid."),
    )  # fmt: skip


def export_links(case: BargainingCase) -> list[tuple[str, str]]:
    if not viewer().may(May.CASES_EXPORT):
        return []
    return [
        (kind.upper(), same_questions(url_for(".mandates_export", case_id=case.id, kind=kind)))
        for kind in ("xlsx", "csv")
    ]
