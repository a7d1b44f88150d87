"""One supervisor's certificates, leave, ties and steps of engagement; the quotas of the city."""

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.registry.areas import city_of
from blueprints.shared.exports import attachment
from blueprints.shared.forms import Form
from blueprints.shared.guards import requires
from blueprints.shared.htmx import moved
from blueprints.shared.languages import language, said
from blueprints.shared.tenancy import require
from blueprints.supervisors import labels, letters, queries, roster_actions, roster_queries
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.roster_forms import (
    CertificateForm,
    LeaveForm,
    QuotaForm,
    StepForm,
    TieForm,
)
from blueprints.supervisors.roster_models import (
    SupervisorCertificate,
    SupervisorLeave,
    SupervisorTie,
)
from blueprints.supervisors.views import bp
from rules.broken import RuleBroken
from rules.procedure import machine_of
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

PREPARING = "<any(train, certify):event>"
DECIDING = "<any(engage, renew, end):event>"
FILES = {"pdf": "application/pdf", "docx": "application/octet-stream"}


@bp.get("/<int:supervisor_id>/certificates/new")
@requires(May.SUPERVISORS_EDIT)
def new_certificate(supervisor_id: int) -> ResponseReturnValue:
    supervisor = queries.supervisor_to_change(supervisor_id)
    return entry_page(supervisor, CertificateForm(formdata=None), "certificate")


@bp.post("/<int:supervisor_id>/certificates")
@requires(May.SUPERVISORS_EDIT)
def create_certificate(supervisor_id: int) -> ResponseReturnValue:
    supervisor = queries.get_supervisor(supervisor_id, lock=True)
    form = CertificateForm()
    if form.validate():
        try:
            roster_actions.add_certificate(supervisor, **typed(form))
        except RuleBroken as broken:
            form.number.errors = [said(broken.text)]
        else:
            return saved(supervisor)
    return entry_page(supervisor, form, "certificate"), 422


@bp.post("/<int:supervisor_id>/certificates/<int:certificate_id>/revocation")
@requires(May.SUPERVISORS_EDIT)
def revoke_certificate(supervisor_id: int, certificate_id: int) -> ResponseReturnValue:
    found = roster_queries.get(SupervisorCertificate, supervisor_id, certificate_id)
    roster_actions.revoke_certificate(found, today())
    return saved(queries.get_supervisor(supervisor_id))


@bp.get("/<int:supervisor_id>/leave/new")
@requires(May.SUPERVISORS_EDIT)
def new_leave(supervisor_id: int) -> ResponseReturnValue:
    return entry_page(
        queries.supervisor_to_change(supervisor_id), LeaveForm(formdata=None), "leave"
    )


@bp.post("/<int:supervisor_id>/leave")
@requires(May.SUPERVISORS_EDIT)
def create_leave(supervisor_id: int) -> ResponseReturnValue:
    supervisor = queries.get_supervisor(supervisor_id, lock=True)
    form = LeaveForm()
    if form.validate():
        try:
            roster_actions.add_leave(
                supervisor, form.from_on.data, form.until_on.data, form.reason.data or ""
            )
        except RuleBroken as broken:
            form.from_on.errors = [said(broken.text)]
        else:
            return saved(supervisor)
    return entry_page(supervisor, form, "leave"), 422


@bp.post("/<int:supervisor_id>/leave/<int:leave_id>/cancellation")
@requires(May.SUPERVISORS_EDIT)
def cancel_leave(supervisor_id: int, leave_id: int) -> ResponseReturnValue:
    roster_actions.cancel_leave(roster_queries.get(SupervisorLeave, supervisor_id, leave_id))
    return saved(queries.get_supervisor(supervisor_id))


@bp.get("/<int:supervisor_id>/ties/new")
@requires(May.SUPERVISORS_EDIT)
def new_tie(supervisor_id: int) -> ResponseReturnValue:
    form = TieForm(formdata=None, from_on=today())
    return entry_page(queries.supervisor_to_change(supervisor_id), form, "tie")


@bp.post("/<int:supervisor_id>/ties")
@requires(May.SUPERVISORS_EDIT)
def create_tie(supervisor_id: int) -> ResponseReturnValue:
    """Record a tie; who serves the firm steps aside on that day."""
    supervisor = queries.get_supervisor(supervisor_id, lock=True)
    form = TieForm()
    if not form.validate():
        return entry_page(supervisor, form, "tie"), 422
    facts = typed(form)
    del facts["enterprise"]
    try:
        stepped = roster_actions.add_tie(supervisor, form.enterprise.found, **facts)
    except RuleBroken as broken:
        db.session.rollback()
        form.enterprise.errors = [said(broken.text)]
        return entry_page(queries.get_supervisor(supervisor_id), form, "tie"), 422
    if stepped:
        flash(_("They step aside: the assignment to this enterprise ends."), "warning")
    return saved(supervisor)


@bp.post("/<int:supervisor_id>/ties/<int:tie_id>/end")
@requires(May.SUPERVISORS_EDIT)
def end_tie(supervisor_id: int, tie_id: int) -> ResponseReturnValue:
    roster_actions.end_tie(roster_queries.get(SupervisorTie, supervisor_id, tie_id), today())
    return saved(queries.get_supervisor(supervisor_id))


@bp.get(f"/<int:supervisor_id>/preparation/{PREPARING}")
@requires(May.SUPERVISORS_EDIT)
def preparation(supervisor_id: int, event: str) -> ResponseReturnValue:
    """Training and certificate: what the step needs, and what it leads to."""
    return step_page(queries.supervisor_to_change(supervisor_id), event, StepForm(formdata=None))


@bp.post(f"/<int:supervisor_id>/preparation/{PREPARING}")
@requires(May.SUPERVISORS_EDIT)
def prepare(supervisor_id: int, event: str) -> ResponseReturnValue:
    return step_taken(supervisor_id, event)


@bp.get(f"/<int:supervisor_id>/engagement/{DECIDING}")
@requires(May.SUPERVISORS_APPROVE)
def engagement(supervisor_id: int, event: str) -> ResponseReturnValue:
    """A leader engages, renews, ends: what the step needs, and what it leads to."""
    return step_page(queries.supervisor_to_change(supervisor_id), event, StepForm(formdata=None))


@bp.post(f"/<int:supervisor_id>/engagement/{DECIDING}")
@requires(May.SUPERVISORS_APPROVE)
def decide_engagement(supervisor_id: int, event: str) -> ResponseReturnValue:
    return step_taken(supervisor_id, event)


@bp.get("/<int:supervisor_id>/engagement.<any(pdf, docx):form>")
@requires(May.SUPERVISORS_READ)
def engagement_letter(supervisor_id: int, form: str) -> ResponseReturnValue:
    """The letter of engagement (27a), to print and seal."""
    supervisor = queries.get_supervisor(supervisor_id)
    data = letters.file(letters.engagement(supervisor, language()), form)
    return attachment(data, f"{supervisor.engagement_no or _('draft')}.{form}", FILES[form])


@bp.get("/quotas")
@requires(May.SUPERVISORS_READ)
def quotas() -> ResponseReturnValue:
    """How many are due, how many there are, and how many of the full-timers work elsewhere."""
    return quota_page(quota_form(formdata=None))


@bp.post("/quotas")
@requires(May.SUPERVISORS_EDIT)
def set_quota() -> ResponseReturnValue:
    form = quota_form()
    if not form.validate():
        return quota_page(form), 422
    roster_actions.set_quota(
        form.level.data, form.area_code.data or None, full_time=form.full_time.data,
        part_time=form.part_time.data or 0, source=form.source.data or None,
    )  # fmt: skip
    db.session.commit()
    flash(_("Saved"), "ok")
    return moved(url_for(".quotas"))


@bp.post("/quotas/<int:quota_id>/removal")
@requires(May.SUPERVISORS_EDIT)
def remove_quota(quota_id: int) -> ResponseReturnValue:
    roster_actions.remove_quota(roster_queries.get_quota(quota_id))
    db.session.commit()
    return moved(url_for(".quotas"))


def typed(form: Form) -> dict[str, Any]:
    """What was typed, an empty line as nothing."""
    return {
        name: value if value != "" else None
        for name, value in form.data.items()
        if name != "csrf_token"
    }


def saved(supervisor: Supervisor) -> ResponseReturnValue:
    db.session.commit()
    flash(_("Saved"), "ok")
    return moved(url_for(".show", supervisor_id=supervisor.id))


def step_taken(supervisor_id: int, event: str) -> ResponseReturnValue:
    supervisor = queries.get_supervisor(supervisor_id, lock=True)
    form = StepForm()
    if form.validate():
        try:
            roster_actions.step(supervisor, event, **typed(form))
        except RuleBroken as broken:
            db.session.rollback()
            form.form_errors.append(said(broken.text))
        else:
            return saved(supervisor)
    return step_page(queries.get_supervisor(supervisor_id), event, form), 422


def entry_page(supervisor: Supervisor, form: Form, kind: str) -> str:
    return render_template("supervisors/entry.html", supervisor=supervisor, form=form, kind=kind)


def step_page(supervisor: Supervisor, event: str, form: StepForm) -> str:
    machine = machine_of(roster_actions.MACHINE)
    return render_template(
        "supervisors/step.html",
        supervisor=supervisor,
        event=event,
        form=form,
        name=machine.events[event],
        state=machine.states[supervisor.state],
        step=machine.step(supervisor.state, event),
    )


def quota_form(**given: Any) -> QuotaForm:
    return QuotaForm(areas=city_of(require().division).areas, **given)


def quota_page(form: QuotaForm) -> str:
    return render_template(
        "supervisors/quotas.html",
        rows=roster_queries.quotas(today()),
        form=form,
        levels=labels.LEVELS,
    )
