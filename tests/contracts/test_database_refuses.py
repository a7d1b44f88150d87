"""Raw SQL as the app role: no early effect, no changed text, nobody bound or acting unasked."""

import psycopg
import pytest

from blueprints.contracts.acting import actions as acting
from blueprints.contracts.ground import queries
from tenants.db import db
from tests.contracts import acting_world as a
from tests.contracts import world as w
from tests.world import found


def connection(federation):
    """The app's own role, with the federation named as the app names it."""
    url = federation.app.extensions["settings"].database_url
    made = psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"))
    made.execute(f"SELECT set_config('app.tenant_id', '{federation.id}', false)")
    made.commit()
    return made


def refused(federation, *statements):
    *before, last = statements
    with connection(federation) as made:
        for statement in before:
            made.execute(statement)
        with pytest.raises(psycopg.errors.CheckViolation):
            made.execute(last)
        made.rollback()


EARLY = (
    "UPDATE contract SET state = 'effective', effective_on = '{day}', effective_basis = '{basis}', "
    "effective_at = now() WHERE id = {id}"
)


@pytest.mark.parametrize("basis", ["deemed", "letter", "imported"])
@pytest.mark.parametrize("day", ["2025-05-06", "2025-04-22"])
def test_nothing_takes_effect_before_its_review_period_is_over(ours, basis, day):
    town = w.filed(w.town(ours))
    refused(ours, EARLY.format(day=day, basis=basis, id=town.contract_id))


def test_a_signed_contract_does_not_skip_its_review(ours):
    town = w.signed(w.town(ours))
    refused(ours, EARLY.format(day="2025-06-01", basis="deemed", id=town.contract_id))
    refused(ours, f"UPDATE contract SET state = 'filed' WHERE id = {town.contract_id}")


def test_a_draft_cannot_be_written_in_as_in_force(ours):
    town = w.drawn(w.town(ours))
    copied = (
        "INSERT INTO contract (tenant_id, document_no, name, sort_key, kind, level, state,"
        " industry, worker_side, employer_side, binding_mode, text, text_hash, public_token,"
        " signed_on, term_from, term_to, effective_on, effective_at,"
        " effective_basis) SELECT tenant_id, 'x',"
        " name, sort_key, kind, level, 'effective', industry, worker_side, employer_side,"
        " binding_mode, text, text_hash, 'other', '2025-01-01', term_from, term_to, '2025-02-01',"
        f" now(), 'deemed' FROM contract WHERE id = {town.contract_id}"
    )
    refused(ours, copied)
    refused(ours, copied.replace("'deemed'", "'imported'"))


def test_the_period_of_a_review_cannot_be_shortened_nor_its_receipt_dated_back(ours):
    town = w.filed(w.town(ours))
    of = f"WHERE contract_id = {town.contract_id}"
    refused(ours, f"UPDATE filing SET review_ends_on = '2025-04-25' {of}")
    refused(ours, f"UPDATE filing SET received_on = '2025-04-14' {of}")
    refused(ours, f"UPDATE filing SET text_hash = repeat('0', 64) {of}")


def test_an_objection_in_time_keeps_it_from_ever_taking_effect(ours):
    town = w.filed(w.town(ours))
    refused(
        ours,
        "INSERT INTO review (tenant_id, filing_id, kind, delivered_on, opinion, points,"
        " recorded_at) SELECT tenant_id, id, 'objection', '2025-04-28', 'x',"
        ' \'[{"clause": "1"}]\', now()'
        f" FROM filing WHERE contract_id = {town.contract_id}",
        EARLY.format(day="2025-06-01", basis="deemed", id=town.contract_id),
    )


@pytest.mark.parametrize("carried", [w.signed, w.filed, w.in_force, w.published])
def test_the_text_that_was_voted_on_cannot_change(ours, carried):
    town = carried(w.town(ours))
    of = f"WHERE id = {town.contract_id}"
    refused(ours, f"UPDATE contract SET text = text || ' ' {of}")
    rehashed = "text_hash = encode(sha256(convert_to(text || '!', 'UTF8')), 'hex')"
    refused(ours, f"UPDATE contract SET text = text || '!', {rehashed} {of}")
    refused(ours, f"UPDATE contract SET state = 'drafted' {of}")
    refused(ours, f"UPDATE contract_clause SET amount = 1 WHERE contract_id = {town.contract_id}")
    refused(ours, f"DELETE FROM contract_clause WHERE contract_id = {town.contract_id}")


def test_the_day_of_effect_stands_as_it_came(ours):
    town = w.in_force(w.town(ours))
    of = f"WHERE id = {town.contract_id}"
    refused(ours, f"UPDATE contract SET effective_on = '2025-05-01' {of}")
    refused(ours, f"UPDATE contract SET effective_basis = 'letter' {of}")
    refused(ours, f"UPDATE contract SET term_to = '2027-01-01' {of}")


def test_the_app_role_cannot_delete_a_contract(ours):
    town = w.in_force(w.town(ours))
    with connection(ours) as made:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            made.execute(f"DELETE FROM contract WHERE id = {town.contract_id}")
        made.rollback()


def test_nobody_is_bound_before_the_contract_is_in_force(ours):
    town = w.filed(w.town(ours))
    refused(
        ours,
        "UPDATE membership SET state = 'active', valid_from = '2025-04-12'"
        f" WHERE contract_id = {town.contract_id}",
    )


def test_where_only_seals_bind_no_other_basis_does(app):
    town = w.in_force(w.town(found(app, division="370100")))
    with town.on(w.IN_FORCE):
        assert queries.covered(w.IN_FORCE).enterprises == 0
    refused(
        town.federation,
        "UPDATE membership SET state = 'active', valid_from = '2025-05-07'"
        f" WHERE contract_id = {town.contract_id}",
    )


def test_the_proposer_of_an_authority_cannot_approve_it(ours):
    ident = a.proposed(ours)
    refused(
        ours,
        "UPDATE acting_authority SET state = 'acting', approved_by_id = proposed_by_id,"
        f" approved_at = now(), document_no = 'x' WHERE id = {ident}",
    )


def test_what_was_decided_about_an_authority_stands(ours):
    ident = a.approved(ours)
    refused(ours, f"UPDATE acting_authority SET until_on = '2030-01-01' WHERE id = {ident}")
    refused(ours, f"UPDATE acting_authority SET matters = '{{chief}}' WHERE id = {ident}")


def test_no_authority_lets_the_upper_union_be_party_in_an_enterprise(ours):
    town = w.drawn(w.town(ours))
    refused(
        ours,
        "UPDATE contract SET level = 'enterprise', industry = NULL, worker_party = 'upper_union',"
        f" enterprise_id = {town.firms[0]} WHERE id = {town.contract_id}",
    )


def test_a_contract_is_not_signed_on_a_day_when_nobody_acted_with_authority(ours):
    ident = a.approved(ours)
    with ours.scope(at=w.at("2025-04-01")):
        authority = queries.get_authority(ident, lock=True)
        acting.revoke(authority, "工会已成立", by="孙某某")
        db.session.commit()
    town = w.drawn(
        w.town(ours), acting_mode="upper_acts", acting_authority_id=ident, acting_name="总工会",
        on_behalf_of="沙市区餐饮业职工",
    )  # fmt: skip
    with town.on(w.SIGNED), pytest.raises(Exception, match="authority"):
        w.sign(town.contract)
