"""Whom a campaign addresses: by conditions and by hand, and the reason for everyone left out."""

from datetime import date

import pytest

from blueprints.offers.campaigns import actions as campaigns
from blueprints.offers.campaigns import addressees as whom
from blueprints.offers.campaigns.figures import outcome
from blueprints.offers.campaigns.scope import Moment, Scope, months_after
from blueprints.offers.ground.letters import Variant
from blueprints.registry.models import Enterprise
from blueprints.registry.union_actions import found_union
from rules.law import Period, Unit
from tenants.db import db
from tests.offers.campaign_world import drafted, firm, found, out, settled
from tests.offers.world import ISSUED

CATERING = Scope(areas=("421002",), industries=("62",))


@pytest.fixture
def town(ours):
    return settled(ours)


def reasons(campaign_id, scope=CATERING):
    return {one.code: one.count for one in outcome(found(campaign_id), scope).left_out}


def test_every_enterprise_left_out_has_one_reason(ours, town):
    campaign_id = drafted(ours, town)
    with ours.scope(at=ISSUED):
        firm("示例己餐饮有限公司", headcount=0)
        firm("示例庚餐饮有限公司", credit_code=None)
        firm("示例辛餐饮有限公司").status = "closed"
        signed = {"contract_claimed": True, "contract_claimed_until": date(2027, 12, 31)}
        firm("示例壬餐饮有限公司", **signed)
        ending = {"contract_claimed": True, "contract_claimed_until": date(2026, 4, 30)}
        firm("示例癸餐饮有限公司", **ending)  # within 60 days: in the renewal window
        db.session.flush()
        reached = outcome(found(campaign_id), CATERING)
        assert reached.count == 4
        assert reasons(campaign_id) == {
            "scope.no_workers": 1,
            "scope.data_unverified": 1,
            "scope.closed": 1,
            "scope.valid_contract": 1,
            "scope.outside_territory": 1,
            "scope.other_industry": 1,
        }


def test_no_e_mail_is_no_reason_but_a_letter_on_paper(ours, town):
    campaign_id = drafted(ours, town)
    with ours.scope(at=ISSUED):
        reached = outcome(found(campaign_id), CATERING)
        assert (reached.count, reached.mailed, reached.on_paper) == (3, 2, 1)


def test_a_section_means_all_its_divisions_and_further_trades_count(ours, town):
    campaign_id = drafted(ours, town)
    with ours.scope(at=ISSUED):
        firm("示例大厦有限公司", industries=["52", "61"])
        scope = Scope(areas=("421002",), industries=("H",))
        assert outcome(found(campaign_id), scope).count == 4


def test_standing_and_size_leave_out_who_was_not_ticked(ours, town):
    campaign_id = drafted(ours, town)
    with ours.scope(at=ISSUED):
        scope = Scope(areas=("421002",), industries=("62",), standings=("able",))
        assert outcome(found(campaign_id), scope).count == 1
        assert reasons(campaign_id, scope)["choice.standing"] == 2
        small = Scope(areas=("421002",), industries=("62",), least=31)
        assert reasons(campaign_id, small)["choice.size"] == 3


def test_a_hand_adds_and_removes_but_cannot_add_the_closed(ours, town):
    campaign_id = drafted(ours, town)
    with ours.scope(at=ISSUED):
        campaign = found(campaign_id)
        campaigns.pick(campaign, town.shop, "added", "同一商圈")
        campaigns.pick(campaign, town.bare, "removed")
        closed = firm("示例辛餐饮有限公司")
        closed.status = "closed"
        campaigns.pick(campaign, closed.id, "added")
        db.session.flush()
        assert outcome(campaign, CATERING).count == 3
        left = reasons(campaign_id)
        assert (left["choice.removed"], left["scope.closed"]) == (1, 1)
        campaigns.pick(campaign, town.bare, None)
        db.session.flush()
        assert outcome(campaign, CATERING).count == 4


def test_who_has_an_offer_already_gets_no_second_one_on_the_same_matter(ours, town):
    out(ours, town)
    second = drafted(ours, town, name="第二轮")
    with ours.scope(at=ISSUED):
        assert reasons(second)["scope.recent_offer"] == 3
        general = found(second)
        general.contract_kind = "general"
        assert outcome(general, CATERING).count == 3


def test_the_sector_union_stands_in_and_else_the_county(ours, town):
    campaign_id = drafted(ours, town)
    with ours.scope(at=ISSUED):
        campaign = found(campaign_id)
        sides = {(side.variant, side.union_id): side.count for side in whom.sides(campaign)}
        assert sides == {(Variant.JOINT, None): 1, (Variant.IN_PLACE, town.sector): 2}
        campaigns.save_scope(campaign, Scope(areas=("421002",), industries=("52",)))
        (side,) = whom.sides(campaign)
        assert (side.union_id, side.union_name) == (town.county, "示范区总工会")


def test_the_union_of_the_very_area_comes_before_that_of_the_city(ours, town):
    campaign_id = drafted(ours, town)
    with ours.scope(at=ISSUED):
        nearer = found_union(
            {
                "name": "示范区餐饮行业工会",
                "level": "sector",
                "industry": "62",
                "area": "421002",
                "standing": "able",
            }
        )
        db.session.flush()
        union_ids = {side.union_id for side in whom.sides(found(campaign_id))}
        assert union_ids == {None, nearer.id}


def test_where_nobody_can_stand_in_the_upper_union_acts_alone_and_says_so(ours, town, as_):
    campaign_id = drafted(ours, town)
    with ours.scope(at=ISSUED):
        campaigns.save_scope(found(campaign_id), Scope(areas=("421003",), industries=("62",)))
        from blueprints.registry.models import TradeUnion

        db.session.get(TradeUnion, (ours.id, town.sector)).status = "dissolved"
        db.session.commit()
    shown = as_(ours.officer).get(ours.url(f"/campaigns/{campaign_id}/issuers")).text
    assert "alone: no sector or area union is there to stand in" in shown


def test_an_officer_counts_what_is_not_saved_yet(ours, town, as_):
    campaign_id = drafted(ours, town)
    url = ours.url(f"/campaigns/{campaign_id}/scope")
    asked = "?live=1&areas=421003&industries=62&standings=none"
    fragment = as_(ours.officer).get(url + asked, headers={"HX-Request": "true"})
    assert fragment.text.lstrip().startswith('<div id="outcome">')
    assert '<p class="y-big mb-0">1<' in fragment.text
    assert "it is not saved yet" in fragment.text
    assert "csrf" not in fragment.text
    with ours.scope():
        assert found(campaign_id).scope["areas"] == ["421002"]


def test_an_officer_finds_adds_and_takes_out_by_hand_on_the_list(ours, town, as_):
    client = as_(ours.officer)
    base = ours.url(f"/campaigns/{drafted(ours, town)}")
    found_shop = client.get(f"{base}/enterprises?show=all&q=戊").text
    assert "another industry" in found_shop
    answer = client.post(f"{base}/picks/{town.shop}?show=all&q=戊", data={"choice": "add"})
    assert answer.status_code == 303
    assert "added by hand" in client.get(answer.location).text
    part = client.post(
        f"{base}/picks/{town.shop}?show=all&q=戊",
        data={"choice": "undo"},
        headers={"HX-Request": "true"},
    )
    assert part.text.lstrip().startswith('<div id="enterprises">')
    assert "added by hand" not in part.text
    assert client.post(f"{base}/picks/999999", data={"choice": "add"}).status_code == 404
    assert client.post(f"{base}/picks/{town.shop}", data={"choice": "sell"}).status_code == 400


def test_the_list_of_those_left_out_can_be_taken_away(ours, town, as_):
    base = ours.url(f"/campaigns/{drafted(ours, town)}")
    sheet = as_(ours.officer).get(f"{base}/enterprises.csv?show=left-out").text
    assert "示例戊商店有限公司" in sheet
    assert "another industry" in sheet
    assert "示例甲餐饮有限公司" not in sheet


def test_another_federations_enterprise_cannot_be_picked(ours, theirs, town, as_):
    with theirs.scope():
        strangers = [firm(f"外地{n}餐饮有限公司") for n in range(9)]
        db.session.commit()
        foreign = max(one.id for one in strangers) + 1000
    base = ours.url(f"/campaigns/{drafted(ours, town)}")
    assert (
        as_(ours.officer).post(f"{base}/picks/{foreign}", data={"choice": "add"}).status_code == 404
    )


@pytest.mark.parametrize(
    ("today", "period", "last"),
    [
        (date(2026, 1, 31), Period(1, Unit.MONTH), date(2026, 2, 28)),
        (date(2026, 11, 30), Period(3, Unit.MONTH), date(2027, 2, 28)),
        (date(2026, 3, 1), Period(60, Unit.DAY), date(2026, 4, 30)),
        (date(2026, 3, 1), None, date(2026, 3, 1)),
    ],
)
def test_a_contract_is_in_force_until_its_renewal_window_opens(today, period, last):
    assert Moment(today, "wage", period).in_force_after == last


def test_no_number_of_months_breaks_the_calendar():
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)


def test_enterprises_are_kept_apart_by_federation(ours, theirs, town):
    campaign_id = drafted(ours, town)
    with theirs.scope():
        firm("外地餐饮有限公司", area="421002")
        db.session.commit()
    with ours.scope(at=ISSUED):
        reached = outcome(found(campaign_id), CATERING)
        everyone = reached.count + sum(one.count for one in reached.left_out)
        assert everyone == db.session.query(Enterprise).count() == 5
