"""A text is reworded by one person and another, and what was sent keeps its words."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from blueprints.letters import queries
from blueprints.notices.letters.texts import letter_text, sample_values
from blueprints.notices.models import Message
from blueprints.notices.wordings import LetterWording, text_in_force
from blueprints.offers.campaigns.wording import read_bodies
from tenants import trail
from tenants.db import db
from tests.notices.world import REMINDER, owe
from tests.offers import campaign_world as town
from tests.offers.world import instant, issued


def typed(text_id=REMINDER, **changes):
    """The form as it stands, with another wording in it."""
    bodies = read_bodies(letter_text(text_id).source)
    return {"zh": bodies["zh"], "en": bodies["en"], "note": "说清楚最后一天", **changes}


def reworded():
    return typed(zh=typed()["zh"].replace("\n\n", "\n\n请注意。\n\n", 1))


def propose(ours, as_, form=None, text_id=REMINDER):
    path = ours.url(f"/letters/{text_id}/wording")
    return as_(ours.administrator).post(path, data=form or reworded())


def approve(ours, as_, number=1, text_id=REMINDER):
    path = ours.url(f"/letters/{text_id}/approval")
    return as_(ours.approver).post(path, data={"number": number})


def test_what_is_posted_after_the_approval_has_the_new_words_and_what_went_before_the_old(
    ours, theirs, as_
):
    with ours.scope():
        first = owe(1)
        db.session.commit()
    assert propose(ours, as_).status_code == 303
    with ours.scope():
        waiting = owe(2)
        db.session.commit()
        assert waiting.message_id == first.message_id
    assert approve(ours, as_).status_code == 303
    with ours.scope():
        after = owe(3)
        db.session.commit()
        bodies = {m.id: m.body for m in db.session.scalars(select(Message))}
        assert "请注意。" in bodies[after.message_id]
        assert "请注意。" not in bodies[first.message_id]
        again = owe(1)
        assert again.message_id == first.message_id
    with theirs.scope():
        assert text_in_force(REMINDER).version == letter_text(REMINDER).version


def test_the_list_says_which_wording_is_in_force_and_what_waits(ours, as_):
    propose(ours, as_)
    page = as_(ours.auditor).get(ours.url("/letters")).text
    assert "version 1 waits for approval" in page
    approve(ours, as_)
    page = as_(ours.auditor).get(ours.url("/letters?standing=own")).text
    assert "own wording, version 1" in page
    assert "1 text" in page
    assert (
        as_(ours.auditor).get(ours.url("/letters/export.csv?standing=own")).data.count(b"\n") == 2
    )


def test_a_fault_stands_beside_its_field_with_its_line(ours, as_):
    form = typed(zh=typed()["zh"] + "\n{{ salary }}")
    answer = propose(ours, as_, form)
    lines = form["zh"].count("\n") + 1
    assert answer.status_code == 422
    assert f"Line {lines}: There is no placeholder “salary”." in answer.text
    assert "{{ salary }}" in answer.text
    with ours.scope():
        assert queries.versions(REMINDER) == []


def test_looking_first_saves_nothing_and_asks_for_no_reason(ours, as_):
    answer = propose(ours, as_, {**reworded(), "note": "", "look": "1"})
    assert answer.status_code == 200
    assert "How it would look" in answer.text
    with ours.scope():
        assert queries.versions(REMINDER) == []


def test_the_same_words_are_not_put_forward(ours, as_):
    answer = propose(ours, as_, typed())
    assert answer.status_code == 409
    assert "This wording is in force already" in answer.text


def test_a_second_proposal_waits_for_the_first_to_be_decided(ours, as_):
    propose(ours, as_)
    answer = propose(ours, as_, typed(zh=typed()["zh"].replace("\n\n", "\n\n另请注意。\n\n", 1)))
    assert answer.status_code == 409


def test_an_approver_returns_it_with_a_note_and_nothing_changes(ours, as_):
    propose(ours, as_)
    path = ours.url(f"/letters/{REMINDER}/return")
    assert as_(ours.approver).post(path, data={"number": 1}).status_code == 422
    told = {"number": 1, "reason": "请保留原句"}
    assert as_(ours.approver).post(path, data=told).status_code == 303
    page = as_(ours.administrator).get(ours.url(f"/letters/{REMINDER}")).text
    assert "请保留原句" in page
    with ours.scope():
        assert text_in_force(REMINDER).version == letter_text(REMINDER).version
        (version,) = queries.versions(REMINDER)
        assert [event.verb for event in trail.of(version)][::-1] == [
            "wording.proposed", "wording.returned",
        ]  # fmt: skip


def test_a_decision_on_another_version_than_the_one_read_is_refused(ours, as_):
    propose(ours, as_)
    withdrawal = ours.url(f"/letters/{REMINDER}/withdrawal")
    assert as_(ours.administrator).post(withdrawal, data={"number": 1}).status_code == 303
    propose(ours, as_)
    assert approve(ours, as_, number=1).status_code == 409
    assert approve(ours, as_, number=2).status_code == 303


def test_who_may_not_decide_is_not_asked(ours, as_):
    propose(ours, as_)
    path = ours.url(f"/letters/{REMINDER}/approval")
    for person in (ours.administrator, ours.officer, ours.auditor):
        assert as_(person).post(path, data={"number": 1}).status_code == 403


def test_the_database_refuses_two_eyes_changed_words_and_removal(ours, as_):
    propose(ours, as_)
    mine = "UPDATE letter_wording SET state = 'approved', decided_at = now(), decided_by_id = "
    with ours.scope():
        with pytest.raises(IntegrityError, match="four_eyes"):
            db.session.execute(text(mine + "proposed_by_id"))
        db.session.rollback()
        for statement in (
            "UPDATE letter_wording SET source = ''",
            "DELETE FROM letter_wording",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"):
                db.session.execute(text(statement))
            db.session.rollback()


def test_two_versions_are_compared_line_by_line(ours, as_):
    propose(ours, as_)
    page = as_(ours.auditor).get(ours.url(f"/letters/{REMINDER}/versions")).text
    assert "<ins>请注意。</ins>" in page
    assert "<del>" not in page


def test_a_mail_is_shown_with_the_newest_real_case(ours, as_):
    with ours.scope():
        owe(1)
        db.session.commit()
    page = as_(ours.auditor).get(ours.url(f"/letters/{REMINDER}?row=1")).text
    assert "示范餐饮1店：" in page
    assert "示工约〔2026〕17号" in page


def test_a_link_that_opens_an_account_is_never_shown_as_a_real_case(ours, as_):
    values = sample_values(letter_text("28c-mail-password-reset"))
    with ours.scope():
        owe(1, kind="password_reset", text_id="28c-mail-password-reset", values=values)
        db.session.commit()
    page = as_(ours.auditor).get(ours.url("/letters/28c-mail-password-reset")).text
    assert "With a real case" not in page


def test_an_offer_is_shown_with_the_newest_real_case(ours, as_):
    issued(ours, ("示例甲餐饮有限公司",), at=instant("2026-03-02", 9))
    page = as_(ours.auditor).get(ours.url("/letters/01b-offer-double?row=1&lang=zh")).text
    assert "示例甲餐饮有限公司" in page


def test_a_campaign_begun_after_the_approval_starts_from_the_approved_words(ours, as_):
    words = typed("01b-offer-double")
    words["zh"] = words["zh"].replace("六、反馈", "六、回执和反馈")
    propose(ours, as_, words, "01b-offer-double")
    approve(ours, as_, text_id="01b-offer-double")
    settled = town.settled(ours)
    draft = town.drafted(ours, settled)
    with ours.scope():
        assert db.session.scalars(select(LetterWording.number)).all() == [1]
    page = as_(ours.officer).get(ours.url(f"/campaigns/{draft}/wording/main")).text
    assert "六、回执和反馈" in page


@pytest.mark.parametrize("text_id", ["01b-offer-double", "28a-mail-weekly-digest", "04-reply-form"])
def test_a_text_is_shown_with_examples_in_both_languages(ours, as_, text_id):
    for lang in ("zh", "en"):
        answer = as_(ours.auditor).get(ours.url(f"/letters/{text_id}?lang={lang}"))
        assert answer.status_code == 200
        assert "examples" in answer.text


def test_a_text_that_does_not_exist_is_not_found(ours, as_):
    assert as_(ours.auditor).get(ours.url("/letters/99-no-such")).status_code == 404
