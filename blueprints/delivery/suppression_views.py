"""Addresses that get no mail: the list, one entry, adding by hand, writing to it again."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext as _n
from werkzeug.utils import redirect
from wtforms import SelectChoice, SelectField, ValidationError
from wtforms.validators import Length

from blueprints.delivery import suppression_lists as lists
from blueprints.delivery.forms import ADDRESS
from blueprints.delivery.room import bp
from blueprints.notices import repairs, suppressions
from blueprints.notices.actions import wake_worker
from blueprints.notices.labels import STATES, notice_kind
from blueprints.notices.suppressions import REASONS, Dead, Suppression
from blueprints.shared.exports import sheet
from blueprints.shared.forms import Filled, Form, InputRequired, TextField
from blueprints.shared.guards import requires
from blueprints.shared.htmx import page
from blueprints.shared.languages import said
from blueprints.shared.links import same_questions
from blueprints.shared.trail.words import history
from rules.reasons import reason
from tenants import trail
from tenants.db import db
from tenants.models import User
from tenants.roles import May


class AddForm(Form):
    address = TextField(_l("Address"), [Filled(), Length(max=254)])
    reason = SelectField(_l("Cause"), [InputRequired()])
    note = TextField(_l("How do you know"), [Filled(), Length(max=200)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [
            SelectChoice("", _("Choose …")),
            *(SelectChoice(code, said(reason(code).label)) for code in REASONS),
        ]

    def validate_address(self, field: TextField) -> None:
        if not ADDRESS.fullmatch(field.data or ""):
            raise ValidationError(_("This is no e-mail address."))
        if suppressions.standing_against(field.data) is not None:
            raise ValidationError(_("This address is on the list already."))


class LiftForm(Form):
    note = TextField(
        _l("Why mail may go there again"),
        [Filled(_l("Say how you know that it works.")), Length(max=200)],
    )


@bp.get("/suppressions")
@requires(May.NOTICES_READ, citywide=True)
def list_suppressions() -> ResponseReturnValue:
    asked = lists.Asked.of(request.args)
    return page(
        "delivery/suppressions.html",
        fragment="delivery/_suppressions.html",
        asked=asked,
        page=lists.page_of(asked),
        total=lists.how_many(asked),
        reasons=[(code, said(reason(code).label)) for code in REASONS],
        reason=reason,
        exports=[
            (kind.upper(), same_questions(url_for(".export_suppressions", form=kind)))
            for kind in ("xlsx", "csv")
        ],
    )


@bp.get("/suppressions/export.<any(xlsx, csv):form>")
@requires(May.NOTICES_READ, citywide=True)
def export_suppressions(form: str) -> ResponseReturnValue:
    asked = lists.Asked.of(request.args)
    return sheet(form, _("Addresses without mail"), lists.heads(), lists.lines(asked))


@bp.get("/suppressions/new")
@requires(May.CONTACTS_REPAIR, citywide=True)
def new_suppression() -> ResponseReturnValue:
    return add_page(AddForm(formdata=None, data={"address": request.args.get("address", "")}))


@bp.post("/suppressions")
@requires(May.CONTACTS_REPAIR, citywide=True)
def create_suppression() -> ResponseReturnValue:
    form = AddForm()
    if not form.validate():
        return add_page(form), 422
    suppressions.suppress([Dead(form.address.data, form.reason.data, form.note.data)])
    repairs.hold_back()
    db.session.commit()
    flash(_("Nothing more goes to %(address)s.", address=form.address.data), "success")
    return redirect(url_for(".list_suppressions"), 303)


@bp.get("/suppressions/<int:suppression_id>")
@requires(May.NOTICES_READ, citywide=True)
def show_suppression(suppression_id: int) -> ResponseReturnValue:
    return shown(lists.get_suppression(suppression_id), LiftForm(formdata=None))


@bp.post("/suppressions/<int:suppression_id>/lifting")
@requires(May.CONTACTS_REPAIR, citywide=True)
def lift_suppression(suppression_id: int) -> ResponseReturnValue:
    """Write to the address again; what waited goes out."""
    standing = lists.get_suppression(suppression_id, lock=True)
    form = LiftForm()
    if not form.validate():
        return shown(standing, form), 422
    sent = repairs.lift(standing, form.note.data)
    wake_worker()
    db.session.commit()
    flash(
        _n(
            "Mail goes there again; %(num)s notice goes out.",
            "Mail goes there again; %(num)s notices go out.",
            sent,
        ),
        "success",
    )
    return redirect(url_for(".show_suppression", suppression_id=standing.id), 303)


def add_page(form: AddForm) -> str:
    return render_template("delivery/suppress.html", form=form)


def shown(standing: Suppression, form: LiftForm) -> str:
    people = {standing.added_by_id, standing.lifted_by_id} - {None}
    return render_template(
        "delivery/suppression.html",
        standing=standing,
        form=form,
        why=reason(standing.reason),
        waiting=suppressions.waiting_for(standing) if standing.lifted_at is None else [],
        names={user.id: user.name for user in db.session.query(User).filter(User.id.in_(people))},
        history=history(trail.of(standing, newest=20)),
        states=STATES,
        kind=notice_kind,
    )
