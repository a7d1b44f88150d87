"""Moving an offer along its procedure (rules/machines/offer.toml), and what can be done now."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from blueprints.offers.ground import queries
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import (
    Deadline,
    DeadlineStatus,
    Finding,
    Reply,
    Service,
)
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from rules.procedure import Act, advance, label, open_acts
from rules.words import Text
from tenants.clock import today
from tenants.roles import May

MACHINE = "offer"
LOOKS = {
    "drafted": "draft",
    "approved": "draft",
    "sealed": "run",
    "dispatched": "run",
    "served": "run",
    "undeliverable": "stop",
    "answered_yes": "ok",
    "answered_conditional": "ok",
    "answered_no": "soon",
    "overdue": "late",
    "reminded": "late",
    "escalated": "late",
    "closed": "stop",
}


def move(offer: Offer, event: str, **facts: bool) -> None:
    """Take a step, or raise RuleBroken with the reason the page would have shown."""
    offer.state = advance(MACHINE, offer.state, event, {**facts_of(offer), **facts})


def facts_of(offer: Offer) -> dict[str, bool]:
    """What is known of an offer, by the names of the conditions."""
    from blueprints.offers.ground.deadlines import reply_clock

    return facts_from(
        reply_clock(offer),
        queries.standing_reply(offer),
        queries.proven_service(offer),
        queries.services(offer),
    )


def facts_from(
    clock: Deadline | None, reply: Reply | None, service: Service | None, tried: Sequence[Service]
) -> dict[str, bool]:
    """The same, out of rows that somebody has read already, for one offer or for many."""
    sure = clock is not None and not clock.provisional
    longest = (clock.longest_on or clock.due_on) if clock else None
    return {
        "service_proven": service is not None,
        "no_reply_on_file": reply is None,
        "reason_recorded": bool(reply and (reply.reason or reply.reason_code)),
        "reply_period_ended": clock is not None
        and (clock.status == DeadlineStatus.LAPSED or (sure and clock.due_on < today())),
        "longest_period_ended": sure and longest is not None and longest < today(),
        "reason_found_proper": _found(reply, Finding.PROPER),
        "reason_found_improper": _found(reply, Finding.IMPROPER),
        "contact_known": True,
        "attempt_recorded": any(one.failure for one in tried),
    }


def _found(reply: Reply | None, finding: Finding) -> bool:
    return reply is not None and reply.finding == finding


def state_label(state: str) -> Text:
    return label(MACHINE, state)


def state_look(state: str) -> str:
    return LOOKS[state]


# What an act of the procedure is on the page: the address it leads to, and who may go there.
_DOORS = {
    "serve": ("offers.new_service", May.OFFERS_SERVE),
    "answer_yes": ("offers.new_reply", May.OFFERS_REPLY),
    "remind": ("exposures.show", May.EXPOSURES_PROPOSE),
    "escalate": ("exposures.show", May.EXPOSURES_PROPOSE),
    "withdraw": ("offers.withdrawal", May.CAMPAIGNS_ISSUE),
    "enterprise_gone": ("offers.gone", May.CAMPAIGNS_ISSUE),
}
_SHOWN = ("serve", "answer_yes", "remind", "escalate", "withdraw", "enterprise_gone")
_NAMES = {"answer_yes": Text("登记书面答复", "Record a reply on paper")}
_SAID = {
    "serve": Text(
        "当面送达、挂号信或者邮件确认，须有证明；期限从这一天起算。",
        "In person, by registered post or by e-mail, with proof; the period runs from that day.",
    ),
    "answer_yes": Text(
        "收到纸质答复书时用，网上答复会自动登记。",
        "For a reply on paper; one given at the reply desk is recorded by itself.",
    ),
    "remind": Text(
        "在催告与公开案卷中提出，由他人签发。",
        "Proposed in the case file of the ladder; another person issues it.",
    ),
    "escalate": Text(
        "催告期满后，在案卷中提出监督意见书。",
        "Once its term is over, an opinion is proposed in the case file.",
    ),
    "withdraw": Text(
        "须写明理由；期限停止，答复链接失效。",
        "With a reason; the period stops and the link ends.",
    ),
    "enterprise_gone": Text(
        "单位注销、停业或者迁出时用，须写明理由。",
        "Where it has closed or moved away; with a reason.",
    ),
}
_GRAVE = {"withdraw", "enterprise_gone"}
_GO = Text("登记", "Record")
_WORDS = {"withdraw": Text("撤回", "Withdraw"), "enterprise_gone": Text("办结", "Close")}
_REMINDER = Text("提示函", "Reminder letter")
_PROPOSE = Text("提出", "Propose")
_SOFT = Text(
    "期满之前的书面提示，由他人签发；不改变期限。",
    "A letter before the last day, issued by another person; it changes no period.",
)
_NOT_YOURS = Text("您的角色不含这项权限。", "Your role does not include it.")


def acts_on(offer: Offer, viewer: Viewer) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Acts that are open to this person now, and those that are not, each with the reason."""
    known = dict.fromkeys(("service_proven", "reason_recorded", "new_term_given"), True)
    facts = {**facts_of(offer), **known}  # these are given with the act itself
    acts = {act.event: act for act in open_acts(MACHINE, offer.state, facts, every=True)}
    opened: list[dict[str, Any]] = []
    closed: list[dict[str, Any]] = []
    for event in _SHOWN:
        act = acts[event]
        name, door = _NAMES.get(event, act.label), _DOORS[event]
        if not act.open:
            closed.append({"label": said(name), "why": _why(act)})
        elif not viewer.may(door[1]):
            closed.append({"label": said(name), "why": _NOT_YOURS})
        else:
            opened.append(
                {
                    "label": said(name),
                    "act": said(_WORDS.get(event, _GO)),
                    "url": url_for(door[0], offer_id=offer.id),
                    "why": _SAID[event],
                    "main": not opened and event not in _GRAVE,
                    "grave": event in _GRAVE,
                }
            )
    if offer.state == "served" and viewer.may(May.EXPOSURES_PROPOSE):
        opened.append(
            {
                "label": said(_REMINDER),
                "act": said(_PROPOSE),
                "url": url_for("exposures.new_step", offer_id=offer.id, kind="reminder"),
                "why": _SOFT,
            }
        )
    return opened, closed


def _why(act: Act) -> Text:
    why = act.why or Text("", "")
    if act.article is None:
        return why
    return Text(f"{why.zh}（{act.article.zh}）", f"{why.en} ({act.article.en})")
