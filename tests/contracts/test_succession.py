"""Publication, change, end and succession; and the floor that an industry contract lays."""

from datetime import date
from decimal import Decimal

import pytest

from blueprints.contracts.filing import publishing, succession
from blueprints.contracts.ground import queries
from blueprints.contracts.making import drawing, floors
from blueprints.contracts.making.drawing import Line
from blueprints.contracts.membership import actions as members
from jobs import contracts as jobs
from rules.binding import Basis
from rules.broken import RuleBroken
from tenants.db import db
from tests.contracts import world as w
from tests.contracts.test_members import rows
from tests.world import found

LOW = Line("第一条", "minimum_wage", "工资", "服务员：2100元/月。", measure="pay",
           subject="月工资", amount=Decimal(2100), unit="元/月", trade="服务员")  # fmt: skip
HIGH = Line("第一条", "minimum_wage", "工资", "服务员：2400元/月。", measure="pay",
            subject="月工资", amount=Decimal(2400), unit="元/月", trade="服务员")  # fmt: skip


def test_the_first_publication_publishes_it_and_the_upper_union_gets_a_copy(ours):
    town = w.in_force(w.town(ours))
    with town.on("2025-05-09"):
        contract = town.contract
        publishing.copy_to_upper_union(contract, to="荆州市总工会", on=date(2025, 5, 8))
        assert contract.state == "effective"
        publishing.publish(contract, town.firms[0], place="食堂门口", from_on=date(2025, 5, 9))
        db.session.commit()
        assert contract.state == "published"
        assert contract.publish_due_on == date(2025, 5, 12)
        assert [row.name for row in queries.not_yet_published(contract.id)] != []
        assert len(queries.not_yet_published(contract.id)) == 2


def test_nothing_is_published_before_it_is_in_force(ours):
    town = w.filed(w.town(ours))
    with town.on(w.RECEIVED), pytest.raises(RuleBroken, match="not in force"):
        publishing.publish(town.contract, town.firms[0], place="食堂", from_on=w.RECEIVED)


def test_a_change_takes_the_place_of_the_earlier_contract_the_day_it_is_in_force(ours):
    town = w.published(w.town(ours))
    first = town.contract_id
    with town.on("2025-09-01"):
        with pytest.raises(RuleBroken, match="Both sides"):
            succession.agree_to_change(town.contract, "物价上涨", both_agree=False)
        succession.agree_to_change(town.contract, "物价上涨", both_agree=True)
        db.session.commit()
        following = drawing.draw_up(w.terms(name="变更后的合同", supersedes_id=first))
        members.add_candidates(following, town.firms)
        assert following.supersedes_id == first
        db.session.commit()
        town.contract_id = following.id
        for row in rows(town):
            members.confirm(row, following, Basis.MANDATED, on=date(2025, 9, 1), note="授权")
        drawing.pass_vote(
            following, voted_on=date(2025, 9, 1), voted_hash=following.text_hash, summary="通过"
        )
        drawing.sign(
            following, signed_on=date(2025, 9, 1), worker_chief="赵某某", employer_chief="钱某某"
        )
        w.filing.assemble(following, w.Filer.EMPLOYER, filer_name="协会", authority_name="人社局")
        receipt = w.Receipt(date(2025, 9, 1), date(2025, 9, 1), number="2025-09")
        w.filing.hand_in(w.filing.open_filing(following), following, receipt, by_id=None)
        db.session.commit()
        assert queries.get_contract(first).state == "amending"
    assert w.sweep(jobs.take_effect, ours, "2025-09-17") == 1
    with town.on("2025-09-17"):
        earlier = queries.get_contract(first)
        assert (earlier.state, earlier.ended_on) == ("renewed", date(2025, 9, 17))
        assert queries.covered(date(2025, 9, 16)).contracts == 1
        assert queries.covered(date(2025, 9, 17)).contracts == 1
        assert queries.covered(date(2025, 9, 17)).enterprises == 3
        assert [one.id for one in succession.chain(town.contract)] == [first]


def test_ending_it_early_needs_the_congress_and_is_reported(app):
    town = w.published(w.town(found(app, division="330100")))
    with town.on("2025-10-09"):
        contract = town.contract
        succession.agree_to_end(contract, "行业重组", both_agree=True)
        day = date(2025, 10, 9)
        with pytest.raises(RuleBroken, match="congress"):
            succession.end(contract, on=day, voted_on=day, passed=False)
        db.session.rollback()
    with town.on("2025-10-09"):
        contract = town.contract
        succession.agree_to_end(contract, "行业重组", both_agree=True)
        succession.end(contract, on=day, voted_on=day, passed=True)
        db.session.commit()
        assert contract.state == "terminated"
        assert contract.end_report_due_on == date(
            2025, 10, 15
        )  # five working days, Saturday 11 being one
        assert queries.covered(day).enterprises == 0


def test_an_enterprise_contract_below_the_industry_floor_is_refused_clause_by_clause(ours):
    town = w.in_force(w.town(ours))
    firm = town.firms[0]
    known = {
        "level": "enterprise", "enterprise_id": firm, "industry": None, "name": "示例甲公司合同",
    }  # fmt: skip
    with town.on("2025-06-02"):
        low = w.drawing.draw_up(w.terms(**known, lines=(LOW,)))
        with pytest.raises(RuleBroken, match="2100"):
            floors.demand_above_floor(low, date(2025, 6, 2))
        high = w.drawing.draw_up(w.terms(**known, lines=(HIGH,)))
        floors.demand_above_floor(high, date(2025, 6, 2))
        floors.demand_above_floor(low, date(2025, 5, 1))  # before anything bound it
