"""Leaders' contacts: the list, one contact with its visits, linking, visiting, settling."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.registry.areas import area_name, city_of
from blueprints.registry.industries import industry_name
from blueprints.registry.models import Enterprise
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import said
from blueprints.shared.tenancy import require
from blueprints.shared.trail.words import history
from blueprints.supervisors import contacts as ledger
from blueprints.supervisors import labels, queries
from blueprints.supervisors.contact_forms import LinkForm, SettleForm, VisitForm
from blueprints.supervisors.contact_models import LeaderContact
from blueprints.supervisors.views import bp, sheets_of
from rules.broken import RuleBroken
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.roles import May


@bp.get("/contacts")
@requires(May.SUPERVISORS_READ)
def contacts() -> ResponseReturnValue:
    """Leaders, whom they keep in touch with, visits due and made, what came of them."""
    wanted = ledger.Wanted.from_args(request.args)
    return page(
        "supervisors/contacts.html",
        fragment="supervisors/_contacts.html",
        wanted=wanted,
        page=ledger.listing(wanted, today(), cursor=request.args.get("cursor")),
        sums=ledger.sums(today()),
        industry_name=industry_name,
        exports=sheets_of(".export_contacts"),
    )


@bp.get("/contacts.<any(xlsx, csv):kind>")
@requires(May.SUPERVISORS_READ)
def export_contacts(kind: str) -> ResponseReturnValue:
    heads = [
        _("Leader"), _("Office held"), _("Enterprise or industry"), _("Area"), _("Supervisor"),
        _("Visits due a year"), _("Visits this year"), _("With a result"), _("Next steps open"),
        _("Since"), _("Until"),
    ]  # fmt: skip
    rows = (
        (
            row.leader, row.post, row.enterprise or said(industry_name(row.industry)),
            said(area_name(row.area)) if row.area else None, row.supervisor, row.visits_due,
            row.visited, row.results, row.open_steps, row.since_on, row.until_on,
        )
        for row in ledger.for_export(ledger.Wanted.from_args(request.args), today())
    )  # fmt: skip
    return sheet(kind, _("Leaders' contacts"), heads, rows)


@bp.get("/contacts/new")
@requires(May.SUPERVISORS_EDIT)
def new_contact() -> ResponseReturnValue:
    return link_page(link_form(formdata=None, since_on=today(), visits_due=2))


@bp.post("/contacts")
@requires(May.SUPERVISORS_EDIT)
def create_contact() -> ResponseReturnValue:
    form = link_form()
    if form.validate():
        try:
            made = ledger.link(**form.facts())
        except RuleBroken as broken:
            form.form_errors.append(said(broken.text))
        else:
            db.session.commit()
            flash(_("Saved"), "ok")
            return moved(url_for(".contact", contact_id=made.id))
    return link_page(form), 422


@bp.get("/contacts/<int:contact_id>")
@requires(May.SUPERVISORS_READ)
def contact(contact_id: int) -> ResponseReturnValue:
    """One contact: its visits, what was found, what came of it, what is open."""
    return contact_page(ledger.get(contact_id), VisitForm(formdata=None, visited_on=today()))


@bp.post("/contacts/<int:contact_id>/visits")
@requires(May.SUPERVISORS_EDIT)
def create_contact_visit(contact_id: int) -> ResponseReturnValue:
    found, form = ledger.get(contact_id, lock=True), VisitForm()
    if form.validate():
        try:
            ledger.visit(found, by_id=viewer().id, **form.facts())
        except RuleBroken as broken:
            form.visited_on.errors = [said(broken.text)]
        else:
            db.session.commit()
            flash(_("The visit is recorded."), "ok")
            return moved(url_for(".contact", contact_id=contact_id))
    return contact_page(found, form), 422


@bp.post("/contacts/<int:contact_id>/visits/<int:visit_id>/settlement")
@requires(May.SUPERVISORS_EDIT)
def settle_contact_visit(contact_id: int, visit_id: int) -> ResponseReturnValue:
    """The next step of a visit is done."""
    made, form = ledger.get_visit(ledger.get(contact_id), visit_id), SettleForm()
    if form.validate():
        ledger.settle(made, today(), form.note.data or "")
        db.session.commit()
        flash(_("Saved"), "ok")
    return moved(url_for(".contact", contact_id=contact_id))


@bp.post("/contacts/<int:contact_id>/end")
@requires(May.SUPERVISORS_EDIT)
def end_contact(contact_id: int) -> ResponseReturnValue:
    ledger.end(ledger.get(contact_id, lock=True), today())
    db.session.commit()
    flash(_("The contact is over; its visits are kept."), "ok")
    return moved(url_for(".contacts"))


def link_form(**given: Any) -> LinkForm:
    return LinkForm(
        areas=city_of(require().division).areas,
        supervisors=queries.still_here(today()),
        **given,
    )


def link_page(form: LinkForm) -> str:
    return render_template("supervisors/contact_new.html", form=form)


def contact_page(found: LeaderContact, form: VisitForm) -> str:
    enterprise = (
        db.session.get(Enterprise, (found.tenant_id, found.enterprise_id))
        if found.enterprise_id
        else None
    )
    return render_template(
        "supervisors/contact.html",
        contact=found,
        enterprise=enterprise,
        industry=industry_name(found.industry) if found.industry else None,
        visits=ledger.visits(found),
        outcomes=labels.OUTCOMES,
        form=form,
        history=history(trail.of(found, newest=30)),
    )
