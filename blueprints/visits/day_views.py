"""My day (今日): what a supervisor does today, and the calendar that tells their phone."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import language
from blueprints.shared.packing import packed
from blueprints.shared.throttle import throttle
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.queries import get_supervisor, how_many_served
from blueprints.visits import feed, hours, queries
from blueprints.visits.agenda import day_of
from blueprints.visits.ahead import Span, ahead
from tenants.clock import now, today
from tenants.db import db
from tenants.roles import May

bp = Blueprint("my_day", __name__, url_prefix="/<tenant>")
WEEKS = timedelta(weeks=4)


@bp.get("/my-day")
@requires(May.SUPERVISORS_OWN)
@packed
def index() -> ResponseReturnValue:
    """Today: fixed times first, then what is most urgent."""
    return today_page(by_place=False)


@bp.get("/my-day/by-place")
@requires(May.SUPERVISORS_OWN)
@packed
def by_place() -> ResponseReturnValue:
    """Today, by area and street, the home area first."""
    return today_page(by_place=True)


@bp.get("/supervisors/<int:supervisor_id>/day")
@requires(May.SUPERVISORS_READ)
def of(supervisor_id: int) -> ResponseReturnValue:
    """The same page of somebody else, for the officer."""
    supervisor = get_supervisor(supervisor_id)
    return render_template("visits/day.html", **day_page(supervisor, by_place=False), mine=False)


@bp.post("/my-day/calendar")
@requires(May.SUPERVISORS_OWN)
def open_calendar() -> ResponseReturnValue:
    """A new secret address, shown once; the former one ends."""
    mine = queries.own(viewer().id) or abort(404)
    token = feed.open_feed(mine, language())
    db.session.commit()
    address = url_for(".calendar", token=token, _external=True)
    return render_template("visits/calendar.html", address=address, standing=feed.feed_of(mine))


@bp.get("/my-day/calendar")
@requires(May.SUPERVISORS_OWN)
def calendar_address() -> ResponseReturnValue:
    """Whether there is an address, and when it was last read."""
    mine = queries.own(viewer().id) or abort(404)
    return render_template("visits/calendar.html", address=None, standing=feed.feed_of(mine))


@bp.post("/my-day/calendar/end")
@requires(May.SUPERVISORS_OWN)
def close_calendar() -> ResponseReturnValue:
    mine = queries.own(viewer().id) or abort(404)
    if feed.close_feed(mine):
        db.session.commit()
        flash(_("The address of your calendar no longer works."), "ok")
    return moved(url_for(".calendar_address"))


@bp.get("/calendar/<token>.ics")
@requires(May.ANYONE)
def calendar(token: str) -> ResponseReturnValue:
    """The plan of the next weeks for a calendar program. The address is the key."""
    throttle("30/minute", "calendar feed")
    found = feed.feed_by(token) or abort(404)
    supervisor = get_supervisor(found.supervisor_id)
    with force_locale("zh_CN" if found.lang == "zh" else "en"):
        span = Span(today() - WEEKS / 4, today() + WEEKS, today())
        body = feed.calendar_of(ahead(supervisor, span), found.lang)
    found.read_at = now()
    db.session.commit()
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def today_page(*, by_place: bool) -> str:
    mine = queries.own(viewer().id)
    if mine is None:
        return render_template("visits/no_roster.html")
    return render_template("visits/day.html", **day_page(mine, by_place=by_place), mine=True)


def day_page(supervisor: Supervisor, *, by_place: bool) -> dict[str, Any]:
    return {
        "supervisor": supervisor,
        "day": day_of(supervisor, today(), by_place=by_place),
        "served": how_many_served(supervisor, today())[0],
        "month": hours.month_of(supervisor, today()),
    }
