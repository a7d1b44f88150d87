"""The studio on screen: the pool of experts, one expert, bookings and the advice given."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.registry.industries import industry_name
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import said
from blueprints.shared.trail.words import history
from blueprints.supervisors import labels, queries
from blueprints.supervisors import studio as pool
from blueprints.supervisors.plan_forms import industry_choices
from blueprints.supervisors.studio_forms import BookingForm, ExpertForm, OutcomeForm
from blueprints.supervisors.studio_models import Expert
from blueprints.supervisors.views import bp, sheets_of
from rules.broken import RuleBroken
from tenants import trail
from tenants.clock import now, today
from tenants.db import db
from tenants.roles import May

ENDINGS = "<any(advice, cancellation):event>"


@bp.get("/studio")
@requires(May.SUPERVISORS_READ)
def studio() -> ResponseReturnValue:
    """Experts by field and industry, and what is booked next."""
    wanted = pool.Wanted.from_args(request.args)
    return page(
        "supervisors/studio.html",
        fragment="supervisors/_studio.html",
        wanted=wanted,
        page=pool.listing(wanted, today(), cursor=request.args.get("cursor")),
        coming=pool.coming(now()),
        fields=labels.FIELDS,
        industries=[(one.value, one.label) for one in industry_choices()],
        industry_name=industry_name,
        exports=sheets_of(".export_studio"),
    )


@bp.get("/studio.<any(xlsx, csv):kind>")
@requires(May.SUPERVISORS_READ)
def export_studio(kind: str) -> ResponseReturnValue:
    heads = [
        _("Expert"), _("Field"), _("Industries"), _("Workplace"), _("Office held"),
        _("Telephone"), _("E-mail"), _("Advice given"), _("Booked"), _("In the pool until"),
    ]  # fmt: skip
    rows = (
        (
            row.name, str(labels.FIELDS[row.field]),
            _(", ").join(said(industry_name(code)) for code in row.industries), row.workplace,
            row.post, row.phone, row.email, row.held, row.booked, row.until_on,
        )
        for row in pool.for_export(pool.Wanted.from_args(request.args), today())
    )  # fmt: skip
    return sheet(kind, _("Experts"), heads, rows)


@bp.get("/studio/new")
@requires(May.SUPERVISORS_EDIT, citywide=True)
def new_expert() -> ResponseReturnValue:
    return expert_form_page(None, ExpertForm(formdata=None, since_on=today()))


@bp.post("/studio")
@requires(May.SUPERVISORS_EDIT, citywide=True)
def create_expert() -> ResponseReturnValue:
    form = ExpertForm()
    if not form.validate():
        return expert_form_page(None, form), 422
    made = pool.take_in(**form.facts())
    db.session.commit()
    flash(_("%(name)s is in the pool.", name=made.name), "ok")
    return moved(url_for(".expert", expert_id=made.id))


@bp.get("/studio/<int:expert_id>")
@requires(May.SUPERVISORS_READ)
def expert(expert_id: int) -> ResponseReturnValue:
    return expert_page(pool.get(expert_id), booking_form(formdata=None, on=today()))


@bp.get("/studio/<int:expert_id>/edit")
@requires(May.SUPERVISORS_EDIT, citywide=True)
def edit_expert(expert_id: int) -> ResponseReturnValue:
    found = pool.get(expert_id)
    return expert_form_page(found, ExpertForm(formdata=None, obj=found))


@bp.post("/studio/<int:expert_id>")
@requires(May.SUPERVISORS_EDIT, citywide=True)
def update_expert(expert_id: int) -> ResponseReturnValue:
    found, form = pool.get(expert_id, lock=True), ExpertForm()
    if not form.validate():
        return expert_form_page(found, form), 422
    pool.correct(found, **form.facts())
    db.session.commit()
    flash(_("Saved"), "ok")
    return moved(url_for(".expert", expert_id=expert_id))


@bp.post("/studio/<int:expert_id>/bookings")
@requires(May.SUPERVISORS_EDIT)
def create_booking(expert_id: int) -> ResponseReturnValue:
    found, form = pool.get(expert_id), booking_form()
    if form.validate():
        try:
            pool.book(found, by_id=viewer().id, **form.facts())
        except RuleBroken as broken:
            form.begins.errors = [said(broken.text)]
        else:
            db.session.commit()
            flash(_("The expert is booked."), "ok")
            return moved(url_for(".expert", expert_id=expert_id))
    return expert_page(found, form), 422


@bp.get(f"/studio/<int:expert_id>/bookings/<int:booking_id>/{ENDINGS}")
@requires(May.SUPERVISORS_EDIT)
def ending_booking(expert_id: int, booking_id: int, event: str) -> ResponseReturnValue:
    """Keep the advice given, or cancel with the reason."""
    return outcome_page(expert_id, booking_id, event, OutcomeForm(formdata=None))


@bp.post(f"/studio/<int:expert_id>/bookings/<int:booking_id>/{ENDINGS}")
@requires(May.SUPERVISORS_EDIT)
def end_booking(expert_id: int, booking_id: int, event: str) -> ResponseReturnValue:
    booking, form = pool.get_booking(pool.get(expert_id), booking_id), OutcomeForm()
    act = pool.hold if event == "advice" else pool.cancel
    if form.validate():
        try:
            act(booking, form.words.data or "")
        except RuleBroken as broken:
            db.session.rollback()
            form.words.errors = [said(broken.text)]
        else:
            db.session.commit()
            flash(_("Saved"), "ok")
            return moved(url_for(".expert", expert_id=expert_id))
    return outcome_page(expert_id, booking_id, event, form), 422


def booking_form(**given: Any) -> BookingForm:
    return BookingForm(supervisors=queries.still_here(today()), **given)


def expert_form_page(found: Expert | None, form: ExpertForm) -> str:
    return render_template("supervisors/expert_edit.html", expert=found, form=form)


def expert_page(found: Expert, form: BookingForm) -> str:
    return render_template(
        "supervisors/expert.html",
        expert=found,
        form=form,
        bookings=pool.bookings(found),
        fields=labels.FIELDS,
        states=labels.BOOKINGS,
        industry_name=industry_name,
        history=history(trail.of(found, newest=30)),
    )


def outcome_page(expert_id: int, booking_id: int, event: str, form: OutcomeForm) -> str:
    found = pool.get(expert_id)
    booking = pool.get_booking(found, booking_id)
    return render_template(
        "supervisors/booking_end.html", expert=found, booking=booking, event=event, form=form
    )
