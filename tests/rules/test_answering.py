"""What a contract in force answers: its own topic, and in doubt more rather than less."""

import pytest

from rules.answering import Answers, answers

NO, PERHAPS, YES = Answers.NO, Answers.PERHAPS, Answers.YES


@pytest.mark.parametrize(
    ("contract", "topic", "offer", "topics", "expected"),
    [
        ("comprehensive", None, "wage", ["岗位最低工资标准"], YES),
        ("comprehensive", None, "general", ["女职工特殊保护"], YES),
        ("wage", None, "wage", ["岗位最低工资标准", "工作餐"], YES),
        ("wage", None, "general", ["女职工特殊保护"], NO),
        ("wage", None, "general", ["女职工特殊保护", "劳动安全卫生"], NO),
        ("wage", None, "general", ["加班费计算基数"], YES),
        ("wage", None, "general", ["岗位工资", "女职工特殊保护"], PERHAPS),
        ("wage", None, "general", ["女职工产假工资"], PERHAPS),
        ("wage", None, "general", ["企业民主管理"], PERHAPS),
        ("wage", None, "general", ["女职工特殊保护", "企业民主管理"], PERHAPS),
        ("wage", None, "general", [], PERHAPS),
        ("special", "women", "general", ["女职工特殊保护"], YES),
        ("special", "women", "wage", ["岗位最低工资标准"], NO),
        ("special", "wages", "wage", [], YES),
        ("special", "safety", "general", ["女职工特殊保护"], NO),
        ("special", "other", "wage", ["岗位最低工资标准"], PERHAPS),
        ("special", None, "general", ["女职工特殊保护"], PERHAPS),
    ],
)
def test_a_contract_answers_its_own_topic_and_a_doubt_is_said(
    contract, topic, offer, topics, expected
):
    assert answers(contract, topic, offer, topics) is expected
