"""Recording the service of many offers at once: paste or upload, look, confirm."""

from collections.abc import Sequence

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext as _n
from flask_wtf.file import FileField
from wtforms import TextAreaField
from wtforms.validators import Length

from blueprints.offers.register.views import bp
from blueprints.offers.service import bulk as service_bulk
from blueprints.offers.service.bulk import MOST, RECEIPT, Line
from blueprints.registry.sheets import open_sheet
from blueprints.registry.unpacking import SheetRefused
from blueprints.shared.forms import Form
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import said
from tenants.clock import today
from tenants.db import db
from tenants.roles import May


class ListForm(Form):
    """A list of what the post has delivered."""

    lines = TextAreaField(
        _l("Rows: document number, registered number, day of receipt"), [Length(max=200_000)]
    )
    sheet = FileField(_l("Or a sheet with these columns"))


@bp.get("/service-list")
@requires(May.OFFERS_SERVE)
def service_list() -> ResponseReturnValue:
    return list_page(ListForm(formdata=None), [])


@bp.post("/service-list")
@requires(May.OFFERS_SERVE)
def create_services() -> ResponseReturnValue:
    """Judge the list; with `confirm`, record the rows that stand."""
    form = ListForm()
    if not form.validate():
        return list_page(form, []), 422
    found = read(form)
    if form.errors:
        return list_page(form, []), 422
    confirmed = "confirm" in request.form
    lines = service_bulk.judge(found, viewer(), today=today(), lock=confirmed)
    if not confirmed:
        return list_page(form, lines)
    count = service_bulk.record(lines, by_id=viewer().id)
    db.session.commit()
    words = _n("%(num)s service is recorded.", "%(num)s services are recorded.", count)
    flash(words, "ok" if count else "warning")
    left = [line for line in lines if line.fault is not None]
    if left:
        form.lines.data = service_bulk.as_text(left)
        return list_page(form, left)
    return moved(url_for(".index", group="waiting"))


def read(form: ListForm, *, day: Sequence[str] = RECEIPT) -> list[Line]:
    """The rows of the sheet, or else of what was pasted; the fault beside its field."""
    file = form.sheet.data
    try:
        rows = (
            [cells for _number, cells in open_sheet(file.read()).rows()]
            if file and file.filename
            else service_bulk.read_text(form.lines.data or "")
        )
    except SheetRefused as refused:
        form.sheet.errors = [said(refused.text)]
        return []
    lines = service_bulk.read(rows, day=day)
    if not lines:
        form.lines.errors = [_("There is no row in it.")]
    elif len(lines) > MOST:
        form.lines.errors = [_("At most %(most)s rows at a time.", most=MOST)]
    if file and file.filename:
        form.lines.data = service_bulk.as_text(lines)
    return lines


def list_page(form: ListForm, lines: list[Line]) -> str:
    faulty = [line for line in lines if line.fault is not None]
    return render_template(
        "offers/service_list.html",
        form=form,
        faulty=faulty,
        good=[line for line in lines if line.fault is None],
    )
