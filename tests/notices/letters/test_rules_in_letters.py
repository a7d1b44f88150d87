"""A rule record in a letter: its article, its words, its period, and whether it is confirmed."""

from datetime import date

from blueprints.notices.letters.values import printed
from rules.law import Level, Rule, Source
from rules.words import Text


def reply_rule(status: str) -> Rule:
    return Rule(
        key="offer.reply_days", kind="any", division="421000", level=Level.NATION, value=20,
        unit="day", operator="<=", article="32", anchor="service.received",
        source=Source(Text(zh="集体合同规定", en="Collective Contract Provisions"), 2004),
        valid_from=date(2004, 5, 1), valid_to=None, status=status,
        text=Text(zh="收到之日起20日内书面答复", en="a written reply within 20 days"), version="1",
    )  # fmt: skip


def test_a_confirmed_rule_is_cited():
    rule = reply_rule("confirmed")
    assert printed("a", "rule_ref", rule, "zh") == "《集体合同规定》第32条"
    assert printed("a", "rule_text", rule, "en") == "a written reply within 20 days"
    assert printed("a", "period", rule, "zh") == "20日"


def test_an_unconfirmed_rule_says_so_beside_its_article():
    rule = reply_rule("unconfirmed")
    cited = "《集体合同规定》第32条"
    assert printed("a", "rule_ref", rule, "zh") == f"{cited}（{rule.label.zh}）"
    assert printed("a", "rule_ref", rule, "en").endswith(f"({rule.label.en})")
