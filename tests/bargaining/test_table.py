"""From the first meeting to the signature: what moves the case, and what holds it back."""

from datetime import date
from decimal import Decimal

import pytest

from blueprints.bargaining.ballots import actions as ballots
from blueprints.bargaining.ballots.actions import Convening, Count
from blueprints.bargaining.drafts import actions as drafts
from blueprints.bargaining.drafts import queries as reads
from blueprints.bargaining.drafts.actions import EditedMeanwhile, Figure, Words
from blueprints.bargaining.ground.ballot_models import Manner, Method
from blueprints.bargaining.ground.clocks import clocks_of
from blueprints.bargaining.ground.signature_models import Party
from blueprints.bargaining.meetings import actions as meetings
from blueprints.bargaining.meetings import queries as meeting_queries
from blueprints.bargaining.meetings import suspensions
from blueprints.bargaining.meetings.actions import Call, Said
from blueprints.bargaining.meetings.suspensions import Pause
from blueprints.bargaining.signing import signed
from rules.broken import RuleBroken
from tenants.db import db
from tests.bargaining.table_world import AGREED, VOTED, Table, scan, table, voting
from tests.bargaining.table_world import signed as all_the_way
from tests.bargaining.world import joined
from tests.offers.world import instant


def test_a_case_goes_from_joined_offers_to_a_signed_text(ours):
    done = all_the_way(ours)
    with done.at("2026-05-21"):
        text = signed.signed_text(done.case_id)
        clauses = signed.signed_clauses(done.case_id)
        waiting = db.session.scalars(signed.signed_cases()).all()
    assert done.state() == "signed"
    assert "最低工资（服务员）：2150元/月，自2026年7月1日起执行。" in text.text
    assert text.signed_on == date(2026, 5, 20)
    assert [clause.heading for clause, _ in clauses] == ["行业最低工资", "工资支付"]
    assert [case.id for case in waiting] == [done.case_id]


def test_rooms_above_are_told_in_the_transaction_of_the_signature(ours):
    told = []
    signed.when_signed(lambda case, sha256: told.append((case.id, sha256)))
    done = all_the_way(ours)
    with done.at("2026-05-21"):
        text = signed.signed_text(done.case_id)
    assert told == [(done.case_id, text.text_sha256)]


def test_bargaining_begins_when_both_chiefs_are_there_and_not_before(ours):
    here = table(ours)
    with here.at("2026-04-19"):
        said = Call(instant("2026-04-20", 9), "职工之家", ("工资",))
        meetings.call_meeting(here.case, said, by_id=None)
        db.session.commit()
    with here.at("2026-04-20", 12):
        rows = meeting_queries.attendance_of(here.meeting().id)
        came = [one.id for one in rows if not (one.chief and one.side == "employer")]
        meetings.open_meeting(here.case, here.meeting(), came)
        db.session.commit()
    assert here.state() == "replied_yes"
    here.meet("2026-04-21")
    assert here.state() == "negotiating"


def test_the_chair_goes_in_turn_and_names_the_chief(ours):
    here = table(ours).meet("2026-04-20").meet("2026-04-28")
    with here.at("2026-05-01"):
        rows = meeting_queries.meetings_of(here.case_id)
    assert [(one.chair_side, one.chair_name) for one in rows] == [
        ("workers", "赵某某"), ("employer", "李某某"),
    ]  # fmt: skip


def test_positions_answer_each_other_in_a_chain_that_nobody_can_change(ours):
    here = table(ours).meet().meet("2026-04-28")
    with here.at("2026-05-01"):
        (chain,) = meeting_queries.positions_of(here.case_id).values()
    assert [one.turn for one in chain] == [1, 2, 3, 4, 5, 6]
    assert [one.answers_id for one in chain[1:]] == [one.id for one in chain[:-1]]


def test_signed_minutes_take_no_more_words(ours):
    here = table(ours).meet()
    with here.at("2026-04-20", 15):
        case, meeting = here.case, here.meeting()
        with pytest.raises(RuleBroken, match="fixed"):
            meetings.take_turn(
                case, meeting, Said("工资", "workers", "position", "再议"), by_id=None
            )
        with pytest.raises(RuleBroken, match="signed"):
            meetings.fix_minutes(case, meeting, "另一份纪要")


def test_a_pause_stays_within_the_cap_of_the_place_and_moves_the_clock(theirs):
    here = Table(theirs, joined(theirs, area="330106").id).seat().meet()
    with here.at("2026-04-22"):
        case = here.case
        # 60 days from the offer end on a holiday, 1 May, and so move to the 6th
        assert clocks_of(case)[0].due_on == date(2026, 5, 6)
        long = Pause(date(2026, 4, 22), date(2026, 7, 1), "等待年报", "赵某某", "李某某")
        with pytest.raises(RuleBroken, match="30 days"):
            suspensions.suspend(case, long)
        short = Pause(date(2026, 4, 22), date(2026, 5, 12), "等待年报", "赵某某", "李某某")
        suspensions.suspend(case, short)
        db.session.commit()
        assert clocks_of(case)[0].due_on == date(2026, 5, 21)
    assert here.state() == "suspended"
    with here.at("2026-05-02"):
        suspensions.resume(here.case, date(2026, 5, 2))
        db.session.commit()
        assert clocks_of(here.case)[0].due_on == date(2026, 5, 11)
    assert here.state() == "negotiating"


def test_below_the_legal_floor_nothing_is_agreed(ours):
    here = table(ours).meet().write(amount=1999)
    with here.at(AGREED, 12):
        draft = reads.open_draft(here.case_id)
        with pytest.raises(RuleBroken, match="below the legal"):
            drafts.agree(here.case, draft, on=date(2026, 5, 6), chiefs_signed=True)


def test_pay_without_a_minimum_on_record_is_not_agreed_either(ours):
    here = table(ours).meet()
    with here.at(AGREED):
        case = here.case
        draft = drafts.begin(case, "合同")
        clause = drafts.add_clause(case, draft, Words("wage_standard", "工资", ""), by_id=None)
        db.session.flush()
        drafts.add_figure(case, draft, clause, Figure("pay", "工资", Decimal(9000), "元/天"))
        with pytest.raises(RuleBroken, match="no legal minimum"):
            drafts.agree(case, draft, on=date(2026, 5, 6), chiefs_signed=True)


def test_two_people_at_one_clause_are_told_and_lose_nothing(ours, as_):
    here = table(ours).meet().write()
    with here.at(AGREED):
        draft = reads.open_draft(here.case_id)
        clause = reads.clauses_of(draft.id)[1]
    url = ours.url(f"/clauses/{clause.id}")
    typed = {"kind": "payment", "heading": "工资支付", "revision": str(clause.revision)}
    first = as_(ours.officer).post(url, data={**typed, "body": "每月10日前支付。"})
    second = as_(ours.officer).post(url, data={**typed, "body": "每月5日前以转账支付。"})
    assert first.status_code == 303
    assert second.status_code == 409
    assert "每月10日前支付。" in second.text
    assert "每月5日前以转账支付。" in second.text
    with here.at(AGREED):
        row, words = reads.clauses_of(draft.id)[1], Words("payment", "工资", "x")
        with pytest.raises(EditedMeanwhile):
            drafts.change_clause(here.case, draft, row, words, revision=0, by_id=None)


def test_a_lost_vote_is_amended_and_voted_on_again(ours):
    here = voting(ours).count(present=64, yes=42, no=20)
    assert here.state() == "vote_lost"
    here.write(amount=2200, day="2026-05-25").agree("2026-05-26")
    assert here.state() == "draft_agreed"
    here.convene(day="2026-06-03").count(day="2026-06-03")
    with here.at("2026-06-04"):
        rounds = [(one.round, one.result) for one in here_rounds(here)]
    assert rounds == [(2, "passed"), (1, "lost")]


def here_rounds(here):
    from blueprints.bargaining.ballots.queries import ballots_of

    return ballots_of(here.case_id)


def test_in_zhejiang_a_lost_vote_starts_the_clock_of_the_next(theirs):
    here = Table(theirs, joined(theirs, area="330106").id).seat().meet().write(2500).agree()
    here.convene().count(present=64, yes=45, no=19)  # half of 90, where more than half is asked
    with here.at("2026-05-19"):
        ballot = here.ballot()
        assert ballot.result == "lost"
        assert ballot.revote_due_on == date(2026, 5, 25)  # five working days


@pytest.mark.parametrize(("present", "yes", "passed"), [(81, 45, True), (81, 44, False)])
def test_the_majority_is_counted_over_all_who_may_vote(ours, present, yes, passed):
    here = voting(ours).count(present=present, yes=yes, no=present - yes)
    with here.at(VOTED, 18):
        assert here.unit().passed is passed


def test_too_few_present_means_another_day(ours):
    here = voting(ours).count(present=59, yes=59, no=0)
    with here.at("2026-05-19"):
        assert (here.unit().state, here.unit().passed) == ("adjourned", None)
        ballots.count(here.case, here.ballot(), here.unit(), Count(61, 50, 11, 0, 0, "冯某某"))
        db.session.commit()
        assert here.unit().passed


@pytest.mark.parametrize(
    "said",
    [Count(91, 60, 31, 0), Count(80, 81, 0, 0), Count(80, 60, 15, 6), Count(80, -1, 0, 0)],
)
def test_a_count_that_cannot_be_right_is_refused_with_the_reason(ours, said):
    here = voting(ours)
    here.open()
    with here.at(VOTED, 16), pytest.raises(RuleBroken):
        ballots.count(here.case, here.ballot(), here.unit(), said)


def test_papers_go_out_before_the_congress(ours):
    here = table(ours).meet().write().agree()
    with here.at(AGREED, 15), pytest.raises(RuleBroken, match="papers"):
        ballots.convene(here.case, Convening(
            Manner.CONGRESS, Method.PAPER, date(2026, 5, 5), date(2026, 5, 6), "x", "x", 90,
        ))  # fmt: skip


def test_each_enterprise_votes_by_itself_where_the_place_asks_for_it(ours):
    here = table(ours).meet().write().agree()
    with here.at(AGREED, 14):
        ballot = ballots.convene(here.case, Convening(
            Manner.EACH_ENTERPRISE, Method.PAPER, date(2026, 5, 18), date(2026, 5, 6),
        ))  # fmt: skip
        db.session.commit()
        from blueprints.bargaining.ballots.queries import units_of

        units = units_of(ballot.id)
    assert len(units) == 3
    assert {one.electorate for one in units} == {30}
    assert {(one.quorum_needed, one.votes_needed) for one in units} == {(20, 15)}


def test_chiefs_sign_in_turn_and_nobody_before_the_vote(ours):
    here = voting(ours)
    with pytest.raises(RuleBroken, match="every voting unit"):
        here.sign(Party.WORKERS)
    here.count().sign(Party.EMPLOYER)
    assert here.state() == "voting"
    with pytest.raises(RuleBroken, match="signed already"):
        here.sign(Party.EMPLOYER)
    here.sign(Party.WORKERS)
    assert here.state() == "signed"


def test_a_scan_is_kept_with_each_name(ours):
    done = all_the_way(ours)
    with done.at("2026-05-21"):
        text = signed.signed_text(done.case_id)
        names = signed.signatures_of(text.signing_id)
        assert scan("another") not in {one.document_id for one in names}
    assert [(one.turn, one.party, one.name) for one in names] == [
        (1, "workers", "赵某某"), (2, "employer", "李某某"),
    ]  # fmt: skip
    assert all(one.document_id for one in names)
