"""Approving, returning and issuing a campaign: four eyes, once only, exactly what was approved."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from blueprints.notices.models import Message, Notice
from blueprints.offers.campaigns import actions as campaigns
from blueprints.offers.ground.campaign_models import Campaign, CampaignAddressee
from blueprints.offers.ground.letters import offer_letter, offer_letter_values, render_letter
from blueprints.offers.ground.models import Offer, OfferIssuer, ReplyLink
from blueprints.registry.models import Enterprise
from rules.broken import RuleBroken
from tenants import trail
from tenants.db import db
from tests.offers.campaign_world import approved, drafted, found, out, settled, submitted
from tests.offers.world import ISSUED


@pytest.fixture
def town(ours):
    return settled(ours)


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_leader_approves_what_the_officer_proposed(ours, town, as_):
    campaign_id = submitted(ours, town)
    client = as_(ours.approver)
    url = ours.url(f"/campaigns/{campaign_id}/approval")
    page = client.get(url).text
    assert "Approve 3 letters" in page
    answer = client.post(url, data={"note": "同意"})
    assert answer.status_code == 303
    assert "Approved" in client.get(answer.location).text


def test_the_proposer_cannot_approve_by_page_by_rule_or_by_sql(ours, town, as_):
    campaign_id = submitted(ours, town)
    assert as_(ours.officer).post(ours.url(f"/campaigns/{campaign_id}/approval")).status_code == 403
    with ours.scope(at=ISSUED), pytest.raises(RuleBroken, match="another person"):
        campaigns.approve(found(campaign_id), by_id=ours.officer.id, note=None)
    with ours.scope(at=ISSUED), pytest.raises(IntegrityError, match="four_eyes"):
        db.session.execute(
            text("UPDATE campaign SET approved_by_id = proposed_by_id WHERE id = :id"),
            {"id": campaign_id},
        )


def test_nothing_can_be_issued_that_nobody_approved(ours, town, as_):
    campaign_id = submitted(ours, town)
    assert as_(ours.officer).post(ours.url(f"/campaigns/{campaign_id}/issue")).status_code == 409
    with ours.scope(), pytest.raises(IntegrityError, match="unapproved"):
        db.session.execute(
            text("UPDATE campaign SET state = 'running' WHERE id = :id"), {"id": campaign_id}
        )
    with ours.scope():
        assert count(Offer) == 0


def test_a_leader_sends_it_back_with_a_reason_and_the_officer_changes_it(ours, town, as_):
    campaign_id = submitted(ours, town)
    base = ours.url(f"/campaigns/{campaign_id}")
    client = as_(ours.approver)
    silent = client.post(f"{base}/return", data={"note": " "})
    assert silent.status_code == 422
    assert "Say why: those who come after must know." in silent.text
    assert client.post(f"{base}/return", data={"note": "请核对议题"}).status_code == 303
    assert "请核对议题" in as_(ours.officer).get(f"{base}/content").text
    with ours.scope():
        campaign = found(campaign_id)
        assert (campaign.state, campaign.fixed) == ("returned", None)
        assert count(CampaignAddressee) == 0


def test_wording_values_and_addressees_are_fixed_at_submission(ours, town):
    campaign_id = approved(ours, town)
    with ours.scope(at=ISSUED):
        db.session.get(Enterprise, (ours.id, town.far)).area = "421002"  # would now be in scope
        found(campaign_id).text_source = "something else"
        found(campaign_id).subject = "别的事项"
        campaigns.send_out(found(campaign_id), by_id=ours.officer.id)
        db.session.commit()
        assert count(Offer) == 3
        offer = db.session.scalars(select(Offer).where(Offer.enterprise_id == town.able)).one()
        letter = render_letter(offer)
        assert "2027年度工资" in letter
        assert "别的事项" not in letter


def test_one_that_closed_since_gets_none_and_no_number_is_lost(ours, town):
    campaign_id = approved(ours, town)
    with ours.scope(at=ISSUED):
        db.session.get(Enterprise, (ours.id, town.weak)).status = "closed"
        db.session.flush()
        issued = campaigns.send_out(found(campaign_id), by_id=ours.officer.id)
        db.session.commit()
        assert issued.count == 2
        assert sorted(db.session.scalars(select(Offer.number))) == [1, 2]
        left = select(CampaignAddressee.left_out).where(
            CampaignAddressee.enterprise_id == town.weak
        )
        assert db.session.scalar(left) == "scope.closed"


def test_issuing_makes_every_row_at_once(ours, town):
    campaign_id = out(ours, town)
    with ours.scope(at=ISSUED):
        offers = db.session.scalars(select(Offer).order_by(Offer.number)).all()
        assert [offer.document_no for offer in offers] == [
            f"示工约〔2026〕{number}号" for number in (1, 2, 3)
        ]
        modes = {offer.enterprise_id: offer.acting_mode for offer in offers}
        assert modes == {
            town.able: "joint_double_offer",
            town.weak: "upper_acts",
            town.bare: "upper_acts",
        }
        signed = db.session.execute(
            select(Offer.enterprise_id, OfferIssuer.role, OfferIssuer.name)
            .join(OfferIssuer, OfferIssuer.offer_id == Offer.id)
            .order_by(Offer.id, OfferIssuer.id)
        ).all()
        assert [tuple(row)[1:] for row in signed if row.enterprise_id == town.able] == [
            ("upper", "示范市总工会"),
            ("grassroots", "甲餐饮工会"),
        ]
        assert [tuple(row)[1:] for row in signed if row.enterprise_id == town.bare] == [
            ("upper", "示范市总工会"),
            ("in_place", "示范市餐饮行业工会联合会"),
        ]
        links = db.session.scalars(select(ReplyLink)).all()
        assert all(re.fullmatch(r"[0-9a-f]{32}", link.token) for link in links)
        assert all(re.fullmatch(r"[2-9A-HJKMNP-Z]{10}", link.code) for link in links)
        assert len({link.code for link in links}) == 3
        notices = {n.recipient: n for n in db.session.scalars(select(Notice))}
        assert notices[f"enterprise:{town.able}"].state == "queued"
        assert notices[f"enterprise:{town.bare}"].state == "paper"
        assert notices[f"enterprise:{town.bare}"].address is None
        (issued,) = [e for e in trail.of(("campaign", campaign_id)) if e.verb == "campaign.issued"]
        assert issued.payload["offers"] == 3
        assert found(campaign_id).state == "running"


def test_each_mail_can_be_filled_from_its_notice(ours, town):
    out(ours, town)
    with ours.scope():
        for notice in db.session.scalars(select(Notice).where(Notice.kind == "offer")):
            message = db.session.get(Message, (ours.id, notice.message_id))
            body = message.body
            for name, value in notice.fields.items():
                body = body.replace(f"{{{{ {name} }}}}", value)
            assert notice.recipient_name in body
            assert "/reply/" in body
            assert "{{" not in body


def test_the_letter_says_who_acts_and_by_what_right(ours, town):
    out(ours, town)
    with ours.scope():
        by_firm = {o.enterprise_id: o for o in db.session.scalars(select(Offer))}
        joint = render_letter(by_firm[town.able])
        assert "集体协商双要约书" in joint
        assert "首席代表为赵某某" in joint
        place = render_letter(by_firm[town.bare])
        assert "尚未建立工会" in place
        assert "示范市餐饮行业工会联合会" in place
        assert "示工代〔2026〕3号" in place
        english = render_letter(by_firm[town.weak], "en")
        assert "its union cannot yet bargain by itself" in english
        values = offer_letter_values(by_firm[town.able])
        assert values["reply_url"].endswith(f"/{ours.slug}/reply/" + values["reply_url"][-32:])
        letter = offer_letter(by_firm[town.able])
        assert letter.check.url.endswith(f"/{ours.slug}/check?code={letter.check.code}")
        assert offer_letter(by_firm[town.able]).check.code == letter.check.code
        assert render_letter(by_firm[town.able], form="pdf").startswith(b"%PDF")
        assert render_letter(by_firm[town.able], form="docx").startswith(b"PK")


def test_a_second_click_issues_nothing_new(ours, town, as_):
    campaign_id = approved(ours, town)
    client, url = as_(ours.officer), ours.url(f"/campaigns/{campaign_id}/issue")
    assert "Issue 3 offers" in client.get(url).text
    first = client.post(url)
    assert "3 offers are issued" in client.get(first.location).text
    second = client.post(url)
    assert second.status_code == 303
    assert "nothing new went out" in client.get(second.location).text
    with ours.scope():
        assert (count(Offer), count(Notice)) == (3, 3)


def test_two_officers_who_issue_at_the_same_moment_issue_once(ours, town, as_):
    campaign_id = approved(ours, town)
    url = ours.url(f"/campaigns/{campaign_id}/issue")
    clients = [as_(ours.officer) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda client: client.post(url).status_code, clients))
    assert answers == [303] * 4
    with ours.scope():
        numbers = sorted(db.session.scalars(select(Offer.number)))
        assert numbers == [1, 2, 3]
        assert count(Notice) == 3


def test_two_campaigns_issued_at_once_share_one_series_without_gaps(ours, town, as_):
    first = approved(ours, town)
    second = approved(ours, town, name="商贸行业", industries=("52",))
    with ThreadPoolExecutor(2) as pool:
        posted = pool.map(
            lambda ident: as_(ours.officer).post(ours.url(f"/campaigns/{ident}/issue")).status_code,
            (first, second),
        )
        assert list(posted) == [303, 303]
    with ours.scope():
        assert sorted(db.session.scalars(select(Offer.number))) == [1, 2, 3, 4]


def test_a_pause_holds_back_what_has_not_gone_out(ours, town, as_):
    campaign_id = out(ours, town)
    base, client = ours.url(f"/campaigns/{campaign_id}"), as_(ours.officer)
    assert client.post(f"{base}/pause", data={"note": ""}).status_code == 422
    client.post(f"{base}/pause", data={"note": "核对地址"})
    with ours.scope():
        held = select(func.count()).select_from(Notice).where(Notice.paused)
        assert db.session.scalar(held) == 2
    page = client.post(f"{base}/resume")
    assert "2 letters go on" in client.get(page.location).text


def test_calling_off_takes_back_what_is_unsent_and_closes_its_offers(ours, town, as_):
    campaign_id = out(ours, town)
    with ours.scope():
        sent = db.session.scalars(
            select(Notice).where(Notice.recipient == f"enterprise:{town.able}")
        ).one()
        sent.state, sent.sent_at = "sent", ISSUED
        db.session.commit()
    base, client = ours.url(f"/campaigns/{campaign_id}"), as_(ours.officer)
    assert "taken back" in client.get(f"{base}/cancel").text
    client.post(f"{base}/cancel", data={"note": "名单有误"})
    with ours.scope():
        states = dict(db.session.execute(select(Offer.enterprise_id, Offer.state)).all())
        assert states == {town.able: "sealed", town.weak: "closed", town.bare: "closed"}
        assert found(campaign_id).state == "cancelled"
    assert client.post(f"{base}/resume").status_code == 409


def test_a_draft_with_nobody_in_it_cannot_be_submitted(ours, town):
    campaign_id = drafted(ours, town, least=100_000)
    with ours.scope(at=ISSUED), pytest.raises(RuleBroken, match="at least one enterprise"):
        campaigns.submit(found(campaign_id), by_id=ours.officer.id)


def test_a_letter_with_a_hole_cannot_be_submitted(ours, town):
    campaign_id = drafted(ours, town)
    with ours.scope(at=ISSUED):
        campaign = found(campaign_id)
        campaign.letter = {**campaign.letter, "acting_decision_no": None}
        with pytest.raises(RuleBroken, match="number of the acting decision"):
            campaigns.submit(campaign, by_id=ours.officer.id)


def test_the_exact_letter_of_any_addressee_is_shown_and_taken_away(ours, town, as_):
    campaign_id = submitted(ours, town)
    client, base = as_(ours.approver), ours.url(f"/campaigns/{campaign_id}")
    second = client.get(f"{base}/approval?n=1&lang=zh", headers={"HX-Request": "true"}).text
    assert second.lstrip().startswith('<section id="letter"')
    assert "<mark>示例甲餐饮有限公司</mark>" in second
    assert "2 / 3" in second
    search = client.get(f"{base}/check?q=丙").text
    assert "示例丙餐饮有限公司" in search
    assert client.get(f"{base}/letter.pdf?n=2").data.startswith(b"%PDF")
    assert client.get(f"{base}/letter.docx?q=丙").data.startswith(b"PK")
    assert client.get(f"{base}/letter.pdf?q=nobody").status_code == 404


def test_a_partner_sees_figures_of_what_is_shared_and_nothing_else(ours, town, as_):
    campaign_id = out(ours, town)
    base, partner = ours.url(f"/campaigns/{campaign_id}"), as_(ours.partner)
    assert partner.get(base).status_code == 404
    assert "餐饮行业春季要约" not in partner.get(ours.url("/campaigns")).text
    as_(ours.officer).post(f"{base}/sharing", data={"shared": "1"})
    page = partner.get(base).text
    assert "Addressed" in page
    assert "示例甲" not in page
    assert "What has happened" not in page
    assert partner.get(f"{base}/check").status_code == 404
    assert partner.get(f"{base}/letter.pdf").status_code == 404
    as_(ours.officer).post(f"{base}/sharing", data={"shared": "0"})
    assert partner.get(base).status_code == 404


def test_a_campaign_cannot_cross_federations_even_by_sql(ours, theirs, town):
    campaign_id = drafted(ours, town)
    with theirs.scope():
        assert db.session.scalar(select(Campaign).where(Campaign.id == campaign_id)) is None
        changed = db.session.execute(
            text("UPDATE campaign SET name = 'x' WHERE id = :id"), {"id": campaign_id}
        )
        assert changed.rowcount == 0
