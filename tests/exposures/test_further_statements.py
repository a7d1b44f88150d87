"""An enterprise that adds to its statement: every word kept, late ones too, before the deciders."""

from io import BytesIO

import psycopg
import pytest

from blueprints.exposures import actions, hearing, publishing
from blueprints.exposures.facts import announcement
from blueprints.exposures.statements import said_in
from blueprints.notices.letters.html import html
from rules.broken import RuleBroken
from tenants.clock import at
from tenants.db import db
from tests.exposures.test_database_refuses import app_connection
from tests.exposures.test_statement_desk import SCAN, Page, link_of
from tests.exposures.world import DECIDED, HEARD, SHOWN, Silent
from tests.offers.world import instant

FIRST, MORE, LATE = "来函未及时转达。", "  附上邮件往来，\n请一并考虑。\n", "期满后补充一句。"
NEXT_DAY = "2025-08-05"


@pytest.fixture
def silent(ours):
    """Heard until the window ends; nothing decided yet."""
    one = Silent(ours)
    one.lapse()
    one.climb()
    one.propose()
    one.check()
    one.serve_intent()
    return one


@pytest.fixture
def page(silent, visitor):
    return Page(silent, visitor, link_of(silent).token)


def spoken(silent):
    with silent.federation.scope():
        return said_in(silent.look())


def examine(silent, day=DECIDED, hour=10, **how):
    with silent.on(day, silent.lawyer, hour):
        hearing.examine_statement(silent.exposure(), "不成立。", by_id=silent.lawyer.id, **how)
        db.session.commit()


def opinion(silent):
    with silent.on(HEARD):
        actions.record_opinion(silent.exposure(), "三方同意。", on=instant(HEARD).date())
        db.session.commit()


def decided(silent, page):
    """Heard, examined, and agreed to by two leaders."""
    page.file(HEARD, words=FIRST)
    opinion(silent)
    examine(silent)
    silent.decide()
    assert silent.look().state == "decided_publish"


def test_what_is_added_stands_beside_the_first_each_with_its_time_and_its_file(silent, page):
    page.file(HEARD, words=FIRST)
    added = page.file(NEXT_DAY, words=MORE, material=(BytesIO(SCAN), "往来.pdf"))
    assert added.status_code == 303
    first, second = spoken(silent)
    assert (first.words, second.words.replace("\r\n", "\n")) == (FIRST, MORE)
    assert (first.file_id, second.late, second.by) == (None, False, "孙某某 人事经理")
    assert second.file_id
    assert second.at > first.at
    seen = page.see(NEXT_DAY).text
    assert FIRST in seen
    assert "请一并考虑。" in seen
    assert 'name="words"' in seen, "it may go on adding"


def test_the_officer_finds_every_statement_and_every_file_on_the_case(silent, page, as_):
    page.file(HEARD, words=FIRST)
    page.file(NEXT_DAY, words=MORE, material=(BytesIO(SCAN), "往来.pdf"))
    officer = as_(silent.federation.officer)
    with at(instant(NEXT_DAY)):
        case = officer.get(silent.federation.url(f"/exposures/offers/{silent.offer_id}")).text
        kept = spoken(silent)[1].file_id
        path = silent.federation.url(f"/exposures/offers/{silent.offer_id}/files/{kept}")
        assert officer.get(path).data == SCAN
    assert FIRST in case
    assert "请一并考虑。" in case


def test_a_statement_added_after_the_finding_must_be_examined_too(silent, page):
    page.file(HEARD, words=FIRST)
    opinion(silent)
    examine(silent, NEXT_DAY)
    page.file(NEXT_DAY, words=MORE)
    leader = silent.federation.approver
    with silent.on(DECIDED, leader, 14), pytest.raises(RuleBroken, match="statement"):
        actions.approve(silent.exposure(), "同意。", by_id=leader.id)
    examine(silent)
    assert all(one.finding == "不成立。" for one in spoken(silent))
    silent.decide()
    assert silent.look().state == "decided_publish"


def test_nobody_examines_what_has_come_in_since_the_page_was_read(silent, page):
    page.file(HEARD, words=FIRST)
    page.file(NEXT_DAY, words=MORE)
    with pytest.raises(RuleBroken, match="meanwhile"):
        examine(silent, read=1)
    examine(silent, read=2)


def test_a_late_statement_is_recorded_as_late_and_sends_it_back_to_the_deciders(silent, page):
    decided(silent, page)
    assert page.file(SHOWN, words=LATE).status_code == 303
    row = silent.look()
    assert row.state == "reply_received"
    assert (row.first_approver_id, row.second_approver_id) == (None, None)
    assert [one.late for one in spoken(silent)] == [False, True]
    assert "陈述期满后收到" in page.see(SHOWN).text
    with pytest.raises(RuleBroken):
        silent.publish(hour=15)


def test_a_reason_that_is_found_proper_ends_the_case_and_keeps_it_ended(silent, page):
    page.file(HEARD, words=FIRST)
    examine(silent, proper=True)
    assert silent.look().state == "decided_drop"
    with silent.on(SHOWN), pytest.raises(RuleBroken):
        actions.propose(
            publishing.get_offer(silent.offer_id), by_id=silent.federation.officer.id,
            body="未收到书面答复",
        )  # fmt: skip


def test_a_real_reply_ends_it_whatever_was_stated(silent, page):
    page.file(HEARD, words=FIRST)
    page.file(NEXT_DAY, words=MORE)
    silent.reply(NEXT_DAY, 15)
    assert silent.look().state == "decided_drop"
    assert page.file(NEXT_DAY, words=LATE).status_code == 409


def test_the_announcement_shows_every_statement_in_full_and_no_withheld_one(silent, page, visitor):
    page.file(HEARD, words=FIRST)
    page.file(HEARD, words=MORE)
    page.file(NEXT_DAY, words="这一段请勿公开。", withhold="y")
    opinion(silent)
    examine(silent)
    silent.decide()
    silent.publish()
    silent.raise_()
    with at(instant(SHOWN, 12)):
        for path in ("/announcements", f"/announcements/{silent.exposure_id}"):
            public = visitor.get(silent.federation.url(path)).text
            assert FIRST in public
            assert "请一并考虑。" in public
            assert "请勿公开" not in public
            assert "孙某某" not in public
    assert page.file(SHOWN, words=LATE).status_code == 409, "what is public is objected to"


@pytest.mark.parametrize(
    ("filed", "private"),
    [
        ({"words": "请勿公开。", "withhold": "y"}, False),
        ({"words": "请打13812345678。"}, True),
        ({"words": "请打13812345678。", "withhold": "y"}, True),
    ],
)
def test_the_announcement_says_truly_why_a_statement_is_not_in_it(silent, page, filed, private):
    page.file(HEARD, **filed)
    with silent.federation.scope(at=instant(SHOWN, 9)):
        whole = str(html(announcement(silent.look(), "zh")))
        english = str(html(announcement(silent.look(), "en")))
    assert filed["words"] not in whole
    assert ("要求不予公开" in whole) is ("asked us not to publish" in english) is not private
    assert ("含有个人信息" in whole) is ("names people or their pay" in english) is private


INSERT = (
    "INSERT INTO exposure_supplement (tenant_id, exposure_id, words, received_at, channel, shown)"
    " VALUES ({tenant}, {exposure}, 'x', timestamptz '{at}', 'paper', true)"
)
FIND = (
    "UPDATE exposure_supplement SET examined_at = now(), examined_note = 'x', examined_by_id ="
    " (SELECT {who} FROM exposure WHERE id = {exposure})"
)


def known(silent, **more):
    return {
        "tenant": silent.federation.id, "exposure": silent.exposure_id, "at": instant(SHOWN), **more
    }  # fmt: skip


def test_the_database_publishes_nothing_over_an_unexamined_or_an_unread_statement(silent, page):
    decided(silent, page)
    with app_connection(silent) as connection:
        connection.execute(INSERT.format(**known(silent)))
        unmet = f"SELECT exposure_unmet(e, date '{SHOWN}') FROM exposure e"
        assert connection.execute(unmet).fetchone()[0] == [
            "statement_examined", "first_approval", "two_approvers",
        ]  # fmt: skip
        connection.execute(FIND.format(**known(silent, who="reviewed_by_id")))
        assert connection.execute(unmet).fetchone()[0] == ["first_approval", "two_approvers"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE exposure_supplement SET words = 'y'",
        "UPDATE exposure_supplement SET shown = NOT shown",
        FIND.format(who="proposed_by_id", exposure="{exposure}"),
    ],
)
def test_the_database_lets_nobody_change_what_was_said_nor_judge_his_own_case(
    silent, page, statement
):
    page.file(HEARD, words=FIRST)
    page.file(HEARD, words=MORE)
    with app_connection(silent) as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(statement.format(**known(silent)))


def test_the_database_takes_no_further_statement_before_the_first_or_after_publication(
    silent, page
):
    with app_connection(silent) as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(INSERT.format(**known(silent)))
    decided(silent, page)
    silent.publish()
    with app_connection(silent) as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(INSERT.format(**known(silent)))
    with (
        app_connection(silent) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("DELETE FROM exposure_supplement")
