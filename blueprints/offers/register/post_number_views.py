"""Bringing in the registered numbers of many letters at once: paste or upload, look, confirm."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext as _n
from wtforms import TextAreaField
from wtforms.validators import Length

from blueprints.offers.register.bulk_views import ListForm, read
from blueprints.offers.register.views import bp
from blueprints.offers.service import bulk as service_bulk
from blueprints.offers.service import post_numbers as room
from blueprints.offers.service.bulk import POSTING, Line
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from tenants.clock import today
from tenants.db import db
from tenants.roles import May


class NumbersForm(ListForm):
    """A list of what was handed in at the post office."""

    lines = TextAreaField(
        _l("Rows: document number, registered number, day of posting"), [Length(max=200_000)]
    )


@bp.get("/post-numbers")
@requires(May.CAMPAIGNS_ISSUE)
def post_numbers() -> ResponseReturnValue:
    return numbers_page(NumbersForm(formdata=None), [])


@bp.post("/post-numbers")
@requires(May.CAMPAIGNS_ISSUE)
def create_post_numbers() -> ResponseReturnValue:
    """Judge the list; with `confirm`, write down the numbers that stand."""
    form = NumbersForm()
    if not form.validate():
        return numbers_page(form, []), 422
    found = read(form, day=POSTING)
    if form.errors:
        return numbers_page(form, []), 422
    confirmed = "confirm" in request.form
    lines = room.judge(found, viewer(), today=today(), lock=confirmed)
    if not confirmed:
        return numbers_page(form, lines)
    count = room.record(lines, by_id=viewer().id)
    db.session.commit()
    words = _n("%(num)s number is written down.", "%(num)s numbers are written down.", count)
    flash(words, "ok" if count else "warning")
    left = [line for line in lines if line.fault is not None]
    if left:
        form.lines.data = service_bulk.as_text(left)
        return numbers_page(form, left)
    return moved(url_for(".paper_letters"))


def numbers_page(form: NumbersForm, lines: list[Line]) -> str:
    return render_template(
        "offers/post_numbers.html",
        form=form,
        faulty=[line for line in lines if line.fault is not None],
        good=[line for line in lines if line.fault is None],
    )
