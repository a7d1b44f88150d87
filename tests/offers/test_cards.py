"""What the offers put on the workbench, for whom."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from blueprints.offers.ground import queries
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import ServiceMethod
from blueprints.offers.service.actions import Receipt, record_service
from blueprints.registry.models import Enterprise
from blueprints.shared.guards import _viewer_of
from blueprints.shared.workbench_cards import Due, Funnel, Stuck, Tide, board
from blueprints.supervisors.models import Assignment
from tenants.clock import today
from tenants.db import db
from tests.offers.world import instant, issued
from tests.supervisors.world import on_roster

SERVED = "2026-03-03"
LAST = "2026-03-23"


@pytest.fixture
def offer_ids(ours):
    """Two offers that are out; the first is served, and due on LAST."""
    ids = issued(ours)
    with ours.scope(at=instant(SERVED)):
        record_service(
            queries.get_offer(ids[0], lock=True),
            Receipt(ServiceMethod.REGISTERED_POST, today(), post_number="XA00000001"),
        )
        db.session.commit()
    return ids


def cards(federation, person, day):
    with (
        federation.scope(at=instant(day), by=person),
        federation.app.test_request_context(federation.url("/"), environ_base={}),
    ):
        from flask import g

        from tenants.models import Tenant
        from tenants.scope import tenant_scope

        g.tenant = db.session.get(Tenant, federation.id)
        with tenant_scope(federation.id):
            found = board.cards_for(_viewer_of(person, 1))
    return found


def rows(found, kind):
    return [row.text for card in found if isinstance(card, kind) for row in card.rows]


def test_the_officer_sees_what_ends_today_and_on_which_day_the_rest_ends(ours, offer_ids):
    before = cards(ours, ours.officer, "2026-03-20")
    assert rows(before, Due) == []
    (tide,) = [card for card in before if isinstance(card, Tide)]
    assert {str(day): n for day, n in tide.days.items()} == {LAST: 1}
    assert rows(cards(ours, ours.officer, LAST), Due) == ["示例甲餐饮有限公司"]


def test_what_is_not_served_after_a_week_is_stuck(ours, offer_ids):
    assert "示例乙餐饮有限公司" not in rows(cards(ours, ours.officer, "2026-03-05"), Stuck)
    assert "示例乙餐饮有限公司" in rows(cards(ours, ours.officer, "2026-03-20"), Stuck)


def test_the_funnel_counts_the_wave_for_whom_it_may(ours, offer_ids):
    for person, issued_count in ((ours.officer, 2), (ours.supervisor, None)):
        found = [c for c in cards(ours, person, "2026-03-20") if isinstance(c, Funnel)]
        counts = [step.count for step in found[0].steps] if found else None
        assert counts == (issued_count and [2, 1, 0, 0])


def test_a_supervisor_sees_the_own_portfolio_only(ours, offer_ids):
    with ours.scope(at=instant(SERVED)):
        supervisor = on_roster(ours)
        offer = queries.get_offer(offer_ids[0])
        db.session.add(
            Assignment(
                supervisor_id=supervisor.id,
                enterprise_id=offer.enterprise_id,
                valid_from=today() - timedelta(days=1),
            )
        )
        db.session.commit()
    found = cards(ours, ours.supervisor, LAST)
    assert rows(found, Due) == ["示例甲餐饮有限公司"]
    assert rows(found, Stuck) == []
    (funnel,) = [card for card in found if isinstance(card, Funnel)]
    assert [step.count for step in funnel.steps] == [1, 1, 0, 0]


def test_a_union_sees_the_offers_of_its_own_tree(ours, offer_ids):
    with ours.scope():
        offer = queries.get_offer(offer_ids[0])
        union_id = db.session.get(Enterprise, (ours.id, offer.enterprise_id)).union_id
        ours.union.union_id = union_id
    found = cards(ours, ours.union, LAST)
    assert rows(found, Due) == ["示例甲餐饮有限公司"]
    (funnel,) = [card for card in found if isinstance(card, Funnel)]
    assert [step.count for step in funnel.steps] == [1, 1, 0, 0]


def test_an_approver_is_told_of_what_waits_and_the_proposer_is_not(ours, offer_ids):
    with ours.scope():
        campaign = db.session.scalars(select(Campaign)).one()
        campaign.state = "submitted"
        db.session.commit()
    assert campaign.name in rows(cards(ours, ours.approver, LAST), Due)
    assert campaign.name not in rows(cards(ours, ours.officer, LAST), Due)


def test_a_partner_sees_figures_of_a_shared_campaign_and_no_names(ours, offer_ids):
    assert not any(isinstance(c, Funnel) for c in cards(ours, ours.partner, LAST))
    with ours.scope(at=instant(SERVED)):
        from tenants.clock import now

        db.session.scalars(select(Campaign)).one().shared_at = now()
        db.session.commit()
    found = cards(ours, ours.partner, LAST)
    assert [step.count for c in found if isinstance(c, Funnel) for step in c.steps] == [2, 1, 0, 0]
    assert rows(found, Due) == rows(found, Stuck) == []


def test_the_other_federation_sees_nothing(ours, theirs, offer_ids):
    found = cards(theirs, theirs.officer, LAST)
    assert rows(found, Due) == rows(found, Stuck) == []


def test_the_workbench_and_the_list_cost_the_same_however_many_offers(ours, as_):
    browser = as_(ours.officer)

    def queries_of(path):
        count = []
        with ours.app.app_context():
            engine = db.engine
        listen = lambda *_: count.append(1)  # noqa: E731
        event.listen(engine, "before_cursor_execute", listen)
        try:
            assert browser.get(ours.url(path)).status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", listen)
        return len(count)

    ids = issued(ours, [f"示例{n}餐饮有限公司" for n in range(12)])
    with ours.scope():
        for offer in db.session.scalars(select(Offer).where(Offer.id.in_(ids[1:]))):
            offer.state = "closed"
        db.session.commit()
    one = queries_of("/"), queries_of("/offers")
    with ours.scope():
        for offer in db.session.scalars(select(Offer)):
            offer.state = "sealed"
        db.session.commit()
    assert (queries_of("/"), queries_of("/offers")) == one
