"""From the case to its contract: made at the signature, refused without authority, told back."""

from dataclasses import replace
from datetime import date

import pytest

from blueprints.bargaining.ground.signature_models import Party
from blueprints.contracts.ground import queries
from blueprints.contracts.membership import actions as members
from blueprints.registry.union_actions import found_union
from jobs import contracts as jobs
from rules.binding import Basis
from rules.broken import RuleBroken
from tenants.db import db
from tests.bargaining import table_world as t
from tests.contracts import acting_world as a
from tests.contracts import world as w


def upper(federation):
    with federation.scope(at=w.at("2026-02-02")):
        union = found_union({"name": "示范市餐饮行业工会联合会", "level": "sector",
                             "industry": "62", "standing": "able"})  # fmt: skip
        db.session.commit()
        return union.id


def to_the_vote(table):
    return table.meet().write().agree().convene().count()


def sign_as_upper(table):
    with table.at(t.SIGNED):
        case = table.case
        signing = t.signing_queries.standing_signing(case.id)
        said = t.Name(Party.UPPER, t.SigningMethod.SCAN, date(2026, 5, 20), name="郑某某",
                      title="主席", document_id=t.scan("签字页"))  # fmt: skip
        t.signings.sign(case, signing, said)
        db.session.commit()


def test_a_signed_case_becomes_a_contract_with_its_clauses_and_members(ours):
    table = to_the_vote(t.table(ours))
    table.sign(Party.WORKERS, Party.EMPLOYER)
    with table.at(t.SIGNED):
        contract = queries.contract_of_case(table.case_id)
        assert (contract.state, contract.signed_on) == ("signed", date(2026, 5, 20))
        assert contract.voted_hash == contract.text_hash
        assert contract.file_due_on == date(2026, 5, 27)
        assert (contract.worker_chief, contract.employer_chief) == ("赵某某", "李某某")
        rows = queries.clauses(contract)
        assert [(row.number, row.amount) for row in rows if row.amount] == [("第一条", 2150)]
        found = db.session.execute(queries.members_of(contract.id)).all()
        assert len(found) == 5
        assert {row.basis for row, _ in found if row.basis} == {"in_scope"}


def test_where_an_upper_union_acts_nothing_is_signed_without_a_decision(ours):
    table = to_the_vote(t.table(ours, acting_mode="upper_acts", upper_union_id=upper(ours)))
    table.sign(Party.WORKERS, Party.EMPLOYER)
    with pytest.raises(RuleBroken, match="decision must hold"):
        sign_as_upper(table)
    with table.at(t.SIGNED):
        assert queries.contract_of_case(table.case_id) is None


def test_with_a_decision_it_is_signed_and_says_on_whose_behalf(ours):
    table = t.table(ours, acting_mode="upper_acts", upper_union_id=upper(ours))
    said = replace(
        a.INDUSTRY, case_id=table.case_id, from_on=date(2026, 3, 1), until_on=date(2026, 12, 31),
        handback_due_on=date(2026, 11, 30),
    )  # fmt: skip
    a.approved(ours, said, on="2026-03-03")
    to_the_vote(table).sign(Party.WORKERS, Party.EMPLOYER)
    sign_as_upper(table)
    with table.at(t.SIGNED):
        contract = queries.contract_of_case(table.case_id)
        assert contract.on_behalf_of == "沙市区餐饮业职工"
        assert contract.worker_party == "upper_union"


def test_in_an_enterprise_the_upper_unions_name_is_refused_with_the_article(ours):
    table, above = t.opened(ours), upper(ours)
    with table.at("2026-04-01"):
        case = table.case
        case.upper_union_id, case.acting_mode = above, "upper_acts"
        db.session.commit()
    to_the_vote(table).sign()
    with pytest.raises(RuleBroken, match="not the party") as refused:
        sign_as_upper(table)
    assert "art. 51" in str(refused.value.article)


def test_the_case_follows_its_contract_through_filing_and_effect(ours):
    table = to_the_vote(t.table(ours))
    table.sign(Party.WORKERS, Party.EMPLOYER)
    with table.at("2026-05-21"):
        contract = queries.contract_of_case(table.case_id)
        w.filing.assemble(contract, w.Filer.EMPLOYER, filer_name="协会", authority_name="人社局")
        receipt = w.Receipt(date(2026, 5, 21), date(2026, 5, 21), number="1")
        w.filing.hand_in(w.filing.open_filing(contract), contract, receipt, by_id=None)
        db.session.commit()
        assert table.case.state == "filed"
    assert w.sweep(jobs.take_effect, ours, "2026-06-08") == 1
    with table.at("2026-06-09"):
        contract = queries.contract_of_case(table.case_id)
        assert (contract.state, table.case.state) == ("effective", "effective")
        bound = queries.covered(date(2026, 6, 8)).enterprises
        assert 0 < bound < 5, "a refusal alone binds nobody; an industry code neither"
        row, _ = next(
            one for one in db.session.execute(queries.members_of(contract.id)) if not one[0].basis
        )
        members.confirm(row, contract, Basis.IN_SCOPE, on=date(2026, 6, 9), note="实地核实")
        db.session.commit()
        assert queries.covered(date(2026, 6, 9)).enterprises == bound + 1
