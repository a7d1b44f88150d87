"""One of everything in the rooms of visits and appraisals, for the walks."""

from datetime import date
from types import SimpleNamespace

from sqlalchemy import select

from blueprints.appraisals import actions as appraisals
from blueprints.appraisals.models import Appraisal
from blueprints.supervisors.models import Supervisor
from blueprints.visits import actions, feed, photos, work_actions
from blueprints.visits.actions import Made
from blueprints.visits.models import Visit
from tenants.db import db
from tenants.files import store
from tests.offers.world import instant
from tests.world import Federation

WEIGHTS = {"visits": 30, "offers": 30, "training": 20, "conduct": 20}
IDS = {
    "visit_id": lambda rows: rows.visit_made,
    "work_id": lambda rows: rows.work,
    "expense_id": lambda rows: rows.expense,
    "appraisal_id": lambda rows: rows.appraisal,
    "complaint_id": lambda rows: rows.complaint,
}
PLANNED = ("recording", "record", "replanning", "replan", "drop")
AT = {
    **{(f"visits.{name}", "visit_id"): lambda rows: rows.visit_planned for name in PLANNED},
    ("visits.photo", "document_id"): lambda rows: rows.photo,
    ("my_day.calendar", "token"): lambda rows: rows.feed_token,
}
WORDS = {"indicator": "visits"}


def furnish_visits(federation: Federation, rows: SimpleNamespace) -> None:
    """A visit made, one planned, a month, an appraisal with a complaint, a calendar."""
    with federation.scope(at=instant("2026-03-10"), by=federation.supervisor):
        mine = db.session.scalars(
            select(Supervisor).where(Supervisor.user_id == federation.supervisor.id)
        ).one()
        own = federation.supervisor.id
        visit = Visit(supervisor_id=mine.id, enterprise_id=rows.enterprise, purpose="other")
        made = Made(
            visited_on=date(2026, 3, 10), visited_at=None, minutes=30, way="on_site", place=None,
            purpose="other", met="staff", met_post="办公室主任", topics=(), said="结算后可以谈",
            help_given=None, outcome="talk_again", refusal_code=None, next_step="none",
            next_on=None,
        )  # fmt: skip
        actions.record(visit, made, by_id=own)
        rows.visit_made = visit.id
        rows.photo = store(
            b"\x89PNG\r\n\x1a\n a picture", "门牌.png", purpose=photos.PHOTO,
            subject=("visit", visit.id),
        ).id  # fmt: skip
        planned = actions.plan(mine, rows.enterprise, date(2026, 3, 12), purpose="other")
        entry = work_actions.add_hours(
            mine, worked_on=date(2026, 3, 9), kind="drafting", minutes=60, note=None
        )
        expense = work_actions.claim(
            mine, by_id=own, spent_on=date(2026, 3, 9), kind="transport", cents=400, note=None
        )
        work_actions.draft_plan(
            mine, date(2026, 3, 1), by_id=own, visits=3, first_visits=1, training=None,
            support=None, gap=None, other_work=None, ways={},
        )  # fmt: skip
        rows.feed_token = feed.open_feed(mine, "zh")
        db.session.commit()
        rows.visit_planned, rows.work, rows.expense = planned.id, entry.id, expense.id
    with federation.scope(at=instant("2026-03-11")):
        settings = {"training_hours": 40, "record_days": 3, "objection_days": 10}
        weights = {**dict.fromkeys(appraisals.INDICATORS, 0), **WEIGHTS}
        appraisals.set_weights(2026, weights, by_id=federation.officer.id, **settings)
        appraisals.begin(2026, [mine])
        complaint = appraisals.complain(
            mine, by_id=federation.officer.id, received_on=date(2026, 3, 11), matter="未按约到访"
        )
        db.session.commit()
        rows.complaint = complaint.id
        rows.appraisal = db.session.scalars(select(Appraisal.id)).one()
