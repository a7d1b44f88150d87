"""Acting for a lower union: by what right, in what, until when, and how it ends."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import select

from blueprints.contracts.acting import actions as acting
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.acting_models import Ground
from blueprints.contracts.habits import actions as habit_actions
from blueprints.contracts.making import drawing
from blueprints.notices.models import Notice
from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.registry.union_actions import found_union
from jobs import contracts as jobs
from rules.acting import WEAKNESS
from rules.broken import RuleBroken
from tenants.db import db
from tests.contracts import acting_world as a
from tests.contracts import world as w

ABLE = dict.fromkeys(WEAKNESS, True)
WEAK = {**ABLE, "has_committee": False, "knows_bargaining": False}


def test_in_an_enterprise_the_upper_union_is_refused_as_party_and_the_article_is_named(ours):
    (firm,) = w.town(ours, "示例甲餐饮有限公司").firms
    with ours.scope(at=w.at("2025-03-03")):
        with pytest.raises(RuleBroken, match="not the party") as refused:
            acting.propose(a.of_enterprise(firm, party="upper_union"), by_id=ours.officer.id)
        assert "art. 51" in str(refused.value.article)
        with pytest.raises(RuleBroken, match="not the party"):
            drawing.draw_up(
                w.terms(level="enterprise", enterprise_id=firm, worker_party="upper_union")
            )


def test_in_an_enterprise_nobody_of_the_upper_union_is_chief(ours):
    (firm,) = w.town(ours, "示例甲餐饮有限公司").firms
    with ours.scope(at=w.at("2025-03-03")), pytest.raises(RuleBroken, match="chief"):
        acting.propose(a.of_enterprise(firm, matters=("chief",)), by_id=ours.officer.id)


def test_beyond_one_enterprise_the_sector_unions_chair_may_be_chief(ours):
    ident = a.approved(ours)
    with ours.scope():
        authority = queries.get_authority(ident)
        assert authority.state == "acting"
        assert "chief" in authority.matters
        assert authority.document_no.startswith("示工代〔2025〕1")


def test_the_proposer_does_not_decide(ours):
    ident = a.proposed(ours)
    with ours.scope(at=w.at("2025-03-03")), pytest.raises(RuleBroken, match="another"):
        acting.approve(queries.get_authority(ident), by_id=ours.officer.id)


def test_a_weak_union_is_one_whose_assessment_says_so(ours):
    with ours.scope(at=w.at("2025-03-03")):
        weak = found_union({"name": "示例甲公司工会", "level": "enterprise", "standing": "weak"})
        db.session.flush()
        said = replace(a.INDUSTRY, ground=Ground.WEAK_UNION, principal_id=weak.id)
        with pytest.raises(RuleBroken, match="every line"):
            acting.propose(said, by_id=ours.officer.id)
        with pytest.raises(RuleBroken, match="does not show"):
            acting.propose(replace(said, assessment=ABLE), by_id=ours.officer.id)
        made = acting.propose(replace(said, assessment=WEAK), by_id=ours.officer.id)
        assert made.principal_name == "示例甲公司工会"
        habit_actions.change({"weak_lines": Fraction(3)}, version=0)
        db.session.commit()
    with (
        ours.scope(at=w.at("2025-03-03")),
        pytest.raises(RuleBroken, match="does not show"),
    ):
        acting.propose(replace(said, assessment=WEAK), by_id=ours.officer.id)


def test_the_principal_is_told_with_a_link_of_its_own(ours):
    ident = a.approved(ours)
    with ours.scope():
        authority = queries.get_authority(ident)
        told = db.session.scalars(select(Notice).where(Notice.kind == "acting_notice")).all()
        assert [one.address for one in told] == ["workers@sector.example"]
        assert authority.informed_at is not None
        assert len(authority.token) == 40


def test_the_principal_objects_on_its_own_page_and_a_leader_answers(ours, visitor, as_):
    ident = a.approved(ours)
    with ours.scope():
        token = queries.get_authority(ident).token
    page = visitor.get(ours.url(f"/acting-for-us/{token}"))
    assert "沙市区餐饮业职工" in page.text
    words = {"name": "孙某某", "words": "我们可以自己协商", "sure": "y"}
    answer = visitor.post(ours.url(f"/acting-for-us/{token}/objection"), data=words)
    assert "我们可以自己协商" in answer.text
    shown = as_(ours.approver).get(ours.url("/acting?alert=objected"))
    assert "沙市区餐饮业" in shown.text
    as_(ours.approver).post(ours.url(f"/acting/{ident}/answer"), data={"words": "予以说明"})
    assert "予以说明" in visitor.get(ours.url(f"/acting-for-us/{token}")).text


def test_revoking_ends_it_today_and_never_undoes_what_was_signed(ours, visitor):
    ident = a.approved(ours)
    town = w.signed(
        w.town(ours), acting_mode="upper_acts", acting_authority_id=ident,
        acting_name="示范市总工会", on_behalf_of="沙市区餐饮业职工", worker_party="upper_union",
    )  # fmt: skip
    with ours.scope():
        token = queries.get_authority(ident).token
    words = {"name": "孙某某", "words": "行业工会已经成立", "sure": "y"}
    assert (
        "自今日起撤销"
        in visitor.post(ours.url(f"/acting-for-us/{token}/revocation"), data=words).text
    )
    with town.on("2025-04-21"):
        assert queries.get_authority(ident).state == "revoked"
        assert town.contract.state == "signed"
        w.hand_in(town.contract)
        db.session.commit()
    assert w.sweep(jobs.take_effect, ours, w.IN_FORCE) == 1
    assert (
        visitor.post(ours.url(f"/acting-for-us/{token}/objection"), data=words).status_code == 409
    )


def test_those_acted_for_are_counted_apart(ours):
    ident = a.approved(ours)
    town = w.in_force(
        w.town(ours), acting_mode="upper_acts", acting_authority_id=ident,
        acting_name="示范市总工会", on_behalf_of="沙市区餐饮业职工",
    )  # fmt: skip
    with town.on(w.IN_FORCE):
        found = queries.covered_by_mode(w.IN_FORCE)
        assert (found["acted"].enterprises, found["own"].enterprises) == (3, 0)
        assert found["all"].workers == 90


def test_every_list_and_page_says_on_behalf_of_whom(ours, as_):
    ident = a.approved(ours)
    town = w.in_force(
        w.town(ours), acting_mode="upper_acts", acting_authority_id=ident,
        acting_name="示范市总工会", on_behalf_of="沙市区餐饮业职工",
    )  # fmt: skip
    officer = as_(ours.officer)
    with town.on(w.IN_FORCE):
        token = town.contract.public_token
    for path in ("/contracts", f"/contracts/{town.contract_id}", f"/c/{token}"):
        assert "on behalf of 沙市区餐饮业职工" in officer.get(ours.url(path)).text, path


def test_a_union_that_is_founded_raises_the_alert_once(ours):
    (firm,) = w.town(ours, "示例甲餐饮有限公司").firms
    ident = a.approved(ours, a.of_enterprise(firm))
    assert w.sweep(jobs.watch_authorities, ours, "2025-05-06") == {"expired": 0, "strong": 0}
    with ours.scope(at=w.at("2025-05-06")):
        union = found_union({"name": "示例甲公司工会", "level": "enterprise", "standing": "able"})
        db.session.flush()
        db.session.get_one(Enterprise, (ours.id, firm)).union_id = union.id
        db.session.commit()
    assert w.sweep(jobs.watch_authorities, ours, "2025-05-07")["strong"] == 1
    assert w.sweep(jobs.watch_authorities, ours, "2025-05-07")["strong"] == 0
    with ours.scope():
        assert "示例甲公司工会" in queries.get_authority(ident).strength_note


@pytest.mark.parametrize(("principal", "standing", "strong"), [
    (False, "weak", 1), (True, "weak", 0), (True, "able", 1),
])  # fmt: skip
def test_a_founding_is_enough_where_there_was_none_and_a_weak_union_must_be_able(
    ours, principal, standing, strong
):
    (firm,) = w.town(ours, "示例甲餐饮有限公司").firms
    with ours.scope(at=w.at("2025-03-03")):
        union = found_union({"name": "示例甲公司工会", "level": "enterprise", "standing": "weak"})
        db.session.commit()
        ident, enterprise_key = union.id, (ours.id, firm)
    changed = {"ground": Ground.REQUEST, "principal_id": ident} if principal else {}
    a.approved(ours, a.of_enterprise(firm, **changed))
    with ours.scope(at=w.at("2025-05-06")):
        union = db.session.get_one(TradeUnion, (ours.id, ident))
        union.standing = standing
        db.session.get_one(Enterprise, enterprise_key).union_id = ident
        db.session.commit()
    assert w.sweep(jobs.watch_authorities, ours, "2025-05-07")["strong"] == strong


def test_it_ends_by_itself_when_its_period_is_over(ours):
    ident = a.approved(ours)
    assert w.sweep(jobs.watch_authorities, ours, "2025-12-31")["expired"] == 0
    assert w.sweep(jobs.watch_authorities, ours, "2026-01-01")["expired"] == 1
    with ours.scope():
        assert queries.get_authority(ident).ended_on == date(2025, 12, 31)


def test_handing_back_lists_what_was_done_and_ends_it(ours, as_):
    ident = a.approved(ours, replace(a.INDUSTRY, until_on=date(2030, 1, 1)))
    said = {
        "on": "2026-03-02", "ground": "行业工会联合会已成立", "done": "要约已送达并获答复",
        "receiver": "赵某某", "support_until": "2026-06-30",
    }  # fmt: skip
    answer = as_(ours.officer).post(ours.url(f"/acting/{ident}/hand-back"), data=said)
    assert answer.status_code == 303
    letter = as_(ours.officer).get(ours.url(f"/acting/{ident}/hand-back.docx"))
    assert letter.status_code == 200
    with ours.scope():
        assert queries.get_authority(ident).state == "handed_back"


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("name", ["request", "decision", "notice", "joining"])
def test_every_letter_can_be_printed(ours, as_, name, form):
    with ours.scope(at=w.at("2025-03-03")):
        lower = found_union({"name": "示例工会", "level": "enterprise", "standing": "weak"})
        db.session.commit()
    said = replace(
        a.INDUSTRY, ground=Ground.REQUEST, principal_id=lower.id, mode="upper_joins",
        request_no="示请〔2025〕1号",
    )  # fmt: skip
    ident = a.approved(ours, said)
    answer = as_(ours.officer).get(ours.url(f"/acting/{ident}/{name}.{form}"))
    assert answer.status_code == 200
    assert len(answer.data) > 1000


def test_another_federation_finds_none_of_it(ours, theirs, as_, visitor):
    ident = a.approved(ours)
    with ours.scope():
        token = queries.get_authority(ident).token
    assert as_(theirs.officer).get(theirs.url(f"/acting/{ident}")).status_code == 404
    assert visitor.get(theirs.url(f"/acting-for-us/{token}")).status_code == 404


def test_a_proposal_at_enterprise_level_is_refused_beside_its_field_and_nothing_is_lost(ours, as_):
    (firm,) = w.town(ours, "示例甲餐饮有限公司").firms
    said = {
        "mode": "upper_acts", "level": "enterprise", "enterprise_id": str(firm), "industry": "",
        "area": "", "scope_name": "示例甲餐饮有限公司", "case_id": "0", "principal_id": "0",
        "acting_union_id": "0", "ground": "no_union", "ground_text": "尚未建会，已走访",
        "matters": ["offer", "election"], "party": "upper_union", "from_on": "2026-12-01",
        "until_on": "2027-06-30", "handback_plan": "建会并培训",
        "handback_due_on": "2027-05-31",
    }  # fmt: skip
    answer = as_(ours.officer).post(ours.url("/acting/new"), data=said)
    assert answer.status_code == 422
    assert "Labour Contract Law, art. 51" in answer.text
    assert "尚未建会，已走访" in answer.text
    answer = as_(ours.officer).post(ours.url("/acting/new"), data={**said, "party": "elected"})
    assert answer.status_code == 303
    page = as_(ours.officer).get(answer.location)
    assert "What the law asks in an enterprise" in page.text
