"""What keeps an innocent enterprise from being named in odd orders of events."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import select, update

from blueprints.exposures import actions, hearing, measure, periods, publishing, queries
from blueprints.exposures.models import ExposureExclusion
from blueprints.notices.models import Notice
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.queries import get_offer
from blueprints.offers.ground.service_models import ReplyChannel, ReplyKind
from blueprints.offers.service import actions as offer_actions
from blueprints.offers.service.actions import Answer
from blueprints.offers.service.closing import close
from blueprints.registry.models import Enterprise
from jobs.exposures import tell
from rules.broken import RuleBroken
from rules.days import local_day
from tenants.clock import at
from tenants.db import db
from tenants.models import User
from tenants.roles import Role
from tests.exposures.test_database_refuses import PUBLISH, RECHECK, app_connection
from tests.exposures.test_races import owner
from tests.exposures.world import DECIDED, NAME, SHOWN, Silent, colleague
from tests.offers.world import instant

SAID = {
    "error_text": "公告所列未收到答复与事实不符", "corrected_text": "该单位已按期书面答复",
    "error_cause_text": "登记答复时遗漏", "remedy_text": "已请转载单位删除",
}  # fmt: skip


@pytest.fixture
def silent(ours):
    """Two offers to one enterprise in two campaigns; on the first, all is ready for publication."""
    one = Silent(ours, ["示例静默餐饮有限公司（另一行动）"])
    one.ready()
    return one


def in_another_campaign(silent):
    """The second offer goes to the same enterprise, in a campaign of its own."""
    (other,) = silent.others
    with closing(owner(silent)) as connection, connection.transaction():
        connection.execute(
            "INSERT INTO campaign SELECT (jsonb_populate_record(NULL::campaign, to_jsonb(c)"
            " || jsonb_build_object('id', c.id + 100000, 'name', '另一行动'))).* FROM campaign c"
            f" WHERE tenant_id = {silent.federation.id}"
        )
        connection.execute(
            "UPDATE offer SET campaign_id = campaign_id + 100000, enterprise_id ="
            f" (SELECT enterprise_id FROM offer WHERE id = {silent.offer_id}) WHERE id = {other}"
        )
    return other


def answer(silent, offer_id, kind=ReplyKind.ACCEPT, day=SHOWN, **said):
    with silent.on(day, hour=said.pop("hour", 12)):
        given = Answer(kind, ReplyChannel.REPLY_DESK, "企业联系人", reason="另有安排")
        offer_actions.record_reply(get_offer(offer_id, lock=True), given, **said)
        db.session.commit()


def look_again(silent, day=SHOWN, hour=13):
    with silent.federation.app.app_context():
        tell(tenant_id=silent.federation.id, at=instant(day, hour).isoformat())


def board(silent, visitor, day=SHOWN, hour=13):
    with at(instant(day, hour)):
        return visitor.get(silent.federation.url("/announcements")).text


def letters(silent, *kinds):
    with silent.federation.scope():
        query = select(Notice.state, Notice.paused).where(
            Notice.kind.in_(kinds), Notice.subject_kind == "exposure"
        )
        return {tuple(row) for row in db.session.execute(query)}


ANNOUNCED = ("exposure", "exposure_circular", "exposure_media")


def test_letters_that_have_not_left_stay_when_a_reply_takes_it_down(silent):
    with silent.federation.scope(by=silent.federation.administrator):
        measure.change({"media": [{"name": "示范晚报", "address": "news@paper.example"}]})
        db.session.commit()
    silent.publish()
    with silent.federation.scope():
        gone = update(Notice).where(Notice.kind == "exposure").values(
            state="sent", sent_at=instant(SHOWN)
        )  # fmt: skip
        db.session.execute(gone)
        db.session.commit()
    assert letters(silent, "exposure_circular") == {("queued", False)}
    silent.reply(SHOWN)
    assert letters(silent, "exposure") == {("sent", False)}
    assert letters(silent, "exposure_circular") == {("cancelled", False)}
    look_again(silent)
    assert ("queued", False) in letters(silent, "exposure_withdrawal")


def test_a_notice_of_intent_that_has_not_left_stays_when_a_reply_ends_the_case(silent):
    silent.reply(SHOWN)
    assert letters(silent, "exposure_intent", "exposure_intent_copy") == {("cancelled", False)}


def test_letters_wait_while_an_objection_is_open_and_go_on_when_it_is_upheld(silent):
    silent.publish()
    with silent.on(SHOWN, hour=11):
        publishing.object_to(silent.exposure(), "送达有误。")
        db.session.commit()
    assert letters(silent, *ANNOUNCED) == {("queued", True)}
    with silent.on(SHOWN, silent.lawyer, 12):
        publishing.uphold(silent.exposure(), "送达无误。", by_id=silent.lawyer.id)
        db.session.commit()
    assert letters(silent, *ANNOUNCED) == {("queued", False)}


def test_who_agrees_under_another_offer_of_that_time_is_not_named(silent, visitor):
    other = in_another_campaign(silent)
    silent.publish()
    silent.raise_()
    assert NAME in board(silent, visitor, hour=11)
    answer(silent, other)
    row = silent.look()
    assert (row.state, row.withdrawn_ground) == ("withdrawn", "remedied")
    with silent.federation.scope():
        kept = db.session.scalars(select(ExposureExclusion)).one()
        assert (kept.offer_id, kept.recorded_by_id) == (silent.offer_id, None)


def test_nothing_is_published_after_that_until_another_person_has_looked_into_it(silent):
    answer(silent, in_another_campaign(silent))
    with pytest.raises(RuleBroken, match="excludes publication"):
        silent.publish()
    with silent.on(SHOWN, silent.chair):
        kept = db.session.scalars(select(ExposureExclusion)).one()
        publishing.lift(kept, by_id=silent.chair.id)
        db.session.commit()
    silent.publish()


def test_a_refusal_of_another_offer_spares_nobody(silent):
    answer(silent, in_another_campaign(silent), ReplyKind.REFUSE)
    silent.publish()


def test_what_has_lost_its_ground_is_off_the_board_at_once_and_down_within_the_minute(
    silent, visitor
):
    silent.publish()
    silent.raise_()
    with silent.on(SHOWN, hour=12):
        close(get_offer(silent.offer_id, lock=True), "withdraw", "要约有误。")
        db.session.commit()
    assert NAME not in board(silent, visitor)
    with at(instant(SHOWN, 13)):
        page = visitor.get(silent.federation.url(f"/announcements/{silent.exposure_id}")).text
    assert "目前不展示" in page
    assert silent.look().state == "published"
    look_again(silent)
    assert (silent.look().state, silent.look().withdrawn_ground) == ("withdrawn", "error")


def test_what_has_run_its_time_is_off_the_board_at_midnight_in_shanghai(silent, visitor):
    silent.publish()
    silent.raise_()
    last = silent.look().expires_on
    midnight = instant(last.isoformat(), 0)
    with at(instant(SHOWN, 23)):
        assert NAME in visitor.get(silent.federation.url("/announcements")).text
    assert local_day(midnight) == last
    with at(midnight):
        assert NAME not in visitor.get(silent.federation.url("/announcements")).text


def rename(silent, **values):
    with silent.federation.scope():
        whose = select(Offer.enterprise_id).where(Offer.id == silent.offer_id).scalar_subquery()
        db.session.execute(update(Enterprise).where(Enterprise.id == whose).values(**values))
        db.session.commit()


def test_who_was_renamed_since_the_proposal_is_proposed_anew_under_both_names(silent):
    rename(silent, name="示例新名餐饮有限公司")
    with pytest.raises(RuleBroken, match="differs from the register"):
        silent.publish()
    with app_connection(silent) as service:
        known = {"exposure": silent.exposure_id, "at": instant(SHOWN)}
        service.execute(RECHECK.format(**known))
        with pytest.raises(psycopg.errors.CheckViolation, match="named_rightly"):
            service.execute(PUBLISH.format(**known))
        service.rollback()
    with silent.on(SHOWN, silent.chair):
        hearing.drop(silent.exposure(), "名称变更，重新提出。")
        db.session.commit()
        anew = actions.propose(
            get_offer(silent.offer_id, lock=True), by_id=silent.federation.officer.id,
            body="要约书已送达，至催告期满，未收到书面答复",
        )  # fmt: skip
        assert anew.letter["enterprise_name"].startswith("示例新名餐饮有限公司（")
        assert NAME in anew.letter["enterprise_name"]


def test_a_new_name_takes_nothing_down_and_a_wrong_code_does(silent):
    silent.publish()
    rename(silent, name="示例新名餐饮有限公司")
    look_again(silent)
    assert silent.look().state == "published"
    rename(silent, credit_code="91310000MA1FL00000")
    look_again(silent)
    assert (silent.look().state, silent.look().withdrawn_ground) == ("withdrawn", "error")


@pytest.mark.parametrize("left", [{"role": Role.OFFICER}, {"status": "disabled"}])
def test_a_leader_who_left_office_between_the_approvals_does_not_count(ours, left):
    one = Silent(ours)
    one.lapse()
    one.climb()
    one.propose()
    one.hear()
    third = colleague(ours, "third", Role.APPROVER)

    def approve(person, hour):
        with one.on(DECIDED, person, hour):
            actions.approve(one.exposure(), "同意。", by_id=person.id)
            db.session.commit()

    approve(ours.approver, 12)
    with ours.scope():
        db.session.execute(update(User).where(User.id == ours.approver.id).values(**left))
        db.session.commit()
    with app_connection(one) as service, pytest.raises(psycopg.errors.CheckViolation):
        service.execute(
            f"UPDATE exposure SET second_approver_id = {one.chair.id}, second_approved_at = now(),"
            f" state = 'decided_publish' WHERE id = {one.exposure_id}"
        )
    approve(one.chair, 13)
    row = one.look()
    assert (row.state, row.first_approver_id) == ("reply_waived", one.chair.id)
    approve(third, 14)
    assert one.look().state == "decided_publish"


def test_an_answer_that_is_marked_as_replaced_counts_as_one_all_the_same(silent):
    with app_connection(silent) as service:
        service.execute(
            "INSERT INTO reply (tenant_id, offer_id, kind, channel, received_at, person_name,"
            f" replaced_at) VALUES ({silent.federation.id}, {silent.offer_id}, 'accept', 'paper',"
            " timestamptz '2025-08-20 03:00+00', 'x', now())"
        )
        found = service.execute(f"SELECT exposure_unmet(e, date '{SHOWN}') FROM exposure e")
        assert "no_reply_on_file" in found.fetchone()[0]


def test_a_reason_is_lifted_by_somebody(silent):
    with app_connection(silent) as service:
        service.execute(
            "INSERT INTO exposure_exclusion (tenant_id, offer_id, code, note, recorded_by_id,"
            f" recorded_at) VALUES ({silent.federation.id}, {silent.offer_id},"
            f" 'exposure.force_majeure', 'x', {silent.federation.officer.id}, now())"
        )
        with pytest.raises(psycopg.errors.CheckViolation, match="lifted_by_somebody"):
            service.execute("UPDATE exposure_exclusion SET lifted_at = now()")


def test_a_reply_on_paper_from_before_is_owed_an_apology_that_stands_as_long_as_it_says(
    silent, visitor
):
    silent.publish()
    silent.raise_()
    answer(silent, silent.offer_id, day="2025-08-28", received_at=instant("2025-08-20"))
    assert (silent.look().state, silent.look().withdrawn_ground) == ("withdrawn", "error")
    with silent.on("2025-08-28"), pytest.raises(RuleBroken):
        publishing.correct(silent.exposure(), SAID, by_id=silent.federation.officer.id)
    with silent.on("2025-08-28", silent.lawyer, 14):
        publishing.correct(silent.exposure(), SAID, by_id=silent.lawyer.id)
        db.session.commit()
    row = silent.look()
    assert row.state == "withdrawn"
    until = queries.apology_until(row)
    for day, stands in (("2025-08-29", True), (until.isoformat(), True), ("2026-01-30", False)):
        with at(instant(day)):
            page = visitor.get(silent.federation.url(f"/announcements/{silent.exposure_id}")).text
        assert ("诚恳致歉" in page) is stands, day
    assert letters(silent, "exposure_correction") == {("queued", False)}


def test_what_the_federation_finds_wrong_itself_needs_no_objection_to_be_corrected(silent):
    silent.publish()
    with silent.on(SHOWN, silent.lawyer, 14):
        publishing.correct(silent.exposure(), SAID, by_id=silent.lawyer.id)
        db.session.commit()
    row = silent.look()
    assert (row.state, row.objection) == ("corrected", None)
    with silent.federation.scope():
        texts = db.session.scalars(select(Notice.fields).where(Notice.kind == "exposure_feedback"))
        assert not [one for one in texts if "异议" in str(one)]


def test_a_calendar_that_has_changed_may_only_lengthen_the_right_of_reply(ours, monkeypatch):
    """A holiday that was declared after the notice was served is a day more to be heard."""
    one = Silent(ours)
    one.lapse()
    one.climb()
    one.propose()
    one.hear()
    before = one.look().window_ends_on
    counted = periods.count
    late = timedelta(days=14)  # as if the days before had become days off
    monkeypatch.setattr(
        periods, "count", lambda key, on: replace(counted(key, on), on=counted(key, on).on + late)
    )
    with one.on(DECIDED, ours.approver), pytest.raises(RuleBroken):
        actions.approve(one.exposure(), "同意。", by_id=ours.approver.id)
    monkeypatch.setattr(
        periods, "count", lambda key, on: replace(counted(key, on), on=counted(key, on).on - late)
    )
    with one.on(DECIDED, ours.approver):
        exposure = one.exposure()
        periods.lengthen_window(exposure)
        assert exposure.window_ends_on == before


def test_the_workbench_of_another_than_the_proposer_says_which_apology_is_owed(silent, as_):
    silent.publish()
    answer(silent, silent.offer_id, day="2025-08-28", received_at=instant("2025-08-20"))
    owed = "Corrections with an apology owed"
    with at(instant("2025-08-29")):
        assert owed in as_(silent.chair).get(silent.federation.url("/")).text
        case = silent.federation.url(f"/exposures/offers/{silent.offer_id}")
        page = as_(silent.chair).get(case).text
        assert "apology is still owed" in page
        assert "/correction" in page
        assert owed not in as_(silent.federation.officer).get(silent.federation.url("/")).text
