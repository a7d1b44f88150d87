"""Filling a text in: lists, conditions, what is missing, what differs."""

import pytest

from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.html import html
from blueprints.notices.letters.model import Para, Table, plain
from blueprints.notices.letters.texts import letter_text, sample_values
from blueprints.notices.letters.values import BLANK, MissingValue
from tests.notices.letters.sampled import sampled

DOUBLE = letter_text("01b-offer-double")


def said(letter) -> str:
    return "\n".join(plain(block.runs) for block in letter.blocks if isinstance(block, Para))


def test_a_double_offer_names_and_seals_both_unions():
    letter = sampled(DOUBLE)
    both = ["示范市总工会", "示例餐饮有限公司工会"]
    assert [plain(name) for name in letter.letterhead] == both
    assert [plain(name) for name in letter.signature.parties] == both
    assert plain(letter.signature.dated) == "2026年4月15日"
    assert next(plain(item) for item in letter.annexes) == "职工方协商代表名单"


def test_a_list_is_said_member_by_member():
    topics = [
        {
            "topic_no": n,
            "topic_title": title,
            "topic_reason": "成本上升。",
            "topic_position": "逐年调整",
        }
        for n, title in enumerate(["工资", "加班基数", "发放日期"], start=1)
    ]
    words = said(sampled(DOUBLE, own={"topics": topics}))
    assert "（3）发放日期。提出理由：成本上升。职工方初步意见：逐年调整。" in words
    assert "。。" not in words


def test_an_empty_list_says_nothing():
    assert "提出理由" not in said(sampled(DOUBLE, own={"topics": []}))


def test_a_table_grows_by_its_list():
    steps = [
        {"step_on": "2026-03-03", "step_fact": f"事实{n}", "evidence_ids": "E"} for n in range(5)
    ]
    letter = sampled("10-exposure-intent", own={"procedure_steps": steps})
    table = next(block for block in letter.blocks if isinstance(block, Table))
    assert [plain(row[1]) for row in table.rows] == [f"事实{n}" for n in range(5)]


def test_only_the_branch_that_holds_is_said():
    words = said(sampled("05a-reply-acknowledgement", flags=("result_other_date",)))
    assert "建议另定时间" in words
    assert "贵单位同意开展协商。" not in words


def test_everything_missing_is_named_at_once():
    values = sample_values(DOUBLE)
    del values["addressee_name"], values["topics"]
    values["issued_on"] = None
    with pytest.raises(MissingValue) as missing:
        compose(DOUBLE, values)
    assert set(missing.value.names) == {"addressee_name", "topics", "issued_on"}


def test_a_condition_nobody_decided_is_missing_too():
    text = letter_text("11c-exposure-withdrawal")
    values = sample_values(text)
    del values["remedied"]
    with pytest.raises(MissingValue, match="remedied"):
        compose(text, values)


def test_what_a_branch_not_taken_needs_is_not_asked_for():
    text = letter_text("11c-exposure-withdrawal")
    values = sample_values(text, flags=())
    del values["remedied_on"], values["remedied_act_text"]
    assert "履行了" not in said(compose(text, values))


def test_a_draft_shows_a_blank_and_says_that_it_is_one():
    letter = compose(DOUBLE, {}, draft=True)
    assert plain(letter.addressee) == f"{BLANK}："
    assert "草稿" in html(letter)


def test_a_form_for_the_pen_has_room_and_no_draft_mark():
    letter = compose(letter_text("04-reply-form"), {"issuer_name": "荆州市总工会"}, blanks=True)
    table = next(block for block in letter.blocks if isinstance(block, Table))
    assert len(table.rows) == 3
    assert plain(letter.addressee) == "荆州市总工会："
    assert "草稿" not in html(letter)


def test_what_differs_is_marked_in_a_preview_only():
    letter = sampled(DOUBLE, differs=("addressee_name", "topics"))
    assert '<p class="to"><mark>示例餐饮有限公司</mark>：</p>' in html(letter, mark=True)
    assert "<mark>工资调整</mark>" in html(letter, mark=True)
    assert "<mark>" not in html(letter)


def test_a_letter_to_a_higher_union_shows_who_signs_it():
    assert plain(sampled("15a-acting-request").signer) == "签发人：张某某"
