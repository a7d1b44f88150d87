"""Pausing, resuming, cancelling, retrying; and news that comes late, twice or in any order."""

from itertools import permutations

import pytest

from blueprints.notices import actions, news, outbox, repairs
from blueprints.notices.mail.backoff import LADDER
from blueprints.notices.models import Notice, NoticeState, Outcome
from blueprints.notices.queries import batch_progress
from jobs.notices import drain
from rules.broken import RuleBroken
from tenants import trail
from tenants.clock import now
from tenants.db import db
from tests.notices.world import CAMPAIGN, open_repairs, owe, owe_many, reread, states


def test_a_paused_campaign_sends_nothing_until_it_is_resumed(ours, mailroom, work):
    with ours.scope():
        owe_many(5)
        owe(9)
        assert actions.pause(CAMPAIGN) == 5
        db.session.commit()
        work()
        assert list(mailroom.counts) == ["n9@firm.example"]
        assert batch_progress(*CAMPAIGN).done
        assert actions.resume(CAMPAIGN) == 5
        db.session.commit()
        work()
        assert batch_progress(*CAMPAIGN).counts == {"sent": 5}
        assert [event.verb for event in trail.of(CAMPAIGN)] == ["notices.resumed", "notices.paused"]
    assert len(mailroom.mails) == 6


def test_cancelling_takes_back_what_has_not_gone_out_and_nothing_else(ours, mailroom):
    with ours.scope():
        owe_many(4)
        db.session.commit()
        (out, *_) = outbox.claim(1)
        db.session.commit()
        assert actions.cancel_unsent(CAMPAIGN) == 4
        assert states() == {"cancelled": 3, "sending": 1}
        outbox.settle([told(out, Outcome.ACCEPTED, NoticeState.SENT)])
        db.session.commit()
        assert states() == {"cancelled": 3, "sent": 1}
    with ours.app.app_context():
        assert drain(tenant_id=ours.id) == 0
    assert mailroom.mails == []


def test_a_cancelled_notice_in_a_workers_hands_is_not_tried_again(ours):
    with ours.scope():
        owe_many(2)
        db.session.commit()
        first, second = outbox.claim(2)
        actions.cancel_unsent(CAMPAIGN)
        outbox.settle([told(first, Outcome.DEFERRED, NoticeState.QUEUED)])
        outbox.release([second], due=now(), answer="")
        db.session.commit()
        assert states() == {"cancelled": 2}


def test_only_what_has_not_gone_out_can_be_cancelled_or_sent_again(ours, mailroom, work):
    with ours.scope():
        notice = owe(1)
        db.session.commit()
        work()
        notice = reread(notice)
        for act in (actions.cancel, actions.retry):
            with pytest.raises(RuleBroken):
                act(notice)


def test_a_failed_notice_can_be_sent_to_the_same_address_again(ours, mailroom, work):
    mailroom.says["n1@firm.example"] = "552 5.2.2 mailbox full"
    with ours.scope():
        notice = owe(1)
        db.session.commit()
        work()
        mailroom.says.clear()
        actions.retry(reread(notice))
        db.session.commit()
        work()
        assert reread(notice).state == "sent"


NEWS = ("accepted", "bounced", "acknowledged", "acknowledged", "accepted")


@pytest.mark.parametrize("order", sorted(set(permutations(NEWS))))
def test_the_last_word_of_the_addressee_stands_in_whatever_order_news_comes(ours, order):
    with ours.scope():
        notice = owe(1)
        (claimed,) = outbox.claim(1)
        before = -1
        for event in order:
            tell(event, notice, claimed)
            rank = list(NoticeState).index(NoticeState(reread(notice).state))
            assert rank >= before
            before = rank
        notice = reread(notice)
        assert notice.state == "delivered"
        assert notice.sent_at is not None
        assert open_repairs() == [] or "acknowledged" in order[order.index("bounced") :]
        db.session.rollback()


def test_an_old_copy_that_comes_back_does_not_touch_the_new_address(ours, mailroom, work):
    with ours.scope():
        notice = owe(1)
        db.session.commit()
        work()
        assert news.bounced(reread(notice), round_=1, answer="550 gone", reason=UNKNOWN)
        repairs.repair(open_repairs()[0], "right@firm.example")
        db.session.commit()
        work()
        assert not news.bounced(reread(notice), round_=1, answer="550 gone", reason=UNKNOWN)
        assert reread(notice).state == "sent"
        assert open_repairs() == []
    first, second = mailroom.mails
    assert first.ident != second.ident


def test_what_was_never_tried_cannot_have_arrived(ours):
    with ours.scope():
        notice = owe(1)
        assert news.acknowledge(("offer", 1), recipient="enterprise:1") == 0
        assert reread(notice).state == "queued"
        db.session.rollback()


def test_progress_says_what_is_out_what_waits_and_when_it_is_over(ours, mailroom, work):
    mailroom.says["n2@firm.example"] = "451 later"
    mailroom.says["n3@firm.example"] = "550 5.1.1 unknown"
    with ours.scope():
        owe_many(4)
        db.session.commit()
        posted = now()
        before = batch_progress(*CAMPAIGN, at=posted)
        assert (before.gone, before.every) == (0, "2s")
        work()
        seen = batch_progress(*CAMPAIGN, at=posted)
        assert (seen.total, seen.gone, seen.failed, seen.later) == (4, 3, 1, 1)
        assert not seen.done
        assert seen.every == "30s"
        notice = db.session.query(Notice).filter_by(subject_id=2).one()
        assert posted + LADDER[0] <= seen.next_at == notice.due_at
        mailroom.says.clear()
        drain(tenant_id=ours.id, at=seen.next_at.isoformat())
    with ours.scope():
        assert batch_progress(*CAMPAIGN).done


UNKNOWN = "contact.mailbox_unknown"


def tell(event, notice, claimed):
    if event == "accepted":
        outbox.settle([told(claimed, Outcome.ACCEPTED, NoticeState.SENT)])
    elif event == "bounced":
        found = db.session.query(Notice).filter_by(id=notice.id).one()
        news.bounced(found, round_=1, answer="550 gone", reason=UNKNOWN)
    else:
        news.acknowledge(("offer", 1), recipient="enterprise:1")


def told(claimed, outcome, state):
    return outbox.Told(claimed, outcome, state, "", now())
