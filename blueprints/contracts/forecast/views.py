"""The forecast: list and months, one line, events on record, and what is made of a line."""

from typing import Any, cast

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.contracts.forecast import actions, announcing, forms, queries, runs, trigger_lists
from blueprints.contracts.forecast.load import load_of
from blueprints.contracts.forecast.models import ForecastEntry, TriggerKind
from blueprints.contracts.forecast.pages import (
    entry_heads,
    entry_page,
    entry_rows,
    list_page,
    load_page,
    looks_page,
    months_page,
    places,
    trigger_page,
)
from blueprints.contracts.forecast.words import title_of
from blueprints.contracts.ground.asking import ask
from blueprints.contracts.ground.owners import owners
from blueprints.contracts.performance.check_forms import ReasonForm
from blueprints.contracts.performance.check_views import FILES, first_time
from blueprints.offers.ground.letters import rendered
from blueprints.shared.exports import attachment, sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import language, said
from jobs.queue import wake
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

bp = Blueprint("forecast", __name__, url_prefix="/<tenant>/forecast")
ASSIGN = Text("确定责任人和计划日期", "Name owner and planned day")
DROP = Text("不再办理", "Drop it")
TRIGGER = Text("登记情况变化", "Record that something has changed")
WITHDRAW = Text("撤回登记", "Withdraw the record")
ANNOUNCE = Text("发布协商预报", "Publish the forecast")
ANNOUNCE_SAYS = Text(
    "预报通知编号后发给有关企业和工会，每家一次；没有电子邮箱的打印纸质函。这不是要约，不计算答复期限。",
    "The notice gets its number and goes to the enterprises and unions concerned, once each; "
    "whoever has no e-mail address gets it on paper. It is not an offer; no clock runs.",
)


@bp.get("")
@requires(May.FORECAST_READ)
def index() -> ResponseReturnValue:
    """What is coming up, by the day it is planned for."""
    asked = queries.Asked.of(request.args)
    found = list_page(viewer(), asked)
    return page("forecast/index.html", fragment="forecast/_list.html", **found)


@bp.get("/export.<any(xlsx, csv):kind>")
@requires(May.CONTRACTS_EXPORT)
def export(kind: str) -> ResponseReturnValue:
    asked = queries.Asked.of(request.args)
    query = queries.listed(viewer(), asked)
    order = (k.ordered for k in queries.order_of(asked.sort))
    rows = db.session.execute(query.order_by(*order)).all()
    return sheet(kind, _("Forecast"), entry_heads(), entry_rows(rows))


@bp.get("/months")
@requires(May.FORECAST_READ)
def months() -> ResponseReturnValue:
    """The same by month and ground: the calendar of the year to come."""
    asked = queries.Asked.of(request.args)
    return render_template("forecast/months.html", **months_page(viewer(), asked))


@bp.get("/load")
@requires(May.FORECAST_READ)
def load() -> ResponseReturnValue:
    """Supervisor days needed by area and month, beside those that are there."""
    return render_template("forecast/load.html", **load_page(load_of(today())))


@bp.post("/refreshing")
@requires(May.FORECAST_EDIT)
def refresh() -> ResponseReturnValue:
    """Have it brought up to date now rather than tonight; a job does it."""
    look_again()
    db.session.commit()
    return moved(url_for(".index"))


@bp.get("/looks")
@requires(May.FORECAST_READ)
def looks() -> ResponseReturnValue:
    """How far the look under way has come, and those before it."""
    return page("forecast/looks.html", fragment="forecast/_look.html", **looks_page(viewer()))


@bp.get("/lines/<int:forecast_id>")
@requires(May.FORECAST_READ)
def show(forecast_id: int) -> ResponseReturnValue:
    """One line: why it is there, since when, for whom, and what can be made of it."""
    entry = queries.seen(forecast_id, viewer())
    return render_template("forecast/show.html", **entry_page(entry, viewer()))


@bp.route("/lines/<int:forecast_id>/owner", methods=["GET", "POST"])
@requires(May.FORECAST_EDIT)
def assign(forecast_id: int) -> ResponseReturnValue:
    entry = locked(forecast_id)
    kept = {"owner_id": str(entry.owner_id or viewer().id), "note": entry.note,
            "planned_on": max(entry.planned_on, today()), "version": entry.version}  # fmt: skip
    form = forms.AssignForm(**first_time(kept), owners=owners())
    if request.method == "GET" or not form.validate():
        return again(entry, ASSIGN, form)
    actions.demand_fresh(entry, int(form.version.data or 0))
    set_owner([entry], form)
    return done(entry)


@bp.route("/owners", methods=["GET", "POST"])
@requires(May.FORECAST_EDIT)
def assign_many() -> ResponseReturnValue:
    """Owner and day for all lines that were picked."""
    ids = request.values.getlist("id", type=int)
    known = {"owner_id": str(viewer().id), "planned_on": today()}
    form = forms.AssignForm(**first_time(known), owners=owners())
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        return render_template("forecast/owners.html", form=form, ids=ids), status
    changed = set_owner(queries.picked(ids, viewer()), form)
    db.session.commit()
    flash(_("Owner and day are set for %(count)s lines.", count=changed), "ok")
    return moved(url_for(".index"))


@bp.route("/lines/<int:forecast_id>/dropping", methods=["GET", "POST"])
@requires(May.FORECAST_EDIT)
def drop(forecast_id: int) -> ResponseReturnValue:
    entry = locked(forecast_id)
    form = ReasonForm()
    if request.method == "GET" or not form.validate():
        return again(entry, DROP, form)
    actions.drop(entry, form.reason.data)
    return done(entry)


@bp.route("/lines/<int:forecast_id>/announcement", methods=["GET", "POST"])
@requires(May.FORECAST_EDIT)
def announce(forecast_id: int) -> ResponseReturnValue:
    """Publish it to those concerned."""
    entry = locked(forecast_id)
    form = forms.PutForm()
    if request.method == "GET" or not form.validate():
        draft = announcing.letter_of(entry, language())
        return again(entry, ANNOUNCE, form, says=ANNOUNCE_SAYS, letter=draft)
    told = announcing.announce(entry)
    flash(_("Published to %(count)s addressees.", count=told), "ok")
    return done(entry)


@bp.post("/lines/<int:forecast_id>/campaign")
@requires(May.CAMPAIGNS_PREPARE)
def make_campaign(forecast_id: int) -> ResponseReturnValue:
    """One click: a draft campaign with just this scope."""
    campaign = actions.make_campaign(locked(forecast_id), by_id=viewer().id)
    db.session.commit()
    return moved(url_for("campaigns.scope", campaign_id=campaign.id))


@bp.post("/lines/<int:forecast_id>/case")
@requires(May.CASES_EDIT)
def make_case(forecast_id: int) -> ResponseReturnValue:
    """One click: a bargaining case; a renewal follows on its contract."""
    case = actions.make_case(locked(forecast_id), by_id=viewer().id)
    db.session.commit()
    return moved(url_for("cases.show", case_id=case.id))


@bp.get("/lines/<int:forecast_id>/notice.<any(pdf, docx):form>")
@requires(May.FORECAST_READ)
def letter(forecast_id: int, form: str) -> ResponseReturnValue:
    """The notice, to print for the board."""
    entry = queries.seen(forecast_id, viewer())
    data = cast("bytes", rendered(announcing.letter_of(entry, language()), form))
    return attachment(data, f"{entry.announced_no or _('draft')}.{form}", FILES[form])


@bp.get("/events")
@requires(May.FORECAST_READ)
def triggers() -> ResponseReturnValue:
    """What has changed, from which day, by which document."""
    found = trigger_page(viewer(), trigger_lists.Asked.of(request.args))
    return page("forecast/triggers.html", fragment="forecast/_triggers.html", **found)


@bp.get("/events/export.<any(xlsx, csv):kind>")
@requires(May.CONTRACTS_EXPORT)
def export_triggers(kind: str) -> ResponseReturnValue:
    """Just what is filtered, as a sheet."""
    rows = trigger_lists.for_export(trigger_lists.Asked.of(request.args))
    return sheet(kind, _("Events on record"), trigger_lists.heads(), trigger_lists.sheet_rows(rows))


@bp.route("/events/new", methods=["GET", "POST"])
@requires(May.FORECAST_EDIT)
def new_trigger() -> ResponseReturnValue:
    areas, industries = places()
    form = forms.TriggerForm(
        **first_time({"happened_on": today()}), areas=areas, industries=industries
    )
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        return ask(TRIGGER, form, back=url_for(".triggers"), status=status)
    actions.record_trigger(
        TriggerKind(form.kind.data), happened_on=form.happened_on.data, source=form.source.data,
        area=form.area.data or None, industry=form.industry.data or None,
        note=form.note.data or None, by_id=viewer().id,
    )  # fmt: skip
    look_again()
    db.session.commit()
    return moved(url_for(".triggers"))


@bp.route("/events/<int:trigger_id>/withdrawal", methods=["GET", "POST"])
@requires(May.FORECAST_EDIT)
def withdraw_trigger(trigger_id: int) -> ResponseReturnValue:
    row = queries.get_trigger(trigger_id, lock=request.method == "POST")
    form = ReasonForm()
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        return ask(WITHDRAW, form, back=url_for(".triggers"), about=row.source, status=status)
    actions.withdraw_trigger(row, form.reason.data)
    look_again()
    db.session.commit()
    return moved(url_for(".triggers"))


def look_again() -> None:
    wake("jobs.forecast.run", run_id=runs.ask(viewer().id).id)


def locked(forecast_id: int) -> ForecastEntry:
    return queries.seen(forecast_id, viewer(), lock=request.method == "POST")


def set_owner(entries: Any, form: forms.AssignForm) -> int:
    return actions.assign(
        entries, owner_id=int(form.owner_id.data), planned_on=form.planned_on.data,
        note=form.note.data or None,
    )  # fmt: skip


def done(entry: ForecastEntry) -> ResponseReturnValue:
    db.session.commit()
    return moved(url_for("forecast.show", forecast_id=entry.id))


def again(
    entry: ForecastEntry, title: Text, form: Any, *, says: Text | str = "", letter: Any = None
) -> ResponseReturnValue:
    status = 200 if request.method == "GET" else 422
    back = url_for("forecast.show", forecast_id=entry.id)
    about = said(title_of(entry))
    return ask(title, form, back=back, says=says, about=about, letter=letter, status=status)
