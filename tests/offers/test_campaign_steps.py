"""Preparing a campaign, step by step, in a browser without scripts."""

import io

import pytest
from sqlalchemy import select

from blueprints.offers.ground.campaign_models import Campaign, CampaignTopic
from tenants.db import db
from tests.offers.campaign_world import drafted, found, out, settled


@pytest.fixture
def town(ours):
    return settled(ours)


def begin(ours, client, name="夏季要约"):
    answer = client.post(
        ours.url("/campaigns"),
        data={"name": name, "contract_kind": "wage", "subject": "2027年度工资"},
    )
    assert answer.status_code == 303
    return answer.location


def page(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, answer.text[-3000:]
    return answer.text


def test_an_officer_begins_a_campaign_and_is_led_through_every_step(ours, town, as_):
    client = as_(ours.officer)
    scope = begin(ours, client)
    assert "Who gets the offer" in page(client, scope)
    step = client.post(
        scope,
        data={"areas": ["421002"], "industries": ["62"], "standings": ["able", "weak", "none"],
              "without_contract": "y", "not_offered_days": "180", "go": "on"},
    )  # fmt: skip
    content = step.location
    assert content.endswith("/content")
    page(client, content)
    step = client.post(
        content,
        data={
            "subject": "2027年度工资",
            "contract_kind": "wage",
            "topics-0-title": "岗位最低工资",
            "topics-0-reason": "两年未调整。",
            "topics-0-position": "按工种分别确定",
            "proposed_on": "2099-04-20",
            "proposed_place": "职工之家",
            "contact_name": "王某某",
            "contact_phone": "0716-0000000",
            "contact_address": "示范路1号",
            "acting_decision_no": "示工代〔2026〕3号",
            "acting_matters": "发出要约",
            "acting_from": "2026-03-01",
            "acting_until": "2026-12-31",
            "go": "on",
        },
    )
    issuers = step.location
    assert issuers.endswith("/issuers")
    assert "示范市餐饮行业工会联合会" in page(client, issuers)
    step = client.post(
        issuers,
        data={"issuer_mode": "double", "union_id": str(town.upper), "go": "on"},
    )
    check = page(client, step.location)
    assert "Submit 3 letters for approval" in check
    assert "National default, local rule not confirmed" in check
    campaign = ours.url("/campaigns/") + scope.split("/")[-2]
    submission = client.post(campaign + "/submission")
    assert submission.status_code == 303
    assert "Waiting for approval" in page(client, submission.location)


def test_a_step_that_was_left_is_found_as_it_was(ours, town, as_):
    client = as_(ours.officer)
    scope = begin(ours, client)
    answer = client.post(
        scope, data={"areas": ["421003"], "standings": ["able"], "least": "25", "go": "leave"}
    )
    assert answer.location.rsplit("/", 1)[0].endswith("/campaigns")
    again = page(client, scope)
    assert 'value="421003" checked' in again
    assert 'value="25"' in again
    assert 'value="weak" checked' not in again


def test_a_second_campaign_of_the_same_name_is_refused_beside_the_field(ours, town, as_):
    client = as_(ours.officer)
    begin(ours, client)
    answer = client.post(
        ours.url("/campaigns"),
        data={"name": "夏季要约", "contract_kind": "wage", "subject": "工时"},
    )
    assert answer.status_code == 422
    assert "There is a campaign of this name already." in answer.text
    assert 'value="工时"' in answer.text


def test_limits_that_cross_are_refused_and_nothing_typed_is_lost(ours, town, as_):
    client = as_(ours.officer)
    scope = begin(ours, client)
    answer = client.post(
        scope, data={"standings": ["able"], "least": "100", "most": "zehn", "areas": ["421002"]}
    )
    assert answer.status_code == 422
    assert "Write a whole number." in answer.text
    assert 'value="zehn"' in answer.text
    assert 'value="421002" checked' in answer.text
    crossed = client.post(scope, data={"standings": ["able"], "least": "100", "most": "10"})
    assert "The upper limit is below the lower one." in crossed.text


def test_rows_of_topics_are_added_moved_and_removed_without_scripts(ours, town, as_):
    client = as_(ours.officer)
    campaign_id = drafted(ours, town)
    url = ours.url(f"/campaigns/{campaign_id}/content")
    typed = {
        "subject": "工资",
        "contract_kind": "wage",
        "topics-0-title": "甲",
        "topics-0-reason": "甲理由",
        "topics-1-title": "乙",
        "proposed_on": "someday",
    }
    added = client.post(url, data={**typed, "rows": "add"})
    assert added.status_code == 200
    assert 'name="topics-2-title"' in added.text
    assert 'value="someday"' in added.text
    moved = client.post(url, data={**typed, "rows": "down-0"}).text
    assert moved.index('value="乙"') < moved.index('value="甲"')
    assert "甲理由" in moved
    removed = client.post(url, data={**typed, "rows": "remove-0"}).text
    assert 'value="甲"' not in removed
    with ours.scope():
        titles = db.session.scalars(select(CampaignTopic.title)).all()
        assert titles == ["岗位最低工资"]  # the buttons of the rows save nothing


def test_a_topic_left_half_done_is_named_beside_its_field(ours, town, as_):
    client = as_(ours.officer)
    campaign_id = drafted(ours, town)
    answer = client.post(
        ours.url(f"/campaigns/{campaign_id}/content"),
        data={"subject": "工资", "contract_kind": "wage", "topics-0-title": "甲", "go": "on"},
    )
    assert answer.status_code == 422
    assert "Say why this topic is put forward." in answer.text
    assert 'value="甲"' in answer.text


def test_a_wording_that_loses_a_placeholder_is_refused_with_its_line(ours, town, as_):
    client = as_(ours.officer)
    campaign_id = drafted(ours, town)
    url = ours.url(f"/campaigns/{campaign_id}/wording/main")
    assert "{{ reply_period }}" in page(client, url)
    with ours.scope():
        from blueprints.offers.campaigns.wording import read_bodies
        from blueprints.offers.ground.letters import Variant, text_of

        bodies = read_bodies(text_of(found(campaign_id), Variant.JOINT).source)
    wrong = bodies["zh"].replace("{{ reply_period }}", "{{ reply_perod }}")
    answer = client.post(url, data={"zh": wrong, "en": bodies["en"]})
    assert answer.status_code == 422
    line = 1 + wrong[: wrong.index("reply_perod")].count("\n")
    assert f"Line {line}: There is no placeholder “reply_perod”." in answer.text
    assert "reply_perod }}" in answer.text
    fine = bodies["zh"].replace("六、反馈", "六、回执和反馈")
    assert client.post(url, data={"zh": fine, "en": bodies["en"]}).status_code == 303
    assert "六、回执和反馈" in page(
        client, ours.url(f"/campaigns/{campaign_id}/check?lang=zh&q=甲")
    )
    client.post(url, data={"official": "1"})
    with ours.scope():
        assert found(campaign_id).text_source is None


def test_an_attachment_is_kept_shown_and_taken_out_again(ours, town, as_):
    client = as_(ours.officer)
    campaign_id = drafted(ours, town)
    url = ours.url(f"/campaigns/{campaign_id}/attachments")
    refused = client.post(url, data={"file": (io.BytesIO(b"MZ program"), "list.pdf")})
    assert refused.status_code == 422
    assert client.post(url, data={}).status_code == 422
    kept = client.post(url, data={"file": (io.BytesIO(b"%PDF-1.7 x"), "名单.pdf")})
    assert kept.status_code == 303
    shown = page(client, ours.url(f"/campaigns/{campaign_id}/content"))
    assert "名单.pdf" in shown
    link = shown.split(f"/campaigns/{campaign_id}/attachments/")[1].split('"')[0]
    assert client.get(f"{url}/{link}").data == b"%PDF-1.7 x"
    client.post(f"{url}/{link}/removal")
    assert "名单.pdf" not in page(client, ours.url(f"/campaigns/{campaign_id}/content"))


def test_what_is_missing_is_named_and_nothing_is_submitted(ours, town, as_):
    client = as_(ours.officer)
    scope = begin(ours, client)
    base = scope.removesuffix("/scope")
    check = page(client, f"{base}/check")
    assert "Missing: topics" in check
    assert "Missing: contact person" in check
    assert "for approval</button>" not in check
    answer = client.post(f"{base}/submission")
    assert answer.location.endswith("/check")
    with ours.scope():
        assert db.session.scalars(select(Campaign.state)).one() == "drafted"


def test_once_submitted_no_step_can_be_changed(ours, town, as_):
    client = as_(ours.officer)
    campaign_id = out(ours, town)
    base = ours.url(f"/campaigns/{campaign_id}")
    for step in ("scope", "content", "issuers", "approval", "issue", "wording/main"):
        assert client.get(f"{base}/{step}").status_code == 302
    assert client.post(f"{base}/scope", data={"standings": ["able"]}).status_code == 409
    assert (
        client.post(f"{base}/content", data={"subject": "x", "contract_kind": "wage"}).status_code
        == 409
    )
    assert client.post(f"{base}/picks/{town.bare}", data={"choice": "add"}).status_code == 409


@pytest.mark.parametrize("step", ["", "/scope", "/content", "/issuers", "/check", "/enterprises"])
def test_another_federations_campaign_does_not_exist(ours, theirs, town, as_, step):
    campaign_id = drafted(ours, town)
    stranger = as_(theirs.officer)
    assert stranger.get(theirs.url(f"/campaigns/{campaign_id}{step}")).status_code == 404
    assert stranger.get(ours.url(f"/campaigns/{campaign_id}{step}")).status_code == 404
