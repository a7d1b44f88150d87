"""The calendars: a year of days, the State Council's notice as we entered it, how days count."""

from flask import Blueprint, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.rulebook import calendar_actions as actions
from blueprints.rulebook import calendar_pages as pages
from blueprints.rulebook import queries
from blueprints.rulebook.calendar_actions import Entry
from blueprints.rulebook.calendar_forms import (
    FIRST_YEAR,
    LAST_YEAR,
    ConventionsForm,
    ReasonForm,
    YearForm,
    entry_form,
)
from blueprints.shared import tenancy
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires
from blueprints.shared.htmx import moved
from blueprints.shared.tenancy import require
from blueprints.shared.trail.words import history
from rules.reckoning import Conventions
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

bp = Blueprint("calendars", __name__, url_prefix="/<tenant>/calendars")


@bp.get("")
@requires(May.RULES_READ)
def index() -> ResponseReturnValue:
    return _page(today().year)


@bp.get("/<int:year>")
@requires(May.RULES_READ)
def show(year: int) -> ResponseReturnValue:
    return _page(year)


@bp.get("/<int:year>/export.<any(xlsx, csv):file>")
@requires(May.RULES_READ)
def export(year: int, file: str) -> ResponseReturnValue:
    heads = [_("Day"), _("Kind of day"), _("Name"), _("Source")]
    return sheet(file, _("Calendar %(year)s", year=year), heads, pages.sheet_rows(_year(year)))


@bp.get("/<int:year>/entries/new")
@requires(May.CALENDARS_EDIT)
def new(year: int) -> ResponseReturnValue:
    return _entry_page(_year(year), None)


@bp.post("/<int:year>/entries")
@requires(May.CALENDARS_EDIT)
def create(year: int) -> ResponseReturnValue:
    form = entry_form(_year(year), pages.taken())
    if not form.validate():
        return _entry_page(year, None, form), 422
    actions.enter(form.name.data, form.notice.data, form.days_off(), form.days_worked())
    return _saved(year)


@bp.get("/<int:year>/entries/<int:entry_id>")
@requires(May.CALENDARS_EDIT)
def edit(year: int, entry_id: int) -> ResponseReturnValue:
    return _entry_page(_year(year), _entry(entry_id))


@bp.post("/<int:year>/entries/<int:entry_id>")
@requires(May.CALENDARS_EDIT)
def update(year: int, entry_id: int) -> ResponseReturnValue:
    entry = _entry(entry_id)
    form = entry_form(_year(year), pages.taken(entry))
    if not form.validate():
        return _entry_page(year, entry, form), 422
    actions.change(entry, form.name.data, form.notice.data, form.days_off(), form.days_worked())
    return _saved(year)


@bp.post("/<int:year>/entries/<int:entry_id>/removal")
@requires(May.CALENDARS_EDIT)
def remove(year: int, entry_id: int) -> ResponseReturnValue:
    entry, form = _entry(entry_id), ReasonForm()
    if not form.validate():
        return _entry_page(_year(year), entry, reason=form), 422
    actions.remove(entry, form.reason.data)
    return _saved(year)


@bp.post("/<int:year>/completion")
@requires(May.CALENDARS_EDIT)
def complete(year: int) -> ResponseReturnValue:
    """Mark the year as complete: working days in it can be counted."""
    form = YearForm()
    if not form.validate():
        return _page(year, year_form=form, status=422)
    actions.complete(_year(year), form.notice.data)
    return _saved(year)


@bp.post("/<int:year>/reopening")
@requires(May.CALENDARS_EDIT)
def reopen(year: int) -> ResponseReturnValue:
    form = ReasonForm()
    if not form.validate():
        return _page(year, reason_form=form, status=422)
    actions.reopen(_year(year), form.reason.data)
    return _saved(year)


@bp.post("/conventions")
@requires(May.CALENDARS_EDIT)
def conventions() -> ResponseReturnValue:
    """How this federation counts; every derivation names it."""
    form = ConventionsForm()
    if not form.validate():
        return _page(today().year, status=422)
    wanted = Conventions(form.roll_off_rest_days.data, form.make_up_days_count.data)
    actions.set_conventions(wanted, queries.conventions())
    return _saved(today().year)


def _page(year: int, *, status: int = 200, **forms: object) -> ResponseReturnValue:
    told = pages.year_page(_year(year))
    kept = told["conventions"]
    told["conventions_form"] = ConventionsForm(
        formdata=None,
        data={
            "roll_off_rest_days": kept.roll_off_rest_days,
            "make_up_days_count": kept.make_up_days_count,
        },
    )
    told |= {"year_form": YearForm(formdata=None), "reason_form": ReasonForm(formdata=None)}
    told |= {"timeline": history(told["events"]), "today": today(), **forms}
    return render_template("rulebook/calendar.html", **told), status


def _entry_page(
    year: int, entry: Entry | None, form: object = None, reason: ReasonForm | None = None
) -> str:
    shown = form
    if shown is None:
        known = (
            {
                "name": entry.name,
                "notice": entry.notice,
                "first": min(entry.off, default=None),
                "last": max(entry.off, default=None),
                "make_up": "\n".join(map(str, entry.worked)),
            }
            if entry
            else {}
        )
        shown = entry_form(year, {}, **known)
    return render_template(
        "rulebook/entry.html",
        form=shown,
        year=year,
        entry=entry,
        reason=reason or ReasonForm(formdata=None),
    )


def _saved(year: int) -> ResponseReturnValue:
    db.session.commit()
    tenancy.forget(require().slug)
    flash(_("Saved. Running deadlines have not been touched."), "ok")
    return moved(url_for(".show", year=year))


def _entry(entry_id: int) -> Entry:
    return actions.get_entry(entry_id) or abort(404)


def _year(year: int) -> int:
    return year if FIRST_YEAR <= year <= LAST_YEAR else abort(404)
