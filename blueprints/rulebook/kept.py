"""The rule a deadline was started under, read back out of what was kept with it.

A late notice of the State Council moves a running deadline under the rule it already has: a rule
confirmed since must not slip in with a change of days.
"""

import re
from datetime import date

from rules.books import book_for
from rules.deadlines import Due
from rules.law import NATIONAL_DEFAULT, Direction, Level, Rule, Source
from rules.words import Text

_ZH = re.compile(r"^《(.*)》(?:第.*条|（条号待补录）)$")
_EN = re.compile(r"^(.*?)(?:, art\. .*| \(article number to be added\))$")
SECOND = 1  # the step of a derivation that quotes the rule


def rule_of(due: Due) -> Rule:
    """The rule as it stood, with value, unit, anchor, article and words of then.

    An extension that was granted is in the value that was kept; the rule allows just that one.
    The periods known elsewhere come from the books of today: they only widen the caution.
    """
    kind = due.kind if due.kind != "any" else "wage"
    known = book_for(due.division, due.anchor_on).rule(due.key, kind).known
    sure = due.status == "confirmed"
    more = due.extension.length if due.extension else None
    return Rule(
        key=due.key,
        kind=due.kind,
        division=due.division,
        level=Level(due.level),
        value=due.value - (more or 0),
        unit=due.unit,
        operator="=",
        article=due.article,
        source=Source(_title(due.citation), due.anchor_on.year),
        valid_from=date(1900, 1, 1),
        valid_to=None,
        status=due.status,
        text=due.steps[SECOND].text,
        version=due.rule_version,
        anchor=due.anchor,
        direction=Direction(due.direction),
        affects=(),
        known=() if sure else known,
        default=due.label == NATIONAL_DEFAULT,
        extension=more,
    )


def _title(citation: Text) -> Text:
    """The name of the law without the article."""
    zh, en = _ZH.match(citation.zh), _EN.match(citation.en)
    return Text(zh=zh[1] if zh else citation.zh, en=en[1] if en else citation.en)
