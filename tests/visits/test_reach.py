"""A supervisor sees the own portfolio and no more; every refusal is the same 404."""

import pytest

from blueprints.visits import actions, photos, work_actions
from blueprints.visits.actions import Made
from blueprints.visits.models import Visit
from tenants.clock import at as clock_at
from tenants.db import db
from tenants.files import SCANS, store
from tenants.trail import named
from tests.offers.world import instant
from tests.supervisors.test_pages import get
from tests.visits.world import MADE, NAMES, TODAY, jpeg, walked

ON = instant(TODAY).date()
BRIEF = {
    "visited_at": None, "place": None, "met_post": "经理", "topics": (), "help_given": None,
    "refusal_code": None, "next_on": None, "said": "已说明", "visited_on": ON, "minutes": 20,
    "way": "on_site", "purpose": "other", "met": "staff", "outcome": "talk_again",
    "next_step": "none",
}  # fmt: skip


@pytest.fixture
def world(ours):
    made = walked(ours)
    with clock_at(instant(TODAY, 9)):
        with ours.scope(at=instant(TODAY)):
            visits = []
            for supervisor, firm in ((made.mine, 0), (made.other, 2)):
                visit = Visit(
                    supervisor_id=supervisor, enterprise_id=made.firms[firm], purpose="other"
                )
                actions.record(visit, Made(**BRIEF), by_id=ours.officer.id)
                visits.append(visit)
            planned = actions.plan(get(ours, made.other), made.firms[2], ON, purpose="other")
            db.session.commit()
            made.own, made.others, made.planned = visits[0].id, visits[1].id, planned.id
        yield made


def test_the_list_and_the_sheet_hold_the_portfolio_only(ours, as_, world):
    browser = as_(ours.supervisor)
    for path in ("/visits", "/visits?state=all", "/visits/export.csv", "/visits?q=示例丙"):
        text = browser.get(ours.url(path)).text
        assert NAMES[2] not in text
    assert NAMES[0] in browser.get(ours.url("/visits")).text
    both = as_(ours.officer).get(ours.url("/visits")).text
    assert NAMES[0] in both
    assert NAMES[2] in both


@pytest.mark.parametrize(
    "path",
    [
        "/visits/{others}",
        "/visits/{others}/edit",
        "/visits/{others}/letter.pdf",
        "/visits/{planned}/record",
        "/visits/{planned}/plan",
        "/visits/new?enterprise={firm}",
        "/visits/plan?enterprise={firm}",
    ],
)
def test_what_is_anothers_does_not_exist(ours, as_, world, path):
    known = {"others": world.others, "planned": world.planned, "firm": world.firms[2]}
    browser = as_(ours.supervisor)
    answer = browser.get(ours.url(path.format(**known)))
    nobodys = browser.get(ours.url(path.format(**dict.fromkeys(known, 999_999))))
    assert (answer.status_code, nobodys.status_code) == (404, 404)


def test_nothing_of_anothers_can_be_written(ours, as_, world):
    browser = as_(ours.supervisor)
    for path in ("/visits/{}", "/visits/{}/record", "/visits/{}/plan", "/visits/{}/drop"):
        for ident in (world.others, world.planned):
            assert browser.post(ours.url(path.format(ident)), data=MADE).status_code == 404
    address = ours.url(f"/visits/new?enterprise={world.firms[2]}")
    assert browser.post(address, data=MADE).status_code == 404
    street = ours.url("/visits/street-day?area=421002&place=胜利街道")
    sent = {"visited_on": TODAY, "purpose": "other", f"met-{world.firms[2]}": "staff",
            f"outcome-{world.firms[2]}": "talk_again"}  # fmt: skip
    assert browser.post(street, data=sent).status_code == 422, "the row is not there for them"


def test_pictures_and_receipts_of_others_are_not_there(ours, as_, world):
    with ours.scope(at=instant(TODAY)), ours.app.test_request_context("/"):
        visit = db.session.get_one(Visit, (ours.id, world.others))
        kept = store(jpeg(), "门牌.jpg", purpose=photos.PHOTO, allow=SCANS, subject=named(visit))
        claim = work_actions.claim(
            get(ours, world.other), by_id=world.other_user, spent_on=ON, kind="transport",
            cents=100, note=None,
        )  # fmt: skip
        paper = store(jpeg(), "车票.jpg", purpose="receipt", allow=SCANS, subject=named(claim))
        claim.receipt_id = paper.id
        db.session.commit()
        picture = f"/visits/{world.others}/photos/{kept.id}"
        elsewhere = f"/visits/{world.own}/photos/{kept.id}"
        receipt = f"/expenses/{claim.id}/receipt"
    for path in (picture, elsewhere, receipt):
        assert as_(ours.supervisor).get(ours.url(path)).status_code == 404, path
    for path in (picture, receipt):
        assert as_(ours.officer).get(ours.url(path)).status_code == 200, path


def test_offers_outside_the_portfolio_cannot_be_served_or_answered(ours, as_, world):
    browser = as_(ours.supervisor)
    for path in ("", "/service", "/reply", "/letter.pdf"):
        address = ours.url(f"/offers/{world.offers[2]}{path}")
        assert browser.get(address).status_code == 404, path


def test_months_and_days_of_others_are_not_open_to_a_supervisor(ours, as_, world):
    browser = as_(ours.supervisor)
    for path in ("day", "month", "month/plan.pdf"):
        assert browser.get(ours.url(f"/supervisors/{world.other}/{path}")).status_code == 404


def test_hours_and_expenses_of_others_cannot_be_removed(ours, as_, world):
    with ours.scope(at=instant(TODAY)):
        other = get(ours, world.other)
        entry = work_actions.add_hours(other, worked_on=ON, kind="advice", minutes=30, note=None)
        expense = work_actions.claim(
            other, by_id=world.other_user, spent_on=ON, kind="transport", cents=100, note=None
        )
        db.session.commit()
        paths = (f"hours/{entry.id}", f"expenses/{expense.id}")
    browser = as_(ours.supervisor)
    for path in paths:
        assert browser.post(ours.url(f"/my-month/{path}/removal")).status_code == 404


def test_after_a_handover_the_visits_go_with_the_enterprise(ours, as_, world):
    from blueprints.supervisors.actions import hand_over

    with ours.scope(at=instant(TODAY)):
        hand_over(get(ours, world.other), get(ours, world.mine), ON, "调整")
        db.session.commit()
    assert as_(ours.supervisor).get(ours.url(f"/visits/{world.others}")).status_code == 200
