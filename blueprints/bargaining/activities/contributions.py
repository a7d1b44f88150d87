"""What the activities show on the page of a case, in its timeline and in its trace file."""

from collections.abc import Iterator, Mapping

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from blueprints.bargaining.activities.actions import activities_of, follow_ups_of
from blueprints.bargaining.ground.activity_kinds import kind_names
from blueprints.bargaining.ground.activity_models import Activity, ActivityState, FollowUp
from blueprints.bargaining.ground.contributions import (
    Entry,
    Section,
    Trace,
    case_events,
    section,
    trace,
)
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.reach import cases_within
from blueprints.shared.guards import Viewer
from blueprints.shared.workbench_cards import Card, Due, Row, card, due_by
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

STATES: Mapping[str, Text] = {
    ActivityState.PLANNED: Text("已安排", "Planned"),
    ActivityState.HELD: Text("已举行", "Held"),
    ActivityState.CANCELLED: Text("已取消", "Called off"),
}
LOOKS = {
    ActivityState.PLANNED: "run",
    ActivityState.HELD: "ok",
    ActivityState.CANCELLED: "stop",
}
ROWS = 8
OF_ACTIVITY = (Activity.tenant_id == FollowUp.tenant_id) & (Activity.id == FollowUp.activity_id)
OF_CASE = (BargainingCase.tenant_id == Activity.tenant_id) & (BargainingCase.id == Activity.case_id)


@section(60, _l("Beside the table"))
def activities_section(case: BargainingCase, _viewer: Viewer) -> Section:
    found = activities_of(case.id)
    open_ones = [one for one in follow_ups_of([a.id for a in found]) if one.done_on is None]
    return Section(
        "bargaining/_activities.html",
        {"rows": found, "names": kind_names(), "states": STATES, "looks": LOOKS,
         "open": open_ones},
    )  # fmt: skip


@case_events
def activity_lines(case: BargainingCase) -> Iterator[Entry]:
    """Each stands on the day it is for."""
    names = kind_names()
    for one in activities_of(case.id):
        where = url_for("cases.show_activity", case_id=case.id, activity_id=one.id)
        name = names.get(one.kind, Text(one.kind, one.kind))
        state = STATES[one.state]
        yield Entry(
            one.held_on or one.planned_on,
            Text(f"{name.zh}（{state.zh}）", f"{name.en} ({state.en.lower()})"),
            one.purpose or one.place,
            [(_("Open"), where)],
        )


@trace("during", 60)
def activity_traces(case: BargainingCase) -> Iterator[Trace]:
    names = kind_names()
    for one in activities_of(case.id):
        if one.state == ActivityState.CANCELLED:
            continue
        yield Trace(
            names.get(one.kind, Text(one.kind, one.kind)),
            present=one.state == ActivityState.HELD,
            on=one.held_on or one.planned_on,
            required=False,
            documents=[one.minutes_id] if one.minutes_id else [],
            missing=Text("登记会议纪要。", "Record its minutes."),
            url=url_for("cases.show_activity", case_id=case.id, activity_id=one.id),
        )


@card(39, May.CASES_READ)
def promises(viewer: Viewer) -> Card | None:
    """What was promised beside the table and is not settled yet, the most urgent first."""
    query = (
        select(
            FollowUp.what, FollowUp.who, FollowUp.due_on, BargainingCase.id,
            BargainingCase.name, Activity.id.label("activity_id"),
            due_by(FollowUp.due_on, today()).label("n"),
        )
        .join(Activity, OF_ACTIVITY)
        .join(BargainingCase, OF_CASE)
        .where(FollowUp.done_on.is_(None), cases_within(viewer))
        .order_by(FollowUp.due_on, FollowUp.id)
        .limit(ROWS)
    )  # fmt: skip
    rows = db.session.execute(query).all()
    if not rows:
        return None
    return Due(
        _("Promises to follow up"),
        figure=rows[0].n,
        link=url_for("cases.index"),
        rows=[
            Row(
                row.name,
                url=url_for("cases.show_activity", case_id=row.id, activity_id=row.activity_id),
                what=_("Promise"), note=f"{row.what} {row.who}", date=row.due_on, act=_("Open"),
            )
            for row in rows
        ],
    )  # fmt: skip
