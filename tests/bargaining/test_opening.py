"""How a case comes into being, and who may see it."""

import pytest
from sqlalchemy import select

from blueprints.bargaining.cases.opening import Opening, open_case
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.models import BargainingCase, CaseLevel, Ground, Part
from rules.broken import RuleBroken
from tenants.db import db
from tests.bargaining.world import OPENED, answered, by_hand, joined


def test_offers_of_a_campaign_are_joined_into_one_case_and_a_refusal_does_not_stop_it(ours):
    case = joined(ours)
    with ours.scope():
        kept = queries.get_case(case.id)
        parts = sorted(row.part for row in queries.enterprises_of(case.id))
    assert kept.state == "replied_yes"
    assert kept.document_no.endswith("〔2026〕1号")
    assert parts == [*[Part.CANDIDATE] * 2, *[Part.RECOGNISING] * 3]


def test_offers_of_which_none_was_accepted_open_nothing(ours):
    offers = answered(ours)
    with ours.scope():
        said = Opening("餐饮", Ground.JOINED, CaseLevel.INDUSTRY, OPENED, offer_ids=offers[3:],
                       industry="62")  # fmt: skip
        with pytest.raises(RuleBroken, match="accepted"):
            open_case(said)
        db.session.rollback()
        assert db.session.scalars(select(BargainingCase)).all() == []


def test_an_offer_is_bargained_in_one_case_only(ours):
    case = joined(ours)
    with ours.scope():
        offer = next(row.offer_id for row in queries.enterprises_of(case.id) if row.offer_id)
        said = Opening("再次", Ground.OFFER, CaseLevel.ENTERPRISE, OPENED, offer_ids=[offer])
        with pytest.raises(RuleBroken, match="another case"):
            open_case(said)


def test_a_forecast_waits_and_a_case_by_hand_begins_with_preparing(ours):
    waiting = by_hand(ours, ground=Ground.FORECAST, ground_note="", name="协商预报")
    begun = by_hand(ours)
    assert (waiting.state, begun.state) == ("forecast", "preparing")
    assert (waiting.number, begun.number) == (1, 2)


def test_a_case_by_hand_says_why(ours):
    with pytest.raises(RuleBroken, match="why"):
        by_hand(ours, ground_note=" ")


def test_the_list_and_the_page_show_it_to_its_officer_and_to_nobody_elsewhere(ours, theirs, as_):
    case = joined(ours)
    listed = as_(ours.officer).get(ours.url("/cases"))
    page = as_(ours.officer).get(ours.url(f"/cases/{case.id}"))
    assert "沙市区餐饮行业工资集体协商" in listed.text
    assert page.status_code == 200
    assert as_(theirs.officer).get(theirs.url(f"/cases/{case.id}")).status_code == 404
    assert as_(theirs.officer).get(ours.url(f"/cases/{case.id}")).status_code == 404
    assert as_(ours.supervisor).get(ours.url(f"/cases/{case.id}")).status_code == 404
