"""An officer of one area: bound in the users page, and at work."""

from datetime import date

import pytest
from sqlalchemy import select

from blueprints.offers.ground.campaign_models import Campaign, CampaignAddressee
from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Assignment
from blueprints.supervisors.plan_models import AssignmentPlan
from tenants.db import db
from tenants.models import User
from tests.offers.campaign_world import settled
from tests.settings.test_users import edited, invite, row_of
from tests.supervisors.world import another, certified, firm, on_roster

HERE, THERE = "421002", "421003"


def bind(federation, as_, area=HERE):
    """The officer, bound to an area by the administrator."""
    path = federation.url(f"/users/{federation.officer.id}")
    as_(federation.administrator).post(path, data=edited(federation.officer, area=area))
    return row_of(federation, federation.officer)


def test_an_officer_is_bound_to_an_area_and_the_trail_says_so(ours, as_):
    assert bind(ours, as_).area == HERE
    page = as_(ours.administrator).get(ours.url(f"/users/{ours.officer.id}")).text
    assert "Officer of Shashi District" in page
    assert "→ 沙市区" in page
    assert "Shashi District" in as_(ours.administrator).get(ours.url("/users?area=421002")).text
    export = as_(ours.administrator).get(ours.url("/users/export.csv")).text
    assert "Shashi District" in export


def test_only_an_officer_is_bound_and_only_to_a_division_of_the_city(ours, as_):
    answer = invite(as_(ours.administrator), ours, role="auditor", area=HERE)
    user = int(answer.location.rsplit("/", 1)[1])
    with ours.scope():
        assert db.session.scalars(select(User.area).where(User.id == user)).one() is None
    elsewhere = invite(as_(ours.administrator), ours, email="x@city.example", area="330102")
    assert elsewhere.status_code == 422


def test_an_open_session_is_bound_at_once(ours, as_):
    with ours.scope():
        firm("示例甲餐饮有限公司")
        firm("示例乙餐饮有限公司", area=THERE)
        db.session.commit()
    browser = as_(ours.officer)
    assert "示例乙餐饮有限公司" in browser.get(ours.url("/enterprises")).text
    bind(ours, as_)
    after = browser.get(ours.url("/enterprises")).text
    assert "示例甲餐饮有限公司" in after
    assert "示例乙餐饮有限公司" not in after


def test_a_campaign_of_an_area_addresses_nobody_outside_it(ours, as_):
    """Even where its officer names no area: the conditions are those of the area."""
    settled(ours)
    browser = as_(bind(ours, as_))
    made = browser.post(
        ours.url("/campaigns"),
        data={"name": "沙市行动", "contract_kind": "wage", "subject": "工资"},
    )
    assert made.status_code == 303
    saved = browser.post(made.location, data={"standings": ["able", "weak", "none"], "go": "stay"})
    assert saved.status_code == 303
    with ours.scope():
        campaign = db.session.scalars(select(Campaign).where(Campaign.name == "沙市行动")).one()
        assert campaign.scope["areas"] == [HERE]
        far = db.session.scalars(select(Enterprise.name).where(Enterprise.area == THERE)).all()
    page = browser.get(ours.url(f"/campaigns/{campaign.id}/enterprises?show=all")).text
    assert far
    assert not any(name in page for name in far)


def test_a_campaign_of_the_city_is_seen_in_part_and_not_touched(ours, as_):
    town = settled(ours)
    with ours.scope():
        campaign = Campaign(name="全市行动", proposed_by_id=ours.administrator.id, fixed=None)
        db.session.add(campaign)
        db.session.flush()
        for firm_id in (town.able, town.far):
            db.session.add(
                CampaignAddressee(campaign_id=campaign.id, enterprise_id=firm_id, acting_mode="own")
            )
        db.session.commit()
        where = ours.url(f"/campaigns/{campaign.id}")
    browser = as_(bind(ours, as_))
    assert browser.get(where).status_code == 200
    assert browser.post(f"{where}/scope", data={"go": "stay"}).status_code == 404
    assert browser.post(f"{where}/cancel", data={"note": "x"}).status_code == 404


@pytest.mark.parametrize(("area", "status"), [(HERE, 303), (THERE, 422), ("", 422)])
def test_an_enterprise_is_taken_in_only_in_ones_own_area(ours, as_, area, status):
    browser = as_(bind(ours, as_))
    data = {"name": "示例丁餐饮有限公司", "area": area, "industries": "62"}
    assert browser.post(ours.url("/enterprises"), data=data).status_code == status


def test_a_plan_counts_the_whole_load_and_assigns_only_in_the_area(ours, as_):
    """A portfolio that is full elsewhere is full here too."""
    with ours.scope():
        full = certified(on_roster(ours, capacity=1, area_code=HERE))
        free = certified(another(ours, "空某某", area_code=HERE, capacity=5))
        there = firm("示例远方餐饮有限公司", area=THERE)
        here = firm("示例近处餐饮有限公司")
        db.session.add(
            Assignment(supervisor_id=full.id, enterprise_id=there.id, valid_from=date(2026, 1, 1))
        )
        db.session.commit()
    browser = as_(bind(ours, as_))
    data = {"title": "沙市方案", "source": "all", "mode": "best", "side": "any", "area": HERE}
    made = browser.post(ours.url("/supervisors/plans"), data=data | {"valid_from": "2030-01-01"})
    assert made.status_code == 303
    page = browser.get(made.location).text
    assert "示例近处餐饮有限公司" in page
    assert "示例远方餐饮有限公司" not in page
    assert browser.post(f"{made.location}/apply").status_code == 303
    with ours.scope():
        plan = db.session.scalars(select(AssignmentPlan)).one()
        query = select(Assignment.supervisor_id).where(Assignment.enterprise_id == here.id)
        assert db.session.scalars(query).all() == [free.id]
        assert plan.figures["base"][str(full.id)][0] == 1
    assert "At that time" in browser.get(made.location).text
