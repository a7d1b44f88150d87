"""The clock of a dispute among the deadlines, and what both sides are told of the dispute."""

import io
import re
from datetime import date

import pytest
from sqlalchemy import select

from blueprints.bargaining.disputes import clocks as dispute_clocks
from blueprints.bargaining.disputes.letters import application_letter
from blueprints.bargaining.disputes.notices import NEWS_KIND
from blueprints.bargaining.ground import clocks as case_clocks
from blueprints.bargaining.ground import queries
from blueprints.bargaining.meetings import suspensions
from blueprints.bargaining.meetings.suspensions import Pause
from blueprints.notices.letters.model import Para, plain
from blueprints.notices.models import Message, Notice
from blueprints.offers.clocks import recount, recounting
from blueprints.offers.ground.service_models import DeadlineStatus
from blueprints.rulebook import calendar_actions
from blueprints.rulebook.models import Basis
from jobs import disputes as sweeps
from tenants.db import db
from tests.architecture.furnished import PDF
from tests.bargaining.table_world import opened
from tests.bargaining.test_disputes import ENDED, TAKEN_UP, Stuck
from tests.offers.world import instant
from tests.world import found


@pytest.fixture
def stuck(ours, as_):
    """In Hubei, whose own rule on disputes nobody has verified."""
    return Stuck(ours, as_)


@pytest.fixture
def taken_up(theirs, as_):
    """In Zhejiang, whose rule is confirmed: thirty days, and fifteen more."""
    place = Stuck(theirs, as_)
    place.apply()
    place.act("acceptance", on=TAKEN_UP)
    return place


def told(place, kind):
    """Who was told, in which words, in the order of the telling."""
    with place.federation.scope():
        query = (
            select(Notice, Message).join(Message, Message.id == Notice.message_id)
            .where(Notice.kind == kind, Notice.subject_kind == "dispute")
            .order_by(Notice.sequence, Notice.id)
        )  # fmt: skip
        return [(one.recipient_name, one.fields) for one, _ in db.session.execute(query)]


def sweep(place, day):
    with place.federation.app.app_context():
        return sweeps.sweep(tenant_id=place.federation.id, at=instant(day).isoformat())


def test_both_chiefs_are_told_in_the_same_words_that_the_authority_was_asked(stuck):
    stuck.apply()
    (workers, first), (employer, second) = told(stuck, "coordination")
    assert (workers, employer) == ("赵某某", "李某某")
    assert first["authority_name"] == second["authority_name"] == "示范市人社局"
    assert first["applicant_side"] == "职工方"
    page = stuck.page()
    assert "Who was told" in page
    assert "no e-mail address: on paper" in page


def test_where_a_side_has_no_chief_yet_whom_it_would_speak_for_is_told(stuck):
    """An offer nobody answered: there is no employers' team, but there are enterprises."""
    with stuck.federation.scope():
        case = queries.get_case(stuck.table.case_id, lock=True)
        for one in queries.representatives_of(case.id, "employer"):
            one.left_on, one.left_reason = date(2026, 5, 1), "调离"
        db.session.commit()
        names = [row.name for row in queries.enterprises_of(case.id)]
    stuck.apply()
    assert [name for name, _fields in told(stuck, "coordination")] == ["赵某某", *names]


@pytest.mark.parametrize(("act", "title"), [("refusal", "未予受理"), ("withdrawal", "申请已撤回")])
def test_the_outcome_goes_to_both_sides(stuck, act, title):
    stuck.apply()
    stuck.act(act, on=TAKEN_UP, outcome="双方愿意继续协商")
    news = told(stuck, NEWS_KIND)
    assert [name for name, _fields in news] == ["赵某某", "李某某"]
    for _name, fields in news:
        assert fields["news_title"] == title
        assert fields["news_text"] == "双方愿意继续协商。双方回到协商。"


def test_each_step_is_told_once_with_the_day_it_leads_to(taken_up):
    taken_up.act("extension", days="15", reason="案情复杂")
    paper = (io.BytesIO(PDF), "协调处理协议书.pdf")
    taken_up.act("settlement", "2026-05-20", on="2026-05-20", outcome="涨幅5%", paper=paper)
    said = [(fields["news_title"], fields["news_text"]) for _n, fields in told(taken_up, NEWS_KIND)]
    assert said[::2] == said[1::2]
    assert said[::2] == [
        ("已受理", "协调期限到2026-06-10为止。"),
        ("协调期限延长", "案情复杂。协调期限到2026-06-25为止。"),
        ("已达成协调协议", "涨幅5%。双方据此继续协商，形成草案。"),
    ]


def test_the_application_is_printed_with_the_parties_and_what_each_last_said(stuck, as_):
    stuck.apply()
    path = stuck.federation.url(f"/disputes/{stuck.row().id}/application")
    with stuck.federation.scope(at=instant(TAKEN_UP, 10)):
        officer = stuck.as_(stuck.federation.officer)
        assert officer.get(f"{path}.pdf").data.startswith(b"%PDF")
        assert officer.get(f"{path}.docx").data.startswith(b"PK")
        letter = application_letter(queries.get_case(stuck.table.case_id), stuck.row(), "zh")
        words = "\n".join(plain(one.runs) for one in letter.blocks if isinstance(one, Para))
        assert plain(letter.addressee).startswith("示范市人社局")
        for said in (
            "就示例甲餐饮有限公司工资开展集体协商（编号", "赵某某", "李某某", "工资调整幅度",
            "已召开协商会议1次", "第1次协商会议纪要", "《集体合同规定》",
        ):  # fmt: skip
            assert said in words
        assert "服务员最低工资" not in words, "what was agreed is not in dispute"
        assert re.search(r"\d{4}年\d{1,2}月\d{1,2}日立项", words)
        assert "。）" not in words, "a rule in brackets has no full stop of its own"
    assert as_(stuck.federation.supervisor).get(f"{path}.pdf").status_code == 404


def test_what_was_handed_in_is_filed_afterwards(stuck):
    stuck.apply()
    bare = stuck.act("paper")
    assert bare.status_code == 422
    assert "Attach the application." in bare.text
    assert stuck.act("paper", paper=(io.BytesIO(PDF), "盖章申请书.pdf")).status_code == 303
    assert "盖章申请书.pdf" in stuck.page()
    assert "dispute.paper_filed" in stuck.verbs()


def test_the_case_leads_to_its_open_application(stuck):
    stuck.apply()
    with stuck.federation.scope(at=instant(TAKEN_UP, 10)):
        officer = stuck.as_(stuck.federation.officer)
        door = stuck.federation.url(f"/cases/{stuck.table.case_id}/table/coordination")
        assert door in officer.get(stuck.federation.url(f"/cases/{stuck.table.case_id}")).text
        assert officer.get(door).location.endswith(f"/disputes/{stuck.row().id}")
    stuck.act("withdrawal", on=TAKEN_UP, outcome="双方愿意继续协商")
    assert stuck.as_(stuck.federation.officer).get(door).status_code == 404


def test_both_sides_are_reminded_once_and_the_clock_ends_after_its_day(taken_up):
    assert sweep(taken_up, "2026-05-20") == {"lapsed": 0, "reminded": 0}
    assert sweep(taken_up, "2026-06-08") == {"lapsed": 0, "reminded": 1}
    assert sweep(taken_up, "2026-06-09") == {"lapsed": 0, "reminded": 0}
    titles = [fields["news_title"] for _name, fields in told(taken_up, NEWS_KIND)]
    assert titles == ["已受理"] * 2 + ["协调期限即将届满"] * 2
    assert sweep(taken_up, "2026-06-10") == {"lapsed": 0, "reminded": 0}
    assert sweep(taken_up, "2026-06-11") == {"lapsed": 1, "reminded": 0}
    assert sweep(taken_up, "2026-06-11") == {"lapsed": 0, "reminded": 0}
    assert taken_up.clock().status == DeadlineStatus.LAPSED
    assert "dispute.period_over" in taken_up.verbs()
    assert taken_up.state() == "dispute_making", "an officer ends the case, not the calendar"
    late = taken_up.act("extension", "2026-06-11", days="15", reason="案情复杂")
    assert late.status_code == 303
    assert taken_up.clock().status == DeadlineStatus.RUNNING


def test_where_the_rule_is_not_confirmed_the_clock_ends_after_the_longest(stuck):
    stuck.apply()
    stuck.act("acceptance", on=TAKEN_UP)
    clock = stuck.clock()
    assert (clock.due_on, clock.longest_on) == (date(2026, 6, 10), date(2026, 7, 10))
    assert sweep(stuck, "2026-07-10")["lapsed"] == 0
    assert sweep(stuck, "2026-07-11")["lapsed"] == 1


def test_nothing_ends_on_a_day_whose_calendar_is_not_known(taken_up):
    with taken_up.federation.scope():
        dispute_clocks.clock_of(taken_up.row().id).provisional = True
        db.session.commit()
    assert sweep(taken_up, "2026-07-20") == {"lapsed": 0, "reminded": 0}
    early = taken_up.act("end", "2026-07-20", on="2026-07-20", **ENDED)
    assert early.status_code == 422
    assert taken_up.state() == "dispute_making"


def test_a_clock_that_was_met_is_ended_with_its_dispute(taken_up):
    taken_up.act("end", "2026-06-11", on="2026-06-11", **ENDED)
    assert taken_up.clock().status == DeadlineStatus.LAPSED
    assert sweep(taken_up, "2026-06-12") == {"lapsed": 0, "reminded": 0}


def recounted(federation, basis=Basis.CALENDAR):
    """Decide and carry out a recount; the groups that moved."""
    groups = recount.preview(basis)
    decided = recounting.decide(basis, "新通知", groups, by_id=federation.administrator.id)
    db.session.flush()
    while recounting.step(decided):
        db.session.flush()
    return [one.rule_key for one in groups if one.moves]


def test_a_recount_keeps_the_time_that_was_granted(taken_up):
    taken_up.act("extension", days="15", reason="案情复杂")
    with taken_up.federation.scope(at=instant("2026-06-01"), by=taken_up.federation.administrator):
        assert "dispute.making" not in recounted(taken_up.federation, Basis.RULES)
        calendar_actions.enter("临时假日", "国办发明电〔2026〕9号", [date(2026, 6, 25)], [])
        assert "dispute.making" in recounted(taken_up.federation)
        moved = dispute_clocks.clock_of(taken_up.row().id)
        assert moved.due_on == date(2026, 6, 26)
        db.session.commit()


def test_a_recount_stands_still_over_the_suspension_of_a_case(app):
    """Hangzhou gives sixty days for the bargaining of wages."""
    hangzhou = found(app, division="330100")
    table = opened(hangzhou).meet()
    with table.at("2026-05-04"):
        case = table.case
        began = case_clocks.start(case, case_clocks.DURATION, date(2026, 4, 20))
        first = began.due_on
        suspensions.suspend(case, Pause(
            date(2026, 5, 4), date(2026, 5, 14), "双方测算成本", "赵某某", "李某某",
        ))  # fmt: skip
        db.session.commit()
    with hangzhou.scope(at=instant("2026-05-05"), by=hangzhou.administrator):
        moved = case_clocks.running(queries.get_case(table.case_id), case_clocks.DURATION)
        assert moved.due_on > first
        for basis in Basis:
            assert [one for one in recount.preview(basis) if one.rule_key == began.rule_key] == []
