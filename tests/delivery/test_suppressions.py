"""Addresses that get no mail: who puts them on the list, what waits because of it, who lifts it."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from blueprints.notices import actions, repairs, suppressions
from blueprints.notices.models import Notice
from blueprints.notices.suppressions import Dead, Suppression, standing_against, suppress
from blueprints.offers.ground.queries import get_offer
from blueprints.offers.ground.service_models import ReplyChannel, ReplyKind
from blueprints.offers.service.actions import Answer, record_reply
from jobs.notices import drain
from jobs.sweeps import sweep_notices
from rules.broken import RuleBroken
from tenants import trail
from tenants.db import db
from tests.notices.world import open_repairs, owe, owe_many, reread, states
from tests.offers.world import instant, issued

GONE = "contact.mailbox_unknown"


def listed(federation, address="n1@firm.example", reason=GONE):
    with federation.scope():
        suppress([Dead(address, reason, "550 no such user")])
        db.session.commit()
        return standing_against(address).id


def run(federation):
    with federation.app.app_context():
        return drain(tenant_id=federation.id)


def test_nothing_goes_to_a_listed_address_and_the_contact_is_to_be_repaired(ours, mailroom):
    listed(ours, "N2@firm.example")
    with ours.scope():
        owe_many(3)
        db.session.commit()
    assert run(ours) == 2
    assert set(mailroom.counts) == {"n1@firm.example", "n3@firm.example"}
    with ours.scope():
        assert states() == {"sent": 2, "suppressed": 1}
        (task,) = open_repairs()
        assert (task.recipient, task.reason) == ("enterprise:2", GONE)


def test_a_refusal_for_good_lists_the_address_and_holds_back_what_else_is_owed(ours, mailroom):
    mailroom.says["n1@firm.example"] = "550 5.1.1 no such user"
    with ours.scope():
        for recipient in ("enterprise:1", "enterprise:7"):
            for kind in ("reminder", "feedback"):
                owe(1, recipient=recipient, kind=kind)
        db.session.commit()
    run(ours)
    with ours.scope():
        owe(1, recipient="union:3", kind="later")
        db.session.commit()
    with ours.app.app_context():
        sweep_notices(tenant_id=ours.id)
    with ours.scope():
        assert states() == {"failed": 4, "suppressed": 1}
        assert {task.recipient for task in open_repairs()} == {
            "enterprise:1", "enterprise:7", "union:3",
        }  # fmt: skip
    assert run(ours) == 0


def test_a_full_mailbox_is_not_listed(ours, mailroom):
    mailroom.says["n1@firm.example"] = "552 5.2.2 mailbox full"
    with ours.scope():
        owe(1)
        db.session.commit()
    run(ours)
    with ours.scope():
        assert standing_against("n1@firm.example") is None


def test_a_corrected_contact_goes_out_and_an_address_that_works_again_is_lifted(ours, mailroom):
    first = listed(ours)
    with ours.scope():
        owe(1)
        db.session.commit()
    run(ours)
    with ours.scope():
        (task,) = open_repairs()
        assert repairs.repair(task, "N1@firm.example") == 1  # somebody rang: it works after all
        db.session.commit()
        lifted = db.session.get_one(Suppression, (db_tenant(), first))
        assert lifted.lifted_at is not None
        assert [event.verb for event in trail.of(lifted)] == [
            "suppression.lifted", "suppression.added",
        ]  # fmt: skip
    assert run(ours) == 1


def db_tenant():
    return db.session.scalar(select(Suppression.tenant_id).limit(1))


def test_another_address_leaves_the_dead_one_on_the_list(ours, mailroom):
    listed(ours)
    with ours.scope():
        owe(1)
        db.session.commit()
    run(ours)
    with ours.scope():
        repairs.repair(open_repairs()[0], "right@firm.example")
        db.session.commit()
        assert standing_against("n1@firm.example") is not None
    assert run(ours) == 1


def test_lifting_by_hand_sends_what_waited(ours, mailroom, as_):
    standing = listed(ours)
    with ours.scope():
        notice = owe(1)
        db.session.commit()
    run(ours)
    officer = as_(ours.officer)
    path = ours.url(f"/delivery/suppressions/{standing}/lifting")
    assert officer.post(path, data={"note": " "}).status_code == 422
    assert officer.post(path, data={"note": "已电话核实"}).status_code == 303
    with ours.scope():
        assert reread(notice).state == "queued"
        assert open_repairs() == []
    assert run(ours) == 1
    page = officer.get(ours.url(f"/delivery/suppressions/{standing}")).text
    assert "已电话核实" in page
    assert GONE not in page  # a reason is kept by its code, and read in words


def test_a_link_that_opens_an_account_goes_out_all_the_same(ours, mailroom):
    listed(ours)
    with ours.scope():
        owe(1, kind="password_reset")
        db.session.commit()
    assert run(ours) == 1


def test_what_waits_for_a_listed_address_is_cancelled_or_put_on_paper_but_not_sent(ours, mailroom):
    listed(ours)
    with ours.scope():
        first, second = owe(1), owe(1, kind="feedback")
        db.session.commit()
    run(ours)
    with ours.scope():
        with pytest.raises(RuleBroken):
            actions.retry(reread(first))
        actions.cancel(reread(first))
        assert repairs.to_paper(open_repairs()[0]) == 1
        assert reread(second).state == "paper"
        db.session.rollback()


def test_whoever_says_that_we_have_the_wrong_one_gets_the_receipt_and_nothing_more(
    ours, mailroom, work
):
    (offer_id,) = issued(ours, ("示例甲餐饮有限公司",), at=instant("2026-03-02", 9))
    with ours.scope():
        db.session.execute(
            text(
                "UPDATE notice SET address = 'wrong@firm.example', state = 'queued' "
                "WHERE kind = 'offer'"
            )
        )
        db.session.execute(text("UPDATE enterprise SET email = 'wrong@firm.example'"))
        db.session.commit()
    run(ours)
    with ours.scope():
        said = Answer(ReplyKind.NOT_US, ReplyChannel.REPLY_DESK, "孙某某", reason_code="not_us")
        record_reply(get_offer(offer_id, lock=True), said)
        db.session.commit()
        standing = standing_against("wrong@firm.example")
        assert standing.reason == "contact.wrong_addressee"
        owe(1, address="wrong@firm.example")
        db.session.commit()
    run(ours)
    with ours.scope():
        to_them = select(Notice.kind, Notice.state).where(Notice.address == "wrong@firm.example")
        assert dict(tuple(row) for row in db.session.execute(to_them)) == {
            "offer": "sent", "receipt": "sent", "reminder": "suppressed",
        }  # fmt: skip


def test_a_moved_enterprise_still_reads_its_mail(ours, mailroom):
    (offer_id,) = issued(ours, ("示例甲餐饮有限公司",), at=instant("2026-03-02", 9))
    with ours.scope():
        said = Answer(ReplyKind.NOT_US, ReplyChannel.REPLY_DESK, "孙某某", reason_code="moved")
        record_reply(get_offer(offer_id, lock=True), said)
        assert db.session.scalars(select(Suppression)).all() == []
        db.session.rollback()


def test_one_federations_list_binds_no_other(ours, theirs, mailroom):
    listed(ours)
    with theirs.scope():
        owe(1)
        db.session.commit()
    assert run(theirs) == 1


def test_the_list_is_filtered_sorted_exported_and_edited(ours, as_):
    officer = as_(ours.officer)
    new = ours.url("/delivery/suppressions")
    assert "mail goes to everybody" in officer.get(new).text
    form = {"address": "Away@Firm.example", "reason": "contact.unsubscribed", "note": "来电要求"}
    for change, words in (
        ({"address": "x"}, "no e-mail address"),
        ({"reason": ""}, "Please fill in"),
        ({"note": ""}, "Please fill in"),
    ):
        answer = officer.post(new, data={**form, **change})
        assert answer.status_code == 422
        assert words in answer.text
    assert officer.post(new, data=form).status_code == 303
    assert "on the list already" in officer.post(new, data=form).text
    listed(ours, "gone@firm.example")
    shown = officer.get(new).text
    assert "away@firm.example" in shown
    assert "gone@firm.example" in shown
    only = officer.get(new, query_string={"reason": GONE, "q": "GONE"}).text
    assert "away@firm.example" not in only
    sheet = officer.get(new + "/export.csv", query_string={"q": "away"}).get_data(as_text=True)
    assert "来电要求" in sheet
    assert "gone@firm.example" not in sheet


@pytest.mark.parametrize("role", ["auditor", "supervisor", "union", "partner"])
def test_who_may_not_repair_contacts_changes_no_list(ours, as_, role):
    person = as_(getattr(ours, role))
    reads = person.get(ours.url("/delivery/suppressions")).status_code
    assert reads == (200 if role == "auditor" else 403)
    assert person.get(ours.url("/delivery/suppressions/new")).status_code == 403
    assert person.post(ours.url("/delivery/suppressions"), data={}).status_code == 403


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE suppression SET address = 'other@firm.example'",
        "UPDATE suppression SET lifted_at = now(), lifted_note = ' '",
        "DELETE FROM suppression",
        (
            "INSERT INTO suppression (tenant_id, address, reason, note)"
            " SELECT tenant_id, address, reason, '' FROM suppression"
        ),
        (
            "INSERT INTO suppression (tenant_id, address, reason, note)"
            " SELECT tenant_id, 'N9@firm.example', reason, '' FROM suppression"
        ),
        (
            "INSERT INTO suppression (tenant_id, address, reason, note)"
            " SELECT tenant_id, 'n9@firm.example', 'because', '' FROM suppression"
        ),
    ],
)
def test_the_database_refuses_a_list_that_contradicts_itself(ours, statement):
    listed(ours)
    with ours.scope(), pytest.raises((DBAPIError, IntegrityError)):
        db.session.execute(text(statement))


def test_a_lifted_address_can_be_listed_again(ours):
    listed(ours)
    with ours.scope():
        suppressions.lift(standing_against("n1@firm.example"), "试试")
        db.session.commit()
    listed(ours)
    with ours.scope():
        assert len(db.session.scalars(select(Suppression)).all()) == 2
