"""What is done beside the table stands in the case: asked, answered, promised, settled."""

import re

from blueprints.bargaining.activities import actions
from blueprints.bargaining.ground import activity_kinds, queries
from tenants.db import db
from tests.bargaining.world import joined

PLAN = {
    "kind": "worker_hearing", "planned_on": "2026-04-01", "starts_at": "14:30", "place": "职工之家",
    "convenor": "示范市总工会", "taking_part": "职工代表三十人", "purpose": "听取工价意见",
}  # fmt: skip


def planned(federation, as_, case, **typed):
    address = federation.url(f"/cases/{case.id}/activities")
    done = as_(federation.officer).post(address, data={**PLAN, **typed})
    assert done.status_code == 303, re.findall(r"y-err.*?</p>", done.text)
    return done.location


def test_an_activity_is_planned_held_asked_promised_and_stands_in_the_timeline(ours, as_):
    case = joined(ours)
    browser = as_(ours.officer)
    page = planned(ours, as_, case)
    said = {"by": "职工代表", "question": "夜班补贴多少", "answer": "每班三十元"}
    promise = {"what": "公布班次表", "who": "企业方", "due_on": "2026-05-01"}
    held = {"held_on": "2026-04-01", "present": "31", "minutes": "到会三十一人，提出意见六条。"}
    assert browser.post(f"{page}/questions", data=said).status_code == 303
    assert browser.post(f"{page}/follow-ups", data=promise).status_code == 303
    assert browser.post(f"{page}/held", data=held).status_code == 303
    shown = browser.get(page).text
    for words in ("夜班补贴多少", "每班三十元", "公布班次表", "到会三十一人"):
        assert words in shown
    timeline = browser.get(ours.url(f"/cases/{case.id}")).text
    assert "Worker hearing (held)" in timeline
    with ours.scope():
        (activity,) = actions.activities_of(case.id)
        (follow,) = actions.follow_ups_of([activity.id])
    done = browser.post(
        f"{page}/follow-ups/{follow.id}", data={"on": "2026-04-20", "outcome": "已公布"}
    )
    assert done.status_code == 303
    assert "已公布" in browser.get(page).text


def test_what_was_held_cannot_be_called_off_and_minutes_are_asked_for(ours, as_):
    case = joined(ours)
    browser = as_(ours.officer)
    page = planned(ours, as_, case)
    bare = browser.post(f"{page}/held", data={"held_on": "2026-04-01", "minutes": ""})
    assert bare.status_code == 422
    browser.post(f"{page}/held", data={"held_on": "2026-04-01", "minutes": "已举行"})
    assert browser.post(f"{page}/cancellation", data={"reason": "改期"}).status_code == 409


def test_a_time_that_is_none_is_said_beside_the_field(ours, as_):
    case = joined(ours)
    typed = {**PLAN, "starts_at": "25:00"}
    refused = as_(ours.officer).post(ours.url(f"/cases/{case.id}/activities"), data=typed)
    assert refused.status_code == 422
    assert "Write the time as 09:00." in refused.text
    assert "听取工价意见" in refused.text


def test_a_federation_names_the_kinds_as_it_likes_and_adds_its_own(ours, theirs, as_):
    admin = as_(ours.administrator)
    renamed = {"name_zh": "职工恳谈会", "name_en": "Heart-to-heart", "about_zh": "听意见"}
    address = ours.url("/cases/activity-kinds/worker_hearing")
    assert admin.post(address, data=renamed).status_code == 303
    own = {"name_zh": "马背调解", "name_en": "On horseback"}
    assert admin.post(ours.url("/cases/activity-kinds"), data=own).status_code == 303
    assert as_(ours.officer).post(ours.url("/cases/activity-kinds"), data=own).status_code == 403
    with ours.scope():
        names = activity_kinds.kind_names()
        assert names["worker_hearing"].zh == "职工恳谈会"
        assert names["own_on_horseback"].en == "On horseback"
    with theirs.scope():
        assert activity_kinds.kind_names()["worker_hearing"].zh == "职工听证"
    case = joined(ours)
    assert "Heart-to-heart" in as_(ours.officer).get(planned(ours, as_, case)).text


def test_a_kind_no_longer_offered_still_names_what_was_recorded(ours, as_):
    case = joined(ours)
    page = planned(ours, as_, case, kind="case_clinic")
    as_(ours.administrator).post(ours.url("/cases/activity-kinds/case_clinic/retirement"))
    with ours.scope():
        offered = {kind.key for kind in activity_kinds.kinds()}
        db.session.rollback()
    assert "case_clinic" not in offered
    assert "Case clinic" in as_(ours.officer).get(page).text


def test_another_federations_activity_does_not_exist(ours, theirs, as_):
    case, other = joined(ours), joined(theirs)
    page = planned(ours, as_, case)
    ident = page.rpartition("/")[2]
    foreign = theirs.url(f"/cases/{other.id}/activities/{ident}")
    assert as_(theirs.officer).get(foreign).status_code == 404
    with theirs.scope():
        assert actions.get_activity(queries.get_case(other.id), int(ident)) is None
