"""A contract taken over from a sheet keeps an enterprise from exposure like any other."""

from datetime import date

import pytest
from sqlalchemy import select, update

from blueprints.contracts.filing import effect
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.imports.actions import carry_out, receive
from blueprints.exposures import publishing
from blueprints.exposures import queries as exposures
from blueprints.offers.ground.campaign_models import CampaignTopic
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.queries import get_offer
from blueprints.registry.models import Enterprise
from rules.broken import RuleBroken
from tenants.db import db
from tenants.models import Event
from tests.contracts.test_imports import HEAD, code_of
from tests.exposures.world import SERVED, SHOWN, Silent

OTHER = "示例另一家餐饮有限公司"
KNOWN_ON = SHOWN
PLACE = "沙市区,餐饮业"


@pytest.fixture
def silent(ours):
    """Two silent enterprises with credit codes, the first with everything ready."""
    found = Silent(ours, [OTHER])
    with found.on(SERVED):
        for number, offer_id in enumerate((found.offer_id, *found.others)):
            firm = db.session.get_one(
                Enterprise, (found.federation.id, get_offer(offer_id).enterprise_id)
            )
            firm.credit_code = code_of(number)
        db.session.commit()
    found.others_too()
    found.ready()
    return found


def line(kind="工资专项", *, level="企业", code="", bound="", until="2026-05-21", name="集体合同"):
    return (
        f"示例{kind}{name},{kind},{level},{code},{PLACE},2024-05-01,2024-05-06,人社2024-1,"
        f"2024-05-22,{until},{bound}"
    )


def take_over(silent, *lines, hour=14):
    with silent.on(KNOWN_ON, hour=hour):
        run = receive((HEAD + "\n".join(lines)).encode("utf-8-sig"), "合同.csv")
        assert run.new == len(lines), run.reasons
        carry_out(run)
        db.session.commit()


def about(silent, kind, *titles):
    """What the offers are about."""
    with silent.on(SHOWN):
        db.session.execute(update(Offer).values(contract_kind=kind))
        campaign_id = get_offer(silent.offer_id).campaign_id
        db.session.query(CampaignTopic).delete()
        db.session.add_all(
            CampaignTopic(
                campaign_id=campaign_id, position_no=number, title=title, reason="无", position="无"
            )
            for number, title in enumerate(titles, start=1)
        )
        db.session.commit()


def reasons(silent, offer_id=None):
    with silent.on(SHOWN, hour=15):
        found = exposures.exclusions(offer_id or silent.offer_id)
        return [(one.code, one.recorded_by_id, one.note) for one in found]


def test_a_contract_of_its_own_holds_back_what_was_ready_for_publication(silent):
    take_over(silent, line(code=code_of(0)))
    ((code, by, note),) = reasons(silent)
    assert (code, by) == ("exposure.signed", None)
    assert "已对该企业生效" in note
    assert reasons(silent, silent.others[0]) == []
    with pytest.raises(RuleBroken):
        silent.publish(hour=15)


def test_what_is_public_comes_down_everywhere_as_put_right(silent):
    silent.publish()
    silent.raise_()
    take_over(silent, line(code=code_of(0)))
    ended = silent.look()
    assert (ended.state, ended.withdrawn_ground) == ("withdrawn", "remedied")
    with silent.on(SHOWN):
        assert all(one.withdrawn_at for one in exposures.publications(silent.exposure_id))


def test_an_industry_contract_holds_back_everybody_whom_the_sheet_names(silent):
    take_over(silent, line(level="行业性", bound=f"{code_of(0)}、{code_of(1)}"))
    assert len(reasons(silent)) == 1
    assert len(reasons(silent, silent.others[0])) == 1


def test_two_contracts_of_one_sheet_make_one_reason(silent):
    take_over(
        silent,
        line(code=code_of(0)),
        line("综合", level="行业性", bound=code_of(0)),
    )
    assert len(reasons(silent)) == 1


def test_a_contract_that_ran_out_before_excludes_nobody(silent):
    take_over(silent, line(code=code_of(0), until="2025-05-21"))
    assert reasons(silent) == []


def test_a_contract_on_wages_does_not_answer_an_offer_on_the_protection_of_women(silent):
    about(silent, "general", "女职工特殊保护")
    take_over(silent, line(code=code_of(0)))
    assert reasons(silent) == []
    with silent.on(SHOWN):
        query = select(Event.payload).where(Event.verb == "exposure.contract_apart")
        assert "议题与要约不同" in db.session.scalars(query).one()["note"]


def test_in_doubt_it_excludes_and_says_so_for_an_officer_to_judge(silent):
    about(silent, "general", "女职工特殊保护", "企业民主管理")
    take_over(silent, line(code=code_of(0)))
    ((_, _, note),) = reasons(silent)
    assert "待核实" in note
    with silent.on(SHOWN, silent.lawyer, 16):
        (standing,) = exposures.exclusions(silent.offer_id)
        get_offer(silent.offer_id, lock=True)
        publishing.lift(standing, by_id=silent.lawyer.id)
        db.session.commit()
    silent.publish(hour=17)
    assert silent.look().state == "published"


def test_when_the_contract_ends_nothing_rises_again_by_itself(silent):
    take_over(silent, line(code=code_of(0), until="2025-08-31"))
    with silent.on("2025-09-10"):
        contract = db.session.scalars(select(Contract)).one()
        assert effect.expire(contract)
        db.session.commit()
    assert len(reasons(silent)) == 1
    with pytest.raises(RuleBroken):
        silent.publish("2025-09-11")


def test_an_import_that_fails_excludes_nobody(silent):
    with silent.on(KNOWN_ON, hour=14):
        run = receive((HEAD + line(code=code_of(0))).encode("utf-8-sig"), "合同.csv")
        carry_out(run)
        db.session.rollback()
    assert reasons(silent) == []


def test_an_offer_made_after_the_contract_was_known_has_a_ladder_of_its_own(silent):
    with silent.on(SHOWN):
        get_offer(silent.others[0]).sealed_at = date.fromisoformat("2025-09-01")
        db.session.commit()
    take_over(silent, line(level="行业性", bound=f"{code_of(0)}、{code_of(1)}"))
    assert len(reasons(silent)) == 1
    assert reasons(silent, silent.others[0]) == []
