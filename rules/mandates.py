"""Is a mandate complete and in force (Civil Code, articles 165 and 169), and what does it cover."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rules.findings import Finding
from rules.words import Text

if TYPE_CHECKING:
    from rules.law import Rule

CC_169 = Text(zh="《民法典》第169条", en="Civil Code, art. 169")
PARTS = {
    "agent": Text(zh="授权委托书没有写明代理人。", en="The mandate does not name the agent."),
    "matter": Text(zh="授权委托书没有写明代理事项。", en="The mandate does not name the matter."),
    "powers": Text(zh="授权委托书没有写明权限。", en="The mandate does not name its powers."),
    "period": Text(zh="授权委托书没有写明期限。", en="The mandate does not name its period."),
    "seal": Text(
        zh="授权委托书没有委托单位的签名或者盖章。",
        en="The mandate bears neither signature nor seal of the principal.",
    ),
}


@dataclass(frozen=True, slots=True)
class Mandate:
    """What one enterprise has put in writing for its agent."""

    agent: str
    matter: str
    powers: Collection[str]
    from_: date | None
    to: date | None
    sealed: bool
    revoked_on: date | None = None
    delegated_by: str = ""
    delegation_agreed: bool = False


def faults_in(mandate: Mandate, rule: Rule) -> list[Finding]:
    """What the mandate lacks; `rule` is `mandate.form` of the place."""
    present = {
        "agent": bool(mandate.agent.strip()),
        "matter": bool(mandate.matter.strip()),
        "powers": bool(mandate.powers),
        "period": mandate.from_ is not None and mandate.to is not None,
        "seal": mandate.sealed,
    }
    found = [Finding(PARTS[p], rule.citation, p) for p, there in present.items() if not there]
    if mandate.from_ and mandate.to and mandate.to < mandate.from_:
        text = Text(zh="授权结束日早于开始日。", en="The mandate ends before it begins.")
        found.append(Finding(text, rule.citation, "period"))
    if mandate.delegated_by and not mandate.delegation_agreed:
        text = Text(
            zh="转委托没有取得委托单位同意。",
            en="The principal did not agree to the sub-delegation.",
        )
        found.append(Finding(text, CC_169, "agent"))
    return found


def fault_on(mandate: Mandate, on: date, power: str, rule: Rule) -> Finding | None:
    """Why the agent could not use a power that day; None when he could.

    A revocation never undoes what was done before it: ask for the day of the act.
    """
    if faults := faults_in(mandate, rule):
        return faults[0]
    ended = mandate.to is not None and on > mandate.to
    if ended or (mandate.revoked_on is not None and on >= mandate.revoked_on):
        text = Text(zh="授权已到期或者已撤销。", en="The mandate has expired or was revoked.")
        return Finding(text, rule.citation, "period")
    if mandate.from_ is not None and on < mandate.from_:
        text = Text(zh="授权期限尚未开始。", en="The mandate has not begun.")
        return Finding(text, rule.citation, "period")
    if power not in mandate.powers:
        text = Text(zh="授权权限不包括此事项。", en="The mandate does not cover this act.")
        return Finding(text, rule.citation, "powers")
    return None
