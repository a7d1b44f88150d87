"""What follows a contract that was bargained for somebody begins so too, its right given anew."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise
from blueprints.contracts.acting import actions as acting
from blueprints.contracts.forecast.models import ForecastEntry
from blueprints.contracts.ground import queries
from blueprints.registry.union_actions import found_union
from tenants.db import db
from tests.contracts.acting_world import INDUSTRY, approved
from tests.contracts.desk import Desk
from tests.contracts.test_forecast import looked
from tests.contracts.test_successors import SEEN, follow, page
from tests.contracts.world import published, town

ACTS = {
    "acting_mode": "upper_acts", "worker_party": "upper_union", "acting_name": "示范市总工会",
    "on_behalf_of": "沙市区餐饮业职工", "worker_side": "示范市总工会",
}  # fmt: skip


def desk_of(federation, as_, *, registered=True):
    """A published contract that an upper union bargained; and the decision behind it."""
    upper_id = None
    if registered:
        with federation.scope():
            upper_id = found_union({"name": "示范市总工会", "level": "county"}).id
            db.session.commit()
    ident = approved(federation, replace(INDUSTRY, acting_union_id=upper_id))
    made = published(town(federation), acting_authority_id=ident, **ACTS)
    desk = Desk(made, as_)
    desk.authority_id, desk.upper_id = ident, upper_id
    return desk


@pytest.fixture
def acted(ours, as_):
    return desk_of(ours, as_)


def the_case(desk):
    (case,) = desk.rows(select(BargainingCase))
    return case


def test_the_renewal_begins_in_the_same_capacity_with_parties_and_members(acted):
    shown = page(acted)
    assert "have it approved anew before anything is signed" in shown
    assert follow(acted).status_code == 303
    case = the_case(acted)
    assert (case.acting_mode, case.upper_union_id) == ("upper_acts", acted.upper_id)
    assert (case.level, case.industry, case.area) == ("industry", "62", "421002")
    assert set(acted.rows(select(CaseEnterprise.enterprise_id))) == set(acted.town.firms)
    assert "签订前须重新办理审批" in case.ground_note


def test_its_page_names_the_earlier_decision_and_a_proposal_begins_with_it(acted):
    follow(acted)
    case = the_case(acted)
    shown = acted.see(f"/cases/{case.id}", SEEN).text
    assert "it must be made anew" in shown
    assert f"/acting/{acted.authority_id}" in shown
    proposal = acted.see(f"/acting/new?case={case.id}", SEEN).text
    assert f'<option selected value="{case.id}">' in proposal
    assert "年内成立行业工会联合会并培训代表" in proposal
    assert acted.see("/acting/new?case=999999", SEEN).status_code == 404


def test_the_line_of_the_forecast_opens_it_in_the_same_capacity(acted):
    looked(acted, SEEN)
    (line,) = acted.rows(select(ForecastEntry).filter_by(ground="renewal"))
    acted.done(f"/forecast/lines/{line.id}/case", SEEN)
    assert the_case(acted).acting_mode == "upper_acts"


def test_where_the_lower_union_took_it_back_it_bargains_for_itself(acted):
    with acted.town.on("2025-08-01"):
        authority = queries.get_authority(acted.authority_id, lock=True)
        acting.revoke(authority, "已成立行业工会", by="赵某某")
        db.session.commit()
    assert "has taken the bargaining back" in page(acted)
    follow(acted)
    case = the_case(acted)
    assert (case.acting_mode, case.upper_union_id) == ("own", None)
    assert "自行协商" in case.ground_note


def test_a_union_that_is_not_on_the_register_is_asked_for_by_name(ours, as_):
    desk = desk_of(ours, as_, registered=False)
    assert "示范市总工会 bargained for the earlier contract but is not on the register" in page(
        desk
    )
    follow(desk)
    assert the_case(desk).acting_mode == "own"


def test_what_was_bargained_by_the_union_itself_says_nothing_of_it(desk):
    assert "approved anew" not in page(desk)
    follow(desk)
    assert (the_case(desk).acting_mode, the_case(desk).upper_union_id) == ("own", None)
