"""Whom a contract binds is not exposed for silence any more: held back, taken down, once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from blueprints.contracts.filing import effect
from blueprints.contracts.membership import actions as members
from blueprints.exposures import queries as exposures
from blueprints.exposures.models import ExposureExclusion
from blueprints.notices.models import Notice
from blueprints.offers.ground.queries import get_offer
from jobs import contracts as jobs
from jobs.exposures import tell
from rules.binding import Basis
from rules.broken import RuleBroken
from tenants.db import db
from tests.contracts import world as w
from tests.exposures.world import LAPSED, SHOWN, Silent

OTHER = "示例另一家餐饮有限公司"


@pytest.fixture
def silent(ours):
    """Two enterprises that say nothing, the first with everything ready for publication."""
    found = Silent(ours, [OTHER])
    found.others_too()
    found.ready()
    return found


def firm_of(silent, offer_id):
    with silent.on(LAPSED):
        return get_offer(offer_id).enterprise_id


def contract_with(silent, *offers):
    """An industry contract that binds the enterprises of these offers, before it is in force."""
    return w.filed(w.Town(silent.federation, firms=[firm_of(silent, one) for one in offers]))


def take_effect(silent, town, day=SHOWN):
    assert w.sweep(jobs.take_effect, silent.federation, day, 12) == 1
    return town


def reasons(silent, offer_id):
    with silent.on(SHOWN):
        return [(one.code, one.recorded_by_id) for one in exposures.exclusions(offer_id)]


SIGNED = [("exposure.signed", None)]


def test_a_contract_in_force_holds_back_what_was_ready_for_publication(silent):
    take_effect(silent, contract_with(silent, silent.offer_id))
    assert reasons(silent, silent.offer_id) == SIGNED
    assert reasons(silent, silent.others[0]) == []
    with pytest.raises(RuleBroken):
        silent.publish(hour=15)


def test_an_announcement_that_is_public_comes_down_everywhere_as_put_right_and_is_told(silent):
    silent.publish()
    silent.raise_()
    take_effect(silent, contract_with(silent, silent.offer_id))
    ended = silent.look()
    assert (ended.state, ended.withdrawn_ground) == ("withdrawn", "remedied")
    with silent.on(SHOWN):
        shown = exposures.publications(silent.exposure_id)
        assert len(shown) == 2
        assert all(one.withdrawn_at for one in shown)
        query = select(Notice.id).where(Notice.kind == "exposure_withdrawal")
        told = len(db.session.scalars(query).all())
    assert told >= 3
    assert w.sweep(tell, silent.federation, SHOWN, 13) == 0


def test_it_is_recorded_once_however_many_contracts_bind_the_same_enterprise(silent):
    town = contract_with(silent, silent.offer_id)
    take_effect(silent, town)
    second = contract_with(silent, silent.offer_id)
    assert second.contract_id != town.contract_id
    take_effect(silent, second)
    assert reasons(silent, silent.offer_id) == SIGNED


def test_who_joins_a_contract_in_force_is_off_the_ladder_from_that_moment(silent):
    town = take_effect(silent, contract_with(silent, silent.others[0]))
    assert reasons(silent, silent.offer_id) == []
    with town.on(SHOWN):
        members.add_candidates(town.contract, [get_offer(silent.offer_id).enterprise_id])
        row = db.session.scalars(select(members.Membership).order_by(members.Membership.id.desc()))
        members.confirm(
            row.first(), town.contract, Basis.MANDATED, on=date.fromisoformat(SHOWN), note="授权书"
        )
        db.session.commit()
    assert reasons(silent, silent.offer_id) == SIGNED


def test_an_offer_made_after_the_day_of_effect_has_a_ladder_of_its_own(silent):
    town = contract_with(silent, silent.offer_id)
    with silent.on("2025-05-08"):
        get_offer(silent.others[0]).sealed_at = w.at("2025-05-08")
        members.add_candidates(town.contract, [get_offer(silent.others[0]).enterprise_id])
        row = db.session.scalars(select(members.Membership).order_by(members.Membership.id.desc()))
        basis = {"on": date(2025, 5, 6), "note": "授权书"}
        members.confirm(row.first(), town.contract, Basis.MANDATED, **basis)
        db.session.commit()
    take_effect(silent, town)
    assert reasons(silent, silent.offer_id) == SIGNED
    assert reasons(silent, silent.others[0]) == []


def test_a_contract_that_ends_brings_nobody_back_onto_the_ladder(silent):
    town = take_effect(silent, contract_with(silent, silent.offer_id))
    with town.on(SHOWN):
        over = town.contract.term_to + timedelta(days=1)
    with town.on(over):
        assert effect.expire(town.contract)
        db.session.commit()
    assert reasons(silent, silent.offer_id) == SIGNED
    with pytest.raises(RuleBroken):
        silent.publish(over.isoformat())


def test_when_the_effect_fails_nothing_is_excluded(silent):
    town = contract_with(silent, silent.offer_id)
    with town.on(SHOWN):
        effect.take_effect_by_silence(town.contract)
        db.session.rollback()
    assert reasons(silent, silent.offer_id) == []


def test_the_database_keeps_nobody_out_but_by_a_person_or_a_contract(silent):
    row = {"offer_id": silent.offer_id, "note": "无", "recorded_at": w.at(SHOWN)}
    with silent.on(SHOWN):
        db.session.add(ExposureExclusion(code="exposure.small_or_crisis", **row))
        with pytest.raises(IntegrityError, match="recorded_by_somebody"):
            db.session.flush()
