"""Who sees which case, and which of its enterprises one by one."""

from datetime import date

import pytest
from sqlalchemy import select

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.models import CaseEnterprise, Ground
from blueprints.bargaining.ground.reach import cases_within
from blueprints.registry.merging import merge_enterprises
from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Assignment, Supervisor
from jobs import mandates
from tenants.db import db
from tenants.models import User
from tests.bargaining.test_mandates import agreeing, given
from tests.bargaining.world import asked_by, by_hand, joined


def supervised(federation, enterprise_id):
    """The federation's supervisor, with one enterprise in the portfolio."""
    with federation.scope():
        person = Supervisor(user_id=federation.supervisor.id, name="周某某")
        db.session.add(person)
        db.session.flush()
        db.session.add(
            Assignment(
                supervisor_id=person.id, enterprise_id=enterprise_id, valid_from=date(2026, 1, 1)
            )
        )
        db.session.commit()
        return person.id


def speaking_for(federation, union_id):
    """The union account speaks for this union."""
    with federation.scope():
        account = db.session.get_one(User, (federation.id, federation.union.id))
        account.union_id = union_id
        db.session.commit()
    federation.union.union_id = union_id


def members_of(federation, case):
    with federation.scope():
        return queries.enterprises_of(case.id)


def test_a_supervisor_sees_the_case_of_an_enterprise_of_theirs_and_not_its_competitors(ours, as_):
    case = joined(ours)
    mine, *others = members_of(ours, case)
    supervised(ours, mine.enterprise_id)
    browser = as_(ours.supervisor)
    assert browser.get(ours.url(f"/cases/{case.id}")).status_code == 200
    listed = browser.get(ours.url(f"/cases/{case.id}/enterprises")).text
    assert mine.name in listed
    assert not any(other.name in listed for other in others)
    mandates_shown = browser.get(ours.url(f"/cases/{case.id}/mandates")).text
    assert not any(other.name in mandates_shown for other in others)


def test_the_supervisor_in_charge_sees_all_of_it(ours, as_):
    first = joined(ours)
    who = supervised(ours, members_of(ours, first)[0].enterprise_id)
    case = by_hand(ours, supervisor_id=who, enterprise_ids=[
        row.enterprise_id for row in members_of(ours, first)
    ])  # fmt: skip
    listed = as_(ours.supervisor).get(ours.url(f"/cases/{case.id}/enterprises")).text
    assert all(row.name in listed for row in members_of(ours, case))


def test_a_union_sees_its_own_enterprises_cases_and_no_other(ours, as_):
    case, other = joined(ours), by_hand(ours)
    mine = members_of(ours, case)[0]
    with ours.scope():
        union_id = db.session.get_one(Enterprise, (ours.id, mine.enterprise_id)).union_id
    speaking_for(ours, union_id)
    browser = as_(ours.union)
    assert browser.get(ours.url(f"/cases/{case.id}")).status_code == 200
    assert browser.get(ours.url(f"/cases/{other.id}")).status_code == 404
    assert browser.get(ours.url(f"/cases/{case.id}/edit")).status_code == 403
    assert other.name not in browser.get(ours.url("/cases")).text


def test_a_partner_sees_no_case(ours, as_):
    joined(ours)
    assert as_(ours.partner).get(ours.url("/cases")).status_code == 403


@pytest.mark.parametrize("path", ["/cases", "/cases?group=preparing&sort=name"])
def test_the_list_asks_as_often_for_one_case_as_for_thirty(ours, theirs, as_, path):
    by_hand(ours)
    for n in range(30):
        by_hand(theirs, name=f"示例{n}协商")
    few = asked_by(ours, as_(ours.officer), ours.url(path))
    assert asked_by(theirs, as_(theirs.officer), theirs.url(path)) == few


def test_a_long_list_is_turned_leaf_by_leaf(ours, as_):
    for n in range(53):
        by_hand(ours, name=f"示例{n:02}协商")
    browser = as_(ours.officer)
    first = browser.get(ours.url("/cases?sort=name")).text
    assert "示例00协商" in first
    assert "示例52协商" not in first
    assert 'rel="next"' in first


def test_two_records_of_one_enterprise_merge_in_their_case_too(ours, as_):
    case = joined(ours)
    kept, double = agreeing(ours, case)[:2]
    for row in (kept, double):
        given(ours, as_, case, row)
    with ours.scope():
        merge_enterprises(
            db.session.get_one(Enterprise, (ours.id, kept.enterprise_id)),
            db.session.get_one(Enterprise, (ours.id, double.enterprise_id)),
        )
        db.session.commit()
        rows = db.session.scalars(select(CaseEnterprise).where(CaseEnterprise.case_id == case.id))
        assert double.enterprise_id not in {row.enterprise_id for row in rows}
        states = sorted(one.state for one in queries.mandates_of(case.id))
        assert states == ["active", "revoked"]
        assert {one.enterprise_id for one in queries.mandates_of(case.id)} == {kept.enterprise_id}


def test_the_register_shows_the_cases_of_an_enterprise_and_opens_one_for_those_picked(ours, as_):
    case = joined(ours)
    row = members_of(ours, case)[0]
    browser = as_(ours.officer)
    page = browser.get(ours.url(f"/enterprises/{row.enterprise_id}")).text
    assert case.name in page
    assert "Came into a case" in page
    form = browser.get(ours.url(f"/cases/new?id={row.enterprise_id}"))
    assert f'name="enterprise" value="{row.enterprise_id}"' in form.text


def test_the_sweep_ends_a_mandate_once(app, ours, as_):
    case = joined(ours)
    given(ours, as_, case, agreeing(ours, case)[0], to_on="2026-06-30")
    with app.app_context():
        moved = [
            mandates.follow(tenant_id=ours.id, at=f"2026-{day}T09:00:00+08:00")
            for day in ("06-30", "07-01", "07-01")
        ]
    assert moved == [0, 1, 0]
    with ours.scope():
        assert queries.mandates_of(case.id)[0].state == "expired"


def test_a_forecast_is_seen_by_those_who_read_cases(ours):
    case = by_hand(ours, ground=Ground.FORECAST, ground_note="")
    with ours.scope():
        from blueprints.bargaining.ground.models import BargainingCase
        from blueprints.shared.guards import _viewer_of

        who = _viewer_of(ours.auditor, 1)
        seen = db.session.scalars(select(BargainingCase.id).where(cases_within(who))).all()
    assert seen == [case.id]
